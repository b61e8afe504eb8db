"""Which arcs go into a model, and what a plan costs in one."""

import numpy as np

from xiezuo.collaboration.teaming.ground import Counts, Flags, Ground
from xiezuo.collaboration.teaming.quick import Plan
from xiezuo.shared.mip import Numbers

CHEAPEST, PER_DEMAND = 20, 7
"""Of each need so many arcs are in the first model: of the least burdened, and of those who meet each demand."""


def allowed(ground: Ground, caps: Counts) -> Flags:
    """Who may be sent at all: open, and not yet borne down by load."""
    return ground.open & (caps > 0)[:, None]


def step_cost(ground: Ground) -> Numbers:
    """[person]: what the first team adds to the squares, less what it adds for the least burdened; each further one 2 more."""
    cost: Numbers = 2.0 * (ground.load - ground.load.min(initial=np.inf))
    return cost


def few(ground: Ground, arcs: Flags, plan: Plan) -> Flags:
    """Arcs of each need to the least burdened and to those who meet its demands, and those of a plan.

    Who will hardly be left out counts as equally burdened, and equals take turns, so that needs do not all see the same.
    """
    people, needs = arcs.shape
    places = min(int(ground.size.sum()), people)
    rent = np.partition(ground.load, places - 1)[places - 1] if places else 0.0
    burdens, found = np.unique(np.maximum(ground.load, rent), return_inverse=True)[1], plan.sent & arcs
    for need in range(needs):
        turned = np.roll(np.arange(people), -(need * people // max(needs, 1)))
        order = turned[np.argsort(burdens[turned], kind="stable")]
        able = order[arcs[order, need]]
        found[able[:CHEAPEST], need] = True
        for demand in np.flatnonzero(ground.asked[:, need]).tolist():
            found[able[ground.meets[demand, able]][:PER_DEMAND], need] = True
    return found


def plan_cost(ground: Ground, plan: Plan) -> float:
    """What a plan costs in the model."""
    teams = plan.sent.sum(axis=1)
    return float((step_cost(ground) * teams + teams * (teams - 1.0)).sum())
