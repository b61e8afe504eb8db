"""What the approvals tell the apps above them."""

from xiezuo.shared.events import Event

approval_moved = Event(
    "something was done with an approval: approval: Approval, verb: Verb, asked: set[int] (accounts asked just now), "
    "by: Actor, now: datetime; handled in its transaction"
)
approval_settled = Event(
    "an approval was approved, refused or withdrawn: approval: Approval, now: datetime; handled in its transaction"
)
calendar_short = Event(
    "the work calendar of a commission lacks a year that its approvals need now or within a month: commission: int, "
    "year: int, now: datetime; told once a day until the year is there"
)
delegation_made = Event(
    "somebody is to decide for an absent account on some days: delegation: Delegation, by: Actor, now: datetime"
)
delegation_ended = Event(
    "a delegation was ended before its last day: delegation: Delegation, by: Actor, now: datetime"
)
handed_over = Event(
    "open work of an approval passed to somebody else: approval: Approval, from_account: int, to_account: int, by: Actor, "
    "now: datetime; after `approval_moved`"
)
