"""What other apps may use of the sites."""

from xiezuo.sites.operations import add_things, apply_rows, undo_rows
from xiezuo.sites.queries import changes

__all__ = ["add_things", "apply_rows", "changes", "undo_rows"]
