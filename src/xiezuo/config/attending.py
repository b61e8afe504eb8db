"""The round of every day: each approval that is being decided is brought up to the day, in a transaction of its own.

Who left an office drops out, who came in is asked, silence past its limit goes one level up: so that it happens on
the day, and not only when somebody next opens the matter.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import DatabaseError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from xiezuo.accounts.api import PRODUCT_ITSELF, acting_as
from xiezuo.approvals.api import Approval, attend, calendar_short, pending
from xiezuo.organisation.api import Commission
from xiezuo.rules.api import WorkCalendar, YearMissing, calendar_of
from xiezuo.shared.errors import XiezuoError

log = logging.getLogger(__name__)

AHEAD = timedelta(days=30)
"""So long before a year begins it should stand in the work calendar. [D]"""


@dataclass(frozen=True)
class Round:
    """What became of one commission's approvals: looked at, moved, not brought up to the day, and years not in the calendar."""

    looked_at: int
    moved: int
    failed: tuple[int, ...]
    years: tuple[int, ...]


def attend_everywhere(now: datetime) -> dict[str, Round]:
    """Bring every approval of every commission up to the day of `now`; one that cannot be keeps no other from it."""
    with acting_as(PRODUCT_ITSELF):
        commissions = list(Commission.objects.order_by("pk"))
    return {commission.code: _attend_in(commission, now) for commission in commissions}


def was_done_on(task: str, day: date) -> bool:
    """Whether the round of a day was asked for already."""
    jobs = ProcrastinateJob.objects.filter(task_name=task)
    return jobs.filter(procrastinateevent__at__date=day).exists()


def _attend_in(commission: Commission, now: datetime) -> Round:
    with acting_as(PRODUCT_ITSELF):
        calendar = calendar_of(commission)
        waiting = list(pending(commission.pk))
    outcomes = [_attended(approval, calendar, now) for approval in waiting]
    failed = tuple(
        each.pk for each, outcome in zip(waiting, outcomes, strict=True) if isinstance(outcome, Exception)
    )
    missing = {error.year for error in outcomes if isinstance(error, YearMissing)}
    years = tuple(sorted(missing | set(_soon_missing(calendar, timezone.localdate(now)))))
    for year in years:
        with acting_as(PRODUCT_ITSELF):
            calendar_short.publish(commission=commission.pk, year=year, now=now)
    return Round(len(waiting), outcomes.count(True), failed, years)


def _soon_missing(calendar: WorkCalendar, today: date) -> Iterator[int]:
    for year in {today.year, (today + AHEAD).year}:
        if year not in calendar.years:
            yield year


def _attended(approval: Approval, calendar: WorkCalendar, now: datetime) -> bool | Exception:
    """Whether it moved, or why it could not be brought up to the day."""
    try:
        with acting_as(PRODUCT_ITSELF) as product:
            after = attend(approval=approval, after=calendar.after, by=product, now=now)
    except (XiezuoError, DatabaseError) as error:
        log.warning("approval %s was not brought up to the day: %s", approval.pk, type(error).__name__)
        return error
    return after.edition != approval.edition
