"""Simulated annealing of places among centres that are all fixed. Compiled; the same seed, the same answer.

Whatever calls one another stands in this one file: kept code does not notice changes of another.
"""

import math
from typing import NamedTuple

import numpy as np

from xiezuo.zones.zoning.compiling import compiled
from xiezuo.zones.zoning.problem import Numbers, Places

SPELL, SWING = 1_000, 1.05
"""After so many moves overload becomes dearer if no division was sound meanwhile, else cheaper.

So the search stays at the edge of what the rooms take (Yagiura, Ibaraki and Glover, A path relinking approach with
ejection chains for the generalized assignment problem, 2006).
"""


class Shifted(NamedTuple):
    """The cheapest sound giving: its cost (1e300 if none) and the centre of each place."""

    cost: float
    centre_of: Places


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
    first: Places, second: Places, centre_of: Places, place: int, centre: int, besides: int
) -> int:
    """How many places that must stay apart from `place` are with the centre, not counting one."""
    found = 0
    for at in range(first[place], first[place + 1]):
        other = second[at]
        if other != besides and centre_of[other] == centre:
            found += 1
    return found


@compiled
def _shift(  # noqa: C901, PLR0915, PLR0917 - one loop: calls within it would cost what it is written for
    cost: Numbers, load: Numbers, room: Numbers, start: Places, liked: Places, heats: Numbers, penalty: float,
    moves: int, seed: int, first: Places, second: Places, clash: float,
) -> tuple[float, Places]:  # fmt: skip
    """Half of the moves shift a place to a centre that it likes, half let it swap with a place there."""
    places, centres = cost.shape
    bound = len(second) > 0
    state = np.array([np.uint64(seed) * np.uint64(7919) + np.uint64(88172645463325252)])
    centre_of, held = start.copy(), np.zeros(centres)
    member = np.zeros((centres, places), np.int64)
    count, at = np.zeros(centres, np.int64), np.zeros(places, np.int64)
    value, over = 0.0, 0.0
    for place in range(places):
        centre = centre_of[place]
        held[centre] += load[place, centre]
        value += cost[place, centre]
        over += 0.5 * clash * _clashes(first, second, centre_of, place, centre, place)
        at[place] = count[centre]
        member[centre, count[centre]] = place
        count[centre] += 1
    for centre in range(centres):
        over += _over(held[centre], room[centre])
    best, best_centre_of = 1e300, start.copy()
    heat, cooling = heats[0], (heats[1] / heats[0]) ** (1.0 / moves)
    dearest, cheapest, sound = 50.0 * penalty, 0.3 * penalty, False
    for move in range(moves):
        heat *= cooling
        sound = sound or over <= 1e-9
        if move % SPELL == 0:
            penalty = max(cheapest, penalty / SWING) if sound else min(dearest, penalty * SWING)
            sound = False
        place = _below(state, places)
        a, b = centre_of[place], liked[place, _below(state, liked.shape[1])]
        if a == b:
            continue
        swap = move % 2 == 1 and count[b] > 0
        worse = cost[place, b] - cost[place, a]
        left, came = load[place, a], load[place, b]
        other = 0
        if swap:
            other = member[b, _below(state, count[b])]
            worse += cost[other, a] - cost[other, b]
            left -= load[other, a]
            came -= load[other, b]
        more = _over(held[a] - left, room[a]) - _over(held[a], room[a])
        more += _over(held[b] + came, room[b]) - _over(held[b], room[b])
        if bound:
            met = _clashes(first, second, centre_of, place, b, other if swap else place)
            met -= _clashes(first, second, centre_of, place, a, place)
            if swap:
                met += _clashes(first, second, centre_of, other, a, place)
                met -= _clashes(first, second, centre_of, other, b, other)
            more += clash * met
        if _accepts(state, worse + penalty * more, heat):
            held[a] -= left
            held[b] += came
            value += worse
            over += more
            centre_of[place] = b
            if swap:
                centre_of[other] = a
                member[a, at[place]], member[b, at[other]] = other, place
                at[place], at[other] = at[other], at[place]
            else:
                count[a] -= 1
                last = member[a, count[a]]
                member[a, at[place]] = last
                at[last] = at[place]
                member[b, count[b]] = place
                at[place] = count[b]
                count[b] += 1
            if over <= 1e-9 and value < best - 1e-9:
                best = value
                best_centre_of[:] = centre_of
    return best, best_centre_of


def shift(
    cost: Numbers, load: Numbers, room: Numbers, start: Places, *, liked: Places, heats: Numbers, penalty: float,
    moves: int, seed: int, apart: tuple[Places, Places], clash: float,
) -> Shifted:  # fmt: skip
    """Anneal from `start`, cooling from heats[0] to heats[1]; too much load costs about `penalty` a unit.

    `liked[place]` are the centres worth trying. Two places of `apart` (as `partners` gives it) with one centre count as
    `clash` of overload. Sums drift by rounding: the caller must count the answer again.
    """
    return Shifted(*_shift(cost, load, room, start, liked, heats, penalty, moves, seed, *apart, clash))
