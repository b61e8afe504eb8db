"""Composition root."""

from django.apps import AppConfig
from django.core.checks import register


class ConfigConfig(AppConfig):
    """The app `config` of the house."""

    name = "xiezuo.config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name who listens to what, and have the table of the gate checked at every start."""
        from xiezuo.config.gate import check_table  # noqa: PLC0415 - the apps are known only now
        from xiezuo.config.wiring import wire  # noqa: PLC0415

        wire()
        register(check_table)
