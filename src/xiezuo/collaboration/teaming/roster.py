"""The roster of a need: who can go, who cannot and why, and what of the need each one would meet."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from xiezuo.collaboration.teaming.problem import Days, Need, Person, Rule, rules_of
from xiezuo.shared.periods import overlap


class Why(Enum):
    """Why somebody cannot go; the first that holds is given."""

    BARRED = "barred"
    UNIT_BARRED = "unit-barred"
    BUSY = "busy"


@dataclass(frozen=True)
class Standing:
    """How a person stands to a need: can go if `why` is None; `meets` are the demands that the person would count for.

    `reason` is the caller's code of a bar. `busy` are the days that collide, as they stand in the ledger.
    """

    person: Person
    why: Why | None
    reason: str
    busy: tuple[Days, ...]
    meets: tuple[Rule, ...]

    @property
    def can_go(self) -> bool:
        """Whether nothing keeps the person from this need."""
        return self.why is None


def roster(people: Iterable[Person], need: Need) -> list[Standing]:
    """How everybody stands to a need, in the order given."""
    rules = rules_of(need)
    return [_standing(person, need, rules) for person in people]


def why_not(person: Person, need: Need) -> Why | None:
    """The first reason for which a person cannot go; None if there is none."""
    if person.id in need.barred:
        return Why.BARRED
    if person.unit in need.units_barred:
        return Why.UNIT_BARRED
    return Why.BUSY if colliding(person, need) else None


def colliding(person: Person, need: Need) -> tuple[Days, ...]:
    """The busy days that share a day with the need."""
    return tuple(days for days in person.busy if overlap(days, (need.starts, need.ends)))


def _standing(person: Person, need: Need, rules: tuple[Rule, ...]) -> Standing:
    meets = tuple(rule for rule in rules if rule.met_by(person))
    reason = need.barred.get(person.id, "")
    return Standing(person, why_not(person, need), reason, colliding(person, need), meets)
