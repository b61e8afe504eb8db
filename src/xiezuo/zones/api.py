"""What other apps may use of the zones."""

from xiezuo.zones.drawing import drawn_map
from xiezuo.zones.operations import add_things, apply_rows, undo_rows
from xiezuo.zones.queries import changes

__all__ = ["add_things", "apply_rows", "changes", "drawn_map", "undo_rows"]
