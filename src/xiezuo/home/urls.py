"""Addresses of the screens that span apps."""

from django.urls import URLPattern

app_name = "home"
urlpatterns: list[URLPattern] = []
