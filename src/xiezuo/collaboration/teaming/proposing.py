"""Teams proposed: for several needs at once, or up to three different ones for one need.

People decide; this proposes. The same people, needs, seconds and seed give the same answer, in whatever order they come.
"""

import math
import time
from collections.abc import Mapping, Sequence

import numpy as np

from xiezuo.collaboration.teaming.giving import what_would_give
from xiezuo.collaboration.teaming.ground import Counts, Ground, ground_of
from xiezuo.collaboration.teaming.levelling import squares
from xiezuo.collaboration.teaming.problem import Goals, Need, Person, Proposal, Team, Weights
from xiezuo.collaboration.teaming.quick import Plan
from xiezuo.collaboration.teaming.reasons import team_of
from xiezuo.collaboration.teaming.roster import Why, why_not
from xiezuo.collaboration.teaming.solving import Best, Search, fillable, first_plan

__all__ = ["alternatives", "propose", "what_would_give"]

USUAL = Weights()
NEAR = 1e-9
CODES = {why: why.value for why in Why}
"""Looked up once: tens of thousands are excluded from the needs of a province."""


def propose(
    people: Sequence[Person],
    needs: Sequence[Need],
    *,
    seconds: float = 10.0,
    seed: int = 0,
    weights: Weights = USUAL,
) -> Proposal:
    """The best teams found within so many seconds: every place filled, then the least greatest load, then the least sum of
    squared loads, then what further matters by its weights. `seed` decides between people who are equally good."""
    until = time.perf_counter() + seconds
    ground = ground_of(people, needs, seed=seed, weights=weights)
    instant = first_plan(ground)
    possible = _possible(ground, instant, until)
    search = Search(ground.only(possible), until)
    best = search.best(Plan(instant.sent[:, possible], instant.filled[possible]))
    plan = search.further(best)
    return _proposal(ground, possible, search.ground, best, plan)


def alternatives(
    people: Sequence[Person],
    need: Need,
    *,
    count: int = 3,
    seconds: float = 2.0,
    weights: Weights = USUAL,
    seed: int = 0,
) -> list[Team]:
    """Up to `count` teams for one need, best first, each with at least half of its free places filled by others than in each
    better one where that is possible, and by one other at least; none where nobody fits."""
    until = time.perf_counter() + seconds
    ground = ground_of(people, [need], seed=seed, weights=weights)
    found: list[frozenset[str]] = []
    if need.size and fillable(ground, 0, until):
        while len(found) < count and (team := _another(ground, need, found, until)):
            found.append(team)
    return [team_of(people, need, team, weights) for team in found]


def _another(
    ground: Ground, need: Need, found: Sequence[frozenset[str]], until: float
) -> frozenset[str] | None:
    """A team that is really different; if there is none, one that is less so."""
    half = math.ceil((need.size - len(need.pinned)) / 2)
    for others in dict.fromkeys((half, 1)):
        away = tuple((0, team, need.size - others) for team in found)
        search = Search(ground, until, away)
        best = search.best()
        if best.plan.filled.all() and others:
            plan = search.further(best)
            return frozenset(ground.people[at].id for at in np.flatnonzero(plan.sent[:, 0]))
    return None


def _possible(ground: Ground, plan: Plan, until: float) -> Counts:
    """The needs that have places, and could be filled one by one, as those are that a plan fills."""
    return np.array(
        [
            at
            for at in range(len(ground.needs))
            if ground.size[at] and (plan.filled[at] or fillable(ground, at, until))
        ],
        np.int64,
    )


def _proposal(ground: Ground, possible: Counts, solved: Ground, best: Best, plan: Plan) -> Proposal:
    teams, unfilled = _teams(solved, plan), dict[str, int]()
    for at, need in enumerate(ground.needs):
        if not need.size and fillable(ground, at, 0.0):
            teams[need.id] = ()
        elif need.id not in teams:
            unfilled[need.id] = need.size
    lost = int(ground.size.sum() - ground.size[possible].sum())
    loads = plan.loads(solved)
    goals = Goals(sum(unfilled.values()), float(loads.max(initial=0.0)), squares(solved, plan))
    bound = _bound(best, lost, goals)
    by_id = np.array(sorted(range(len(ground.people)), key=lambda row: ground.people[row].id), np.int64)
    excluded = {need.id: _excluded(ground, at, by_id) for at, need in enumerate(ground.needs)}
    return Proposal(teams, unfilled, goals, bound, goals == bound, excluded)


def _bound(best: Best, lost: int, goals: Goals) -> Goals:
    """What is below a goal by no more than counting is off, has reached it."""
    least = best.squares if best.squares < goals.squares - NEAR * (1 + goals.squares) else goals.squares
    return Goals(best.unfilled + lost, best.max_load, least)


def _teams(ground: Ground, plan: Plan) -> dict[str, tuple[str, ...]]:
    return {
        need.id: tuple(sorted(ground.people[row].id for row in np.flatnonzero(plan.sent[:, at])))
        for at, need in enumerate(ground.needs)
        if plan.filled[at]
    }


def _excluded(ground: Ground, at: int, by_id: Counts) -> Mapping[str, str]:
    closed = (ground.people[row] for row in by_id[~ground.open[by_id, at]].tolist())
    found = ((person.id, why_not(person, ground.needs[at])) for person in closed)
    return {person: CODES[why] for person, why in found if why is not None}
