"""The journal of acts."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The app `audit` of the house."""

    name = "xiezuo.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
