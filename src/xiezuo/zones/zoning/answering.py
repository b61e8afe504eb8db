"""An instance answered: the engine that fits its size, the answer in its own ids and numbers, or the rules in conflict."""

import math
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from xiezuo.zones.zoning.at_once import at_once
from xiezuo.zones.zoning.exact import draw_small
from xiezuo.zones.zoning.instance import Instance, NoAnswer
from xiezuo.zones.zoning.instance_rules import Merged, conflict, every_rule, merge, seen_impossible
from xiezuo.zones.zoning.problem import Drawn, NoRoom, Numbers, Places

SMALL = 400
"""Up to so many arcs the exact model is asked at once, which spares loading what numba compiled."""
ROUNDS = 1_000_000
WORK = 0.7
"""Of the seconds so much is spent by counting, so that on a quiet machine the clock never decides what is found."""
USUAL = 1e-3, 1e6
"""Greatest costs and loads within these are solved as they are, others by a power of two times them, which is exact."""
FOR_CONFLICT = 1.0
"""So many seconds at least go into saying which rules are in conflict, once it is known that some are."""


@dataclass(frozen=True)
class Answer:
    """A division by positions of centres; `centres` are exactly as many as asked for. None costs less than `bound`."""

    centre_of: tuple[int, ...]
    centres: tuple[int, ...]
    cost: float
    bound: float
    seconds: float

    def document(self, instance: Instance) -> dict[str, Any]:
        """The document of docs/commands.md."""
        possible = instance.possible_centres
        gap = max(0.0, self.cost - self.bound) / max(abs(self.cost), 1e-12)
        return {
            "centres": [possible[at].code for at in self.centres],
            "assignment": {
                str(place.code): possible[at].code
                for place, at in zip(instance.places, self.centre_of, strict=True)
            },
            "objective": self.cost,
            "bound": self.bound,
            "gap": gap,
            "proven": gap == 0,
            "seconds": round(self.seconds, 3),
        }


def answer(instance: Instance, *, seconds: float = 10.0, seed: int = 0) -> Answer:
    """The cheapest division found within so many seconds. Raises `NoAnswer`.

    Loading and, the first time in an installation, compiling the search is not counted.
    """
    cost = _costs(instance)
    merged = merge(instance, cost, every_rule(instance))
    small = merged.asked.cost.size <= SMALL
    if not small:
        _load()
    begun = time.perf_counter()
    try:
        found, scale = _solved(merged, seconds, seed, small=small)
    except NoRoom as error:
        raise _why(instance, begun, seconds) from error
    counted = _counted(cost, centre_of := found.centre_of[merged.group_of])
    bound = counted if found.gap == 0 else min(counted, found.bound * scale)
    spent = time.perf_counter() - begun
    return Answer(tuple(centre_of.tolist()), _centres(instance, centre_of), counted, bound, spent)


def _costs(instance: Instance) -> Numbers:
    if instance.distance is not None:
        return np.array(instance.distance, np.float64).reshape(len(instance.places), -1)
    here = np.array([(each.x, each.y) for each in instance.places], np.float64)
    there = np.array([(each.x, each.y) for each in instance.possible_centres], np.float64)
    return np.hypot(here[:, None, 0] - there[None, :, 0], here[:, None, 1] - there[None, :, 1])


def _load() -> None:
    """Load the compiled loops, or compile them."""
    from xiezuo.zones.zoning.loading import load_compiled  # noqa: PLC0415 - numba is loaded only where it is needed

    load_compiled()


def _solved(merged: Merged, seconds: float, seed: int, *, small: bool) -> tuple[Drawn, float]:
    """The division, and what its costs are to be multiplied with. Raises `NoRoom`."""
    asked = merged.asked
    if merged.lost or seen_impossible(asked):
        raise NoRoom("the rules exclude each other", proven=True)
    cost_scale, load_scale = _scale(asked.cost), _scale(asked.load)
    scaled = replace(
        asked, cost=asked.cost / cost_scale, load=asked.load / load_scale, room=asked.room / load_scale
    )
    found = at_once(scaled)
    if found is None and small:
        found = draw_small(scaled, seconds=seconds)
    if found is None:
        from xiezuo.zones.zoning.districting import draw  # noqa: PLC0415 - numba is loaded only where it is needed

        found = draw(scaled, seed=seed, rounds=ROUNDS, seconds=seconds, work=WORK * seconds)
    return found, cost_scale


def _scale(numbers: Numbers) -> float:
    """A power of two that brings the greatest number near a thousand, or 1 where it is a usual one."""
    most = float(np.abs(numbers).max())
    return 1.0 if most == 0 or USUAL[0] <= most <= USUAL[1] else 2.0 ** round(math.log2(most / 1024))


def _why(instance: Instance, begun: float, seconds: float) -> NoAnswer:
    until = max(begun + seconds, time.perf_counter() + FOR_CONFLICT)
    rules, sure = conflict(instance, until=until)
    blamed = tuple(each.blamed(instance) for each in rules)
    return NoAnswer(blamed, minimal=bool(rules) and sure, seconds=time.perf_counter() - begun)


def _counted(cost: Numbers, centre_of: Places) -> float:
    """The total in the numbers of the instance itself."""
    return math.fsum(cost[np.arange(len(centre_of)), centre_of].tolist())


def _centres(instance: Instance, centre_of: Places) -> tuple[int, ...]:
    """Those that have places, and the first others if they are fewer than asked for."""
    used = np.unique(centre_of).tolist()
    idle = [at for at in range(len(instance.possible_centres)) if at not in set(used)]
    return tuple(sorted([*used, *idle[: instance.zones - len(used)]]))
