"""What other apps may use of the organisation."""

from xiezuo.organisation.commissions import (
    NoLedger,
    SeveralCommissions,
    chosen_commission,
    first_day,
    must_exist_on,
    named_commission,
)
from xiezuo.organisation.operations import (
    add_things,
    apply_rows,
    restore_commission,
    set_standard,
    set_up_commission,
    undo_rows,
)
from xiezuo.organisation.queries import changes, person_names, unit_names
from xiezuo.organisation.queries.names import official_key
from xiezuo.organisation.staffing import Headcount, staffing_over_time

__all__ = [
    "Headcount",
    "NoLedger",
    "SeveralCommissions",
    "add_things",
    "apply_rows",
    "changes",
    "chosen_commission",
    "first_day",
    "must_exist_on",
    "named_commission",
    "official_key",
    "person_names",
    "restore_commission",
    "set_standard",
    "set_up_commission",
    "staffing_over_time",
    "undo_rows",
    "unit_names",
]
