"""The rules that a division must keep. Each is named, says which places break it, and binds the model that looks for one.

A rule means the same in both: `breaches` counts by itself, so that no answer has to be believed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from xiezuo.zones.zoning.ground import Division, Ground, members
from xiezuo.zones.zoning.problem import TINY

Arcs = Mapping[tuple[str, str], float]
"""Factors of choices, by place and zone."""


@dataclass(frozen=True)
class Cut:
    """A sum of choices that must reach `least`."""

    arcs: Arcs
    least: float


class Writing(Protocol):
    """A model that is being written."""

    ground: Ground

    def bind(
        self, arcs: Arcs, *, least: float = ..., most: float = ..., use: Mapping[str, float] | None = ...
    ) -> None:
        """Bind the sum of choices; `use` are factors of whether a zone is used at all."""


@dataclass(frozen=True)
class Rule:
    """A rule by the name that the county knows it under."""

    name: str

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        """The places, or else the zones, that break it; empty if it is kept."""
        raise NotImplementedError

    def bind(self, writing: Writing) -> None:
        """Write it into the model."""

    def cuts(self, ground: Ground, division: Division) -> list[Cut]:
        """Rows that only a division that breaks it calls for; empty if it is kept or wholly in the model."""
        return []


@dataclass(frozen=True)
class Member(Rule):
    """A place that is fixed to a zone, as the host township is to the axis it houses."""

    place: str
    zone: str

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        return () if division[self.place] == self.zone else (self.place,)

    def bind(self, writing: Writing) -> None:
        writing.bind({(self.place, self.zone): 1.0}, least=1)


@dataclass(frozen=True)
class Outsider(Rule):
    """A place that must not be in a zone."""

    place: str
    zone: str

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        return (self.place,) if division[self.place] == self.zone else ()

    def bind(self, writing: Writing) -> None:
        writing.bind({(self.place, self.zone): 1.0}, most=0)


@dataclass(frozen=True)
class Apart(Rule):
    """Two places that must not be in one zone; no reason is asked."""

    one: str
    other: str

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        return (self.one, self.other) if division[self.one] == division[self.other] else ()

    def bind(self, writing: Writing) -> None:
        for zone in writing.ground.zones:
            writing.bind({(self.one, zone.code): 1.0, (self.other, zone.code): 1.0}, most=1)


@dataclass(frozen=True)
class Together(Rule):
    """Places that must be in one zone."""

    places: tuple[str, ...]

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        return self.places if len({division[each] for each in self.places}) > 1 else ()

    def bind(self, writing: Writing) -> None:
        for zone in writing.ground.zones:
            for one, other in zip(self.places, self.places[1:], strict=False):
                writing.bind({(one, zone.code): 1.0, (other, zone.code): -1.0}, least=0, most=0)


@dataclass(frozen=True)
class Size(Rule):
    """Fewest and most places of a zone, or of every zone that is used."""

    fewest: int = 0
    most: int | None = None
    zone: str | None = None

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        held = members(division)
        most = len(division) if self.most is None else self.most
        used = [each for each in _zones(ground, self.zone) if held.get(each) or ground.pick is None]
        return tuple(each for each in used if not self.fewest <= len(held.get(each, [])) <= most)

    def bind(self, writing: Writing) -> None:
        most = len(writing.ground.places) if self.most is None else self.most
        for zone in _zones(writing.ground, self.zone):
            arcs = _all(writing.ground, zone)
            writing.bind(arcs, least=0, use={zone: -float(self.fewest)})
            writing.bind(arcs, most=0, use={zone: -float(most)})


@dataclass(frozen=True)
class Room(Rule):
    """The most that a zone, or every zone, may hold of one load."""

    load: str
    most: float
    zone: str | None = None

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        loads, held = ground.loads_of(self.load), members(division)
        limit = self.most + 1e-6 * max(1.0, abs(self.most))
        return tuple(
            zone
            for zone in _zones(ground, self.zone)
            if sum(loads[each] for each in held.get(zone, [])) > limit
        )

    def bind(self, writing: Writing) -> None:
        loads = writing.ground.loads_of(self.load)
        for zone in _zones(writing.ground, self.zone):
            writing.bind({(place, zone): load for place, load in loads.items()}, most=self.most)


@dataclass(frozen=True)
class Reach(Rule):
    """The longest way that a place may have to its axis."""

    most: float

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        return tuple(place for place, zone in sorted(division.items()) if self._too_far(ground, place, zone))

    def bind(self, writing: Writing) -> None:
        for place in writing.ground.places:
            for zone in writing.ground.zones:
                if self._too_far(writing.ground, place.code, zone.code):
                    writing.bind({(place.code, zone.code): 1.0}, most=0)

    def _too_far(self, ground: Ground, place: str, zone: str) -> bool:
        return ground.travel.get((place, zone), 0.0) > self.most + TINY


@dataclass(frozen=True)
class Needs(Rule):
    """A zone, or every zone that is used, needs some of these places, as a direct zone needs an office to lead it."""

    among: frozenset[str]
    fewest: int = 1
    zone: str | None = None

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        held = members(division)
        used = [each for each in _zones(ground, self.zone) if held.get(each) or ground.pick is None]
        return tuple(each for each in used if len(self.among & set(held.get(each, []))) < self.fewest)

    def bind(self, writing: Writing) -> None:
        for zone in _zones(writing.ground, self.zone):
            arcs = {(place, zone): 1.0 for place in sorted(self.among)}
            writing.bind(arcs, least=0, use={zone: -float(self.fewest)})


def _zones(ground: Ground, zone: str | None) -> Iterable[str]:
    return [each.code for each in ground.zones] if zone is None else [zone]


def _all(ground: Ground, zone: str) -> Arcs:
    return {(place.code, zone): 1.0 for place in ground.places}


@dataclass(frozen=True)
class Used(Rule):
    """So many zones are used as the ground says, each with a place at least."""

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        used = tuple(sorted(set(division.values())))
        return () if len(used) == ground.used else used

    def bind(self, writing: Writing) -> None:
        ground = writing.ground
        writing.bind({}, least=ground.used, most=ground.used, use={each.code: 1.0 for each in ground.zones})
        for zone in ground.zones:
            writing.bind(_all(ground, zone.code), least=0, use={zone.code: -1.0})
