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
from xiezuo.organisation.queries import changes, person_names, unit_names
from xiezuo.organisation.queries.names import official_key
from xiezuo.organisation.staffing import Headcount, staffing_over_time

__all__ = [
    "Headcount",
    "NoLedger",
    "SeveralCommissions",
    "changes",
    "chosen_commission",
    "first_day",
    "must_exist_on",
    "named_commission",
    "official_key",
    "person_names",
    "set_standard",
    "staffing_over_time",
    "unit_names",
]
