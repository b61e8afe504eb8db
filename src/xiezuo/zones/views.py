"""Screens of the zones: list, one zone, matrix, map, leaders."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import kept_page, list_response
from xiezuo.figures.api import figure_band
from xiezuo.organisation.states import Engagement
from xiezuo.ui.absence import period_words, stays
from xiezuo.ui.blocks import Stat, Tab
from xiezuo.ui.choices import words_of
from xiezuo.ui.documents import documents_table
from xiezuo.ui.links import address, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.panels import Subject, panels_of
from xiezuo.ui.parts import Link
from xiezuo.zones import parts, queries
from xiezuo.zones.joining.shown import joined_on, marks_of
from xiezuo.zones.judged import Judged
from xiezuo.zones.map_shown import map_context
from xiezuo.zones.plans.shown import differing_table, differing_units, most_led
from xiezuo.zones.queries import ZonePage
from xiezuo.zones.queries.judging import judged_on, known_of
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.states import Level

ZONE_FIGURES = (
    "zones.first_level", "zones.second_level", "zones.township_zones", "zones.direct_zones", "zones.lead_offices",
    "zones.leaders_with_two",
)  # fmt: skip


def tabs_of(request: HttpRequest, here: str) -> list[Tab]:
    """The pages of the chapter."""
    pages = (
        ("zones:list", _("Zones")), ("zones:map", _("Map")), ("zones:matrix", _("Matrix")), ("zones:leaders", _("Leaders")),
        ("zones:plans", _("Zone plans")), ("zones:joinings", _("Joined for a time")), ("zones:meetings", _("Meetings")),
    )  # fmt: skip
    return [Tab(words, address(request, route), route == here) for route, words in pages]


@require_safe
@kept_page
def zones(request: HttpRequest) -> HttpResponse:
    """Zones that stand on the day."""
    county = request.commission.county_type
    rows = [
        parts.list_row(request, row, county) for row in queries.zone_rows(request.commission, request.day)
    ]
    listing = Listing(request, parts.list_columns(request), rows, title=_("Collaboration zones"), extra=("zone",),
                      totals=parts.level_totals, row_link=row_linker(request, "zones:zone", "zone"), peek=True,
                      empty=_("No zone stands on this day."))  # fmt: skip
    return list_response(request, listing, "zones/list.html", _list_context(request))


def _list_context(request: HttpRequest) -> dict[str, Any]:
    return {"tabs": tabs_of(request, "zones:list"), "stats": figure_band(request, *ZONE_FIGURES)}


@require_safe
@kept_page
def zone(request: HttpRequest, pk: int) -> HttpResponse:
    """One zone: who leads it, which units belong to it, its sites, its history."""
    page = queries.zone_page(request.commission, pk, request.day)
    units = tuple(part.id for part in page.inside)
    panels = panels_of(request, Subject("zone", pk, units))
    context = {
        "page_title": page.named,
        "page": page,
        "stays": stays(request, page.records),
        "stats": _stats(request, page),
        "facts": _facts(request, page),
        "leaders": parts.leaders_table(request, page.leaders_now),
        "members": parts.members_table(request, page.members_now),
        "panels": [panel for panel in panels if panel.body],
        "lanes": parts.zone_lanes(request, page),
        "documents": documents_table(page.documents),
        "joined": joined_on(request, request.commission, request.day, _with_parent(pk, page)),
    }
    return render(request, "zones/zone.html", context)


def _with_parent(zone: int, page: ZonePage) -> list[int]:
    """The zone, the one that it stands under and those under it: what acts as one with any of them concerns it."""
    return [zone, *([page.parent.id] if page.parent else []), *(child.id for child in page.children)]


def _stats(request: HttpRequest, page: ZonePage) -> list[Stat]:
    units = [str(part.id) for part in page.inside]
    everybody = address(request, "organisation:people", f_unit_id=units)
    full_time = address(
        request, "organisation:people", f_unit_id=units, f_engagement=Engagement.FULL_TIME.value
    )
    people, opens = page.strength, all(part.seen for part in page.inside)
    return [
        Stat(_("Units"), Link(str(len(units)), "#members")),
        Stat(_("People in post"), parts.number(people.people, everybody if opens else "")),
        Stat(_("Full-time"), parts.number(people.full_time, full_time if opens else "")),
        Stat(_("Contact leaders"), Link(str(len(page.leaders_now)), "#leaders")),
    ]


def _facts(request: HttpRequest, page: ZonePage) -> list[tuple[Any, Any]]:
    record = page.record
    if record is None:
        return []
    return [
        (_("Code"), page.code),
        (_("Level"), words_of(Level, record.level)),
        (_("Kind"), parts.kind_words(record.kind, request.commission.county_type)),
        (_("Belongs to"), parts.zone_links(request, [page.parent]) if page.parent else ""),
        (_("Zones under it"), parts.zone_links(request, page.children)),
        (_("Stands"), period_words(record.starts, record.ends)),
        (_("Basis"), record.basis),
    ]


@require_safe
@kept_page
def matrix(request: HttpRequest) -> HttpResponse:
    """Units against zones, both levels."""
    found = queries.zone_matrix(request.commission, request.day)
    differs = differing_units(_judged(request)[1])
    rows = [
        parts.matrix_row(row, found.columns) | {"differs": differs.get(row.unit, "")} for row in found.rows
    ]
    joined = joined_on(request, request.commission, request.day)
    marks = marks_of(joined)
    listing = Listing(request, parts.matrix_columns(request, found, marks), rows, title=_("Zone matrix"), extra=("unit",),
                      page_size=200, name="matrix", row_link=row_linker(request, "organisation:unit", "unit"), peek=True,
                      empty=_("No unit stands on this day."))  # fmt: skip
    return list_response(
        request, listing, "zones/list.html", {"tabs": tabs_of(request, "zones:matrix"), "joined": joined}
    )


@require_safe
@kept_page
def zone_map(request: HttpRequest) -> HttpResponse:
    """The second-level zones drawn as a schematic, with a list beside it that says the same."""
    context = {"page_title": _("Zone map"), "tabs": tabs_of(request, "zones:map"), **map_context(request)}
    return render(request, "zones/map.html", context)


@require_safe
@kept_page
def leaders(request: HttpRequest) -> HttpResponse:
    """Who leads how many zones beside what the rule allows, and where the division of work says otherwise."""
    rows = queries.zone_rows(request.commission, request.day)
    scheme, judged = _judged(request)
    known = known_of(request.commission, request.day, (scheme,), judged)
    context = {
        "page_title": _("Leaders and their zones"),
        "tabs": tabs_of(request, "zones:leaders"),
        "table": parts.spans_table(request, queries.leader_spans(rows), most_led(judged)),
        "more_title": _("Leaders of zones and the division of work"),
        "more": differing_table(request, judged, scheme, known),
    }
    return render(request, "zones/list.html", context)


def _judged(request: HttpRequest) -> tuple[Scheme, list[Judged]]:
    """The zones of the day, and what the rules of zone plans say of them."""
    scheme = scheme_on(request.commission, request.day)
    return scheme, judged_on(request.commission, scheme, request.day)
