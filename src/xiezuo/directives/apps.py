"""Superiors' demands, meetings and visits, the plan."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    """The app `directives` of the house."""

    name = "xiezuo.directives"
    label = "directives"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what can be asked."""
        from xiezuo.directives.figures import register_figures  # noqa: PLC0415 - models load after the apps

        register_figures()
