"""Asking for people on loan: by a profile and no names, decided on the engine by the procedure R12 or R13 in force.

A loan that the ledger had before the product is registered as it is; what of it breaks a limit is shown, not refused.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import PRODUCT_ITSELF, Actor, as_the_product
from xiezuo.approvals.api import Approval, Form, submit, submit_again
from xiezuo.approvals.states import ApprovalState, Verb
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.loans import policies
from xiezuo.collaboration.loans.applying import must_name_paper, steps_of_loan, title_of
from xiezuo.collaboration.loans.asked import AskedLoan
from xiezuo.collaboration.loans.filling import against_asked
from xiezuo.collaboration.models import Lent, Loan
from xiezuo.collaboration.queries import loans as queries
from xiezuo.collaboration.states import LoanKind, LoanState
from xiezuo.organisation.api import Commission, grow_ledger
from xiezuo.organisation.states import Status
from xiezuo.rules.api import calendar_of
from xiezuo.shared.errors import NotThere, Reason, refuse, refuse_if
from xiezuo.shared.lists import listed

KIND, SUBJECT = "loan", "collaboration.loan"


@transaction.atomic
def ask_loan(*, commission: Commission, unit: int, asked: AskedLoan, key: UUID, by: Actor, now: datetime) -> Loan:  # fmt: skip
    """Ask for people on loan. The same form posted again gives the same loan.

    Raises `Refused` with everything that stands against it, each reason at its field: what is no profile, what breaks a
    limit (found, expected, rule), a second loan for one matter.
    """
    refuse_if(policies.may_ask(by, commission.pk, unit))
    if by.user_id is None:
        refuse("no-account", _("A loan is asked for by an account, never by the server itself."))
    today = timezone.localdate(now)
    matter = asked.request and queries.request_open(commission, asked.request)
    with as_the_product():
        grow_ledger(commission)
        if earlier := _spent(key, by):
            return earlier
        refuse_if(against_asked(commission, unit, asked, bool(matter), today))
        rule = queries.procedure_of(commission, asked.kind, today)
        row = Loan(
            commission=commission, year=today.year, number=_next_number(commission, today.year), unit_id=unit, rule=rule.pk,
            applicant=by.user_id, asked_by=by.name, asked_at=now, key=key,
        )  # fmt: skip
        _take(row, asked)
        row.save(force_insert=True)
        steps = steps_of_loan(rule, row, by, today)
        calendar = calendar_of(commission)
    approval = submit(
        commission=commission.pk, kind=KIND, subject=(SUBJECT, row.pk), title=title_of(row, today), steps=steps, unit=unit,
        rule_edition=str(rule.pk), key=uuid5(key, "approval"), after=calendar.after, by=by, now=now,
    )  # fmt: skip
    with as_the_product():
        row.approval = approval.pk
        row.save(update_fields=["approval"])
    note(Act.LOAN_ASKED, row, {"approval": approval.pk}, by=by, now=now)
    return row


@transaction.atomic
def change_loan(*, loan: Loan, asked: AskedLoan, seen: int, key: UUID, by: Actor, now: datetime) -> Loan:
    """Mend what was returned, and apply again. Raises `Refused`."""
    row = held(loan, seen=seen)
    refuse_if(may_change(by, row))
    today = timezone.localdate(now)
    matter = asked.request and queries.request_open(row.commission, asked.request)
    with as_the_product():
        refuse_if(against_asked(row.commission, row.unit_id, asked, bool(matter), today, but=row.pk))
        _take(row, asked)
        kept(row)
        approval = Approval.objects.get(pk=row.approval or 0)
        after = calendar_of(row.commission).after
    form = Form(uuid5(key, "approval"), approval.edition)
    submit_again(approval=approval, form=form, after=after, by=by, now=now)
    note(Act.LOAN_MOVED, row, {"verb": "change"}, by=by, now=now)
    return row


def may_change(by: Actor, row: Loan) -> list[Reason]:
    """Whether `by` may mend it: whoever asked, after it was returned. One query."""
    found = policies.against_state(row, LoanState.DECIDING)
    if by.user_id is None or by.user_id != row.applicant:
        found.append(Reason("not-applicant", _("Only whoever applied can do this.")))
    with as_the_product():
        returned = Approval.objects.filter(pk=row.approval or 0, state=ApprovalState.RETURNED).exists()
    if not returned:
        found.append(Reason("not-returned", _("Only what was returned can be mended.")))
    return found


def _take(row: Loan, asked: AskedLoan) -> None:
    row.kind, row.request_id, row.post = asked.kind, asked.request, asked.post.strip()
    row.people, row.skills, row.criteria = asked.people, list(asked.skills), asked.criteria.strip()
    row.reason, row.basis, row.mentor = asked.reason.strip(), asked.basis.strip(), asked.mentor
    row.duties = asked.plan.strip() or "、".join(asked.acts)
    row.starts, row.ends = asked.starts, asked.ends


def _spent(key: UUID, by: Actor) -> Loan | None:
    earlier = Loan.objects.select_related("commission").filter(key=key).first()
    if earlier is not None and earlier.asked_by != by.name:
        refuse("key", _("This form was sent by somebody else; open it anew."))
    return earlier


def _next_number(commission: Commission, year: int) -> int:
    rows = Loan.objects.filter(commission=commission, year=year)
    last: int | None = rows.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


_BY_STATUS = {
    Status.SECONDED: (LoanKind.TRIAL, LoanKind.POST),
    Status.ATTACHED: (LoanKind.HOLDING,),
    Status.SHADOWING: (LoanKind.SHADOWING,),
}


def kinds_of(status: str) -> tuple[LoanKind, ...]:
    """The kinds of loan that the ledger means by a word."""
    return _BY_STATUS[Status(status)]


@transaction.atomic
def register_loan(
    *, commission: Commission, assignment: int, kind: str, criteria: str = "", reason: str = "", basis: str = "", key: UUID,
    by: Actor, now: datetime,
) -> Loan:  # fmt: skip
    """Register a loan that the ledger has already (`assignment` is its row) as it is, whatever limit it breaks.

    One without an end stays without, until it is given one or decided. Raises `Refused`, `NotThere`.
    """
    refuse_if(policies.may_keep(by, commission.pk))
    with as_the_product():
        grow_ledger(commission)
        if earlier := _spent(key, by):
            return earlier
        post = queries.ledger_loan(commission, assignment)
        if kind not in _BY_STATUS[Status(post.status)]:
            allowed = listed(str(each.label) for each in _BY_STATUS[Status(post.status)])
            words = _("Found “%(found)s” for somebody who is %(status)s by the ledger; expected: %(allowed)s.")  # fmt: skip
            refuse("kind", words % {"found": kind, "status": post.status, "allowed": allowed})
        if Lent.objects.filter(person=post.person, loan__unit=post.unit, starts=post.starts).exists():
            refuse("assignment", _("This loan is registered already."))
        rule = queries.procedure_of(commission, kind, timezone.localdate(now))
        row = Loan.objects.create(
            commission=commission, year=post.starts.year, number=_next_number(commission, post.starts.year), kind=kind,
            unit=post.unit, post=post.post, people=1, criteria=criteria.strip(), reason=reason.strip(),
            basis=basis.strip() or post.basis, starts=post.starts, ends=post.ends, state=LoanState.RUNNING, rule=rule.pk,
            applicant=by.user_id or 0, asked_by=by.name, asked_at=now, key=key,
        )  # fmt: skip
        Lent.objects.create(
            loan=row, person=post.person, home=post.from_unit, home_outside="" if post.from_unit else post.from_outside or "—",
            chosen=True, consent_no=row.basis, consent_on=post.starts, starts=post.starts, ends=post.ends, assignment=post.pk,
        )  # fmt: skip
    note(Act.LOAN_ASKED, row, {"registered": True}, by=by, now=now)
    return row


# What approvals say


def follow_move(*, approval: Approval, verb: Verb, **_more: object) -> None:
    """An office outside the ledger agrees on paper: without the paper's number the agreement is refused."""
    if approval.kind == KIND:
        with as_the_product():
            must_name_paper(approval, verb)


