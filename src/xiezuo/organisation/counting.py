"""The narrowing that figures share: rows at units of a kind, on the day asked."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from xiezuo.figures.api import Asked
from xiezuo.organisation.models import Assignment, UnitRecord
from xiezuo.organisation.states import UnitKind

Rows = QuerySet[Any, Any]


def units_of(asked: Asked, *kinds: UnitKind) -> Rows:
    """Units of the kinds that stand on the day."""
    return asked.on_day(UnitRecord).filter(kind__in=kinds)


def in_post_at(asked: Asked, *kinds: UnitKind) -> Rows:
    """Assignments in force on the day at units of the kinds."""
    return asked.on_day(Assignment).filter(unit_id__in=units_of(asked, *kinds).values("unit_id"))


def at_kind(asked: Asked, kind: UnitKind) -> Exists:
    """Whether the unit of an assignment was of the kind on the day on which the assignment began."""
    began = OuterRef("starts")
    records = asked.every(UnitRecord).filter(unit_id=OuterRef("unit_id"), kind=kind)
    return Exists(records.filter(starts__lte=began, ends__gt=began))
