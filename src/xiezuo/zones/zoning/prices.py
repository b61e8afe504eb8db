"""Prices of places: a bound below every division, and the zones that these prices favour. Compiled.

That each place is in exactly one zone is relaxed, which leaves one knapsack for each centre (Ceselli and Righini, A
branch-and-price algorithm for the capacitated p-median problem, 2005); the prices are improved by subgradient steps
(Held, Wolfe and Crowder, Validation of subgradient optimization, 1974). Loads and rooms are whole numbers here. The same
numbers give the same answer. Whatever calls one another stands in this one file: kept code does not notice changes of
another.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xiezuo.zones.zoning.compiling import compiled
from xiezuo.zones.zoning.problem import Flags, Numbers, Places

PATIENCE, SHORTER, INERTIA = 8, 0.66, 0.5
"""After so many steps without gain the steps become shorter; each goes partly the way of the one before."""
SPELL = 2_000_000
"""So many prices times costs go between two looks at the clock."""
ROUGH, AGAIN, WIDE = 0.3, 0.5, 400_000
"""In this first part of the steps, and where a knapsack would take more additions than WIDE, a place may be parted."""


class Raised(NamedTuple):
    """The best bound, its prices, each centre's zone cost less prices, the cheapest centres, zones put into store, additions."""

    bound: float
    price: Numbers
    reduced: Numbers
    chosen: Places
    stored: int
    work: float


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
def _parted_zone(  # noqa: PLR0917 - numba takes no keywords
    away: Numbers, load: Places, room: int, price: Numbers, taken: Flags, items: Places, rate: Numbers
) -> tuple[float, float]:
    """The zone of one centre if its last place may be parted: never dearer than the best whole zone.

    Marks the places that are whole; gives its cost less its prices, and how many additions the best whole zone takes.
    `items` and `rate` are space to work in.
    """
    count, total, worth = 0, 0, 0.0
    for place in range(len(load)):
        taken[place] = False
        gain = price[place] - away[place]
        if gain > 1e-9 and load[place] <= room:
            items[count] = place
            rate[count] = -gain / load[place] if load[place] > 0 else -1e300
            count += 1
            total += load[place]
            worth += gain
            taken[place] = True
    if total <= room:
        return -worth, 0.0
    left, worth = room, 0.0
    for at in np.argsort(rate[:count]):
        place = items[at]
        gain = price[place] - away[place]
        if left >= load[place]:
            left -= load[place]
            worth += gain
        else:
            worth += gain * max(0, left) / load[place]
            left = -1
            taken[place] = False
    return -worth, float(count) * room


@compiled
def _sharpen(  # noqa: PLR0917 - numba takes no keywords
    away: Numbers, load: Places, room: Places, zones: int, price: Numbers, taken: Flags, reduced: Numbers, work: Numbers,
) -> float:  # fmt: skip
    """Make the zones whole that may be among the cheapest; gives how many additions that took.

    A zone with a parted place costs less than its whole one: once so many whole ones cost less than the next parted
    one, the others cannot be among the cheapest.
    """
    cheapest = np.full(zones, 1e300)
    done = 0.0
    for centre in np.argsort(reduced, kind="mergesort"):
        if reduced[centre] >= cheapest[zones - 1]:
            break
        if 0.0 < work[centre] <= WIDE:
            reduced[centre] = _best_zone(away[centre], load[centre], room[centre], price, taken[centre])
            done += work[centre]
        at = zones - 1
        if reduced[centre] < cheapest[at]:
            while at > 0 and cheapest[at - 1] > reduced[centre]:
                cheapest[at] = cheapest[at - 1]
                at -= 1
            cheapest[at] = reduced[centre]
    return done


@compiled
def _raise(  # noqa: C901, PLR0917 - numba takes no keywords, and calls within the loop would cost
    away: Numbers, load: Places, room: Places, zones: int, upper: float, steps: Places, price: Numbers, slack: float,
    store: Flags, state: Numbers, best_price: Numbers, best_reduced: Numbers, chosen: Places, direction: Numbers,
) -> None:  # fmt: skip
    """Go from step steps[0] to before steps[1] of steps[2]; `state` and what follows it are carried on and changed.

    `state`: the best bound, how long steps are, how many failed, zones in store, additions, and whether this is the end.
    """
    centres, places = away.shape
    reduced, whole = np.empty(centres), np.zeros(centres)
    taken = np.zeros((centres, places), np.bool_)
    items, rate = np.empty(places, np.int64), np.empty(places)
    for step in range(steps[0], steps[1]):
        for centre in range(centres):
            reduced[centre], whole[centre] = _parted_zone(
                away[centre], load[centre], room[centre], price, taken[centre], items, rate
            )
        state[4] += 2.0 * centres * places
        if step == int(steps[2] * ROUGH):
            # What follows is another question, if only a little: its steps begin wider again.
            state[1], state[2] = max(state[1], AGAIN), 0
        if step >= int(steps[2] * ROUGH):
            state[4] += _sharpen(away, load, room, zones, price, taken, reduced, whole)
        order = np.argsort(reduced, kind="mergesort")
        value = price.sum()
        covered = np.zeros(places)
        for at in range(zones):
            value += reduced[order[at]]
            for place in range(places):
                if taken[order[at], place]:
                    covered[place] += 1
        if step >= steps[2] // 4:
            state[3] = _keep(taken, reduced, order, reduced[order[zones - 1]] + slack, store, int(state[3]))
        if value > state[0] + 1e-6 * abs(state[0]):
            state[0], state[2] = value, 0
            best_price[:] = price
            best_reduced[:] = reduced
            chosen[:] = order[:zones]
        else:
            state[2] += 1
            if state[2] >= PATIENCE:
                state[1], state[2] = state[1] * SHORTER, 0
                price[:] = best_price
        direction[:] = (1.0 - covered) + INERTIA * direction
        length = (direction * direction).sum()
        if length < 1e-9 or upper - value < 1e-9:
            state[5] = 1.0
            break
        price += state[1] * (upper - value) / length * direction


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
    slack: float, store: Flags, stop: Callable[[], bool] | None = None,
) -> Raised:  # fmt: skip
    """Raise the bound by `steps` steps from `price` towards `upper`; `stop` is asked between them and may end it.

    `away[centre, place]` are the costs, `load[centre, place]` the loads; a load beyond the room keeps a place away. The
    zones around centres whose reduced cost is within `slack` of the chosen ones are put into `store`. At most `zones`
    centres are used and no zone costs more than its prices, so the bound holds for fewer zones as well. Where `zones`
    is the number of centres, `reduced` is what the bound counts for each; else for those that may be chosen, and too
    low for the others.
    """
    price, state = price.copy(), np.array([-1e300, 1.0, 0.0, 0.0, 0.0, 0.0])
    best_price, best_reduced = price.copy(), np.zeros(len(away))
    chosen, direction = np.arange(zones), np.zeros(len(price))
    spell = int(max(1, min(steps, SPELL // away.size)))
    for first in range(0, steps, spell):
        span = np.array([first, min(steps, first + spell), steps])
        _raise(
            away, load, room, zones, upper, span, price, slack, store, state, best_price, best_reduced, chosen, direction
        )  # fmt: skip
        if state[5] or (stop is not None and stop()):
            break
    return Raised(float(state[0]), best_price, best_reduced, chosen, int(state[3]), float(state[4]))


def forced(away: Numbers, load: Places, room: Places, price: Numbers) -> Numbers:
    """[centre, place]: the least cost less prices of a zone around the centre that holds the place."""
    return _forced(away, load, room, price.copy())
