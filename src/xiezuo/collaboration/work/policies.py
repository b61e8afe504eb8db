"""Who may do what in the work of a team, and what stands against it. An empty list means yes.

A team's work is done by its members; the head of the unit in the lead sees it through and writes where a member signed on
paper. Whoever must stand out of a request sees nothing of it and so never comes here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, has
from xiezuo.collaboration.states import EvaluationSide, RequestState
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Letter, Request

PLANNED_IN = (RequestState.TEAMING, RequestState.SENT, RequestState.WORKING)
WORKED_IN = (RequestState.SENT, RequestState.WORKING)
LETTERS_IN = (RequestState.WORKING, RequestState.REPORTED)
OPEN_IN = (RequestState.TEAMING, RequestState.SENT, RequestState.WORKING, RequestState.REPORTED, RequestState.EVALUATING)  # fmt: skip
SEES_THROUGH = "not-of-the-team"


@dataclass(frozen=True)
class Part:
    """What somebody is in a request today: a member who joined (with the unit they came from), its head, its asker."""

    member: int | None = None
    member_unit: int | None = None
    leads_team: bool = False
    own_staff: bool = False
    helped_by: frozenset[int] = frozenset()
    """The units whose people joined the team, the one in the lead among them, without the one that asked."""


def heads_lead(actor: Actor, row: "Request") -> bool:
    """Whether `actor` heads the unit in the lead."""
    return row.lead_id is not None and has(actor, Ability.SPEAK_FOR_UNIT, commission=row.commission_id, unit=row.lead_id)  # fmt: skip


def against_state(row: "Request", states: Collection[RequestState]) -> list[Reason]:
    """Whether the request stands where this can be done."""
    if row.state in states:
        return []
    told = {"state": RequestState(row.state).label, "states": listed(str(each.label) for each in states)}
    return [Reason("wrong-state", _("This is done while the request is: %(states)s; it is “%(state)s”.") % told)]  # fmt: skip


def _of_the_team(actor: Actor, row: "Request", part: Part) -> list[Reason]:
    if part.member is not None or heads_lead(actor, row):
        return []
    return [Reason(SEES_THROUGH, _("This is for the members of the team and the head of the unit in the lead."))]  # fmt: skip


def may_plan(actor: Actor, row: "Request", part: Part) -> list[Reason]:
    """Whether `actor` may write the plan and its tasks."""
    return [*against_state(row, PLANNED_IN), *_of_the_team(actor, row, part)]


def may_settle(actor: Actor, row: "Request", part: Part) -> list[Reason]:
    """Whether `actor` may say that a task is done, or dropped."""
    return [*against_state(row, OPEN_IN), *_of_the_team(actor, row, part)]


def may_meet(actor: Actor, row: "Request", part: Part) -> list[Reason]:
    """Whether `actor` may write minutes of a joint meeting."""
    return may_settle(actor, row, part)


def may_file(actor: Actor, row: "Request", part: Part) -> list[Reason]:
    """Whether `actor` may add to the index of the file."""
    return may_settle(actor, row, part)


def may_log(actor: Actor, row: "Request", part: Part, member: int | None = None) -> list[Reason]:
    """Whether `actor` may enter hours: members their own, the leader of the team and the head in the lead others' from paper."""
    found = against_state(row, (*WORKED_IN, RequestState.REPORTED))
    own = part.member is not None and member in (None, part.member)
    for_others = member is not None and (part.leads_team or heads_lead(actor, row))
    if own or for_others:
        return found
    words = _("Hours are entered by each member; those of others by the leader of the team or the head of the unit in the lead.")  # fmt: skip
    return [*found, Reason(SEES_THROUGH, words)]


def may_send_letter(actor: Actor, row: "Request", part: Part) -> list[Reason]:
    """Whether `actor` may send a rectification letter: the leader of the team, or the head of the unit in the lead."""
    found = against_state(row, (*LETTERS_IN, RequestState.EVALUATING))
    if part.leads_team or heads_lead(actor, row):
        return found
    words = _("A rectification letter is sent by the leader of the team or the head of the unit in the lead.")
    return [*found, Reason("not-leader", words)]


def may_verify(actor: Actor, row: "Request", part: Part, unit: int) -> list[Reason]:
    """Whether `actor` may verify what `unit` mended: own staff of the team or the head in the lead, never the unit itself."""
    found = against_state(row, (*LETTERS_IN, RequestState.EVALUATING))
    if not part.own_staff and not heads_lead(actor, row):
        words = _("What was mended is verified by own staff of the team; who is on loan or in training only assists.")  # fmt: skip
        found.append(Reason("not-own-staff", words))
    if unit == part.member_unit or has(actor, Ability.SPEAK_FOR_UNIT, commission=row.commission_id, unit=unit):  # fmt: skip
        found.append(Reason("own-unit", _("Nobody verifies what the own unit mended.")))
    return found


def may_answer(actor: Actor, letter: "Letter", commission: int) -> list[Reason]:
    """Whether `actor` answers a letter, or asks for more time: the head of the unit that it went to."""
    if has(actor, Ability.SPEAK_FOR_UNIT, commission=commission, unit=letter.unit_id):
        return []
    return [Reason("not-head", _("A letter is answered by the head of the unit that it went to."))]


def may_extend_letter(actor: Actor, contacts: Collection[int]) -> list[Reason]:
    """Whether `actor` is the contact leader who decides on more time; `contacts` are accounts."""
    if actor.user_id is not None and actor.user_id in contacts:
        return []
    return [Reason("not-contact", _("More time for a letter is given by the contact leader of the zone."))]


def sides(row: "Request", part: Part) -> list[EvaluationSide]:
    """The sides that evaluate: a unit that is kept out of its own matter (R04) does not; without another unit nobody helped."""
    helped = [EvaluationSide.HELPER] if part.helped_by else []
    return [*([] if row.blocked else [EvaluationSide.ASKER]), *helped]


def sides_of(actor: Actor, row: "Request", part: Part) -> list[EvaluationSide]:
    """The sides that `actor` speaks for: head of the unit that asked, or who applied; leader of the team, or head in the lead."""
    asks = actor.user_id == row.applicant or has(actor, Ability.SPEAK_FOR_UNIT, commission=row.commission_id, unit=row.unit_id)  # fmt: skip
    helps = (part.leads_team and part.member_unit in part.helped_by) or (heads_lead(actor, row) and row.lead_id in part.helped_by)  # fmt: skip
    told = {EvaluationSide.ASKER: asks, EvaluationSide.HELPER: helps}
    return [side for side in sides(row, part) if told[side]]


def may_evaluate(actor: Actor, row: "Request", part: Part, side: EvaluationSide) -> list[Reason]:
    """Whether `actor` may evaluate for a side. Who belongs to both would evaluate the own side, and may not."""
    found = against_state(row, (RequestState.REPORTED, RequestState.EVALUATING))
    mine = [] if actor.user_id is None else sides_of(actor, row, part)
    if side not in mine:
        words = _("For “%(side)s” its head evaluates: of the unit that asked, or the leader of the team that helped.")  # fmt: skip
        found.append(Reason("not-side", words % {"side": side.label}))
    elif len(mine) > 1:
        found.append(Reason("both-sides", _("Whoever belongs to both sides evaluates for neither.")))
    return found


def may_see_evaluations(actor: Actor, row: "Request", part: Part) -> bool:
    """Whether the evaluations are for `actor`: the two sides and the case-management office."""
    keeps = has(actor, Ability.KEEP_LEDGER, commission=row.commission_id)
    return keeps or part.member is not None or bool(sides_of(actor, row, part)) or heads_lead(actor, row)
