"""How members come in and go: after a declaration without ties or a decision, by the end of a loan, with the request.

What a member may read of the request begins with joining and ends with the membership, by itself.
"""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from xiezuo.accounts.api import PRODUCT_ITSELF, Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.events import member_changed
from xiezuo.collaboration.models import Declaration, Lent, Member, Recusal, Request
from xiezuo.collaboration.queries.recusal import accounts_of
from xiezuo.collaboration.requests.access_operations import cut, let_read
from xiezuo.collaboration.requests.moving_operations import held_by_product
from xiezuo.collaboration.states import MemberState, RecusalDecision, RequestVerb, WhyLeft

MEMBER = "member"
DAY = timedelta(days=1)
BACK = (RecusalDecision.REFUSED, RecusalDecision.OVERRIDDEN)
"""Decisions after which somebody may take part."""


def join_if_clear(member: Member, *, by: Actor, now: datetime) -> Member:
    """Let a chosen member in whose declaration was answered and who need not stand out; else leave them as they are."""
    with as_the_product():
        if member.state != MemberState.CHOSEN or not _is_clear(member):
            return member
        member.state, member.joined_at = MemberState.JOINED, now
        member.save(update_fields=["state", "joined_at"])
        accounts = accounts_of(member.person_id, member.request.commission_id)
    let_read(member.request, accounts, MEMBER, timezone.localdate(now), member.ends)
    _tell(member, by, now)
    return member


def _is_clear(member: Member) -> bool:
    """Answered; and of the questions about the person the latest was decided so that they may take part."""
    answered = Declaration.objects.filter(request=member.request_id, person=member.person_id, answered_at__isnull=False)  # fmt: skip
    latest = (
        Recusal.objects.filter(request=member.request_id, person=member.person_id).order_by("-pk").first()
    )
    return answered.exists() and (latest is None or latest.decision in BACK)


def leave(member: Member, why: WhyLeft, *, by: Actor, now: datetime, on: date | None = None) -> None:
    """Let a held member go, and end at once what they may read as a member. `on` is the first day without them."""
    member.state, member.why_left, member.left_on = MemberState.LEFT, why, on or timezone.localdate(now)
    with as_the_product():
        member.save(update_fields=["state", "why_left", "left_on"])
        accounts = accounts_of(member.person_id, member.request.commission_id)
    for account in accounts:
        cut(member.request, account, now, MEMBER)
    _tell(member, by, now)


def _tell(member: Member, by: Actor, now: datetime) -> None:
    told = {"person": member.person_id, "state": member.state, "why": member.why_left}
    code, target = member.request.commission.code, f"request:{member.request_id}"
    record(Act.TEAM_CHANGED, by=by, at=now, commission_code=code, target=target, details=told)
    member_changed.publish(member=member, by=by, now=now)


@transaction.atomic
def leave_with_loans(*, now: datetime) -> int:
    """Members whose loan has ended leave on that day; how many did. For the daily round; the team then lacks somebody."""
    today = timezone.localdate(now)
    with as_the_product():
        rows = Member.objects.filter(loan__isnull=False).exclude(state=MemberState.LEFT)
        found = [
            (row.request_id, row.pk) for row in rows.order_by("request_id", "pk") if _loan_end(row) <= today
        ]
    return sum(_leave_with_loan(request, member, now) for request, member in found)


def _loan_end(member: Member) -> date:
    lent = Lent.objects.filter(loan=member.loan, person=member.person_id).first()
    if lent is None:
        return date.max
    return min(each for each in (lent.returned_on, lent.ends, date.max) if each is not None)


def _leave_with_loan(request: int, member: int, now: datetime) -> bool:
    held_by_product(request)
    with as_the_product():
        row = Member.objects.select_for_update().select_related("request__commission").get(pk=member)
        ended = _loan_end(row)
    if row.state == MemberState.LEFT or ended > timezone.localdate(now):
        return False
    leave(row, WhyLeft.LOAN_ENDED, by=PRODUCT_ITSELF, now=now, on=ended)
    return True


def follow_request(*, request: Request, verb: RequestVerb, by: Actor, now: datetime) -> None:  # noqa: ARG001 - told by the event
    """Of a request that is extended the team stays as long, where its people are free; the end of one ends its team by itself."""
    if verb == RequestVerb.EXTEND:
        for row in sitting_in(request):
            _stay(row, request, now)


def sitting_in(request: Request) -> list[Member]:
    """Who sits in the team, in the order in which they were chosen, held until the transaction ends; as the product."""
    with as_the_product():
        rows = Member.objects.select_for_update(of=("self",)).select_related("request__commission")
        return list(rows.filter(request=request).exclude(state=MemberState.LEFT).order_by("pk"))


def _stay(member: Member, request: Request, now: datetime) -> None:
    ends = max(day for day in (request.ends, request.due_on and request.due_on + DAY, member.ends) if day)
    with as_the_product():
        try:
            with transaction.atomic():
                Member.objects.filter(pk=member.pk).update(ends=ends)
        except IntegrityError:
            return  # Another team has them from then on: they leave with their day, and the team asks for somebody else.
        accounts = accounts_of(member.person_id, request.commission_id) if member.joined_at else []
    let_read(request, accounts, MEMBER, timezone.localdate(now), ends)
