"""What other apps may use of the rules."""

from xiezuo.rules.operations import add_things, apply_rows, undo_rows
from xiezuo.rules.queries import changes
from xiezuo.rules.rule_operations import load_defaults
from xiezuo.rules.rule_queries import (
    calendar_of,
    deadline_on,
    edition_begun_under,
    procedure_for,
    rules_on,
)
from xiezuo.rules.states import Approver, Badge, Light, LimitUnit, RuleKind
from xiezuo.rules.working_days import Clock, WorkCalendar, YearMissing, clock, months_after

__all__ = [
    "Approver",
    "Badge",
    "Clock",
    "Light",
    "LimitUnit",
    "RuleKind",
    "WorkCalendar",
    "YearMissing",
    "add_things",
    "apply_rows",
    "calendar_of",
    "changes",
    "clock",
    "deadline_on",
    "edition_begun_under",
    "load_defaults",
    "months_after",
    "procedure_for",
    "rules_on",
    "undo_rows",
]
