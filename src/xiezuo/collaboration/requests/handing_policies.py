"""Who hands open work of the collaboration over, and who can take it. An empty list means yes."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, has, may
from xiezuo.collaboration.requests.policies import against_verb, is_applicant
from xiezuo.collaboration.states import RequestVerb
from xiezuo.shared.errors import Reason

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Recusal, Request


def may_hand_over(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may hand a request over: whoever applied, the head of the unit that asks, the case-management office."""
    found = against_verb(row, RequestVerb.HAND_OVER)
    if not is_applicant(actor, row) or has(actor, Ability.SPEAK_FOR_UNIT, unit=row.unit_id):
        return found
    return [*found, *may(actor, Ability.KEEP_LEDGER, commission=row.commission_id)]


def against_heir(actor: Actor, heir: Actor, row: "Request", *, out: bool, decided: bool) -> list[Reason]:
    """What stands against an account that is to take a request over; `out`: it stands out of it or may have to."""
    found = may(heir, Ability.ASK_HELP, commission=row.commission_id, unit=row.unit_id)
    told = [Reason("to", _("Whoever takes it over must be one of the unit that asks."))] if found else []
    if out:
        told.append(Reason("to", _("This account cannot take this request over.")))
    if decided:
        told.append(Reason("to", _("Whoever decides a request never becomes its applicant.")))
    if is_applicant(actor, row) and heir.user_id == actor.user_id and not has(actor, Ability.SPEAK_FOR_UNIT, unit=row.unit_id):  # fmt: skip
        told.append(Reason("to", _("Whoever hands over for another cannot take it over.")))
    return told


def may_pass_on(actor: Actor, row: "Recusal", commission: int) -> list[Reason]:
    """Whether `actor` may have a question decided by whoever holds the office now: its decider, or the office."""
    if actor.user_id is not None and actor.user_id == row.decider:
        return []
    return may(actor, Ability.KEEP_LEDGER, commission=commission)
