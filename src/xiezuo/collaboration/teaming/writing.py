"""Teams as a model for HiGHS: who goes where, written from arcs from people to needs."""

from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from xiezuo.collaboration.teaming.choosing import step_cost
from xiezuo.collaboration.teaming.ground import Counts, Flags, Ground
from xiezuo.collaboration.teaming.quick import Plan
from xiezuo.shared.mip import Model, Numbers

STRONG = 40
"""Where so few could go, each is tied to whether the need is filled: rows that make the bound tight."""


class Goal(Enum):
    """What the model makes least."""

    UNFILLED = "unfilled"
    SQUARES = "squares"
    FURTHER = "further"


@dataclass(frozen=True)
class Limits:
    """What a plan must keep: so many teams at most for each person; unless None, so many places unfilled at most, and so much
    for squares, counted as `Written` counts them; of some people so many at most in a need."""

    caps: Counts
    unfilled: int | None = None
    squares: float | None = None
    away: tuple[tuple[int, frozenset[str], int], ...] = ()


@dataclass
class Written:
    """The model of some arcs: variable `at` sends `person[at]` to `need[at]`; arcs ascend by person, then by need.

    `whether[need]` is the variable that says whether it is filled, -1 where it must be. `more[person]` are the variables
    of the first, second, … team of who may be in several. Rows are -1 where there is none.
    """

    ground: Ground
    goal: Goal
    limits: Limits
    person: Counts
    need: Counts
    model: Model = field(default_factory=Model)
    whether: Counts = field(default_factory=lambda: np.zeros(0, np.int64))
    more: dict[int, Counts] = field(default_factory=dict)
    size_row: Counts = field(default_factory=lambda: np.zeros(0, np.int64))
    demand_row: Counts = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    person_row: Counts = field(default_factory=lambda: np.zeros(0, np.int64))
    cliques: list[tuple[int, int, list[int]]] = field(default_factory=list)
    """Row, person, needs of which the person can have one."""

    def plan(self, values: Numbers) -> Plan:
        """The plan that whole values of the variables mean."""
        filled = self.whether < 0
        filled[~filled] = values[self.whether[~filled]] > 0.5
        sent = np.zeros(self.ground.open.shape, np.bool_)
        chosen = values[: len(self.person)] > 0.5
        sent[self.person[chosen], self.need[chosen]] = True
        return Plan(sent, filled)

    def values(self, plan: Plan) -> Numbers:
        """The variables of a plan, as a start."""
        found = np.zeros(len(self.model.costs))
        found[: len(self.person)] = plan.sent[self.person, self.need]
        asked = self.whether >= 0
        found[self.whether[asked]] = plan.filled[asked]
        for person, more in self.more.items():
            found[more[: plan.sent[person].sum()]] = 1.0
        return found


def write(ground: Ground, arcs: Flags, limits: Limits, goal: Goal) -> Written:
    """The model of the arcs for one goal."""
    person, need = np.nonzero(arcs)
    written = Written(ground, goal, limits, person, need)
    several = _several(written)
    _write_arcs(written, several)
    _write_whether(written)
    _write_sizes(written)
    _write_demands(written)
    _write_people(written, several)
    if not ground.plain:
        _write_special(written)
    for column, ids, most in limits.away:
        _write_away(written, column, ids, most)
    if limits.squares is not None:
        _write_budget(written, several)
    if goal is Goal.FURTHER and ground.same_unit:
        _write_mixing(written)
    return written


def _room(written: Written) -> Counts:
    """How many teams each person can be in at most."""
    return np.minimum(written.limits.caps, written.ground.most)


def _several(written: Written) -> Flags:
    """Who needs a variable for each further team: what several cost depends on how many."""
    priced = written.goal is not Goal.UNFILLED
    return (_room(written) > 1) & priced


def _write_arcs(written: Written, several: Flags) -> None:
    ground, person, need = written.ground, written.person, written.need
    cost = np.zeros(len(person))
    if written.goal is Goal.SQUARES:
        cost = np.where(several[person], 0.0, step_cost(ground)[person])
    elif written.goal is Goal.FURTHER:
        cost = ground.price[person, need]
    written.model.amounts(cost, whole=True)


