"""How an item of the plan stands on a day, against the day on which it is due."""

from datetime import date
from enum import StrEnum


class Progress(StrEnum):
    """The one state of an item on a day."""

    TO_COME = "to_come"
    UNDER_WAY = "under_way"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"


def progress_on(starts: date, due_on: date | None, ends: date, on: date) -> tuple[Progress, int]:
    """The state on a day and the days that go with it: until it begins, left, overdue, or late when done."""
    if on < starts:
        return Progress.TO_COME, (starts - on).days
    if ends <= on:
        late = (ends - due_on).days if due_on else 0
        return (Progress.DONE_LATE, late) if late > 0 else (Progress.DONE, 0)
    if due_on is None:
        return Progress.UNDER_WAY, 0
    over = (on - due_on).days
    return (Progress.OVERDUE, over) if over > 0 else (Progress.UNDER_WAY, -over)
