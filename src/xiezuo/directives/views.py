"""Screens of the plan, of meetings and visits, and of superiors' demands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import kept_page, list_response
from xiezuo.directives import parts, queries
from xiezuo.directives.progress import Progress
from xiezuo.figures.api import figure_band
from xiezuo.ui.absence import period_words
from xiezuo.ui.blocks import Stat, Tab
from xiezuo.ui.links import address, linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link, joined
from xiezuo.ui.table import Column


def tabs_of(request: HttpRequest, here: str) -> list[Tab]:
    """The pages of the chapter."""
    pages = (
        ("directives:plan", _("Plan")),
        ("directives:meetings", _("Meetings and visits")),
        ("directives:directives", _("Demands of superiors")),
    )
    return [Tab(words, address(request, route), route == here) for route, words in pages]


@require_safe
@kept_page
def plan(request: HttpRequest) -> HttpResponse:
    """The plan on the day, what is late in words."""
    found = queries.plan(request.commission, request.day)
    rows = [parts.plan_row(request, row) for row in found]
    listing = Listing(request, parts.plan_columns(request), rows, title=_("Plan"), extra=("id",),
                      empty=_("Nothing was planned by this day."))  # fmt: skip
    context = {
        "tabs": tabs_of(request, "directives:plan"),
        "stats": [*figure_band(request, "plan.leads", "plan.pushes"), *_standing(request, found)],
        "lanes": parts.plan_lanes(request, found, request.day),
    }
    return list_response(request, listing, "directives/plan.html", context)


def _standing(request: HttpRequest, found: list[queries.PlanRow]) -> list[Stat]:
    """How many items stand how; each number opens the list of them."""

    def opened(progress: Progress) -> Stat:
        words = str(parts.PROGRESS_WORDS[progress])
        number = sum(row.progress is progress for row in found)
        return Stat(words, Link(str(number), address(request, "directives:plan", f_progress=words)))

    return [
        opened(each) for each in (Progress.UNDER_WAY, Progress.OVERDUE, Progress.DONE, Progress.DONE_LATE)
    ]


@require_safe
@kept_page
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item of the plan."""
    row = queries.plan_item(request.commission, pk, request.day)
    to_unit = linker(request, "organisation:unit")
    facts = [
        (_("Category"), row.category),
        (_("Aim"), row.aim),
        (_("Begun"), row.starts),
        (_("Due"), row.due_on),
        (_("Done"), parts.done_on(row)),
        (_("Responsible unit"), joined([Link(row.unit.name, to_unit(row.unit.id))]) if row.unit else ""),
        (_("Progress, as the book was kept"), row.said),
    ]
    state = parts.progress_state(row.progress, row.days, due=row.due_on is not None)
    context = {
        "page_title": row.name,
        "state": state,
        "facts": facts,
        "lanes": parts.plan_lanes(request, [row], request.day),
    }
    return render(request, "directives/one.html", context)


@require_safe
@kept_page
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings and visits begun by the day, latest first."""
    rows = [parts.meeting_row(request, row) for row in queries.meetings(request.commission, request.day)]
    listing = Listing(request, parts.meeting_columns(request), rows, title=_("Meetings and visits"), extra=("id",),
                      empty=_("No meeting or visit was held by this day."))  # fmt: skip
    return list_response(request, listing, "directives/list.html", _meeting_context(request))


def _meeting_context(request: HttpRequest) -> dict[str, Any]:
    stats = figure_band(request, "visits.townships_visited", "meetings.promotion_meetings")
    return {"tabs": tabs_of(request, "directives:meetings"), "stats": stats}


@require_safe
@kept_page
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting or visit."""
    row = queries.meeting(request.commission, pk, request.day)
    ahead = row.day > request.day
    context: dict[str, Any] = {
        "page_title": row.name,
        "facts": parts.meeting_facts(request, row),
        "ahead": ahead,
    }
    return render(request, "directives/one.html", context)


@require_safe
@kept_page
def directives(request: HttpRequest) -> HttpResponse:
    """Demands of superiors issued by the day, latest first."""
    to = linker(request, "directives:directive")
    columns = [
        Column("day", gettext_lazy("Day"), kind="date"),
        Column("source", gettext_lazy("Source"), filterable=True),
        Column("name", gettext_lazy("Demand"), searchable=True, link=lambda row: to(row["id"])),
        Column("document_no", gettext_lazy("Document number"), searchable=True),
        Column("points", gettext_lazy("Points"), searchable=True, sortable=False),
        Column("state", gettext_lazy("State"), kind="state", filterable=True),
    ]  # fmt: skip
    rows = [
        parts.directive_row(row, request.day) for row in queries.directives(request.commission, request.day)
    ]
    listing = Listing(request, columns, rows, title=_("Demands of superiors"), extra=("id",),
                      empty=_("No demand had been issued by this day."))  # fmt: skip
    context = {"tabs": tabs_of(request, "directives:directives")}
    return list_response(request, listing, "directives/list.html", context)


@require_safe
@kept_page
def directive(request: HttpRequest, pk: int) -> HttpResponse:
    """One demand of a superior."""
    row = queries.directive(request.commission, pk)
    facts = [
        (_("Source"), row.source),
        (_("Document number"), row.document_no),
        (_("Stands"), period_words(row.starts, row.ends)),
        (_("Points"), row.points),
        (_("Basis"), row.basis),
    ]
    ahead = row.starts > request.day
    context = {"page_title": row.name, "facts": facts, "ahead": ahead,
               "state": None if ahead else parts.stands_state(row, request.day)}  # fmt: skip
    return render(request, "directives/one.html", context)
