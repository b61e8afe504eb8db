"""How columns of the book become fields of the ledger where the two differ. Each changes the columns in place."""

from datetime import timedelta

from xiezuo.book.columns import Columns
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.sites.states import Condition, Grade

STAGES = ("drafted_on", "consulted_on", "review_on", "trial_on", "in_force_on", "revised_on")
"""The days of a regulation's life, in their order."""


def direct_target(columns: Columns) -> None:
    """对象 is a unit if it was found among them, otherwise a line of work in words."""
    columns["line"] = [
        "" if unit else words_ for unit, words_ in zip(columns["unit"], columns["target"], strict=True)
    ]


def days_of_meeting(columns: Columns) -> None:
    """结束日期 is the last day of a meeting, so it ends on the day after; blank means one day."""
    lasts = [last or first for first, last in zip(columns["starts"], columns["last_day"], strict=True)]
    columns["ends"] = [last + timedelta(days=1) if last else OPEN for last in lasts]


def life_of_site(columns: Columns) -> None:
    """A site stands from the earlier of 立项 and 启用; both blank: always."""
    columns["starts"] = [
        min((known for known in pair if known), default=ALWAYS)
        for pair in zip(columns["planned_on"], columns["opened_on"], strict=True)
    ]
    columns["grade"] = [grade or Grade.NONE.value for grade in columns["grade"]]


def life_of_regulation(columns: Columns) -> None:
    """A regulation's life begins with the first day known of it."""
    stages = zip(*(columns[stage] for stage in STAGES), strict=True)
    columns["starts"] = [min((known for known in days if known), default=ALWAYS) for days in stages]


def fault_of_equipment(columns: Columns) -> None:
    """故障 without days holds from the start of the row (until it was mended, if that day is known)."""
    columns["faulty_from"] = [
        starts if condition == Condition.FAULTY and fault is None else fault
        for condition, fault, starts in zip(
            columns["condition"], columns["faulty_from"], columns["starts"], strict=True
        )
    ]
