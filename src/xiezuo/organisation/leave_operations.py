"""Days on which people are away: entered, and cancelled by closing what is known."""

from datetime import date, datetime

from django.db import transaction

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act
from xiezuo.organisation import conflicts, policies
from xiezuo.organisation.entry_operations import Entry, begin, close, know
from xiezuo.organisation.models import Leave, Person
from xiezuo.organisation.queries.leave import units_answering
from xiezuo.shared.errors import refuse_if


@transaction.atomic
def enter_leave(*, person: Person, kind: str, starts: date, ends: date, by: Actor, now: datetime) -> Leave:
    """Enter that `person` is away over the days `[starts, ends)`. Raises `Refused` with every reason against it."""
    entry = Entry(person.commission, by, now)
    refuse_if(policies.may_enter_leave(by, person.commission_id, units_answering(person.pk, entry.today)))
    with as_the_product():
        begin(person.commission, by, now)
        draft = Leave(
            commission=person.commission, person=person, kind=kind, starts=starts, ends=ends, entered_by=by.name
        )  # fmt: skip
        refuse_if(conflicts.against_leave(draft, entry.today))
        know(draft, entry)
        _note(entry, Act.LEAVE_ENTERED, draft)
    return draft


@transaction.atomic
def cancel_leave(*, leave: Leave, by: Actor, now: datetime) -> None:
    """Enter that a person is not away after all. Raises `Refused` if somebody else was first."""
    entry = Entry(leave.commission, by, now)
    refuse_if(policies.may_cancel_leave(by, leave, units_answering(leave.person_id, entry.today)))
    with as_the_product():
        begin(leave.commission, by, now)
        close(leave, entry)
        _note(entry, Act.LEAVE_CANCELLED, leave)


def _note(entry: Entry, act: Act, leave: Leave) -> None:
    """Into the journal alone: nobody's rights follow from who is away."""
    details = {"kind": leave.kind, "starts": leave.starts, "ends": leave.ends}
    entry.journal(act, leave.person.code, details)
