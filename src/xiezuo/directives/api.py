"""What other apps may use of the directives."""

from xiezuo.directives.operations import apply_rows, undo_rows
from xiezuo.directives.queries import changes

__all__ = ["apply_rows", "changes", "undo_rows"]
