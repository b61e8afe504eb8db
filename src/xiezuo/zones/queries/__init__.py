"""Questions about the zones on a day, and what changed in them between two days."""

from xiezuo.zones.queries.changes import changes
from xiezuo.zones.queries.lists import (
    Matrix,
    MatrixRow,
    Named,
    Span,
    ZoneRow,
    leader_spans,
    zone_matrix,
    zone_rows,
)
from xiezuo.zones.queries.map import Node, ZoneMap, zone_map
from xiezuo.zones.queries.zone import InZone, ZonePage, zone_names, zone_page, zones_of_person, zones_of_unit

__all__ = [
    "InZone", "Matrix", "MatrixRow", "Named", "Node", "Span", "ZoneMap", "ZonePage", "ZoneRow", "changes",
    "leader_spans", "zone_map", "zone_matrix", "zone_names", "zone_page", "zone_rows", "zones_of_person",
    "zones_of_unit",
]  # fmt: skip
