"""What a county's zones are drawn on: places with loads, zones, ways and ties; and the rules that a division must keep.

Places are whatever belongs to a zone: townships around stations, stationed groups and offices in direct zones, zones of
the second level in those of the first. Values only; words and screens are others' business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Division = Mapping[str, str]
"""The zone of each place, both by code."""


@dataclass(frozen=True)
class Place:
    """One that belongs to a zone: what it brings (staff, villages, population) and the zone it is in today, if any."""

    code: str
    loads: Mapping[str, float] = field(default_factory=dict)
    today: str | None = None


@dataclass(frozen=True)
class Zone:
    """One possible zone; `seat` is the place that its axis stands in, if that is one of the places."""

    code: str
    seat: str | None = None


@dataclass(frozen=True)
class Ground:
    """Places and zones with what lies between them.

    `travel[place, zone]` is the way to the zone's axis in minutes (or any other unit), empty where ways do not count;
    `ties[place, zone]` is how closely the work of both belongs together, 0 where nothing is said. Both by codes.
    `pick` is how many of the zones are to be used; None for all of them. Raises ValueError for codes that do not fit.
    """

    places: tuple[Place, ...]
    zones: tuple[Zone, ...]
    travel: Mapping[tuple[str, str], float] = field(default_factory=dict)
    ties: Mapping[tuple[str, str], float] = field(default_factory=dict)
    pick: int | None = None

    def __post_init__(self) -> None:
        places, zones = [each.code for each in self.places], [each.code for each in self.zones]
        for name, codes in (("place", places), ("zone", zones)):
            if not codes or len(set(codes)) < len(codes):
                raise ValueError(f"each {name} once and one at least, found {codes}")
        if self.pick is not None and not 1 <= self.pick <= len(zones):
            raise ValueError(f"{self.pick} zones to be used: expected from 1 to {len(zones)}")
        holes = [(p, z) for p in places for z in zones if self.travel and (p, z) not in self.travel]
        if holes:
            raise ValueError(f"no way is given from {holes[0][0]} to {holes[0][1]}")

    @property
    def used(self) -> int:
        """How many zones are used."""
        return len(self.zones) if self.pick is None else self.pick

    @property
    def today(self) -> Division | None:
        """Today's division; None if a place has no zone today or one that is not among the zones."""
        zones = {each.code for each in self.zones}
        found = {
            each.code: each.today for each in self.places if each.today is not None and each.today in zones
        }
        return found if len(found) == len(self.places) else None

    def loads_of(self, load: str) -> dict[str, float]:
        """What each place brings of one load."""
        return {each.code: float(each.loads.get(load, 0.0)) for each in self.places}

    def tie_lost(self, place: str, zone: str) -> float:
        """By how much a place would be tied more closely to the zone that it belongs to most."""
        closest = max(self.ties.get((place, each.code), 0.0) for each in self.zones)
        return closest - self.ties.get((place, zone), 0.0)


def members(division: Division) -> dict[str, list[str]]:
    """The places of each zone that has any, in order of their codes."""
    found: dict[str, list[str]] = {}
    for place, zone in sorted(division.items()):
        found.setdefault(zone, []).append(place)
    return found
