"""A request at work in the fictional county: a team of four, its leader, a member, somebody on loan, somebody left out."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests import factories as make
from tests.collaboration.asking import DAY, TODAY, Asking, asking, now_of, renew
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Letter, Member, Recusal, Request
from xiezuo.collaboration.requests.access_operations import let_read
from xiezuo.collaboration.requests.clocks import begin_clock
from xiezuo.collaboration.states import LetterOutcome
from xiezuo.collaboration.work.asked import Handed, Marks, Met, Plan, Problem
from xiezuo.collaboration.work.evaluating_operations import evaluate
from xiezuo.collaboration.work.letter_operations import send_letter, verify_line
from xiezuo.collaboration.work.log_operations import add_paper, note_meeting, note_work
from xiezuo.collaboration.work.plan_operations import add_task, save_plan
from xiezuo.rules.api import edition_begun_under
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused

TEAM = {"chief": (["组长"], "在编"), "second": (["安全员"], "在编"), "lent": (["成员"], "借调")}
FIVES = Marks(5, 4, 5, 4)


class Working:
    """The county, one request of `town` led by `lead`, and its team: `chief`, `second`, `lent`; `outsider` is of the lead too."""

    def __init__(self, here: Asking, state: str = "执行") -> None:
        self.here, self.units = here, here.units
        for name in (*TEAM, "outsider"):
            here.add(name, "lead")
        here.add("mender", "next", "书记")
        here.add("clerk of cases", "support")
        renew(here)
        self.row = here.approved()
        self._send(state)

    def _send(self, state: str) -> None:
        with acting_as(OPERATOR):
            row = Request.objects.select_related("commission").get(pk=self.row.pk)
            begin_clock(row, edition_begun_under(row.commission, row.rule or 0), TODAY - DAY)
            row.state, row.sent_on = state, TODAY - DAY
            row.save()
        self.members = {name: self._join(name, *told) for name, told in TEAM.items()}

    def _join(self, name: str, roles: list[str], standing: str) -> Member:
        office = self.here.office
        with acting_as(OPERATOR):
            member = Member.objects.create(
                request=self.row, person=office.people[name], unit=self.units["lead"], roles=roles, standing=standing,
                starts=TODAY - 5 * DAY, ends=TODAY + 20 * DAY, state="在组", chosen_by="虚构", chosen_at=clock.now(),
                joined_at=clock.now(),
            )  # fmt: skip
            let_read(self.row, [office.accounts[name].pk], "member", TODAY - 5 * DAY)
        return member

    def do(self, name: str, verb: Any, /, **given: Any) -> Any:
        """Do something with the request as somebody."""
        return self.here.do(name, verb, **given)

    def recuse(self, name: str, decision: str = "", raised_at: Any = None) -> None:
        """A question of recusal of somebody, undecided and raised now unless told."""
        office = self.here.office
        with acting_as(OPERATOR):
            Recusal.objects.create(
                request=self.row, person=office.people[name], account=office.accounts[name].pk, source="他人提出",
                clause="监察法第六十七条", raised_at=raised_at or clock.now(), due_on=TODAY, decision=decision, key=uuid4(),
            )  # fmt: skip

    def plan(self, by: str = "chief", seen: int = 0, **more: Any) -> Any:
        """The plan as somebody writes it."""
        return self.do(by, save_plan, request=self.row, plan=Plan(**{"basis": "协〔2026〕1号", "measures": ("谈话",)} | more), seen=seen)  # fmt: skip

    def task(self, by: str = "chief", **more: Any) -> Any:
        """A task."""
        return self.do(by, add_task, **{"request": self.row, "what": "核对台账第3册", "key": uuid4()} | more)

    def log(self, by: str = "second", day: date = TODAY, hours: str = "7.5", **more: Any) -> Any:
        """An entry of the log."""
        given = {"request": self.row, "day": day, "hours": Decimal(hours), "what": "任务1", "key": uuid4()}
        return self.do(by, note_work, **given | more)

    def meet(self, by: str = "chief", key: Any = None, **more: Any) -> Any:
        """Minutes of a joint meeting."""
        usual = {"day": TODAY, "resolved": "按方案办理", "present": (self.members["chief"].pk,)}
        return self.do(by, note_meeting, request=self.row, met=Met(**usual | more), key=key or uuid4())

    def paper(self, by: str = "second", key: Any = None, **more: Any) -> Any:
        """A paper in the index."""
        return self.do(by, add_paper, request=self.row, paper=Handed(**{"name": "工作方案", "pages": 3} | more), key=key or uuid4())  # fmt: skip

    def letter(self, by: str = "chief", unit: str = "next", key: Any = None, problems: Any = ("问题清单第1项",), **more: Any) -> list[Letter]:  # fmt: skip
        """A letter to a unit."""
        lines = [each if isinstance(each, Problem) else Problem(each, "工作规则第8条") for each in problems]
        return self.do(  # type: ignore[no-any-return]
            by, send_letter, request=self.row, unit=self.units[unit].pk, problems=lines, key=key or uuid4(), **more
        )  # fmt: skip

    def verify(self, line: Letter, outcome: str = "已改", by: str = "second", evidence_no: str = "证〔2026〕7号") -> Letter:  # fmt: skip
        """A line verified."""
        return self.do(by, verify_line, line=line, outcome=LetterOutcome(outcome), evidence_no=evidence_no)  # type: ignore[no-any-return]

    def evaluate(self, by: str, side: str, key: Any = None, marks: Marks = FIVES, **more: Any) -> Any:
        """One side's evaluation."""
        return self.do(by, evaluate, request=self.row, side=side_of(side), marks=marks, key=key or uuid4(), **more)  # fmt: skip

    def stands(self, state: str, **more: Any) -> None:
        """Let the request stand in a state, as another page would leave it."""
        with acting_as(OPERATOR):
            Request.objects.filter(pk=self.row.pk).update(state=state, **more)
        self.row = now_of(self.row)


def side_of(words: str) -> Any:
    """A side by its word."""
    from xiezuo.collaboration.states import EvaluationSide

    return EvaluationSide(words)


def working(state: str = "执行") -> Working:
    """Build it."""
    return Working(asking(), state)


def refused(act: Any, *given: Any, **more: Any) -> list[str]:
    """The codes of what stood against it."""
    with pytest.raises(Refused) as caught:
        act(*given, **more)
    return [reason.code for reason in caught.value.reasons]


__all__ = ["DAY", "TODAY", "Working", "make", "now_of", "refused", "timedelta", "working"]
