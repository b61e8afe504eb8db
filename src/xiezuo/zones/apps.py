"""Collaboration zones, their members and leaders."""

from django.apps import AppConfig


class ZonesConfig(AppConfig):
    """The app `zones` of the house."""

    name = "xiezuo.zones"
    label = "zones"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what can be asked."""
        from xiezuo.zones.figures import register_figures  # noqa: PLC0415 - models load after the apps

        register_figures()
