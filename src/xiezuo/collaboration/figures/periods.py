"""The periods that are compared: a quarter, half a year or a year, and the one before it. Pure, no clock.

There are no single months: a month between two others would give away what is hidden in a quarter.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTHS_A_YEAR = 12
DAY = timedelta(days=1)


class Length(StrEnum):
    """How long a period is."""

    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


MONTHS = {Length.QUARTER: 3, Length.HALF: 6, Length.YEAR: 12}


@dataclass(frozen=True)
class Period:
    """The days `[starts, ends)`: whole months of one year."""

    starts: date
    ends: date

    @property
    def last(self) -> date:
        """The last day."""
        return self.ends - DAY

    def months(self) -> list[date]:
        """The first days of its months."""
        count = (self.ends.year - self.starts.year) * MONTHS_A_YEAR + self.ends.month - self.starts.month
        return [later(self.starts, number) for number in range(count)]


def later(first: date, months: int) -> date:
    """The first day of the month that lies `months` after that of a day."""
    year, month = divmod(first.year * MONTHS_A_YEAR + first.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, 1)


def period_of(day: date, length: Length) -> Period:
    """The period of a length in which a day lies."""
    months = MONTHS[length]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, later(first, months))


def before(period: Period) -> Period:
    """The period of the same length before it."""
    months = len(period.months())
    return Period(later(period.starts, -months), period.starts)


def after(period: Period) -> Period:
    """The period of the same length after it."""
    return Period(period.ends, later(period.ends, len(period.months())))
