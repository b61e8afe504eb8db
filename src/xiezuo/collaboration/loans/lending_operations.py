"""Somebody comes, stays longer, goes: each act makes or moves the row of the ledger, with which the rights end by themselves.

Lock order: the ledger of the commission, the loan, the person's row. What the ledger says already is not said twice, so
that a loan that came with the book is carried on.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import PRODUCT_ITSELF, Actor, as_the_product
from xiezuo.audit.api import Act
from xiezuo.collaboration.events import loan_told
from xiezuo.collaboration.loans import policies
from xiezuo.collaboration.loans.applying import holds
from xiezuo.collaboration.loans.asked import TO_A_POST
from xiezuo.collaboration.loans.limits import STATUS, against_person, against_term, against_total
from xiezuo.collaboration.loans.operations import held_lent, kept, note
from xiezuo.collaboration.models import Lent
from xiezuo.collaboration.queries import loans as queries
from xiezuo.collaboration.states import LoanKind, LoanOutcome, LoanState
from xiezuo.organisation.api import grow_ledger, keep_lent, put_off_end, take_up_post
from xiezuo.organisation.states import Engagement, MoveIn, MoveOut
from xiezuo.rules.api import may_extend
from xiezuo.rules.states import Approver
from xiezuo.shared.errors import Reason, refuse, refuse_if
from xiezuo.shared.pointers import against_words

_MOVE = {
    LoanKind.HOLDING: MoveIn.ATTACHED,
    LoanKind.SHADOWING: MoveIn.SHADOWING,
}
DEFAULT_POST = "工作人员"


@transaction.atomic
def lend(*, lent: Lent, starts: date, ends: date, seen: int, by: Actor, now: datetime) -> Lent:
    """The person comes on `[starts, ends)`, inside the term that was approved; the ledger has the post from then on.

    Raises `Refused`: not chosen, no consent, a limit broken, lent to somebody else meanwhile.
    """
    row = _held_with_ledger(lent, seen)
    refuse_if(policies.may_lend(by, row))
    loan, today = row.loan, timezone.localdate(now)
    with as_the_product():
        limits = queries.limits_of(loan.commission, loan.kind, queries.rule_of(loan), today)
        refuse_if(_against_days(row, starts, ends))
        refuse_if(against_person(loan.kind, starts, ends, queries.spells_of([row.person_id])[row.person_id], limits))  # fmt: skip
        row.starts, row.ends = starts, ends
        post = take_up_post(
            person=row.person, unit=loan.unit, post=loan.post or DEFAULT_POST, engagement=Engagement.FULL_TIME,
            status=STATUS[LoanKind(loan.kind)], moves=[_MOVE.get(LoanKind(loan.kind), MoveIn.SECONDED)], starts=starts,
            basis="、".join(each for each in (loan.basis, row.consent_no) if each), from_unit=row.home,
            from_outside=row.home_outside, ends=ends, leaving=MoveOut.LOAN_ENDED, by=PRODUCT_ITSELF, now=now,
        )  # fmt: skip
        row.assignment = post.pk
        row.save()
        loan.state = LoanState.RUNNING
        kept(loan)
    told = {"verb": "lend", "lent": row.pk, "starts": starts.isoformat(), "ends": ends.isoformat()}
    note(Act.LOAN_MOVED, loan, told, by=by, now=now)
    return row


def _held_with_ledger(lent: Lent, seen: int | None) -> Lent:
    """Held after the ledger: of two loans for one person the second sees what the first wrote."""
    with as_the_product():
        grow_ledger(lent.loan.commission)
    return held_lent(lent, seen=seen)


def _against_days(row: Lent, starts: date, ends: date) -> list[Reason]:
    if row.loan.starts <= starts < ends <= row.loan.ends:
        return []
    words = _("Found %(starts)s to %(ends)s; expected days within those approved: %(first)s to %(last)s.")
    told = {
        "starts": starts,
        "ends": ends - date.resolution,
        "first": row.loan.starts,
        "last": row.loan.ends - date.resolution,
    }
    return [Reason("starts", words % told)]


@transaction.atomic
def extend(*, lent: Lent, ends: date, basis: str, seen: int, by: Actor, now: datetime) -> Lent:
    """Let somebody stay until `ends` (the first day after), as often, as long and by whom the rule allows.

    Raises `Refused` with what was found, what is expected and the rule.
    """
    row = _held_with_ledger(lent, seen)
    refuse_if(policies.against_extending(row))
    loan, today = row.loan, timezone.localdate(now)
    starts, before = days_held(row)
    with as_the_product():
        rule = queries.rule_of(loan)
        own = [row.assignment] if row.assignment else []
        spells = queries.spells_of([row.person_id], but=own)[row.person_id]
        limits = queries.limits_of(loan.commission, loan.kind, rule, today)
        refuse_if([*_against_office(row, by, today), *_against_end(row, ends), *against_words(basis, field="basis")])  # fmt: skip
        refuse_if([
            *(each for each in against_term(before, ends, limits) if ends > before),
            *against_total(loan.kind, starts, ends, spells, limits.total),
        ])  # fmt: skip
        _move_end(row, ends, basis, now)
        row.ends, row.extended, row.told = ends, row.extended + 1, []
        row.save()
        loan.ends = max(loan.ends, ends)
        kept(loan)
    note(Act.LOAN_MOVED, loan, {"verb": "extend", "lent": row.pk, "ends": ends.isoformat()}, by=by, now=now)
    return row


def against_extension(lent: Lent, by: Actor, today: date) -> list[Reason]:
    """What stands against `by` extending it at all: that it does not run, was extended, or that another office extends."""
    found = policies.against_extending(lent)
    if found:
        return found
    with as_the_product():
        return _against_office(lent, by, today)


def _against_office(row: Lent, by: Actor, today: date) -> list[Reason]:
    rule = queries.rule_of(row.loan)
    offices = [each for each in map(Approver, rule.extended_by) if holds(by, each, row.loan, today)]
    return may_extend(rule, row.extended, offices[0] if offices else Approver.UNIT_HEAD)


def days_held(row: Lent) -> tuple[date, date]:
    """The days `[starts, ends)` of somebody who has come. Raises `Refused`."""
    if row.starts is None or row.ends is None:
        refuse("not-here", _("Nobody has come yet."))
    return row.starts, row.ends


def _against_end(row: Lent, ends: date) -> list[Reason]:
    if row.ends is not None and ends > row.ends:
        return []
    words = _("Found %(found)s; expected a day after the present last one.")
    return [Reason("ends", words % {"found": ends - date.resolution})]


def _move_end(row: Lent, ends: date, basis: str, now: datetime) -> None:
    """Move the end in the ledger, unless it says so already."""
    post = queries.standing_post(row)
    if post is None or post.ends == ends:
        return
    row.assignment = put_off_end(assignment=post, ends=ends, basis=basis, by=PRODUCT_ITSELF, now=now).pk


@transaction.atomic
def return_early(*, lent: Lent, on: date, said: str, seen: int, by: Actor, now: datetime) -> Lent:
    """End a loan before its last day: from `on` the person is at home again, and the rights are gone."""
    row = _held_with_ledger(lent, seen)
    refuse_if(policies.may_return(by, row))
    if not said.strip():
        refuse("said", _("Say why it ends early."))
    refuse_if(against_words(said, field="said"))
    with as_the_product():
        refuse_if(_against_return(row, on, timezone.localdate(now)))
        _end(row, on, said, now)
        if row.loan.kind not in TO_A_POST:
            row.outcome = LoanOutcome.RETURNED
        row.save()
        _settle(row)
    note(Act.LOAN_MOVED, row.loan, {"verb": "return", "lent": row.pk, "on": on.isoformat()}, by=by, now=now)
    _tell_ended(row, now)
    return row


def _against_return(row: Lent, on: date, today: date) -> list[Reason]:
    starts, ends = days_held(row)
    first = max(starts + date.resolution, today)
    if first <= on <= ends:
        return []
    words = _("Found %(found)s; expected a day from %(first)s to %(last)s.")
    told = {"found": on, "first": first, "last": ends}
    return [Reason("on", words % told)]


def _end(row: Lent, on: date, basis: str, now: datetime) -> None:
    _move_end(row, on, basis, now)
    row.ends = row.returned_on = on


@transaction.atomic
def decide_trial(
    *, lent: Lent, outcome: LoanOutcome, meeting: str, on: date, seen: int, by: Actor, now: datetime
) -> Lent:
    """Enter what a meeting decided of somebody in a trial or lent to a post: kept as staff from `on`, or returned.

    Kept: the ledger ends the loan and the posts at home, and takes the person up as 在编 on that day. Raises `Refused`.
    """
    row = _held_with_ledger(lent, seen)
    refuse_if([*policies.may_decide(by, row), *_against_meeting(outcome, meeting)])
    starts, _ends = days_held(row)
    if on <= starts:
        words = _("Found %(found)s; expected a day after the first, %(first)s.")
        refuse("on", words % {"found": on, "first": starts})
    with as_the_product():
        if outcome == LoanOutcome.KEPT:
            _keep(row, on, meeting, now)
        elif row.returned_on is None:
            _end(row, on, meeting, now)
        row.outcome, row.meeting = outcome, meeting.strip()
        row.save()
        _settle(row)
    note(Act.LOAN_MOVED, row.loan, {"verb": "decide", "lent": row.pk, "outcome": outcome}, by=by, now=now)
    _tell_ended(row, now)
    return row


def _against_meeting(outcome: LoanOutcome, meeting: str) -> list[Reason]:
    found = [*against_words(meeting, field="meeting")]
    if outcome not in (LoanOutcome.KEPT, LoanOutcome.RETURNED):
        found.append(Reason("outcome", _("A meeting decides to keep or to return.")))
    if not meeting.strip():
        found.append(Reason("meeting", _("It is decided collectively: give the meeting and its day.")))
    return found


def _keep(row: Lent, on: date, meeting: str, now: datetime) -> None:
    loan = row.loan
    if queries.staff_post(row, on) is None:
        post = queries.standing_post(row)
        if post is None:
            refuse("ledger", _("The ledger no longer has this loan; enter the post under People."))
        row.assignment = keep_lent(
            assignment=post, on=on, post=loan.post or DEFAULT_POST, basis=meeting, by=PRODUCT_ITSELF, now=now
        ).pk  # fmt: skip
    row.ends = row.returned_on = on if row.returned_on is None else row.returned_on


def _settle(row: Lent) -> None:
    """The loan itself is over when nobody is here any more. A registered or full one does not wait for others."""
    loan = row.loan
    rows = [row, *loan.lent.filter(chosen=True).exclude(pk=row.pk)]
    if all(each.returned_on is not None for each in rows) and len(rows) >= loan.people:
        loan.state = LoanState.ENDED
    kept(loan)


def _tell_ended(row: Lent, now: datetime) -> None:
    """Tell at once if the day has come; a day ahead is told of by the daily round."""
    if row.returned_on is not None and row.returned_on <= timezone.localdate(now) and "ended" not in row.told:
        with as_the_product():
            row.told = [*row.told, "ended"]
            row.save(update_fields=["told"])
            loan_told.publish(lent=row, stage="ended", now=now)
