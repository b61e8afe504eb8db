"""What other apps may use of the rules."""

from xiezuo.rules.applying import apply_for, ask_of, days_of_step, informed_of, steps_of
from xiezuo.rules.operations import add_things, apply_rows, undo_rows
from xiezuo.rules.queries import changes
from xiezuo.rules.rule_cited import EditionCited, edition_cited
from xiezuo.rules.rule_clocks import clock_of, may_extend
from xiezuo.rules.rule_operations import load_defaults
from xiezuo.rules.rule_queries import (
    CalendarGap,
    calendar_gap,
    calendar_of,
    deadline_on,
    edition_begun_under,
    internal_on,
    procedure_for,
    rules_on,
)
from xiezuo.rules.states import Approver, Badge, Light, LimitUnit, RuleKind
from xiezuo.rules.working_days import (
    Clock,
    HourClock,
    Suspension,
    WorkCalendar,
    YearMissing,
    clock,
    hour_clock,
    months_after,
)

__all__ = [
    "Approver",
    "Badge",
    "CalendarGap",
    "Clock",
    "EditionCited",
    "HourClock",
    "Light",
    "LimitUnit",
    "RuleKind",
    "Suspension",
    "WorkCalendar",
    "YearMissing",
    "add_things",
    "apply_for",
    "apply_rows",
    "ask_of",
    "calendar_gap",
    "calendar_of",
    "changes",
    "clock",
    "clock_of",
    "days_of_step",
    "deadline_on",
    "edition_begun_under",
    "edition_cited",
    "hour_clock",
    "informed_of",
    "internal_on",
    "load_defaults",
    "may_extend",
    "months_after",
    "procedure_for",
    "rules_on",
    "steps_of",
    "undo_rows",
]
