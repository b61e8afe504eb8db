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
    PRODUCT_ITSELF,
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
from xiezuo.accounts.attempt_operations import unlock
from xiezuo.accounts.deriving import Days, Holding, common, without
from xiezuo.accounts.door_operations import set_door_policy
from xiezuo.accounts.door_queries import door_policy, sessions_of
from xiezuo.accounts.events import grant_proposed, rights_asked_for
from xiezuo.accounts.factor_operations import confirm_card, issue_card
from xiezuo.accounts.factors.card import new_codes
from xiezuo.accounts.factors.sealing import keyed_hash
from xiezuo.accounts.grant_operations import (
    appoint_first,
    decide_grant,
    end_grant,
    propose_grant,
    settle_grant,
    tie_to_approval,
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
from xiezuo.accounts.half_session import own_transactions
from xiezuo.accounts.holding import NOT_YOURS, Held, has, held_on, may
from xiezuo.accounts.kept import count_afresh, fresh_counts, kept_page
from xiezuo.accounts.lists import list_response, may_take_out
from xiezuo.accounts.models import User
from xiezuo.accounts.operations import set_account
from xiezuo.accounts.origin import origin_of
from xiezuo.accounts.queries import active_holders, persons_of, rights_in_force, rights_of, who_may
from xiezuo.accounts.recovery_operations import (
    confirm_recovery,
    mark_temporary,
    open_recoveries,
    open_recovery,
    set_temporary_password,
)
from xiezuo.accounts.rights_operations import set_rights
from xiezuo.accounts.roles import ADMINISTRATORS, BUSINESS, DUTIES, GIVEN, Ability, Role, Scope
from xiezuo.accounts.session_operations import end_sessions
from xiezuo.accounts.step_up import ask_first, is_fresh, step_up_required

__all__ = [
    "ADMINISTRATORS",
    "BUSINESS",
    "DUTIES",
    "GIVEN",
    "NOT_YOURS",
    "OPERATOR",
    "PRODUCT",
    "PRODUCT_ITSELF",
    "Ability",
    "Actor",
    "Days",
    "Held",
    "Holding",
    "Role",
    "Scope",
    "User",
    "account_exists",
    "acting_as",
    "active_holders",
    "actor_in_job",
    "actor_named",
    "actor_of",
    "appoint_first",
    "as_the_product",
    "ask_first",
    "common",
    "confirm_card",
    "confirm_person",
    "confirm_recovery",
    "count_afresh",
    "decide_grant",
    "door_policy",
    "end_grant",
    "end_sessions",
    "fresh_counts",
    "grant_proposed",
    "has",
    "held_on",
    "is_fresh",
    "issue_card",
    "kept_page",
    "keyed_hash",
    "last_office",
    "list_response",
    "mark_temporary",
    "may",
    "may_confirm_person",
    "may_decide_grant",
    "may_end_grant",
    "may_keep_accounts",
    "may_propose_grant",
    "may_set_active",
    "may_take_out",
    "may_withdraw_grant",
    "name_person",
    "new_codes",
    "open_account",
    "open_recoveries",
    "open_recovery",
    "origin_of",
    "own_transactions",
    "persons_of",
    "propose_grant",
    "refuse_person",
    "rights_asked_for",
    "rights_in_force",
    "rights_of",
    "scopes_of",
    "sessions_of",
    "set_account",
    "set_active",
    "set_actor",
    "set_door_policy",
    "set_rights",
    "set_temporary_password",
    "settle_grant",
    "shown_actor",
    "step_up_required",
    "tie_to_approval",
    "unlock",
    "who_may",
    "withdraw_grant",
    "without",
]
