"""Where a zone plan stands on a day: what follows from its stage, its first day and the plans after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import pgettext_lazy

from xiezuo.shared.periods import OPEN
from xiezuo.zones.states import PlanStage

if TYPE_CHECKING:
    from xiezuo.zones.models import Plan


class PlanStanding(models.TextChoices):
    """The one word for a plan on a day: of a decided one what holds, of any other how far it has come."""

    DRAFT = "起草", pgettext_lazy("plan", "draft")
    CONSULTATION = "征求意见", pgettext_lazy("plan", "consultation")
    REVIEW = "审定", pgettext_lazy("plan", "being decided")
    AHEAD = "待施行", pgettext_lazy("plan", "ahead")
    IN_FORCE = "现行", pgettext_lazy("plan", "in force")
    SUPERSEDED = "已被取代", pgettext_lazy("plan", "superseded")
    DROPPED = "已放弃", pgettext_lazy("plan", "given up")


@dataclass(frozen=True)
class Reign:
    """The days `[starts, ends)` on which one decided plan holds; `ends` is the first day of the next, or open."""

    plan: "Plan"
    starts: date
    ends: date

    def standing(self, on: date) -> PlanStanding:
        """Whether the plan is ahead, in force or superseded on a day."""
        if on < self.starts:
            return PlanStanding.AHEAD
        return PlanStanding.IN_FORCE if on < self.ends else PlanStanding.SUPERSEDED


def reigns(plans: "Iterable[Plan]") -> list[Reign]:
    """The decided ones of the plans, one after the other without a gap; the last holds until another is decided."""
    decided = sorted(
        (each for each in plans if each.stage == PlanStage.DECIDED), key=lambda each: each.starts
    )
    ends = [*(each.starts for each in decided[1:]), OPEN]
    return [Reign(plan, plan.starts, end) for plan, end in zip(decided, ends, strict=bool(decided))]


def reign_on(found: Sequence[Reign], on: date) -> Reign | None:
    """The one that holds on a day: none before the first plan, exactly one from its first day on."""
    return next((each for each in found if each.starts <= on < each.ends), None)


def standing_of(plan: "Plan", found: Sequence[Reign], on: date) -> PlanStanding:
    """The word for a plan on a day; `found` are the reigns of the decided plans."""
    if plan.stage != PlanStage.DECIDED:
        return PlanStanding(plan.stage)
    return next(each for each in found if each.plan.pk == plan.pk).standing(on)
