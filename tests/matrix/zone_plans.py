"""Zone plans in the matrix's world: one that holds, drafts on which single units are asked, one on which two are asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests import factories as made
from tests.matrix.canaries import Kind
from xiezuo.rules.models import WorkRule
from xiezuo.shared import clock
from xiezuo.shared.periods import OPEN
from xiezuo.zones.models import Plan, PlanConsultation, PlanOpinion, PlanVersion
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import PlannedZone, Scheme

UNITS = ("U1", "U2", "U3")
TODAY = clock.today()
Mark = Callable[..., str]


def furnish(county: Any, mark: Mark) -> None:
    """Add to a county of the world; `mark` gives its canaries."""
    WorkRule.objects.create(
        commission=county.commission, known_from=made.KNOWN, kind="内部事项", code="N04", name=mark(Kind.STRUCTURE),
        approvers=["书记"], decide_days=3, badge="本地默认", starts=made.BEGINNING, ends=OPEN,
    )  # fmt: skip
    ledger = scheme_on(county.commission, TODAY)
    county.things["zone plan held"] = _held(county, mark, ledger)
    for number, unit in enumerate(UNITS):
        county.things[f"zone plan {unit}"] = asked = _drafted(county, mark, ledger, 10 + number, (unit,))
        county.things[f"zone plan ready {unit}"] = _drafted(
            county, mark, ledger, 20 + number, (unit,), answered=True
        )
        county.things[f"zone opinion {unit}"] = _opinion(county, mark, asked, unit)
    both = county.things["zone plan of two"] = _drafted(county, mark, ledger, 30, ("U1", "U3"))
    for unit in ("U1", "U3"):
        _opinion(county, mark, both, unit)


def _plan(county: Any, number: int, content: Scheme, **more: Any) -> Plan:
    plan = Plan.objects.create(
        commission=county.commission, number=number, content=content.in_order().as_json(), begun_by="made", begun_at=clock.now(),
        key=uuid4(), **more,
    )  # fmt: skip
    PlanVersion.objects.create(plan=plan, version=1, content=plan.content, by="made", at=clock.now())
    return plan


def _held(county: Any, mark: Mark, ledger: Scheme) -> Plan:
    return _plan(
        county, 1, ledger, name=mark(Kind.STRUCTURE), why=mark(Kind.STRUCTURE), stage="已决定", starts=made.BEGINNING, filed=True,
        decided_on=made.BEGINNING, asked_meeting=mark(Kind.STRUCTURE), asked_document_no=mark(Kind.STRUCTURE),
        asked_basis=mark(Kind.STRUCTURE),
    )  # fmt: skip


def _drafted(
    county: Any, mark: Mark, ledger: Scheme, number: int, units: tuple[str, ...], *, answered: bool = False
) -> Plan:
    """A draft on which these units are asked: a zone of a name of its own, and nobody who would have left by its day."""
    zone = next(each for each in ledger.zones if each.code.endswith("E1"))
    named = PlannedZone(
        zone.code, mark(Kind.ZONE_PLANS, *units, words="乡镇"), zone.level, zone.kind, zone.parent
    )
    content = Scheme(ledger.zones, ledger.members).with_zone(named)
    plan = _plan(
        county, number, content, name=mark(Kind.ZONE_PLANS, *units), why=mark(Kind.ZONE_PLANS, *units), stage="征求意见",
        consulted_on=TODAY, invited=[county.units[unit].pk for unit in units], starts=TODAY + timedelta(days=20 + number),
    )  # fmt: skip
    for unit in units:
        PlanConsultation.objects.create(
            plan=plan, unit=county.units[unit], opened_on=TODAY, last_day=TODAY + timedelta(days=9),
            answered_on=TODAY if answered else None,
        )  # fmt: skip
    return plan


def _opinion(county: Any, mark: Mark, plan: Plan, unit: str) -> PlanOpinion:
    return PlanOpinion.objects.create(
        plan=plan, unit=county.units[unit], text=mark(Kind.ZONE_PLANS, unit), entered_by=0, entered_at=clock.now(),
        paper_no=mark(Kind.ZONE_PLANS, unit), paper_on=TODAY, key=uuid4(),
    )  # fmt: skip
