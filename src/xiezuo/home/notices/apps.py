"""Notices to accounts, and the calendar feed of their deadlines."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The app `notices` of the house."""

    name = "xiezuo.home.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the shell count what is open."""
        from xiezuo.accounts.api import count_afresh  # noqa: PLC0415 - the tables are known only now
        from xiezuo.home.notices.queries import count_for_the_reader  # noqa: PLC0415

        count_afresh("notices", count_for_the_reader)
