"""Choosing centres and dividing places among them: prices give a bound and good zones, a cover puts them together.

Each round raises the bound from slightly other prices, anneals from the centres that these prices favour, and lets HiGHS
choose the cheapest cover from all zones that can still be of use. A small question is then proven by an exact model. The
same question, seed and number of rounds give the same answer; `seconds` only cuts the rounds off.
"""

import time
from dataclasses import dataclass, field, replace

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
from xiezuo.zones.zoning.shutting import partners, steered
from xiezuo.zones.zoning.told import Told
from xiezuo.zones.zoning.useful import useful_arcs

FIRST_STEPS, LATER_STEPS, FEWEST_STEPS = 300, 80, 20
FIRST_WORK, LATER_WORK = 60_000_000, 15_000_000
"""Steps of prices times costs, so that a large question gets fewer steps in one round."""
FIRST_MOVES, LATER_MOVES, ENOUGH_MOVES = 1_000_000, 500_000, 15_000
"""Moves of annealing in the first round and later; a small question gets no more than the last for each place."""
FEWEST_MOVES, MOVES_A_SECOND, LOOK = 50_000, 1_000_000, 100
"""In a short time moves are fewer; a list of zones is looked through with a look at the clock after so many."""
PER_MOVE, PER_ADDITION, PER_STEP = 1.5e-7, 5e-10, 1.5e-4
"""About how many seconds one takes on a quiet machine."""
FAR = 0.05
"""From such a part above the bound on, room is scarce where the places lie, and overload must cost more."""
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
    needed: Places
    whole_costs: bool
    apart: tuple[Places, Places]
    most_work: float
    best: Drawn | None = None
    bound: float = -np.inf
    price: Numbers = field(default_factory=lambda: np.zeros(0))
    last_reduced: float = 0.0
    work: float = 0.0
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
        return self.best is not None and proves(self.upper, self.bound, whole=self.whole_costs)

    def stopped(self) -> bool:
        """Whether the time is over or the listener wants no more."""
        cost = self.best.cost if self.best else np.inf
        return (
            self.spent >= self.seconds
            or self.work >= self.most_work
            or (self.told is not None and not self.told(self.spent, cost, self.bound))
        )


def draw(
    asked: Districting, *, seed: int = 0, rounds: int = 40, seconds: float = 10.0, work: float = np.inf,
    told: Told | None = None,
) -> Drawn:  # fmt: skip
    """Divide the places among the cheapest centres. Raises `NoRoom` if there is or is found no sound division.

    `told(seconds, cost, bound)` hears of each round and ends the search by giving False. `work` ends it by what was
    done, counted in seconds of a quiet machine: where the clock does not end it before, the answer is always the same.
    """
    share_room(asked, asked.zones)
    if asked.fixed:
        load = np.repeat(asked.load[:, None], len(asked.room), axis=1)
        given = Giving(asked.cost, load, asked.room, asked.allowed, asked.apart)
        return give(given, seed=seed, seconds=seconds, told=told)
    search = _begin(asked, seed, seconds, told, work)
    _anneal(search, _spread(search), heat=3.0, moves=FIRST_MOVES, times=1)
    _search(search, rounds)
    return _answer(search)


def _begin(asked: Districting, seed: int, seconds: float, told: Told | None, work: float) -> _Search:
    begun, needed = time.perf_counter(), _needed(asked)
    store = np.zeros((STORED, len(asked.load)), np.bool_)
    steered_asked = replace(asked, cost=steered(asked.cost, asked.allowed))
    return _Search(
        steered_asked, np.random.default_rng(seed), Pool(asked), nearness(asked), _whole_table(asked), begun, seconds,
        told, store, needed, asked.whole, partners(asked.apart, len(asked.load)),
        work,
    )  # fmt: skip


