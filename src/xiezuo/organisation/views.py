"""Screens of the organisation: the tree, one unit, one person, lists of units, people and moves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import actor_of, kept_page, list_response
from xiezuo.figures.api import Asking, counting
from xiezuo.organisation import leave_shown, parts, queries, tables
from xiezuo.organisation.disclosure import show_personal_data
from xiezuo.organisation.entry_links import entry_action
from xiezuo.organisation.establishment import against_standards
from xiezuo.organisation.marks import readers_table, watermark
from xiezuo.organisation.moving import month_or_asked, movement_table, total_words
from xiezuo.organisation.policies import may_see_readers, may_show_personal_data
from xiezuo.organisation.sight import sight_in
from xiezuo.organisation.states import LENT, Engagement, UnitKind
from xiezuo.shared import clock
from xiezuo.ui.absence import stays
from xiezuo.ui.address import Address
from xiezuo.ui.blocks import Stat, Tab
from xiezuo.ui.context import in_drawer
from xiezuo.ui.documents import documents_table
from xiezuo.ui.links import address, linker, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.panels import Subject, panels_of
from xiezuo.ui.parts import Link
from xiezuo.ui.table import View


def tabs_of(request: HttpRequest, here: str) -> list[Tab]:
    """The pages of the chapter, each with an address of its own."""
    pages = (
        ("organisation:tree", _("Organisation tree")),
        ("organisation:units", _("Units")),
        ("organisation:people", _("People in post")),
        ("organisation:moves", _("Moves")),
        ("organisation:standards", _("Establishment")),
    )
    return [Tab(words, address(request, route), route == here) for route, words in pages]


@require_safe
@kept_page
def tree(request: HttpRequest) -> HttpResponse:
    """Every kind of unit with its units, and what falls short of the establishment."""
    kinds = queries.organisation_tree(request.commission, request.day)
    lines = against_standards(Asking((request.commission.pk,), request.day))
    short = [line for line in lines if line.short]
    context = {
        "page_title": _("Organisation"),
        "tabs": tabs_of(request, "organisation:tree"),
        "kinds": kinds,
        "branches": parts.tree_of(request, kinds),
        "shortfalls": [tables.shortfall(request, line) for line in short],
        "stats": _strength(request),
    }
    return render(request, "organisation/tree.html", context)


def _strength(request: HttpRequest) -> list[Stat]:
    """The strength of the whole commission, for whoever may know totals; a number opens where everybody is shown."""
    sight = sight_in(request.commission)
    if not sight.totals:
        return []
    with counting((request.commission.pk,)):
        totals = queries.post_totals(queries.posts_alone(request.commission, request.day))

    def opened(number: str, **filters: Any) -> Link:
        return Link(
            str(totals[number]), address(request, "organisation:people", **filters) if sight.everyone else ""
        )

    return [
        Stat(_("People in post"), opened("people")),
        Stat(_("Full-time"), opened("full_time", f_engagement=Engagement.FULL_TIME.value)),
        Stat(_("Of which lent by others"), opened("lent", f_status=[status.value for status in LENT])),
        Stat(_("Posts held"), opened("posts")),
    ]


@require_safe
@kept_page
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what it is on the day, who is there, its history."""
    page = queries.unit_page(request.commission, pk, request.day)
    panels = panels_of(request, Subject("unit", pk))
    lanes = [*parts.unit_lanes(request, page), *(lane for panel in panels for lane in panel.lanes)]
    context = {
        "page_title": page.named,
        "page": page,
        "stays": stays(request, page.records),
        "branches": [] if in_drawer(request) else _tree(request, pk),
        "stats": parts.unit_numbers(request, page),
        "facts": parts.unit_facts(page),
        "leaders": parts.in_charge(request, page.leaders),
        "roster": parts.roster_table(request, page),
        "away": leave_shown.away_table(request, page),
        "standards": parts.standards_table(page.needed),
        "panels": [panel for panel in panels if panel.body],
        "lanes": lanes,
        "documents": documents_table(page.documents),
        **entry_action(request, "organisation:enter-move-at", page.unit),
    }
    return render(request, "organisation/unit.html", context)


def _tree(request: HttpRequest, here: int) -> list[Any]:
    return parts.tree_of(request, queries.organisation_tree(request.commission, request.day), here)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts over time, with no more personal data than the reader needs."""
    return _person_page(request, queries.person_page(request.commission, pk, request.day))


@require_POST
@never_cache
def show_person(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the personal data; who asked is in the journal."""
    page = show_personal_data(
        commission=request.commission,
        person=pk,
        on=request.day,
        by=actor_of(request.user),
        now=clock.now(),
    )
    return _person_page(request, page)


def _person_page(request: HttpRequest, page: queries.PersonPage) -> HttpResponse:
    panels = panels_of(request, Subject("person", page.person))
    by, here, units = actor_of(request.user), request.commission.pk, page.units_on(clock.today())
    sight = sight_in(request.commission)
    known = sight.everyone or not sight.units.isdisjoint(units)
    context = {
        "page_title": page.name,
        "page": page,
        "personal": parts.personal_facts(page) if known else [],
        "may_not_show": may_show_personal_data(by, here, units),
        "readers": None if may_see_readers(by, here, units) else readers_table(request.commission, page.code),
        "watermark": watermark(request),
        "posts": parts.posts_table(request, page),
        "shares": parts.shares_table(request, page.shares_now) if page.shares_now else None,
        **leave_shown.leave_of(request, page, known=known),
        "panels": [panel for panel in panels if panel.body],
        "lanes": [*parts.person_lanes(request, page), *(lane for panel in panels for lane in panel.lanes)],
        "documents": documents_table(page.documents),
        **entry_action(request, "organisation:enter-move-of", page.person),
    }
    return render(request, "organisation/person.html", context)


