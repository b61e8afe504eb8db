"""The three goals one after the other: fill places, lower the greatest load, lower the squares; each with its bound."""

import math
import time
from dataclasses import dataclass

import numpy as np

from xiezuo.collaboration.teaming.choosing import allowed, few, plan_cost
from xiezuo.collaboration.teaming.ground import ENDLESS, Counts, Ground
from xiezuo.collaboration.teaming.levelling import level
from xiezuo.collaboration.teaming.quick import Plan, nobody_would_do, quick
from xiezuo.collaboration.teaming.writing import Goal, Limits, write

MANY = 40_000
"""Up to so many arcs a model has all of them."""
TINY = 1e-9


@dataclass(frozen=True)
class Best:
    """A plan, and what no plan can do better, goal by goal."""

    plan: Plan
    unfilled: int
    max_load: float
    squares: float


@dataclass
class Search:
    """Looks for the best plan of needs each of which can be filled by itself, until an instant of the clock."""

    ground: Ground
    until: float
    away: tuple[tuple[int, frozenset[str], int], ...] = ()

    def best(self, instant: Plan | None = None) -> Best:
        """The best plan found; `instant` is that of `first_plan`, if it is known."""
        low = float(self.ground.load.max(initial=0.0))
        if instant is not None and instant.filled.all():
            return self._levelled(instant, 0, low, low)
        endless = np.full(len(self.ground.people), ENDLESS, np.int64)
        plan, unfilled = self.fill(endless, 0)
        missing = plan.unfilled(self.ground)
        if unfilled < missing:
            return Best(plan, unfilled, low, fewest_squares(self.ground, missing, ENDLESS))
        plan, low, high = self.lower(plan, low, missing)
        return self._levelled(plan, missing, low, high)

    def _levelled(self, plan: Plan, missing: int, low: float, high: float) -> Best:
        limits = Limits(caps(self.ground, high), missing, away=self.away)
        plan, squares = level(self.ground, limits, plan, self.until)
        return Best(plan, missing, low, squares)

    def further(self, best: Best) -> Plan:
        """The plan as good as this one by which what further matters costs least."""
        ground, plan = self.ground, best.plan
        left = self.until - time.perf_counter()
        if left <= 0 or not (ground.price.any() or ground.same_unit):
            return plan
        loads = plan.loads(ground).max(initial=0.0)
        budget = plan_cost(ground, plan)
        limits = Limits(
            caps(ground, float(loads)), plan.unfilled(ground), budget + TINY * (1 + budget), self.away
        )
        arcs = allowed(ground, limits.caps)
        if arcs.sum() > MANY:
            arcs = few(ground, arcs, plan)
        written = write(ground, arcs, limits, Goal.FURTHER)
        solved = written.model.solve(seconds=left, start=written.values(plan))
        return written.plan(solved.values) if len(solved.values) else plan

    def fill(self, limit: Counts, enough: int) -> tuple[Plan, int]:
        """A plan with the fewest places unfilled, and how many are in any; it need not go below `enough`."""
        plan = quick(self.ground, limit)
        if not self.away and plan.unfilled(self.ground) <= enough:
            return plan, 0
        return self._fill_exactly(plan, limit)

    def _fill_exactly(self, plan: Plan, limit: Counts) -> tuple[Plan, int]:
        short = shortage(self.ground, limit)
        if not self.away and plan.unfilled(self.ground) <= short:
            return plan, short
        arcs = allowed(self.ground, limit)
        limits = Limits(limit, away=self.away)
        whole = int(arcs.sum()) <= MANY
        if not whole:
            arcs = few(self.ground, arcs, plan)
        written = write(self.ground, arcs, limits, Goal.UNFILLED)
        start = None if self.away else written.values(plan)
        solved = written.model.solve(seconds=self.until - time.perf_counter(), start=start, near=0.999)
        places = int(self.ground.size.sum())
        known = whole and math.isfinite(solved.bound)
        least = max(short, math.ceil(places + solved.bound - 1e-6)) if known else short
        if self.away:
            plan = Plan(np.zeros_like(plan.sent), np.zeros_like(plan.filled))
        if len(solved.values):
            plan = written.plan(solved.values)
        return plan, min(least, plan.unfilled(self.ground))

    def lower(self, plan: Plan, low: float, missing: int) -> tuple[Plan, float, float]:
        """A plan with the least greatest load, the least that it can be, and what it is."""
        high = max(low, float(plan.loads(self.ground).max(initial=0.0)))
        tried = levels(self.ground, low, high)
        first, last, at = 0, len(tried), 0
        while first < last:
            found, unfilled = self._within(tried[at], missing)
            if found is not None:
                plan, last = found, at
            else:
                first = at + 1
            if unfilled > missing:
                low = tried[first] if first < len(tried) else high
            at = (first + last) // 2
        high = max(float(self.ground.load.max(initial=0.0)), float(plan.loads(self.ground).max(initial=0.0)))
        return plan, min(low, high), high

    def _within(self, level: float, missing: int) -> tuple[Plan | None, int]:
        """A plan with no more unfilled in which nobody bears more than a level, if there is one, and how many are in any."""
        limit = caps(self.ground, level)
        short = shortage(self.ground, limit)
        if short > missing:
            return None, short
        plan, unfilled = self.fill(limit, missing)
        return (plan if plan.unfilled(self.ground) <= missing else None), unfilled


