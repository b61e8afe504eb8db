"""Declarations: asked at choosing, answered against a paper that the case-management office shows, even when there is none.

Kept are who was asked, the day, and whether there is a tie; never the person concerned, never a list of kin.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.models import Declaration, Member, Recusal, Request
from xiezuo.collaboration.queries.recusal import declaration_shown, is_of
from xiezuo.collaboration.recusal.asking_operations import open_question
from xiezuo.collaboration.recusal.policies import is_the_person, may_answer, may_raise, may_show_paper
from xiezuo.collaboration.requests.moving_operations import held_by_product
from xiezuo.collaboration.states import MemberState, RecusalSource
from xiezuo.collaboration.teams.joining_operations import join_if_clear
from xiezuo.shared.errors import NotThere, Reason, refuse, refuse_if


@transaction.atomic
def show_paper(*, declaration: Declaration, on: date, by: Actor, now: datetime) -> Declaration:
    """Keep that the case-management office showed a candidate the paper, and on which day; nothing of what stands on it."""
    row, request = _held(declaration)
    refuse_if(may_show_paper(by, row, request.commission_id))
    refuse_if(_against_day(on, row, now))
    row.shown_on, row.shown_by = on, by.user_id
    with as_the_product():
        row.save(update_fields=["shown_on", "shown_by"])
    _note(Act.DECLARATION_ASKED, request, {"person": row.person_id, "shown": on.isoformat()}, by, now)
    return row


def _against_day(on: date, row: Declaration, now: datetime) -> list[Reason]:
    first, last = timezone.localdate(row.asked_at), timezone.localdate(now)
    if first <= on <= last:
        return []
    words = _(
        "Found %(found)s; expected a day from %(first)s, when the person was asked, to today, %(last)s."
    )
    return [Reason("on", words % {"found": on, "first": first, "last": last})]


@transaction.atomic
def answer_declaration(
    *, declaration: Declaration, clause: str = "", ground: str = "", paper_no: str = "", sure: bool = False, key: UUID,
    by: Actor, now: datetime,
) -> Declaration:  # fmt: skip
    """Answer: without `clause` there is no tie and the person joins; with one (a code such as G1) a question of recusal opens.

    `by` is the person, or the case-management office with the number of the paper. Raises `Refused`, `NotThere`.
    """
    row, request = _held(declaration)
    if row.key == key:
        return row
    refuse_if(may_answer(by, row, request.commission_id, paper_no))
    row.answered_at, row.none, row.key, row.paper_no = now, not clause, key, paper_no.strip()
    with as_the_product():
        row.save(update_fields=["answered_at", "none", "key", "paper_no"])
    _note(Act.DECLARATION_GIVEN, request, {"person": row.person_id}, by, now)
    if clause:
        open_question(
            request=request, person=row.person_id, source=RecusalSource.DECLARED, clause=clause, ground=ground, sure=sure, key=key,
            by=by, now=now,
        )  # fmt: skip
    else:
        _let_in(request, row.person_id, by, now)
    return row


def _held(declaration: Declaration) -> tuple[Declaration, Request]:
    """The declaration under the lock of its request, for whoever may see it: a candidate sees it and not the request."""
    declaration_shown(declaration.pk)
    request = held_by_product(declaration.request_id)
    with as_the_product():
        return Declaration.objects.select_for_update().get(pk=declaration.pk), request


def _let_in(request: Request, person: int, by: Actor, now: datetime) -> None:
    with as_the_product():
        rows = Member.objects.select_for_update(of=("self",)).select_related("request__commission")
        found = rows.filter(request=request, person=person, state=MemberState.CHOSEN).first()
    if found is not None:
        join_if_clear(found, by=by, now=now)


@transaction.atomic
def raise_recusal(
    *,
    request: Request,
    person: int,
    clause: str,
    ground: str,
    sure: bool = False,
    key: UUID,
    by: Actor,
    now: datetime,
) -> Recusal:
    """Ask that a person stand out: anybody in the matter may, and the case-management office for whoever asked it to.

    Whoever asks is kept as the account that entered it; a subject or an informant is never named. Raises `Refused`, `NotThere`.
    """
    if not Request.objects.filter(pk=request.pk).exists():
        raise NotThere(_("There is no such request, or it is not for you."))
    refuse_if(may_raise(by))
    held = held_by_product(request.pk)
    with as_the_product():
        if (earlier := Recusal.objects.filter(key=key).first()) is not None:
            return earlier if earlier.raised_by == by.user_id else refuse("foreign-form", _("This form was sent by somebody else; open it anew."))  # fmt: skip
        if not is_of(held.commission, person):
            raise NotThere(_("There is no such person in this commission."))
    source = RecusalSource.DECLARED if is_the_person(by, person) else RecusalSource.REQUESTED
    return open_question(request=held, person=person, source=source, clause=clause, ground=ground, sure=sure, key=key, by=by, now=now)  # fmt: skip


def _note(act: Act, request: Request, told: dict[str, object], by: Actor, now: datetime) -> None:
    record(
        act,
        by=by,
        at=now,
        commission_code=request.commission.code,
        target=f"request:{request.pk}",
        details=told,
    )
