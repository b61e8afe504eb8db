"""The writes of drafting a zone plan: it is begun, saved, described, given up; or entered when it was decided before.

Each act upon the plans of a commission first grows its ledger, which locks it: acts that weigh one plan against
another, or against the ledger, come one after the other.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act
from xiezuo.organisation.api import Commission, units_offered
from xiezuo.shared.errors import BadInput, Reason, refuse_if
from xiezuo.shared.lists import listed
from xiezuo.zones.models import Plan
from xiezuo.zones.plans import policies
from xiezuo.zones.plans.application_operations import AskedPlan, apply_for_plan
from xiezuo.zones.plans.events import plan_consultation_ended
from xiezuo.zones.plans.record_operations import for_editing, grown, hold, keep_version, must_be_seen, note
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import Scheme, difference
from xiezuo.zones.states import PlanKind, PlanStage

__all__ = [
    "AskedPlan", "apply_for_plan", "begin_plan", "describe_plan", "drop_plan", "file_plan", "keep_wishes", "save_plan",
]  # fmt: skip


@transaction.atomic
def begin_plan(
    *, commission: Commission, name: str, why: str = "", kind: str = PlanKind.WHOLE, starts: date,
    unit: int | None = None, content: Scheme, key: UUID, by: Actor, now: datetime,
) -> Plan:  # fmt: skip
    """Begin to draft a plan with a content of any source. The same form posted again gives the same plan.

    Raises `Refused` for who draws no zones of the commission, a day that has passed or a content that makes no sense.
    """
    refuse_if(policies.may_draw(by, commission.pk))
    today = timezone.localdate(now)
    refuse_if([*policies.against_starting(name, starts, today), *policies.against_content(content)])
    if kind not in PlanKind.values:
        raise BadInput(_("Unknown kind of plan: “%(found)s”.") % {"found": kind})
    with as_the_product():
        grown(commission)
        if earlier := Plan.objects.filter(key=key).first():
            return earlier
        _must_know_units(commission, content, unit)
        plan = Plan.objects.create(
            commission=commission, number=_next_number(commission), name=name.strip(), why=why.strip(), kind=kind,
            content=content.in_order().as_json(), unit_id=unit, starts=starts, begun_by=by.name, begun_at=now, key=key,
        )  # fmt: skip
        keep_version(plan, by, now)
    note(Act.PLAN_BEGUN, plan, {"name": plan.name, "kind": kind, "starts": starts}, by=by, now=now)
    return plan


def _must_know_units(commission: Commission, content: Scheme, unit: int | None = None) -> None:
    known = {offered.unit for offered in units_offered(commission)}
    named = {*(each.unit for each in content.members), *([unit] if unit is not None else [])}
    if strange := sorted(named - known):
        words = _("The plan names units that are not of this commission: %(found)s.")
        raise BadInput(words % {"found": listed(map(str, strange))})


def _next_number(commission: Commission) -> int:
    last: int | None = Plan.objects.filter(commission=commission).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def save_plan(*, plan: Plan, content: Scheme, seen: int, by: Actor, now: datetime) -> Plan:
    """Put a whole content in the place of the plan's. `seen` is the version that the form showed.

    Of two who save, the second is told what the first changed (`MovedOn`, "plan-moved-on") and nothing is lost.
    """
    refuse_if(policies.against_content(content))
    with as_the_product():
        held = for_editing(plan, by)
        _must_know_units(held.commission, content)
        before, after = Scheme.from_json(held.content), content.in_order()
        if before == after:
            return held
        must_be_seen(held, seen)
        _write(held, by, now, content=after.as_json())
    changed = difference(before, after)
    note(Act.PLAN_SAVED, held, {"units": len(changed.moved), "zones": len(changed.opened) + len(changed.closed)}, by=by, now=now)  # fmt: skip
    return held


def _write(held: Plan, by: Actor, now: datetime, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*changes, "version"])
    keep_version(held, by, now)


@transaction.atomic
def describe_plan(
    *, plan: Plan, name: str, why: str, starts: date, seen: int, by: Actor, now: datetime
) -> Plan:
    """Change what a plan is called, why it is drafted and from when it shall hold. Raises `Refused`."""
    refuse_if(policies.against_starting(name, starts, timezone.localdate(now)))
    with as_the_product():
        held = for_editing(plan, by)
        told = {"name": name.strip(), "why": why.strip(), "starts": starts}
        if all(getattr(held, field) == value for field, value in told.items()):
            return held
        must_be_seen(held, seen)
        _write(held, by, now, **told)
    note(Act.PLAN_SAVED, held, {"name": held.name, "starts": starts}, by=by, now=now)
    return held


@transaction.atomic
def keep_wishes(*, plan: Plan, wishes: Mapping[str, Any], seen: int, by: Actor, now: datetime) -> Plan:
    """Keep what proposals for the plan must keep: fixed places, barred pairs, units together. Raises `Refused`."""
    with as_the_product():
        held = for_editing(plan, by)
        if held.wishes == dict(wishes):
            return held
        must_be_seen(held, seen)
        _write(held, by, now, wishes=dict(wishes))
    note(Act.PLAN_SAVED, held, {"wishes": sorted(wishes)}, by=by, now=now)
    return held


@transaction.atomic
def drop_plan(*, plan: Plan, reason: str, by: Actor, now: datetime) -> Plan:
    """Give a plan up, with a reason; what holds goes on holding. Raises `Refused`."""
    with as_the_product():
        grown(plan.commission)
        held = hold(plan)
        refuse_if(policies.may_draw(by, held.commission_id))
        refuse_if(policies.against_dropping(held, reason))
        held.stage, held.dropped_because = PlanStage.DROPPED, reason.strip()
        held.save(update_fields=["stage", "dropped_because"])
    note(Act.PLAN_DROPPED, held, {"reason": reason.strip()}, by=by, now=now)
    plan_consultation_ended.publish(commission=held.commission_id, plan=held.pk, now=now)
    return held


@transaction.atomic
def file_plan(
    *, commission: Commission, name: str, why: str = "", content: Scheme | None = None, starts: date, meeting: str = "",
    document_no: str = "", basis: str = "", key: UUID, by: Actor, now: datetime,
) -> Plan:  # fmt: skip
    """Enter a decision that was taken before the product was there. Its content is the ledger of its first day.

    It changes nothing in the ledger. Raises `Refused` where `content` is given and the ledger of the day says otherwise,
    for a day ahead, and where another plan begins on the day.
    """
    refuse_if(policies.may_enter(by, commission.pk))
    with as_the_product():
        grown(commission)
        if earlier := Plan.objects.filter(key=key).first():
            return earlier
        ledger = scheme_on(commission, starts)
        refuse_if(_against_filing(commission, name, starts, ledger, content, timezone.localdate(now)))
        plan = Plan.objects.create(
            commission=commission, number=_next_number(commission), name=name.strip(), why=why.strip(),
            stage=PlanStage.DECIDED, content=ledger.as_json(), starts=starts, decided_on=starts, filed=True,
            asked_meeting=meeting.strip(), asked_document_no=document_no.strip(), asked_basis=basis.strip(),
            begun_by=by.name, begun_at=now, key=key,
        )  # fmt: skip
        keep_version(plan, by, now)
    note(
        Act.PLAN_FILED,
        plan,
        {"name": plan.name, "starts": starts, "document_no": document_no},
        by=by,
        now=now,
    )
    return plan


def _against_filing(  # noqa: PLR0917 - what is weighed against each other
    commission: Commission, name: str, starts: date, ledger: Scheme, content: Scheme | None, today: date
) -> list[Reason]:
    found = [] if name.strip() else [Reason("name", _("The plan has no name; expected a few words."))]
    if starts > today:
        words = _("The first day %(day)s lies ahead; expected a day up to today (%(today)s). A plan that shall hold later is drafted.")  # fmt: skip
        found.append(Reason("starts", words % {"day": starts, "today": today}))
    if not ledger.zones:
        found.append(Reason("no-ledger", _("The ledger knows no zone on %(day)s; load its book first.") % {"day": starts}))  # fmt: skip
    if content is not None and difference(ledger, content):
        found.append(Reason("not-the-ledger", _("The ledger of %(day)s says otherwise than this plan; correct the ledger first.") % {"day": starts}))  # fmt: skip
    if Plan.objects.filter(commission=commission, starts=starts, stage=PlanStage.DECIDED).exists():
        found.append(
            Reason("same-day", _("Another plan that was decided begins on %(day)s.") % {"day": starts})
        )
    return found
