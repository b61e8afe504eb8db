"""What other apps may use of the collaboration."""

from xiezuo.collaboration.events import (
    declaration_asked,
    incident_moved,
    letter_sent,
    loan_told,
    member_changed,
    override_asked,
    override_refused,
    recusal_decided,
    recusal_raised,
    request_moved,
)
from xiezuo.collaboration.loans.asked import AskedLoan
from xiezuo.collaboration.loans.attending_operations import attend_loans
from xiezuo.collaboration.loans.candidate_operations import (
    choose_candidate,
    consent,
    decline,
    judge_candidate,
    offer_candidate,
)
from xiezuo.collaboration.loans.evaluating_operations import evaluate as evaluate_lent
from xiezuo.collaboration.loans.evaluating_operations import note_shown
from xiezuo.collaboration.loans.lending_operations import decide_trial, lend, return_early
from xiezuo.collaboration.loans.lending_operations import extend as extend_loan
from xiezuo.collaboration.loans.operations import ask_loan, register_loan
from xiezuo.collaboration.loans.operations import follow_move as follow_move_of_loan
from xiezuo.collaboration.loans.operations import follow_settlement as follow_settlement_of_loan
from xiezuo.collaboration.loans.pairing_operations import add_visit, make_pairing, review_pairing
from xiezuo.collaboration.queries.safety import accounts_standing_out
from xiezuo.collaboration.queries.telling import Stage, limits_reached, members_of, number_of_request
from xiezuo.collaboration.recusal.deciding_operations import escalate_recusals
from xiezuo.collaboration.requests.applying_operations import follow_move as follow_move_of_request
from xiezuo.collaboration.requests.glance import requests_at_a_glance
from xiezuo.collaboration.requests.handing_operations import follow_handover as follow_handover_of_request
from xiezuo.collaboration.requests.handing_operations import hand_over_request, pass_recusal_on
from xiezuo.collaboration.requests.second_look import teams_meanwhile, work_left_open
from xiezuo.collaboration.safety.incident_operations import escalate_incidents
from xiezuo.collaboration.teaming import published as teaming
from xiezuo.collaboration.teams.joining_operations import follow_request as follow_request_with_team
from xiezuo.collaboration.teams.joining_operations import leave_with_loans
from xiezuo.collaboration.teams.moving_away_operations import follow_ledger as follow_ledger_with_teams
from xiezuo.collaboration.teams.moving_away_operations import leave_after_moves

__all__ = [
    "AskedLoan",
    "Stage",
    "accounts_standing_out",
    "add_visit",
    "ask_loan",
    "attend_loans",
    "choose_candidate",
    "consent",
    "decide_trial",
    "declaration_asked",
    "decline",
    "escalate_incidents",
    "escalate_recusals",
    "evaluate_lent",
    "extend_loan",
    "follow_handover_of_request",
    "follow_ledger_with_teams",
    "follow_move_of_loan",
    "follow_move_of_request",
    "follow_request_with_team",
    "follow_settlement_of_loan",
    "hand_over_request",
    "incident_moved",
    "judge_candidate",
    "leave_after_moves",
    "leave_with_loans",
    "lend",
    "letter_sent",
    "limits_reached",
    "loan_told",
    "make_pairing",
    "member_changed",
    "members_of",
    "note_shown",
    "number_of_request",
    "offer_candidate",
    "override_asked",
    "override_refused",
    "pass_recusal_on",
    "recusal_decided",
    "recusal_raised",
    "register_loan",
    "request_moved",
    "requests_at_a_glance",
    "return_early",
    "review_pairing",
    "teaming",
    "teams_meanwhile",
    "work_left_open",
]
