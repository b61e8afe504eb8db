"""The schematic map of the zones on a day: units as named nodes at their coordinates, lines to the axis."""

from dataclasses import dataclass
from datetime import date

from xiezuo.organisation.models import Commission, UnitRecord
from xiezuo.zones.models import Zone, ZoneMember
from xiezuo.zones.queries.lists import Named, members_on, standing, units_on
from xiezuo.zones.scheme import HELPER, SECOND, PlannedMember, Scheme
from xiezuo.zones.states import Level, Role


@dataclass(frozen=True)
class Node:
    """One unit of a second-level zone; without coordinates it stands only in the list beside the map."""

    unit: int
    name: str
    kind: str
    zone: int
    role: str
    longitude: float | None
    latitude: float | None

    @property
    def placed(self) -> bool:
        """Whether the map can show it."""
        return self.longitude is not None and self.latitude is not None

    @property
    def centre(self) -> bool:
        """Whether lines of its zone meet here."""
        return self.role in (Role.AXIS, Role.LEAD)


@dataclass(frozen=True)
class ZoneMap:
    """Nodes, lines as pairs of units, and the zones that give colour and pattern, in the order of the book."""

    zones: tuple[Named, ...]
    nodes: tuple[Node, ...]
    lines: tuple[tuple[int, int], ...]
    outside: tuple[Named, ...]

    def of(self, zone: int) -> list[Node]:
        """The nodes of one zone: centre first, then official order."""
        return sorted((node for node in self.nodes if node.zone == zone), key=lambda node: not node.centre)


def zone_map(commission: Commission, on: date) -> ZoneMap:
    """The second-level zones of the day as a drawing. Three queries."""
    zones = [record for record in standing(commission, on) if record.level == Level.SECOND]
    inside = {record.zone_id for record in zones}
    members = [row for row in members_on(commission, on) if row.zone_id in inside and row.role != Role.HELPER]
    by_unit = {row.unit_id: row for row in members}
    units = units_on(commission, on)
    nodes = [_node(unit, by_unit[unit.unit_id]) for unit in units if unit.unit_id in by_unit]
    return ZoneMap(
        zones=tuple(Named(record.zone_id, record.name) for record in zones),
        nodes=tuple(nodes),
        lines=tuple(line for group in grouped_nodes(nodes).values() for line in _lines(group)),
        outside=tuple(Named(unit.unit_id, unit.name) for unit in units if unit.unit_id not in by_unit),
    )


def scheme_map(commission: Commission, scheme: Scheme, on: date) -> ZoneMap:
    """The second-level zones of any scheme as a drawing, with the units of the day. Two queries.

    A zone that is only planned has no number yet; it stands under a negative one.
    """
    known = dict(Zone.objects.filter(commission=commission).values_list("code", "pk"))
    zones = scheme.at_level(SECOND)
    number = {zone.code: known.get(zone.code, -place) for place, zone in enumerate(zones, 1)}
    places: dict[int, PlannedMember] = {}
    for member in scheme.members:
        if member.zone in number and member.role != HELPER:
            places.setdefault(member.unit, member)
    units = units_on(commission, on)
    nodes = [
        _placed(unit, number[places[unit.unit_id].zone], places[unit.unit_id].role)
        for unit in units
        if unit.unit_id in places
    ]
    return ZoneMap(
        zones=tuple(Named(number[zone.code], zone.name) for zone in zones),
        nodes=tuple(nodes),
        lines=tuple(line for group in grouped_nodes(nodes).values() for line in _lines(group)),
        outside=tuple(Named(unit.unit_id, unit.name) for unit in units if unit.unit_id not in places),
    )


def grouped_nodes(nodes: list[Node]) -> dict[int, list[Node]]:
    """Nodes by zone."""
    groups: dict[int, list[Node]] = {}
    for node in nodes:
        groups.setdefault(node.zone, []).append(node)
    return groups


def _node(unit: UnitRecord, row: ZoneMember) -> Node:
    return _placed(unit, row.zone_id, row.role)


def _placed(unit: UnitRecord, zone: int, role: str) -> Node:
    return Node(unit.unit_id, unit.name, unit.kind, zone, role, unit.longitude, unit.latitude)


def _lines(group: list[Node]) -> list[tuple[int, int]]:
    """Every member to the first axis or lead unit that has a place on the map."""
    centres = [node for node in group if node.centre and node.placed]
    if not centres:
        return []
    hub = centres[0]
    return [(node.unit, hub.unit) for node in group if node.placed and node.unit != hub.unit]
