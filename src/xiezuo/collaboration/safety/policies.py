"""Who tells of talks and incidents, and what stands against it. An empty list means yes.

Whoever must stand out of a request sees nothing of it and so never comes here.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, has
from xiezuo.collaboration.states import (
    AT_WORK,
    INCIDENT_MOVES,
    IncidentState,
    IncidentVerb,
    Measure,
    RequestState,
)
from xiezuo.collaboration.work.policies import Part, against_state, heads_lead
from xiezuo.shared.errors import Reason

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Incident, Request

TALKED_IN = (RequestState.SENT, RequestState.WORKING, RequestState.REPORTED)
KNOWN_IN = (*AT_WORK, RequestState.CLOSED, RequestState.TERMINATED, RequestState.TRANSFERRED)
"""What happened may become known after the work has ended."""


def may_record(actor: Actor, row: "Request", part: Part) -> list[Reason]:
    """Whether `actor` may tell of a talk: a member or the head in the lead, of a request that was approved with talks (P3, P4)."""
    found = against_state(row, TALKED_IN)
    if Measure.TALK not in row.measures:
        words = _("Talks are not among the measures that this request was approved with; for one, its scope is changed and approved anew.")  # fmt: skip
        found.append(Reason("measure", words))
    if part.member is None and not heads_lead(actor, row):
        words = _("A talk is told of by the members of the team and the head of the unit in the lead.")
        found.append(Reason("not-of-the-team", words))
    return found


def may_file(actor: Actor, row: "Request", part: Part) -> list[Reason]:
    """Whether `actor` may file an incident: a member, the head in the lead, or the case-management office."""
    return [*against_state(row, KNOWN_IN), *_concerned(actor, row, part)]


def may_report(actor: Actor, row: "Request", part: Part, incident: "Incident") -> list[Reason]:
    """Whether `actor` may say that an incident was reported upward: the same; late is better than never."""
    return [*against_move(incident, IncidentVerb.REPORT), *_concerned(actor, row, part)]


def may_close(actor: Actor, row: "Request", part: Part, incident: "Incident") -> list[Reason]:
    """Whether `actor` may close it: who is first responsible (head in the lead, leader of the team), or the office."""
    found = against_move(incident, IncidentVerb.CLOSE)
    if part.leads_team or heads_lead(actor, row) or _keeps(actor, row):
        return found
    words = _("An incident is closed by the leader of the team, the head of the unit in the lead or the case-management office.")  # fmt: skip
    return [*found, Reason("not-responsible", words)]


def _concerned(actor: Actor, row: "Request", part: Part) -> list[Reason]:
    if part.member is not None or heads_lead(actor, row) or _keeps(actor, row):
        return []
    words = _("Incidents are for the members of the team, the head of the unit in the lead and the case-management office.")  # fmt: skip
    return [Reason("not-concerned", words)]


def _keeps(actor: Actor, row: "Request") -> bool:
    return has(actor, Ability.KEEP_LEDGER, commission=row.commission_id)


def against_move(incident: "Incident", verb: IncidentVerb) -> list[Reason]:
    """Whether the incident stands where this is done; of two who report it the second is told."""
    state = IncidentState(incident.state)
    if (verb, state) in INCIDENT_MOVES:
        return []
    if verb == IncidentVerb.CLOSE and state in (IncidentState.OPEN, IncidentState.ESCALATED):
        return [Reason("not-reported", _("It was not reported upward yet; that comes first, late or not."))]
    words = _("“%(verb)s” cannot be done: the incident is “%(state)s”.")
    return [Reason("wrong-state", words % {"verb": verb.label, "state": state.label})]
