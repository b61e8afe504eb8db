"""What other apps may use of the rules."""

from xiezuo.rules.operations import add_things, apply_rows, undo_rows
from xiezuo.rules.queries import changes

__all__ = ["add_things", "apply_rows", "changes", "undo_rows"]
