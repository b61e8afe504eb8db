"""A fictional county whose office `lead` needs people on loan from the station `far axis` and from bodies outside."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from tests import factories as make
from tests.approvals.office import form_of
from tests.collaboration.asking import DAY, TODAY, Asking, add, asking, now_of, renew
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.approvals.api import Approval, approve
from xiezuo.collaboration.api import (
    AskedLoan,
    ask_loan,
    choose_candidate,
    consent,
    lend,
    offer_candidate,
)
from xiezuo.collaboration.models import Lent, Loan
from xiezuo.organisation.models import Assignment, Person
from xiezuo.organisation.states import LENT
from xiezuo.rules.api import calendar_of, months_after

PAPER = "安组函〔2026〕5号"
SOON = TODAY + DAY
THREE_MONTHS = months_after(SOON, 3)


class Lending:
    """The county, with what loans need: `guest` of `far axis`, `second` of `next`, and `outsider` without a post."""

    def __init__(self) -> None:
        self.here: Asking = asking()
        self.office = self.here.office
        with acting_as(OPERATOR):
            add(self.here, "guest", self.here.units["far axis"], "科员")
            add(self.here, "second", self.here.units["next"], "科员")
            add(self.here, "next head", self.here.units["next"], "书记")
            self.office.people["outsider"] = make.person(self.office.county, "虚构人员")
        renew(self.here)

    def person(self, name: str) -> Person:
        """Somebody of the ledger."""
        return self.office.people[name]

    def do(self, name: str, verb: Any, /, **given: Any) -> Any:
        """Do something as somebody."""
        return self.here.do(name, verb, **given)

    def asked(self, **more: Any) -> AskedLoan:
        """A trial of one person in a vacancy for three months from tomorrow, unless `more` says otherwise."""
        usual = AskedLoan(
            kind="试岗", starts=SOON, ends=THREE_MONTHS, post="纪检监察员", criteria="熟悉财务，有两年以上工作经历", reason="编制空缺一名",
            basis="安编〔2026〕3号", acts=("整理材料", "记录"),
        )  # fmt: skip
        return replace(usual, **more)

    def ask(self, by: str = "head", key: Any = None, unit: str = "lead", now: Any = None, **more: Any) -> Loan:  # fmt: skip
        """Ask for it."""
        given = {"commission": self.office.county, "unit": self.here.units[unit].pk, "key": key or uuid4()}
        if now is not None:
            given["now"] = now
        return self.do(by, ask_loan, asked=self.asked(**more), **given)  # type: ignore[no-any-return]

    def approval(self, row: Loan) -> Approval:
        """Its application now."""
        with acting_as(OPERATOR):
            return Approval.objects.get(pk=now_of(row).approval)

    def decide(self, row: Loan, verb: Any = approve, by: str = "", **more: Any) -> Loan:
        """Let whoever is asked first now decide, with the number of the paper."""
        approval = self.approval(row)
        names = {user.pk: name for name, user in self.office.accounts.items()}
        with acting_as(OPERATOR):
            after = calendar_of(self.office.county).after
        given = {"approval": approval, "form": form_of(approval), "after": after, "said": PAPER} | more
        self.do(by or names[approval.waiting_for[0]], verb, **given)
        return now_of(row)  # type: ignore[no-any-return]

    def approved(self, **more: Any) -> Loan:
        """Asked for and agreed to by everybody."""
        row = self.ask(**more)
        while self.approval(row).settled_at is None:
            row = self.decide(row)
        return row

    def act(self, lent: Lent, verb: Any, by: str = "clerk", **more: Any) -> Lent:
        """One act on somebody as they stand."""
        given = {"lent": lent, "seen": now_of(lent_now(lent).loan).version} | more
        self.do(by, verb, **given)
        return lent_now(lent)

    def chosen(self, who: str = "guest", loan: Loan | None = None, **more: Any) -> Lent:
        """A candidate of an approved loan, chosen and agreed to by home."""
        row = loan or self.approved(**more)
        lent = self.do("clerk", offer_candidate, loan=row, person=self.person(who).pk)
        lent = self.act(lent, choose_candidate)
        head = {"guest": "far head", "second": "next head"}[who]
        self.do(head, consent, lent=lent, no="同意借出〔2026〕1号", on=TODAY)
        return lent_now(lent)

    def lent(self, who: str = "guest", starts: date = SOON, ends: date = THREE_MONTHS, **more: Any) -> Lent:
        """Somebody who comes tomorrow for three months."""
        return self.act(self.chosen(who, **more), lend, starts=starts, ends=ends)

    def spells(self, name: str) -> list[tuple[str, str, date, date]]:
        """What the ledger says of somebody's loans now."""
        with acting_as(OPERATOR):
            rows = Assignment.objects.current().filter(person=self.person(name), status__in=LENT)
            return list(rows.order_by("starts").values_list("unit__records__name", "status", "starts", "ends"))  # fmt: skip

    def posts(self, name: str, on: date) -> list[tuple[str, str]]:
        """Posts and their kinds in force on a day."""
        with acting_as(OPERATOR):
            rows = Assignment.objects.on(on).filter(person=self.person(name))
            return sorted(rows.values_list("post", "status"))


def lent_now(lent: Lent) -> Lent:
    """Somebody of a loan as they stand."""
    with acting_as(OPERATOR):
        return Lent.objects.select_related("loan__commission", "person").get(pk=lent.pk)
