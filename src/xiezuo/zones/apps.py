"""Collaboration zones, their members and leaders."""

from django.apps import AppConfig


class ZonesConfig(AppConfig):
    """The app `zones` of the house."""

    name = "xiezuo.zones"
    label = "zones"
    default_auto_field = "django.db.models.BigAutoField"
