"""What the approvals tell the apps above them."""

from xiezuo.shared.events import Event

approval_settled = Event(
    "an approval was approved, refused or withdrawn: approval: Approval, now: datetime; handled in its transaction"
)
