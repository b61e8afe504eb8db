"""What becomes in the ledger of somebody who is lent: the day of the end is moved, or they stay as staff of the unit."""

from datetime import date, datetime

from django.db import transaction

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act
from xiezuo.organisation import conflicts, policies
from xiezuo.organisation.entry_operations import begin, replace, restated, take_up_post, told
from xiezuo.organisation.models import Assignment
from xiezuo.organisation.states import LENT, Engagement, MoveIn, MoveOut, Status
from xiezuo.shared.errors import refuse_if


@transaction.atomic
def put_off_end(
    *, assignment: Assignment, ends: date, basis: str = "", by: Actor, now: datetime
) -> Assignment:
    """Enter another day of the end of a post held for a time; gives the row that says so. Raises `Refused`."""
    refuse_if(policies.may_correct_post(by, assignment))
    entry = begin(assignment.commission, by, now)
    refuse_if([*conflicts.against_day(ends, entry.today), *conflicts.against_end(assignment.starts, ends)])
    words = "；".join(text for text in (assignment.basis, basis.strip()) if text)
    draft = restated(assignment, ends=ends, leaving=assignment.leaving or MoveOut.LOAN_ENDED, basis=words)
    refuse_if(conflicts.against_post(draft, instead_of=(assignment.pk,)))
    replace(assignment, draft, entry)
    entry.note(Act.POST_GIVEN_UP, assignment.person.code, {**told(draft), "before": told(assignment)["ends"]})
    return draft


@transaction.atomic
def keep_lent(
    *, assignment: Assignment, on: date, post: str, basis: str, by: Actor, now: datetime
) -> Assignment:
    """Enter that somebody lent to a unit belongs to it from `on`; posts at home end on that day. Gives the new post."""
    refuse_if(policies.may_correct_post(by, assignment))
    entry = begin(assignment.commission, by, now)
    for row in _given_up(assignment, on):
        draft = restated(row, ends=on, leaving=MoveOut.MOVED)
        refuse_if(conflicts.against_end(row.starts, on))
        replace(row, draft, entry)
        entry.note(Act.POST_GIVEN_UP, assignment.person.code, {**told(draft), "basis_of_end": basis})
    outside = assignment.from_unit is None
    return take_up_post(
        person=assignment.person, unit=assignment.unit, post=post, engagement=Engagement.FULL_TIME,
        status=Status.ESTABLISHED, moves=[MoveIn.TRANSFERRED if outside else MoveIn.MOVED], starts=on, basis=basis,
        from_unit=assignment.from_unit, from_outside=assignment.from_outside, by=by, now=now,
    )  # fmt: skip


def _given_up(assignment: Assignment, on: date) -> list[Assignment]:
    """The loan itself if it lasts longer, and every post in force at the unit that the person came from."""
    rows = Assignment.objects.current().filter(person=assignment.person, starts__lt=on, ends__gt=on)
    at_home = rows.filter(unit=assignment.from_unit).exclude(status__in=LENT) if assignment.from_unit else []
    return [*rows.filter(pk=assignment.pk), *at_home]
