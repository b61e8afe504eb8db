"""What the accounts tell the apps above them."""

from xiezuo.shared.events import Event

rights_asked_for = Event(
    "what these accounts may see is to be worked out again: accounts: Sequence[int], now: datetime"
)
grant_proposed = Event(
    "a role over a commission is proposed: grant: Grant, key: UUID (of the form), by: Actor, now: datetime; whoever "
    "has it decided in steps ties it to its application"
)