def _write_whether(written: Written) -> None:
    ground, limits, model = written.ground, written.limits, written.model
    written.whether = np.full(len(ground.needs), -1, np.int64)
    if limits.unfilled == 0:
        return
    gain = -ground.size.astype(np.float64) if written.goal is Goal.UNFILLED else np.zeros(len(ground.needs))
    written.whether = model.amounts(gain, whole=True)
    if limits.unfilled is not None:
        places = dict(zip(written.whether.tolist(), ground.size.tolist(), strict=True))
        model.row(places, least=float(ground.size.sum() - limits.unfilled))


def _write_sizes(written: Written) -> None:
    """Each need has as many members as places, or none."""
    many = len(written.ground.needs)
    order = np.argsort(written.need, kind="stable")
    written.size_row = _write_counted(
        written, written.need[order], order, np.arange(many), written.ground.size, exact=True
    )
    _write_strong(written)


def _write_demands(written: Written) -> None:
    ground = written.ground
    demand, need = np.nonzero(ground.asked)
    written.demand_row = np.full(ground.asked.shape, -1, np.int64)
    order = np.argsort(written.need, kind="stable")
    bounds = np.searchsorted(written.need[order], np.arange(len(ground.needs) + 1))
    parts = []
    for each, column in zip(demand.tolist(), need.tolist(), strict=True):
        arcs = order[bounds[column] : bounds[column + 1]]
        parts.append(arcs[ground.meets[each, written.person[arcs]]])
    of = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    terms = np.concatenate(parts) if parts else np.zeros(0, np.int64)
    written.demand_row[demand, need] = _write_counted(
        written, of, terms, need, ground.asked[demand, need], exact=False
    )


def _write_counted(
    written: Written, of: Counts, terms: Counts, need: Counts, counted: Counts, *, exact: bool
) -> Counts:
    """Rows that count arcs of a need: as many as `counted`, or at least; none are asked of a need that is not filled."""
    counts, whether, rows = counted.astype(np.float64), written.whether[need], np.arange(len(need))
    factors = np.ones(len(terms))
    if (whether >= 0).all() and len(whether):
        of, terms = np.concatenate([of, rows]), np.concatenate([terms, whether])
        factors, counts = np.concatenate([factors, -counts]), np.zeros(len(rows))
        order = np.argsort(of, kind="stable")
        of, terms, factors = of[order], terms[order], factors[order]
    most = counts if exact else np.full(len(counts), np.inf)
    return written.model.rows(of, terms, factors, least=counts, most=most)


def _write_strong(written: Written) -> None:
    scarce = (written.whether >= 0) & (written.ground.open.sum(axis=0) <= STRONG)
    for arc in np.flatnonzero(scarce[written.need]).tolist():
        written.model.row({arc: 1.0, int(written.whether[written.need[arc]]): -1.0}, most=0.0)


def _write_people(written: Written, several: Flags) -> None:
    """Nobody is in more teams than allowed, nor in two at once."""
    room, model = _room(written), written.model
    bounds = np.searchsorted(written.person, np.arange(len(written.ground.people) + 1))
    written.person_row = np.full(len(written.ground.people), -1, np.int64)
    many = np.diff(bounds)
    _write_steps(written, np.flatnonzero(several & (many > 0)), room)
    single = np.flatnonzero((room == 1) & (many > 1))
    _write_plain_caps(written, single, room)
    others = np.flatnonzero((room > 1) & (many > 1))
    if not several.any():
        _write_plain_caps(written, others[many[others] > room[others]], room)
    for person in others.tolist():
        first = int(bounds[person])
        for needs in _cliques(written.ground, written.need[first : bounds[person + 1]]):
            arcs = [first + at for at in needs]
            written.cliques.append((len(model.least), person, written.need[arcs].tolist()))
            model.row(dict.fromkeys(arcs, 1.0), most=1.0)


def _write_plain_caps(written: Written, people: Counts, room: Counts) -> None:
    chosen = np.zeros(len(room), np.bool_)
    chosen[people] = True
    place = np.cumsum(chosen) - 1
    arcs = np.flatnonzero(chosen[written.person])
    written.person_row[people] = written.model.rows(
        place[written.person[arcs]], arcs, np.ones(len(arcs)),
        least=np.full(len(people), -np.inf), most=room[people].astype(np.float64),
    )  # fmt: skip


