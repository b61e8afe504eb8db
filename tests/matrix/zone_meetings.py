"""Meetings of zones in the matrix's world: of each unit one that is planned and one that was held, for that unit alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Kind
from xiezuo.shared import clock
from xiezuo.zones.models import AgendaItem, Attendance, ZoneMeeting
from xiezuo.zones.states import MeetingState

ZONE_OF = {"U1": "zone E1", "U2": "zone E1", "U3": "zone E2"}
TODAY = clock.today()
Mark = Callable[..., str]


def furnish(county: Any, mark: Mark) -> None:
    """Add to a county of the world; `mark` gives its canaries."""
    for days, unit in enumerate(ZONE_OF):
        planned = _meeting(county, mark, unit, days, MeetingState.PLANNED)
        held = _meeting(county, mark, unit, days + len(ZONE_OF), MeetingState.HELD)
        county.things |= {f"zone_meeting {unit}": planned, f"zone_meeting held {unit}": held}
        _item(county, mark, unit, planned)
        county.things[f"zone_item {unit}"] = _item(
            county, mark, unit, held, decision=mark(Kind.MATTERS, unit), unit=county.units[unit], due_on=TODAY
        )
        Attendance.objects.create(meeting=held, unit=county.units[unit], presence="到会", spoke=mark(Kind.MATTERS, unit))  # fmt: skip


def _meeting(county: Any, mark: Mark, unit: str, days: int, state: MeetingState) -> ZoneMeeting:
    told = (
        [{"on": TODAY.isoformat(), "by": "made", "why": mark(Kind.MATTERS, unit)}]
        if state == MeetingState.HELD
        else []
    )
    return ZoneMeeting.objects.create(
        commission=county.commission, zone=county.things[ZONE_OF[unit]], units=[county.units[unit].pk],
        day=TODAY - timedelta(days=days), place=mark(Kind.MATTERS, unit), state=state, minutes_no=mark(Kind.MATTERS, unit),
        corrections=told, begun_by="made", begun_at=clock.now(), key=uuid4(),
    )  # fmt: skip


def _item(_county: Any, mark: Mark, of: str, meeting: ZoneMeeting, **more: Any) -> AgendaItem:
    return AgendaItem.objects.create(meeting=meeting, position=1, topic=mark(Kind.MATTERS, of), **more)
