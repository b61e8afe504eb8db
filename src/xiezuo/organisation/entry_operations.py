"""Single facts entered between two editions of the book: posts taken up, given up, changed and corrected, people, shares.

Each act first grows the edition of the commission's ledger. That locks the commission's row, so that two acts of one
commission come one after the other and the second is checked against what the first wrote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import ExclusionViolation

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act, record
from xiezuo.organisation import conflicts, policies
from xiezuo.organisation.commissions import ledger_version
from xiezuo.organisation.events import ledger_changed
from xiezuo.organisation.models import (
    Assignment,
    Commission,
    Person,
    PersonRecord,
    Portfolio,
    SpentForm,
    Unit,
)
from xiezuo.organisation.states import Engagement, MoveIn, MoveOut
from xiezuo.shared.errors import Reason, Refused, refuse_if
from xiezuo.shared.ledger import LedgerRow
from xiezuo.shared.periods import ALWAYS, OPEN

Row = TypeVar("Row", bound=LedgerRow)

FORMS_KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Entry:
    """Who enters something, when, and in whose ledger."""

    commission: Commission
    by: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The day on which it is entered, in the time zone of the installation."""
        return timezone.localdate(self.now)

    def note(self, act: Act, target: str, details: Mapping[str, Any]) -> None:
        """Write the act into the journal, and tell who must know that the ledger changed."""
        self.journal(act, target, details)
        ledger_changed.publish(commission=self.commission.pk, now=self.now)

    def journal(self, act: Act, target: str, details: Mapping[str, Any]) -> None:
        """Write the act into the journal alone, where no right can follow from it."""
        carried = {**details, "ledger_version": ledger_version(self.commission)}
        record(
            act, by=self.by, at=self.now, commission_code=self.commission.code, target=target, details=carried
        )


@transaction.atomic
def take_up_post(
    *, person: Person, unit: Unit, post: str, engagement: str, status: str, moves: Sequence[str], starts: date,
    basis: str = "", from_unit: Unit | None = None, from_outside: str = "", other_posts: str = "",
    ends: date = OPEN, leaving: str = "", by: Actor, now: datetime,
) -> Assignment:  # fmt: skip
    """Enter that `person` takes up a post on `starts`; of one for a time `ends` and `leaving` are known from the first day.

    Raises `Refused` with every reason against it.
    """
    refuse_if(policies.may_take_up_post(by, unit.commission_id))
    entry = begin(unit.commission, by, now)
    draft = Assignment(
        commission=unit.commission, person=person, unit=unit, post=post.strip(), engagement=engagement, status=status,
        moves=list(dict.fromkeys(moves)), starts=starts, basis=basis.strip(), from_unit=from_unit,
        from_outside=from_outside.strip(), other_posts=other_posts.strip(), position=_last_position(unit.commission),
        ends=ends, leaving=leaving,
    )  # fmt: skip
    refuse_if(conflicts.against_post(draft, also=conflicts.against_day(starts, entry.today)))
    know(draft, entry)
    entry.note(Act.POST_TAKEN_UP, person.code, told(draft))
    return draft


@transaction.atomic
def give_up_post(
    *,
    assignment: Assignment,
    ends: date,
    leaving: str,
    to_outside: str = "",
    basis: str = "",
    by: Actor,
    now: datetime,
) -> Assignment:
    """Enter that a post is no longer held from `ends` on; the row says so beside what it said before."""
    refuse_if(policies.may_give_up_post(by, assignment))
    entry = begin(assignment.commission, by, now)
    ended = _ended(assignment, entry, ends=ends, leaving=leaving, to_outside=to_outside, basis=basis)
    entry.note(Act.POST_GIVEN_UP, assignment.person.code, {**told(ended), "basis_of_end": basis})
    return ended


