"""Joins and choices of dated rows as they stand on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from django.db.models import F, FilteredRelation, IntegerField, Q, TextField, Value
from django.db.models.functions import Coalesce

LAST_IN_ORDER = 2_147_483_647
"""Where a row without an official order number stands: after all that have one."""


class Dated(Protocol):
    """Anything with a half-open period of days."""

    @property
    def starts(self) -> date: ...

    @property
    def ends(self) -> date: ...


Row = TypeVar("Row", bound=Dated)


def true_on(path: str, day: date) -> Q:
    """The condition that the dated row at `path` is current and covers `day`."""
    return Q(**{f"{path}__known_until__isnull": True, f"{path}__starts__lte": day, f"{path}__ends__gt": day})


def record_on(path: str, day: date, commission: int | None = None) -> FilteredRelation:
    """An outer join to the one description at `path` that holds on `day`; never multiplies rows.

    `commission` says whose descriptions they are, so that PostgreSQL looks through those of no other.
    """
    mine = Q(**{f"{path}__commission_id": commission}) if commission else Q()
    return FilteredRelation(path, condition=true_on(path, day) & mine)


def official(path: str = "order_no") -> Coalesce:
    """The official order number, with rows that have none at the end."""
    return Coalesce(F(path), Value(LAST_IN_ORDER), output_field=IntegerField())


def text_at(*paths: Any) -> Coalesce:
    """The first of the texts at `paths` that is there, else nothing; a path may be an expression."""
    places = (F(path) if isinstance(path, str) else path for path in paths)
    return Coalesce(*places, Value(""), output_field=TextField())


def on_or_nearest(rows: Sequence[Row], day: date) -> Row | None:
    """Of the descriptions of one thing: the one that holds on `day`, else the last before it, else the first after."""
    if not rows:
        return None
    begun = [row for row in rows if row.starts <= day]
    return max(begun, key=lambda row: row.starts) if begun else min(rows, key=lambda row: row.starts)


def on_exactly(rows: Iterable[Row], day: date) -> Row | None:
    """Of the descriptions of one thing: the one that holds on `day`, if any does."""
    return next((row for row in rows if row.starts <= day < row.ends), None)


def grouped(rows: Iterable[Row], key: str) -> dict[Any, list[Row]]:
    """Rows by the value of one of their attributes, in the order in which they came."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(getattr(row, key), []).append(row)
    return groups
