"""Commissions, units, establishment, people, assignments, division of work."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The app `organisation` of the house."""

    name = "xiezuo.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what can be asked."""
        from xiezuo.organisation.figures import register_figures  # noqa: PLC0415 - models load after the apps

        register_figures()
