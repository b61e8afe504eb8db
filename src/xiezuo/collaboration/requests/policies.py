"""Who may do what with a request: each answer lists the reasons against, an empty list means yes."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, has, may
from xiezuo.collaboration.states import REQUEST_MOVES, RequestState, RequestVerb
from xiezuo.shared.errors import Reason

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Request


def against_verb(row: "Request", verb: RequestVerb, to: RequestState | None = None) -> list[Reason]:
    """Whether the verb can be done in the request's state at all, and lead `to` there."""
    afters = REQUEST_MOVES.get((verb, RequestState(row.state)), ())
    if to in afters or (to is None and afters):
        return []
    words = _("“%(verb)s” cannot be done: the request is “%(state)s”.")
    told = {"verb": verb.label, "state": RequestState(row.state).label}
    return [Reason("wrong-state", words % told)]


def may_ask(actor: Actor, commission: int, unit: int | None = None) -> list[Reason]:
    """Whether `actor` may ask for collaboration for a unit; for any at all without one."""
    return may(actor, Ability.ASK_HELP, commission=commission if unit else None, unit=unit)


def may_form(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` puts teams together for this request: a head of its 牵头单位 or axis, or the case-management office.

    Whoever applied never chooses who comes: it asks for a profile (domain.md D10).
    """
    if actor.user_id == row.applicant and not has(actor, Ability.KEEP_LEDGER, commission=row.commission_id):
        return [Reason("own-request", _("Whoever asked does not choose who comes; the unit in the lead does."))]  # fmt: skip
    units = [unit for unit in (row.lead_id, *row.axis) if unit is not None]
    if any(has(actor, Ability.FORM_TEAMS, unit=unit) for unit in units):
        return []
    return may(actor, Ability.KEEP_LEDGER, commission=row.commission_id)
