"""The only writes of the sites."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from xiezuo.shared.merge import Merge, add_anchors, undo
from xiezuo.sites.models import Equipment, Site, SiteRecord, Works

_ROWS = (SiteRecord, Equipment, Works)


def apply_rows(merge: Merge) -> None:
    """Write what a load does to one of our tables; the load itself is recorded by whoever loads."""
    merge.into(_ROWS)


def undo_rows(*, load: int, at: datetime) -> tuple[int, int]:
    """Undo a load in our tables; gives how many rows were closed and how many stated again."""
    done = [undo(model, load=load, at=at) for model in _ROWS]
    return sum(closed for closed, _restated in done), sum(restated for _closed, restated in done)


def add_things(model: type[Any], *, commission: int, codes: Sequence[str]) -> dict[str, int]:
    """Create sites; gives the id of each code."""
    if model is not Site:
        raise ValueError(f"{model.__name__} is another app's table")
    return add_anchors(model, commission, codes)
