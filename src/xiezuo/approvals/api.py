"""What other apps may use of the approvals."""

from xiezuo.approvals.course import TO_APPLICANT, Party
from xiezuo.approvals.delegation_operations import delegate, end_delegation
from xiezuo.approvals.engine import light
from xiezuo.approvals.events import approval_moved, approval_settled
from xiezuo.approvals.kinds import Kind, Matter, all_kinds, kind_of, number_of, register
from xiezuo.approvals.models import Approval
from xiezuo.approvals.operations import (
    Form,
    StepPlan,
    add_signer,
    approve,
    attend,
    mark_read,
    recuse,
    refuse_approval,
    send_back,
    submit,
    submit_again,
    urge,
    withdraw,
)
from xiezuo.approvals.paper_operations import confirm_paper, enter_paper, strike_paper
from xiezuo.approvals.queries import (
    Ask,
    course_of,
    matters_held,
    numbers_given,
    pending,
    stands_for,
    unheld,
    waiting_for,
)

__all__ = [
    "TO_APPLICANT",
    "Approval",
    "Ask",
    "Form",
    "Kind",
    "Matter",
    "Party",
    "StepPlan",
    "add_signer",
    "all_kinds",
    "approval_moved",
    "approval_settled",
    "approve",
    "attend",
    "confirm_paper",
    "course_of",
    "delegate",
    "end_delegation",
    "enter_paper",
    "kind_of",
    "light",
    "mark_read",
    "matters_held",
    "number_of",
    "numbers_given",
    "pending",
    "recuse",
    "refuse_approval",
    "register",
    "send_back",
    "stands_for",
    "strike_paper",
    "submit",
    "submit_again",
    "unheld",
    "urge",
    "waiting_for",
    "withdraw",
]
