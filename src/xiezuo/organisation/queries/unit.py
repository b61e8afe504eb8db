"""One unit: what it is on a day, who is in post, what it was before, on which documents that rests."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from xiezuo.figures.api import Asking, counting
from xiezuo.organisation.establishment import Line, against_standards
from xiezuo.organisation.models import (
    Assignment,
    Commission,
    PersonRecord,
    Portfolio,
    Unit,
    UnitRecord,
)
from xiezuo.organisation.queries.names import person_names
from xiezuo.organisation.sight import Sight, sight_in
from xiezuo.organisation.staffing import Headcount
from xiezuo.organisation.states import LENT, Engagement
from xiezuo.shared.asof import LAST_IN_ORDER, on_exactly
from xiezuo.shared.documents import Document, documents_of
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import covers


@dataclass(frozen=True)
class PostHeld:
    """One person in one post of the unit over a period."""

    id: int
    person: int
    name: str
    post: str
    engagement: str
    status: str
    other_posts: str
    moves: tuple[str, ...]
    leaving: str
    starts: date
    ends: date
    basis: str

    @property
    def lent(self) -> bool:
        """Whether the person belongs to another unit."""
        return self.status in LENT


@dataclass(frozen=True)
class InCharge:
    """A leader whose share in the division of work is this unit."""

    person: int
    name: str
    mode: str
    starts: date
    ends: date
    basis: str


@dataclass(frozen=True)
class UnitPage:
    """Everything of the organisation that one unit's page shows; `record` is None when it does not stand that day.

    `seen` says whether its people are for the reader; `strength` is None where not even their number is.
    """

    unit: int
    code: str
    on: date
    record: UnitRecord | None
    records: tuple[UnitRecord, ...]
    posts: tuple[PostHeld, ...]
    needed: tuple[Line, ...]
    seen: bool
    strength: Headcount | None
    leaders: tuple[InCharge, ...]
    past_leaders: tuple[InCharge, ...]
    documents: tuple[Document, ...]

    @property
    def named(self) -> str:
        """Its name on the day, or the one it last had."""
        record = self.record or (self.records[-1] if self.records else None)
        return record.name if record else self.code

    @property
    def roster(self) -> list[PostHeld]:
        """Who is in post on the day, in official order."""
        return [held for held in self.posts if covers(held.starts, held.ends, self.on)]


def unit_page(commission: Commission, unit: int, on: date) -> UnitPage:
    """One unit on a day with its whole history. A fixed number of queries, whatever its size.

    Raises `NotThere` if the commission has no such unit on any day.
    """
    anchor = Unit.objects.filter(commission=commission, pk=unit).first()
    if anchor is None:
        raise NotThere(_no_such(unit))
    records = tuple(UnitRecord.objects.current().filter(unit=anchor).order_by("starts"))
    posts = _posts(anchor.pk, on)
    record = on_exactly(records, on)
    leaders = _leaders(anchor.pk, on)
    sight = sight_in(commission)
    page = UnitPage(
        unit=anchor.pk, code=anchor.code, on=on, record=record, records=records, posts=posts,
        seen=sight.sees(anchor.pk),
        strength=None,
        needed=_needed(commission, anchor.pk, on) if record else (),
        leaders=tuple(leader for leader in leaders if covers(leader.starts, leader.ends, on)),
        past_leaders=leaders,
        documents=documents_of([*records, *posts, *leaders]),
    )  # fmt: skip
    return replace(page, strength=_strength(sight, page, commission))


def _strength(sight: Sight, page: UnitPage, commission: Commission) -> Headcount | None:
    """Counted from the roster where it is shown, else as a total, else not at all."""
    if sight.sees(page.unit):
        return _of_roster(page.roster)
    return _total(commission, page.unit, page.on) if sight.totals else None


def _of_roster(roster: Sequence[PostHeld]) -> Headcount:
    full_time = {held.person for held in roster if held.engagement == Engagement.FULL_TIME}
    lent = {held.person for held in roster if held.lent}
    return Headcount(len({held.person for held in roster}), len(full_time), len(lent))


def _total(commission: Commission, unit: int, on: date) -> Headcount:
    held = Assignment.objects.on(on).filter(commission=commission, unit_id=unit)
    full_time, lent = Q(engagement=Engagement.FULL_TIME), Q(status__in=LENT)
    with counting((commission.pk,)):
        counted = held.order_by().aggregate(
            people=Count("person_id", distinct=True),
            full_time=Count("person_id", distinct=True, filter=full_time),
            lent=Count("person_id", distinct=True, filter=lent),
        )
    return Headcount(**counted)


def _no_such(unit: int) -> str:
    return _("There is no unit number %(number)s in this commission.") % {"number": unit}


def _posts(unit: int, on: date) -> tuple[PostHeld, ...]:
    rows = list(Assignment.objects.current().filter(unit_id=unit).order_by("position", "starts", "id"))
    order = _official_people({row.person_id for row in rows}, on)
    names = person_names({row.person_id for row in rows}, on)
    held = [_held(row, names.get(row.person_id, "")) for row in rows]
    return tuple(sorted(held, key=lambda one: order.get(one.person, (LAST_IN_ORDER, 0))))


def _official_people(people: set[int], on: date) -> dict[int, tuple[int, int]]:
    rows = (
        PersonRecord.objects.on(on)
        .filter(person_id__in=people)
        .values_list("person_id", "order_no", "position")
    )
    return {person: (LAST_IN_ORDER if order is None else order, position) for person, order, position in rows}


def _held(row: Assignment, name: str) -> PostHeld:
    return PostHeld(
        id=row.pk, person=row.person_id, name=name, post=row.post, engagement=row.engagement, status=row.status,
        other_posts=row.other_posts, moves=tuple(row.moves), leaving=row.leaving,
        starts=row.starts, ends=row.ends, basis=row.basis,
    )  # fmt: skip


def _needed(commission: Commission, unit: int, on: date) -> tuple[Line, ...]:
    lines = against_standards(Asking((commission.pk,), on))
    return tuple(line for line in lines if line.unit == unit)


def _leaders(unit: int, on: date) -> tuple[InCharge, ...]:
    rows = list(Portfolio.objects.current().filter(unit_id=unit).order_by("starts", "position", "id"))
    names = person_names({row.person_id for row in rows}, on)
    return tuple(
        InCharge(row.person_id, names.get(row.person_id, ""), row.mode, row.starts, row.ends, row.basis)
        for row in rows
    )
