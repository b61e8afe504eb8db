"""The step engine."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """The app `approvals` of the house."""

    name = "xiezuo.approvals"
    label = "approvals"
    default_auto_field = "django.db.models.BigAutoField"
