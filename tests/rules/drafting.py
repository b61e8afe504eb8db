"""A fictional county that drafts a regulation: who drafts, two units that are asked, and the chain that decides."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests import factories as make
from tests.approvals.office import Office, form_of, office
from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as
from xiezuo.accounts.models import Grant, User
from xiezuo.approvals.api import Approval, approve
from xiezuo.organisation.models import Unit
from xiezuo.organisation.states import UnitKind
from xiezuo.rules.api import calendar_of
from xiezuo.rules.consultation_operations import ask_units, close_answer
from xiezuo.rules.models import Edition, RegulationRecord
from xiezuo.rules.queries import status_on
from xiezuo.rules.regulation_operations import About, begin_regulation
from xiezuo.rules.review_operations import Asked, apply_for_decision
from xiezuo.rules.rule_operations import load_defaults
from xiezuo.rules.states import RegulationStatus
from xiezuo.shared import clock
from xiezuo.shared.asof import on_or_nearest
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.zones.api import renew_rights

TEXT = """虚构县协作区工作规则（试行）

第一章 总则
第一条　为规范协作区工作，制定本规则。
第二条　协作事项由轴心单位统筹。
第二章 程序
第三条　申请应当在两个工作日内答复。
"""


@dataclass
class Drafting:
    """The county of the approvals' tests with a drafter, two units asked, and their heads."""

    office: Office
    asked: list[Unit]

    def head(self, number: int) -> str:
        """The name of the head of a unit asked."""
        return f"head{number}"

    def do(self, name: str, verb: Any, /, **given: Any) -> Any:
        """Do something as somebody, in a transaction of its own."""
        with acting_as(self.office.actor(name)) as actor:
            return verb(by=actor, now=given.pop("now", clock.now()), **given)

    def draft(self, text: str = TEXT, by: str = "drafter") -> Edition:
        """A draft with a text."""
        about = About("虚构县协作区工作规则（试行）", "各协作区", (), self.office.unit.pk)
        return self.do(
            by, begin_regulation, commission=self.office.county, about=about, text=text, key=uuid4()
        )

    def consulted(self, edition: Edition) -> Edition:
        """Both units asked, and their answers closed without an opinion."""
        edition = self.ask(edition)
        for number, unit in enumerate(self.asked):
            self.do(self.head(number), close_answer, edition=edition, unit=unit.pk)
        return now_of(edition)

    def ask(self, edition: Edition, days: int = 7) -> Edition:
        """Both units asked for their opinion."""
        units = [unit.pk for unit in self.asked]
        return self.do("drafter", ask_units, edition=edition, units=units, last_day=clock.today() + timedelta(days=days))  # fmt: skip

    def apply(self, edition: Edition, purpose: str = "试行", by: str = "drafter", **more: Any) -> Edition:
        """A decision applied for, from today on, a trial for a year."""
        until = clock.today() + timedelta(days=365) if purpose == "试行" else None
        asked = Asked(purpose, more.pop("starts", clock.today()), more.pop("until", until), **more)
        return self.do(by, apply_for_decision, edition=edition, asked=asked, key=uuid4())

    def approval(self, edition: Edition) -> Approval:
        """The last application for an edition."""
        with acting_as(OPERATOR):
            return Approval.objects.get(pk=now_of(edition).approval)

    def decide(self, edition: Edition, verb: Any = approve, by: str = "", **more: Any) -> None:
        """Let whoever is asked now decide."""
        approval = self.approval(edition)
        name = by or self.asked_now(approval)
        with acting_as(OPERATOR):
            after = calendar_of(self.office.county).after
        self.do(name, verb, approval=approval, form=form_of(approval), after=after, **more)

    def asked_now(self, approval: Approval) -> str:
        """The name of somebody who is asked now."""
        names = {user.pk: name for name, user in self.office.accounts.items()}
        return names[approval.waiting_for[0]]

    def pass_review(self, edition: Edition) -> Edition:
        """Every step agrees."""
        while self.approval(edition).settled_at is None:
            self.decide(edition)
        return now_of(edition)


def now_of(edition: Edition) -> Edition:
    """The edition as it stands."""
    with acting_as(OPERATOR):
        return Edition.objects.select_related("regulation", "commission").get(pk=edition.pk)


def status_of(edition: Edition, on: date | None = None) -> RegulationStatus:
    """The one status of its regulation, as the record has it."""
    day = on or clock.today()
    with acting_as(OPERATOR):
        rows = list(
            RegulationRecord.objects.current().filter(regulation=edition.regulation_id).order_by("starts")
        )
        record = on_or_nearest(rows, day)
    assert record is not None
    return status_on(record, day)


def drafting() -> Drafting:
    """Build it; as the operator."""
    here = office()
    with acting_as(OPERATOR) as operator:
        load_defaults(commission=here.county, by=operator, now=clock.now())
        units = [make.unit(here.county, UnitKind.TOWNSHIP_COMMISSION) for _ in range(2)]
        _account(here, "drafter", here.unit)
        for number, unit in enumerate(units):
            _account(here, f"head{number}", unit)
        _account(here, "outsider", make.unit(here.county, UnitKind.TOWNSHIP_COMMISSION))
    return Drafting(here, units)


def _account(here: Office, name: str, unit: Unit) -> None:
    """An account with a grant as two persons decide it, so that it outlasts every renewal of rights."""
    user = here.accounts[name] = User.objects.create_user(
        f"{name}{here.county.pk}", commission=here.county.pk
    )
    Grant.objects.create(
        user=user, role=Role.UNIT_HEAD, commission=here.county.pk, scope_kind=Scope.UNIT, scope_id=unit.pk, starts=ALWAYS,
        ends=OPEN, reason="虚构授权", proposed_by="a", proposed_at=clock.now(), outcome="confirmed", decided_by="b",
        decided_at=clock.now(),
    )  # fmt: skip
    renew_rights(accounts=[user.pk], now=clock.now())
