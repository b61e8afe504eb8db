"""The organisation as a tree on a day: kinds of units, units, their strength."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from xiezuo.organisation.models import Commission
from xiezuo.organisation.queries.lists import units
from xiezuo.organisation.states import UnitKind


@dataclass(frozen=True)
class Leaf:
    """One unit that stands on the day; `people` counts each once, `lent` are of them."""

    unit: int
    name: str
    people: int
    full_time: int
    lent: int


@dataclass(frozen=True)
class Branch:
    """One kind of unit with its units in official order."""

    kind: str
    label: str
    leaves: tuple[Leaf, ...]

    @property
    def people(self) -> int:
        """People in post, summed over the units of the kind."""
        return sum(leaf.people for leaf in self.leaves)


def organisation_tree(commission: Commission, on: date) -> list[Branch]:
    """Kinds in official order, each with its units in official order. One query."""
    rows = list(units(commission, on))
    return [_branch(kind, list(group)) for kind, group in groupby(rows, key=lambda row: row["kind"])]


def _branch(kind: str, rows: list[dict[str, object]]) -> Branch:
    label = str(UnitKind(kind).label) if kind in UnitKind.values else kind
    return Branch(kind, label, tuple(_leaf(row) for row in rows))


def _leaf(row: dict[str, object]) -> Leaf:
    return Leaf(row["unit_id"], row["name"], row["people"], row["full_time"], row["lent"])  # type: ignore[arg-type]
