"""Who must stand out of a request, from what the ledger says. Pure; what comes out is a clause and never its ground."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from xiezuo.collaboration.teams.clauses import (
    ACROSS,
    APPLIED,
    EARLIER,
    FORMER_UNIT,
    OTHER_DUTY,
    WHOLE_ZONE,
    Clause,
)
from xiezuo.shared.periods import overlap

SHORTEST_PLACE = 2
"""Characters below which a place is not looked for in an origin."""


@dataclass(frozen=True)
class Matter:
    """What the ledger matches people against, in numbers and places: the same for everybody.

    `units` are the units concerned, `places` where they are, `zone_units` the units of a zone that is out as a whole, `earlier`
    people of earlier requests, `other_duty` people of another duty for the same matter, `asker` the unit whose people do
    not go where another unit must. `since` is the first day of the years in which a former unit counts.
    """

    units: frozenset[int] = frozenset()
    places: tuple[str, ...] = ()
    zone_units: frozenset[int] = frozenset()
    earlier: frozenset[int] = frozenset()
    other_duty: frozenset[int] = frozenset()
    applicant: int | None = None
    asker: int | None = None
    days: tuple[date, date] = (date.min, date.max)
    since: date = date.min
    recusals: Mapping[int, Clause] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the ledger says of one person: units with the days there, and the origin."""

    person: int
    unit: int
    posts: tuple[tuple[int, date, date], ...]
    origin: str = ""


def bar_of(known: Known, matter: Matter) -> str | Clause | None:
    """The first clause that keeps somebody out: the clause of a recusal itself, else its code; None if there is none."""
    if clause := matter.recusals.get(known.person):
        return clause
    return next((code for code, holds in _codes(known, matter) if holds), None)


def _codes(known: Known, matter: Matter) -> Iterable[tuple[str, bool]]:
    yield EARLIER, known.person in matter.earlier
    yield OTHER_DUTY, known.person in matter.other_duty
    yield FORMER_UNIT, _of_a_unit_concerned(known, matter) or from_there(known.origin, matter.places)
    yield WHOLE_ZONE, known.unit in matter.zone_units
    yield ACROSS, matter.asker is not None and known.unit == matter.asker
    yield APPLIED, known.person == matter.applicant


def _of_a_unit_concerned(known: Known, matter: Matter) -> bool:
    window = (matter.since, matter.days[1])
    return any(unit in matter.units and overlap((starts, ends), window) for unit, starts, ends in known.posts)


def from_there(origin: str, places: Iterable[str]) -> bool:
    """Whether somebody comes from one of the places, as the ledger writes origins: 安澜县鹤鸣镇."""
    return any(len(place) >= SHORTEST_PLACE and origin.endswith(place) for place in places)
