"""Addresses of 有合有分."""

from django.urls import path

from xiezuo.zones.joining import views

urlpatterns = [
    path("", views.joinings, name="joinings"),
    path("ask/", views.ask_joining, name="ask-joining"),
    path("<int:pk>/", views.joining, name="joining"),
    path("<int:pk>/end/", views.end_joining, name="end-joining"),
    path("authorisations/", views.authorisations, name="authorisations"),
    path("authorisations/ask/", views.ask_authorisation, name="ask-authorisation"),
    path("authorisations/<int:pk>/", views.authorisation, name="authorisation"),
    path("authorisations/<int:pk>/end/", views.end_authorisation, name="end-authorisation"),
]