def _write_steps(written: Written, people: Counts, room: Counts) -> None:
    """The first, second, … team of a person, each dearer than the one before."""
    model, squares = written.model, written.goal is Goal.SQUARES
    first = step_cost(written.ground)
    bounds = np.searchsorted(written.person, np.arange(len(room) + 1))
    for person in people.tolist():
        costs = first[person] + 2.0 * np.arange(room[person])
        more = model.amounts(costs if squares else np.zeros(room[person]))
        written.more[person] = more
        terms = dict.fromkeys(range(int(bounds[person]), int(bounds[person + 1])), 1.0)
        written.person_row[person] = len(model.least)
        model.row(terms | dict.fromkeys(more.tolist(), -1.0), most=0.0)


def _cliques(ground: Ground, needs: Counts) -> list[list[int]]:
    """Positions of needs that share a day, two at least, in greatest sets."""
    starts = [ground.needs[need].starts for need in needs.tolist()]
    ends = [ground.needs[need].ends for need in needs.tolist()]
    found, open_now, grown = [], list[int](), False
    for at in sorted(range(len(starts)), key=lambda each: starts[each]):
        still = [each for each in open_now if ends[each] > starts[at]]
        if grown and len(still) < len(open_now):
            found.append(open_now)
        open_now, grown = [*still, at], True
    found.append(open_now)
    return [each for each in found if len(each) > 1]


def _write_special(written: Written) -> None:
    """Who is pinned, and units: most of one, least number of different ones."""
    for column, need in enumerate(written.ground.needs):
        arcs = np.flatnonzero(written.need == column).tolist()
        if need.pinned:
            _write_pinned(written, column, arcs)
        if need.most_of_unit is not None or need.least_units:
            _write_units(written, column, arcs)


def _by_unit(written: Written, arcs: list[int]) -> dict[str, list[int]]:
    of_unit: dict[str, list[int]] = {}
    for arc in arcs:
        of_unit.setdefault(written.ground.people[written.person[arc]].unit, []).append(arc)
    return of_unit


def _whether(written: Written, column: int, factor: float) -> tuple[dict[int, float], float]:
    """`factor` if the need is filled: as a term of a row, or as a number where it must be."""
    variable = int(written.whether[column])
    return ({}, factor) if variable < 0 else ({variable: -factor}, 0.0)


def _write_pinned(written: Written, column: int, arcs: list[int]) -> None:
    of = {written.ground.people[written.person[arc]].id: arc for arc in arcs}
    for each in sorted(written.ground.needs[column].pinned):
        term, least = _whether(written, column, 1.0)
        written.model.row(({of[each]: 1.0} if each in of else {}) | term, least=least)


def _write_units(written: Written, column: int, arcs: list[int]) -> None:
    need, model, units = written.ground.needs[column], written.model, _by_unit(written, arcs)
    for of_unit in units.values():
        if need.most_of_unit is not None and len(of_unit) > need.most_of_unit:
            model.row(dict.fromkeys(of_unit, 1.0), most=float(need.most_of_unit))
    if need.least_units:
        used = dict(zip(units, model.amounts(np.zeros(len(units))).tolist(), strict=True))
        for unit, variable in used.items():
            model.row({variable: 1.0} | dict.fromkeys(units[unit], -1.0), most=0.0)
        term, least = _whether(written, column, float(need.least_units))
        model.row(dict.fromkeys(used.values(), 1.0) | term, least=least)


def _write_away(written: Written, column: int, ids: frozenset[str], most: int) -> None:
    arcs = np.flatnonzero(written.need == column).tolist()
    among = [arc for arc in arcs if written.ground.people[written.person[arc]].id in ids]
    written.model.row(dict.fromkeys(among, 1.0), most=float(most))


def _write_budget(written: Written, several: Flags) -> None:
    """The squares stay as good as they are."""
    first = step_cost(written.ground)
    costs = np.where(several[written.person], 0.0, first[written.person])
    terms = {arc: cost for arc, cost in enumerate(costs.tolist()) if cost}
    for person, more in written.more.items():
        terms |= {at: cost for step, at in enumerate(more.tolist()) if (cost := first[person] + 2.0 * step)}
    written.model.row(terms, most=written.limits.squares or 0.0)


def _write_mixing(written: Written) -> None:
    """Each member beyond the first of one unit costs something."""
    for column in range(len(written.ground.needs)):
        arcs = np.flatnonzero(written.need == column).tolist()
        for of_unit in _by_unit(written, arcs).values():
            if len(of_unit) > 1:
                beyond = written.model.amount(written.ground.same_unit)
                written.model.row(dict.fromkeys(of_unit, 1.0) | {beyond: -1.0}, most=1.0)
