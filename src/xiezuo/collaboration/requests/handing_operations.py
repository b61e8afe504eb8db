"""Open work passes on when somebody moves, is lent or leaves: a request to another applicant, a question to another decider.

What follows from an office (signatures, letters to a unit) passes with the office; a place in a team is exchanged there.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, User, actor_of, as_the_product
from xiezuo.approvals.api import Approval, Form, hand_over
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.events import recusal_raised
from xiezuo.collaboration.models import Recusal, Request
from xiezuo.collaboration.queries.recusal import ladder_of
from xiezuo.collaboration.requests import handing_policies as policies
from xiezuo.collaboration.requests.access_operations import cut, let_read
from xiezuo.collaboration.requests.applying_operations import KIND
from xiezuo.collaboration.requests.moving_operations import held, held_by_product, move
from xiezuo.collaboration.states import RecusalDecision, RequestState, RequestVerb
from xiezuo.rules.api import calendar_of
from xiezuo.shared.errors import NotThere, Reason, refuse, refuse_if
from xiezuo.shared.pointers import against_words

APPLICANT = "applicant"


@transaction.atomic
def hand_over_request(*, request: Request, to_account: int, said: str, sure: bool = False, seen: int, by: Actor, now: datetime) -> Request:  # fmt: skip
    """Another account of the unit is the applicant from now on; the application, if it is still open, passes with it.

    Handing it to whoever has it changes nothing, so that a form sent twice does nothing more. Raises `Refused`, `NotThere`.
    """
    row = held(request)
    if row.applicant == to_account:
        return row
    row = held(request, seen=seen)
    refuse_if(policies.may_hand_over(by, row))
    refuse_if(_against_saying(said, sure=sure))
    heir = _must_be_active(to_account)
    refuse_if(policies.against_heir(by, actor_of(heir), row, out=_is_out(row, to_account), decided=_decides(row, to_account)))  # fmt: skip
    if approval := _open_approval(row):
        form, after = Form(uuid4(), approval.edition), calendar_of(row.commission).after
        hand_over(approval=approval, from_account=row.applicant, to_account=to_account, said=said, form=form, after=after, by=by, now=now)  # fmt: skip
        return held_by_product(row.pk)
    return _passed(row, heir, said, by, now)


def _against_saying(said: str, *, sure: bool) -> list[Reason]:
    if not said.strip():
        return [Reason("said", _("Say why it is handed over."))]
    return against_words(said, field="said", sure=sure)


def follow_handover(*, approval: Approval, from_account: int, to_account: int, by: Actor, now: datetime, **_more: Any) -> None:  # fmt: skip
    """The application of a request was handed over: the request follows it. Called by the event, in its transaction."""
    if approval.kind != KIND or approval.applicant != to_account:
        return
    row = held_by_product(approval.subject_id)
    if row.applicant == from_account and row.approval == approval.pk:
        _passed(row, _must_be_active(to_account), "", by, now)


def _passed(row: Request, heir: User, said: str, by: Actor, now: datetime) -> Request:
    before = row.applicant
    row.applicant, row.applicant_name = heir.pk, heir.get_username()
    cut(row, before, now, APPLICANT)
    let_read(row, [heir.pk], APPLICANT, timezone.localdate(now))
    details = {"from": before, "to": heir.pk}
    return move(
        row, RequestVerb.HAND_OVER, RequestState(row.state), by=by, now=now, said=said, details=details
    )


@transaction.atomic
def pass_recusal_on(*, recusal: Recusal, by: Actor, now: datetime) -> Recusal:
    """An undecided question goes to whoever holds the deciding office today, if that is somebody else.

    Raises `Refused` where nobody else decides it, or it is decided.
    """
    request = held_by_product(recusal.request_id)
    with as_the_product():
        row = Recusal.objects.select_for_update().get(pk=recusal.pk)
        row.request = request
        rungs = ladder_of(row.person_id, request, timezone.localdate(now))
    refuse_if(policies.may_pass_on(by, row, request.commission_id))
    if row.decision != RecusalDecision.OPEN:
        refuse("decided", _("This question is decided already."))
    other = next((rung.account for rung in rungs if rung.account != row.decider), None)
    if other is None:
        refuse("nobody", _("Nobody else decides this question."))
    with as_the_product():
        row.decider = other
        row.save(update_fields=["decider"])
    target, code = f"request:{request.pk}", request.commission.code
    record(Act.RECUSAL_RAISED, by=by, at=now, commission_code=code, target=target, details={"recusal": row.pk, "passed_on": True})  # fmt: skip
    recusal_raised.publish(recusal=row, by=by, now=now)
    return row


def _must_be_active(account: int) -> User:
    found = User.objects.filter(pk=account, is_active=True).first()
    if found is None:
        raise NotThere(_("There is no such active account."))
    return found


def _is_out(row: Request, account: int) -> bool:
    with as_the_product():
        undecided = (RecusalDecision.OPEN, RecusalDecision.RECUSED)
        return Recusal.objects.filter(request=row, account=account, decision__in=undecided).exists()


def _decides(row: Request, account: int) -> bool:
    with as_the_product():
        return Approval.objects.filter(pk=row.approval or 0, parties__contains=[account]).exists()


def _open_approval(row: Request) -> Approval | None:
    with as_the_product():
        return Approval.objects.filter(pk=row.approval or 0, settled_at=None).first()
