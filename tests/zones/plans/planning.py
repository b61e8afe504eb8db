"""A fictional county that draws its zones anew: who drafts, the heads of its units, its leaders, and the secretary who decides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests import factories as make
from tests.approvals.office import Office, form_of, office
from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as
from xiezuo.accounts.models import Grant, User
from xiezuo.approvals.api import Approval, approve
from xiezuo.organisation.models import Person, Unit
from xiezuo.rules.api import RuleKind, calendar_of
from xiezuo.rules.defaults import default_rules
from xiezuo.rules.models import CalendarYear, WorkRule
from xiezuo.shared import clock
from xiezuo.shared.periods import ALWAYS, OPEN, year_of
from xiezuo.zones.api import renew_rights
from xiezuo.zones.models import Plan, Zone
from xiezuo.zones.plans.application_operations import AskedPlan, apply_for_plan
from xiezuo.zones.plans.consultation_operations import ask_units, close_answer
from xiezuo.zones.plans.operations import begin_plan
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import Scheme

MEETING = AskedPlan("虚构县纪委常委会", "虚纪发〔2026〕8号", "虚构依据")


@dataclass
class Planning:
    """The county of the approvals' tests with both levels of zones that keep every binding rule.

    First level Y1, Y2; under Y1 the township zone E1 around station 0 and E2 around station 1, under Y2 the direct zones
    E3 and E4, each led by an office and with two groups. Leaders: deputies[0..1], standing[0..3].
    """

    office: Office
    stations: list[Unit] = field(default_factory=list)
    towns: list[Unit] = field(default_factory=list)
    offices: list[Unit] = field(default_factory=list)
    groups: list[Unit] = field(default_factory=list)
    deputies: list[Person] = field(default_factory=list)
    standing: list[Person] = field(default_factory=list)
    zones: dict[str, Zone] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of the test."""
        return clock.today()

    @property
    def mover(self) -> Unit:
        """The township that these tests move: it houses no station."""
        return self.towns[2]

    @property
    def ahead(self) -> date:
        """A day on which plans of these tests begin."""
        return self.today + timedelta(days=10)

    def head(self, unit: Unit) -> str:
        """The name of the account of the head of a unit."""
        return f"head{unit.pk}"

    def do(self, name: str, verb: Any, /, **given: Any) -> Any:
        """Do something as somebody, in a transaction of its own."""
        with acting_as(self.office.actor(name)) as actor:
            return verb(by=actor, now=given.pop("now", clock.now()), **given)

    def ledger(self, on: date | None = None) -> Scheme:
        """What the ledger says of a day."""
        with acting_as(OPERATOR):
            return scheme_on(self.office.county, on or self.today)

    def begin(self, content: Scheme, starts: date | None = None, by: str = "clerk", **more: Any) -> Plan:
        """A draft with a content."""
        given = {
            "name": "虚构划分方案",
            "why": "虚构缘由",
            "starts": starts or self.ahead,
            "key": uuid4(),
        } | more
        return self.do(by, begin_plan, commission=self.office.county, content=content, **given)

    def moved(self, starts: date | None = None) -> Plan:
        """A draft that moves a township from E1 to E2."""
        return self.begin(self.ledger(starts or self.ahead).put(self.mover.pk, "E2"), starts)

    def ask(self, plan: Plan, units: Sequence[Unit] = (), days: int = 7) -> Plan:
        """Units asked for their opinion, unless named the first township."""
        numbers = [unit.pk for unit in units or [self.mover]]
        return self.do("clerk", ask_units, plan=plan, units=numbers, last_day=self.today + timedelta(days=days))  # fmt: skip

    def consulted(self, plan: Plan) -> Plan:
        """One unit asked, and its answer closed without an opinion."""
        return self.consulted_by(self.ask(plan))

    def consulted_by(self, plan: Plan) -> Plan:
        """The answer of the unit asked closed."""
        self.do(self.head(self.mover), close_answer, plan=plan, unit=self.mover.pk)
        return now_of(plan)

    def apply(self, plan: Plan, by: str = "clerk", asked: AskedPlan = MEETING, **more: Any) -> Plan:
        """A decision applied for."""
        return self.do(by, apply_for_plan, plan=plan, asked=asked, key=more.pop("key", uuid4()), **more)

    def approval(self, plan: Plan) -> Approval:
        """The last application for a plan."""
        with acting_as(OPERATOR):
            return Approval.objects.get(pk=now_of(plan).approval)

    def decide(self, plan: Plan, verb: Any = approve, by: str = "secretary", **more: Any) -> Plan:
        """Let the secretary, or somebody else, do something with the application."""
        approval = self.approval(plan)
        with acting_as(OPERATOR):
            after = calendar_of(self.office.county).after
        self.do(by, verb, approval=approval, form=form_of(approval), after=after, **more)
        return now_of(plan)

    def decided(self, plan: Plan) -> Plan:
        """A plan consulted on, applied for and decided."""
        return self.decide(self.apply(self.consulted(plan)))