def _needed(asked: Districting) -> Places:
    """The centres without which some place has none. Raises `NoRoom` if they are more than the zones."""
    alone = asked.open.sum(axis=1) == 1
    needed = np.unique(asked.open[alone].argmax(axis=1))
    if len(needed) > asked.zones:
        raise NoRoom(f"{len(needed)} centres are needed, and there are {asked.zones} zones", proven=True)
    return needed


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
    for zone in range(len(search.needed)):
        centre = search.needed[zone]
        chosen[zone], free[centre] = centre, False
        nearest = np.minimum(nearest, asked.cost[:, centre])
    for zone in range(len(search.needed), asked.zones):
        chance = np.where(free[cheapest], np.maximum(nearest, 0.0), 0.0) + 1e-12 * free[cheapest]
        place = search.rng.choice(len(nearest), p=chance / chance.sum()) if chance.sum() > 0 else 0
        centre = cheapest[place] if free[cheapest[place]] else np.flatnonzero(free)[0]
        chosen[zone], free[centre] = centre, False
        nearest = np.minimum(nearest, asked.cost[:, centre])
    return chosen


def _whole_table(asked: Districting) -> tuple[Places, Places]:
    load, room = whole_loads(asked.load, asked.room)
    table = np.repeat(load[None, :], len(room), axis=0)
    return np.where(asked.open.T, table, room[:, None] + 1), room


def _raise(search: _Search, *, first: bool) -> Places:
    """Raise the bound, and keep the zones that these prices favour; gives the centres they favour."""
    asked, upper = search.asked, search.upper
    price = _first_price(asked) if first else _other_price(search)
    found = raise_bound(
        np.ascontiguousarray(asked.cost.T), *search.whole, asked.zones, upper=upper, steps=_steps(asked, first=first),
        price=price, slack=0.01 * abs(upper), store=search.store, stop=search.stopped,
    )  # fmt: skip
    search.work += found.work * PER_ADDITION
    if found.bound > search.bound:
        search.bound, search.price = found.bound, found.price
        search.last_reduced = float(np.sort(found.reduced)[asked.zones - 1])
    for at in range(found.stored):
        search.pool.add(np.flatnonzero(search.store[at]))
        if at % LOOK == 0 and search.stopped():
            break
    return _with_needed(search, found.chosen)


def _with_needed(search: _Search, chosen: Places) -> Places:
    """The centres chosen, the dearest of them giving way to those without which some place has none."""
    others = chosen[~np.isin(chosen, search.needed)]
    return np.concatenate([search.needed, others])[: search.asked.zones]


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
    mean = float(asked.load.mean()) or 1.0
    moves = int(
        min(moves, ENOUGH_MOVES * len(asked.load), max(FEWEST_MOVES, MOVES_A_SECOND * search.seconds))
    )
    for _time in range(times):
        late = np.zeros((LATE, len(asked.load)), np.int64)
        found = anneal(
            asked.cost, asked.load / mean, asked.room / mean, centre, near=near, liked=liked, heats=heats,
            penalty=6.0 * usual, moves=moves, seed=int(search.rng.integers(1 << 30)), late=late, apart=search.apart,
            clash=1.0, strict=search.upper > (1 + FAR) * abs(search.bound),
        )  # fmt: skip
        search.work += moves * PER_MOVE
        _take(search, found.centre[found.zone_of])
        for division in (found.zone_of, *late[: found.kept]):
            search.pool.add_zones(division, asked.zones)
        if search.best is not None and search.stopped():
            return


def _take(search: _Search, centre_of: Places) -> None:
    """Keep a division if it is sound and cheaper, by numbers counted anew."""
    asked = search.asked
    cost = float(asked.cost[np.arange(len(centre_of)), centre_of].sum())
    if (search.best is None or cost < search.upper - TINY) and asked.keeps(centre_of):
        search.best = Drawn(centre_of, cost, -np.inf)


def _cover(search: _Search) -> None:
    """The cheapest cover from the zones that are cheap enough at the best prices to be part of a better division."""
    asked = search.asked
    slack = min(search.upper - search.bound, 0.02 * abs(search.upper)) + 1e-6
    most = MOST + MORE * len(search.history)
    columns = search.pool.promising(search.price, search.last_reduced + slack, most)
    if search.stopped():
        return
    cover, steps = cheapest_cover(asked, columns, search.seconds - search.spent, search.stopped)
    search.work += steps * PER_STEP
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
    upper = search.upper if search.best else np.inf
    proof = prove(
        asked, useful_arcs(asked, search.whole, search.price, upper), upper=upper, start=start,
        seconds=search.seconds - search.spent, stop=search.stopped,
    )  # fmt: skip
    if proof.centre_of is not None:
        _take(search, proof.centre_of)
    search.bound = max(search.bound, proof.bound)
    search.history.append((search.spent, search.upper, search.bound))
