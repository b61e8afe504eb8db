"""The least sum of squared loads: a linear model whose arcs are found by their prices, then whole numbers where it has none."""

import math
import time
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from xiezuo.collaboration.teaming.choosing import CHEAPEST, allowed, few, plan_cost, step_cost
from xiezuo.collaboration.teaming.ground import Flags, Ground
from xiezuo.collaboration.teaming.improving import improve
from xiezuo.collaboration.teaming.pricing import bound, reduced
from xiezuo.collaboration.teaming.quick import Plan
from xiezuo.collaboration.teaming.writing import Goal, Limits, Written, write
from xiezuo.shared.mip import End, Numbers, Relaxed

ALL = 5_000
"""Up to so many arcs a model has all of them from the beginning."""
MANY = 40_000
"""So many arcs at most go into the model with whole numbers."""
INSIDE = 4_000
"""From so many arcs on the linear model is solved from the inside."""
PIECES = 1_000
"""From so many arcs on a plan is improved piece by piece before the model is asked for whole numbers."""
ROUNDS = 12
TINY = 1e-6


def level(ground: Ground, limits: Limits, plan: Plan, until: float) -> tuple[Plan, float]:
    """The plan with the least squares that was found from `plan` on, and what no plan has less of."""
    levelling = Levelling(ground, limits, plan, until, _step(ground))
    levelling.work()
    return levelling.plan, _squares_of_none(ground, limits) + min(levelling.least, levelling.cost)


def squares(ground: Ground, plan: Plan) -> float:
    """The sum of squared loads of all people."""
    return math.fsum((plan.loads(ground) ** 2).tolist())


def _squares_of_none(ground: Ground, limits: Limits) -> float:
    """What the squares are beside the costs of the model."""
    places = int(ground.size.sum()) - (limits.unfilled or 0)
    return math.fsum((ground.load**2).tolist()) + places * (
        2 * float(ground.load.min(initial=np.inf)) + 1 if len(ground.load) else 0
    )


def _step(ground: Ground) -> float:
    """Costs differ by whole multiples of it; 0 if they may differ by anything."""
    parts = [Fraction(repr(each)).denominator for each in set(ground.load.tolist())]
    whole = math.lcm(*parts) if parts else 1
    return 2.0 / whole if whole <= 1000 else 0.0


def _up(least: float, step: float) -> float:
    return math.ceil(least / step - TINY) * step if step and math.isfinite(least) else least


@dataclass
class Levelling:
    """A plan on its way down; `least` is what no plan costs less than, `raw` the same before it is rounded up to a step."""

    ground: Ground
    limits: Limits
    plan: Plan
    until: float
    step: float
    raw: float = 0.0
    least: float = 0.0

    def work(self) -> None:
        """Lower the plan's cost until it is proven or the time is over."""
        self._raise(_cheapest_steps(self.ground, self.limits))
        if self.done:
            return
        priced = self._priced()
        if priced is None or self.done:
            return
        written, costs = priced
        arcs = np.zeros_like(self.ground.open)
        arcs[written.person, written.need] = True
        if arcs.sum() > PIECES and not self.limits.away and self.ground.plain:
            self.plan = improve(
                self.ground,
                self.limits,
                self.plan,
                costs,
                enough=self.least,
                near=self.near,
                until=self.until,
            )
        for among in (arcs, allowed(self.ground, self.limits.caps)):
            if not self.done and time.perf_counter() < self.until:
                self._solve(among, costs)

    @property
    def cost(self) -> float:
        """Of the plan."""
        return plan_cost(self.ground, self.plan)

    @property
    def done(self) -> bool:
        """Whether no plan costs less."""
        return self.cost <= self.least + 1e-9 * (1.0 + abs(self.least))

    @property
    def near(self) -> float:
        """Costs that differ by no more than this differ by nothing."""
        return 0.999 * self.step if self.step else 1e-6

    def _raise(self, least: float) -> None:
        self.raw = max(self.raw, least)
        self.least = _up(self.raw, self.step)

    def _take(self, plan: Plan) -> None:
        if plan_cost(self.ground, plan) < self.cost:
            self.plan = plan

    def _priced(self) -> tuple[Written, Numbers] | None:
        """The linear model, with arcs added until no other one could help; None where the time was over at once."""
        everything, kept = allowed(self.ground, self.limits.caps), None
        pruned = self.ground.plain and not self.limits.away and everything.sum() > ALL
        arcs = few(self.ground, everything, self.plan) if pruned else everything
        for _round in range(ROUNDS):
            written = write(self.ground, arcs, self.limits, Goal.SQUARES)
            relaxed = self._relaxed(written)
            if relaxed is None:
                break
            costs = reduced(written, relaxed)
            self._raise(bound(written, relaxed, costs))
            kept = written, costs
            if _is_whole(written, relaxed):
                self._take(written.plan(relaxed.values))
            helpful = (costs < -1e-5) & ~arcs
            if self.done or not helpful.any() or time.perf_counter() > self.until:
                break
            arcs = arcs | _most_helpful(helpful, costs)
        return kept

    def _relaxed(self, written: Written) -> Relaxed | None:
        left = max(0.05, self.until - time.perf_counter())
        try:
            return written.model.relax(seconds=left, inside=len(written.person) > INSIDE)
        except TimeoutError:
            return None

    def _solve(self, among: Flags, costs: Numbers) -> None:
        """Whole numbers for those arcs that a better plan could have; a proof if these are all such arcs there are."""
        could = allowed(self.ground, self.limits.caps)
        could &= self.raw + costs <= self.cost - self.step + TINY * (1.0 + self.cost)
        chosen = could & among
        if int(chosen.sum()) > MANY:
            return
        complete = bool((chosen == could).all())
        written = write(self.ground, chosen | self.plan.sent, self.limits, Goal.SQUARES)
        left = self.until - time.perf_counter()
        solved = written.model.solve(seconds=left, start=written.values(self.plan), near=self.near)
        if len(solved.values):
            self._take(written.plan(solved.values))
        if complete:
            self._raise(min(self.cost, solved.bound))
            if solved.end is End.PROVEN:
                self._raise(self.cost)


def _cheapest_steps(ground: Ground, limits: Limits) -> float:
    """No plan costs less than if all its places went to whoever bears least."""
    places = int(ground.size.sum()) - (limits.unfilled or 0)
    room = np.minimum(limits.caps, ground.most)
    steps = np.arange(int(room.max(initial=0)))[None]
    costs = (step_cost(ground)[:, None] + 2.0 * steps)[steps < room[:, None]]
    return float(np.sort(costs)[:places].sum())


def _most_helpful(helpful: Flags, costs: Numbers) -> Flags:
    """Of each need the arcs that help most."""
    order = np.argsort(np.where(helpful, costs, np.inf), axis=0, kind="stable")[:CHEAPEST]
    chosen = np.zeros_like(helpful)
    np.put_along_axis(chosen, order, True, axis=0)
    return chosen & helpful


def _is_whole(written: Written, relaxed: Relaxed) -> bool:
    """Whether the values of the linear model happen to be a plan."""
    values = relaxed.values[np.array(written.model.whole)]
    return bool(np.abs(values - np.round(values)).max(initial=0.0) < TINY)
