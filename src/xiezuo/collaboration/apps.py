"""Collaboration: requests between units, the teams that help, recusal, loans, work and its evaluation."""

from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    """The app `collaboration` of the house."""

    name = "xiezuo.collaboration"
    label = "collaboration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what is decided in steps, what can be asked, and what meetings of zones may speak of."""
        from xiezuo.collaboration.figures import register_figures  # noqa: PLC0415 - models load after the apps
        from xiezuo.collaboration.loans.kind import register_loan_kind  # noqa: PLC0415 - models load after the apps
        from xiezuo.collaboration.requests.agenda import open_matters  # noqa: PLC0415 - models load after the apps
        from xiezuo.collaboration.requests.kind import register_kind  # noqa: PLC0415 - models load after the apps
        from xiezuo.zones.api import offer_agenda  # noqa: PLC0415

        register_kind()
        register_loan_kind()
        register_figures()
        offer_agenda(open_matters)
