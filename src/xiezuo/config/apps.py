"""Composition root."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The app `config` of the house."""

    name = "xiezuo.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"
