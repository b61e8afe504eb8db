"""Base templates and the parts that every screen is made of."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app `ui` of the house."""

    name = "xiezuo.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
