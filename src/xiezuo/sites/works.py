"""How works stand on a day, against the day on which they were due."""

from datetime import date
from enum import StrEnum


class WorksState(StrEnum):
    """The one state of a piece of works on a day."""

    UNDER_WAY = "under_way"
    OVERDUE = "overdue"
    FINISHED = "finished"
    FINISHED_LATE = "finished_late"

    @property
    def finished(self) -> bool:
        """Whether nothing remains to be done."""
        return self in (WorksState.FINISHED, WorksState.FINISHED_LATE)


def works_state(due_on: date, ends: date, on: date) -> tuple[WorksState, int]:
    """The state on a day and the days that go with it: left until due, overdue, or late when finished."""
    if ends <= on:
        late = (ends - due_on).days
        return (WorksState.FINISHED_LATE, late) if late > 0 else (WorksState.FINISHED, 0)
    over = (on - due_on).days
    return (WorksState.OVERDUE, over) if over > 0 else (WorksState.UNDER_WAY, -over)
