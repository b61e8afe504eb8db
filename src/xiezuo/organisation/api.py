"""What other apps may use of the organisation."""

from xiezuo.organisation.commissions import (
    NoLedger,
    SeveralCommissions,
    chosen_commission,
    first_day,
    must_exist_on,
    named_commission,
)

__all__ = [
    "NoLedger",
    "SeveralCommissions",
    "chosen_commission",
    "first_day",
    "must_exist_on",
    "named_commission",
]
