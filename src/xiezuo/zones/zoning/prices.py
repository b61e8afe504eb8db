"""Prices of places: a bound below every division, and the zones that these prices favour. Compiled.

That each place is in exactly one zone is relaxed, which leaves one knapsack for each centre (Ceselli and Righini, A
branch-and-price algorithm for the capacitated p-median problem, 2005); the prices are improved by subgradient steps
(Held, Wolfe and Crowder, Validation of subgradient optimization, 1974). Loads and rooms are whole numbers here. The same
numbers give the same answer. Whatever calls one another stands in this one file: kept code does not notice changes of
another.
"""

from typing import NamedTuple

import numpy as np

from xiezuo.zones.zoning.compiling import compiled
from xiezuo.zones.zoning.problem import Flags, Numbers, Places

PATIENCE, SHORTER, INERTIA = 8, 0.66, 0.5
"""After so many steps without gain the steps become shorter; each goes partly the way of the one before."""


class Raised(NamedTuple):
    """The best bound, its prices, each centre's zone cost less prices, the cheapest centres, zones put into store."""

    bound: float
    price: Numbers
    reduced: Numbers
    chosen: Places
    stored: int


@compiled
def _best_zone(away: Numbers, load: Places, room: int, price: Numbers, taken: Flags) -> float:
    """The zone around one centre that is worth most at these prices. Marks its places; gives its cost less its prices.

    `away[place]` is the cost of having the place there.
    """
    places = len(load)
    items = np.empty(places, np.int64)
    count, total = 0, 0
    for place in range(places):
        taken[place] = False
        if price[place] - away[place] > 1e-9 and load[place] <= room:
            items[count] = place
            count += 1
            total += load[place]
    if total <= room:
        worth = 0.0
        for at in range(count):
            taken[items[at]] = True
            worth += price[items[at]] - away[items[at]]
        return -worth
    return -_fill(away, load, room, price, items[:count], taken)


@compiled
def _fill(  # noqa: PLR0917 - numba takes no keywords
    away: Numbers, load: Places, room: int, price: Numbers, items: Places, taken: Flags
) -> float:
    """The knapsack of one centre by dynamic programming over its room."""
    best = np.zeros(room + 1)
    kept = np.zeros((len(items), room + 1), np.bool_)
    for at in range(len(items)):
        weight = load[items[at]]
        worth = price[items[at]] - away[items[at]]
        for space in range(room, weight - 1, -1):
            if best[space - weight] + worth > best[space]:
                best[space] = best[space - weight] + worth
                kept[at, space] = True
    space = room
    for at in range(len(items) - 1, -1, -1):
        if kept[at, space]:
            taken[items[at]] = True
            space -= load[items[at]]
    return best[room]


@compiled
def _raise(  # noqa: PLR0917 - numba takes no keywords
    away: Numbers, load: Places, room: Places, zones: int, upper: float, steps: int, price: Numbers, slack: float,
    store: Flags,
) -> tuple[float, Numbers, Numbers, Places, int]:  # fmt: skip
    centres, places = away.shape
    best, best_price = -1e300, price.copy()
    reduced, best_reduced = np.empty(centres), np.zeros(centres)
    chosen = np.arange(zones)
    taken = np.zeros((centres, places), np.bool_)
    direction = np.zeros(places)
    theta, fails, stored = 1.0, 0, 0
    for step in range(steps):
        for centre in range(centres):
            reduced[centre] = _best_zone(away[centre], load[centre], room[centre], price, taken[centre])
        order = np.argsort(reduced, kind="mergesort")
        value = price.sum()
        covered = np.zeros(places)
        for at in range(zones):
            value += reduced[order[at]]
            for place in range(places):
                if taken[order[at], place]:
                    covered[place] += 1
        if step >= steps // 4:
            stored = _keep(taken, reduced, order, reduced[order[zones - 1]] + slack, store, stored)
        if value > best + 1e-6 * abs(best):
            best, fails = value, 0
            best_price[:] = price
            best_reduced[:] = reduced
            chosen = order[:zones].copy()
        else:
            fails += 1
            if fails >= PATIENCE:
                theta, fails = theta * SHORTER, 0
                price = best_price.copy()
        direction = (1.0 - covered) + INERTIA * direction
        length = (direction * direction).sum()
        if length < 1e-9 or upper - value < 1e-9:
            break
        price = price + theta * (upper - value) / length * direction
    return best, best_price, best_reduced, chosen, stored


@compiled
def _keep(  # noqa: PLR0917 - numba takes no keywords
    taken: Flags, reduced: Numbers, order: Places, dearest: float, store: Flags, stored: int
) -> int:
    for at in range(len(order)):
        if stored >= len(store) or reduced[order[at]] > dearest:
            break
        for place in range(taken.shape[1]):
            store[stored, place] = taken[order[at], place]
        stored += 1
    return stored


@compiled
def _forced(away: Numbers, load: Places, room: Places, price: Numbers) -> Numbers:
    centres, places = away.shape
    least = np.full((centres, places), 1e300)
    taken = np.zeros(places, np.bool_)
    for centre in range(centres):
        for place in range(places):
            if load[centre, place] <= room[centre]:
                kept, price[place] = price[place], -1e300
                left = room[centre] - load[centre, place]
                rest = _best_zone(away[centre], load[centre], left, price, taken)
                price[place] = kept
                least[centre, place] = rest + away[centre, place] - kept
    return least


def raise_bound(
    away: Numbers, load: Places, room: Places, zones: int, *, upper: float, steps: int, price: Numbers,
    slack: float, store: Flags,
) -> Raised:  # fmt: skip
    """Raise the bound by `steps` steps from `price` towards `upper`.

    `away[centre, place]` are the costs, `load[centre, place]` the loads. The zones around centres whose reduced cost is within `slack` of the chosen
    ones are put into `store`. At most `zones` centres are used and no zone costs more than its prices, so the bound
    holds for fewer zones as well.
    """
    return Raised(*_raise(away, load, room, zones, upper, steps, price, slack, store))


def forced(away: Numbers, load: Places, room: Places, price: Numbers) -> Numbers:
    """[centre, place]: the least cost less prices of a zone around the centre that holds the place."""
    return _forced(away, load, room, price.copy())
