"""What is told of safety incidents: kind, number of the request and last day. Called by the event of each step.

Nobody who must stand out of the request is told, and of a sealed one the case-management office is not.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from xiezuo.accounts.api import Ability, Role, Scope, as_the_product, rights_in_force, who_may
from xiezuo.collaboration.api import accounts_standing_out, number_of_request
from xiezuo.collaboration.states import IncidentVerb
from xiezuo.home.notices.collaboration_operations import accounts_of, heads_of
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.states import OF_INCIDENTS, Because, NoticeKind


def follow_incident(*, incident: Any, verb: IncidentVerb, now: datetime, **_more: Any) -> None:
    """Whoever answers for safety has a task until it is reported; after its time the secretary is told as well."""
    with as_the_product():
        if verb == IncidentVerb.FILE:
            _tell(incident, set(_responsible(incident, now)), NoticeKind.INCIDENT, now)
        elif verb == IncidentVerb.ESCALATE:
            whom = {*_responsible(incident, now), *_secretaries(incident.commission_id, now)}
            _tell(incident, whom, NoticeKind.INCIDENT_LATE, now)
        else:
            done = (NoticeKind.INCIDENT,) if verb == IncidentVerb.REPORT else OF_INCIDENTS
            Notice.objects.filter(kind__in=done, subject=incident.pk, done_at=None).update(done_at=now)


def _responsible(incident: Any, now: datetime) -> list[int]:
    """Safety officer, leader of the team, heads of the unit in the lead, and the office."""
    commission, request = incident.commission_id, incident.request
    members = [each.person_id for each in (incident.officer, incident.leader) if each is not None]
    office = [] if request.sealed else who_may(Ability.KEEP_LEDGER, on=_day(now), commission=commission).values_list("user_id", flat=True)  # fmt: skip
    return [*accounts_of(commission, members), *heads_of(commission, [request.lead_id], now), *office]


def _secretaries(commission: int, now: datetime) -> list[int]:
    held = rights_in_force(_day(now)).filter(commission=commission, scope_kind=Scope.COMMISSION, role=Role.SECRETARY)  # fmt: skip
    return list(held.values_list("user_id", flat=True))


def _tell(incident: Any, accounts: set[int], kind: NoticeKind, now: datetime) -> None:
    told = sorted(accounts - accounts_standing_out(incident.request))
    of = {"request": incident.request_id, "last_day": timezone.localdate(incident.due_at).isoformat()}
    Notice.objects.bulk_create(
        (
            Notice(
                account=account, commission=incident.commission_id, kind=kind, because=Because.SAFETY,
                about=number_of_request(incident.request), subject=incident.pk, particulars=of, made_at=now,
            )
            for account in told
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _day(now: datetime) -> Any:
    return timezone.localdate(now)
