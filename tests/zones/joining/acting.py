"""A fictional county of two first-level zones whose second-level zones act as one: two deputies, and who may ask."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests import factories as make
from tests.approvals.office import Office, form_of, keep_rules, office
from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as
from xiezuo.accounts.models import Grant, User
from xiezuo.approvals.api import Approval, approve
from xiezuo.organisation.models import Portfolio, Unit
from xiezuo.organisation.states import UnitKind
from xiezuo.rules.api import calendar_of
from xiezuo.shared import clock
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.zones.api import renew_rights
from xiezuo.zones.joining.asked import AskedAuthorisation, AskedJoining
from xiezuo.zones.joining.operations import ask_authorisation, ask_joining, end_authorisation, end_joining
from xiezuo.zones.models import Authorisation, Joining, Zone
from xiezuo.zones.queries.joining import acting_as_one

TODAY = clock.today()
DAY = timedelta(days=1)
ZONES = {"E1": "Y1", "E2": "Y1", "E3": "Y2"}
DEPUTIES = {"Y1": "first", "Y2": "second"}


@dataclass
class Acting:
    """The county with its zones, units, leaders and accounts, by name."""

    office: Office
    zones: dict[str, Zone] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    def do(self, name: str, verb: Any, /, **given: Any) -> Any:
        """Do something as somebody, in a transaction of its own."""
        with acting_as(self.office.actor(name)) as actor:
            return verb(by=actor, now=given.pop("now", clock.now()), **given)

    def asked(self, *zones: str, **more: Any) -> AskedJoining:
        """Zones that are to act as one for a matter, tomorrow and the nine days after, unless `more` says otherwise."""
        numbers = tuple(self.zones[name].pk for name in zones or ("E1", "E2"))
        person = self.office.people[more.pop("coordinator", "leader E1")].pk
        given = {
            "purpose": "事项",
            "title": "专项〔2023〕2号",
            "starts": TODAY + DAY,
            "ends": TODAY + 11 * DAY,
        } | more
        return AskedJoining(numbers, coordinator=person, **given)

    def ask(self, *zones: str, by: str = "clerk", key: Any = None, now: Any = None, **more: Any) -> Joining:
        """Ask for it."""
        given = {"commission": self.office.county, "asked": self.asked(*zones, **more), "key": key or uuid4()}
        return self.do(by, ask_joining, **given, **({"now": now} if now else {}))

    def authorise(
        self, person: str = "first", by: str = "clerk", key: Any = None, **more: Any
    ) -> Authorisation:
        """Ask for a deputy secretary to coordinate the complaints office, tomorrow and the nine days after."""
        given = {"matter": "专项〔2023〕2号", "starts": TODAY + DAY, "ends": TODAY + 11 * DAY} | more
        unit = given.pop("unit", self.units["office"])
        asked = AskedAuthorisation(self.office.people[person].pk, unit.pk, **given)
        return self.do(by, ask_authorisation, commission=self.office.county, asked=asked, key=key or uuid4())

    def approval(self, row: Joining | Authorisation) -> Approval:
        """Its application."""
        with acting_as(OPERATOR):
            return Approval.objects.get(pk=now_of(row).approval)

    def decide(self, row: Any, verb: Any = approve, by: str = "", **more: Any) -> Any:
        """Let whoever is asked first now decide."""
        approval = self.approval(row)
        with acting_as(OPERATOR):
            after = calendar_of(self.office.county).after
        name = by or self.asked_now(row)[0]
        self.do(name, verb, approval=approval, form=form_of(approval), after=after, **more)
        return now_of(row)

    def asked_now(self, row: Joining | Authorisation) -> list[str]:
        """Who is asked to decide now."""
        names = {user.pk: name for name, user in self.office.accounts.items()}
        return [names[account] for account in self.approval(row).waiting_for]

    def pass_it(self, row: Any) -> Any:
        """Everybody agrees."""
        while self.approval(row).settled_at is None:
            row = self.decide(row)
        return row

    def together(self, *zones: str, **more: Any) -> Joining:
        """Asked for and agreed by everybody."""
        return self.pass_it(self.ask(*zones, **more))

    def end(
        self, row: Joining | Authorisation, last: date, reason: str = "任务完成", by: str = "clerk"
    ) -> Any:
        """End it early."""
        if isinstance(row, Joining):
            return self.do(by, end_joining, joining=row, last=last, reason=reason)
        return self.do(by, end_authorisation, authorisation=row, last=last, reason=reason)

    def as_one(self, on: date) -> list[list[str]]:
        """Which zones act as one on a day, by name."""
        names = {zone.pk: name for name, zone in self.zones.items()}
        with acting_as(OPERATOR):
            return [[names[each.id] for each in one.zones] for one in acting_as_one(self.office.county, on)]


def now_of(row: Any) -> Any:
    """The row as it stands."""
    with acting_as(OPERATOR):
        return type(row).objects.select_related("commission").get(pk=row.pk)


def acting() -> Acting:
    """Build it; as the operator."""
    here = office()
    keep_rules(here)
    built = Acting(here)
    with acting_as(OPERATOR):
        leaders = built.units["leaders"] = make.unit(here.county, UnitKind.LEADERSHIP)
        built.units["office"] = make.unit(here.county, UnitKind.SUPPORT_OFFICE, "信访室")
        built.units["own office"] = make.unit(here.county, UnitKind.SUPPORT_OFFICE, "党风政风监督室")
        for zone, deputy in DEPUTIES.items():
            built.zones[zone] = make.zone(here.county, "一级", name=f"{zone}区")
            make.zone_leader(built.zones[zone], here.people[deputy])
            make.assignment(here.people[deputy], leaders, "副书记")
        for zone, parent in ZONES.items():
            _second_level(built, zone, parent)
        _share(built, "first", built.units["own office"])
        built.units["loose"] = make.unit(here.county, UnitKind.TOWNSHIP_COMMISSION)
        _head(built, "head", built.units["axis E1"])
        _head(built, "outsider", built.units["loose"])
        renew_rights(accounts=[user.pk for user in here.accounts.values()], now=clock.now())
    return built


def _second_level(built: Acting, name: str, parent: str) -> None:
    county = built.office.county
    zone = built.zones[name] = make.zone(county, "二级", "乡镇", name=f"{name}区", parent=built.zones[parent])
    axis = built.units[f"axis {name}"] = make.unit(county, UnitKind.TOWNSHIP_STATION, f"{name}工作室")
    town = built.units[f"town {name}"] = make.unit(county, UnitKind.TOWNSHIP_COMMISSION, f"{name}镇纪委")
    make.zone_member(zone, axis, "轴")
    make.zone_member(zone, town, "成员")
    who = built.office.people[f"leader {name}"] = make.person(county)
    make.zone_leader(zone, who)
    _share(built, DEPUTIES[parent], axis)


def _share(built: Acting, who: str, unit: Unit) -> None:
    Portfolio.objects.create(
        commission=built.office.county, person=built.office.people[who], unit=unit, mode="分管", starts=ALWAYS, ends=OPEN,
        known_from=make.KNOWN,
    )  # fmt: skip


def _head(built: Acting, name: str, unit: Unit) -> None:
    """An account with a grant as two persons decide it, so that it outlasts every renewal of rights."""
    county = built.office.county.pk
    user = built.office.accounts[name] = User.objects.create_user(f"{name}{county}", commission=county)
    Grant.objects.create(
        user=user, role=Role.UNIT_HEAD, commission=county, scope_kind=Scope.UNIT, scope_id=unit.pk, starts=ALWAYS,
        ends=OPEN, reason="虚构授权", proposed_by="a", proposed_at=clock.now(), outcome="confirmed", decided_by="b",
        decided_at=clock.now(),
    )  # fmt: skip
