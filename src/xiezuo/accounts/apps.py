"""Accounts and the actor of a transaction."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app `accounts` of the house."""

    name = "xiezuo.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every log-in writes its beginning into the session."""
        from xiezuo.accounts import session_operations  # noqa: F401, PLC0415 - listens from its import on
