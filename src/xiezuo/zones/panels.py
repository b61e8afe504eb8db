"""What zones add to the pages of units, people and zones."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from xiezuo.accounts.api import actor_of
from xiezuo.organisation.api import unit_names
from xiezuo.shared import clock
from xiezuo.ui.links import address, linker
from xiezuo.ui.panels import Panel, Subject, panel
from xiezuo.ui.parts import Link
from xiezuo.ui.table import render_table
from xiezuo.ui.timeline import Fact, Lane
from xiezuo.ui.words import long_day
from xiezuo.zones import parts, queries
from xiezuo.zones.joining import panels as panels_of_joining  # noqa: F401 - they register themselves
from xiezuo.zones.meetings import policies, shown
from xiezuo.zones.meetings.cadence import Standing
from xiezuo.zones.queries import InZone, meetings
from xiezuo.zones.queries.meetings import ZoneDue


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


SHOWN_MEETINGS = 6
"""Meetings of a zone that its page names; the list has all of them."""


@panel("zone", 10)
def meetings_of_zone(request: HttpRequest, subject: Subject) -> Panel | None:
    """When the zone met and meets next, and what is still to be done; nothing for whom its meetings are not."""
    by, commission, day = actor_of(request.user), request.commission, request.day  # type: ignore[attr-defined]
    sees = policies.sees_of(by, commission.pk)
    rows = meetings.zones_due(commission, day, {subject.key}, sees)
    if not rows or rows[0].due is None:
        return None
    context = _meetings_shown(request, rows[0], subject.key)
    if not policies.may_run(by, meetings.seat_of(commission, subject.key, clock.today())):
        context["plan_href"] = address(request, "zones:plan-meeting", zone=str(subject.key))
    return Panel(_("Meetings"), render_to_string("zones/meetings/_panel.html", context))


def _meetings_shown(request: HttpRequest, row: ZoneDue, zone: int) -> dict[str, Any]:
    to, day = linker(request, "zones:meeting"), request.day  # type: ignore[attr-defined]
    items = meetings.not_done(zones=[zone], on=day)
    names = unit_names([each.unit_id for each in items if each.unit_id], day)
    held, waiting = (
        [Link(long_day(each.day), to(each.pk)) for each in rows[:SHOWN_MEETINGS]]
        for rows in (row.held, row.waiting)
    )
    due = row.due
    return {
        "state": shown.due_state(due) if due else "", "cadence": shown.cadence_words(row.cadence), "by": due.by if due and due.standing != Standing.DUE else None,
        "following": Link(long_day(row.next.day), to(row.next.pk)) if row.next else None, "held": held, "waiting": waiting,
        "open": render_table(shown.open_table(request, items, names, day)) if items else "",
        "list_href": address(request, "zones:meetings", f_zone_name=row.record.name),
    }  # fmt: skip
