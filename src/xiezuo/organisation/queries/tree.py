"""The organisation as a tree on a day: kinds of units, units, their strength."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from xiezuo.figures.api import counting
from xiezuo.organisation.models import Commission
from xiezuo.organisation.queries.lists import units
from xiezuo.organisation.sight import Sight, sight_in
from xiezuo.organisation.states import UnitKind


@dataclass(frozen=True)
class Leaf:
    """One unit that stands on the day; `people` counts each once. None: the number is not for the reader."""

    unit: int
    name: str
    people: int | None


@dataclass(frozen=True)
class Branch:
    """One kind of unit with its units in official order."""

    kind: str
    label: str
    leaves: tuple[Leaf, ...]

    @property
    def people(self) -> int | None:
        """People in post, summed over the units of the kind; None unless all of them may be known."""
        numbers = [leaf.people for leaf in self.leaves]
        return None if None in numbers else sum(number for number in numbers if number is not None)


def organisation_tree(commission: Commission, on: date) -> list[Branch]:
    """Kinds in official order, each with its units in official order. Four queries."""
    sight = sight_in(commission)
    with counting((commission.pk,)):
        rows = list(units(commission, on))
    return [_branch(kind, list(group), sight) for kind, group in groupby(rows, key=lambda row: row["kind"])]


def _branch(kind: str, rows: list[dict[str, Any]], sight: Sight) -> Branch:
    label = str(UnitKind(kind).label) if kind in UnitKind.values else kind
    return Branch(kind, label, tuple(_leaf(row, sight) for row in rows))


def _leaf(row: dict[str, Any], sight: Sight) -> Leaf:
    unit: int = row["unit_id"]
    return Leaf(unit, row["name"], row["people"] if sight.counts(unit) else None)
