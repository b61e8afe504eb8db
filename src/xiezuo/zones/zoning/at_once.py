"""Questions whose answer can be seen without a search."""

import numpy as np

from xiezuo.zones.zoning.problem import Districting, Drawn, Places


def at_once(asked: Districting) -> Drawn | None:
    """The best division where there is one zone, or where each place may simply go to its cheapest centre."""
    centre_of = _one_zone(asked) if asked.zones == 1 else _cheapest(asked)
    if centre_of is None or not asked.keeps(centre_of):
        return None
    cost = float(asked.cost[np.arange(len(centre_of)), centre_of].sum())
    return Drawn(centre_of, cost, cost)


def _one_zone(asked: Districting) -> Places | None:
    free = asked.open.all(axis=0) & (asked.room >= asked.load.sum() * (1 - 1e-12))
    if not free.any():
        return None
    centre = int(np.where(free, asked.cost.sum(axis=0), np.inf).argmin())
    return np.full(len(asked.load), centre, np.int64)


def _cheapest(asked: Districting) -> Places | None:
    """The cheapest centre of each place; no division is cheaper."""
    free = asked.open
    if not free.any(axis=1).all():
        return None
    return np.where(free, asked.cost, np.inf).argmin(axis=1).astype(np.int64)
