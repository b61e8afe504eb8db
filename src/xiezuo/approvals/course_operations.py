"""Keeps the rows of an approval in step with its course. Called by the verbs alone, under the lock of the approval."""

from collections.abc import Sequence
from datetime import datetime

from xiezuo.approvals.course import Course, Party, Seat, Step
from xiezuo.approvals.models import Approval, SignerRow, StepRow
from xiezuo.approvals.states import SETTLED, ApprovalState

STEP_FIELDS = ("opened_on", "amber_on", "due_on", "first_due_on", "timed_out_on")
SIGNER_FIELDS = (
    "position", "state", "why", "decided_by", "decided_person", "paper_no", "paper_on", "entered_by", "confirmed_by",
)  # fmt: skip


def keep_course(approval: Approval, before: Course, after: Course, now: datetime) -> None:
    """Write what differs between two courses of an approval, and the approval itself."""
    rows = list(approval.steps.order_by("position"))
    for row, old, new in zip(rows, before.steps, after.steps, strict=True):
        if old != new:
            _keep_step(row, new)
    _keep_approval(approval, after, now)


def _keep_step(row: StepRow, step: Step) -> None:
    for name in STEP_FIELDS:
        setattr(row, name, getattr(step, name))
    row.save(update_fields=STEP_FIELDS)
    seats = [_signer(row, place, seat) for place, seat in enumerate(step.seats)]
    SignerRow.objects.bulk_update([seat for seat in seats if seat.pk is not None], SIGNER_FIELDS)
    SignerRow.objects.bulk_create([seat for seat in seats if seat.pk is None])


def _signer(step: StepRow, place: int, seat: Seat) -> SignerRow:
    decided, paper = seat.decided_by or Party(), seat.paper
    confirmed = paper.confirmed_by if paper else None
    return SignerRow(
        pk=seat.row, approval_id=step.approval_id, step=step, position=place, account=seat.party.account,
        person=seat.party.person, kind=seat.kind, state=seat.state, why=seat.why or "",
        decided_by=decided.account, decided_person=decided.person, paper_no=paper.number if paper else "",
        paper_on=paper.on if paper else None, entered_by=paper.entered_by.account if paper else None,
        confirmed_by=confirmed.account if confirmed else None,
    )  # fmt: skip


def _keep_approval(approval: Approval, course: Course, now: datetime) -> None:
    asked = _accounts(course.waiting_for())
    recused = _accounts(course.recused)
    approval.state, approval.current, approval.read = course.state, course.current, course.read
    approval.applicant = course.applicant.account or approval.applicant
    approval.applicant_person = course.applicant.person
    approval.waiting_for = asked
    approval.parties = sorted({approval.applicant, *approval.parties, *asked} - set(recused))
    approval.recused = [[party.account, party.person] for party in course.recused]
    approval.due_on = course.step.due_on if course.state == ApprovalState.PENDING else None
    approval.settled_at = now if course.state in SETTLED else None
    approval.save()


def _accounts(parties: Sequence[Party]) -> list[int]:
    return [party.account for party in parties if party.account is not None]
