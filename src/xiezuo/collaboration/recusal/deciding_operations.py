"""Decisions on recusal: by the right person within a working day, access cut at once, refusals kept.

Lock order: the approval where a signer drops out, then the request, then the question and members.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import PRODUCT_ITSELF, Actor, as_the_product
from xiezuo.approvals.api import Approval, Party, course_of, recuse_by_decision
from xiezuo.approvals.states import ApprovalState
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.events import override_asked, override_refused, recusal_decided, recusal_raised
from xiezuo.collaboration.models import Member, Recusal, RecusalGround, Request
from xiezuo.collaboration.queries.recusal import accounts_of, ladder_of, overrider_of, recusal_shown
from xiezuo.collaboration.recusal.policies import (
    against_saying,
    may_ask_override,
    may_decide,
    may_override,
    may_refuse_override,
    on_paper_for_upper,
)
from xiezuo.collaboration.requests.access_operations import cut
from xiezuo.collaboration.requests.moving_operations import held_by_product
from xiezuo.collaboration.states import MemberState, RecusalDecision, WhyLeft
from xiezuo.collaboration.teams.joining_operations import join_if_clear, leave
from xiezuo.rules.api import calendar_of
from xiezuo.shared.errors import refuse, refuse_if


@transaction.atomic
def decide_recusal(
    *, recusal: Recusal, recused: bool, said: str, paper_no: str = "", sure: bool = False, by: Actor, now: datetime
) -> Recusal:  # fmt: skip
    """Decide a question; `said` is for the decider alone. Recused: out of the team and of everything that could be read.

    Not recused: the rights are back, and who was chosen and has declared joins. Raises `Refused`, `NotThere`.
    """
    shown = recusal_shown(recusal.pk)
    refuse_if(may_decide(by, shown))
    if recused:
        _drop_out_of_approval(shown, by, now)
    row = _held(shown)
    refuse_if(may_decide(by, row))
    on_paper = on_paper_for_upper(by, row.request.commission_id)
    refuse_if(against_saying(said, sure=sure, paper_no=paper_no, on_paper=on_paper))
    row.decision = RecusalDecision.RECUSED if recused else RecusalDecision.REFUSED
    row.decided_by, row.decided_at = by.user_id, now
    words = f"{paper_no.strip()} {said.strip()}".strip()
    with as_the_product():
        row.save(update_fields=["decision", "decided_by", "decided_at"])
        RecusalGround.objects.filter(recusal=row).update(decision_said=words)
    _follow(row, by, now)
    _note(Act.RECUSAL_DECIDED, row, by, now)
    recusal_decided.publish(recusal=row, by=by, now=now)
    return row


def _held(recusal: Recusal) -> Recusal:
    request = held_by_product(recusal.request_id)
    with as_the_product():
        row = Recusal.objects.select_for_update().get(pk=recusal.pk)
    row.request = request
    return row


def _follow(row: Recusal, by: Actor, now: datetime) -> None:
    """What a decision means for a member and for what the person may read."""
    with as_the_product():
        rows = Member.objects.select_for_update(of=("self",)).select_related("request__commission")
        member = (
            rows.filter(request=row.request_id, person=row.person_id).exclude(state=MemberState.LEFT).first()
        )
        accounts = accounts_of(row.person_id, row.request.commission_id)
    if row.decision == RecusalDecision.RECUSED:
        if member is not None:
            leave(member, WhyLeft.RECUSED, by=by, now=now)
        for account in accounts:
            cut(row.request, account, now)
    elif member is not None:
        join_if_clear(member, by=by, now=now)


def _drop_out_of_approval(row: Recusal, by: Actor, now: datetime) -> None:
    """A signer who must stand out signs nothing of this request any more; the engine asks whoever comes next."""
    with as_the_product():
        request = Request.objects.select_related("commission").get(pk=row.request_id)
        approval = Approval.objects.filter(pk=request.approval or 0, state=ApprovalState.PENDING).first()
        seats = list(course_of(approval).seats()) if approval else []
        after = calendar_of(request.commission).after
    whom = Party(row.account, row.person_id)
    if approval is not None and any(seat.party.same_as(whom) for _number, _place, seat in seats):
        recuse_by_decision(approval=approval, whom=whom, after=after, by=by, now=now)


@transaction.atomic
def ask_override(*, recusal: Recusal, said: str, sure: bool = False, by: Actor, now: datetime) -> Recusal:
    """Ask the secretary to let somebody take part all the same; `said` is what the work needs, and says nothing of the ground.

    The recusal stands until the secretary says otherwise. The same again changes nothing. Raises `Refused`, `NotThere`.
    """
    row = _held(recusal_shown(recusal.pk))
    refuse_if(may_ask_override(by, row, row.request))
    refuse_if(against_saying(said, sure=sure))
    with as_the_product():
        named = overrider_of(row, row.request, by.user_id, timezone.localdate(now))
        if named is None:
            refuse("nobody", _("No secretary may decide this: it is for the upper commission, on paper."))
        if row.override_refused_at is not None:
            refuse("asked", _("The secretary has decided: the recusal stands."))
        if row.override_asked_of == named:
            if (row.override_asked_by, row.override_asked_said) == (by.user_id, said.strip()):
                return row
            refuse("asked", _("This was asked already; the secretary has not decided."))
        row.override_asked_by, row.override_asked_of = by.user_id, named
        row.override_asked_at, row.override_asked_said = now, said.strip()
        row.save(update_fields=["override_asked_by", "override_asked_of", "override_asked_at", "override_asked_said"])  # fmt: skip
    _note(Act.OVERRIDE_ASKED, row, by, now)
    override_asked.publish(recusal=row, by=by, now=now)
    return row


@transaction.atomic
def override_recusal(*, recusal: Recusal, said: str, sure: bool = False, by: Actor, now: datetime) -> Recusal:
    """Let somebody take part all the same: the secretary, neither who decided or raised it nor the person, with a reason.

    The person may then be chosen again; what was decided before stays to be read. Raises `Refused`, `NotThere`.
    """
    row = _held(recusal_shown(recusal.pk))
    refuse_if(may_override(by, row, row.request.commission_id))
    refuse_if(against_saying(said, sure=sure))
    row.decision, row.overridden_by, row.overridden_at = RecusalDecision.OVERRIDDEN, by.user_id, now
    with as_the_product():
        row.save(update_fields=["decision", "overridden_by", "overridden_at"])
        RecusalGround.objects.filter(recusal=row).update(override_said=said.strip())
    _follow(row, by, now)
    _note(Act.RECUSAL_OVERRIDDEN, row, by, now)
    recusal_decided.publish(recusal=row, by=by, now=now)
    return row


@transaction.atomic
def refuse_override(*, recusal: Recusal, said: str, sure: bool = False, by: Actor, now: datetime) -> Recusal:
    """Let a recusal stand that the secretary was asked to set aside; the reason is kept beside the ground, for deciders alone.

    Whoever asked is told that it stands. A second time changes nothing. Raises `Refused`, `NotThere`.
    """
    row = _held(recusal_shown(recusal.pk))
    refuse_if(may_refuse_override(by, row, row.request.commission_id))
    refuse_if(against_saying(said, sure=sure))
    if row.override_refused_at is not None:
        return row
    row.override_refused_at = now
    with as_the_product():
        row.save(update_fields=["override_refused_at"])
        RecusalGround.objects.filter(recusal=row).update(override_said=said.strip())
    _note(Act.OVERRIDE_REFUSED, row, by, now)
    override_refused.publish(recusal=row, by=by, now=now)
    return row


@transaction.atomic
def escalate_recusals(*, now: datetime) -> int:
    """Questions not decided within their day go to the next decider: head, secretary, upper commission; how many went.

    For the daily round. The original day never changes; for each working day past it the question goes one rung up.
    """
    today = timezone.localdate(now)
    with as_the_product():
        late = Recusal.objects.filter(decision=RecusalDecision.OPEN, due_on__lt=today).order_by(
            "request_id", "pk"
        )
        found = list(late)
    return sum(_escalate(row, today, now) for row in found)


def _escalate(recusal: Recusal, today: date, now: datetime) -> bool:
    row = _held(recusal)
    if row.decision != RecusalDecision.OPEN:
        return False
    with as_the_product():
        rungs = ladder_of(row.person_id, row.request, today)
        past = calendar_of(row.request.commission).between(row.due_on, today)
        wanted = rungs[min(max(past, 1), len(rungs) - 1)].account if rungs else row.decider
        if wanted == row.decider:
            return False
        row.decider = wanted
        row.save(update_fields=["decider"])
    _note(Act.RECUSAL_RAISED, row, PRODUCT_ITSELF, now)
    recusal_raised.publish(recusal=row, by=PRODUCT_ITSELF, now=now)
    return True


def _note(act: Act, row: Recusal, by: Actor, now: datetime) -> None:
    """The act in the journal: who, by which clause and what was decided; never the ground or the reason."""
    told = {"recusal": row.pk, "person": row.person_id, "clause": row.clause, "decision": row.decision}
    code, target = row.request.commission.code, f"request:{row.request_id}"
    record(act, by=by, at=now, commission_code=code, target=target, details=told)
