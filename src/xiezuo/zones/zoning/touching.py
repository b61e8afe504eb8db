"""Contiguity: the places of a zone lie together, over those neighbours that the county gives."""

from collections.abc import Iterable
from dataclasses import dataclass

from xiezuo.zones.zoning.ground import Division, Ground, members
from xiezuo.zones.zoning.rules import Cut, Rule


@dataclass(frozen=True)
class Touching(Rule):
    """The places of every zone reach each other by neighbours within the zone, and its seat if that is a place.

    Places that no chain of neighbours joins cannot be asked to touch: a place without neighbours (an island) and each
    part of a county in several parts are judged by themselves.
    """

    neighbours: frozenset[tuple[str, str]]

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        """The places that are cut off from the seat, or from the largest part of their zone."""
        cut_off = [
            place for _zone, parts in self._broken(ground, division) for part in parts[1:] for place in part
        ]
        return tuple(sorted(cut_off))

    def cuts(self, ground: Ground, division: Division) -> list[Cut]:
        """For each part that is cut off: with it and the main part, one of the places around it.

        Rows of Fischetti and others, Thinning out Steiner trees: a node-based model for uniform edge costs, 2017.
        """
        return [
            self._cut(zone, main[0], part)
            for zone, (main, *parts) in self._broken(ground, division)
            for part in parts
        ]

    def _cut(self, zone: str, anchor: str, part: list[str]) -> Cut:
        around = {each for place in part for each in self._beside(place)} - set(part)
        arcs = {(place, zone): 1.0 for place in sorted(around)}
        return Cut({**arcs, (part[0], zone): -1.0, (anchor, zone): -1.0}, least=-1)

    def _broken(self, ground: Ground, division: Division) -> list[tuple[str, list[list[str]]]]:
        """Zones with the parts of each that cannot reach each other: the main part first, its anchor first in it."""
        land = self._parts([place.code for place in ground.places])
        seats = {zone.code: zone.seat for zone in ground.zones}
        found = []
        for zone, held in members(division).items():
            for region in land:
                parts = self._parts(set(held) & set(region))
                if len(parts) > 1:
                    found.append((zone, _main_first(parts, seats[zone])))
        return found

    def _parts(self, places: Iterable[str]) -> list[list[str]]:
        """The places in parts that hang together, each in order."""
        left, parts = set(places), []
        while left:
            part = self._reached(min(left), left)
            left -= part
            parts.append(sorted(part))
        return parts

    def _reached(self, first: str, within: set[str]) -> set[str]:
        reached, edge = {first}, [first]
        while edge:
            fresh = (self._beside(edge.pop()) & within) - reached
            reached |= fresh
            edge.extend(fresh)
        return reached

    def _beside(self, place: str) -> set[str]:
        ahead = {other for one, other in self.neighbours if one == place}
        return ahead | {one for one, other in self.neighbours if other == place}


def _main_first(parts: list[list[str]], seat: str | None) -> list[list[str]]:
    """The part with the seat, or else the largest; the seat stands first in it."""
    main, *others = sorted(parts, key=lambda part: (seat not in part, -len(part), part))
    return [sorted(main, key=lambda place: (place != seat, place)), *others]
