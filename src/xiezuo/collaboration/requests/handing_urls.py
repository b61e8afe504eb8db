"""Addresses of open work that passes on."""

from django.urls import path

from xiezuo.collaboration.requests import handing_views as views

urlpatterns = [
    path("", views.open_work, name="open-work"),
    path("<int:pk>/", views.hand_over, name="hand-over-request"),
    path("recusal/<int:pk>/", views.pass_recusal, name="pass-recusal-on"),
]
