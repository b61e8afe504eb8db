"""What other apps may use of the collaboration."""

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
from xiezuo.collaboration.requests.applying_operations import follow_move as follow_move_of_request
from xiezuo.collaboration.teaming import published as teaming

__all__ = [
    "AskedLoan",
    "add_visit",
    "ask_loan",
    "attend_loans",
    "choose_candidate",
    "consent",
    "decide_trial",
    "decline",
    "evaluate_lent",
    "extend_loan",
    "follow_move_of_loan",
    "follow_move_of_request",
    "follow_settlement_of_loan",
    "judge_candidate",
    "lend",
    "make_pairing",
    "note_shown",
    "offer_candidate",
    "register_loan",
    "return_early",
    "review_pairing",
    "teaming",
]
