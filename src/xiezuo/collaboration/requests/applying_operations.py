"""A request on the engine of approvals: applied for by its rule, followed as it is decided, with its number."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.approvals.api import (
    Approval,
    Form,
    Party,
    named_by,
    party_of,
    submit,
    submit_again,
)
from xiezuo.approvals.states import ApprovalState
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries.requests import situation_known
from xiezuo.collaboration.requests.access_operations import let_read
from xiezuo.collaboration.requests.approving import asks_of, offices_for, steps_of_request
from xiezuo.collaboration.requests.clocks import next_due
from xiezuo.collaboration.requests.moving_operations import held_by_product, move
from xiezuo.collaboration.states import ASKED, RequestState, RequestVerb
from xiezuo.organisation.api import Commission, unit_names
from xiezuo.rules.api import calendar_of, informed_of
from xiezuo.rules.states import Approver

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule

KIND, SUBJECT = "collaboration", "collaboration.request"
_BY_OFFICE = {Approver.UNIT_HEAD: RequestState.ISSUING, Approver.AXIS: RequestState.SCREENING}
_BY_STATE = {
    ApprovalState.RETURNED: RequestState.RETURNED,
    ApprovalState.CONFIRMING: RequestState.DECIDING,
    ApprovalState.APPROVED: RequestState.APPROVED,
    ApprovalState.REFUSED: RequestState.REFUSED,
    ApprovalState.WITHDRAWN: RequestState.WITHDRAWN,
}


def apply_first(row: Request, rule: "WorkRule", verb: RequestVerb, *, key: UUID, by: Actor, now: datetime, said: str = "") -> Request:  # fmt: skip
    """Apply for the decision on a held request, whose first application gives it its number. A running one runs on."""
    today = timezone.localdate(now)
    with as_the_product():
        own = offices_held(by, rule, row, today) + ([Approver.UNIT_HEAD] if row.blocked else [])
        steps = steps_of_request(rule, row, own, today)
        calendar = calendar_of(row.commission)
        if row.number is None:
            row.year, row.number = today.year, next_number(row.commission, today.year)
        informed = [] if row.sealed else [ask for unit in row.axis for ask in informed_of(unit)]
    approval = submit(
        commission=row.commission_id, kind=KIND, subject=(SUBJECT, row.pk), title=title_of(row, today), steps=steps,
        unit=row.unit_id, rule_edition=str(rule.pk), informed=informed, key=uuid5(key, "approval"), after=calendar.after,
        by=by, now=now,
    )  # fmt: skip
    row.approval, row.submitted_at = approval.pk, row.submitted_at or now
    row.decide_by = max((step.due_on for step in approval.steps.all() if step.due_on), default=None)
    to = RequestState(row.state) if verb == RequestVerb.WRITE else state_of(approval)
    row.state, before = to, row.state
    row.next_due_on = next_due(row, approval)
    row.state = before
    _let_parties_read(row, approval, today)
    return move(row, verb, to, by=by, now=now, basis=rule.code, said=said, key=key)


def apply_anew(row: Request, *, key: UUID, by: Actor, now: datetime) -> Request:
    """Submit again what was returned, after it was mended."""
    approval = Approval.objects.get(pk=row.approval or 0)
    form = Form(uuid5(key, "approval"), approval.edition)
    submit_again(approval=approval, form=form, after=calendar_of(row.commission).after, by=by, now=now)
    return held_by_product(row.pk)


def follow_move(*, approval: Approval, by: Actor, now: datetime, **_more: Any) -> None:
    """Keep a request in step with its approval; called by its events, in the transaction of whoever moved it."""
    if approval.kind != KIND:
        return
    row = held_by_product(approval.subject_id)
    if row.approval != approval.pk:
        return
    _let_parties_read(row, approval, timezone.localdate(now))
    if row.state in (*ASKED, RequestState.RETURNED):
        _follow(row, approval, by, now)
    elif row.urgent and approval.state == ApprovalState.REFUSED:
        _stop(row, by, now)


def _follow(row: Request, approval: Approval, by: Actor, now: datetime) -> None:
    to = state_of(approval)
    row.state, before = to, row.state
    row.next_due_on = next_due(row, approval)
    row.state = before
    if to == RequestState.APPROVED:
        row.decided_at = now
    if to in (RequestState.REFUSED, RequestState.WITHDRAWN):
        row.ended_on, row.decided_at = timezone.localdate(now), now
    move(row, RequestVerb.FOLLOW, to, by=by, now=now, details={"approval": approval.pk})


def _stop(row: Request, by: Actor, now: datetime) -> None:
    """What was begun on an oral agreement ends where the written one is refused."""
    row.ended_on, row.next_due_on = timezone.localdate(now), None
    move(row, RequestVerb.TERMINATE, RequestState.TERMINATED, by=by, now=now, details={"approval": "refused"})


def state_of(approval: Approval) -> RequestState:
    """How a request stands by its approval: with its own unit, screened by the zone, or decided above."""
    state = ApprovalState(approval.state)
    if state != ApprovalState.PENDING:
        return _BY_STATE[state]
    title = approval.steps.filter(position=approval.current).values_list("title", flat=True).first()
    return _BY_OFFICE.get(Approver(title or Approver.SECRETARY), RequestState.DECIDING)


def _let_parties_read(row: Request, approval: Approval, today: date) -> None:
    """Whoever was asked to decide, or coordinates, reads it from then on; whoever dropped out does no more."""
    let_read(row, [*approval.parties, *approval.informed], "party", today)


def offices_held(by: Actor, rule: "WorkRule", row: Request, on: date) -> list[Approver]:
    """Those offices of the rule that the applicant holds: nobody decides their own request."""
    if by.user_id is None:
        return []
    me = party_of(by.user_id)
    named = [Approver(each) for each in rule.approvers]
    return [office for office in named if _is_held(me, office, row, on)]


def _is_held(me: Party, office: Approver, row: Request, on: date) -> bool:
    return any(me.same_as(party) for party in named_by(asks_of(office, row, on), row.commission_id, on))


def persons_deciding(rule: "WorkRule", row: Request, on: date) -> set[int]:
    """The persons whom the offices of the rule mean for a request on a day."""
    with as_the_product():
        parties = [
            party for office in offices_for(rule, row, []) for party in named_by(asks_of(office, row, on), row.commission_id, on)
        ]  # fmt: skip
    return {party.person for party in parties if party.person is not None}


def next_number(commission: Commission, year: int) -> int:
    """The next number of the year; the commission's row is held, so that two requests never take one."""
    with as_the_product():
        Commission.objects.select_for_update().get(pk=commission.pk)
        last: int | None = Request.objects.filter(commission=commission, year=year).aggregate(
            last=Max("number")
        )["last"]
    return (last or 0) + 1


def title_of(row: Request, on: date) -> str:
    """What the request is called in inboxes: its unit and its situation, nothing of the matter."""
    with as_the_product(), override("zh-hans"):
        unit = unit_names([row.unit_id], on).get(row.unit_id, "")
        situation = situation_known(row.commission, row.situation, on)
    return f"{unit}：{situation.name if situation else row.situation}"
