"""Simulated annealing of one division (Kirkpatrick, Gelatt and Vecchi, 1983). Compiled; the same seed, the same answer.

Whatever calls one another stands in this one file: kept code does not notice changes of another.
"""

import math
from typing import NamedTuple

import numpy as np

from xiezuo.zones.zoning.compiling import compiled
from xiezuo.zones.zoning.problem import Numbers, Places

SWAP_FROM, CENTRE_FROM, KINDS_OF_MOVES = 7, 14, 16
"""Of sixteen moves seven shift a place, seven swap two, two choose another centre."""
SPELL, SWING, DEAREST = 1_000, 1.05, 100.0
"""After so many moves overload becomes dearer while no division was sound at all, and cheaper again afterwards.

Where places lie in clusters, room elsewhere is worth more than any short way tells.
"""


class Cooled(NamedTuple):
    """The cheapest sound division: its cost (1e300 if none), zones of places, centres of zones; late ones kept."""

    cost: float
    zone_of: Places
    centre: Places
    kept: int


@compiled
def _random(state: Places) -> int:
    """xorshift64* (Vigna, An experimental exploration of Marsaglia's xorshift generators, 2016)."""
    word = state[0]
    word ^= word >> np.uint64(12)
    word ^= word << np.uint64(25)
    word ^= word >> np.uint64(27)
    state[0] = word
    return word * np.uint64(2685821657736338717)


@compiled
def _below(state: Places, number: int) -> int:
    return np.int64((_random(state) >> np.uint64(33)) % np.uint64(number))  # type: ignore[return-value]


@compiled
def _accepts(state: Places, worse: float, heat: float) -> bool:
    if worse <= 0:
        return True
    chance = np.float64(_random(state) >> np.uint64(11)) / 9007199254740992.0
    return bool(chance < math.exp(-worse / heat))


@compiled
def _over(load: float, room: float) -> float:
    return max(0.0, load - room)


@compiled
def _clashes(  # noqa: PLR0917 - numba takes no keywords
    first: Places, second: Places, zone_of: Places, place: int, zone: int, besides: int
) -> int:
    """How many places that must stay apart from `place` are in the zone, not counting one."""
    found = 0
    for at in range(first[place], first[place + 1]):
        other = second[at]
        if other != besides and zone_of[other] == zone:
            found += 1
    return found


@compiled
def _begin(cost: Numbers, load: Numbers, room: Numbers, centre: Places) -> tuple[Places, Numbers]:
    """Heaviest places first, each to the cheapest centre that still has room, or the one it overfills least."""
    zone_of, held = np.zeros(len(load), np.int64), np.zeros(len(centre))
    for place in np.argsort(-load, kind="mergesort"):
        best, found = 1e300, 0
        for zone in range(len(centre)):
            over = _over(held[zone] + load[place], room[centre[zone]])
            value = cost[place, centre[zone]] + 1e6 * over
            if value < best:
                best, found = value, zone
        zone_of[place] = found
        held[found] += load[place]
    return zone_of, held


