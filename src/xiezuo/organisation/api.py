"""What other apps may use of the organisation."""

from xiezuo.organisation.commissions import (
    NoLedger,
    SeveralCommissions,
    chosen_commission,
    first_day,
    must_exist_on,
    named_commission,
)
from xiezuo.organisation.operations import set_standard
from xiezuo.organisation.staffing import Headcount, staffing_over_time

__all__ = [
    "Headcount",
    "NoLedger",
    "SeveralCommissions",
    "chosen_commission",
    "first_day",
    "must_exist_on",
    "named_commission",
    "set_standard",
    "staffing_over_time",
]
