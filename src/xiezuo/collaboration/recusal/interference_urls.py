"""Addresses of the register of interference."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
