"""What waits for whom: the inbox, one application on one page, stand-ins, phrases, numbers, hand-over."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """The app `inbox` of the house; its tables are those of the approvals."""

    name = "xiezuo.home.inbox"
    label = "inbox"