@compiled
def _anneal(  # noqa: C901, PLR0912, PLR0915, PLR0917 - one loop: calls within it would cost what it is written for
    cost: Numbers, load: Numbers, room: Numbers, centre: Places, near: Places, liked: Places, heats: Numbers,
    penalty: float, moves: int, seed: int, late: Places, first: Places, second: Places, clash: float, strict: bool,  # noqa: FBT001
) -> tuple[float, Places, Places, int]:  # fmt: skip
    bound = len(second) > 0
    places, zones = len(load), len(centre)
    state = np.array([np.uint64(seed) * np.uint64(7919) + np.uint64(88172645463325252)])
    centre = centre.copy()
    zone_of, held = _begin(cost, load, room, centre)
    member, count, at = (
        np.zeros((zones, places), np.int64),
        np.zeros(zones, np.int64),
        np.zeros(places, np.int64),
    )
    used = np.zeros(cost.shape[1], np.bool_)
    value, over = 0.0, 0.0
    for place in range(places):
        zone = zone_of[place]
        at[place] = count[zone]
        member[zone, count[zone]] = place
        count[zone] += 1
        value += cost[place, centre[zone]]
        over += 0.5 * clash * _clashes(first, second, zone_of, place, zone, place)
    for zone in range(zones):
        used[centre[zone]] = True
        over += _over(held[zone], room[centre[zone]])
    best, best_zone_of, best_centre = 1e300, zone_of.copy(), centre.copy()
    heat, cooling = heats[0], (heats[1] / heats[0]) ** (1.0 / moves)
    dearest, cheapest, sound = DEAREST * penalty, penalty, False
    every, kept = max(1, moves * 2 // 3 // max(1, len(late))), 0
    for move in range(moves):
        heat *= cooling
        sound = sound or over <= 1e-9
        if move % SPELL == 0:
            if sound:
                penalty = max(cheapest, penalty / SWING)
            elif strict or best >= 1e300:
                penalty = min(dearest, penalty * SWING)
            sound = False
        kind = _below(state, KINDS_OF_MOVES)
        if kind >= CENTRE_FROM:
            zone = _below(state, zones)
            if count[zone] == 0:
                continue
            choice = 0 if liked.shape[1] == 1 else _below(state, liked.shape[1])
            new, old = liked[member[zone, _below(state, count[zone])], choice], centre[zone]
            if used[new]:
                continue
            worse = 0.0
            for index in range(count[zone]):
                worse += cost[member[zone, index], new] - cost[member[zone, index], old]
            more = _over(held[zone], room[new]) - _over(held[zone], room[old])
            if _accepts(state, worse + penalty * more, heat):
                centre[zone], used[new], used[old] = new, True, False
                value += worse
                over += more
        else:
            place = _below(state, places)
            other = near[place, _below(state, near.shape[1])]
            here, there = zone_of[place], zone_of[other]
            if kind == 0:
                there = _below(state, zones)
            if here == there:
                continue
            a, b = centre[here], centre[there]
            worse, brought = cost[place, b] - cost[place, a], load[place]
            if kind >= SWAP_FROM:
                if kind % 2:
                    other = member[there, _below(state, count[there])]
                worse += cost[other, a] - cost[other, b]
                brought -= load[other]
            more = _over(held[here] - brought, room[a]) - _over(held[here], room[a])
            more += _over(held[there] + brought, room[b]) - _over(held[there], room[b])
            if bound:
                met = _clashes(first, second, zone_of, place, there, other if kind >= SWAP_FROM else place)
                met -= _clashes(first, second, zone_of, place, here, place)
                if kind >= SWAP_FROM:
                    met += _clashes(first, second, zone_of, other, here, place)
                    met -= _clashes(first, second, zone_of, other, there, other)
                more += clash * met
            if _accepts(state, worse + penalty * more, heat):
                held[here] -= brought
                held[there] += brought
                value += worse
                over += more
                zone_of[place] = there
                if kind >= SWAP_FROM:
                    zone_of[other] = here
                    member[here, at[place]], member[there, at[other]] = other, place
                    at[place], at[other] = at[other], at[place]
                else:
                    count[here] -= 1
                    last = member[here, count[here]]
                    member[here, at[place]] = last
                    at[last] = at[place]
                    member[there, count[there]] = place
                    at[place] = count[there]
                    count[there] += 1
        if over <= 1e-9 and value < best - 1e-9:
            best = value
            best_zone_of[:] = zone_of
            best_centre[:] = centre
        if move > moves // 3 and move % every == 0 and kept < len(late):
            late[kept] = zone_of
            kept += 1
    return best, best_zone_of, best_centre, kept


def anneal(
    cost: Numbers, load: Numbers, room: Numbers, centre: Places, *, near: Places, liked: Places, heats: Numbers,
    penalty: float, moves: int, seed: int, late: Places, apart: tuple[Places, Places], clash: float, strict: bool,
) -> Cooled:  # fmt: skip
    """Anneal from `centre`, cooling from heats[0] to heats[1]; too much load costs `penalty` a unit.

    `near[place]` are places beside it, `liked[place]` the centres it would like best. Puts divisions of the last two
    thirds into `late`. Two places of `apart` (as `partners` gives it) in one zone count as `clash` of overload. `strict`: overload
    grows dearer also after a sound division was found; better where room is scarce near by. Sums of loads drift by rounding: the caller must count the answer again.
    """
    return Cooled(
        *_anneal(
            cost, load, room, centre, near, liked, heats, penalty, moves, seed, late, *apart, clash, strict
        )
    )
