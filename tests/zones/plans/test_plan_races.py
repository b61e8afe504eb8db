"""Two who act upon one zone plan, or one ledger, at the same moment: of each race exactly one defined outcome."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from tests import factories as make
from tests.approvals.office import form_of, together
from tests.zones.plans.planning import MEETING, Planning, now_of, planning
from xiezuo.accounts.api import OPERATOR, Actor, acting_as
from xiezuo.approvals.api import Approval, approve, withdraw
from xiezuo.organisation.api import grow_ledger
from xiezuo.rules.api import calendar_of
from xiezuo.shared import clock
from xiezuo.zones.models import Plan, ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.plans.application_operations import apply_for_plan
from xiezuo.zones.plans.consultation_operations import ask_units, close_answer, give_opinion, settle_opinion
from xiezuo.zones.plans.operations import begin_plan, drop_plan, file_plan, save_plan
from xiezuo.zones.queries import plans as queries
from xiezuo.zones.queries.plans import timeline

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ROUNDS = 3


@pytest.fixture
def here(transactional_db: None) -> Planning:
    return planning()


def as_(here: Planning, who: str, verb: Any, /, **given: Any) -> Any:
    return partial(here.do, who, verb, **given)


def deciding(here: Planning, plan: Plan, verb: Any = approve, by: str = "secretary") -> Any:
    """The decision, with a form made now."""
    approval = here.approval(plan)
    with acting_as(OPERATOR):
        after = calendar_of(here.office.county).after
    return as_(here, by, verb, approval=approval, form=form_of(approval), after=after)


def test_of_two_who_save_at_once_one_is_told(here: Planning) -> None:
    for _round in range(ROUNDS):
        plan = here.moved()
        held = queries.scheme_of(plan)
        saves = [
            as_(here, name, save_plan, plan=plan, content=held.put(unit.pk, "E4"), seen=1)
            for name, unit in (("clerk", here.groups[0]), ("checker", here.groups[1]))
        ]
        assert together(*saves) == ["done", "plan-moved-on"]
        assert now_of(plan).version == 2


def test_what_is_saved_while_it_is_applied_for_is_either_in_what_is_read_or_refused(here: Planning) -> None:
    for _round in range(ROUNDS):
        plan = here.consulted(here.moved())
        changed = queries.scheme_of(plan).put(here.groups[0].pk, "E4")
        outcomes = together(
            as_(here, "clerk", apply_for_plan, plan=plan, asked=MEETING, key=uuid4()),
            as_(here, "checker", save_plan, plan=plan, content=changed, seen=plan.version),
        )
        assert "done" in outcomes
        assert set(outcomes) <= {"done", "frozen"}
        assert (queries.scheme_of(now_of(plan)) == changed.in_order()) == (outcomes == ["done", "done"])
        assert now_of(plan).frozen


def test_of_two_who_apply_at_once_one_application_is_made(here: Planning) -> None:
    for _round in range(ROUNDS):
        plan = here.consulted(here.moved())
        send = [as_(here, name, apply_for_plan, plan=plan, asked=MEETING, key=uuid4()) for name in ("clerk", "checker")]  # fmt: skip
        assert together(*send) == ["done", "under-way"]
        with acting_as(OPERATOR):
            assert Approval.objects.filter(subject_app="zones.plan", subject_id=plan.pk).count() == 1


def test_of_two_plans_decided_for_one_day_at_once_one_becomes_the_ledger(here: Planning) -> None:
    one = here.apply(here.consulted(here.moved()))
    other = here.begin(here.ledger(here.ahead).put(here.groups[0].pk, "E4"))
    other = here.apply(here.consulted(other))
    assert together(deciding(here, one), deciding(here, other)) == ["before-replaced", "done"]
    stages = {now_of(one).stage, now_of(other).stage}
    assert stages == {"已决定", "审定"}
    with acting_as(OPERATOR):
        line = timeline(here.office.county)
    assert [each.starts for each in line] == [here.ahead]
    assert queries.scheme_of(line[0].plan) == here.ledger(here.ahead)


def enter(here: Planning, code: str, *, by: Actor, now: Any) -> None:
    """What loading a book or entering one fact does: the ledger grows, and a row is stated."""
    with transaction.atomic():
        grow_ledger(here.office.county)
        make.zone_member(here.zones[code], here.groups[0], "支援", starts=here.ahead)


def test_a_decision_while_the_ledger_is_written_sees_all_of_it_or_none(here: Planning) -> None:
    plan = here.apply(here.consulted(here.moved()))

    def entered() -> None:
        with acting_as(OPERATOR) as operator:
            enter(here, "E3", by=operator, now=clock.now())

    assert together(deciding(here, plan), entered) == ["done", "done"]
    with acting_as(OPERATOR):
        found = queries.drift(here.office.county, here.ahead)
        help_rows = ZoneMember.objects.current().filter(role="支援").count()
    # Entered before: the plan, which does not name the help, took it out again. Entered after: it is drift.
    assert (help_rows, found is None) in {(1, False), (0, True)}


def test_of_a_decision_and_a_withdrawal_at_once_one_holds(here: Planning) -> None:
    before = here.ledger(here.ahead)
    plan = here.apply(here.consulted(here.moved()))
    outcomes = together(deciding(here, plan), deciding(here, plan, withdraw, "clerk"))
    assert outcomes.count("done") == 1
    decided = now_of(plan).stage == "已决定"
    assert (here.ledger(here.ahead) == before) == (not decided)


def test_an_opinion_and_the_close_of_the_answer_at_once(here: Planning) -> None:
    for _round in range(ROUNDS):
        plan, name = here.ask(here.moved()), here.head(here.mover)
        outcomes = together(
            as_(here, name, give_opinion, plan=plan, unit=here.mover.pk, zone="", text="虚构", key=uuid4()),
            as_(here, name, close_answer, plan=plan, unit=here.mover.pk),
        )
        with acting_as(OPERATOR):
            given = len(queries.opinions_of(plan))
        assert outcomes == (["done", "done"] if given else ["answered", "done"])


def test_of_two_who_settle_an_opinion_otherwise_one_is_told(here: Planning) -> None:
    for _round in range(ROUNDS):
        plan = here.ask(here.moved())
        row = here.do(here.head(here.mover), give_opinion, plan=plan, unit=here.mover.pk, zone="", text="虚构", key=uuid4())  # fmt: skip
        outcomes = together(
            as_(here, "clerk", settle_opinion, opinion=row, outcome="采纳", reason="", seen=""),
            as_(here, "checker", settle_opinion, opinion=row, outcome="未采纳", reason="虚构理由", seen=""),
        )
        assert outcomes == ["done", "settled-meanwhile"]


def test_one_unit_asked_by_two_at_once_is_asked_once(here: Planning) -> None:
    plan = here.moved()
    ask = {"plan": plan, "units": [here.mover.pk], "last_day": here.ahead}
    assert together(*(as_(here, name, ask_units, **ask) for name in ("clerk", "checker"))) == ["done", "done"]
    with acting_as(OPERATOR):
        assert len(queries.consultations_of(plan)) == 1


def test_plans_begun_and_entered_at_once_have_numbers_of_their_own(here: Planning) -> None:
    begin = {
        "commission": here.office.county,
        "name": "虚构方案",
        "starts": here.ahead,
        "content": here.ledger(),
    }
    filed = {"commission": here.office.county, "name": "首次划分", "starts": here.today}
    key = uuid4()
    outcomes = together(
        as_(here, "clerk", begin_plan, key=uuid4(), **begin),
        as_(here, "secretary", begin_plan, key=key, **begin),
        as_(here, "secretary", begin_plan, key=key, **begin),
        as_(here, "checker", file_plan, key=uuid4(), **filed),
    )
    assert outcomes == ["done"] * 4
    with acting_as(OPERATOR):
        assert sorted(Plan.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_a_plan_given_up_while_it_is_applied_for_is_one_or_the_other(here: Planning) -> None:
    plan = here.consulted(here.moved())
    outcomes = together(
        as_(here, "clerk", apply_for_plan, plan=plan, asked=MEETING, key=uuid4()),
        as_(here, "checker", drop_plan, plan=plan, reason="虚构"),
    )
    assert outcomes == ["done", "wrong-stage"]
    assert now_of(plan).stage in {"审定", "已放弃"}


def test_however_plans_are_decided_no_two_current_rows_say_the_same(here: Planning) -> None:
    plans = [here.apply(here.consulted(here.begin(here.ledger(here.ahead).put(unit.pk, "E4")))) for unit in here.groups[:2]]  # fmt: skip
    together(*(deciding(here, plan) for plan in plans))
    with acting_as(OPERATOR):
        for model in (ZoneRecord, ZoneMember, ZoneLeader):
            rows = model.objects.on(here.ahead).filter(commission=here.office.county)
            keys = [tuple(getattr(row, name, None) for name in ("zone_id", "unit_id", "person_id", "role")) for row in rows]  # fmt: skip
            assert len(keys) == len(set(keys))
