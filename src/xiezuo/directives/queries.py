"""Questions about demands of superiors, meetings and visits, and the plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.directives.models import Directive, Meeting, PlanItem
from xiezuo.directives.progress import Progress, progress_on
from xiezuo.directives.states import LEAD, PUSH, MeetingKind
from xiezuo.organisation.api import person_names, unit_names
from xiezuo.organisation.models import Commission
from xiezuo.shared.changes import Change, ChangeKind, between, in_order
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import covers


class Linked(NamedTuple):
    """Something with a page of its own."""

    id: int
    name: str


def directives(commission: Commission, on: date) -> list[Directive]:
    """Demands issued by the day, latest first. One query."""
    rows = Directive.objects.current().filter(commission=commission, starts__lte=on)
    return list(rows.order_by("-starts", "position", "id"))


def directive(commission: Commission, key: int) -> Directive:
    """One demand; raises `NotThere`. One query, two if a later edition of the book replaced it."""
    return _current(Directive, commission, key, "source", "name", "starts")


def directive_stands(row: Directive, on: date) -> bool:
    """Whether the demand stands on the day."""
    return covers(row.starts, row.ends, on)


@dataclass(frozen=True)
class MeetingRow:
    """One meeting or visit with those it names."""

    id: int
    kind: str
    name: str
    day: date
    last_day: date
    led_by: Linked | None
    attended_by: tuple[str, ...]
    units: tuple[Linked, ...]
    basis: str


def meetings(commission: Commission, on: date) -> list[MeetingRow]:
    """Meetings and visits begun by the day, latest first. Three queries."""
    rows = Meeting.objects.current().filter(commission=commission, starts__lte=on)
    return _meeting_rows(list(rows.order_by("-starts", "position", "id")), on)


def meeting(commission: Commission, key: int, on: date) -> MeetingRow:
    """One meeting or visit; raises `NotThere`. Three queries, four if a later edition of the book replaced it."""
    return _meeting_rows([_current(Meeting, commission, key, "kind", "name", "starts")], on)[0]


def meetings_of_unit(commission: Commission, unit: int, on: date) -> list[MeetingRow]:
    """Meetings and visits begun by the day that name the unit, latest first. Three queries."""
    rows = Meeting.objects.current().filter(commission=commission, starts__lte=on, units__contains=[unit])
    return _meeting_rows(list(rows.order_by("-starts", "position", "id")), on)


def _meeting_rows(rows: list[Meeting], on: date) -> list[MeetingRow]:
    people = person_names({row.led_by_id for row in rows if row.led_by_id}, on)
    units = unit_names({unit for row in rows for unit in row.units}, on)
    return [_meeting_row(row, people, units) for row in rows]


def _meeting_row(row: Meeting, people: dict[int, str], units: dict[int, str]) -> MeetingRow:
    # Who led it may be somebody whom the reader does not know by name.
    led_by = Linked(row.led_by_id, people[row.led_by_id]) if row.led_by_id in people else None
    visited = tuple(Linked(unit, name) for unit, name in units.items() if unit in row.units)
    return MeetingRow(
        row.pk, row.kind, row.name, row.starts, row.last_day or row.starts, led_by,
        tuple(row.attended_by), visited, row.basis,
    )  # fmt: skip


@dataclass(frozen=True)
class PlanRow:
    """One item of the plan with its state on the day; `days` are those left, overdue, or late when done."""

    id: int
    category: str
    name: str
    aim: str
    starts: date
    due_on: date | None
    ends: date
    said: str
    unit: Linked | None
    progress: Progress
    days: int


def plan(commission: Commission, on: date) -> list[PlanRow]:
    """The plan as it stands on the day: items that begin by the end of its year. What leads comes first, then what is
    pushed, then the county's own categories; within one the order of the book. Two queries."""
    rows = PlanItem.objects.current().filter(commission=commission, starts__lte=date(on.year, 12, 31))
    return _plan_rows(
        sorted(rows, key=lambda row: (_category_order(row.category), row.starts.year, row.position, row.pk)),
        on,
    )


