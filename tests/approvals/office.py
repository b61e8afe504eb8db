"""A fictional county's people who apply and decide, and forms as a browser would post them."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from threading import Barrier
from typing import Any
from uuid import uuid4

from django.db import connections

from tests import factories as make
from xiezuo.accounts.api import OPERATOR, Ability, Actor, Role, Scope, acting_as, actor_of, may
from xiezuo.accounts.models import Grant, User
from xiezuo.approvals.api import Approval, Form, Kind, Matter, StepPlan, register, submit
from xiezuo.approvals.states import Mode
from xiezuo.organisation.models import Commission, Person, Portfolio, Unit
from xiezuo.organisation.states import UnitKind
from xiezuo.rules.api import load_defaults
from xiezuo.rules.models import CalendarYear
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, Reason, Refused
from xiezuo.shared.periods import ALWAYS, OPEN, year_of
from xiezuo.zones.api import renew_rights

KIND = "虚构申请"
NUMBERS = count(1)
LONG_AGO = date(2020, 1, 1)


def _against(by: Actor, commission: int) -> list[Reason]:
    return may(by, Ability.SEE_STRUCTURE, commission=commission)


register(Kind(KIND, KIND, KIND, _against, lambda approval: Matter([("事项", approval.title)])))


def after(day: date, working_days: int) -> date:
    """The n-th weekday after a day: the calendar of these tests."""
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5
    return day


@dataclass
class Office:
    """A county with an applicant, two leaders in charge of a unit, a secretary and two clerks."""

    county: Commission
    unit: Unit
    accounts: dict[str, User] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The actor that an account is now."""
        return actor_of(User.objects.get(pk=self.accounts[name].pk))

    def at(self, name: str) -> int:
        """The number of an account."""
        return self.accounts[name].pk

    def lead(self, name: str, mode: str = "分管", starts: date = ALWAYS, ends: date = OPEN) -> Portfolio:
        """Let somebody have a share in the division of work over the unit."""
        return Portfolio.objects.create(
            commission=self.county, person=self.people[name], unit=self.unit, mode=mode, starts=starts, ends=ends,
            known_from=datetime(2022, 1, 1, tzinfo=UTC), position=next(NUMBERS),
        )  # fmt: skip

    def plan(self, *modes: Mode, days: int = 2) -> list[StepPlan]:
        """Steps that ask the leaders in charge first, and the secretary last."""
        ask: Sequence[dict[str, Any]] = [{"mode": "分管", "unit": self.unit.pk}]
        above: Sequence[dict[str, Any]] = [{"role": "secretary"}]
        steps = modes or (Mode.ANY_OF, Mode.ANY_OF)
        return [StepPlan(f"第{n}级", mode, above if n == 2 else ask, days) for n, mode in enumerate(steps, 1)]


def office() -> Office:
    """Build the county; as the operator, in a transaction of its own or of the test."""
    with acting_as(OPERATOR):
        county = make.commission()
        built = Office(county, make.unit(county, UnitKind.TOWNSHIP_COMMISSION))
        for name in ("applicant", "first", "second", "secretary", "clerk", "checker", "stranger"):
            _add(built, name)
        built.lead("first")
        built.lead("second")
        give_role(built, "secretary", Role.SECRETARY)
        for name in ("clerk", "checker"):
            give_role(built, name, Role.CASE_MANAGEMENT)
        renew_rights(accounts=[user.pk for user in built.accounts.values()], now=clock.now())
    return built


def keep_rules(here: Office) -> None:
    """Give the county the default work rules, and this year and the next in its calendar."""
    with acting_as(OPERATOR) as operator:
        load_defaults(commission=here.county, by=operator, now=clock.now())
        held = CalendarYear.objects.filter(commission=here.county).values_list("starts__year", flat=True)
        for year in {clock.today().year, clock.today().year + 1} - set(held):
            starts, ends = year_of(date(year, 1, 1))
            CalendarYear.objects.create(
                commission=here.county, starts=starts, ends=ends, known_from=clock.now(), basis="虚构"
            )


def _add(built: Office, name: str) -> None:
    person = built.people[name] = make.person(built.county)
    built.accounts[name] = User.objects.create_user(
        f"{name}{next(NUMBERS)}", commission=built.county.pk, person=person.pk, person_named_by="system",
        person_confirmed_by="security",
    )  # fmt: skip
    make.assignment(person, built.unit, "科员", starts=LONG_AGO)


def give_role(built: Office, name: str, role: Role) -> None:
    """A grant as two persons decide it, so that it outlasts every renewal of rights."""
    Grant.objects.create(
        user=built.accounts[name], role=role, commission=built.county.pk, scope_kind=Scope.COMMISSION,
        scope_id=built.county.pk, starts=ALWAYS, ends=OPEN, reason="虚构授权", proposed_by="a", proposed_at=clock.now(),
        outcome="confirmed", decided_by="b", decided_at=clock.now(),
    )  # fmt: skip


def apply(
    here: Office, *modes: Mode, by: str = "applicant", thing: int | None = None, **more: Any
) -> Approval:
    """Submit an application about a fictional matter."""
    details = {"key": uuid4(), "now": clock.now(), "steps": here.plan(*modes)} | more
    with acting_as(here.actor(by)) as actor:
        return submit(
            commission=here.county.pk, kind=KIND, subject=("fictional", thing or next(NUMBERS)), title="虚构事项",
            after=after, by=actor, **details,
        )  # fmt: skip


def act(here: Office, verb: Callable[..., Approval], approval: Approval, by: str, **more: Any) -> Approval:
    """Do something with the approval as the form shows it now, unless `form` is given."""
    details = {"now": clock.now(), "after": after} | more
    if "form" not in details:
        details["form"] = form_of(approval)
    with acting_as(here.actor(by)) as actor:
        return verb(approval=approval, by=actor, **details)


def form_of(approval: Approval) -> Form:
    """A form made from the approval as it stands now."""
    with acting_as(OPERATOR):
        return Form(uuid4(), Approval.objects.get(pk=approval.pk).edition)


def now_of(approval: Approval) -> Approval:
    """The approval as it stands now."""
    with acting_as(OPERATOR):
        return Approval.objects.get(pk=approval.pk)


def together(*acts: Callable[[], Any]) -> list[str]:
    """What becomes of each act, all begun at one moment on connections of their own: `done`, or why it was refused."""
    start = Barrier(len(acts))

    def run(one: Callable[[], Any]) -> str:
        try:
            start.wait()
            one()
        except Refused as refused:
            return refused.reasons[0].code
        except NotThere:
            return "not-there"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(each.result() for each in [pool.submit(run, one) for one in acts])
