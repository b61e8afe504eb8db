"""On which days what was arranged holds. It follows from the row alone: zones part by themselves, and nothing has to run."""

from datetime import date
from typing import Protocol

from django.db.models import Q, TextChoices
from django.utils.translation import pgettext_lazy

from xiezuo.shared.periods import covers


class Holds(TextChoices):
    """How an arrangement stands on a day."""

    ASKED = "待批", pgettext_lazy("arrangement", "being decided")
    REFUSED = "未批准", pgettext_lazy("arrangement", "not approved")
    AHEAD = "待生效", pgettext_lazy("arrangement", "not begun")
    NOW = "执行中", pgettext_lazy("arrangement", "holds")
    ENDED = "提前结束", pgettext_lazy("arrangement", "ended early")
    OVER = "到期结束", pgettext_lazy("arrangement", "over")


class Arrangement(Protocol):
    """A row of something arranged over days, as `models.Arranged` has it."""

    starts: date
    ends: date
    decided_on: date | None
    refused: bool
    ended_on: date | None


def held_days(row: Arrangement) -> tuple[date, date] | None:
    """The days `[first, end)` on which it holds: never before it was decided, never after it was ended."""
    if row.refused or row.decided_on is None:
        return None
    starts, ends = max(row.starts, row.decided_on), min(row.ends, row.ended_on or row.ends)
    return (starts, ends) if starts < ends else None


def holds_on(row: Arrangement, day: date) -> bool:
    """Whether it holds on a day."""
    days = held_days(row)
    return days is not None and covers(*days, day)


def holding(day: date) -> Q:
    """The rows that hold on a day, as `holds_on` says of each."""
    ended = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    return Q(ended, refused=False, decided_on__lte=day, starts__lte=day, ends__gt=day)


def state_on(row: Arrangement, day: date) -> Holds:
    """How it stands on a day. What was decided or ended later than the day was not yet then."""
    if row.refused:
        return Holds.REFUSED
    if row.decided_on is None or row.decided_on > day:
        return Holds.ASKED
    days = held_days(row)
    if days is None or day >= days[1]:
        return Holds.ENDED if row.ended_on is not None and row.ended_on < row.ends else Holds.OVER
    return Holds.AHEAD if day < days[0] else Holds.NOW
