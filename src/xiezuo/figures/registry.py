"""The registry of figures: each a question with its definition, its unit of count and the records it counts."""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _

from xiezuo.figures.asking import Asked, Question
from xiezuo.shared.errors import NotThere

Rows = Callable[[Asked], "models.QuerySet[Any, Any]"]


@dataclass(frozen=True)
class Column:
    """One column of a figure's records. `value` is a field path or builds an expression; `link` names a kind of page
    (person, unit, zone, site) and `link_id` the field that holds the id of what it shows."""

    name: str
    title: Any
    value: str | Callable[[Asked], Any]
    link: str = ""
    link_id: str = ""

    @property
    def alias(self) -> str:
        """The column's name in the query, which must not clash with a field."""
        return f"shown_{self.name}"

    def expression(self, asked: Asked) -> Any:
        """What the query selects for this column."""
        return models.F(self.value) if isinstance(self.value, str) else self.value(asked)


@dataclass(frozen=True, kw_only=True, eq=False)
class Figure:
    """A figure. `rows` gives the facts; the value is the number of distinct `counts` per commission, or, for a figure
    that is derived, `reduce` over the `measure` of each row (None where the question has no one answer).

    `record` is the kind of thing counted (person, unit, assignment …), `fact` the kind of row that speaks for it.
    A `monthly` figure counts rows by the month of the day that `dated` names, so its months add up to its year. A `structural` one counts
    only what everybody of the commission sees, so its value is no secret to any of them.
    """

    key: str
    title: Any
    definition: Any
    unit: Any
    rows: Rows
    record: str
    counts: str = "id"
    fact: str = ""
    columns: tuple[Column, ...] = ()
    order_by: Callable[[Asked], Sequence[Any]] = lambda _asked: ()
    monthly: bool = False
    dated: str = "starts"
    structural: bool = False
    measure: str = ""
    reduce: Callable[[Sequence[int]], int | None] | None = None
    order: int = 0
    totals: Question = field(init=False, repr=False)
    months: Question = field(init=False, repr=False)
    listed: Question = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "totals", Question(self._totals))
        object.__setattr__(self, "months", Question(self._months))
        object.__setattr__(self, "listed", Question(self._listed))

    def reduced(self, numbers: Sequence[int]) -> int | None:
        """One number for what the totals found: their sum, or what a derived figure makes of its measures."""
        return self.reduce(numbers) if self.reduce else sum(numbers)

    def _totals(self, asked: Asked) -> "models.QuerySet[Any, Any]":
        rows = self.rows(asked).order_by()
        if self.reduce:
            return rows.values_list("commission_id", self.measure)
        # Counting rows needs no sort, counting distinct ones does.
        distinct = self.counts != "id"
        return rows.values_list("commission_id").annotate(total=Count(self.counts, distinct=distinct))

    def _months(self, asked: Asked) -> "models.QuerySet[Any, Any]":
        rows = self.rows(asked).order_by().annotate(month=ExtractMonth(self.dated))
        return rows.values_list("commission_id", "month").annotate(total=Count("id"))

    def _listed(self, asked: Asked) -> "models.QuerySet[Any, Any]":
        shown = {column.alias: column.expression(asked) for column in self.columns}
        links = {f"link_{column.name}": models.F(column.link_id) for column in self.columns if column.link}
        named = {"counted": models.F(self.counts), "fact_id": models.F("id"), **shown, **links}
        rows = self.rows(asked).annotate(**named).order_by(*self.order_by(asked), "position", "id")
        return rows.values_list("commission_id", *named)


_figures: dict[str, Figure] = {}


def register(*figures: Figure) -> None:
    """Add figures; a key that is already taken by another figure is refused."""
    for figure in figures:
        if _figures.setdefault(figure.key, figure) is not figure:
            raise ValueError(f"the figure {figure.key} is registered twice")


def all_figures() -> list[Figure]:
    """Every figure in the order of the report."""
    return sorted(_figures.values(), key=lambda figure: (figure.order, figure.key))


def figure_of(key: str) -> tuple[Figure, int | None]:
    """The figure that `key` or `key@MM` names, and the month; `NotThere` names near keys."""
    name, at, month = key.partition("@")
    figure = _figures.get(name)
    if figure is None:
        raise NotThere(_unknown(name))
    if not at:
        return figure, None
    if not figure.monthly:
        raise NotThere(_("The figure %(key)s is not given by month.") % {"key": name})
    if not (len(month) == 2 and month.isascii() and month.isdigit() and 1 <= int(month) <= 12):
        raise NotThere(
            _("“%(month)s” is no month: two digits from 01 to 12 are expected.") % {"month": month}
        )
    return figure, int(month)


def _unknown(key: str) -> str:
    near = difflib.get_close_matches(key, _figures, n=3, cutoff=0.4)
    if not near:
        return _("There is no figure “%(key)s”.") % {"key": key}
    return _("There is no figure “%(key)s”; near it are: %(near)s.") % {"key": key, "near": ", ".join(near)}
