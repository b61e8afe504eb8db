"""Composition root."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The app `config` of the house."""

    name = "xiezuo.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name who listens to what."""
        from xiezuo.config.wiring import wire  # noqa: PLC0415 - the apps are known only now

        wire()
