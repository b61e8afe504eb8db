"""What prices of rows say about all arcs: which of those left out could help, and how good any plan can be at most."""

import numpy as np

from xiezuo.collaboration.teaming.choosing import allowed, step_cost
from xiezuo.collaboration.teaming.writing import Goal, Written
from xiezuo.shared.mip import Numbers, Relaxed


def reduced(written: Written, relaxed: Relaxed) -> Numbers:
    """[person, need]: what sending somebody adds to the cost at these prices, infinite where nobody may be sent."""
    ground, prices = written.ground, _signed(written, relaxed)
    of_need = prices[written.size_row] if len(written.size_row) else np.zeros(0)
    of_demand = np.where(written.demand_row >= 0, prices[written.demand_row], 0.0)
    found = (
        _of_people(written, prices)[:, None] - of_need[None] - ground.meets.T.astype(np.float64) @ of_demand
    )
    for row, person, needs in written.cliques:
        if prices[row]:
            found[person, needs] -= prices[row]
    found[~allowed(ground, written.limits.caps)] = np.inf
    return found


def _of_people(written: Written, prices: Numbers) -> Numbers:
    """What the next team of each person costs."""
    base = np.zeros(len(written.ground.people))
    if written.goal is Goal.SQUARES:
        base = step_cost(written.ground)
        base[list(written.more)] = 0.0
    has_row = written.person_row >= 0
    return base - np.where(has_row, prices[written.person_row], 0.0)


def bound(written: Written, relaxed: Relaxed, costs: Numbers) -> float:
    """No plan costs less, by whatever arcs, if `costs` are those that `reduced` gave."""
    model, prices = written.model, _signed(written, relaxed)
    rows = np.repeat(np.arange(len(prices)), np.diff(model.starts))
    drawn = np.bincount(model.columns, np.array(model.factors) * prices[rows], minlength=len(model.costs))
    left_over, upper = np.array(model.costs) - drawn, np.array(model.upper)
    by_columns = (np.minimum(left_over, 0.0) * np.where(left_over < 0, upper, 0.0)).sum()
    sides = np.where(prices > 0, model.least, np.where(prices < 0, model.most, 0.0))
    left_out = costs.copy()
    left_out[written.person, written.need] = np.inf
    return float((prices * sides).sum() + by_columns + np.minimum(left_out, 0.0).sum())


def _signed(written: Written, relaxed: Relaxed) -> Numbers:
    """Prices with the sign that their rows allow: any such prices make a bound, however they were found."""
    low, high = np.isfinite(written.model.least), np.isfinite(written.model.most)
    return np.clip(relaxed.prices, np.where(high, -np.inf, 0.0), np.where(low, np.inf, 0.0))
