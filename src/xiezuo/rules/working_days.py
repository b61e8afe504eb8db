"""Counting in working days and months, without a database.

A day on which something begins is never counted: one working day after a Friday is the next working day.
Source: domain.md §2.3 (what the clocks must be able to count), issue of the work rules (31 January + 1 month).
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from xiezuo.rules.states import Light, LimitUnit
from xiezuo.shared.errors import BadInput

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class YearMissing(BadInput):
    """The calendar holds nothing of a year that a count runs into; `year` says which."""

    def __init__(self, year: int, known: frozenset[int]) -> None:
        held = f"{min(known)}–{max(known)}" if known else _("none")
        words = _("The work calendar holds nothing of %(year)s yet (it holds: %(known)s). The case-management office, which keeps the ledger, can add the year under Regulations, Work calendar.")  # fmt: skip
        super().__init__(words % {"year": year, "known": held})
        self.year = year


@dataclass(frozen=True)
class WorkCalendar:
    """The years that are known, and their days that differ from Monday-to-Friday: day → whether it is worked."""

    years: frozenset[int]
    exceptions: Mapping[date, bool]

    def is_working(self, day: date) -> bool:
        """Whether `day` is worked. Raises `YearMissing`."""
        if day.year not in self.years:
            raise YearMissing(day.year, self.years)
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def after(self, day: date, number: int) -> date:
        """The `number`th working day after `day`; 0 is the day itself. Raises `YearMissing`, `ValueError` below 0."""
        if number < 0:
            raise ValueError(f"{number} working days: expected 0 or more")
        for _counted in range(number):
            day = next(self._worked_after(day))
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first` and up to `last`; 0 where `last` is no later. Raises `YearMissing`."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(self.is_working(day) for day in days)

    def _worked_after(self, day: date) -> Iterator[date]:
        while True:
            day += ONE_DAY
            if self.is_working(day):
                yield day


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last of that month where it has no such day."""
    ahead = day.month - 1 + months
    year, month = day.year + ahead // 12, ahead % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class Clock:
    """The days of one limit: when it began, when half of it is used up, and its last day."""

    begun: date
    half: date
    due: date

    def light(self, today: date) -> Light:
        """Red once the last day has passed, amber from the half on."""
        if today > self.due:
            return Light.RED
        return Light.AMBER if today >= self.half else Light.GREEN


def clock(begun: date, limit: int, unit: LimitUnit, calendar: WorkCalendar) -> Clock:
    """The clock of a limit that runs from `begun`. Half is rounded up to whole days.

    Raises `YearMissing` for working days, `ValueError` for hours, which are no days.
    """
    if unit == LimitUnit.WORKING_DAYS:
        return Clock(begun, calendar.after(begun, -(-limit // 2)), calendar.after(begun, limit))
    due = _last_day(begun, limit, unit)
    return Clock(begun, begun + timedelta(days=-(-(due - begun).days // 2)), due)


def _last_day(begun: date, limit: int, unit: LimitUnit) -> date:
    if unit == LimitUnit.MONTHS:
        return months_after(begun, limit)
    if unit == LimitUnit.DAYS:
        return begun + timedelta(days=limit)
    raise ValueError(f"{limit} {unit}: expected a limit in days")
