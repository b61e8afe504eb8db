"""Choosing centres and dividing places among them: prices give a bound and good zones, a cover puts them together.

Each round raises the bound from slightly other prices, anneals from the centres that these prices favour, and lets HiGHS
choose the cheapest cover from all zones that can still be of use. A small question is then proven by an exact model. The
same question, seed and number of rounds give the same answer; `seconds` only cuts the rounds off.
"""

import time
from dataclasses import dataclass, field

import numpy as np

from xiezuo.zones.zoning.annealing import anneal
from xiezuo.zones.zoning.columns import Column, Pool, cheapest_cover
from xiezuo.zones.zoning.exact import prove
from xiezuo.zones.zoning.given import give
from xiezuo.zones.zoning.nearness import Nearness, nearness
from xiezuo.zones.zoning.prices import raise_bound
from xiezuo.zones.zoning.problem import (
    TINY,
    Districting,
    Drawn,
    Flags,
    Giving,
    NoRoom,
    Numbers,
    Places,
    proves,
    share_room,
    whole_loads,
)
from xiezuo.zones.zoning.told import Told

FIRST_STEPS, LATER_STEPS, FEWEST_STEPS = 300, 80, 20
FIRST_WORK, LATER_WORK = 60_000_000, 15_000_000
"""Steps of prices times costs, so that a large question gets fewer steps in one round."""
FIRST_MOVES, LATER_MOVES, ENOUGH_MOVES = 1_000_000, 500_000, 15_000
"""Moves of annealing in the first round and later; a small question gets no more than the last for each place."""
LATE, STORED = 40, 20_000
MOST, MORE = 1_000, 150
STANDS_STILL = {15: 0, 60: 2, 200: 4}
"""Up to so many places the exact model follows after so many rounds without gain; for more places it is not tried."""


@dataclass
class _Search:
    asked: Districting
    rng: np.random.Generator
    pool: Pool
    nearness: Nearness
    whole: tuple[Places, Places]
    begun: float
    seconds: float
    told: Told | None
    store: Flags
    best: Drawn | None = None
    bound: float = -np.inf
    price: Numbers = field(default_factory=lambda: np.zeros(0))
    last_reduced: float = 0.0
    history: list[tuple[float, float, float]] = field(default_factory=list)

    @property
    def upper(self) -> float:
        """The cost of the best division so far; before there is one, of having each place as dear as it can be."""
        return self.best.cost if self.best else float(self.asked.cost.max(axis=1).sum())

    @property
    def spent(self) -> float:
        """Seconds since the search began."""
        return time.perf_counter() - self.begun

    @property
    def proven(self) -> bool:
        """Whether nothing can be better."""
        return self.best is not None and proves(self.upper, self.bound, whole=self.asked.whole)

    def stopped(self) -> bool:
        """Whether the time is over or the listener wants no more."""
        cost = self.best.cost if self.best else np.inf
        return self.spent >= self.seconds or (
            self.told is not None and not self.told(self.spent, cost, self.bound)
        )


def draw(
    asked: Districting, *, seed: int = 0, rounds: int = 40, seconds: float = 10.0, told: Told | None = None
) -> Drawn:
    """Divide the places among the cheapest centres. Raises `NoRoom` if there is or is found no sound division.

    `told(seconds, cost, bound)` hears of each round and ends the search by giving False.
    """
    share_room(asked.load, asked.room, asked.zones)
    if asked.fixed:
        load = np.repeat(asked.load[:, None], len(asked.room), axis=1)
        return give(Giving(asked.cost, load, asked.room), seed=seed, seconds=seconds, told=told)
    search = _begin(asked, seed, seconds, told)
    _anneal(search, _spread(search), heat=3.0, moves=FIRST_MOVES, times=1)
    _search(search, rounds)
    return _answer(search)


def _begin(asked: Districting, seed: int, seconds: float, told: Told | None) -> _Search:
    store = np.zeros((STORED, len(asked.load)), np.bool_)
    return _Search(
        asked, np.random.default_rng(seed), Pool(asked), nearness(asked), _whole_table(asked), time.perf_counter(), seconds,
        told, store,
    )  # fmt: skip


def _search(search: _Search, rounds: int) -> None:
    still = 0
    for done in range(rounds):
        before = search.upper
        _round(search, first=done == 0)
        still = still + 1 if search.upper >= before else 0
        if search.proven or search.stopped():
            return
        if _worth_proving(search, still):
            _prove(search)
            return


def _round(search: _Search, *, first: bool) -> None:
    chosen = _raise(search, first=first)
    _anneal(search, chosen, heat=0.5, moves=LATER_MOVES, times=2)
    _cover(search)
    search.history.append((search.spent, search.upper, search.bound))


def _answer(search: _Search) -> Drawn:
    if search.best is None:
        places, zones = len(search.asked.load), search.asked.zones
        words = f"no division of {places} places into {zones} zones was found that keeps to their room"
        raise NoRoom(words, proven=search.bound == np.inf)
    best, bound = search.best, min(search.bound, search.best.cost)
    bound = best.cost if search.proven else bound
    return Drawn(best.centre_of, best.cost, bound, len(search.history), tuple(search.history))


