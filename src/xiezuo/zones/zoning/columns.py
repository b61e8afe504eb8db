"""Whole zones as columns, and the cheapest set of them that holds every place once (HiGHS)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from xiezuo.shared.mip import Model, Stop
from xiezuo.zones.zoning.problem import TINY, Districting, Numbers, Places

NODES = 200
"""So far a cover is searched: by count and not by the clock, so that the same question has the same answer."""
SPARE = 3
"""Where centres are few, a zone is kept with so many of its cheapest ones."""


@dataclass(frozen=True)
class Column:
    """One possible zone: its places, a centre with room for them, and what it costs."""

    places: Places
    centre: int
    cost: float


class Pool:
    """The possible zones found so far, each once."""

    def __init__(self, asked: Districting) -> None:
        self._asked = asked
        self._spare = SPARE if asked.cost.shape[1] < SPARE * asked.zones else 1
        self._columns: dict[bytes, list[Column]] = {}
        self._open = np.ones(asked.cost.shape, np.bool_) if asked.allowed is None else asked.allowed
        self._apart = np.array(asked.apart, np.int64).reshape(-1, 2)

    def add_zones(self, zone_of: Places, zones: int) -> None:
        """Add the zones of a division that keep to their room."""
        for zone in range(zones):
            self.add(np.flatnonzero(zone_of == zone))

    def add(self, places: Places) -> None:
        """Add one zone around its cheapest centre, or several of these where centres are few."""
        key = places.astype(np.int32).tobytes()
        if len(places) and key not in self._columns:
            self._columns[key] = self._around_centres(places)

    def _around_centres(self, places: Places) -> list[Column]:
        asked = self._asked
        if self._clash(places):
            return []
        free = (asked.room >= asked.load[places].sum() - TINY) & self._open[places].all(axis=0)
        roomy = np.flatnonzero(free)
        costs = asked.cost[np.ix_(places, roomy)].sum(axis=0)
        cheapest = np.argsort(costs, kind="stable")[: self._spare]
        return [Column(places, int(roomy[each]), float(costs[each])) for each in cheapest]

    def _clash(self, places: Places) -> bool:
        if not len(self._apart):
            return False
        inside = np.zeros(len(self._asked.load), np.bool_)
        inside[places] = True
        return bool(inside[self._apart].all(axis=1).any())

    def promising(self, price: Numbers, dearest: float, most: int) -> list[Column]:
        """The `most` zones cheapest at these prices; none dearer than `dearest`, for these cannot be of use."""
        reduced = [
            (each.cost - price[each.places].sum(), key, at)
            for key, around in self._columns.items()
            for at, each in enumerate(around)
        ]
        ordered = sorted(each for each in reduced if each[0] <= dearest)
        return [self._columns[key][at] for _worth, key, at in ordered[:most]]


def cheapest_cover(
    asked: Districting, columns: Iterable[Column], seconds: float, stop: Stop | None = None
) -> tuple[list[Column] | None, int]:
    """The cheapest zones that hold every place once, at most as many as asked, no centre twice; None if none is found.

    Also gives how many steps it took.

    Few covers would use a centre twice, so centres are bound only where one did.
    """
    chosen = list(columns)
    cover, steps = _cover(asked, chosen, seconds, stop, bound_centres=False)
    if cover is None or len({each.centre for each in cover}) == len(cover):
        return cover, steps
    cover, more = _cover(asked, chosen, seconds, stop, bound_centres=True)
    return cover, steps + more


def _cover(
    asked: Districting, columns: list[Column], seconds: float, stop: Stop | None, *, bound_centres: bool
) -> tuple[list[Column] | None, int]:
    if not columns:
        return None, 0
    model = Model()
    for column in columns:
        model.choice(column.cost)
    _bind_places(model, columns, len(asked.load))
    model.row(dict.fromkeys(range(len(columns)), 1.0), most=asked.zones)
    if bound_centres:
        _bind_centres(model, columns)
    solved = model.solve(seconds=seconds, nodes=NODES, gap=1e-6, stop=stop)
    picked = [column for column, value in zip(columns, solved.values, strict=False) if value > 0.5]
    return picked or None, solved.steps


def _bind_places(model: Model, columns: list[Column], places: int) -> None:
    holding: list[dict[int, float]] = [{} for _place in range(places)]
    for at, column in enumerate(columns):
        for place in column.places:
            holding[place][at] = 1.0
    for terms in holding:
        model.row(terms, least=1, most=1)


def _bind_centres(model: Model, columns: list[Column]) -> None:
    around: dict[int, dict[int, float]] = defaultdict(dict)
    for at, column in enumerate(columns):
        around[column.centre][at] = 1.0
    for terms in around.values():
        if len(terms) > 1:
            model.row(terms, most=1)
