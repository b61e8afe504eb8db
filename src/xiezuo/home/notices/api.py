"""What the composition root and the other screens may use of the notices."""

from xiezuo.home.notices.approval_operations import follow_approval
from xiezuo.home.notices.collaboration_operations import (
    ask_about_recusal,
    ask_for_override,
    ask_to_declare,
    follow_member,
    follow_request,
    tell_of_letter,
    tell_of_limits,
    tell_of_loan,
    tell_of_recusal,
    tell_of_refused_override,
)
from xiezuo.home.notices.incident_operations import follow_incident
from xiezuo.home.notices.joining_operations import tell_of_authorisation, tell_of_joining
from xiezuo.home.notices.operations import know_all, tell_the_day
from xiezuo.home.notices.other_operations import (
    ask_for_opinions,
    ask_for_year,
    end_consultation,
    note_answer,
    tell_of_regulation,
    tell_stand_in,
    tell_stand_in_of_end,
    warn_of_clause,
    warn_of_trial,
)
from xiezuo.home.notices.plan_operations import (
    ask_for_opinions_on_plan,
    end_consultation_on_plan,
    note_answer_on_plan,
    tell_of_plan,
)

__all__ = [
    "ask_about_recusal",
    "ask_for_opinions",
    "ask_for_opinions_on_plan",
    "ask_for_override",
    "ask_for_year",
    "ask_to_declare",
    "end_consultation",
    "end_consultation_on_plan",
    "follow_approval",
    "follow_incident",
    "follow_member",
    "follow_request",
    "know_all",
    "note_answer",
    "note_answer_on_plan",
    "tell_of_authorisation",
    "tell_of_joining",
    "tell_of_letter",
    "tell_of_limits",
    "tell_of_loan",
    "tell_of_plan",
    "tell_of_recusal",
    "tell_of_refused_override",
    "tell_of_regulation",
    "tell_stand_in",
    "tell_stand_in_of_end",
    "tell_the_day",
    "warn_of_clause",
    "warn_of_trial",
]