def levels(ground: Ground, low: float, high: float) -> list[float]:
    """What the greatest load can be, from `low` on and below `high`."""
    reached = ground.load[:, None] + np.arange(1, ground.most + 1)[None]
    between = np.unique(reached[(reached > low) & (reached < high)])
    return [low, *between.tolist()] if low < high else []


def first_plan(ground: Ground) -> Plan:
    """The instant answer in which nobody bears more than somebody does already."""
    return quick(ground, caps(ground, float(ground.load.max(initial=0.0))))


def fillable(ground: Ground, need: int, until: float) -> bool:
    """Whether a need could be filled if it were the only one; True as well where the time is too short to know."""
    alone = ground.only(np.array([need]))
    if not alone.size[0]:
        return nobody_would_do(alone, 0)
    able = alone.meets.astype(np.int64) @ alone.open.astype(np.int64)
    if alone.open.sum() < alone.size[0] or (able < alone.asked).any():
        return False
    endless = np.full(len(ground.people), ENDLESS, np.int64)
    return Search(alone, until).fill(endless, 0)[1] == 0


def caps(ground: Ground, level: float) -> Counts:
    """How many teams each person may be in before the load is above a level."""
    room = np.floor(np.minimum(level - ground.load, ENDLESS) + TINY * (1.0 + abs(level)))
    return np.maximum(room, 0).astype(np.int64)


def shortage(ground: Ground, limit: Counts) -> int:
    """So many places at least stay unfilled: on each first day, there are so many people for what is demanded then."""
    able = ground.open & (limit > 0)[:, None]
    demanded = [(np.ones(len(able), np.bool_), ground.size)]
    demanded += [(ground.meets[at], ground.asked[at]) for at in range(len(ground.asked))]
    found = 0
    for need in ground.needs:
        here = np.array([each.starts <= need.starts < each.ends for each in ground.needs])
        there = able[:, here].any(axis=1)
        for meets, asked in demanded:
            missing = int(asked[here].sum()) - int((there & meets).sum())
            found = max(found, _least_given_up(ground.size[here], asked[here], missing))
    return found


def _least_given_up(size: Counts, asked: Counts, missing: int) -> int:
    """Places of needs that are given up, the most demanding for their size first, until so much is no longer demanded."""
    places = 0.0
    demanding = asked > 0
    for each, of in sorted(
        zip(size[demanding].tolist(), asked[demanding].tolist(), strict=True),
        key=lambda pair: pair[0] / pair[1],
    ):
        if missing <= 0:
            break
        places += each * min(1.0, missing / of)
        missing -= of
    return math.ceil(places - TINY)


def fewest_squares(ground: Ground, missing: int, most: int) -> float:
    """No plan with so many places unfilled at most has smaller squares: its teams went to the least burdened."""
    places = int(ground.size.sum()) - missing
    room = min(ground.most, most)
    steps = (2.0 * ground.load[:, None] + 2.0 * np.arange(room)[None] + 1.0).ravel()
    least = np.sort(np.partition(steps, places - 1)[:places]) if 0 < places <= len(steps) else steps
    return float((ground.load**2).sum() + (least.sum() if places else 0.0))
