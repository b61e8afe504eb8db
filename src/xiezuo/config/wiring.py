"""What a lower app tells a higher one, and who listens."""

from xiezuo.accounts.api import count_afresh, grant_proposed, rights_asked_for
from xiezuo.approvals.api import (
    approval_moved,
    approval_settled,
    calendar_short,
    count_asked,
    delegation_ended,
    delegation_made,
    handed_over,
)
from xiezuo.audit.api import guard_with
from xiezuo.book.api import settle_correction, take_proposal_up
from xiezuo.collaboration.api import (
    declaration_asked,
    follow_handover_of_request,
    follow_ledger_with_teams,
    follow_move_of_loan,
    follow_move_of_request,
    follow_request_with_team,
    follow_settlement_of_loan,
    incident_moved,
    letter_sent,
    loan_told,
    member_changed,
    override_asked,
    override_refused,
    recusal_decided,
    recusal_raised,
    request_moved,
    teams_meanwhile,
    work_left_open,
)
from xiezuo.config.journal_wall import what_does_not_stand
from xiezuo.home.api import apply_for_grant, notices, settle_grant_applied_for
from xiezuo.organisation.api import Occasion, correction_asked_for, ledger_changed, warn_by
from xiezuo.rules.api import (
    clause_ended,
    consultation_answered,
    consultation_ended,
    consultation_opened,
    follow_move,
    follow_settlement,
    regulation_issued,
    trial_ending,
)
from xiezuo.zones.api import (
    authorisation_told,
    follow_move_of_plan,
    follow_settlement_of_plan,
    joining_told,
    plan_consultation_answered,
    plan_consultation_ended,
    plan_consultation_opened,
    plan_decided,
    renew_rights,
    renew_rights_in,
    settle_arrangement,
)


def wire() -> None:
    """Name the listeners; Django calls it once its apps are loaded."""
    ledger_changed.handled_by(renew_rights_in)
    ledger_changed.handled_by(follow_ledger_with_teams)
    rights_asked_for.handled_by(renew_rights)
    approval_moved.handled_by(follow_move)
    approval_settled.handled_by(follow_settlement)
    approval_moved.handled_by(follow_move_of_plan)
    approval_settled.handled_by(follow_settlement_of_plan)
    grant_proposed.handled_by(apply_for_grant)
    approval_settled.handled_by(settle_grant_applied_for)
    correction_asked_for.handled_by(take_proposal_up)
    approval_settled.handled_by(settle_correction)
    approval_moved.handled_by(notices.follow_approval)
    delegation_made.handled_by(notices.tell_stand_in)
    delegation_ended.handled_by(notices.tell_stand_in_of_end)
    calendar_short.handled_by(notices.ask_for_year)
    consultation_opened.handled_by(notices.ask_for_opinions)
    consultation_answered.handled_by(notices.note_answer)
    consultation_ended.handled_by(notices.end_consultation)
    regulation_issued.handled_by(notices.tell_of_regulation)
    clause_ended.handled_by(notices.warn_of_clause)
    trial_ending.handled_by(notices.warn_of_trial)
    approval_settled.handled_by(settle_arrangement)
    joining_told.handled_by(notices.tell_of_joining)
    authorisation_told.handled_by(notices.tell_of_authorisation)
    plan_consultation_opened.handled_by(notices.ask_for_opinions_on_plan)
    plan_consultation_answered.handled_by(notices.note_answer_on_plan)
    plan_consultation_ended.handled_by(notices.end_consultation_on_plan)
    plan_decided.handled_by(notices.tell_of_plan)
    approval_moved.handled_by(follow_move_of_request)
    approval_moved.handled_by(follow_move_of_loan)
    approval_settled.handled_by(follow_settlement_of_loan)
    request_moved.handled_by(follow_request_with_team)
    request_moved.handled_by(notices.follow_request)
    declaration_asked.handled_by(notices.ask_to_declare)
    member_changed.handled_by(notices.follow_member)
    recusal_raised.handled_by(notices.ask_about_recusal)
    recusal_decided.handled_by(notices.tell_of_recusal)
    override_asked.handled_by(notices.ask_for_override)
    override_refused.handled_by(notices.tell_of_refused_override)
    letter_sent.handled_by(notices.tell_of_letter)
    incident_moved.handled_by(notices.follow_incident)
    loan_told.handled_by(notices.tell_of_loan)
    handed_over.handled_by(follow_handover_of_request)
    warn_by(Occasion.LEAVE, teams_meanwhile)
    warn_by(Occasion.POST_ENDS, work_left_open)
    guard_with(what_does_not_stand)
    # Every page says how much waits, also one that was kept from earlier.
    count_afresh("inbox", count_asked)
