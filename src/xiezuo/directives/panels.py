"""What the plan and the visits add to the page of a unit."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.directives import parts, queries
from xiezuo.directives.states import MeetingKind
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import linker
from xiezuo.ui.panels import Panel, Subject, panel
from xiezuo.ui.parts import Link
from xiezuo.ui.table import Column, Table, render_table


@panel("unit", 30)
def named_in(request: HttpRequest, subject: Subject) -> Panel | None:
    """Visits and meetings that named the unit, and items of the plan that it is responsible for."""
    rows = [*_meetings(request, subject.key), *_plan(request, subject.key)]
    if not rows:
        return None
    columns = [
        Column("day", gettext_lazy("Day"), kind="date"), Column("name", gettext_lazy("Meeting, visit or item of the plan")),
        Column("what", gettext_lazy("What")),
    ]  # fmt: skip
    return Panel(
        _("Visits and plan"), render_table(Table(columns, rows, id="named", caption=_("Visits and plan")))
    )


def _meetings(request: HttpRequest, unit: int) -> list[dict[str, object]]:
    to = linker(request, "directives:meeting")
    found = queries.meetings_of_unit(request.commission, unit, request.day)  # type: ignore[attr-defined]
    return [
        {"day": row.day, "name": Link(row.name, to(row.id)), "what": words_of(MeetingKind, row.kind)}
        for row in found
    ]


def _plan(request: HttpRequest, unit: int) -> list[dict[str, object]]:
    to = linker(request, "directives:item")
    found = queries.plan_of_unit(request.commission, unit, request.day)  # type: ignore[attr-defined]
    return [
        {"day": row.starts, "name": Link(row.name, to(row.id)),
         "what": parts.progress_state(row.progress, row.days, due=row.due_on is not None)}
        for row in found
    ]  # fmt: skip
