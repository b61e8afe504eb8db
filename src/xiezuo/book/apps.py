"""台账簿: loading, exporting and withdrawing the county's ledger book."""

from django.apps import AppConfig


class BookConfig(AppConfig):
    """The app `book` of the house."""

    name = "xiezuo.book"
    label = "book"
    default_auto_field = "django.db.models.BigAutoField"
