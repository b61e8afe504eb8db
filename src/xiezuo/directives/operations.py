"""The only writes of the directives, meetings and the plan."""

from datetime import datetime

from xiezuo.directives.models import Directive, Meeting, PlanItem
from xiezuo.shared.merge import Merge, undo

_ROWS = (Directive, Meeting, PlanItem)


def apply_rows(merge: Merge) -> None:
    """Write what a load does to one of our tables; the load itself is recorded by whoever loads."""
    merge.into(_ROWS)


def undo_rows(*, load: int, at: datetime) -> tuple[int, int]:
    """Undo a load in our tables; gives how many rows were closed and how many stated again."""
    done = [undo(model, load=load, at=at) for model in _ROWS]
    return sum(closed for closed, _restated in done), sum(restated for _closed, restated in done)
