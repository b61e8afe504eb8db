"""What the approvals tell the apps above them."""

from xiezuo.shared.events import Event

approval_moved = Event(
    "something was done with an approval: approval: Approval, verb: Verb, asked: set[int] (accounts asked just now), "
    "by: Actor, now: datetime; handled in its transaction"
)
approval_settled = Event(
    "an approval was approved, refused or withdrawn: approval: Approval, now: datetime; handled in its transaction"
)