def _spread(search: _Search) -> Places:
    """Centres far from each other: each next one with a chance that grows with what it would save.

    After Arthur and Vassilvitskii, k-means++: the advantages of careful seeding, 2007.
    """
    asked, chosen = search.asked, np.empty(search.asked.zones, np.int64)
    nearest = np.full(len(asked.load), asked.cost.max())
    cheapest = asked.cost.argmin(axis=1)
    free = np.ones(asked.cost.shape[1], bool)
    for zone in range(asked.zones):
        chance = np.where(free[cheapest], np.maximum(nearest, 0.0), 0.0) + 1e-12 * free[cheapest]
        place = search.rng.choice(len(nearest), p=chance / chance.sum()) if chance.sum() > 0 else 0
        centre = cheapest[place] if free[cheapest[place]] else np.flatnonzero(free)[0]
        chosen[zone], free[centre] = centre, False
        nearest = np.minimum(nearest, asked.cost[:, centre])
    return chosen


def _whole_table(asked: Districting) -> tuple[Places, Places]:
    load, room = whole_loads(asked.load, asked.room)
    return np.repeat(load[None, :], len(room), axis=0), room


def _raise(search: _Search, *, first: bool) -> Places:
    """Raise the bound, and keep the zones that these prices favour; gives the centres they favour."""
    asked, upper = search.asked, search.upper
    price = _first_price(asked) if first else _other_price(search)
    found = raise_bound(
        np.ascontiguousarray(asked.cost.T), *search.whole, asked.zones, upper=upper, steps=_steps(asked, first=first),
        price=price, slack=0.01 * abs(upper), store=search.store,
    )  # fmt: skip
    if found.bound > search.bound:
        search.bound, search.price = found.bound, found.price
        search.last_reduced = float(np.sort(found.reduced)[asked.zones - 1])
    for zone in search.store[: found.stored]:
        search.pool.add(np.flatnonzero(zone))
    return found.chosen


def _first_price(asked: Districting) -> Numbers:
    """A place is worth about what its fourth choice costs."""
    choice = min(3, asked.zones - 1)
    return np.partition(asked.cost, choice, axis=1)[:, choice].copy()


def _other_price(search: _Search) -> Numbers:
    return search.price * (1 + search.rng.normal(0, 0.03, len(search.price)))


def _steps(asked: Districting, *, first: bool) -> int:
    usual, work = (FIRST_STEPS, FIRST_WORK) if first else (LATER_STEPS, LATER_WORK)
    return max(FEWEST_STEPS, min(usual, work // asked.cost.size))


def _anneal(search: _Search, centre: Places, *, heat: float, moves: int, times: int) -> None:
    asked, (near, liked, usual) = search.asked, search.nearness
    heats = np.array([heat * usual, 0.02 * usual])
    penalty = 6.0 * usual / (float(asked.load.mean()) or 1.0)
    moves = min(moves, ENOUGH_MOVES * len(asked.load))
    for _time in range(times):
        late = np.zeros((LATE, len(asked.load)), np.int64)
        found = anneal(
            asked.cost, asked.load, asked.room, centre, near=near, liked=liked, heats=heats, penalty=penalty,
            moves=moves, seed=int(search.rng.integers(1 << 30)), late=late,
        )  # fmt: skip
        _take(search, found.centre[found.zone_of])
        for division in (found.zone_of, *late[: found.kept]):
            search.pool.add_zones(division, asked.zones)


def _take(search: _Search, centre_of: Places) -> None:
    """Keep a division if it is sound and cheaper, by numbers counted anew."""
    asked = search.asked
    held = np.bincount(centre_of, asked.load, minlength=len(asked.room))
    cost = float(asked.cost[np.arange(len(centre_of)), centre_of].sum())
    if (held <= asked.room * (1 + TINY) + TINY).all() and (search.best is None or cost < search.upper - TINY):
        search.best = Drawn(centre_of, cost, -np.inf)


def _cover(search: _Search) -> None:
    """The cheapest cover from the zones that are cheap enough at the best prices to be part of a better division."""
    asked = search.asked
    slack = min(search.upper - search.bound, 0.02 * abs(search.upper)) + 1e-6
    most = MOST + MORE * len(search.history)
    columns = search.pool.promising(search.price, search.last_reduced + slack, most)
    cover = cheapest_cover(asked, columns, max(0.2, search.seconds - search.spent), search.stopped)
    if cover is not None:
        _take(search, _centres(asked, cover))


def _centres(asked: Districting, cover: list[Column]) -> Places:
    centre_of = np.empty(len(asked.load), np.int64)
    for column in cover:
        centre_of[column.places] = column.centre
    return centre_of


def _worth_proving(search: _Search, still: int) -> bool:
    return any(
        len(search.asked.load) <= places and still >= rounds for places, rounds in STANDS_STILL.items()
    )


def _prove(search: _Search) -> None:
    """Let the exact model say what is best, or whether there is no room at all."""
    asked = search.asked
    start = search.best.centre_of if search.best else None
    proof = prove(
        asked, search.whole, search.price, upper=search.upper if search.best else np.inf, start=start,
        seconds=search.seconds - search.spent, stop=search.stopped,
    )  # fmt: skip
    if proof.centre_of is not None:
        _take(search, proof.centre_of)
    search.bound = max(search.bound, proof.bound)
    search.history.append((search.spent, search.upper, search.bound))