@transaction.atomic
def move_person(
    *, assignment: Assignment, on: date, unit: Unit, post: str, engagement: str, status: str,
    moves: Sequence[str] = (MoveIn.MOVED.value,), leaving: str = MoveOut.MOVED.value, other_posts: str = "",
    basis: str = "", by: Actor, now: datetime,
) -> Assignment:  # fmt: skip
    """Enter as one act that a post is given up and another taken up on the same day; gives the new post.

    The unit and post may stay the same, as when a part-time post becomes full-time.
    """
    refuse_if(policies.may_move_person(by, assignment))
    entry = begin(assignment.commission, by, now)
    ended = _ended(assignment, entry, ends=on, leaving=leaving, to_outside="", basis=basis)
    begun = Assignment(
        commission=assignment.commission, person=assignment.person, unit=unit, post=post.strip(), engagement=engagement,
        status=status, moves=list(dict.fromkeys(moves)), starts=on, basis=basis.strip(), other_posts=other_posts.strip(),
        from_unit=None if unit.pk == assignment.unit_id else assignment.unit, position=_last_position(assignment.commission),
    )  # fmt: skip
    refuse_if(
        conflicts.against_post(
            begun, also=[*_unchanged(assignment, begun), *_not_made_full_time(assignment, begun)]
        )
    )
    know(begun, entry)
    entry.note(Act.PERSON_MOVED, assignment.person.code, {"left": told(ended), "taken_up": told(begun)})
    return begun


@transaction.atomic
def add_person(
    *,
    commission: Commission,
    code: str,
    name: str,
    sex: str,
    order_no: int | None = None,
    by: Actor,
    now: datetime,
) -> Person:
    """Add a person with no more than the ledger needs to name them; their posts are entered on their own."""
    refuse_if(policies.may_add_person(by, commission.pk))
    entry = begin(commission, by, now)
    code, name = code.strip(), name.strip()
    refuse_if(conflicts.against_person(commission, code, name, sex))
    person = Person.objects.create(commission=commission, code=code)
    last = (
        PersonRecord.objects.current().filter(commission=commission).aggregate(last=Max("position"))["last"]
    )
    described = PersonRecord(
        commission=commission, person=person, name=name, sex=sex, order_no=order_no, starts=ALWAYS, ends=OPEN,
        position=(last or 0) + 1,
    )  # fmt: skip
    know(described, entry)
    entry.note(Act.PERSON_ADDED, code, {"order_no": order_no})
    return person


@transaction.atomic
def begin_share(
    *, person: Person, unit: Unit | None = None, line: str = "", mode: str, starts: date, basis: str = "",
    by: Actor, now: datetime,
) -> Portfolio:  # fmt: skip
    """Enter that a leader is in charge of, assists or contacts a unit or a line of work, from `starts` on."""
    refuse_if(policies.may_begin_share(by, person.commission_id))
    entry = begin(person.commission, by, now)
    draft = Portfolio(
        commission=person.commission, person=person, unit=unit, line=line.strip(), mode=mode, starts=starts,
        basis=basis.strip(),
    )  # fmt: skip
    refuse_if(conflicts.against_share(draft, also=conflicts.against_day(starts, entry.today)))
    know(draft, entry)
    entry.note(Act.SHARE_BEGUN, person.code, _share_told(draft))
    return draft


@transaction.atomic
def end_share(*, share: Portfolio, ends: date, basis: str = "", by: Actor, now: datetime) -> Portfolio:
    """Enter that a share in the division of work no longer holds from `ends` on."""
    refuse_if(policies.may_end_share(by, share))
    entry = begin(share.commission, by, now)
    draft = restated(share, ends=ends, basis=_both(share.basis, basis))
    refuse_if([*conflicts.against_day(ends, entry.today), *conflicts.against_end(share.starts, ends)])
    replace(share, draft, entry)
    entry.note(Act.SHARE_ENDED, share.person.code, _share_told(draft))
    return draft


@transaction.atomic
def spend_form(*, key: UUID, by: Actor, now: datetime) -> bool:
    """Mark a form as confirmed; False if it already was. A second one sent at once waits for the first to be done."""
    SpentForm.objects.filter(at__lt=now - FORMS_KEPT).delete()
    try:
        with transaction.atomic():
            SpentForm.objects.create(key=key, account=by.user_id or 0, at=now)
    except IntegrityError:
        return False
    return True


def form_is_spent(*, key: UUID) -> bool:
    """Whether a form was already confirmed."""
    return SpentForm.objects.filter(key=key).exists()


