"""What the organisation tells the apps above it."""

from xiezuo.shared.events import Event

ledger_changed = Event("the ledger of a commission changed: commission: int (its id), now: datetime")
