"""台账簿: loading, exporting and withdrawing the county's ledger book."""

from django.apps import AppConfig


class BookConfig(AppConfig):
    """The app `book` of the house."""

    name = "xiezuo.book"
    label = "book"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what is decided in steps here."""
        from xiezuo.book.correction_kind import register_corrections  # noqa: PLC0415 - models load after the apps

        register_corrections()
