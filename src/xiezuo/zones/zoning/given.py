"""Places given to centres that are all fixed: the generalised assignment problem, exactly (HiGHS).

The model with real numbers for whole ones gives a bound and prices; annealing at these prices gives a first answer; an
arc that alone would make the bound dearer than that answer is left out, and HiGHS decides among the arcs that are left.
Where these are many, it first gives a few centres' places anew, again and again, while HiGHS alone works on all arcs
beside it.
"""

import time
from dataclasses import dataclass, field, replace

import numpy as np

from xiezuo.shared.mip import End, Relaxed, Solved
from xiezuo.zones.zoning.beside import Beside
from xiezuo.zones.zoning.giving_model import giving_model, open_arcs, part_of
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
from xiezuo.zones.zoning.shutting import partners, steered
from xiezuo.zones.zoning.told import Told

RAISE_WORK, FORCE_WORK = 100_000_000, 300_000_000
"""So many additions may go into raising the bound, and in a second into what each arc would add to it."""
FEWEST_MOVES, MOVES_A_SECOND, MOVES_FOR_EACH = 50_000, 600_000, 5_000
LIKED, ENOUGH, HOT, COLD = (6, 3, 3, 3, 8, 8), 3, 0.2, 0.01
"""So many centres of each place are tried in turn: more of them find a giving at all, few a cheaper one."""
MANY, RELAXING, MANY_STEPS = 60_000, 0.5, 200
"""With more arcs, or where it takes this part of the time, the relaxed model gives way to prices."""
FEW = 3.0
"""With more arcs than so many for each place, a few centres at a time come before all of them."""
MENDED, MENDED_NODES, CORE, PATIENCE, LARGER = 70, 50, 5, 25, 1.6
"""About so many places are given anew, so far, each to one of its likeliest centres; more after so often without gain."""


@dataclass
class _Search:
    asked: Giving
    rng: np.random.Generator
    begun: float
    seconds: float
    told: Told | None
    whole_costs: bool
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
        return self.best is not None and proves(self.upper, self.bound, whole=self.whole_costs)

    def stopped(self) -> bool:
        spent = self.seconds - self.left
        return self.left <= 0 or (self.told is not None and not self.told(spent, self.upper, self.bound))

    def note(self) -> None:
        self.history.append((self.seconds - self.left, self.upper, self.bound))


def give(asked: Giving, *, seed: int = 0, seconds: float = 10.0, told: Told | None = None) -> Drawn:
    """Give every place to the cheapest centre that has room. Raises `NoRoom` if there is or is found no such giving.

    `told(seconds, cost, bound)` hears of the search now and then and ends it by giving False.
    """
    share_room(asked, len(asked.room))
    whole = asked.whole
    asked = replace(asked, cost=steered(asked.cost, asked.allowed))
    search = _Search(asked, np.random.default_rng(seed), time.perf_counter(), seconds, told, whole)
    relaxed = _relax(search)
    if relaxed is None:
        _give_many(search)
        return _answer(search)
    _anneal(search, relaxed)
    search.note()
    if not (search.proven or search.stopped()):
        dear = _sharpen(search, relaxed) if search.best else _as_tables(asked, relaxed)[1]
        _decide(search, dear)
    return _answer(search)


def _relax(search: _Search) -> Relaxed | None:
    """The model with real numbers for whole ones; None if it would take too much of the time."""
    if search.asked.cost.size > MANY:
        return None
    try:
        relaxed = giving_model(search.asked, *open_arcs(search.asked)).relax(seconds=search.left * RELAXING)
    except TimeoutError:
        return None
    if relaxed is None:
        raise NoRoom("the rooms cannot hold all places, even if places could be parted", proven=True)
    search.bound = relaxed.cost
    return relaxed


