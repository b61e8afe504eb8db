"""Rings of points: whether one encloses an area, crosses itself, and how it looks on a sheet. Arithmetic alone."""

from collections.abc import Sequence
from itertools import pairwise
from math import floor, sqrt

Point = tuple[float, float]
MOST_CELLS = 40
"""So many cells of the grid for each segment at most: a ring that needs more is not looked through for crossings."""


def is_flat(ring: Sequence[Point]) -> bool:
    """Whether a closed ring encloses nothing."""
    x0, y0 = ring[0]
    doubled = sum((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) for (x1, y1), (x2, y2) in pairwise(ring))
    return abs(doubled) < 1e-14


def crossing(ring: Sequence[Point]) -> int | None:
    """Where a closed ring first crosses itself, as the place of a segment; None if nowhere, or if it is too entangled to
    be looked through cheaply. Segments are compared within the cells of a grid."""
    segments = list(pairwise(ring))
    cells: dict[tuple[int, int], list[int]] = {}
    size = _size(ring)
    filled, most = 0, MOST_CELLS * len(segments)
    for place, (a, b) in enumerate(segments):
        for cell in _cells(a, b, size):
            others = cells.setdefault(cell, [])
            filled += 1 + len(others)
            if filled > most:
                return None
            if any(_cross(segments[other], (a, b)) for other in others if place - other > 1):
                return place
            others.append(place)
    return None


def _size(ring: Sequence[Point]) -> float:
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys)) / max(sqrt(len(ring)), 1) or 1.0


def _cells(a: Point, b: Point, size: float) -> list[tuple[int, int]]:
    left, right = sorted((floor(a[0] / size), floor(b[0] / size)))
    low, high = sorted((floor(a[1] / size), floor(b[1] / size)))
    return [(x, y) for x in range(left, right + 1) for y in range(low, high + 1)]


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two segments cross in a point inside both; to touch is not to cross."""
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def thinned(ring: Sequence[Point], grain: float) -> tuple[Point, ...]:
    """The ring with its points on a grid, each once in a row: neighbours stay neighbours; nothing if it vanishes."""
    found: list[Point] = []
    for x, y in ring:
        point = (round(x / grain) * grain, round(y / grain) * grain)
        if not found or found[-1] != point:
            found.append(point)
    return tuple(found) if len(found) > 3 else ()
