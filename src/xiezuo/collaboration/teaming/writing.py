"""Teams as a model for HiGHS: who goes where, written from arcs, and what its prices say about the arcs left out."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from xiezuo.collaboration.teaming.ground import Counts, Flags, Ground
from xiezuo.collaboration.teaming.quick import Plan
from xiezuo.shared.mip import Model, Numbers, Relaxed

INFINITE = float("inf")


@dataclass(frozen=True)
class Limits:
    """What a plan must keep: so many teams at most for each person, and so many places unfilled at most."""

    caps: Counts
    unfilled: int | None = None
    """None: leaving places unfilled is what the model makes least."""


@dataclass
class Written:
    """The model of some arcs: arc `at` sends `person[at]` to `need[at]` by variable `at`.

    `whether[need]` is the variable that says whether it is filled, -1 where it must be.
    """

    ground: Ground
    person: Counts
    need: Counts
    limits: Limits
    model: Model = field(default_factory=Model)
    whether: Counts = field(default_factory=lambda: np.zeros(0, np.int64))
    size_row: Counts = field(default_factory=lambda: np.zeros(0, np.int64))
    demand_row: Counts = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    person_row: Counts = field(default_factory=lambda: np.zeros(0, np.int64))
    clique_row: list[tuple[int, int, list[int]]] = field(default_factory=list)
    """Row, person, needs of which the person can have one."""

    def plan(self, values: Numbers) -> Plan:
        """The plan that whole values of the variables mean."""
        sent = np.zeros(self.ground.open.shape, np.bool_)
        chosen = values[: len(self.person)] > 0.5
        sent[self.person[chosen], self.need[chosen]] = True
        kept = self.whether < 0
        kept[~kept] = values[self.whether[~kept]] > 0.5
        return Plan(sent, kept)

    def values(self, plan: Plan) -> Numbers:
        """The variables of a plan, as a start."""
        found = np.zeros(len(self.model.costs))
        found[: len(self.person)] = plan.sent[self.person, self.need]
        asked = self.whether >= 0
        found[self.whether[asked]] = plan.filled[asked]
        return found
