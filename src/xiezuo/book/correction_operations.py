"""Corrections of posts as proposals: applied for by one of the case-management office, effective once another agreed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import PRODUCT_ITSELF, Actor, User, as_the_product
from xiezuo.approvals.api import Approval, Form, course_of, number_of, submit_again
from xiezuo.approvals.states import ApprovalState
from xiezuo.audit.api import Act, record
from xiezuo.book.correction_kind import KIND, RULE, SUBJECT, title_of
from xiezuo.book.models import Correction
from xiezuo.book.queries import correction_of, open_correction
from xiezuo.organisation.api import Decided, changes_of, correct_post, kept_of, strike_post
from xiezuo.rules.api import apply_for, calendar_of
from xiezuo.shared.errors import BadInput, NotThere, refuse


@transaction.atomic
def propose_correction(
    *, assignment: Any, changes: Mapping[str, Any], strikes: bool, reason: str, key: UUID, by: Actor, now: datetime
) -> Correction:  # fmt: skip
    """Propose a correction, or mend the one that was returned and submit it again. Nothing of the ledger changes yet.

    Raises `Refused` if one is being decided, if no work rule says by whom, or if nobody can be asked.
    """
    told = {"changes": dict(changes), "strikes": strikes, "reason": reason.strip()}
    held = open_correction(assignment.pk)
    try:
        correction = _mended(held, told, key, by, now) if held else _proposed(assignment, told, key, by, now)
    except (NotThere, BadInput) as lacking:
        # No rule in force, or no such year in the calendar: told on the form, and never entered past a second person.
        refuse("cannot-be-decided", str(lacking))
    _note(correction, by, now)
    return correction


def take_proposal_up(**proposal: Any) -> None:
    """What a screen of the organisation asks for is proposed."""
    propose_correction(**proposal)


@transaction.atomic
def settle_correction(*, approval: Approval, now: datetime) -> None:
    """What becomes of a correction with its approval. A ledger that was changed meanwhile refuses the decision itself."""
    if approval.kind != KIND:
        return
    with as_the_product():
        correction = correction_of(approval)
        if approval.state == ApprovalState.APPROVED:
            _enter(correction, _decided(approval, correction), now)
        correction.outcome, correction.settled_at = _OUTCOMES[ApprovalState(approval.state)], now
        correction.save(update_fields=["outcome", "settled_at"])


_OUTCOMES = {
    ApprovalState.APPROVED: Correction.Outcome.APPLIED,
    ApprovalState.REFUSED: Correction.Outcome.REFUSED,
    ApprovalState.WITHDRAWN: Correction.Outcome.WITHDRAWN,
}


def _proposed(assignment: Any, told: dict[str, Any], key: UUID, by: Actor, now: datetime) -> Correction:
    correction = Correction(
        commission=assignment.commission, assignment=assignment, before=kept_of(assignment), proposed_by=by.name,
        proposed_at=now, **told,
    )  # fmt: skip
    _add(correction)
    approval = apply_for(
        kind=KIND, rule=RULE, subject=(SUBJECT, correction.pk), title=title_of(correction, timezone.localdate(now)),
        commission=correction.commission, unit=assignment.unit_id, key=key, by=by, now=now,
    )  # fmt: skip
    if approval.subject_id != correction.pk:
        refuse("sent-already", _("This form was already entered; nothing was changed a second time."))
    correction.approval = approval.pk
    with as_the_product():
        correction.save(update_fields=["approval"])
    return correction


def _add(correction: Correction) -> None:
    """Of two who propose at once the second waits here until the first is done, and is told."""
    try:
        with transaction.atomic(), as_the_product():
            correction.save(force_insert=True)
    except IntegrityError:
        refuse("under-way", _("A correction of this post is being decided already."))


def _mended(held: Correction, told: dict[str, Any], key: UUID, by: Actor, now: datetime) -> Correction:
    """The approval first: it is what a decision or a withdrawal at the same moment would hold as well."""
    approval = Approval.objects.filter(pk=held.approval or 0).first()
    if approval is None or approval.state != ApprovalState.RETURNED:
        refuse("under-way", _("A correction of this post is being decided already."))
    submit_again(
        approval=approval, said=told["reason"], form=Form(key, approval.edition), after=calendar_of(held.commission).after,
        by=by, now=now,
    )  # fmt: skip
    held.changes, held.strikes, held.reason = told["changes"], told["strikes"], told["reason"]
    with as_the_product():
        held.save(update_fields=["changes", "strikes", "reason"])
    return held


def _decided(approval: Approval, correction: Correction) -> Decided:
    """Who has agreed, step by step; a signer without account by the number of the paper."""
    seats = [seat for _number, _place, seat in course_of(approval).seats() if seat.decided_by is not None]
    accounts = [seat.decided_by.account for seat in seats if seat.decided_by is not None]
    names = dict(
        User.objects.filter(pk__in=[each for each in accounts if each]).values_list("pk", "username")
    )
    papers = [
        _("paper %(number)s") % {"number": seat.paper.number} for seat in seats if seat.paper is not None
    ]
    agreed = [names[each] for each in accounts if each in names] + papers
    return Decided(correction.proposed_by, tuple(dict.fromkeys(agreed)), number_of(approval))


def _enter(correction: Correction, decided: Decided, now: datetime) -> None:
    told: dict[str, Any] = {
        "assignment": correction.assignment,
        "reason": correction.reason,
        "decided": decided,
    }
    if correction.strikes:
        strike_post(**told, by=PRODUCT_ITSELF, now=now)
        return
    changes = changes_of(correction.changes, correction.commission)
    correct_post(**told, changes=changes, by=PRODUCT_ITSELF, now=now)


def _note(correction: Correction, by: Actor, now: datetime) -> None:
    details = {"reason": correction.reason, "strikes": correction.strikes, "approval": correction.approval}
    record(
        Act.CORRECTION_PROPOSED, by=by, at=now, commission_code=correction.commission.code,
        target=f"correction:{correction.pk}", details=details, before=correction.before, after=correction.changes,
    )  # fmt: skip
