"""What other apps may use of the rules."""

from xiezuo.rules.applying import apply_for, ask_of, days_of_step, informed_of, steps_of
from xiezuo.rules.consultation_operations import Paper as OpinionOnPaper
from xiezuo.rules.consultation_operations import ask_units, close_answer, give_opinion, settle_opinion
from xiezuo.rules.events import (
    clause_ended,
    consultation_answered,
    consultation_ended,
    consultation_opened,
    regulation_issued,
    trial_ending,
)
from xiezuo.rules.operations import add_things, apply_rows, undo_rows
from xiezuo.rules.queries import changes
from xiezuo.rules.regulation_operations import About, begin_edition, begin_regulation, file_text, save_text
from xiezuo.rules.regulation_operations import mark_read as take_note
from xiezuo.rules.regulation_queries import trials_ending
from xiezuo.rules.regulation_states import PUBLISHED
from xiezuo.rules.review_operations import (
    Asked,
    announce_trial_ends,
    apply_for_decision,
    follow_move,
    follow_settlement,
)
from xiezuo.rules.rule_cited import EditionCited, edition_cited
from xiezuo.rules.rule_clocks import clock_of, may_extend
from xiezuo.rules.rule_figures import with_working_days
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
from xiezuo.rules.time_left import time_left
from xiezuo.rules.trials import TriedElsewhere, try_rules_of
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
    "PUBLISHED",
    "About",
    "Approver",
    "Asked",
    "Badge",
    "CalendarGap",
    "Clock",
    "EditionCited",
    "HourClock",
    "Light",
    "LimitUnit",
    "OpinionOnPaper",
    "RuleKind",
    "Suspension",
    "TriedElsewhere",
    "WorkCalendar",
    "YearMissing",
    "add_things",
    "announce_trial_ends",
    "apply_for",
    "apply_for_decision",
    "apply_rows",
    "ask_of",
    "ask_units",
    "begin_edition",
    "begin_regulation",
    "calendar_gap",
    "calendar_of",
    "changes",
    "clause_ended",
    "clock",
    "clock_of",
    "close_answer",
    "consultation_answered",
    "consultation_ended",
    "consultation_opened",
    "days_of_step",
    "deadline_on",
    "edition_begun_under",
    "edition_cited",
    "file_text",
    "follow_move",
    "follow_settlement",
    "give_opinion",
    "hour_clock",
    "informed_of",
    "internal_on",
    "load_defaults",
    "may_extend",
    "months_after",
    "procedure_for",
    "regulation_issued",
    "rules_on",
    "save_text",
    "settle_opinion",
    "steps_of",
    "take_note",
    "time_left",
    "trial_ending",
    "trials_ending",
    "try_rules_of",
    "undo_rows",
    "with_working_days",
]