def _sharpen(search: _Search, relaxed: Relaxed) -> Numbers:
    """Raise the bound by knapsacks; gives [place, centre] by how much an arc would raise it."""
    asked, prices = search.asked, relaxed.prices[: len(search.asked.load)].copy()
    away, load, room = _whole_table(asked)
    work = _work(load, room)
    steps = int(np.clip(RAISE_WORK // work, 1, 200))
    found = raise_bound(
        away, load, room, len(room), upper=search.upper, steps=steps, price=prices, slack=0.0,
        store=np.zeros((0, len(prices)), np.bool_), stop=lambda: search.left < search.seconds * RELAXING,
    )  # fmt: skip
    _value, dear = _as_tables(asked, relaxed)
    too_much = work * len(prices) > FORCE_WORK * min(1.0, search.left)
    if too_much or found.bound < search.bound:
        return dear
    search.bound = found.bound
    least = forced(away, load, room, found.price)
    return np.maximum((least - found.reduced[:, None]).T, 0.0)


def _work(load: Places, room: Places) -> int:
    """About how many additions one step takes: a knapsack for each centre, of the places that may well be there."""
    return int(4 * load.shape[1] * room.mean()) + load.size


def _anneal(search: _Search, relaxed: Relaxed) -> None:
    """Anneal from the relaxed answer, each place where most of it went."""
    value, dear = _as_tables(search.asked, relaxed)
    usual, penalty = _scales(search.asked, relaxed, dear)
    mean = float(search.asked.load[search.asked.open].mean()) or 1.0
    _shift(search, value.argmax(axis=1), dear, usual, penalty * mean)


def _shift(search: _Search, start: Places, dear: Numbers, usual: float, penalty: float) -> None:
    """Anneal a few times; `usual` is what a second choice costs more, `penalty` the price of a mean load too much."""
    asked, order = search.asked, np.argsort(dear, axis=1, kind="stable")
    mean = float(asked.load[asked.open].mean()) or 1.0
    moves = int(np.clip(MOVES_A_SECOND * search.seconds, FEWEST_MOVES, MOVES_FOR_EACH * len(start)))
    for turn, centres in enumerate(LIKED):
        liked = order[:, :centres].copy()
        found = shift(
            asked.cost, asked.load / mean, asked.room / mean, start, liked=liked,
            heats=np.array([HOT * usual, COLD * usual]), penalty=penalty, moves=moves,
            seed=int(search.rng.integers(1 << 30)), apart=partners(asked.apart, len(start)), clash=1.0,
        )  # fmt: skip
        _take(search, found.centre_of)
        enough = search.best is not None and turn >= ENOUGH
        if search.proven or search.left <= 0 or enough or _few(search, dear):
            return


def _few(search: _Search, dear: Numbers) -> bool:
    """Whether so few arcs are of use still that HiGHS decides sooner than annealing finds anything better."""
    return search.best is not None and int(_useful(search, dear).sum()) <= FEW * len(dear)


def _scales(asked: Giving, relaxed: Relaxed, dear: Numbers) -> tuple[float, float]:
    """What a second choice usually costs more, and the price of overload in the scarcest room."""
    second = np.sort(dear, axis=1)[:, 1] if dear.shape[1] > 1 else dear[:, 0]
    usual = float(second[np.isfinite(second)].mean()) if np.isfinite(second).any() else 0.0
    usual = usual or float(np.abs(asked.cost).mean()) or 1.0
    scarcest = float(np.abs(relaxed.prices[len(asked.load) :]).max())
    return usual, scarcest + usual / (float(asked.load[asked.open].mean()) or 1.0)


def _as_tables(asked: Giving, relaxed: Relaxed) -> tuple[Numbers, Numbers]:
    """The relaxed values and reduced costs of all arcs; an arc without room is dear beyond measure."""
    value, dear = np.full(asked.cost.shape, -1.0), np.full(asked.cost.shape, np.inf)
    arcs = open_arcs(asked)
    value[arcs], dear[arcs] = relaxed.values, np.maximum(relaxed.reduced, 0.0)
    return value, dear


def _take(search: _Search, centre_of: Places) -> None:
    asked = search.asked
    cost = float(asked.cost[np.arange(len(centre_of)), centre_of].sum())
    if cost < search.upper - TINY and asked.keeps(centre_of):
        search.best = Drawn(centre_of.copy(), cost, -np.inf)


def _decide(search: _Search, dear: Numbers) -> None:
    """HiGHS among all arcs that can be of use; where these are many, first on a few centres at a time."""
    if search.best is not None and len(dear) > MENDED and not _few(search, dear):
        _decide_many(search, dear)
    elif dear.size <= MANY or _useful(search, dear).sum() <= MANY:
        _decide_all(search, dear)


def _decide_many(search: _Search, dear: Numbers) -> None:
    beside = (
        Beside(giving_model(search.asked, *open_arcs(search.asked)), search.left)
        if dear.size <= MANY
        else None
    )
    _mend(search, dear, beside)
    search.note()
    if not (search.proven or search.stopped()) and _useful(search, dear).sum() <= MANY:
        _decide_all(search, dear)
    if beside is not None:
        beside.stop()
        _take_from(search, beside)
        search.note()


def _take_from(search: _Search, beside: Beside) -> None:
    """What HiGHS found beside the search; its bound holds for the whole question."""
    search.bound = max(search.bound, min(search.upper, beside.bound))
    if beside.values is not None and beside.cost < search.upper - TINY:
        places, centres = open_arcs(search.asked)
        _take(search, _as_centres(search, places, centres, beside.values))


def _as_centres(search: _Search, places: Places, centres: Places, values: Numbers) -> Places:
    centre_of, picked = np.zeros(len(search.asked.load), np.int64), values > 0.5
    centre_of[places[picked]] = centres[picked]
    return centre_of


def _decide_all(search: _Search, dear: Numbers) -> None:
    solved = _solve(search, _useful(search, dear))
    ended = solved.cost if solved.end is End.PROVEN else solved.bound
    search.bound = max(search.bound, min(search.upper, ended))
    search.note()


def _mend(search: _Search, dear: Numbers, beside: Beside | None) -> None:
    """Give the places of a few centres anew among these; of more centres, once nothing was won for long."""
    core = np.zeros(dear.shape, np.bool_)
    np.put_along_axis(core, np.argsort(dear, axis=1, kind="stable")[:, :CORE], np.True_, axis=1)
    still, size = 0, float(MENDED)
    while size < LARGER * len(dear) and not search.proven and not search.stopped():
        before = search.upper
        _mend_once(search, core & _useful(search, dear), round(size))
        still = 0 if search.upper < before else still + 1
        if still >= PATIENCE:
            still, size = 0, size * LARGER
        if beside is not None and beside.done:
            return


def _mend_once(search: _Search, useful: Flags, size: int) -> None:
    """The cheapest giving of some centres' places among these centres, all others staying where they are."""
    if search.best is None:
        return
    asked, centre_of, number = search.asked, search.best.centre_of, len(search.asked.room)
    chosen = _beside(search, useful, min(number, max(2, round(size * number / len(centre_of)))))
    moved = np.flatnonzero(np.isin(centre_of, chosen))
    if len(moved) == 0:
        return
    arcs = useful[np.ix_(moved, chosen)]
    at = (centre_of[moved][:, None] == chosen[None, :]).argmax(axis=1)
    arcs[np.arange(len(moved)), at] = True
    places, centres = np.nonzero(arcs)
    model = giving_model(part_of(asked, moved, chosen), places, centres)
    start = (at[places] == centres).astype(float)
    solved = model.solve(seconds=search.left, start=start, nodes=MENDED_NODES, stop=search.stopped)
    if len(solved.values):
        picked, other = solved.values > 0.5, centre_of.copy()
        other[moved[places[picked]]] = chosen[centres[picked]]
        _take(search, other)


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
    step = 1 - 1e-6 if search.whole_costs else 1e-7
    return np.isfinite(dear) & (search.bound + dear <= search.upper - step + 1e-6)


def _solve(search: _Search, arcs: Flags) -> Solved:
    asked, arcs = search.asked, arcs.copy()
    if search.best is not None:
        arcs[np.arange(len(asked.load)), search.best.centre_of] = True
    places, centres = np.nonzero(arcs)
    start = None if search.best is None else (search.best.centre_of[places] == centres).astype(float)
    solved = giving_model(asked, places, centres).solve(seconds=search.left, start=start, stop=search.stopped)
    if len(solved.values):
        _take(search, _as_centres(search, places, centres, solved.values))
    return solved


def _give_many(search: _Search) -> None:
    """Where even the relaxed model would take too long: prices of places alone, then a few centres at a time."""
    asked = search.asked
    choices = min(2, asked.cost.shape[1])
    nearest = np.partition(asked.cost, choices - 1, axis=1)[:, :choices]
    usual = (
        float((nearest.max(axis=1) - nearest.min(axis=1)).mean()) or float(np.abs(asked.cost).mean()) or 1.0
    )
    dear = np.where(asked.open, asked.cost - nearest.min(axis=1)[:, None], np.inf)
    _shift(search, dear.argmin(axis=1), dear, usual, 3.0 * usual)
    dear = _priced(search, nearest.max(axis=1)) if search.best else dear
    search.note()
    if not (search.proven or search.stopped()):
        _decide(search, dear)


def _priced(search: _Search, price: Numbers) -> Numbers:
    """A bound from prices, and [place, centre] by how much an arc would raise it at least."""
    asked = search.asked
    away, load, room = _whole_table(asked)
    found = raise_bound(
        away, load, room, len(room), upper=search.upper, steps=MANY_STEPS, price=price, slack=0.0,
        store=np.zeros((0, len(price)), np.bool_), stop=lambda: search.left < search.seconds * RELAXING,
    )  # fmt: skip
    search.bound = max(search.bound, found.bound)
    return np.where(asked.open, np.maximum(asked.cost - found.price[:, None], 0.0), np.inf)


def _whole_table(asked: Giving) -> tuple[Numbers, Places, Places]:
    """Costs, loads and rooms as `raise_bound` takes them; a load beyond the room shuts an arc."""
    load, room = whole_loads(np.where(asked.open, asked.load, 0.0), asked.room)
    load = np.where(asked.open, load, room[None, :] + 1)
    return np.ascontiguousarray(asked.cost.T), np.ascontiguousarray(load.T), room


def _answer(search: _Search) -> Drawn:
    if search.best is None:
        words = f"no giving of {len(search.asked.load)} places to {len(search.asked.room)} centres keeps to their room"
        raise NoRoom(words, proven=search.bound == np.inf)
    best = search.best
    bound = best.cost if search.proven else min(search.bound, best.cost)
    return Drawn(best.centre_of, best.cost, bound, len(search.history), tuple(search.history))
