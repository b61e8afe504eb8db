"""Addresses of the work of a team and its papers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
