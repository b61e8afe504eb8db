"""How figures call and order units and people as of the day asked; used by this app's figures and by higher apps'."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import OrderBy, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from xiezuo.figures.api import Asked, Column
from xiezuo.organisation.models import PersonRecord, UnitRecord

Expressions = Callable[[Asked], Any]


def unit_name(path: str = "unit_id") -> Expressions:
    """The name on the day of the unit whose id stands at `path`, or its last name before it."""
    return lambda asked: Subquery(asked.latest(UnitRecord, unit_id=OuterRef(path)).values("name"))


def person_name(path: str = "person_id") -> Expressions:
    """The name on the day of the person whose id stands at `path`."""
    return lambda asked: Subquery(asked.latest(PersonRecord, person_id=OuterRef(path)).values("name"))


def unit_column(path: str = "unit_id") -> Column:
    """The unit, linked to its page."""
    return Column("unit", _("Unit"), unit_name(path), link="unit", link_id=path)


def person_columns(path: str = "person_id") -> tuple[Column, Column]:
    """Name, linked to the person's page, and code."""
    code = f"{path.removesuffix('_id')}__code"
    return (
        Column("person", _("Full name"), person_name(path), link="person", link_id=path),
        Column("person_code", _("Person code"), code),
    )


def in_order_of_units(path: str = "unit_id") -> Callable[[Asked], Sequence[Any]]:
    """Official order of units: 排序号 (those without one last), then the order of the book."""

    def order(asked: Asked) -> Sequence[Any]:
        records = asked.latest(UnitRecord, unit_id=OuterRef(path))
        return [
            OrderBy(Subquery(records.values("order_no")), nulls_last=True),
            Subquery(records.values("position")),
        ]

    return order
