"""Establishment against reality: what each standing unit should have in each post, and what it has, on a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from xiezuo.figures.api import Asked, Asking, Question, counting
from xiezuo.organisation.models import Assignment, Establishment, UnitRecord
from xiezuo.organisation.sight import people_seen_at
from xiezuo.organisation.states import Engagement


@dataclass(frozen=True)
class Line:
    """One post of one unit: people required (of which full-time) and in post, each person once."""

    commission: int
    unit: int
    unit_name: str
    kind: str
    post: str
    required: int
    required_full_time: int
    actual: int
    actual_full_time: int
    basis: str = ""

    @property
    def missing(self) -> int:
        """People still to be found."""
        return max(self.required - self.actual, 0)

    @property
    def missing_full_time(self) -> int:
        """People in this post who should be full-time and are not, or not there."""
        return max(self.required_full_time - self.actual_full_time, 0)

    @property
    def over(self) -> int:
        """People beyond the standard."""
        return max(self.actual - self.required, 0)

    @property
    def short(self) -> bool:
        """Whether anything is missing."""
        return bool(self.missing or self.missing_full_time)


def _standards(asked: Asked) -> QuerySet[Any, Any]:
    rows = asked.on_day(Establishment).order_by("position", "id")
    return rows.values_list("commission_id", "kind", "unit_id", "post", "people", "full_time", "basis")


def _units(asked: Asked) -> QuerySet[Any, Any]:
    rows = asked.on_day(UnitRecord).order_by(
        "commission_id", F("order_no").asc(nulls_last=True), "position", "id"
    )
    return rows.values_list("commission_id", "unit_id", "name", "kind")


def _in_post(asked: Asked) -> QuerySet[Any, Any]:
    full_time = Count("person_id", distinct=True, filter=Q(engagement=Engagement.FULL_TIME))
    rows = asked.on_day(Assignment).order_by().values_list("unit_id", "post")
    return rows.annotate(people=Count("person_id", distinct=True), full_time=full_time)


STANDARDS, UNITS, IN_POST = Question(_standards), Question(_units), Question(_in_post)

Standards = Mapping[Any, Mapping[str, tuple[int, int, str]]]


def against_standards(asking: Asking) -> list[Line]:
    """Every post that a standard asks of a standing unit, in official order. At most six queries for any number of
    commissions. A unit's own standard of a post goes before the standard of its kind.

    Where the reader may not know the totals of a commission, only the units whose people it sees are given.
    """
    of_kind, of_unit = _by_holder(STANDARDS.ask(asking))
    with counting(asking.commissions) as totals:
        actual = {(unit, post): (people, full_time) for unit, post, people, full_time in IN_POST.ask(asking)}
    seen = people_seen_at() if len(totals) < len(asking.commissions) else frozenset()
    return [
        line for commission, unit, name, kind in UNITS.ask(asking)
        if commission in totals or unit in seen
        for line in _lines((commission, unit, name, kind), of_kind, of_unit, actual)
    ]  # fmt: skip


def shortfalls(asking: Asking) -> list[Line]:
    """The lines of which something is missing."""
    return [line for line in against_standards(asking) if line.short]


def _by_holder(rows: list[tuple[Any, ...]]) -> tuple[Standards, Standards]:
    of_kind: dict[Any, dict[str, tuple[int, int, str]]] = {}
    of_unit: dict[Any, dict[str, tuple[int, int, str]]] = {}
    for commission, kind, unit, post, people, full_time, basis in rows:
        holder = of_kind.setdefault((commission, kind), {}) if unit is None else of_unit.setdefault(unit, {})
        holder[post] = (people, full_time, basis)
    return of_kind, of_unit


def _lines(
    described: tuple[int, int, str, str],
    of_kind: Standards,
    of_unit: Standards,
    actual: Mapping[tuple[int, str], tuple[int, int]],
) -> Iterator[Line]:
    commission, unit, _name, kind = described
    asked = {**of_kind.get((commission, kind), {}), **of_unit.get(unit, {})}
    for post, (people, full_time, basis) in asked.items():
        yield Line(*described, post, people, full_time, *actual.get((unit, post), (0, 0)), basis)
