"""Whatever is done with zone plans, on whatever days: every decided day keeps every binding rule, exactly one plan answers for
it, the ledger says what that plan says, and no fact outside a plan's own changes was touched."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import factories as make
from tests.zones.plans.planning import MEETING, Planning, now_of, planning
from xiezuo.accounts.api import OPERATOR, acting_as, set_actor
from xiezuo.approvals.api import TO_APPLICANT, approve, refuse_approval, send_back, submit_again, withdraw
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused
from xiezuo.zones.judging import blocking
from xiezuo.zones.models import Plan, ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.plans.application_operations import apply_for_plan
from xiezuo.zones.plans.consultation_operations import ask_units, close_answer, give_opinion, settle_opinion
from xiezuo.zones.plans.operations import begin_plan, drop_plan, file_plan, save_plan
from xiezuo.zones.plans.standing import reigns
from xiezuo.zones.queries import plans as queries
from xiezuo.zones.queries.judging import judged_on
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import PlannedZone, Scheme, difference
from xiezuo.zones.scheme_acts import merged, split, transferred

pytestmark = pytest.mark.usefixtures("actor")
_TABLES = (ZoneRecord, ZoneMember, ZoneLeader)
_PLACES = st.integers(0, 20)
Edit = Callable[[Planning, Scheme, int], Scheme]


def _unit(here: Planning, place: int) -> int:
    units = [*here.towns, *here.groups, *here.offices, *here.stations]
    return units[place % len(units)].pk


def _zone(scheme: Scheme, place: int) -> str:
    found = [zone.code for zone in scheme.zones if zone.level == "二级"]
    return found[place % len(found)] if found else "E1"


def _swap(here: Planning, scheme: Scheme, place: int) -> Scheme:
    one, other = here.standing[place % 4].pk, here.standing[(place + 1) % 4].pk
    zones = {each.zone: each.person for each in scheme.leaders}
    for code, person in zones.items():
        if person in (one, other):
            scheme = scheme.led(code, [other if person == one else one])
    return scheme


def _merge(here: Planning, scheme: Scheme, place: int) -> Scheme:
    of_kind = [zone.code for zone in scheme.zones if zone.kind == ("县直", "乡镇")[place % 2]]
    return merged(
        scheme,
        of_kind[:2],
        PlannedZone(of_kind[0], "虚构合并协作区", "二级", ("县直", "乡镇")[place % 2], "Y1"),
    )


def _split(here: Planning, scheme: Scheme, place: int) -> Scheme:
    units = [here.offices[1].pk, here.groups[place % 4].pk]
    code = next((each.zone for each in scheme.members if each.unit == units[0]), "E4")
    return split(
        scheme,
        code,
        PlannedZone(f"E{5 + place}", f"虚构新{place}协作区", "二级", "县直", "Y2"),
        units,
        [here.standing[3].pk],
    )


EDITS: dict[str, Edit] = {
    "transfer": lambda here, scheme, n: transferred(scheme, [_unit(here, n)], _zone(scheme, n // 3)),
    "help": lambda here, scheme, n: scheme.put(_unit(here, n), _zone(scheme, n // 2), "支援"),
    "take out": lambda here, scheme, n: scheme.take_out(_unit(here, n)),
    "swap leaders": _swap,
    "merge": _merge,
    "split": _split,
    "rename": lambda _here, scheme, n: scheme.with_zone(PlannedZone("Y1", f"第{n}一级协作区", "一级")),
    "put under": lambda _here, scheme, n: Scheme(
        tuple(PlannedZone(z.code, z.name, z.level, z.kind, ("Y1", "Y2")[n % 2] if z.code == "E3" else z.parent) for z in scheme.zones),
        scheme.members, scheme.leaders,
    ),
}  # fmt: skip


class Plans(RuleBasedStateMachine):
    """One county, and everything that may be done with its plans while the days go by."""

    here: Planning
    decisions = 0

    def __init__(self) -> None:
        super().__init__()
        # Every run begins from the same county: what it did is undone as a whole.
        self.undone = transaction.atomic()
        self.undone.__enter__()
        set_actor(OPERATOR)
        self.days = 0
        self.said: list[tuple[date, Scheme]] = [(make.BEGINNING, self.here.ledger())]
        self.plans: list[Plan] = []
        self.checked: object = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @property
    def now(self) -> datetime:
        return clock.now() + timedelta(days=self.days)

    @property
    def today(self) -> date:
        return self.here.today + timedelta(days=self.days)

    def do(self, who: str, verb: Any, /, **given: Any) -> Any:
        """Done, or refused, or not understood; what is refused changes nothing that the invariants speak of."""
        try:
            return self.here.do(who, verb, now=self.now, **given)
        except (Refused, BadInput, NotThere):
            return None

    def plan(self, place: int) -> Plan:
        return now_of(self.plans[place % len(self.plans)])

    @initialize()
    def one_plan_is_decided(self) -> None:
        """Whatever follows meets a decided plan."""
        self.begin(days=1, edit="rename", place=0, again=1)
        self.go_the_usual_way(which=0)

    @rule(days=st.sampled_from((1, 2, 9)))
    def days_go_by(self, days: int) -> None:
        self.days += days

    @rule(
        days=st.integers(0, 12), edit=st.sampled_from(sorted(EDITS)), place=_PLACES, again=st.integers(0, 3)
    )
    def begin(self, days: int, edit: str, place: int, again: int) -> None:
        starts = self.today + timedelta(days=days)
        content = self.edited(self.here.ledger(starts), edit, place)
        if again == 0 and self.plans:
            content = queries.scheme_of(self.plan(place))
        plan = self.do(
            "clerk", begin_plan, commission=self.here.office.county, name="虚构方案", starts=starts, content=content, key=uuid4()
        )  # fmt: skip
        self.plans += [plan] if plan else []

    def edited(self, scheme: Scheme, edit: str, place: int) -> Scheme:
        try:
            return EDITS[edit](self.here, scheme, place)
        except (ValueError, IndexError):
            return scheme

    @precondition(lambda self: self.plans)
    @rule(which=_PLACES, edit=st.sampled_from(sorted(EDITS)), place=_PLACES, old=st.booleans())
    def save(self, which: int, edit: str, place: int, old: bool) -> None:
        plan = self.plan(which)
        content = self.edited(queries.scheme_of(plan), edit, place)
        self.do("checker", save_plan, plan=plan, content=content, seen=plan.version - old)

    @precondition(lambda self: self.plans)
    @rule(which=_PLACES, says=st.booleans(), settled=st.booleans())
    def consult(self, which: int, says: bool, settled: bool) -> None:
        plan, unit = self.plan(which), self.here.mover
        head = self.here.head(unit)
        self.do("clerk", ask_units, plan=plan, units=[unit.pk], last_day=self.today)
        opinion = says and self.do(
            head, give_opinion, plan=plan, unit=unit.pk, zone="", text="虚构", key=uuid4()
        )
        if opinion and settled:
            self.do("clerk", settle_opinion, opinion=opinion, outcome="采纳", reason="", seen="")
        self.do(head, close_answer, plan=plan, unit=unit.pk)

    @precondition(lambda self: self.plans)
    @rule(which=_PLACES)
    def apply(self, which: int) -> None:
        self.do("clerk", apply_for_plan, plan=self.plan(which), asked=MEETING, key=uuid4())

    @precondition(lambda self: any(now_of(plan).waits for plan in self.plans))
    @rule(
        which=_PLACES,
        how=st.sampled_from(("approve", "approve", "approve", "return", "again", "refuse", "withdraw")),
    )
    def move(self, which: int, how: str) -> None:
        waiting = [plan for plan in map(now_of, self.plans) if plan.waits]
        plan = waiting[which % len(waiting)]
        if how == "approve":
            self.approve(plan)
        elif how == "return":
            self.moved(plan, send_back, to=TO_APPLICANT, said="请修改。")
        elif how == "again":
            self.moved(plan, submit_again, by="clerk")
        else:
            self.moved(
                plan,
                *((refuse_approval, "secretary") if how == "refuse" else (withdraw, "clerk")),
                **({"said": "虚构"} if how == "refuse" else {}),
            )

    def moved(self, plan: Plan, verb: Any, by: str = "secretary", **more: Any) -> None:
        with suppress(Refused):
            self.here.decide(plan, verb, by=by, now=self.now, **more)

    def approve(self, plan: Plan) -> None:
        before = self.rows()
        self.moved(plan, approve)
        decided = now_of(plan)
        if decided.stage == "已决定":
            type(self).decisions += 1
            self.said.append((decided.starts, queries.scheme_of(decided)))
            gone = self.outside(before, decided) - set(self.rows())
            assert not gone, "facts outside the plan's own changes were touched"
        else:
            assert self.rows() == before

    def rows(self) -> dict[tuple[str, int], Any]:
        with acting_as(OPERATOR):
            return {
                (model.__name__, row.pk): row
                for model in _TABLES
                for row in model.objects.current()
                .filter(commission=self.here.office.county)
                .select_related("zone")
            }

    @staticmethod
    def outside(before: dict[tuple[str, int], Any], plan: Plan) -> set[tuple[str, int]]:
        """The rows that the plan has no reason to touch: over before its day, or saying what it says."""
        scheme = queries.scheme_of(plan)
        members = {(each.zone, each.unit, each.role) for each in scheme.members}
        leaders = {(each.zone, each.person) for each in scheme.leaders}
        names = {(zone.code, zone.name, zone.parent) for zone in scheme.zones}

        def stays(row: Any) -> bool:
            code = row.zone.code
            if row.ends <= plan.starts:
                return True
            if isinstance(row, ZoneMember):
                return (code, row.unit_id, row.role) in members
            if isinstance(row, ZoneLeader):
                return (code, row.person_id) in leaders
            return (code, row.name, row.parent.code if row.parent else "") in names

        return {key for key, row in before.items() if stays(row)}

    @precondition(lambda self: self.plans)
    @rule(which=_PLACES)
    def drop(self, which: int) -> None:
        self.do("clerk", drop_plan, plan=self.plan(which), reason="虚构")

    @rule(back=st.integers(0, 40))
    def enter_an_earlier_one(self, back: int) -> None:
        given = {"commission": self.here.office.county, "name": "虚构旧方案", "key": uuid4()}
        self.do("clerk", file_plan, starts=self.today - timedelta(days=back), **given)

    @precondition(lambda self: self.plans)
    @rule(which=_PLACES)
    def go_the_usual_way(self, which: int) -> None:
        self.consult(which, says=True, settled=True)
        self.apply(which)
        plan = self.plan(which)
        if plan.waits:
            self.approve(plan)

    @invariant()
    def every_decided_day_is_sound_and_has_one_plan(self) -> None:
        with acting_as(OPERATOR):
            county = self.here.office.county
            decided = queries.decided(county)
            stands = (sorted(self.rows()), [plan.pk for plan in decided], self.today)
            if stands == self.checked:
                return
            self.checked = stands
            found = reigns(decided)
            days = {self.today, *(plan.starts + timedelta(days=n) for plan in decided for n in (-1, 0, 1))}
            for day in days:
                covering = [each.plan for each in found if each.starts <= day < each.ends]
                first = decided[0].starts if decided else None
                assert len(covering) == (first is not None and day >= first)
                assert covering[:1] == [each for each in (queries.plan_in_force(county, day),) if each]
                ledger = scheme_on(county, day)
                assert not difference(ledger, self.expected(day)), day
                assert not covering or not difference(queries.scheme_of(covering[0]), ledger)
                if day in {plan.starts for plan in decided}:
                    assert not blocking(judged_on(county, ledger, day))

    def expected(self, day: date) -> Scheme:
        return max((each for each in self.said if each[0] <= day), key=lambda each: each[0])[1]


def test_whatever_is_done_with_plans_every_decided_day_is_sound_and_has_one_plan(actor: None) -> None:
    Plans.here, Plans.decisions = planning(), 0
    run_state_machine_as_test(
        Plans,
        settings=settings(max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)),
    )  # fmt: skip
    assert Plans.decisions > 0
