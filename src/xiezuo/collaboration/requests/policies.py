"""Who may do what with a request: each answer lists the reasons against, an empty list means yes."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, has, may
from xiezuo.collaboration.states import REQUEST_MOVES, RequestLevel, RequestState, RequestVerb
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


def is_applicant(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` applied."""
    if actor.user_id is not None and actor.user_id == row.applicant:
        return []
    return [Reason("not-applicant", _("Only whoever applied can do this."))]


def may_change(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may fill the request in: whoever began it, while it is a draft or was returned."""
    return [*against_verb(row, RequestVerb.SAVE), *is_applicant(actor, row)]


def may_submit(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may submit it."""
    return [
        *against_verb(row, RequestVerb.SUBMIT),
        *is_applicant(actor, row),
        *may_ask(actor, row.commission_id, row.unit_id),
    ]


def may_write(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may hand in the written request of what was begun on an oral agreement (R16)."""
    found = [*against_verb(row, RequestVerb.WRITE), *is_applicant(actor, row)]
    if not row.urgent or row.written_at is not None:
        found.append(
            Reason(
                "written",
                _("There is nothing to be written: it was not begun orally, or is written already."),
            )
        )
    return found


def may_lead(actor: Actor, row: "Request", verb: RequestVerb) -> list[Reason]:
    """Whether `actor` may see the work through: a head of the unit in the lead or the axis, or the case-management office."""
    return [*against_verb(row, verb), *may_form(actor, row)]


def may_start(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may say that the work has begun."""
    return may_lead(actor, row, RequestVerb.START)


def may_report(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may report the result."""
    return may_lead(actor, row, RequestVerb.REPORT)


def may_close(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may close and file it."""
    return may_lead(actor, row, RequestVerb.CLOSE)


def may_rescope(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may change what was approved; the approval then begins anew."""
    return [*against_verb(row, RequestVerb.RESCOPE), *is_applicant(actor, row)]


def may_escalate(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may take it to the next level: second level, first level, commission."""
    found = [*against_verb(row, RequestVerb.ESCALATE), *is_applicant(actor, row)]
    if row.level == RequestLevel.COMMISSION:
        found.append(Reason("top", _("It is before the commission already.")))
    return found


def may_end(actor: Actor, row: "Request", verb: RequestVerb) -> list[Reason]:
    """Whether `actor` may terminate or transfer it: whoever sees the work through, or the applicant."""
    found = against_verb(row, verb)
    if is_applicant(actor, row) and (others := may_form(actor, row)):
        found += others
    return found


def may_terminate(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may terminate it."""
    return may_end(actor, row, RequestVerb.TERMINATE)


def may_transfer(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may transfer it."""
    return may_end(actor, row, RequestVerb.TRANSFER)


def may_widen(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` decides who else may read it: the head of the unit in the lead (保密法 21)."""
    if row.lead_id is not None and has(actor, Ability.SPEAK_FOR_UNIT, unit=row.lead_id):
        return []
    return [Reason("not-lead", _("Who else may read it is decided by the head of the unit in the lead."))]
