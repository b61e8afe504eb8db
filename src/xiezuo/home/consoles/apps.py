"""The three consoles: auditor, security administrator, system administrator."""

from django.apps import AppConfig


class ConsolesConfig(AppConfig):
    """The app `consoles` of the house; it has no tables."""

    name = "xiezuo.home.consoles"
    label = "consoles"

    def ready(self) -> None:
        """Declare what is decided in steps here."""
        from xiezuo.home.consoles.grant_kind import register_grants  # noqa: PLC0415 - models load after the apps

        register_grants()
