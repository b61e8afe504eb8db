"""The writes of safety incidents: filed, reported upward, escalated by the clock, closed. None changes or deletes a step.

Lock order: the request, then the incident, then the journal. Source: 监督执纪工作规则 70; domain.md §2A P12, T11.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from xiezuo.accounts.api import PRODUCT_ITSELF, Actor, as_the_product
from xiezuo.audit.api import Act
from xiezuo.collaboration.events import incident_moved
from xiezuo.collaboration.models import Incident, IncidentStep, Request, Talk
from xiezuo.collaboration.queries.safety import incident_shown, responsible_on
from xiezuo.collaboration.queries.work import part_of
from xiezuo.collaboration.requests.moving_operations import held, held_by_product
from xiezuo.collaboration.safety import policies
from xiezuo.collaboration.safety.against import (
    against_happening,
    against_measures,
    against_report,
    nobody_named,
)
from xiezuo.collaboration.safety.asked import Happened, Upward
from xiezuo.collaboration.safety.clocks import due_by_rule
from xiezuo.collaboration.states import INCIDENT_MOVES, IncidentState, IncidentVerb
from xiezuo.collaboration.work.holding import written
from xiezuo.collaboration.work.plan_operations import note
from xiezuo.shared.errors import Refused, refuse_if


@transaction.atomic
def file_incident(*, request: Request, happened: Happened, key: UUID, by: Actor, now: datetime) -> Incident:
    """File an incident; its clock runs from when it became known, by the deadline T11. The same form sent again gives the same.

    Raises `Refused` with every reason, also where no safety officer was named in the team when it happened.
    """
    row = held(request)
    if earlier := written(Incident, key, by):
        return earlier
    refuse_if(policies.may_file(by, row, part_of(by, row, timezone.localdate(now))))
    with as_the_product():
        refuse_if(against_happening(row, happened, now))
    return open_incident(row, happened, by=by, now=now, key=key)


def open_incident(
    row: Request, happened: Happened, *, by: Actor, now: datetime, key: UUID, talk: Talk | None = None
) -> Incident:
    """Write an incident of a held request, whoever found it, with who answers for it; called inside the transaction."""
    with as_the_product():
        due, rule = due_by_rule(row.commission, happened.known_at)
        chain = responsible_on(row, timezone.localdate(happened.occurred_at))
        if chain.officer is None:
            raise Refused([nobody_named(timezone.localdate(happened.occurred_at))])
        made = Incident.objects.create(
            commission=row.commission, request=row, position=Incident.objects.filter(request=row).count() + 1,
            kind=happened.kind, talk=talk, said=happened.said.strip(), occurred_at=happened.occurred_at,
            known_at=happened.known_at, due_at=due, rule=rule, head_id=chain.head, leader=chain.leader,
            officer=chain.officer, by=by.name, at=now, key=key,
        )  # fmt: skip
    note(row, {"incident": made.position}, by, now, Act.INCIDENT_FILED)
    incident_moved.publish(incident=made, verb=IncidentVerb.FILE, by=by, now=now)
    return made


@transaction.atomic
def report_incident(*, incident: Incident, upward: Upward, key: UUID, by: Actor, now: datetime) -> Incident:
    """Say that an incident was reported upward, once. Made after its time it goes to the secretary first and is taken all the same.

    Raises `Refused`, of two who report one incident for the second.
    """
    row, kept = _held(incident)
    if earlier := written(IncidentStep, key, by):
        return earlier.incident
    refuse_if(policies.may_report(by, row, part_of(by, row, timezone.localdate(now)), kept))
    refuse_if(against_report(kept, upward, now))
    if upward.reported_at > kept.due_at and kept.state == IncidentState.OPEN:
        _step(row, kept, IncidentVerb.ESCALATE, by=PRODUCT_ITSELF, now=now)
    told = {"office": upward.office.strip(), "paper_no": upward.paper_no.strip()}
    return _step(row, kept, IncidentVerb.REPORT, by=by, now=now, happened_at=upward.reported_at, key=key, **told)  # fmt: skip


@transaction.atomic
def close_incident(
    *, incident: Incident, said: str, sure: bool = False, key: UUID, by: Actor, now: datetime
) -> Incident:
    """Close an incident that was reported, with the measures taken, as a pointer. The same form sent again does nothing more."""
    row, kept = _held(incident)
    if earlier := written(IncidentStep, key, by):
        return earlier.incident
    refuse_if(policies.may_close(by, row, part_of(by, row, timezone.localdate(now)), kept))
    refuse_if(against_measures(said, sure=sure))
    return _step(row, kept, IncidentVerb.CLOSE, by=by, now=now, key=key, said=said.strip())


@transaction.atomic
def escalate_incidents(*, now: datetime) -> int:
    """The round: incidents that nobody reported in their time go to the secretary, in every commission; how many went."""
    with as_the_product():
        late = Incident.objects.filter(state=IncidentState.OPEN, due_at__lte=now)
        found = list(late.order_by("request_id", "pk"))
    return sum(_escalate(each, now) for each in found)


def _escalate(incident: Incident, now: datetime) -> bool:
    row = held_by_product(incident.request_id)
    kept = _kept(incident.pk)
    # Somebody may have reported it while the round waited for the request.
    if policies.against_move(kept, IncidentVerb.ESCALATE):
        return False
    _step(row, kept, IncidentVerb.ESCALATE, by=PRODUCT_ITSELF, now=now)
    return True


def _held(incident: Incident) -> tuple[Request, Incident]:
    """The request and the incident as they stand, held; with the eyes of who acts, who must read both."""
    shown = incident_shown(incident.commission, incident.pk)
    return held(Request(pk=shown.request_id)), _kept(shown.pk)


def _kept(incident: int) -> Incident:
    with as_the_product():
        return Incident.objects.select_for_update(of=("self",)).select_related("commission").get(pk=incident)


def _step(row: Request, kept: Incident, verb: IncidentVerb, *, by: Actor, now: datetime, happened_at: datetime | None = None, key: UUID | None = None, **told: str) -> Incident:  # fmt: skip
    """Lead a held incident on, and tell the journal and whoever listens."""
    refuse_if(policies.against_move(kept, verb))
    kept.state = INCIDENT_MOVES[verb, IncidentState(kept.state)]
    kept.escalated_at = now if verb == IncidentVerb.ESCALATE else kept.escalated_at
    with as_the_product():
        kept.save(update_fields=["state", "escalated_at"])
        IncidentStep.objects.create(
            incident=kept, verb=verb, state=kept.state, happened_at=happened_at or now, by=by.name, at=now, key=key, **told
        )  # fmt: skip
    note(row, {"incident": kept.position, "verb": verb.value}, by, now, Act.INCIDENT_MOVED)
    incident_moved.publish(incident=kept, verb=verb, by=by, now=now)
    return kept
