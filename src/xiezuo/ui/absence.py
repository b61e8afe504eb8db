"""A thing that is not there on the day of the page: when it is, and links to those days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.ui.address import Address
from xiezuo.ui.asof import FIRST
from xiezuo.ui.words import long_day


class Dated(Protocol):
    """Anything with a half-open period of days."""

    starts: date
    ends: date


@dataclass(frozen=True)
class Stay:
    """A period in words, and the page on a day inside it."""

    words: str
    href: str
    day_words: str


def stays(request: HttpRequest, rows: Iterable[Dated]) -> list[Stay]:
    """The periods of `rows`, those that touch each other as one, each with a link to its last day or its first."""
    day: date = request.day  # type: ignore[attr-defined]
    return [_stay(request, starts, ends, day) for starts, ends in _joined(rows)]


def _joined(rows: Iterable[Dated]) -> list[tuple[date, date]]:
    periods: list[tuple[date, date]] = []
    for row in sorted(rows, key=lambda each: each.starts):
        if periods and row.starts <= periods[-1][1]:
            periods[-1] = periods[-1][0], max(periods[-1][1], row.ends)
        else:
            periods.append((row.starts, row.ends))
    return periods


def _stay(request: HttpRequest, starts: date, ends: date, day: date) -> Stay:
    """A period that is over opens on its last day; one still to come on its first."""
    last = ends - timedelta(days=1)
    there = max(starts, FIRST) if day < starts else last
    return Stay(
        period_words(starts, ends), str(Address.of(request).put(on=there.isoformat())), long_day(there)
    )


def period_words(starts: date, ends: date) -> str:
    """A half-open period as people read it: first and last day, open ends in words."""
    first = "" if starts == ALWAYS else long_day(starts)
    last = "" if ends == OPEN else long_day(ends - timedelta(days=1))
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("since %(first)s") % {"first": first}
    return _("until %(last)s") % {"last": last} if last else _("always")
