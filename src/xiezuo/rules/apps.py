"""Regulations."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """The app `rules` of the house."""

    name = "xiezuo.rules"
    label = "rules"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what can be asked."""
        from xiezuo.rules.figures import register_figures  # noqa: PLC0415 - models load after the apps

        register_figures()
