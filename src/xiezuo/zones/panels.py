"""What zones add to the pages of units and people."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.ui.links import linker
from xiezuo.ui.panels import Panel, Subject, panel
from xiezuo.ui.table import render_table
from xiezuo.ui.timeline import Fact, Lane
from xiezuo.zones import parts, queries
from xiezuo.zones.queries import InZone


@panel("unit", 10)
def zones_of_unit(request: HttpRequest, subject: Subject) -> Panel | None:
    """The zones that the unit belongs to, with its role, and those that it helps."""
    found = queries.zones_of_unit(subject.key, request.day)  # type: ignore[attr-defined]
    return _panel(request, found, roles=True) if found else None


@panel("person", 10)
def zones_of_person(request: HttpRequest, subject: Subject) -> Panel | None:
    """The zones that the person leads or led."""
    found = queries.zones_of_person(subject.key, request.day)  # type: ignore[attr-defined]
    return _panel(request, found, roles=False) if found else None


def _panel(request: HttpRequest, found: list[InZone], *, roles: bool) -> Panel:
    title = _("Collaboration zones") if roles else _("Zones led")
    to = linker(request, "zones:zone")
    facts: dict[int, list[InZone]] = {}
    for one in found:
        facts.setdefault(one.zone, []).append(one)
    lanes = [Lane(rows[0].name, [_fact(row) for row in rows], to(zone)) for zone, rows in facts.items()]
    return Panel(title, render_table(parts.in_zones_table(request, found, roles=roles)), lanes)


def _fact(one: InZone) -> Fact:
    state = parts.role_state(one.role) if one.role else None
    words = state.words if state else _("leads")
    return Fact(words, one.starts, one.ends, one.basis, tone=state.tone if state else "good")