@require_safe
@kept_page
def units(request: HttpRequest) -> HttpResponse:
    """Units that stand on the day."""
    sight = sight_in(request.commission)
    rows = queries.units(request.commission, request.day)
    listing = Listing(
        request, tables.unit_columns(request, sight), rows, title=_("Units"),
        order=("kind_order", "official", "position", "id"), extra=tables.extras("unit_id"),
        totals=_unit_totals if sight.totals else None, views=_kind_views(request, "organisation:units"),
        row_link=row_linker(request, "organisation:unit", "unit_id"), peek=True,
        empty=_("No unit stands on this day."),
    )  # fmt: skip
    # Units are for everybody; of people the list has nothing but their number.
    with counting((request.commission.pk,)):
        return list_response(
            request, listing, "organisation/list.html", {"tabs": tabs_of(request, "organisation:units")}
        )


def _unit_totals(rows: Any) -> dict[str, Any]:
    counted = [(row["people"], row["full_time"], row["lent"]) for row in rows]
    people, full_time, lent = (sum(column) for column in zip(*counted, strict=True)) if counted else (0, 0, 0)
    return {"name": _("Total"), "people": people, "full_time": full_time, "lent": lent}


def _kind_views(request: HttpRequest, route: str) -> list[View]:
    """The kinds that a county speaks of most, and all of them."""
    chosen = request.GET.getlist("f.kind")
    kinds = (UnitKind.STATIONED_GROUP, UnitKind.TOWNSHIP_COMMISSION, UnitKind.TOWNSHIP_STATION,
             UnitKind.SUPERVISION_OFFICE, UnitKind.INVESTIGATION_OFFICE)  # fmt: skip
    everything = View(_("All"), address(request, route), not chosen)
    return [everything, *(View(kind.label, address(request, route, f_kind=kind.value), chosen == [kind.value])
                          for kind in kinds)]  # fmt: skip


@require_safe
@kept_page
def people(request: HttpRequest) -> HttpResponse:
    """People in post on the day, one row a post."""
    rows = queries.posts(request.commission, request.day)
    units_named = {
        row["unit_id"]: row["unit_name"] for row in queries.unit_choices(request.commission, request.day)
    }
    listing = Listing(
        request, tables.post_columns(request, units_named), rows, title=_("People in post"),
        order=queries.POST_ORDER, extra=tables.extras("person_id", "unit_name"), views=_people_views(request),
        row_link=row_linker(request, "organisation:person", "person_id"), peek=True,
        empty=_("Nobody whom your duties reach is in post on this day."), alone=queries.posts_alone(request.commission, request.day),
    )  # fmt: skip
    context = {
        "tabs": tabs_of(request, "organisation:people"), "totals": total_words(listing),
        "narrowed": not sight_in(request.commission).everyone,
    }  # fmt: skip
    return list_response(request, listing, "organisation/list.html", context)


def _people_views(request: HttpRequest) -> list[View]:
    lent = Address.of(request).put(
        **{"f.status": [status.value for status in LENT], "f.kind": None, "after": None}
    )
    asked = request.GET.getlist("f.status")
    views = _kind_views(request, "organisation:people")
    return [*views, View(_("Lent by others"), str(lent), asked == [status.value for status in LENT])]


@require_safe
@kept_page
def moves(request: HttpRequest) -> HttpResponse:
    """Who came, who went, and the balance of every unit between two days."""
    first, last = month_or_asked(request)
    leaving = request.GET.get("way") == "out"
    asked = queries.given_up if leaving else queries.taken_up
    columns = tables.given_up_columns(request) if leaving else tables.taken_up_columns(request)
    extra = {"person_id": "person_id", "unit_id": "unit_id"}
    if not leaving:
        extra |= {"from_outside": "from_outside", "came_from": "from_unit_name"}
    listing = Listing(
        request, columns, asked(request.commission, first, last),
        title=_("Posts given up") if leaving else _("Posts taken up"),
        order=("day", *queries.POST_ORDER), extra=extra, views=_ways(request, leaving=leaving),
        empty=_("Nobody moved between these two days."),
    )  # fmt: skip
    context = {
        "tabs": tabs_of(request, "organisation:moves"), "first": first, "last": last,
        "narrowed": not sight_in(request.commission).everyone, "way": "out" if leaving else "", "balance": movement_table(request, first, last),
        **entry_action(request, "organisation:enter-move"),
    }  # fmt: skip
    return list_response(request, listing, "organisation/moves.html", context)


def _ways(request: HttpRequest, *, leaving: bool) -> list[View]:
    here = Address.of(request).only("on", "since")
    return [
        View(_("Posts taken up"), str(here), not leaving),
        View(_("Posts given up"), str(here.put(way="out")), leaving),
    ]


@require_safe
@kept_page
def standards(request: HttpRequest) -> HttpResponse:
    """Every post that a standard asks for, beside who is there."""
    to = linker(request, "organisation:unit")
    lines = against_standards(Asking((request.commission.pk,), request.day))
    rows = [tables.standard_row(line) for line in lines]
    columns = tables.standard_columns(to)
    listing = Listing(request, columns, rows, title=_("Establishment"), extra=("unit",), totals=tables.standard_totals,
                      empty=_("No standard is in force on this day."))  # fmt: skip
    context = {
        "tabs": tabs_of(request, "organisation:standards"),
        "narrowed": not sight_in(request.commission).totals,
    }
    return list_response(request, listing, "organisation/list.html", context)
