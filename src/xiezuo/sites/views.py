"""Screens of the sites: list, one site, rooms and works."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import kept_page, list_response
from xiezuo.figures.api import figure_band
from xiezuo.organisation.api import unit_names
from xiezuo.sites import parts, queries
from xiezuo.sites.queries import SitePage
from xiezuo.sites.states import Grade, SiteKind
from xiezuo.ui.absence import period_words, stays
from xiezuo.ui.blocks import Stat, Tab
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address, linker, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link, joined
from xiezuo.ui.table import View

ROOM_FIGURES = (
    "talk_rooms.count", "talk_rooms.with_recording", "talk_rooms.fully_equipped", "talk_rooms.being_upgraded",
    "offices.independent", "offices.integrated_areas", "culture.corridors",
)  # fmt: skip


def tabs_of(request: HttpRequest, here: str) -> list[Tab]:
    """The pages of the chapter."""
    pages = (("sites:list", _("Sites")), ("sites:works", _("Rooms and works")))
    return [Tab(words, address(request, route), route == here) for route, words in pages]


@require_safe
@kept_page
def sites(request: HttpRequest) -> HttpResponse:
    """Sites that stand on the day, planned ones too."""
    rows = queries.sites(request.commission, request.day)
    units = unit_names(set(rows.order_by().values_list("unit_id", flat=True)), request.day)
    listing = Listing(
        request, parts.list_columns(request, units), rows, title=_("Sites"), order=queries.SITE_ORDER,
        extra=("site_id", "unit_name", "zone_id", "being_upgraded"), views=_views(request),
        row_link=row_linker(request, "sites:site", "site_id"), peek=True,
        empty=_("No site stands on this day."),
    )  # fmt: skip
    return list_response(request, listing, "sites/list.html", {"tabs": tabs_of(request, "sites:list")})


def _views(request: HttpRequest) -> list[View]:
    chosen = request.GET.getlist("f.kind")
    kinds = (SiteKind.TALK_ROOM, SiteKind.OFFICE, SiteKind.INTEGRATED_AREA, SiteKind.CORRIDOR)
    everything = View(_("All"), address(request, "sites:list"), not chosen)
    return [everything, *(View(kind.label, address(request, "sites:list", f_kind=kind.value), chosen == [kind.value])
                          for kind in kinds)]  # fmt: skip


@require_safe
@kept_page
def site(request: HttpRequest, pk: int) -> HttpResponse:
    """One site: what it is on the day, its equipment, works, users, history."""
    page = queries.site_page(request.commission, pk, request.day)
    context = {
        "page_title": page.named,
        "page": page,
        "stays": stays(request, page.records),
        "stats": _stats(page),
        "facts": _facts(request, page),
        "equipment": parts.equipment_table(page.equipment_now, request.day),
        "works": parts.site_works_table(page.works) if page.works else None,
        "lanes": parts.site_lanes(page),
    }
    return render(request, "sites/site.html", context)


def _stats(page: SitePage) -> list[Stat]:
    under_way = any(not work.state.finished for work in page.works)
    return [
        Stat(_("Use"), parts.use_state(in_use=page.in_use, being_upgraded=under_way)),
        Stat(_("Equipment in place"), len(page.equipment_now)),
        Stat(_("Users"), len(page.record.users) if page.record else 0),
    ]


def _facts(request: HttpRequest, page: SitePage) -> list[tuple[Any, Any]]:
    record = page.record
    if record is None:
        return []
    return [
        (_("Code"), page.code),
        (_("Kind"), words_of(SiteKind, record.kind)),
        (_("Unit"), _linked(request, "organisation:unit", [page.unit] if page.unit else [])),
        (_("Inside"), _linked(request, "sites:site", [page.parent] if page.parent else [])),
        (_("Holds"), _linked(request, "sites:site", page.inside)),
        (_("Serves the zone"), _linked(request, "zones:zone", [page.zone] if page.zone else [])),
        (_("Grade"), words_of(Grade, record.grade) if record.grade else ""),
        (_("Padded"), parts.yes_no(record.padded)),
        (_("Independent"), parts.yes_no(record.separate)),
        (_("Planned on"), record.planned_on),
        (_("In use since"), record.opened_on if page.in_use else None),
        (_("Stands"), period_words(record.starts, record.ends)),
        (_("Users"), _users(request, page)),
    ]


def _users(request: HttpRequest, page: SitePage) -> Any:
    """Those whom the reader may know by name, and how many there are besides."""
    named = _linked(request, "organisation:person", page.users)
    others = len(page.record.users) - len(page.users) if page.record else 0
    if not others:
        return named
    words = ngettext("%(number)s person outside your duties", "%(number)s people outside your duties", others)
    return joined([*([named] if page.users else []), words % {"number": others}])


def _linked(request: HttpRequest, route: str, things: Any) -> Any:
    to = linker(request, route)
    return joined(Link(thing.name, to(thing.id)) for thing in things)


@require_safe
@kept_page
def works(request: HttpRequest) -> HttpResponse:
    """Sites by kind, talk rooms with their equipment, works against their due days."""
    rows = queries.works(request.commission, request.day)
    context = {
        "page_title": _("Rooms and works"),
        "tabs": tabs_of(request, "sites:works"),
        "stats": figure_band(request, *ROOM_FIGURES),
        "kinds": parts.kinds_table(
            request, queries.kind_counts(list(queries.sites(request.commission, request.day)))
        ),
        "rooms": parts.rooms_table(request, queries.talk_rooms(request.commission, request.day)),
        "works": parts.works_table(request, rows),
        "lanes": parts.works_lanes(request, rows, request.day),
    }
    return render(request, "sites/works.html", context)
