"""Counting in working days and months, without a database.

A day on which something begins is never counted: one working day after a Friday is the next working day.
Source: domain.md §2.3 (what the clocks must be able to count), issue of the work rules (31 January + 1 month).
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

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
class Suspension:
    """Days that do not count towards a limit: from `begun` up to the day before `resumed`; None while it lasts."""

    begun: date
    resumed: date | None
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("a suspension without a reason")
        if self.resumed is not None and self.resumed <= self.begun:
            raise ValueError(f"resumed on {self.resumed}: expected a day after {self.begun}")

    def holds(self, day: date) -> bool:
        """Whether `day` does not count."""
        return self.begun <= day and (self.resumed is None or day < self.resumed)


@dataclass(frozen=True)
class Clock:
    """The days of one limit: when it began, when half of it is used up, its last day now, and the one it first had.

    `first_due` never moves, whatever was suspended or extended since.
    """

    begun: date
    half: date
    due: date
    first_due: date

    def light(self, today: date) -> Light:
        """Red once the last day has passed, amber from the half on."""
        if today > self.due:
            return Light.RED
        return Light.AMBER if today >= self.half else Light.GREEN

    @property
    def warnings(self) -> tuple[date, ...]:
        """The days on which people are warned: at the half and on the last day; one where both are the same."""
        return (self.half, self.due) if self.half < self.due else (self.due,)

    @property
    def moved(self) -> bool:
        """Whether the last day is another than the first."""
        return self.due != self.first_due


@dataclass(frozen=True)
class HourClock:
    """The instants of a limit in hours. It runs through nights and days off and is never suspended."""

    begun: datetime
    half: datetime
    due: datetime

    def light(self, now: datetime) -> Light:
        """Red after the last instant, amber from the half on."""
        if now > self.due:
            return Light.RED
        return Light.AMBER if now >= self.half else Light.GREEN


def hour_clock(begun: datetime, hours: int) -> HourClock:
    """The clock of a limit in hours from an instant. Raises `ValueError` without a time zone or below one hour."""
    if begun.tzinfo is None or hours < 1:
        raise ValueError(
            f"{hours} hours from {begun}: expected one hour or more from an instant with its time zone"
        )
    # Reckoned in UTC: a clock on the wall may be put forward or back in between.
    start, zone = begun.astimezone(UTC), begun.tzinfo
    half, due = (start + timedelta(hours=hours) / part for part in (2, 1))
    return HourClock(begun, half.astimezone(zone), due.astimezone(zone))


def clock(
    begun: date, limit: int, unit: LimitUnit, calendar: WorkCalendar, *, extensions: Iterable[int] = (),
    suspensions: Iterable[Suspension] = (), on: date | None = None,
) -> Clock:  # fmt: skip
    """The clock of a limit that runs from `begun`. Half is rounded up to whole days.

    Each extension adds so many units to the limit. Neither the last day nor the half is a suspended one; a suspension
    that lasts is reckoned to end after `on`, so that the last day moves on day by day. Raises `YearMissing` where working
    days are counted into a year that is not held, `ValueError` for hours, which are no days, for an extension that adds
    nothing, and for a lasting suspension without `on`.
    """
    more = tuple(extensions)
    if any(each < 1 for each in more):
        raise ValueError(f"extensions by {more}: expected 1 or more each")
    paused = [_closed(each, on) for each in suspensions]
    span = _Span(begun, unit, calendar)
    days = span.length(span.last_day(limit + sum(more)))
    return Clock(begun, span.day(-(-days // 2), paused), span.day(days, paused), span.last_day(limit))


def _closed(suspension: Suspension, on: date | None) -> Suspension:
    if suspension.resumed is not None:
        return suspension
    if on is None:
        raise ValueError("a suspension that lasts: expected the day on which it is asked")
    return replace(suspension, resumed=max(on, suspension.begun) + ONE_DAY)


@dataclass(frozen=True)
class _Span:
    """The days that count after a first day: the worked ones, or all."""

    begun: date
    unit: LimitUnit
    calendar: WorkCalendar

    def last_day(self, limit: int) -> date:
        """The last day of a limit that nothing suspends."""
        if self.unit == LimitUnit.WORKING_DAYS:
            return self.calendar.after(self.begun, limit)
        if self.unit == LimitUnit.MONTHS:
            return months_after(self.begun, limit)
        if self.unit == LimitUnit.DAYS:
            return self.begun + timedelta(days=limit)
        raise ValueError(f"{limit} {self.unit}: expected a limit in days")

    def length(self, due: date) -> int:
        """How many days that count there are up to `due`."""
        if self.unit == LimitUnit.WORKING_DAYS:
            return self.calendar.between(self.begun, due)
        return (due - self.begun).days

    def day(self, number: int, paused: Sequence[Suspension]) -> date:
        """The `number`th day that counts and is not suspended."""
        day = self.begun
        while number:
            day += ONE_DAY
            number -= self._counts(day) and not any(each.holds(day) for each in paused)
        return day

    def _counts(self, day: date) -> bool:
        return self.unit != LimitUnit.WORKING_DAYS or self.calendar.is_working(day)
