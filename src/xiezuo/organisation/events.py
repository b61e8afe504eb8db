"""What the organisation tells the apps above it."""

from xiezuo.shared.events import Event

ledger_changed = Event("the ledger of a commission changed: commission: int (its id), now: datetime")
correction_asked_for = Event(
    "a correction of a post is proposed: assignment: Assignment, changes: dict (as kept; none where the post is to be "
    "struck), strikes: bool, reason: str, key: UUID (of the form), by: Actor, now: datetime"
)
