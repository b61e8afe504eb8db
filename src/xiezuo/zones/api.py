"""What other apps may use of the zones."""

from xiezuo.zones.drawing import drawn_map
from xiezuo.zones.operations import add_things, apply_rows, undo_rows
from xiezuo.zones.queries import ZoneRow, changes, zone_rows
from xiezuo.zones.rights_operations import renew_rights, renew_rights_in

__all__ = [
    "ZoneRow",
    "add_things",
    "apply_rows",
    "changes",
    "drawn_map",
    "renew_rights",
    "renew_rights_in",
    "undo_rows",
    "zone_rows",
]
