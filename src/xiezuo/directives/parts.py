"""Parts of the pages of directives, meetings and the plan."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiezuo.directives.models import Directive
from xiezuo.directives.progress import Progress
from xiezuo.directives.queries import Linked, MeetingRow, PlanRow, directive_stands
from xiezuo.directives.states import MeetingKind
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import OPEN
from xiezuo.ui.choices import filled, words_of
from xiezuo.ui.links import linker
from xiezuo.ui.parts import Link, State, joined
from xiezuo.ui.table import Column
from xiezuo.ui.timeline import Fact, Lane
from xiezuo.ui.words import long_day

PROGRESS_WORDS = {
    Progress.UNDER_WAY: gettext_lazy("under way"),
    Progress.OVERDUE: gettext_lazy("overdue"),
    Progress.DONE: gettext_lazy("done"),
    Progress.DONE_LATE: gettext_lazy("done late"),
    Progress.TO_COME: gettext_lazy("to come"),
}


def progress_state(progress: Progress, days: int, *, due: bool) -> State:
    """How an item of the plan stands, in words with the days that go with it."""
    counted = {"days": days}
    if progress is Progress.TO_COME:
        return State(ngettext("begins in %(days)s day", "begins in %(days)s days", days) % counted, "quiet")
    if progress is Progress.OVERDUE:
        return State(ngettext("overdue by %(days)s day", "overdue by %(days)s days", days) % counted, "bad")
    if progress is Progress.DONE_LATE:
        return State(ngettext("done %(days)s day late", "done %(days)s days late", days) % counted, "warn")
    if progress is Progress.DONE:
        return State(_("done"), "good")
    if not due:
        return State(_("under way, no due day"), "wait")
    return State(
        ngettext("under way, %(days)s day left", "under way, %(days)s days left", days) % counted, "wait"
    )


def plan_columns(request: HttpRequest) -> list[Column]:
    """The plan on a day."""
    to = linker(request, "directives:item")
    return [
        Column("category", gettext_lazy("Category"), filterable=True),
        Column("name", gettext_lazy("Item"), searchable=True, link=lambda row: to(row["id"])),
        Column("state", gettext_lazy("State"), kind="state", sortable=False),
        Column("starts", gettext_lazy("Begun"), kind="date"),
        Column("due_on", gettext_lazy("Due"), kind="date"),
        Column("ends", gettext_lazy("Done"), kind="date"),
        Column("unit", gettext_lazy("Responsible unit"), searchable=True),
        Column("said", gettext_lazy("Progress, as the book was kept"), searchable=True, sortable=False),
        Column("progress", gettext_lazy("State in short"), filterable=True, optional=True,
               choices=[(str(words), words) for words in PROGRESS_WORDS.values()]),
        Column("aim", gettext_lazy("Aim"), optional=True, searchable=True, sortable=False),
    ]  # fmt: skip


def plan_row(request: HttpRequest, row: PlanRow) -> dict[str, Any]:
    """One item of the plan as a row."""
    to_unit = linker(request, "organisation:unit")
    return {
        "id": row.id, "category": row.category, "name": row.name, "aim": row.aim, "said": row.said,
        "state": progress_state(row.progress, row.days, due=row.due_on is not None),
        "starts": row.starts, "due_on": row.due_on, "ends": done_on(row), "progress": PROGRESS_WORDS[row.progress],
        "unit": Link(row.unit.name, to_unit(row.unit.id)) if row.unit else "",
    }  # fmt: skip


def done_on(row: PlanRow) -> Any:
    """The day on which an item was done, as far as the day of the page knows."""
    return row.ends if row.progress in (Progress.DONE, Progress.DONE_LATE) else None


def plan_lanes(request: HttpRequest, rows: Sequence[PlanRow], day: date) -> list[Lane]:
    """Each item as a bar: to the day it was done, else to the day it is due, as far as the day of the page knows."""
    to = linker(request, "directives:item")
    return [Lane(row.name, [_plan_fact(row, day)], to(row.id)) for row in rows]


def _plan_fact(row: PlanRow, day: date) -> Fact:
    state = progress_state(row.progress, row.days, due=row.due_on is not None)
    due = max(row.due_on or OPEN, day, row.starts + timedelta(days=1))
    until = max(done_on(row) or due, row.starts + timedelta(days=1))
    return Fact(f"{row.category}：{state.words}", row.starts, until, row.aim, tone=state.tone)


def meeting_columns(request: HttpRequest) -> list[Column]:
    """Meetings and visits begun by a day."""
    to = linker(request, "directives:meeting")
    return [
        Column("day", gettext_lazy("Day"), kind="date"),
        Column("kind", gettext_lazy("Kind"), filterable=True, choices=[(label, label) for _value, label in filled(MeetingKind)]),
        Column("name", gettext_lazy("Meeting or visit"), searchable=True, link=lambda row: to(row["id"])),
        Column("led_by", gettext_lazy("Led by"), searchable=True),
        Column("attended_by", gettext_lazy("Attended by"), searchable=True, sortable=False),
        Column("units", gettext_lazy("Units"), kind="number"),
        Column("last_day", gettext_lazy("Last day"), kind="date", optional=True),
        Column("basis", gettext_lazy("Basis"), optional=True),
    ]  # fmt: skip


def meeting_row(request: HttpRequest, row: MeetingRow) -> dict[str, Any]:
    """One meeting or visit as a row."""
    return {
        "id": row.id, "day": row.day, "kind": words_of(MeetingKind, row.kind), "name": row.name,
        "led_by": led_by(request, row.led_by), "attended_by": listed(row.attended_by),
        "units": len(row.units), "last_day": row.last_day, "basis": row.basis,
    }  # fmt: skip


def led_by(request: HttpRequest, person: Linked | None) -> Any:
    """Who led, linked."""
    return Link(person.name, linker(request, "organisation:person")(person.id)) if person else ""


def meeting_facts(request: HttpRequest, row: MeetingRow) -> list[tuple[Any, Any]]:
    """What is recorded of a meeting or visit."""
    to = linker(request, "organisation:unit")
    days = long_day(row.day) if row.last_day == row.day else f"{long_day(row.day)} – {long_day(row.last_day)}"
    return [
        (_("Kind"), words_of(MeetingKind, row.kind)),
        (_("Day"), days),
        (_("Led by"), joined([led_by(request, row.led_by)]) if row.led_by else ""),
        (_("Attended by"), listed(row.attended_by)),
        (_("Units"), joined(Link(unit.name, to(unit.id)) for unit in row.units)),
        (_("Basis"), row.basis),
    ]


def directive_row(row: Directive, day: Any) -> dict[str, Any]:
    """One demand as a row."""
    return {
        "id": row.pk, "day": row.starts, "source": row.source, "name": row.name, "document_no": row.document_no,
        "points": row.points, "state": stands_state(row, day),
    }  # fmt: skip


def stands_state(row: Directive, day: Any) -> State:
    """Whether a demand stands on the day."""
    return State(_("stands"), "good") if directive_stands(row, day) else State(_("ended"), "quiet")
