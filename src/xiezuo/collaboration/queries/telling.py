"""What the notices ask of requests: their numbers, who is in a team, and which limits have been reached. As the product."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from xiezuo.collaboration.models import Member, Request
from xiezuo.collaboration.states import AT_WORK, MemberState, RequestState

RUNNING = (RequestState.SENT, RequestState.WORKING)


class Stage(StrEnum):
    """Which limit a request has reached."""

    HALF = "half"
    LATE = "late"
    NOT_WRITTEN = "not_written"


@dataclass(frozen=True)
class Reached:
    """A request, the limit that it has reached, and the day of the limit."""

    request: Request
    stage: Stage
    day: date


def number_of_request(request: Request) -> str:
    """The number as it is written on paper, in no language of a reader; empty of what has none yet."""
    return f"协作〔{request.year}〕{request.number}号" if request.number is not None else ""


def members_of(request: int, persons: Sequence[int] = ()) -> dict[int, int]:
    """Who is in the team of a request or chosen for it, and the unit each came from. One query."""
    rows = Member.objects.filter(request=request).exclude(state=MemberState.LEFT)
    found = rows.filter(person__in=persons) if persons else rows
    return dict(found.order_by("pk").values_list("person_id", "unit_id"))


def limits_reached(now: datetime) -> list[Reached]:
    """Requests half of whose time has gone, that are late, or that were to be written by now, in every commission. One query."""
    unwritten = Q(urgent=True, written_at=None, written_due__lt=now, state__in=AT_WORK)
    rows = Request.objects.filter(Q(state__in=RUNNING, due_on__isnull=False) | unwritten).order_by("pk")
    today = timezone.localdate(now)
    found = []
    for row in rows:
        if row.urgent and row.written_at is None and row.written_due and row.written_due < now:
            found.append(Reached(row, Stage.NOT_WRITTEN, timezone.localdate(row.written_due)))
        if row.state in RUNNING and (reached := _reached(row, today)):
            found.append(reached)
    return found


def _reached(row: Request, today: date) -> Reached | None:
    begun = row.begun_on or row.sent_on
    if row.due_on is None or begun is None:
        return None
    if today > row.due_on:
        return Reached(row, Stage.LATE, row.due_on)
    return Reached(row, Stage.HALF, row.due_on) if 2 * (today - begun) >= row.due_on - begun else None
