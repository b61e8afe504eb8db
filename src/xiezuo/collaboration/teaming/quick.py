"""An instant valid answer: needs one after the other, the scarcest first, each with the least burdened who meet it."""

from dataclasses import dataclass

import numpy as np

from xiezuo.collaboration.teaming.ground import Counts, Flags, Ground
from xiezuo.shared.mip import Numbers

BY_LOAD, BY_DEMAND = 0.5, 1000.0
"""How many loads one more demand met is worth when a member is chosen: first little, then above all."""


@dataclass(frozen=True)
class Plan:
    """Who goes where: `sent[person, need]`, and which needs are filled whole. A need that is not filled has nobody."""

    sent: Flags
    filled: Flags

    def unfilled(self, ground: Ground) -> int:
        """Places of the needs that are not filled."""
        return int(ground.size[~self.filled].sum())

    def loads(self, ground: Ground) -> Numbers:
        """What each person bears with the teams given."""
        loads: Numbers = ground.load + self.sent.sum(axis=1)
        return loads


def quick(ground: Ground, caps: Counts) -> Plan:
    """A plan in which nobody is in more than `caps` teams; it may leave needs unfilled that could be filled."""
    shape = ground.open.shape
    free, sent, filled = ground.open.copy(), np.zeros(shape, np.bool_), np.zeros(shape[1], np.bool_)
    left, loads = caps.copy(), ground.load.copy()
    value = _scarcity(ground)
    for need in _scarcest_first(ground):
        able = np.flatnonzero(free[:, need] & (left > 0))
        team = _team(ground, need, able, loads[able] + 0.1 * value[able])
        if team is None:
            continue
        sent[team, need], filled[need] = True, True
        left[team] -= 1
        loads[team] += 1
        free[team] &= ~ground.overlaps[need]
    return Plan(sent, filled)


def _scarcity(ground: Ground) -> Numbers:
    """How much is lost with a person who is spent on a place that anybody could take."""
    there = np.maximum(ground.meets.sum(axis=1), 1)
    weight = np.minimum(ground.asked.sum(axis=1) / there, 5.0)
    value: Numbers = ground.meets.T @ weight
    return value


def _scarcest_first(ground: Ground) -> list[int]:
    able = ground.meets.astype(np.float64) @ ground.open.astype(np.float64)
    per_demand = np.where(ground.asked > 0, able / np.maximum(ground.asked, 1), np.inf)
    per_place = ground.open.sum(axis=0) / np.maximum(ground.size, 1)
    scarce = np.minimum(per_demand.min(axis=0, initial=np.inf), per_place)
    return np.argsort(scarce, kind="stable").tolist()


def _team(ground: Ground, need: int, able: Counts, cost: Numbers) -> Counts | None:
    if not ground.plain:
        return None
    demands = np.flatnonzero(ground.asked[:, need])
    asked, places = ground.asked[demands, need], int(ground.size[need])
    for among, worth in (
        (_first(ground, demands, able, cost, places), BY_LOAD),
        (None, BY_LOAD),
        (None, BY_DEMAND),
    ):
        people, its_cost = (able, cost) if among is None else (able[among], cost[among])
        chosen = _chosen(ground.meets[np.ix_(demands, people)], asked, its_cost, places, worth)
        if chosen is not None:
            return people[chosen]
    return None


def _first(ground: Ground, demands: Counts, able: Counts, cost: Numbers, places: int) -> Counts:
    """The cheapest, and the cheapest who meet each demand: nearly always a team is found among them."""
    order = np.argsort(cost, kind="stable")
    parts = [order[: 2 * places]]
    parts += [order[ground.meets[demand, able[order]]][: 2 * places] for demand in demands]
    return np.unique(np.concatenate(parts))


def nobody_would_do(ground: Ground, need: int) -> bool:
    """Whether a need of no places is met by nobody: it demands nothing."""
    asked = ground.needs[need]
    return not (ground.asked[:, need].any() or asked.pinned or asked.least_units)


def _chosen(meets: Flags, asked: Counts, cost: Numbers, places: int, worth: float) -> list[int] | None:
    """Positions of the members, one after the other; once as many places as a demand are left, only who meets it."""
    left, cost, chosen = asked.copy(), cost.copy(), list[int]()
    for taken in range(places):
        unmet, seats = left > 0, places - taken
        if not unmet.any():
            rest = np.argsort(cost, kind="stable")[:seats]
            return [*chosen, *rest.tolist()] if np.isfinite(cost[rest]).all() and len(rest) == seats else None
        fits = meets[left >= seats].all(axis=0) & meets[unmet].any(axis=0) & np.isfinite(cost)
        if not fits.any() or (left > seats).any():
            return None
        score = np.where(fits, cost - worth * meets[unmet].sum(axis=0), np.inf)
        best = int(score.argmin())
        chosen.append(best)
        cost[best] = np.inf
        left = left - meets[:, best]
    return None if (left > 0).any() else chosen
