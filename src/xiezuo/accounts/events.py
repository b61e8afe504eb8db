"""What the accounts tell the apps above them."""

from xiezuo.shared.events import Event

rights_asked_for = Event(
    "what these accounts may see is to be worked out again: accounts: Sequence[int], now: datetime"
)
