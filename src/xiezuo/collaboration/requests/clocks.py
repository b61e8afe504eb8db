"""The clocks of a request: by when the next step is due, and by when the work. Original days never change."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from xiezuo.approvals.api import Approval
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.states import ASKED, RequestState
from xiezuo.rules.api import LimitUnit, calendar_of, clock_of

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule

WRITTEN_WITHIN = timedelta(hours=24)
"""Within which what was agreed orally is written (R16)."""
EVALUATED_WITHIN = 5
"""Working days after the report in which both sides evaluate. [D]: no source, a county may ask for another."""
DAY = timedelta(days=1)


def begin_clock(row: Request, rule: "WorkRule", on: date) -> None:
    """Start the clock of the work in memory: by the limit of the rule, or by the last day asked for where it names none."""
    row.begun_on = on
    row.first_due_on = row.due_on = due_by_rule(row, rule)


def due_by_rule(row: Request, rule: "WorkRule") -> date | None:
    """The last day of the work with the extensions there have been."""
    begun = row.begun_on
    if begun is None:
        return None
    if rule.limit is None or rule.limit_unit == LimitUnit.HOURS:
        return row.ends - DAY if row.ends else None
    return clock_of(rule, begun, calendar_of(row.commission), extensions=row.extensions).due


def next_due(row: Request, approval: Approval | None = None) -> date | None:
    """The day by which the next step is due, whoever takes it; None where nothing waits."""
    state = RequestState(row.state)
    if row.urgent and row.written_at is None and row.written_due is not None:
        return timezone.localdate(row.written_due)
    if state in ASKED:
        return approval.due_on if approval else row.next_due_on
    if state in (RequestState.APPROVED, RequestState.TEAMING):
        return row.starts
    if state in (RequestState.SENT, RequestState.WORKING):
        return row.due_on
    if state in (RequestState.REPORTED, RequestState.EVALUATING) and row.reported_on:
        return _after(row, row.reported_on, EVALUATED_WITHIN)
    return None


def _after(row: Request, day: date, days: int) -> date:
    return calendar_of(row.commission).after(day, days)


def written_by(at: datetime) -> datetime:
    """By when what was agreed orally at an instant must be written."""
    return at + WRITTEN_WITHIN
