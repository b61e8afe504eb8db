"""The three consoles: auditor, security administrator, system administrator."""

from django.apps import AppConfig


class ConsolesConfig(AppConfig):
    """The app `consoles` of the house; it has no tables."""

    name = "xiezuo.home.consoles"
    label = "consoles"
