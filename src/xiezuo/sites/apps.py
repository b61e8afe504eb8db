"""Rooms and places, their equipment and works."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """The app `sites` of the house."""

    name = "xiezuo.sites"
    label = "sites"
    default_auto_field = "django.db.models.BigAutoField"
