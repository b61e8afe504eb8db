"""A fictional county of two zones in which a township asks and others help: who asks, screens, decides, leads and may come."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests import factories as make
from tests.approvals.office import LONG_AGO, Office, form_of, give_role, keep_rules, office
from xiezuo.accounts.api import OPERATOR, Actor, Role, acting_as
from xiezuo.accounts.models import User
from xiezuo.approvals.api import Approval, approve
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.requests.asked import Asked
from xiezuo.collaboration.requests.operations import save_request, submit_request
from xiezuo.organisation.models import Person, Portfolio, Unit
from xiezuo.organisation.states import UnitKind
from xiezuo.rules.api import calendar_of
from xiezuo.shared import clock
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.zones.api import renew_rights
from xiezuo.zones.models import Zone

TODAY = clock.today()
DAY = timedelta(days=1)


@dataclass
class Asking:
    """The county by name.

    Zone `E1` under `Y1` has the station `axis`, the towns `town`, `next` and the office `lead`; zone `E2` under `Y2` has
    the station `far axis` and the town `far`. Accounts: `asker` heads `town`, `station` heads `axis`, `leader` assists
    with it (协管), `deputy` is in charge of it (分管), `head` heads `lead`, `secretary`, `clerk` and `checker`.
    """

    office: Office
    zones: dict[str, Zone] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    def do(self, name: str, verb: Any, /, **given: Any) -> Any:
        """Do something as somebody, in a transaction of its own."""
        with acting_as(self.actor(name)) as actor:
            return verb(by=actor, now=given.pop("now", clock.now()), **given)

    def actor(self, name: str) -> Actor:
        """The actor that an account is now."""
        return self.office.actor(name)

    def asked(self, **more: Any) -> Asked:
        """What is asked for under R03, tomorrow and nine days after, unless `more` says otherwise; help of the other zone, by name."""
        usual = Asked(
            situation="Q03", method="M2", lead=self.units["lead"].pk, reason="本单位不便办理", pointer="问〔2026〕12号", people=2,
            own=2, wanted_units=tuple(self.units[each].pk for each in ("far axis", "far")), about_units=(self.units["town"].pk,), starts=TODAY + DAY, ends=TODAY + 11 * DAY, measures=("谈话",),
            duty="核查",
        )  # fmt: skip
        return replace(usual, **more)

    def draft(self, by: str = "asker", unit: str = "town", key: Any = None, **more: Any) -> Request:
        """A draft."""
        given = {"commission": self.office.county, "unit": self.units[unit].pk, "key": key or uuid4()}
        return self.do(by, save_request, asked=self.asked(**more), **given)  # type: ignore[no-any-return]

    def submit(self, row: Request, by: str = "asker", key: Any = None) -> Request:
        """Submit it as it stands."""
        return self.do(by, submit_request, request=row, seen=now_of(row).version, key=key or uuid4())  # type: ignore[no-any-return]

    def request(self, by: str = "asker", unit: str = "town", **more: Any) -> Request:
        """Submitted."""
        return self.submit(self.draft(by, unit, **more), by)

    def act(self, row: Request, verb: Any, by: str = "head", **more: Any) -> Request:
        """One act on it as it stands."""
        given = {"request": row, "seen": now_of(row).version, "key": uuid4()} | more
        return self.do(by, verb, **given)  # type: ignore[no-any-return]

    def approval(self, row: Request) -> Approval:
        """Its application now."""
        with acting_as(OPERATOR):
            return Approval.objects.get(pk=now_of(row).approval)

    def decide(self, row: Request, verb: Any = approve, by: str = "", **more: Any) -> Request:
        """Let whoever is asked first now decide."""
        approval = self.approval(row)
        with acting_as(OPERATOR):
            after = calendar_of(self.office.county).after
        self.do(by or self.asked_now(row)[0], verb, approval=approval, form=form_of(approval), after=after, **more)  # fmt: skip
        return now_of(row)

    def asked_now(self, row: Request) -> list[str]:
        """Who is asked to decide now."""
        names = {user.pk: name for name, user in self.office.accounts.items()}
        return [names[account] for account in self.approval(row).waiting_for]

    def approved(self, **more: Any) -> Request:
        """Asked for and agreed to by everybody."""
        row = self.request(**more)
        while self.approval(row).settled_at is None:
            self.decide(row)
        return now_of(row)

    def add(
        self, name: str, unit: str, post: str = "科员", *, status: str = "在编", **details: Any
    ) -> Person:
        """A person with an account in a unit."""
        with acting_as(OPERATOR):
            person = add(self, name, self.units[unit], post, status=status, **details)
        renew(self)
        return person


def now_of(row: Any) -> Any:
    """The row as it stands."""
    with acting_as(OPERATOR):
        return type(row).objects.select_related("commission").get(pk=row.pk)


def asking() -> Asking:
    """Build it; as the operator."""
    here = office()
    keep_rules(here)
    built = Asking(here)
    with acting_as(OPERATOR):
        for zone, parent, axis, towns in (("E1", "Y1", "axis", ("town", "next")), ("E2", "Y2", "far axis", ("far",))):  # fmt: skip
            _zone(built, zone, parent, axis, towns)
        lead = built.units["lead"] = make.unit(
            here.county, UnitKind.INVESTIGATION_OFFICE, "虚构第一审查调查室"
        )
        make.zone_member(built.zones["E1"], lead, "领办")
        built.units["support"] = make.unit(here.county, UnitKind.SUPPORT_OFFICE, "虚构案件审理室")
        for name, unit, post in (("asker", "town", "书记"), ("station", "axis", "主任"), ("head", "lead", "主任"), ("far head", "far axis", "主任")):  # fmt: skip
            add(built, name, built.units[unit], post)
        for name, mode in (("leader", "协管"), ("deputy", "分管")):
            add(built, name, built.units["axis"], "科员")
            for unit in ("axis", "lead"):
                _share(built, name, built.units[unit], mode)
        renew(built)
    return built


def renew(built: Asking) -> None:
    """Work rights out anew."""
    accounts = [user.pk for user in built.office.accounts.values()]
    with acting_as(OPERATOR):
        renew_rights(accounts=accounts, now=clock.now())


def _zone(built: Asking, name: str, parent: str, axis: str, towns: Sequence[str]) -> None:
    county = built.office.county
    built.zones[parent] = make.zone(county, "一级", name=f"{parent}区")
    zone = built.zones[name] = make.zone(county, "二级", "乡镇", name=f"{name}区", parent=built.zones[parent])
    built.units[axis] = make.unit(county, UnitKind.TOWNSHIP_STATION, f"{axis}工作室")
    make.zone_member(zone, built.units[axis], "轴")
    for town in towns:
        built.units[town] = make.unit(
            county, UnitKind.TOWNSHIP_COMMISSION, f"{town}镇纪委", place=f"{town}镇"
        )
        make.zone_member(zone, built.units[town], "成员")


def add(built: Asking, name: str, unit: Unit, post: str, *, status: str = "在编", **details: Any) -> Person:
    """A person with a post and a confirmed account."""
    here = built.office
    person = here.people[name] = make.person(here.county, **details)
    here.accounts[name] = User.objects.create_user(
        f"{name}{here.county.pk}".replace(" ", "-"), commission=here.county.pk, person=person.pk, person_named_by="system",
        person_confirmed_by="security",
    )  # fmt: skip
    make.assignment(person, unit, post, starts=LONG_AGO, status=status)
    return person


def _share(built: Asking, who: str, unit: Unit, mode: str) -> None:
    Portfolio.objects.create(
        commission=built.office.county, person=built.office.people[who], unit=unit, mode=mode, starts=ALWAYS, ends=OPEN,
        known_from=make.KNOWN,
    )  # fmt: skip


__all__ = ["DAY", "TODAY", "Asking", "Role", "add", "asking", "give_role", "now_of", "renew"]