def plan_of_unit(commission: Commission, unit: int, on: date) -> list[PlanRow]:
    """Items of the plan begun by the day that the unit is responsible for, latest first. Two queries."""
    rows = PlanItem.objects.current().filter(commission=commission, starts__lte=on, unit_id=unit)
    return _plan_rows(list(rows.order_by("-starts", "position", "id")), on)


def plan_item(commission: Commission, key: int, on: date) -> PlanRow:
    """One item of the plan; raises `NotThere`. Two queries, three if a later edition of the book replaced it."""
    return _plan_rows([_current(PlanItem, commission, key, "category", "name", "starts")], on)[0]


def _category_order(category: str) -> tuple[int, str]:
    known = (LEAD, PUSH)
    return (known.index(category), "") if category in known else (len(known), category)


def _plan_rows(rows: list[PlanItem], on: date) -> list[PlanRow]:
    units = unit_names({row.unit_id for row in rows if row.unit_id}, on)
    return [_plan_row(row, units, on) for row in rows]


def _plan_row(row: PlanItem, units: dict[int, str], on: date) -> PlanRow:
    progress, days = progress_on(row.starts, row.due_on, row.ends, on)
    return PlanRow(
        row.pk, row.category, row.name, row.aim, row.starts, row.due_on, row.ends, row.progress,
        Linked(row.unit_id, units.get(row.unit_id, "")) if row.unit_id else None, progress, days,
    )  # fmt: skip


def _current(model: type[Any], commission: Commission, key: int, *natural: str) -> Any:
    """The row of that number, or the one that replaced it under the same natural key."""
    row = model.objects.filter(commission=commission, pk=key).first()
    if row is not None and row.known_until is not None:
        same = {name: getattr(row, name) for name in natural}
        row = model.objects.current().filter(commission=commission, **same).first()
    if row is None:
        raise NotThere(
            _("There is no record number %(number)s of this kind in this commission.") % {"number": key}
        )
    return row


def changes(commission: Commission, first: date, last: date) -> list[Change]:
    """Demands issued, meetings held, items of the plan begun and done, after `first` and up to `last`. Three queries."""
    days = (first, last)
    return in_order([*_directives(commission, days), *_meetings(commission, days), *_plan(commission, days)])


def _directives(commission: Commission, days: tuple[date, date]) -> Iterator[Change]:
    rows = Directive.objects.current().filter(commission=commission, starts__gt=days[0], starts__lte=days[1])
    for row in rows.order_by("position", "id"):
        names, opens = {"source": row.source, "name": row.name}, ("directive", row.pk)
        words = gettext_lazy("%(source)s asked: %(name)s")
        yield Change(row.starts, ChangeKind.DIRECTIVE_ISSUED, words, names, opens)


def _meetings(commission: Commission, days: tuple[date, date]) -> Iterator[Change]:
    rows = Meeting.objects.current().filter(commission=commission, starts__gt=days[0], starts__lte=days[1])
    for row in rows.order_by("position", "id"):
        kind = MeetingKind(row.kind).label if row.kind in MeetingKind.values else row.kind
        names, opens = {"kind": str(kind), "name": row.name}, ("meeting", row.pk)
        yield Change(row.starts, ChangeKind.MEETING_HELD, gettext_lazy("%(kind)s: %(name)s"), names, opens)


def _plan(commission: Commission, days: tuple[date, date]) -> Iterator[Change]:
    rows = PlanItem.objects.current().filter(commission=commission, ends__gt=days[0], starts__lte=days[1])
    for row in rows.order_by("position", "id"):
        names, opens = {"category": row.category, "name": row.name}, ("plan_item", row.pk)
        if between(days, row.starts):
            words = gettext_lazy("The plan (%(category)s) began: %(name)s")
            yield Change(row.starts, ChangeKind.PLAN_BEGUN, words, names, opens)
        if between(days, row.ends):
            words = gettext_lazy("The plan (%(category)s) is done: %(name)s")
            yield Change(row.ends, ChangeKind.PLAN_DONE, words, names, opens)
