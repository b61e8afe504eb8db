"""The writes of questions for proposals: asked, being reckoned, told how far, answered, cancelled; and a plan begun from one."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.organisation.api import Commission
from xiezuo.shared.errors import NotThere, refuse_if
from xiezuo.zones.models import Plan, Proposals
from xiezuo.zones.plans.operations import begin_plan, keep_wishes, save_plan
from xiezuo.zones.proposals import policies
from xiezuo.zones.proposals.asking import Asked
from xiezuo.zones.queries.proposals import Case, case_on
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.states import ProposalState


@transaction.atomic
def ask_proposals(
    *,
    commission: Commission,
    on: date,
    asked: Asked,
    plan: Plan | None = None,
    key: UUID,
    by: Actor,
    now: datetime,
) -> Proposals:
    """Ask for proposals; a job answers. The same form posted again gives the same question.

    Asked for a plan, its wishes are kept with the plan. Raises `Refused` for who draws no zones, and for a question that
    no answer could be given to.
    """
    refuse_if(policies.may_draw(by, commission.pk))
    with as_the_product():
        if earlier := Proposals.objects.filter(key=key).first():
            return earlier
    case = case_on(commission, on)
    refuse_if(policies.against_asking(asked.wishes, asked.weights, asked.seconds, case.ground, case.today))
    if plan is not None:
        told = {**plan.wishes, **asked.plan_wishes()}
        keep_wishes(plan=plan, wishes=told, seen=plan.version, by=by, now=now)
    with as_the_product():
        made = Proposals.objects.create(
            commission=commission, plan=plan, day=on, asked=asked.as_json(), by=by.name, at=now, key=key
        )
    _note(Act.PROPOSALS_ASKED, made, {"on": on, "seconds": asked.seconds}, by=by, now=now)
    return made


def _note(act: Act, asked: Proposals, details: dict[str, Any], *, by: Actor, now: datetime) -> None:
    code = asked.commission.code
    record(act, by=by, at=now, commission_code=code, target=f"#{asked.pk}", details=details)


def _hold(number: int) -> Proposals:
    found = Proposals.objects.select_for_update(of=("self",)).select_related("commission").filter(pk=number)
    if (held := found.first()) is None:
        raise NotThere(_("There is no such question for proposals, or it is not for you."))
    return held


@transaction.atomic
def begin_reckoning(*, number: int, by: Actor, now: datetime) -> tuple[Proposals, Case] | None:
    """Say that a question is being reckoned, and read the case; None if there is nothing to do any more.

    That is so if it was cancelled before, is answered, or is being reckoned by another who is still heard of.
    """
    with as_the_product():
        held = _hold(number)
        waits = held.state == ProposalState.WAITING or policies.is_lost(held, now)
        if not waits or held.cancelled:
            return None
    refuse_if(policies.may_draw(by, held.commission_id))
    case = case_on(held.commission, held.day)
    with as_the_product():
        held.state, held.progress = (
            ProposalState.RUNNING,
            {"step": "ground", "done": 0, "of": 0, "at": now.isoformat()},
        )
        held.save(update_fields=["state", "progress"])
    return held, case


@transaction.atomic
def tell_progress(*, number: int, step: str, done: int, of: int, now: datetime) -> bool:
    """Say how far a question is, if it is still being reckoned; gives whether it shall go on."""
    told = {"step": step, "done": done, "of": of, "at": now.isoformat()}
    with as_the_product():
        going = Proposals.objects.filter(pk=number, state=ProposalState.RUNNING, cancelled=False)
        return bool(going.update(progress=told))


@transaction.atomic
def end_reckoning(
    *, number: int, state: ProposalState, result: dict[str, Any] | None, by: Actor, now: datetime
) -> None:
    """Keep the answer. A question that was cancelled meanwhile stays so."""
    with as_the_product():
        held = _hold(number)
        if held.state != ProposalState.RUNNING:
            return
        held.state = ProposalState.CANCELLED if held.cancelled else state
        held.result = None if held.cancelled else result
        held.ended_at = now
        held.save(update_fields=["state", "result", "ended_at"])
    _note(Act.PROPOSALS_ANSWERED, held, {"state": held.state}, by=by, now=now)


@transaction.atomic
def cancel_proposals(*, asked: Proposals, by: Actor, now: datetime) -> Proposals:
    """Want no more of a question: one that waits ends at once, one that is being reckoned as soon as it is heard."""
    refuse_if(policies.may_draw(by, asked.commission_id))
    with as_the_product():
        held = _hold(asked.pk)
        refuse_if(policies.against_cancelling(held))
        held.cancelled = True
        if held.state == ProposalState.WAITING or policies.is_lost(held, now):
            held.state, held.ended_at = ProposalState.CANCELLED, now
        held.save(update_fields=["cancelled", "state", "ended_at"])
    _note(Act.PROPOSALS_CANCELLED, held, {}, by=by, now=now)
    return held


@transaction.atomic
def begin_plan_from(
    *, asked: Proposals, number: int, name: str, starts: date, key: UUID, by: Actor, now: datetime
) -> Plan:
    """Begin a plan with the content of a proposal, counted from 1; the wishes of the question are kept with it."""
    refuse_if(policies.may_draw(by, asked.commission_id))
    refuse_if(policies.against_taking(asked, number))
    plan = begin_plan(
        commission=asked.commission,
        name=name,
        starts=starts,
        content=content_of(asked, number),
        key=key,
        by=by,
        now=now,
    )
    keep_wishes(
        plan=plan, wishes=Asked.from_json(asked.asked).plan_wishes(), seen=plan.version, by=by, now=now
    )
    return plan


@transaction.atomic
def put_into_plan(*, asked: Proposals, number: int, seen: int, by: Actor, now: datetime) -> Plan:
    """Put a proposal in the place of the content of the plan that it was asked for. Raises `Refused`."""
    refuse_if(policies.may_draw(by, asked.commission_id))
    refuse_if(policies.against_taking(asked, number))
    if asked.plan is None:
        raise NotThere(_("This question was not asked for a plan; begin a plan from the proposal."))
    return save_plan(plan=asked.plan, content=content_of(asked, number), seen=seen, by=by, now=now)


def content_of(asked: Proposals, number: int) -> Scheme:
    """The scheme of a proposal, counted from 1."""
    return Scheme.from_json((asked.result or {})["proposals"][number - 1]["scheme"])
