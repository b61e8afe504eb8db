"""A plan improved piece by piece: some needs are given up and staffed anew by an exact small model, the dearest first."""

import random
import time
from dataclasses import replace

import numpy as np

from xiezuo.collaboration.teaming.choosing import allowed, few, plan_cost
from xiezuo.collaboration.teaming.ground import Counts, Ground
from xiezuo.collaboration.teaming.quick import Plan
from xiezuo.collaboration.teaming.writing import Goal, Limits, write
from xiezuo.shared.mip import Numbers

AT_ONCE = 8
"""So many needs are staffed anew together."""
FRUITLESS = 8
"""After so many pieces without a gain no further one is tried."""
PIECE = 0.5
"""Seconds at most for a piece."""


def improve(
    ground: Ground, limits: Limits, plan: Plan, costs: Numbers, *, enough: float, near: float, until: float
) -> Plan:
    """A plan that costs no more, until it costs `enough` or nothing is gained; which needs are filled stays.

    `costs` are what each arc costs at the prices of the linear model.
    """
    lot, fruitless, before = random.Random(0), 0, plan_cost(ground, plan)  # noqa: S311 - drawn again alike
    while before > enough and fruitless < FRUITLESS and time.perf_counter() < until:
        piece = _piece(ground, plan, costs, lot, by_lot=fruitless % 2 == 1)
        plan = _anew(ground, limits, plan, piece, near=near, until=min(until, time.perf_counter() + PIECE))
        after = plan_cost(ground, plan)
        fruitless = fruitless + 1 if after >= before else 0
        before = after
    return plan


def _piece(ground: Ground, plan: Plan, costs: Numbers, lot: random.Random, *, by_lot: bool) -> Counts:
    """Needs to be staffed anew: those that are too dear at the prices, or some by lot."""
    finite = np.where(np.isfinite(costs), costs, 0.0)
    dear = (finite * plan.sent).sum(axis=0) + np.array([lot.random() for _need in ground.needs])
    dear[~plan.filled] = -np.inf
    many = min(AT_ONCE, int(plan.filled.sum()))
    if by_lot:
        dear = np.where(plan.filled, [lot.random() for _need in ground.needs], -np.inf)
    return np.sort(np.argsort(-dear, kind="stable")[:many])


def _anew(ground: Ground, limits: Limits, plan: Plan, piece: Counts, *, near: float, until: float) -> Plan:
    """The same plan with the needs of a piece staffed at least cost among those whom the others leave."""
    others = plan.sent.copy()
    others[:, piece] = False
    part = ground.only(piece)
    taken = others.astype(np.float64) @ ground.overlaps[:, piece].astype(np.float64) > 0
    given = others.sum(axis=1)
    part = replace(part, open=part.open & ~taken, load=ground.load + given)
    kept = Plan(plan.sent[:, piece], np.ones(len(piece), np.bool_))
    caps = limits.caps - given
    arcs = few(part, allowed(part, caps), kept)
    written = write(part, arcs, Limits(caps, 0), Goal.SQUARES)
    left = max(0.01, until - time.perf_counter())
    solved = written.model.solve(seconds=left, start=written.values(kept), near=near)
    if not len(solved.values):
        return plan
    others[:, piece] = written.plan(solved.values).sent
    return Plan(others, plan.filled)
