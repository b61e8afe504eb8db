"""The ledger's own words among the records of a figure, in the reader's language."""

from typing import Any

from django.db.models import TextChoices

from xiezuo.approvals.states import ApprovalState
from xiezuo.organisation.states import Engagement, MoveIn, Status, UnitKind
from xiezuo.shared.lists import listed
from xiezuo.sites.states import SiteKind
from xiezuo.ui.choices import words_of
from xiezuo.zones.states import Level, Role, ZoneKind

# By the name of a column; a word is looked for in each list in turn, and one that none knows is shown as it stands.
CLOSED_LISTS: dict[str, tuple[type[TextChoices], ...]] = {
    "engagement": (Engagement,),
    "status": (Status,),
    "moves": (MoveIn,),
    "kind": (UnitKind, SiteKind, ZoneKind),
    "level": (Level,),
    "role": (Role,),
    "approval_state": (ApprovalState,),
}


def worded(column: str, value: Any) -> Any:
    """`value` of the column as the reader says it; what is not a word of a closed list stays."""
    if column not in CLOSED_LISTS or not isinstance(value, str):
        return value
    return listed(_word(column, word) for word in value.split("、"))


def _word(column: str, word: str) -> str:
    known = (choices for choices in CLOSED_LISTS[column] if word in choices.values)
    return str(words_of(next(known, CLOSED_LISTS[column][0]), word)) if word else ""