def follow_settlement(*, approval: Approval, now: datetime, **_more: object) -> None:
    """What was decided of a loan; called in the transaction of whoever decided."""
    if approval.kind != KIND:
        return
    to = {ApprovalState.APPROVED: LoanState.APPROVED, ApprovalState.REFUSED: LoanState.REFUSED}
    with as_the_product():
        row = Loan.objects.select_for_update().select_related("commission").get(pk=approval.subject_id)
        row.state = to.get(ApprovalState(approval.state), LoanState.WITHDRAWN)
        kept(row)
    note(Act.LOAN_DECIDED, row, {"approval": approval.pk}, by=PRODUCT_ITSELF, now=now)


@transaction.atomic
def close_loan(*, loan: Loan, said: str, seen: int, by: Actor, now: datetime) -> Loan:
    """End an approved loan to which nobody comes any more. Raises `Refused` while somebody is on loan."""
    row = held(loan, seen=seen)
    refuse_if(policies.may_close(by, row))
    with as_the_product():
        if row.lent.filter(starts__isnull=False, returned_on=None).exists():
            refuse("lent", _("Somebody is still on loan; they return first."))
        row.state = LoanState.ENDED
        kept(row)
    note(Act.LOAN_MOVED, row, {"verb": "close", "said": said.strip()}, by=by, now=now)
    return row


# What every act shares


def held(loan: Loan, *, seen: int | None = None) -> Loan:
    """The loan as it stands, held until the transaction ends; with the eyes of who acts.

    Raises `NotThere` for who may not see it, `Refused` if it moved on since version `seen`.
    """
    if not Loan.objects.filter(pk=loan.pk).exists():
        raise NotThere(_("There is no such loan, or it is not for you."))
    with as_the_product():
        row = Loan.objects.select_for_update().select_related("commission").get(pk=loan.pk)
    if seen is not None and row.version != seen:
        refuse("changed-meanwhile", _("The loan was changed since this page was opened; look at it again. Nothing of what you entered was written."))  # fmt: skip
    return row


def held_lent(lent: Lent, *, seen: int | None = None) -> Lent:
    """One person of a loan, the loan held with them: every act on a loan comes after the one before."""
    if not Lent.objects.filter(pk=lent.pk).exists():
        raise NotThere(_("There is no such person on loan, or it is not for you."))
    with as_the_product():
        loan = Loan.objects.select_for_update().select_related("commission").get(pk=lent.loan_id)
        row = Lent.objects.select_for_update().select_related("person").get(pk=lent.pk)
    row.loan = loan
    if seen is not None and loan.version != seen:
        refuse("changed-meanwhile", _("The loan was changed since this page was opened; look at it again. Nothing of what you entered was written."))  # fmt: skip
    return row


def kept(row: Loan) -> None:
    """Write a held loan, one version on. Inside `as_the_product`."""
    row.version += 1
    row.save()


def note(act: Act, row: Loan, told: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """The act in the journal: numbers and words of states, no name."""
    details = {"kind": row.kind, "state": row.state, "version": row.version, **told}
    record(act, by=by, at=now, commission_code=row.commission.code, target=f"loan:{row.pk} {row.year}-{row.number}", details=details)  # fmt: skip
