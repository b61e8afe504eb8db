"""Addresses of loans of people, and of units that are paired."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
