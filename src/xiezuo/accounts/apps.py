"""Accounts and the actor of a transaction."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app `accounts` of the house."""

    name = "xiezuo.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
