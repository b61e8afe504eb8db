"""The zones of a day drawn as a schematic."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiezuo.ui.asof import keep_day
from xiezuo.ui.choices import words_of
from xiezuo.ui.schematic import WHOLE_PAGE, Edge, Group, Node, Sheet, render_schematic
from xiezuo.zones.queries import ZoneMap, zone_map
from xiezuo.zones.queries.map import Node as Place
from xiezuo.zones.states import Role

if TYPE_CHECKING:
    from xiezuo.organisation.api import Commission


def drawn_map(commission: "Commission", day: date, query: str, sheet: Sheet = WHOLE_PAGE) -> SafeString:
    """The second-level zones of the day as SVG; `query` keeps the day in the links."""
    return drawn(zone_map(commission, day), query, sheet)


def drawn(found: ZoneMap, query: str, sheet: Sheet = WHOLE_PAGE) -> SafeString:
    """Units as points at their coordinates, lines to the axis or lead unit; units without coordinates are left out."""
    words = {zone.id: zone.name for zone in found.zones}
    nodes = [_node(place, words[place.zone], query) for place in found.nodes if place.placed]
    edges = [Edge(str(start), str(end)) for start, end in found.lines]
    drawn_zones = {place.zone for place in found.nodes if place.placed}
    groups = [Group(str(zone.id), zone.name) for zone in found.zones if zone.id in drawn_zones]
    return render_schematic(nodes, edges, groups, title=_("Zone map"), name="zone-map", sheet=sheet)


def _node(place: Place, zone: str, query: str) -> Node:
    return Node(
        key=str(place.unit), words=place.name, x=place.longitude or 0.0, y=place.latitude or 0.0,
        group=str(place.zone), href=keep_day(reverse("organisation:unit", args=[place.unit]), query),
        hint=f"{zone} · {words_of(Role, place.role)}", size=2 if place.centre else 1,
    )  # fmt: skip