def begin(commission: Commission, by: Actor, now: datetime) -> Entry:
    """Grow the edition of the commission's ledger: the next act of the commission waits for this one."""
    Commission.objects.filter(pk=commission.pk).update(ledger_version=F("ledger_version") + 1)
    return Entry(commission, by, now)


def _ended(
    assignment: Assignment, entry: Entry, *, ends: date, leaving: str, to_outside: str, basis: str
) -> Assignment:
    draft = restated(
        assignment, ends=ends, leaving=leaving, to_outside=to_outside.strip(), basis=_both(assignment.basis, basis)
    )  # fmt: skip
    refuse_if(
        [
            *conflicts.against_day(ends, entry.today),
            *conflicts.unknown(_("Way of leaving"), leaving, MoveOut),
            *conflicts.against_end(assignment.starts, ends),
        ]
    )
    replace(assignment, draft, entry)
    return draft


def _unchanged(left: Assignment, begun: Assignment) -> list[Reason]:
    told = ("unit_id", "post", "engagement", "status", "other_posts")
    if any(getattr(left, name) != getattr(begun, name) for name in told):
        return []
    return [Reason("nothing-changed", _("The new post is the old one: unit, post, full-time or part-time and status are the same; expected at least one that differs."))]  # fmt: skip


def _not_made_full_time(left: Assignment, begun: Assignment) -> list[Reason]:
    from_to = (left.engagement, begun.engagement)
    if MoveIn.MADE_FULL_TIME not in begun.moves or from_to == (Engagement.PART_TIME, Engagement.FULL_TIME):
        return []
    words = _("“%(move)s” is entered, but the post goes from %(before)s to %(after)s; expected from part-time to full-time.")  # fmt: skip
    said = {"move": MoveIn.MADE_FULL_TIME.label, "before": _label(left), "after": _label(begun)}
    return [Reason("not-made-full-time", words % said)]


def _label(held: Assignment) -> str:
    return str(Engagement(held.engagement).label) if held.engagement in Engagement.values else held.engagement


def restated(row: Row, **changes: Any) -> Row:
    """A new row that says what `row` says but for `changes`; no load brought it."""
    own = ("id", "known_from", "known_until", "load", "closed_by_load")
    said = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in own
    }
    draft = type(row)(**said)
    for name, value in changes.items():
        setattr(draft, name, value)
    return draft


def replace(row: Row, draft: Row, entry: Entry) -> None:
    """Close a row and state another in its place. Raises `Refused` if somebody else was first."""
    close(row, entry)
    know(draft, entry)


def close(row: LedgerRow, entry: Entry) -> None:
    """Compare and set: of two who saw the same row, the second is told. A row newer than `now` was not seen either."""
    seen = type(row).objects.current().filter(pk=row.pk, known_from__lte=entry.now)
    if not seen.update(known_until=entry.now):
        raise Refused([policies.moved_on()])


def know(draft: LedgerRow, entry: Entry) -> None:
    """State a row from now on. Raises `Refused` if a load of the book stated the same meanwhile."""
    draft.known_from = entry.now
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:
        # A load of the book may have written the same fact since it was checked.
        if isinstance(error.__cause__, ExclusionViolation):
            raise Refused([policies.moved_on()]) from error
        raise


def _last_position(commission: Commission) -> int:
    held = Assignment.objects.current().filter(commission=commission)
    return (held.aggregate(last=Max("position"))["last"] or 0) + 1


def _both(before: str, more: str) -> str:
    more = more.strip()
    return "；".join(text for text in (before, more) if text) if more != before else before


def told(held: Assignment) -> dict[str, Any]:
    """What the journal keeps of a post: codes and words, no name."""
    ends = None if held.ends == OPEN else held.ends
    return {
        "unit": held.unit.code, "post": held.post, "engagement": held.engagement, "status": held.status,
        "moves": list(held.moves), "starts": held.starts, "ends": ends, "leaving": held.leaving, "basis": held.basis,
    }  # fmt: skip


def _share_told(share: Portfolio) -> dict[str, Any]:
    ends = None if share.ends == OPEN else share.ends
    what = share.unit.code if share.unit else share.line
    return {"what": what, "mode": share.mode, "starts": share.starts, "ends": ends, "basis": share.basis}
