"""The zones of a day, or of any scheme, drawn as a schematic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiezuo.ui.asof import keep_day
from xiezuo.ui.choices import words_of
from xiezuo.ui.schematic import WHOLE_PAGE, Edge, Group, Node, Shape, Sheet, Tie, render_schematic
from xiezuo.ui.words import Words
from xiezuo.zones.areas import Area
from xiezuo.zones.queries import ZoneMap, zone_map
from xiezuo.zones.queries.areas import areas_of
from xiezuo.zones.queries.map import Node as Place
from xiezuo.zones.queries.map import scheme_map
from xiezuo.zones.scheme import SECOND, Scheme
from xiezuo.zones.states import Role

if TYPE_CHECKING:
    from xiezuo.organisation.api import Commission


@dataclass(frozen=True)
class Joined:
    """Second-level zones that act as one on the day, the leading one first, and the sign by which the page names them."""

    mark: str
    zones: tuple[int, ...]


def drawn_map(commission: "Commission", day: date, query: str, sheet: Sheet = WHOLE_PAGE) -> SafeString:
    """The second-level zones of the day as SVG; `query` keeps the day in the links."""
    return drawn(zone_map(commission, day), query, sheet)


def drawn_scheme(
    commission: "Commission", scheme: Scheme, day: date, query: str = "", *, beside: Sequence[Scheme] = (),
    title: Words = "", name: str = "scheme-map", sheet: Sheet = WHOLE_PAGE,
) -> SafeString:  # fmt: skip
    """Any scheme (a plan, a proposal, another day) drawn with the units of `day` and the county's own areas;
    three queries.

    `beside` are schemes drawn on the same page: a zone has the same colour and shape in all of them, whichever stands
    first. `name` is the drawing's own on its page.
    """
    order = list(dict.fromkeys(zone.code for each in (*beside, scheme) for zone in each.at_level(SECOND)))
    places = [order.index(zone.code) for zone in scheme.at_level(SECOND)]
    return drawn(
        scheme_map(commission, scheme, day), query, sheet, title=title, name=name, places=places, areas=areas_of(commission)
    )  # fmt: skip


def drawn(
    found: ZoneMap, query: str, sheet: Sheet = WHOLE_PAGE, *, title: Words = "", name: str = "zone-map",
    places: Sequence[int] = (), areas: Sequence[Area] = (), joined: Sequence[Joined] = (),
) -> SafeString:  # fmt: skip
    """Units as points at their coordinates, lines to the axis or lead unit; units without coordinates are left out.

    `places` are the places of the zones in the order of colours and shapes; without them the zones' own order.
    `areas` lie under the points; what acts as one (`joined`) is tied together.
    """
    words = {zone.id: zone.name for zone in found.zones}
    nodes = [_node(place, words[place.zone], query) for place in found.nodes if place.placed]
    edges = [Edge(str(start), str(end)) for start, end in found.lines]
    drawn_zones = {place.zone for place in found.nodes if place.placed}
    groups = [
        Group(str(zone.id), zone.name, place)
        for zone, place in zip(found.zones, places or range(len(found.zones)), strict=True)
        if zone.id in drawn_zones
    ]
    return render_schematic(
        nodes, edges, groups, title=title or _("Zone map"), name=name, sheet=sheet,
        areas=_shapes(found, areas, joined), ties=_ties(found, joined),
    )  # fmt: skip


def _shapes(found: ZoneMap, areas: Sequence[Area], joined: Sequence[Joined]) -> list[Shape]:
    """The areas of the units on the map in the colours of their zones; of the others only the edges."""
    nodes = {place.unit: place for place in found.nodes}
    names = {zone.id: zone.name for zone in (*found.zones, *found.outside)}
    together = {zone for each in joined for zone in each.zones}
    shapes = []
    for area in areas:
        place = nodes.get(area.unit)
        if place is None:
            shapes.append(Shape(names.get(area.unit, area.code), area.polygons))
        else:
            words = f"{place.name} · {names.get(place.zone, '')}"
            shapes.append(Shape(words, area.polygons, str(place.zone), place.zone in together))
    return shapes


def _ties(found: ZoneMap, joined: Sequence[Joined]) -> list[Tie]:
    """From the hub of the first zone to the hubs of the others."""
    ties = []
    for each in joined:
        hubs = [hub for zone in each.zones if (hub := _hub(found, zone)) is not None]
        ties += [Tie(str(hubs[0]), str(hub), each.mark) for hub in hubs[1:]]
    return ties


def _hub(found: ZoneMap, zone: int) -> int | None:
    return next((place.unit for place in found.of(zone) if place.placed), None)


def _node(place: Place, zone: str, query: str) -> Node:
    return Node(
        key=str(place.unit), words=place.name, x=place.longitude or 0.0, y=place.latitude or 0.0,
        group=str(place.zone), href=keep_day(reverse("organisation:unit", args=[place.unit]), query),
        hint=f"{zone} · {words_of(Role, place.role)}", size=2 if place.centre else 1,
    )  # fmt: skip
