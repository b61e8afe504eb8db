"""What other apps may use of the organisation."""

from xiezuo.organisation.commissions import (
    NoLedger,
    SeveralCommissions,
    chosen_commission,
    first_day,
    ledger_version,
    must_exist_on,
    named_commission,
)
from xiezuo.organisation.corrected import changes_of, kept_of, words_of_changes, words_of_post
from xiezuo.organisation.correction_operations import Decided, correct_post, strike_post
from xiezuo.organisation.entry_operations import take_up_post
from xiezuo.organisation.establishment import Line, against_standards, shortfalls
from xiezuo.organisation.events import correction_asked_for, ledger_changed
from xiezuo.organisation.leave_operations import cancel_leave, enter_leave
from xiezuo.organisation.lending_operations import keep_lent, put_off_end
from xiezuo.organisation.marks import watermark
from xiezuo.organisation.models import Commission
from xiezuo.organisation.operations import (
    add_things,
    apply_rows,
    grow_ledger,
    restore_commission,
    set_standard,
    set_up_commission,
    undo_rows,
)
from xiezuo.organisation.post_roles import is_of_the_commission, role_of_post
from xiezuo.organisation.proposals import Proposed, ask_for_proposals_by
from xiezuo.organisation.queries import changes, name_of_person, person_by_code, person_names, unit_names
from xiezuo.organisation.queries.entry import units_offered
from xiezuo.organisation.queries.names import official_key
from xiezuo.organisation.sight import Sight, sight_in, withheld
from xiezuo.organisation.staffing import Headcount, StaffGroup, Staffing, staffing_over_time
from xiezuo.organisation.warnings import Occasion, Warned, warn_by

__all__ = [
    "Commission",
    "Decided",
    "Headcount",
    "Line",
    "NoLedger",
    "Occasion",
    "Proposed",
    "SeveralCommissions",
    "Sight",
    "StaffGroup",
    "Staffing",
    "Warned",
    "add_things",
    "against_standards",
    "apply_rows",
    "ask_for_proposals_by",
    "cancel_leave",
    "changes",
    "changes_of",
    "chosen_commission",
    "correct_post",
    "correction_asked_for",
    "enter_leave",
    "first_day",
    "grow_ledger",
    "is_of_the_commission",
    "keep_lent",
    "kept_of",
    "ledger_changed",
    "ledger_version",
    "must_exist_on",
    "name_of_person",
    "named_commission",
    "official_key",
    "person_by_code",
    "person_names",
    "put_off_end",
    "restore_commission",
    "role_of_post",
    "set_standard",
    "set_up_commission",
    "shortfalls",
    "sight_in",
    "staffing_over_time",
    "strike_post",
    "take_up_post",
    "undo_rows",
    "unit_names",
    "units_offered",
    "warn_by",
    "watermark",
    "withheld",
    "words_of_changes",
    "words_of_post",
]
