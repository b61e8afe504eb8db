"""Addresses of requests for collaboration."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
