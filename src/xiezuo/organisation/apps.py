"""Commissions, units, establishment, people, assignments, division of work."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The app `organisation` of the house."""

    name = "xiezuo.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"
