"""The write of a talk with its recording: added and never changed; a gap in the recording is an incident at once (P3)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act
from xiezuo.collaboration.models import Recording, Request, Talk
from xiezuo.collaboration.queries.work import part_of
from xiezuo.collaboration.requests.moving_operations import held
from xiezuo.collaboration.safety import policies
from xiezuo.collaboration.safety.against import against_talk
from xiezuo.collaboration.safety.asked import Happened, Held
from xiezuo.collaboration.safety.gaps import Gap, gaps_of
from xiezuo.collaboration.safety.incident_operations import open_incident
from xiezuo.collaboration.states import IncidentKind
from xiezuo.collaboration.work.holding import written
from xiezuo.collaboration.work.plan_operations import note
from xiezuo.shared.errors import refuse_if


@transaction.atomic
def record_talk(*, request: Request, talk: Held, key: UUID, by: Actor, now: datetime) -> Talk:
    """Enter a talk that was held, with every stretch that its recorder ran. The same form sent again gives the same talk.

    Each moment that was not recorded belongs to one incident, which is opened in the same transaction and known from `now`.
    Raises `Refused` with every reason, each at its field; nothing is written then.
    """
    row = held(request)
    if earlier := written(Talk, key, by):
        return earlier
    refuse_if(policies.may_record(by, row, part_of(by, row, timezone.localdate(now))))
    with as_the_product():
        refuse_if(against_talk(row, talk, now))
        made = _written(row, talk, key, by, now)
    note(row, {"talk": made.position}, by, now, Act.TALK_RECORDED)
    _open_for(made, gaps_of(talk.span, (each.span for each in talk.stretches)), by, now)
    return made


def _written(row: Request, talk: Held, key: UUID, by: Actor, now: datetime) -> Talk:
    made = Talk.objects.create(
        request=row, position=Talk.objects.filter(request=row).count() + 1, started=talk.started, ended=talk.ended,
        talkers=list(dict.fromkeys(talk.talkers)), custodian_id=talk.custodian or 0, room=talk.room.strip(),
        replaces_id=talk.replaces, because=talk.because.strip() if talk.replaces else "", by=by.name, at=now, key=key,
    )  # fmt: skip
    stretches = sorted(talk.stretches, key=lambda each: (each.started, each.stopped))
    Recording.objects.bulk_create(
        Recording(
            talk=made, position=place, started=each.started, stopped=each.stopped, digest=each.digest.strip().lower(),
            device=each.device.strip(),
        )
        for place, each in enumerate(stretches, 1)
    )  # fmt: skip
    return made


def _open_for(made: Talk, gaps: Sequence[Gap], by: Actor, now: datetime) -> None:
    if not gaps:
        return
    missed = sum((each.span.length for each in gaps), timedelta())
    # The journal and the row speak of the talk by its place alone; how much is missing is reckoned from the stretches.
    happened = Happened(IncidentKind.RECORDING, gaps[0].span.started, now, said=_said(made.position, len(gaps), missed))  # fmt: skip
    open_incident(made.request, happened, by=by, now=now, key=uuid5(made.key, "incident"), talk=made)


def _said(position: int, count: int, missed: timedelta) -> str:
    """Kept as it is written, so in the language of the office."""
    seconds = int(missed.total_seconds())
    return f"第{position}次谈话录音录像缺{count}段，共{seconds // 60}分{seconds % 60}秒"
