"""The door for questions from outside: read, then answered. Loads no solver before something is asked."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from xiezuo.collaboration.teaming.instance import Expected, Instance, read
from xiezuo.shared.instances import BadInstance, Document, Fault

if TYPE_CHECKING:
    from xiezuo.collaboration.teaming.problem import Goals

__all__ = ["BadInstance", "Document", "Expected", "Fault", "Instance", "propose_for", "read"]


def propose_for(instance: Instance, *, seconds: float, seed: int) -> dict[str, Any]:
    """The document of `xiezuo teams propose --instance`, as docs/commands.md has it."""
    from xiezuo.collaboration.teaming.problem import Weights  # noqa: PLC0415 - as below
    from xiezuo.collaboration.teaming.proposing import propose  # noqa: PLC0415 - a wrong question needs no solver

    begun = time.perf_counter()
    nothing = Weights(part_time=0, travel=0, same_unit=0, change=0)
    found = propose(instance.people, instance.needs, seconds=seconds, seed=seed, weights=nothing)
    asked = [need.id for need in instance.needs]
    goals = _numbers(found.goals)
    return {
        "teams": {
            need: [instance.written[each] for each in found.teams[need]]
            for need in asked
            if need in found.teams
        },
        "unfilled": {need: found.unfilled[need] for need in asked if need in found.unfilled},
        "max_load": goals[1],
        "objective": goals,
        "bound": _numbers(found.bound),
        "proven": found.proven,
        "excluded": _excluded(asked, found.excluded),
        "seconds": round(time.perf_counter() - begun, 3),
    }


def _excluded(asked: list[str], excluded: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {need: dict(excluded[need]) for need in asked}


def _numbers(goals: "Goals") -> list[float]:
    """Whole numbers as such."""
    found: tuple[float, ...] = (goals.unfilled, goals.max_load, goals.squares)
    return [int(each) if float(each).is_integer() else each for each in found]
