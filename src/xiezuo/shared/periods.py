"""Half-open periods of days `[starts, ends)`: the unit of time of the whole ledger."""

from datetime import date

OPEN = date(9999, 12, 31)
"""The end of a period that has not ended; stored, never shown."""

ALWAYS = date(1, 1, 1)
"""The start of a period whose beginning nobody recorded; stored, never shown."""


def covers(starts: date, ends: date, day: date) -> bool:
    """Whether `day` lies in `[starts, ends)`."""
    return starts <= day < ends


def overlap(first: tuple[date, date], second: tuple[date, date]) -> bool:
    """Whether two half-open periods share a day."""
    return max(first[0], second[0]) < min(first[1], second[1])


def within(inner: tuple[date, date], outer: tuple[date, date]) -> bool:
    """Whether every day of `inner` lies in `outer`."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def month_of(day: date) -> tuple[date, date]:
    """The calendar month that holds `day`, as a half-open period."""
    first = day.replace(day=1)
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first, following


def year_of(day: date) -> tuple[date, date]:
    """The calendar year that holds `day`, as a half-open period."""
    return date(day.year, 1, 1), date(day.year + 1, 1, 1)


def shown(day: date | None) -> str:
    """ISO text of a day; empty for an open end or an unrecorded beginning."""
    return "" if day is None or day in (OPEN, ALWAYS) else day.isoformat()
