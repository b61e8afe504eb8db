"""What other apps may use of the accounts."""

from xiezuo.accounts.actor import (
    OPERATOR,
    PRODUCT,
    Actor,
    account_exists,
    acting_as,
    actor_named,
    actor_of,
    set_actor,
    shown_actor,
)
from xiezuo.accounts.kept import kept_page
from xiezuo.accounts.lists import list_response
from xiezuo.accounts.operations import set_account

__all__ = [
    "OPERATOR",
    "PRODUCT",
    "Actor",
    "account_exists",
    "acting_as",
    "actor_named",
    "actor_of",
    "kept_page",
    "list_response",
    "set_account",
    "set_actor",
    "shown_actor",
]
