"""The least sum of squared loads: a linear model whose arcs are found by their prices, then whole numbers where it has none."""

import math
import time
from fractions import Fraction

import numpy as np

from xiezuo.collaboration.teaming.ground import Flags, Ground
from xiezuo.collaboration.teaming.pricing import bound, reduced
from xiezuo.collaboration.teaming.quick import Plan
from xiezuo.collaboration.teaming.writing import Goal, Limits, Written, allowed, step_cost, write
from xiezuo.shared.mip import End, Numbers, Relaxed

ALL = 5_000
"""Up to so many arcs a model has all of them from the beginning."""
MANY = 40_000
"""So many arcs at most go into the model with whole numbers."""
CHEAPEST, PER_DEMAND = 30, 8
"""Of each need so many arcs are in the first model: of the least burdened, and of those who meet each demand."""
ROUNDS = 12
TINY = 1e-6


def level(ground: Ground, limits: Limits, plan: Plan, until: float) -> tuple[Plan, float]:
    """The plan with the least squares that was found from `plan` on, and what no plan has less of."""
    first = _squares_of_none(ground, limits)
    step = _step(ground)
    found, least = _least(ground, limits, plan, until, step)
    return found, first + least


def squares(ground: Ground, plan: Plan) -> float:
    """The sum of squared loads of all people."""
    return math.fsum((plan.loads(ground) ** 2).tolist())


def few(ground: Ground, arcs: Flags, plan: Plan) -> Flags:
    """Arcs of each need to the least burdened and to those who meet its demands, and those of a plan.

    Who will hardly be left out counts as equally burdened, and equals take turns, so that needs do not all see the same.
    """
    people, needs = arcs.shape
    places = min(int(ground.size.sum()), people)
    rent = np.partition(ground.load, places - 1)[places - 1] if places else 0.0
    burden, found = np.maximum(ground.load, rent), plan.sent & arcs
    for need in range(needs):
        turn = (np.arange(people) - need * people // max(needs, 1)) % people
        order = np.lexsort((turn, burden))
        able = order[arcs[order, need]]
        found[able[:CHEAPEST], need] = True
        for demand in np.flatnonzero(ground.asked[:, need]).tolist():
            found[able[ground.meets[demand, able]][:PER_DEMAND], need] = True
    return found


def _squares_of_none(ground: Ground, limits: Limits) -> float:
    """What the squares are beside the costs of the model."""
    places = int(ground.size.sum()) - (limits.unfilled or 0)
    return math.fsum((ground.load**2).tolist()) + places * (
        2 * float(ground.load.min(initial=np.inf)) + 1 if len(ground.load) else 0
    )


def cost(ground: Ground, plan: Plan) -> float:
    """What a plan costs in the model."""
    teams = plan.sent.sum(axis=1)
    return float((step_cost(ground) * teams + teams * (teams - 1.0)).sum())


def _step(ground: Ground) -> float:
    """Costs differ by whole multiples of it; 0 if they may differ by anything."""
    parts = [Fraction(repr(each)).denominator for each in set(ground.load.tolist())]
    whole = math.lcm(*parts) if parts else 1
    return 2.0 / whole if whole <= 1000 else 0.0


def _up(least: float, step: float) -> float:
    return math.ceil(least / step - TINY) * step if step and math.isfinite(least) else least


def _least(ground: Ground, limits: Limits, plan: Plan, until: float, step: float) -> tuple[Plan, float]:
    everything = allowed(ground, limits.caps)
    pruned = ground.plain and not limits.away and everything.sum() > ALL
    arcs = few(ground, everything, plan) if pruned else everything
    priced = _priced(ground, limits, arcs, until)
    if priced is None:
        return plan, 0.0
    written, relaxed, costs, least = priced
    least = _up(max(least, 0.0), step)
    better = _if_whole(written, relaxed)
    if better is not None and cost(ground, better) < cost(ground, plan):
        plan = better
    if cost(ground, plan) <= least + _slack(least):
        return plan, cost(ground, plan)
    return _whole(ground, limits, plan, until, step, costs, least, written)


def _slack(least: float) -> float:
    return 1e-9 * (1.0 + abs(least))


def _priced(
    ground: Ground, limits: Limits, arcs: Flags, until: float
) -> tuple[Written, Relaxed, Numbers, float] | None:
    """The linear model with arcs added until no other one could help, or the time is over; None if it was over at once."""
    best, kept = -math.inf, None
    for _round in range(ROUNDS):
        written = write(ground, arcs, limits, Goal.SQUARES)
        try:
            relaxed = written.model.relax(seconds=max(0.05, until - time.perf_counter()))
        except TimeoutError:
            break
        if relaxed is None:
            break
        costs = reduced(written, relaxed)
        best = max(best, bound(written, relaxed, costs))
        kept = written, relaxed, costs, best
        helpful = (costs < -TINY) & ~arcs
        if not helpful.any() or time.perf_counter() > until:
            break
        arcs = arcs | _most_helpful(helpful, costs)
    return kept


def _most_helpful(helpful: Flags, costs: Numbers) -> Flags:
    """Of each need the arcs that help most."""
    order = np.argsort(np.where(helpful, costs, np.inf), axis=0, kind="stable")[:CHEAPEST]
    chosen = np.zeros_like(helpful)
    np.put_along_axis(chosen, order, True, axis=0)
    return chosen & helpful


def _if_whole(written: Written, relaxed: Relaxed) -> Plan | None:
    """The plan of the linear model, if it happens to be one."""
    decided = [index for index, whole in enumerate(written.model.whole) if whole]
    values = relaxed.values[decided]
    return written.plan(relaxed.values) if np.abs(values - np.round(values)).max(initial=0.0) < TINY else None


def _whole(
    ground: Ground,
    limits: Limits,
    plan: Plan,
    until: float,
    step: float,
    costs: Numbers,
    least: float,
    written: Written,
) -> tuple[Plan, float]:
    """Whole numbers: first for the arcs of the linear model, then for all that could be in a better plan."""
    arcs = np.zeros_like(ground.open)
    arcs[written.person, written.need] = True
    everything = allowed(ground, limits.caps)
    for _time in range(2):
        could = everything & (costs <= cost(ground, plan) - least + TINY)
        complete = could.sum() <= MANY or bool((could <= arcs).all())
        chosen = (could | plan.sent) if could.sum() <= MANY else (arcs & could) | plan.sent
        left = until - time.perf_counter()
        if left <= 0:
            break
        model = write(ground, chosen, limits, Goal.SQUARES)
        near = step * 0.999 if step else 1e-6
        solved = model.model.solve(seconds=left, start=model.values(plan), near=near)
        if len(solved.values):
            found = model.plan(solved.values)
            plan = found if cost(ground, found) < cost(ground, plan) else plan
        if complete:
            least = max(least, min(_up(solved.bound, step), cost(ground, plan)))
        if (solved.end is End.PROVEN and complete) or cost(ground, plan) <= least + _slack(least):
            least = cost(ground, plan) if complete or cost(ground, plan) <= least + _slack(least) else least
            break
    return plan, least
