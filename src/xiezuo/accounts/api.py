"""What other apps may use of the accounts."""

from xiezuo.accounts.account_operations import (
    confirm_person,
    last_office,
    name_person,
    open_account,
    refuse_person,
    set_active,
)
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
from xiezuo.accounts.grant_operations import (
    appoint_first,
    decide_grant,
    end_grant,
    propose_grant,
    withdraw_grant,
)
from xiezuo.accounts.grant_policies import (
    may_confirm_person,
    may_decide_grant,
    may_end_grant,
    may_keep_accounts,
    may_propose_grant,
    may_set_active,
    may_withdraw_grant,
    scopes_of,
)
from xiezuo.accounts.holding import NOT_YOURS, Held, has, held_on, may
from xiezuo.accounts.kept import kept_page
from xiezuo.accounts.lists import list_response
from xiezuo.accounts.operations import set_account
from xiezuo.accounts.queries import active_holders, persons_of, rights_in_force, rights_of, who_may
from xiezuo.accounts.rights_operations import set_rights
from xiezuo.accounts.roles import ADMINISTRATORS, BUSINESS, DUTIES, GIVEN, Ability, Role, Scope

__all__ = [
    "ADMINISTRATORS",
    "BUSINESS",
    "DUTIES",
    "GIVEN",
    "NOT_YOURS",
    "OPERATOR",
    "PRODUCT",
    "Ability",
    "Actor",
    "Days",
    "Held",
    "Holding",
    "Role",
    "Scope",
    "account_exists",
    "acting_as",
    "active_holders",
    "actor_in_job",
    "actor_named",
    "actor_of",
    "appoint_first",
    "as_the_product",
    "common",
    "confirm_person",
    "decide_grant",
    "end_grant",
    "has",
    "held_on",
    "kept_page",
    "last_office",
    "list_response",
    "may",
    "may_confirm_person",
    "may_decide_grant",
    "may_end_grant",
    "may_keep_accounts",
    "may_propose_grant",
    "may_set_active",
    "may_withdraw_grant",
    "name_person",
    "open_account",
    "persons_of",
    "propose_grant",
    "refuse_person",
    "rights_in_force",
    "rights_of",
    "scopes_of",
    "set_account",
    "set_active",
    "set_actor",
    "set_rights",
    "shown_actor",
    "who_may",
    "withdraw_grant",
    "without",
]
