"""The writes of deciding a zone plan: it is applied for, and the ledger takes it over once the engine has settled it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from xiezuo.accounts.api import PRODUCT_ITSELF, Actor, as_the_product
from xiezuo.approvals.api import Approval, number_of
from xiezuo.approvals.states import ApprovalState, Verb
from xiezuo.audit.api import Act
from xiezuo.organisation.api import ledger_changed
from xiezuo.rules.api import apply_for
from xiezuo.shared.errors import refuse_if
from xiezuo.zones.models import Plan
from xiezuo.zones.plans import policies
from xiezuo.zones.plans.events import plan_consultation_ended, plan_decided
from xiezuo.zones.plans.ledger_operations import Applied, apply_scheme
from xiezuo.zones.plans.record_operations import grown, hold, must_be_shown, note
from xiezuo.zones.queries.plans import before_of, people_concerned, scheme_of, units_concerned
from xiezuo.zones.queries.weighing import against_application, against_decision
from xiezuo.zones.states import PlanStage, PlanVerb

KIND = "zone_plan"
SUBJECT = "zones.plan"
RULE = "N04"


@dataclass(frozen=True)
class AskedPlan:
    """What is applied for: which meeting is to decide, under which document number, resting on what."""

    meeting: str
    document_no: str = ""
    basis: str = ""


@transaction.atomic
def apply_for_plan(*, plan: Plan, asked: AskedPlan, key: UUID, by: Actor, now: datetime) -> Plan:
    """Apply for the decision on a plan; its content is frozen meanwhile. The same form posted again does nothing.

    Raises `Refused` with everything that stands against it: rules, consultation, days, the ledger.
    """
    must_be_shown(plan)
    with as_the_product():
        grown(plan.commission)
        held = hold(plan)
        refuse_if(policies.may_draw(by, held.commission_id))
        if held.asked_key == key:
            return held
        refuse_if(policies.against_asked(held, asked.meeting))
        refuse_if(against_application(held, timezone.localdate(now)))
        _send(held, asked, key)
        concerned = units_concerned(before_of(held), scheme_of(held))
    approval = apply_for(
        kind=KIND, rule=RULE, subject=(SUBJECT, held.pk), title=title_of(held), commission=held.commission,
        unit=held.unit_id, told=concerned, key=key, by=by, now=now,
    )  # fmt: skip
    with as_the_product():
        Plan.objects.filter(pk=held.pk).update(approval=approval.pk)
        held.approval = approval.pk
    note(Act.PLAN_SENT, held, {"starts": held.starts, "approval": approval.pk}, by=by, now=now)
    plan_consultation_ended.publish(commission=held.commission_id, plan=held.pk, now=now)
    return held


def _send(held: Plan, asked: AskedPlan, key: UUID) -> None:
    held.asked_meeting, held.asked_document_no = asked.meeting.strip(), asked.document_no.strip()
    held.asked_basis, held.asked_key = asked.basis.strip(), key
    held.stage, held.waits, held.frozen = PlanStage.REVIEW, True, True
    held.save()


def title_of(plan: Plan) -> str:
    """The title of the application, in the language of the ledger: which plan, and from when it shall hold."""
    return f"《{plan.name.strip('《》')}》自{plan.starts.isoformat()}起施行"


def follow_move(*, approval: Approval, verb: Verb, now: datetime, **_more: object) -> None:
    """The content opens while the application is with its applicant; submitted again, it is weighed anew and frozen."""
    if approval.kind != KIND or verb not in (Verb.RETURN, Verb.RESUBMIT):
        return
    with as_the_product():
        grown(approval.commission)
        held = hold(Plan(pk=approval.subject_id))
        if held.stage != PlanStage.REVIEW:
            return
        if verb == Verb.RESUBMIT:
            refuse_if(against_application(held, timezone.localdate(now)))
        held.frozen = approval.state != ApprovalState.RETURNED
        held.save(update_fields=["frozen"])


def follow_settlement(*, approval: Approval, now: datetime) -> None:
    """What was decided becomes the ledger in the transaction of the decision; what cannot, refuses the decision."""
    if approval.kind != KIND:
        return
    with as_the_product():
        grown(approval.commission)
        held = hold(Plan(pk=approval.subject_id))
        told: dict[str, object] = {"approval": approval.pk, "state": approval.state}
        if approval.state == ApprovalState.APPROVED:
            told |= _take_effect(held, approval, now).told()
        else:
            _not_passed(held)
        note(Act.PLAN_DECIDED, held, told, by=PRODUCT_ITSELF, now=now)


def _not_passed(held: Plan) -> None:
    held.stage, held.waits, held.frozen = PlanStage.CONSULTATION, False, False
    held.save(update_fields=["stage", "waits", "frozen"])


def _take_effect(held: Plan, approval: Approval, now: datetime) -> Applied:
    refuse_if(policies.against_verb(held, PlanVerb.DECIDE))
    today = timezone.localdate(now)
    refuse_if(against_decision(held, today))
    scheme = scheme_of(held)
    before = before_of(held)
    concerned = units_concerned(before, scheme)
    basis = basis_of(held, number_of(approval))
    applied = apply_scheme(commission=held.commission, scheme=scheme, starts=held.starts, basis=basis, now=now)  # fmt: skip
    held.stage, held.decided_on, held.waits, held.frozen = PlanStage.DECIDED, today, False, False
    held.save(update_fields=["stage", "decided_on", "waits", "frozen"])
    ledger_changed.publish(commission=held.commission_id, now=now)
    plan_decided.publish(
        commission=held.commission_id, plan=held.pk, number=held.number, starts=held.starts, units=concerned,
        people=people_concerned(before, scheme), now=now,
    )  # fmt: skip
    return applied


def basis_of(plan: Plan, number: str) -> str:
    """What the facts of a decided plan rest on: meeting, document number, basis and number of the application."""
    return "；".join(filter(None, (plan.asked_meeting, plan.asked_document_no, plan.asked_basis, number)))
