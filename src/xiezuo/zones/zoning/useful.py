"""Which arcs and centres a better division could use at all.

An arc or centre whose use would make even the bound dearer than the best division known is left out (variable fixing by
reduced costs: Beasley, Lagrangean heuristics for location problems, 1993).
"""

import numpy as np

from xiezuo.zones.zoning.prices import forced
from xiezuo.zones.zoning.problem import Districting, Flags, Numbers, Places


def useful_arcs(asked: Districting, whole: tuple[Places, Places], price: Numbers, upper: float) -> Flags:
    """[place, centre]: whether a division that uses this arc can still be cheaper than `upper`.

    `whole` are loads and rooms as whole numbers, `price` the prices of a bound.
    """
    if not np.isfinite(upper):
        return asked.open
    least = forced(np.ascontiguousarray(asked.cost.T), *whole, price)
    with_arc = price.sum() + least + _others(least.min(axis=1), asked.zones)[:, None]
    return np.ascontiguousarray((with_arc <= upper - _step(asked)).T) & asked.open


def _others(own: Numbers, zones: int) -> Numbers:
    """For each centre: what the cheapest other centres would add, if it must be one of the zones.

    A centre may also stay without places, which costs nothing.
    """
    own = np.minimum(own, 0.0)
    order = np.argsort(own, kind="stable")
    cheapest, rank = own[order], np.empty(len(own), np.int64)
    rank[order] = np.arange(len(own))
    fewer = cheapest[: zones - 1].sum()
    more = cheapest[:zones].sum()
    return np.where(rank < zones, more - own, fewer)


def _step(asked: Districting) -> float:
    """By how much a better division is cheaper at least."""
    return 1 - 1e-6 if asked.whole else 1e-7