def now_of(plan: Plan) -> Plan:
    """The plan as it stands."""
    with acting_as(OPERATOR):
        return Plan.objects.select_related("commission").get(pk=plan.pk)


def planning() -> Planning:
    """Build it; as the operator."""
    here = Planning(office())
    with acting_as(OPERATOR):
        _rules(here)
        _units(here)
        _leaders(here)
        _zones(here)
        for unit in (*here.stations, *here.towns, *here.offices, *here.groups):
            _head(here, unit)
        renew_rights(accounts=[user.pk for user in here.office.accounts.values()], now=clock.now())
    return here


def _rules(here: Planning) -> None:
    """The rules that zone plans go by, and two years without holidays: all the others take longer than a test."""
    county, now = here.office.county, clock.now()
    WorkRule.objects.bulk_create(
        WorkRule(
            **rule, commission=county, known_from=now, entered_by="operator", starts=ALWAYS, position=place
        )
        for place, rule in enumerate(default_rules())
        if rule["kind"] in (RuleKind.INTERNAL, RuleKind.ZONING)
    )
    CalendarYear.objects.bulk_create(
        CalendarYear(commission=county, starts=first, ends=last, known_from=now, basis="虚构")
        for first, last in (year_of(here.today), year_of(here.today.replace(year=here.today.year + 1, day=1)))
    )


def _units(here: Planning) -> None:
    county = here.office.county
    # The unit of the approvals' tests is a township as well.
    towns = [
        make.unit(county, "乡镇纪委", f"虚构{n}镇纪委", place=f"虚构{n}镇")
        for n in ("甲", "乙", "丙", "丁", "戊")
    ]
    here.towns = [here.office.unit, *towns]
    here.stations = [make.unit(county, "驻乡镇纪检监察工作室", f"驻虚构{n}镇工作室", host=f"虚构{n}镇") for n in ("甲", "丁")]  # fmt: skip
    here.offices = [make.unit(county, "监督检查室") for _ in range(2)]
    here.groups = [make.unit(county, "派驻纪检监察组") for _ in range(4)]


def _leaders(here: Planning) -> None:
    county = here.office.county
    leadership = make.unit(county, "领导班子")
    for posts, people in (("副书记", here.deputies), ("常委", here.standing)):
        for _ in range(2 if posts == "副书记" else 4):
            person = make.person(county)
            make.assignment(person, leadership, posts)
            people.append(person)


def _zones(here: Planning) -> None:
    county, towns = here.office.county, here.towns
    for code in ("Y1", "Y2"):
        here.zones[code] = make.zone(county, "一级", name=f"第{code[1]}一级协作区", code=code)
    for code, kind, above in (("E1", "乡镇", "Y1"), ("E2", "乡镇", "Y1"), ("E3", "县直", "Y2"), ("E4", "县直", "Y2")):  # fmt: skip
        here.zones[code] = make.zone(county, "二级", kind, code=code, name=f"{kind}协作{code[1]}区", parent=here.zones[above])  # fmt: skip
    placed = [
        ("E1", here.stations[0], "轴"), *(("E1", towns[n], "成员") for n in (0, 1, 2)),
        ("E2", here.stations[1], "轴"), *(("E2", towns[n], "成员") for n in (3, 4, 5)),
        ("E3", here.offices[0], "领办"), ("E3", here.groups[0], "成员"), ("E3", here.groups[1], "成员"),
        ("E4", here.offices[1], "领办"), ("E4", here.groups[2], "成员"), ("E4", here.groups[3], "成员"),
    ]  # fmt: skip
    for number, (code, unit, role) in enumerate(placed, 1):
        make.zone_member(here.zones[code], unit, role, position=number)
    leading = [*zip(("Y1", "Y2"), here.deputies, strict=True), *zip(("E1", "E2", "E3", "E4"), here.standing, strict=True)]  # fmt: skip
    for number, (code, person) in enumerate(leading, 1):
        make.zone_leader(here.zones[code], person, position=number)


def _head(here: Planning, unit: Unit) -> None:
    """An account of the head of a unit, by a grant as two persons decide it, which outlasts every renewal of rights."""
    name = here.head(unit)
    user = here.office.accounts[name] = User.objects.create_user(
        f"{name}-{here.office.county.pk}", commission=here.office.county.pk
    )
    Grant.objects.create(
        user=user, role=Role.UNIT_HEAD, commission=here.office.county.pk, scope_kind=Scope.UNIT, scope_id=unit.pk,
        starts=ALWAYS, ends=OPEN, reason="虚构授权", proposed_by="a", proposed_at=clock.now(), outcome="confirmed",
        decided_by="b", decided_at=clock.now(),
    )  # fmt: skip
