"""Regulations."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """The app `rules` of the house."""

    name = "xiezuo.rules"
    label = "rules"
    default_auto_field = "django.db.models.BigAutoField"
