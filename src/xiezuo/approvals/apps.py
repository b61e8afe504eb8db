"""The step engine."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """The app `approvals` of the house."""

    name = "xiezuo.approvals"
    label = "approvals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what can be asked."""
        from xiezuo.approvals.figures import register_figures  # noqa: PLC0415 - models load after the apps

        register_figures()
