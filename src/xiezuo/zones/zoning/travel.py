"""Ways between places: what is wrong with a table or with coordinates, and ways from coordinates.

Nothing is refused here: every finding names the places and what was found, and the caller words it.
"""

import math
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

EARTH = 6371.0088
"""Mean radius in km (IUGG: Moritz, Geodetic Reference System 1980, 2000)."""
ROAD_FACTOR = 1.4
"""A road is longer than the great circle by about this; 1.2 to 1.6 in most countries, more in hills
(Ballou, Rahardja and Sakai, Selected country circuity factors for road travel distance estimation, 2002)."""
SPEED = 40.0
"""km an hour on a county's roads, where the county says nothing else."""
ASYMMETRY = 3.0
"""A way there that takes so many times as long as back is beyond reason, unless both are short."""
SHORT = 10.0
"""Minutes below which two directions are not compared."""
FAR = 10.0
"""A place so many times as far from the middle as places usually are is far outside."""
FAR_AT_LEAST = 100.0
"""km from the middle below which no place of a county is far outside."""

Way = Mapping[tuple[str, str], float | None]
Point = tuple[float, float]
"""Latitude and longitude in degrees, in this order."""


class Fault(Enum):
    """What can be wrong with a way or a place."""

    HOLE = "no way is given"
    NEGATIVE = "a way is negative"
    NOT_A_NUMBER = "a way is no number"
    LOPSIDED = "there takes far longer than back"
    NO_DEGREES = "no latitude and longitude on earth"
    SWAPPED = "latitude and longitude are swapped"
    OUTSIDE = "far outside the others"


@dataclass(frozen=True)
class Finding:
    """One fault: the place or places it concerns, what was found and what was expected, as plain numbers."""

    fault: Fault
    places: tuple[str, ...]
    found: tuple[float, ...] = ()
    expected: str = ""

    def __str__(self) -> str:
        shown = " / ".join(f"{each:g}" for each in self.found)
        return f"{' → '.join(self.places)}: {self.fault.value}" + (
            f" ({shown}; expected {self.expected})" if shown else ""
        )


def faults_of_ways(ways: Way, places: tuple[str, ...], centres: tuple[str, ...]) -> list[Finding]:
    """What is wrong with a table of ways from places to centres; a place may also be a centre."""
    cells = [_fault_of_cell(ways, place, centre) for place in places for centre in centres]
    pairs = [
        (one, other) for one in places for other in places if one < other and {one, other} <= set(centres)
    ]
    return [*(each for each in cells if each), *(each for pair in pairs if (each := _lopsided(ways, *pair)))]


def _fault_of_cell(ways: Way, place: str, centre: str) -> Finding | None:
    way = ways.get((place, centre))
    if way is None:
        return None if place == centre else Finding(Fault.HOLE, (place, centre))
    if not math.isfinite(way):
        return Finding(Fault.NOT_A_NUMBER, (place, centre), (way,), "a number, 0 or more")
    return Finding(Fault.NEGATIVE, (place, centre), (way,), "0 or more") if way < 0 else None


def _lopsided(ways: Way, one: str, other: str) -> Finding | None:
    there, back = ways.get((one, other)), ways.get((other, one))
    if there is None or back is None or not (math.isfinite(there) and math.isfinite(back)):
        return None
    shorter, longer = sorted((there, back))
    if shorter < 0 or longer <= SHORT or longer <= ASYMMETRY * shorter:
        return None
    return Finding(Fault.LOPSIDED, (one, other), (there, back), f"at most {ASYMMETRY:g} times as long")


def faults_of_points(points: Mapping[str, Point]) -> list[Finding]:
    """What is wrong with coordinates: not on earth, swapped, or far outside the others."""
    off = [code for code, point in sorted(points.items()) if not _on_earth(point)]
    whole = {code: point for code, point in points.items() if code not in off and _on_earth(point)}
    return [*(_off_earth(code, points) for code in off), *_far_out(whole)]


def _on_earth(point: Point) -> bool:
    return all(map(math.isfinite, point)) and abs(point[0]) <= 90 and abs(point[1]) <= 180


def _off_earth(code: str, points: Mapping[str, Point]) -> Finding:
    """A latitude beyond 90 that would do as a longitude was swapped."""
    turned = points[code][::-1]
    fault = Fault.SWAPPED if _on_earth(turned) else Fault.NO_DEGREES
    return Finding(fault, (code,), points[code], "latitude from -90 to 90, longitude from -180 to 180")


def _far_out(points: Mapping[str, Point]) -> Iterator[Finding]:
    """Places far from the middle of all, as the usual distance goes; with fewer than three nobody is outside."""
    if len(points) < 3:
        return
    middle = (
        statistics.median(x for x, _y in points.values()),
        statistics.median(y for _x, y in points.values()),
    )
    usual = statistics.median(great_circle(point, middle) for point in points.values())
    limit = max(FAR * usual, FAR_AT_LEAST)
    for code, point in sorted(points.items()):
        if (away := great_circle(point, middle)) > limit:
            turned = _on_earth(point[::-1]) and great_circle(point[::-1], middle) <= limit
            fault = Fault.SWAPPED if turned else Fault.OUTSIDE
            yield Finding(fault, (code,), (*point, away), f"within {limit:.0f} km of the middle")


def great_circle(one: Point, other: Point) -> float:
    """Kilometres between two points (haversine: Sinnott, Virtues of the haversine, 1984)."""
    (north, east), (north2, east2) = (map(math.radians, each) for each in (one, other))
    half = math.sin((north2 - north) / 2) ** 2
    half += math.cos(north) * math.cos(north2) * math.sin((east2 - east) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def ways_from_points(
    places: Mapping[str, Point],
    centres: Mapping[str, Point],
    *,
    factor: float = ROAD_FACTOR,
    speed: float = SPEED,
) -> dict[tuple[str, str], float]:
    """Minutes from each place to each centre: great circle times `factor` at `speed` km an hour."""
    return {
        (place, centre): great_circle(here, there) * factor / speed * 60
        for place, here in places.items()
        for centre, there in centres.items()
    }
