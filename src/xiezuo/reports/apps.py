"""Report templates, runs and the documents they give."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The app `reports` of the house."""

    name = "xiezuo.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
