"""How often a zone meets, and what follows for a day: pure values, no tables and no clock.

A zone that is to meet every n months has met in time if it meets by the end of the n-th month after its last meeting.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Cadence:
    """A level of zones meets every `months`, by the work rule `code`; `clause` and `badge` say on what that rests."""

    code: str
    name: str
    months: int
    clause: str = ""
    badge: str = ""


class Standing(StrEnum):
    """How a zone stands by its cadence on a day."""

    FREE = "free"
    """No rule says how often it meets."""
    NONE = "none"
    """No meeting of it is known yet."""
    IN_TIME = "in_time"
    DUE = "due"
    """The meeting is due in this month."""
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Due:
    """The last meeting held, the day by which the next is due, what is planned, and how that stands on the day `on`."""

    on: date
    last: date | None
    by: date | None
    planned: date | None
    standing: Standing

    @property
    def days_late(self) -> int:
        """Days since the meeting was due; 0 if it is not overdue."""
        return (self.on - self.by).days if self.by and self.standing == Standing.OVERDUE else 0


def month_end(day: date, months: int = 0) -> date:
    """The last day of the month that lies `months` after that of `day`."""
    place = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(place, MONTHS_A_YEAR)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def due_on(cadence: Cadence | None, on: date, last: date | None, planned: date | None) -> Due:
    """How a zone stands on a day that last met on `last` and plans to meet on `planned`.

    Of a zone without any meeting the first is due by the end of the month asked about.
    """
    if cadence is None:
        return Due(on, last, None, planned, Standing.FREE)
    if last is None:
        return Due(on, None, month_end(on), planned, Standing.NONE)
    by = month_end(last, cadence.months)
    if on > by:
        return Due(on, last, by, planned, Standing.OVERDUE)
    same_month = (on.year, on.month) == (by.year, by.month)
    return Due(on, last, by, planned, Standing.DUE if same_month else Standing.IN_TIME)
