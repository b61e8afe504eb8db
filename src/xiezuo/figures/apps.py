"""The registry of figures and balances."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """The app `figures` of the house."""

    name = "xiezuo.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"
