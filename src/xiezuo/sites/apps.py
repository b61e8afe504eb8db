"""Rooms and places, their equipment and works."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """The app `sites` of the house."""

    name = "xiezuo.sites"
    label = "sites"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what can be asked."""
        from xiezuo.sites.figures import register_figures  # noqa: PLC0415 - models load after the apps

        register_figures()
