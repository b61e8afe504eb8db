"""Collaboration: requests between units, the teams that help, recusal, loans, work and its evaluation."""

from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    """The app `collaboration` of the house."""

    name = "xiezuo.collaboration"
    label = "collaboration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what is decided in steps, and what can be asked."""
        from xiezuo.collaboration.figures import register_figures  # noqa: PLC0415 - models load after the apps
        from xiezuo.collaboration.loans.kind import register_loan_kind  # noqa: PLC0415 - models load after the apps
        from xiezuo.collaboration.requests.kind import register_kind  # noqa: PLC0415 - models load after the apps

        register_kind()
        register_loan_kind()
        register_figures()
