"""Addresses of the regulations."""

from django.urls import path

from xiezuo.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.regulations, name="list"),
    path("<int:pk>/", views.regulation, name="regulation"),
]
