"""What is asked for, and what the ledger says of it: values that policies weigh. No tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xiezuo.shared.periods import overlap

Days = tuple[date, date]
"""A half-open period of days."""


@dataclass(frozen=True)
class AskedJoining:
    """Zones (by number, the first one leads) that are to act as one over the days `[starts, ends)`.

    `title` is a pointer; `sure` says that whoever wrote it has looked again at words that seemed more than that.
    """

    zones: tuple[int, ...]
    purpose: str
    title: str
    starts: date
    ends: date
    coordinator: int | None
    basis: str = ""
    sure: bool = False


@dataclass(frozen=True)
class JoiningGround:
    """What the ledger says of the zones asked for: names, days by level, who leads each when."""

    names: Mapping[int, str] = field(default_factory=dict)
    stands: Mapping[int, Sequence[tuple[str, Days]]] = field(default_factory=dict)
    leaders: Mapping[int, Sequence[tuple[int, Days]]] = field(default_factory=dict)

    def name(self, zone: int) -> str:
        """What a zone is called, or its number."""
        return self.names.get(zone, f"#{zone}")

    def levels(self, zone: int, days: Days) -> set[str]:
        """The levels that a zone has on any of the days."""
        return {level for level, each in self.stands.get(zone, ()) if overlap(each, days)}

    def gap(self, zone: int, days: Days) -> date | None:
        """The first of the days on which a zone does not stand."""
        return gap_in([each for _level, each in self.stands.get(zone, ())], days)

    def leads(self, person: int, zones: Sequence[int], day: date) -> bool:
        """Whether a person leads one of the zones on a day."""
        held = (each for zone in zones for each in self.leaders.get(zone, ()))
        return any(who == person and starts <= day < ends for who, (starts, ends) in held)


@dataclass(frozen=True)
class AskedAuthorisation:
    """A deputy secretary who is to coordinate a support office over the days `[starts, ends)`, for one matter."""

    person: int
    unit: int
    matter: str
    starts: date
    ends: date
    basis: str = ""
    sure: bool = False


@dataclass(frozen=True)
class AuthorisationGround:
    """What the ledger says of the unit and of the person: kinds of unit, posts among the leaders, shares of 分管."""

    unit: str
    person: str
    kinds: Sequence[tuple[str, Days]] = ()
    posts: Sequence[tuple[str, Days]] = ()
    in_charge: Sequence[Days] = ()


def gap_in(periods: Sequence[Days], days: Days) -> date | None:
    """The first of the days that none of the periods covers."""
    reached = days[0]
    for starts, ends in sorted(periods):
        if starts <= reached < ends:
            reached = ends
    return reached if reached < days[1] else None
