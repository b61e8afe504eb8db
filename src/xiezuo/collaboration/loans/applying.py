"""Who decides a loan: the offices of its procedure as steps of the engine.

The home unit agrees on the loan itself, person by person. An office outside the ledger (组织部) agrees on paper: the
case-management office is asked in its place and gives the number of the paper in what it says.
"""

import re
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from xiezuo.accounts.api import Actor
from xiezuo.approvals.api import Approval, StepPlan, named_by, party_of
from xiezuo.approvals.states import Mode, Verb
from xiezuo.collaboration.models import Loan, Request
from xiezuo.collaboration.queries.requests import receiving
from xiezuo.collaboration.requests.approving import asks_of
from xiezuo.collaboration.states import LoanKind
from xiezuo.organisation.api import unit_names
from xiezuo.rules.states import Approver
from xiezuo.shared.errors import refuse
from xiezuo.ui.choices import words_of

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule

ON_PAPER = Approver.ORGANISATION
_NUMBER = re.compile(r"\d+\s*号")


def steps_of_loan(rule: "WorkRule", row: Loan, by: Actor, on: date) -> list[StepPlan]:
    """The steps, in turn, without those that the applicant holds: who applies for a unit has signed for it by applying."""
    offices = [Approver(each) for each in rule.approvers if each != Approver.HOME_UNIT]
    others = [each for each in offices if not holds(by, each, row, on)] or [Approver.SECRETARY]
    days = rule.decide_days or 1
    share = days if rule.each_level else -(-days // len(others))
    return [StepPlan(office, Mode.ANY_OF, asks_of(office, _as_asked(row, on), on), share) for office in others]  # fmt: skip


def holds(by: Actor, office: Approver, row: Loan, on: date) -> bool:
    """Whether somebody holds an office over a loan on a day."""
    if by.user_id is None or office == ON_PAPER:
        return False
    me = party_of(by.user_id)
    named = named_by(asks_of(office, _as_asked(row, on), on), row.commission_id, on)
    return any(me.same_as(party) for party in named)


def _as_asked(row: Loan, on: date) -> Request:
    """The offices of a loan are those of a request of the same unit; this one is never written."""
    axis = list(receiving(row.commission, row.unit_id, on).axis)
    return Request(commission=row.commission, unit_id=row.unit_id, lead_id=row.unit_id, axis=axis)


def must_name_paper(approval: Approval, verb: Verb) -> None:
    """Raise `Refused` if the case-management office agrees for an office outside without the number of its paper."""
    if verb != Verb.APPROVE:
        return
    moves = list(approval.moves.order_by("-edition")[:2])
    title = approval.steps.filter(position=moves[-1].step).values_list("title", flat=True).first()
    if title == ON_PAPER and not _NUMBER.search(moves[0].said):
        words = _("What the organisation department agreed to is on paper: found no number in “%(said)s”; expected one such as 安组函〔2023〕5号.")  # fmt: skip
        refuse("paper", words % {"said": moves[0].said or "—"})


def title_of(row: Loan, on: date) -> str:
    """What a loan is called in inboxes: its unit, its kind, how many; always in Chinese, as it is kept."""
    with override("zh-hans"):
        unit = unit_names([row.unit_id], on).get(row.unit_id, "")
        kind = words_of(LoanKind, row.kind)
        return _("%(unit)s: %(kind)s, %(people)s people") % {
            "unit": unit,
            "kind": kind,
            "people": row.people,
        }
