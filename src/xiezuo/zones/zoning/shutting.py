"""Arcs that are shut and places that stay apart, in the forms that the searches take.

A search that only sees costs is kept off shut arcs by a cost that no saving elsewhere outweighs easily; what it finds is
checked all the same. A bound stays one: a division that keeps all rules costs what it did.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Pairs = Sequence[tuple[int, int]]

AWAY = 50
"""A shut arc is dearer than the dearest open one by so many times the widest difference of costs."""


def steered(cost: NDArray[np.float64], allowed: NDArray[np.bool_] | None) -> NDArray[np.float64]:
    """Costs that keep a search off shut arcs; whole numbers stay whole."""
    if allowed is None or allowed.all():
        return cost
    least, most = float(cost.min()), float(cost.max())
    away = most + min(AWAY, len(cost)) * (most - least) + max(1.0, abs(most))
    return np.where(allowed, cost, away if (cost % 1).any() else np.ceil(away))


def partners(apart: Pairs, places: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For place p, those that it stays apart from: second[first[p]:first[p + 1]]."""
    of: list[set[int]] = [set() for _place in range(places)]
    for one, other in apart:
        of[one].add(other)
        of[other].add(one)
    first = np.cumsum([0, *(len(each) for each in of)]).astype(np.int64)
    return first, np.array([other for each in of for other in sorted(each)], np.int64)


def groups_apart(apart: Pairs) -> list[tuple[int, ...]]:
    """Groups whose places all stay apart from each other, and which hold every pair; the larger, the tighter a row."""
    of: dict[int, set[int]] = {}
    for one, other in apart:
        of.setdefault(one, set()).add(other)
        of.setdefault(other, set()).add(one)
    left = {(min(pair), max(pair)) for pair in apart}
    found = []
    for pair in sorted(left):
        if pair in left:
            group = _grown(pair, of)
            found.append(group)
            left -= {(one, other) for one in group for other in group if one < other}
    return found


def _grown(pair: tuple[int, int], of: dict[int, set[int]]) -> tuple[int, ...]:
    group = list(pair)
    shared = of[pair[0]] & of[pair[1]]
    while shared:
        group.append(min(shared))
        shared &= of[group[-1]]
    return tuple(sorted(group))


def clash(apart: Pairs, centre_of: NDArray[np.int64]) -> bool:
    """Whether two places that stay apart are in one zone."""
    return any(centre_of[one] == centre_of[other] for one, other in apart)
