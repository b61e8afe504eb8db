"""What sites add to the pages of units, zones, people and zone plans."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.sites import queries
from xiezuo.sites.parts import brief_table, touched_table
from xiezuo.sites.queries import SiteOf
from xiezuo.ui.panels import Panel, Subject, panel
from xiezuo.ui.table import render_table
from xiezuo.ui.words import Words


@panel("unit", 20)
def sites_of_unit(request: HttpRequest, subject: Subject) -> Panel | None:
    """Rooms and places of the unit."""
    return _panel(request, _("Sites"), queries.sites_of_unit(subject.key, request.day))  # type: ignore[attr-defined]


@panel("zone", 20)
def sites_of_zone(request: HttpRequest, subject: Subject) -> Panel | None:
    """Rooms and places that serve the zone or belong to its units."""
    found = queries.sites_of_zone(subject.key, subject.units, request.day)  # type: ignore[attr-defined]
    return _panel(request, _("Sites of the zone and its units"), found)


@panel("person", 20)
def sites_of_person(request: HttpRequest, subject: Subject) -> Panel | None:
    """Rooms that name the person as a user."""
    return _panel(request, _("Rooms used"), queries.sites_of_person(subject.key, request.day))  # type: ignore[attr-defined]


@panel("zone_plan", 20)
def rooms_of_plan(request: HttpRequest, subject: Subject) -> Panel | None:
    """Rooms of the units that a zone plan moves, and rooms that serve a zone which it closes or changes."""
    found = queries.rooms_touched(subject.units, request.day)  # type: ignore[attr-defined]
    if not found:
        return None
    return Panel(_("Rooms that the plan concerns"), render_table(touched_table(request, found)))


def _panel(request: HttpRequest, title: Words, found: list[SiteOf]) -> Panel | None:
    return Panel(title, render_table(brief_table(request, found, request.day))) if found else None  # type: ignore[attr-defined]
