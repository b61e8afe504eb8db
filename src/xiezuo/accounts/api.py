"""What other apps may use of the accounts."""

from xiezuo.accounts.actor import (
    OPERATOR,
    PRODUCT,
    Actor,
    account_exists,
    acting_as,
    actor_in_job,
    actor_named,
    actor_of,
    as_the_product,
    set_actor,
    shown_actor,
)
from xiezuo.accounts.deriving import Days, Holding, common, without
from xiezuo.accounts.holding import NOT_YOURS, has, may
from xiezuo.accounts.kept import kept_page
from xiezuo.accounts.lists import list_response
from xiezuo.accounts.operations import set_account
from xiezuo.accounts.queries import persons_of
from xiezuo.accounts.rights_operations import set_rights
from xiezuo.accounts.roles import Ability, Role, Scope

__all__ = [
    "NOT_YOURS",
    "OPERATOR",
    "PRODUCT",
    "Ability",
    "Actor",
    "Days",
    "Holding",
    "Role",
    "Scope",
    "account_exists",
    "acting_as",
    "actor_in_job",
    "actor_named",
    "actor_of",
    "as_the_product",
    "common",
    "has",
    "kept_page",
    "list_response",
    "may",
    "persons_of",
    "set_account",
    "set_actor",
    "set_rights",
    "shown_actor",
    "without",
]
