"""Screens that span apps: overview, search, navigation."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The app `home` of the house."""

    name = "xiezuo.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"
