"""Places given to centres that are all fixed: the generalised assignment problem, exactly (HiGHS).

The model with real numbers for whole ones gives a bound and prices; annealing at these prices gives a first answer; an
arc that alone would make the bound dearer than that answer is left out, and HiGHS decides among the arcs that are left.
Where these are many, it first searches only the most promising ones.
"""

import time
from dataclasses import dataclass, field

import numpy as np

from xiezuo.zones.zoning.mip import End, Model, Relaxed, Solved
from xiezuo.zones.zoning.prices import forced, raise_bound
from xiezuo.zones.zoning.problem import (
    TINY,
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
from xiezuo.zones.zoning.shifting import shift
from xiezuo.zones.zoning.told import Told

RAISE_WORK, FORCE_WORK = 100_000_000, 300_000_000
"""So many additions may go into raising the bound, and into what each arc would add to it."""
MOVES, TIMES, LIKED = 500_000, 2, 6
FEW = 3.0
"""With more arcs than so many for each place, a few centres at a time come before all of them."""
MENDED, MENDED_NODES, PATIENCE, MENDING = 70, 50, 40, 0.25
"""About so many places are given anew, so far; so often without gain, and for this part of the time at most."""


@dataclass
class _Search:
    asked: Giving
    rng: np.random.Generator
    begun: float
    seconds: float
    told: Told | None
    best: Drawn | None = None
    bound: float = -np.inf
    history: list[tuple[float, float, float]] = field(default_factory=list)

    @property
    def upper(self) -> float:
        return self.best.cost if self.best else np.inf

    @property
    def left(self) -> float:
        return self.seconds - (time.perf_counter() - self.begun)

    @property
    def proven(self) -> bool:
        return self.best is not None and proves(self.upper, self.bound, whole=self.asked.whole)

    def stopped(self) -> bool:
        spent = self.seconds - self.left
        return self.left <= 0 or (self.told is not None and not self.told(spent, self.upper, self.bound))

    def note(self) -> None:
        self.history.append((self.seconds - self.left, self.upper, self.bound))


def give(asked: Giving, *, seed: int = 0, seconds: float = 10.0, told: Told | None = None) -> Drawn:
    """Give every place to the cheapest centre that has room. Raises `NoRoom` if there is or is found no such giving.

    `told(seconds, cost, bound)` hears of the search now and then and ends it by giving False.
    """
    share_room(asked.load.min(axis=1), asked.room, len(asked.room))
    search = _Search(asked, np.random.default_rng(seed), time.perf_counter(), seconds, told)
    relaxed = _relax(search)
    _anneal(search, relaxed)
    search.note()
    if not (search.proven or search.stopped()):
        dear = _sharpen(search, relaxed) if search.best else _as_tables(asked, relaxed)[1]
        _decide(search, dear)
    return _answer(search)


def _relax(search: _Search) -> Relaxed:
    relaxed = _model(search.asked, *_roomy(search.asked)).relax()
    if relaxed is None:
        raise NoRoom("the rooms cannot hold all places, even if places could be parted", proven=True)
    search.bound = relaxed.cost
    return relaxed


def _sharpen(search: _Search, relaxed: Relaxed) -> Numbers:
    """Raise the bound by knapsacks; gives [place, centre] by how much an arc would raise it."""
    asked, prices = search.asked, relaxed.prices[: len(search.asked.load)].copy()
    load, room = whole_loads(asked.load, asked.room)
    away, load = np.ascontiguousarray(asked.cost.T), np.ascontiguousarray(load.T)
    work = _work(load, room)
    steps = int(np.clip(RAISE_WORK // work, 1, 200))
    found = raise_bound(
        away, load, room, len(room), upper=search.upper, steps=steps, price=prices, slack=0.0,
        store=np.zeros((0, len(prices)), np.bool_),
    )  # fmt: skip
    _value, dear = _as_tables(asked, relaxed)
    if work * len(prices) > FORCE_WORK or found.bound < search.bound:
        return dear
    search.bound = found.bound
    least = forced(away, load, room, found.price)
    return np.maximum((least - found.reduced[:, None]).T, 0.0)


def _work(load: Places, room: Places) -> int:
    """About how many additions one step takes: a knapsack for each centre, of the places that may well be there."""
    return int(4 * load.shape[1] * room.mean()) + load.size


def _roomy(asked: Giving) -> tuple[Places, Places]:
    """The arcs on which a place alone fits its centre."""
    places, centres = np.nonzero(asked.load <= asked.room[None, :] + TINY)
    return places.astype(np.int64), centres.astype(np.int64)


def _model(asked: Giving, places: Places, centres: Places) -> Model:
    model = Model()
    of_place: list[dict[int, float]] = [{} for _place in asked.load]
    of_centre: list[dict[int, float]] = [{} for _centre in asked.room]
    for place, centre in zip(places.tolist(), centres.tolist(), strict=True):
        arc = model.choice(float(asked.cost[place, centre]))
        of_place[place][arc] = 1.0
        of_centre[centre][arc] = float(asked.load[place, centre])
    for terms in of_place:
        model.row(terms, least=1, most=1)
    for centre, terms in enumerate(of_centre):
        model.row(terms, most=min(float(asked.room[centre]), sum(terms.values())))
    return model


def _anneal(search: _Search, relaxed: Relaxed) -> None:
    """Anneal from the relaxed answer, each place where most of it went."""
    asked = search.asked
    value, dear = _as_tables(asked, relaxed)
    liked = np.argsort(dear, axis=1, kind="stable")[:, :LIKED].copy()
    usual, penalty = _scales(asked, relaxed, dear)
    for _time in range(TIMES):
        found = shift(
            asked.cost, asked.load, asked.room, value.argmax(axis=1), liked=liked,
            heats=np.array([0.5 * usual, 0.02 * usual]), penalty=penalty, moves=MOVES, seed=int(search.rng.integers(1 << 30)),
        )  # fmt: skip
        _take(search, found.centre_of)
        if search.proven or search.left <= 0:
            return


def _scales(asked: Giving, relaxed: Relaxed, dear: Numbers) -> tuple[float, float]:
    """What a second choice usually costs more, and the price of overload in the scarcest room."""
    second = np.sort(dear, axis=1)[:, 1] if dear.shape[1] > 1 else dear[:, 0]
    usual = float(second[np.isfinite(second)].mean()) if np.isfinite(second).any() else 0.0
    usual = usual or float(np.abs(asked.cost).mean()) or 1.0
    scarcest = float(np.abs(relaxed.prices[len(asked.load) :]).max())
    return usual, scarcest + usual / (float(asked.load.mean()) or 1.0)


def _as_tables(asked: Giving, relaxed: Relaxed) -> tuple[Numbers, Numbers]:
    """The relaxed values and reduced costs of all arcs; an arc without room is dear beyond measure."""
    value, dear = np.full(asked.cost.shape, -1.0), np.full(asked.cost.shape, np.inf)
    arcs = _roomy(asked)
    value[arcs], dear[arcs] = relaxed.values, np.maximum(relaxed.reduced, 0.0)
    return value, dear


def _take(search: _Search, centre_of: Places) -> None:
    asked = search.asked
    rows = np.arange(len(centre_of))
    held = np.bincount(centre_of, asked.load[rows, centre_of], minlength=len(asked.room))
    cost = float(asked.cost[rows, centre_of].sum())
    if (held <= asked.room * (1 + TINY) + TINY).all() and cost < search.upper - TINY:
        search.best = Drawn(centre_of.copy(), cost, -np.inf)


def _decide(search: _Search, dear: Numbers) -> None:
    """HiGHS among all arcs that can be of use; where these are many, first on a few centres at a time."""
    many = len(dear) > MENDED and _useful(search, dear).sum() > FEW * len(dear)
    if search.best is not None and many:
        _mend(search, dear)
        search.note()
    if not (search.proven or search.stopped()):
        solved = _solve(search, _useful(search, dear))
        ended = solved.cost if solved.end is End.PROVEN else solved.bound
        search.bound = max(search.bound, min(search.upper, ended))
        search.note()


def _mend(search: _Search, dear: Numbers) -> None:
    """Give the places of a few centres anew among these, again and again, until nothing is won for long."""
    still, until = 0, search.left * (1 - MENDING)
    while still < PATIENCE and search.left > until and not search.proven:
        before = search.upper
        _mend_once(search, _useful(search, dear))
        still = 0 if search.upper < before else still + 1
        if search.stopped():
            return


def _mend_once(search: _Search, useful: Flags) -> None:
    if search.best is None:
        return
    centre_of, centres = search.best.centre_of, len(search.asked.room)
    few = min(centres, max(2, round(MENDED * centres / len(centre_of))))
    chosen = _beside(search, useful, few)
    open_arcs = useful & np.isin(centre_of, chosen)[:, None] & np.isin(np.arange(centres), chosen)[None, :]
    _solve(search, open_arcs, nodes=MENDED_NODES)


def _beside(search: _Search, useful: Flags, few: int) -> Places:
    """A centre by lot and others, the likelier the more of its places could go there."""
    centres = useful.shape[1]
    first = int(search.rng.integers(centres))
    shared = useful[useful[:, first]].sum(axis=0) + 0.01
    shared[first] = 0.0
    others = search.rng.choice(centres, few - 1, replace=False, p=shared / shared.sum())
    return np.array([first, *others], np.int64)


def _useful(search: _Search, dear: Numbers) -> Flags:
    """[place, centre]: whether a giving that uses this arc can still be cheaper than the best."""
    step = 1 - 1e-6 if search.asked.whole else 1e-7
    return np.isfinite(dear) & (search.bound + dear <= search.upper - step + 1e-6)


def _solve(search: _Search, arcs: Flags, nodes: int | None = None) -> Solved:
    asked, arcs = search.asked, arcs.copy()
    if search.best is not None:
        arcs[np.arange(len(asked.load)), search.best.centre_of] = True
    places, centres = np.nonzero(arcs)
    start = None if search.best is None else (search.best.centre_of[places] == centres).astype(float)
    model = _model(asked, places, centres)
    solved = model.solve(seconds=search.left, start=start, nodes=nodes, stop=search.stopped)
    if len(solved.values):
        picked = solved.values > 0.5
        centre_of = np.zeros(len(asked.load), np.int64)
        centre_of[places[picked]] = centres[picked]
        _take(search, centre_of)
    return solved


def _answer(search: _Search) -> Drawn:
    if search.best is None:
        words = f"no giving of {len(search.asked.load)} places to {len(search.asked.room)} centres keeps to their room"
        raise NoRoom(words, proven=search.bound == np.inf)
    best = search.best
    bound = best.cost if search.proven else min(search.bound, best.cost)
    return Drawn(best.centre_of, best.cost, bound, len(search.history), tuple(search.history))
