"""A zone plan is applied for and decided; then, and only then, the ledger changes, in one operation, and says what it rests on."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests import factories as make
from tests.once import fresh, once
from tests.zones.plans.planning import MEETING, Planning, now_of, planning
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.accounts.models import Right
from xiezuo.approvals.api import (
    TO_APPLICANT,
    kind_of,
    number_of,
    refuse_approval,
    send_back,
    submit_again,
    withdraw,
)
from xiezuo.audit.models import Entry
from xiezuo.home.notices.models import Notice
from xiezuo.organisation.api import ledger_version
from xiezuo.organisation.models import Assignment, Portfolio, UnitRecord
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, Refused
from xiezuo.shared.periods import OPEN
from xiezuo.zones.models import Plan, ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.plans.application_operations import AskedPlan
from xiezuo.zones.plans.consultation_operations import give_opinion, settle_opinion
from xiezuo.zones.plans.events import plan_decided
from xiezuo.zones.plans.operations import describe_plan, save_plan
from xiezuo.zones.queries import plans as queries
from xiezuo.zones.queries.weighing import later_facts
from xiezuo.zones.scheme import PlannedZone
from xiezuo.zones.scheme_acts import merged, split, transferred

pytestmark = pytest.mark.usefixtures("actor")
_TABLES = (ZoneRecord, ZoneMember, ZoneLeader)


built = once(planning)


@pytest.fixture
def here(built: Planning, actor: None) -> Planning:
    return fresh(built)


def codes(refused: "pytest.ExceptionInfo[Refused]") -> set[str]:
    return {reason.code for reason in refused.value.reasons}


def rows_of(here: Planning) -> dict[str, set[int]]:
    """The current rows of the zones, by table."""
    with acting_as(OPERATOR):
        return {
            model.__name__: set(
                model.objects.current().filter(commission=here.office.county).values_list("pk", flat=True)
            )
            for model in _TABLES
        }


def test_facts_end_and_begin_on_the_day_and_all_others_stay_untouched(here: Planning) -> None:
    before = rows_of(here)
    plan = here.decided(here.moved())
    after = rows_of(here)
    assert {name: (len(before[name] - after[name]), len(after[name] - before[name])) for name in before} == {
        "ZoneRecord": (0, 0), "ZoneMember": (1, 2), "ZoneLeader": (0, 0),
    }  # fmt: skip
    with acting_as(OPERATOR):
        rows = ZoneMember.objects.current().filter(unit=here.mover).order_by("starts")
        told = [(row.zone.code, row.starts, row.ends, row.basis) for row in rows]
    basis = f"虚构县纪委常委会；虚纪发〔2026〕8号；虚构依据；{number_of(here.approval(plan))}"
    assert told == [("E1", make.BEGINNING, here.ahead, basis), ("E2", here.ahead, OPEN, basis)]


def test_what_was_known_before_the_decision_can_still_be_asked(here: Planning) -> None:
    plan = here.apply(here.consulted(here.moved()))
    instant = clock.now()
    here.decide(plan)
    with acting_as(OPERATOR):
        known = ZoneMember.objects.on(here.ahead, known=instant).get(unit=here.mover)
        now = ZoneMember.objects.on(here.ahead).get(unit=here.mover)
    assert (known.zone.code, now.zone.code) == ("E1", "E2")


def test_nothing_changes_before_the_decision(here: Planning) -> None:
    before, scheme = rows_of(here), here.ledger(here.ahead)
    plan = here.apply(here.consulted(here.moved()))
    assert (rows_of(here), here.ledger(here.ahead)) == (before, scheme)
    assert (plan.stage, plan.frozen, plan.waits) == ("审定", True, True)


def test_zones_are_opened_closed_renamed_and_put_under_others(here: Planning) -> None:
    scheme = here.ledger(here.ahead)
    scheme = merged(scheme, ["E3", "E4"], PlannedZone("E3", "县直大协作区", "二级", "县直", "Y2"))
    scheme = split(scheme, "E3", PlannedZone("E5", "县直新协作区", "二级", "县直", "Y1"), [here.offices[1].pk, here.groups[3].pk], [here.standing[3].pk])  # fmt: skip
    plan = here.decided(here.begin(scheme))
    assert plan.stage == "已决定"
    assert here.ledger(here.ahead) == scheme
    with acting_as(OPERATOR):
        old = ZoneRecord.objects.current().filter(zone=here.zones["E4"])
        assert [(row.starts, row.ends) for row in old] == [(make.BEGINNING, here.ahead)]
        names = ZoneRecord.objects.current().filter(zone=here.zones["E3"]).order_by("starts")
        assert [(row.name, row.ends) for row in names] == [
            ("县直协作3区", here.ahead),
            ("县直大协作区", OPEN),
        ]


def test_a_zone_that_was_closed_can_be_opened_again_under_its_code(here: Planning) -> None:
    first = here.ledger(here.ahead)
    gone = merged(first, ["E3", "E4"], PlannedZone("E3", "县直协作3区", "二级", "县直", "Y2"))
    here.decided(here.begin(gone))
    day = here.ahead + timedelta(days=5)
    here.decided(here.begin(first, day))
    assert here.ledger(day) == first
    assert here.ledger(here.ahead) == gone
    with acting_as(OPERATOR):
        assert {each.zone_id for each in ZoneRecord.objects.on(day).filter(name="县直协作4区")} == {
            here.zones["E4"].pk
        }


def test_a_helper_with_an_end_of_its_own_stays_untouched(here: Planning) -> None:
    with acting_as(OPERATOR):
        until = here.ahead + timedelta(days=30)
        row = make.zone_member(here.zones["E2"], here.groups[0], "支援", ends=until)
    here.decided(here.moved())
    with acting_as(OPERATOR):
        found = ZoneMember.objects.current().get(unit=here.groups[0], role="支援")
    assert (found.pk, found.ends) == (row.pk, until)


def test_a_fact_that_began_on_the_very_day_gives_way(here: Planning) -> None:
    with acting_as(OPERATOR):
        ZoneMember.objects.filter(unit=here.mover).update(known_until=clock.now())
        make.zone_member(here.zones["E1"], here.mover, "成员", ends=here.ahead)
        make.zone_member(here.zones["E1"], here.mover, "支援", starts=here.ahead)
    here.decided(here.begin(here.ledger(here.ahead).take_out(here.mover.pk).put(here.mover.pk, "E2")))
    with acting_as(OPERATOR):
        rows = ZoneMember.objects.current().filter(unit=here.mover).order_by("starts")
        assert [(row.zone.code, row.role, row.starts) for row in rows] == [
            ("E1", "成员", make.BEGINNING), ("E2", "成员", here.ahead),
        ]  # fmt: skip


def test_rights_follow_on_the_day_of_the_plan_as_its_effects_said(here: Planning) -> None:
    with acting_as(OPERATOR):
        person = here.office.people["first"]
        make.assignment(person, here.offices[0], "常委")
        make.zone_leader(here.zones["E2"], person)
        ZoneLeader.objects.filter(zone=here.zones["E2"], person=here.standing[1]).update(
            known_until=clock.now()
        )
    plan = here.moved()
    with acting_as(OPERATOR):
        said = queries.effects(plan)
    assert [(each.person, each.gains, each.loses) for each in said.reaches if each.person == person.pk] == [
        (person.pk, (here.mover.pk,), ())
    ]
    assert said.moved == (here.mover.pk,)
    here.decided(plan)
    with acting_as(OPERATOR):
        held = Right.objects.filter(user=here.office.at("first"), role="contact_leader", scope_id=here.mover.pk, known_until=None)  # fmt: skip
        assert [(row.scope_kind, row.starts, row.ends) for row in held] == [("unit", here.ahead, OPEN)]


def test_open_applications_of_units_that_move_are_named_before_the_decision(here: Planning) -> None:
    from tests.approvals.office import apply

    approval = apply(here.office, unit=here.office.unit.pk)
    plan = here.begin(here.ledger(here.ahead).put(here.office.unit.pk, "E2"))
    with acting_as(OPERATOR):
        assert list(queries.effects(plan).approvals) == [approval]
    with acting_as(here.office.actor("secretary")):
        assert list(queries.effects(plan).approvals) == []


def test_the_journal_counts_before_and_after_and_the_ledger_grows(here: Planning) -> None:
    plan = here.apply(here.consulted(here.moved()))
    version = ledger_version(here.office.county)
    here.decide(plan)
    with acting_as(OPERATOR):
        details = Entry.objects.get(act="zone_plan.decided", target=f"zone_plan:{plan.pk}").details
    assert {name: details[name] for name in ("zones", "members", "leaders", "rows_closed", "rows_stated")} == {
        "zones": [6, 6], "members": [14, 14], "leaders": [6, 6], "rows_closed": 1, "rows_stated": 2,
    }  # fmt: skip
    assert ledger_version(here.office.county) == version + 1


def test_who_is_concerned_is_told_of_the_decision_once(here: Planning) -> None:
    here.decided(here.moved())
    names = {user.pk: name for name, user in here.office.accounts.items()}
    with acting_as(OPERATOR):
        told = Notice.objects.filter(kind="plan_decided")
        assert [names[row.account] for row in told] == [here.head(here.mover)]
        assert told[0].particulars == {"first_day": here.ahead.isoformat()}


# What stands against an application.


def test_an_application_is_refused_as_long_as_the_consultation_is_open(here: Planning) -> None:
    plan = here.moved()
    with pytest.raises(Refused) as refused:
        here.apply(plan)
    assert codes(refused) == {"wrong-stage"}
    plan = here.ask(plan)
    opinion = here.do(here.head(here.mover), give_opinion, plan=plan, unit=here.mover.pk, zone="", text="虚构", key=uuid4())  # fmt: skip
    with pytest.raises(Refused) as refused:
        here.apply(plan)
    assert codes(refused) == {"unanswered", "unsettled"}
    here.do("clerk", settle_opinion, opinion=opinion, outcome="采纳", reason="", seen="")
    assert here.apply(here.consulted_by(plan)).stage == "审定"


def test_an_application_names_the_meeting_and_a_day_ahead(here: Planning) -> None:
    plan = here.consulted(here.moved(here.today))
    with pytest.raises(Refused) as refused:
        here.apply(plan, asked=AskedPlan(" "))
    assert codes(refused) == {"meeting"}
    with pytest.raises(Refused) as refused:
        here.apply(plan)
    assert codes(refused) == {"starts"}


def test_a_broken_binding_rule_blocks_the_application_and_says_which_unit(here: Planning) -> None:
    plan = here.begin(here.ledger(here.ahead).take_out(here.mover.pk))
    with pytest.raises(Refused) as refused:
        here.apply(here.consulted(plan))
    assert codes(refused) == {"Z01"}
    with acting_as(OPERATOR):
        name = UnitRecord.objects.get(unit=here.mover).name
    assert name in str(refused.value)
    assert now_of(plan).stage == "征求意见"


def test_a_plan_that_changes_nothing_is_no_plan(here: Planning) -> None:
    with pytest.raises(Refused) as refused:
        here.apply(here.consulted(here.begin(here.ledger(here.ahead))))
    assert codes(refused) == {"nothing-changed"}


def test_a_decision_dated_before_or_on_the_day_of_the_plan_it_replaces_is_refused_with_the_plan(here: Planning) -> None:  # fmt: skip
    first = here.decided(here.moved())
    content = here.ledger(here.ahead).put(here.groups[0].pk, "E4")
    for day in (here.ahead, here.ahead - timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            here.apply(here.consulted(here.begin(content, day)))
        assert "before-replaced" in codes(refused)
        assert first.name in str(refused.value)
        assert here.ahead.isoformat() in str(refused.value)


def test_the_same_form_posted_again_applies_once(here: Planning) -> None:
    plan, key = here.consulted(here.moved()), uuid4()
    first = here.apply(plan, key=key)
    assert here.apply(plan, key=key).approval == first.approval
    with pytest.raises(Refused) as refused:
        here.apply(plan)
    assert "under-way" in codes(refused)


# While it is decided.


def test_the_content_is_frozen_while_signers_read_it_and_open_when_it_was_returned(here: Planning) -> None:
    plan = here.apply(here.consulted(here.moved()))
    changed = queries.scheme_of(plan).put(here.groups[0].pk, "E4")
    with pytest.raises(Refused) as refused:
        here.do("clerk", save_plan, plan=plan, content=changed, seen=1)
    assert codes(refused) == {"frozen"}
    plan = here.decide(plan, send_back, to=TO_APPLICANT, said="虚构理由")
    assert (plan.stage, plan.frozen, plan.waits) == ("审定", False, True)
    here.do("clerk", save_plan, plan=plan, content=changed, seen=1)
    plan = here.decide(plan, submit_again, by="clerk")
    assert plan.frozen
    here.decide(plan)
    assert here.ledger(here.ahead) == changed.in_order()


def test_what_breaks_a_rule_after_it_was_returned_is_not_submitted_again(here: Planning) -> None:
    plan = here.decide(here.apply(here.consulted(here.moved())), send_back, to=TO_APPLICANT, said="虚构理由")
    broken = queries.scheme_of(plan).take_out(here.mover.pk)
    here.do("clerk", save_plan, plan=plan, content=broken, seen=1)
    with pytest.raises(Refused) as refused:
        here.decide(plan, submit_again, by="clerk")
    assert codes(refused) == {"Z01"}
    assert not now_of(plan).frozen


@pytest.mark.parametrize(("verb", "by"), [(refuse_approval, "secretary"), (withdraw, "clerk")])
def test_what_was_not_passed_goes_back_to_consultation_with_its_content(
    here: Planning, verb: Any, by: str
) -> None:
    before = rows_of(here)
    plan = here.apply(here.consulted(here.moved()))
    given = {} if verb is withdraw else {"said": "虚构理由"}
    after = here.decide(plan, verb, by=by, **given)
    assert (after.stage, after.frozen, after.waits) == ("征求意见", False, False)
    assert (after.content, rows_of(here)) == (plan.content, before)
    assert here.decide(here.apply(after)).stage == "已决定"


# What has changed since the draft was checked refuses the decision, which stays undecided.


def undecided(here: Planning, plan: Plan) -> set[str]:
    """Why the decision is refused; it stays open and nothing was changed."""
    before = rows_of(here)
    with pytest.raises(Refused) as refused:
        here.decide(plan)
    assert (now_of(plan).stage, here.approval(plan).settled_at, rows_of(here)) == ("审定", None, before)
    return codes(refused)


def test_a_fact_that_begins_after_the_first_day_refuses_the_decision(here: Planning) -> None:
    plan = here.apply(here.consulted(here.moved()))
    with acting_as(OPERATOR):
        make.zone_member(here.zones["E3"], here.mover, "支援", starts=here.ahead + timedelta(days=3))
        facts = later_facts(here.office.county, queries.scheme_of(plan), here.ahead)
    assert [(each.day, each.begins) for each in facts] == [(here.ahead + timedelta(days=3), True)]
    assert undecided(here, plan) == {"later-fact"}


def test_a_fact_that_ends_after_the_first_day_refuses_the_decision_where_the_plan_goes_on(here: Planning) -> None:  # fmt: skip
    plan = here.apply(here.consulted(here.moved()))
    with acting_as(OPERATOR):
        until = here.ahead + timedelta(days=3)
        ZoneLeader.objects.filter(zone=here.zones["E3"]).update(known_until=clock.now())
        make.zone_leader(here.zones["E3"], here.standing[2], ends=until)
    assert undecided(here, plan) == {"later-fact"}


def test_a_unit_that_no_longer_stands_on_the_day_refuses_the_decision(here: Planning) -> None:
    plan = here.apply(here.consulted(here.moved()))
    with acting_as(OPERATOR):
        row = UnitRecord.objects.get(unit=here.mover)
        UnitRecord.objects.filter(pk=row.pk).update(known_until=clock.now())
        UnitRecord.objects.create(
            commission=here.office.county, unit=here.mover, name=row.name, kind=row.kind, starts=row.starts, ends=here.ahead,
            known_from=clock.now(),
        )  # fmt: skip
    assert undecided(here, plan) == {"Z00"}


def test_a_leader_who_holds_no_post_on_the_day_refuses_the_decision(here: Planning) -> None:
    plan = here.apply(here.consulted(here.moved()))
    with acting_as(OPERATOR):
        Assignment.objects.filter(person=here.standing[2]).update(known_until=clock.now())
    assert "person-gone" in undecided(here, plan)


def test_a_rule_that_is_broken_by_now_refuses_the_decision(here: Planning) -> None:
    plan = here.apply(here.consulted(here.moved()))
    with acting_as(OPERATOR):
        make.unit(here.office.county, "派驻纪检监察组", "新设派驻组")
    assert undecided(here, plan) == {"Z01"}


def test_a_first_day_that_has_passed_refuses_the_decision_and_can_be_mended_after_a_return(
    here: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = here.apply(here.consulted(here.moved()))
    late = clock.now() + timedelta(days=11)
    with pytest.raises(Refused) as refused:
        here.decide(plan, now=late)
    assert codes(refused) == {"starts"}
    plan = here.decide(plan, send_back, to=TO_APPLICANT, said="改日期", now=late)
    day = here.ahead + timedelta(days=20)
    here.do("clerk", describe_plan, plan=plan, name=plan.name, why="", starts=day, seen=1, now=late)
    plan = here.decide(plan, submit_again, by="clerk", now=late)
    plan = here.decide(plan, now=late)
    assert (plan.stage, plan.starts, plan.decided_on) == ("已决定", day, here.today + timedelta(days=11))


def test_a_plan_may_be_decided_for_the_very_day(here: Planning) -> None:
    plan = here.apply(here.consulted(here.moved(here.today + timedelta(days=1))))
    plan = here.decide(plan, now=clock.now() + timedelta(days=1))
    assert plan.stage == "已决定"


def test_of_two_plans_applied_for_the_second_is_weighed_against_the_first(here: Planning) -> None:
    one = here.apply(here.consulted(here.moved()))
    other = here.begin(here.ledger(here.ahead).put(here.groups[0].pk, "E4"))
    other = here.apply(here.consulted(other))
    here.decide(one)
    assert undecided(here, other) == {"before-replaced"}


def test_an_effect_that_fails_undoes_the_decision(here: Planning, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = here.apply(here.consulted(here.moved()))
    before = rows_of(here)

    def fails(**_told: Any) -> None:
        raise RuntimeError("an effect that fails")

    monkeypatch.setattr(plan_decided, "_handlers", [*plan_decided._handlers, fails])
    with pytest.raises(RuntimeError):
        here.decide(plan)
    assert (now_of(plan).stage, here.approval(plan).settled_at, rows_of(here)) == ("审定", None, before)
    monkeypatch.undo()
    assert here.decide(plan).stage == "已决定"


def test_single_facts_entered_since_are_told_as_drift(here: Planning) -> None:
    county = here.office.county
    with acting_as(OPERATOR):
        assert queries.drift(county, here.today) is None
    here.decided(here.moved(here.today + timedelta(days=1)))
    with acting_as(OPERATOR):
        day = here.ahead
        assert queries.drift(county, day) is None
        make.zone_member(here.zones["E1"], here.groups[0], "支援", starts=day)
        found = queries.drift(county, day)
    assert found is not None
    assert [each.unit for each in found[1].moved] == [here.groups[0].pk]


def test_who_keeps_contact_with_a_unit_concerned_is_told_and_does_not_decide(here: Planning) -> None:
    with acting_as(OPERATOR):
        Portfolio.objects.create(
            commission=here.office.county, person=here.office.people["stranger"], unit=here.mover, mode="联系", starts=make.BEGINNING,
            known_from=clock.now(),
        )  # fmt: skip
    plan = here.apply(here.consulted(here.moved()))
    approval = here.approval(plan)
    assert (approval.informed, approval.waiting_for) == (
        [here.office.at("stranger")],
        [here.office.at("secretary")],
    )
    with acting_as(here.office.actor("stranger")):
        assert queries.plan_of(plan.pk) == plan
    plan = here.decide(plan, refuse_approval, said="虚构理由")
    with acting_as(here.office.actor("stranger")), pytest.raises(NotThere):
        queries.plan_of(plan.pk)


def test_a_signer_sees_what_changes_and_only_while_the_plan_is_decided(here: Planning) -> None:
    plan = here.apply(here.consulted(here.begin(transferred(here.ledger(here.ahead), [here.mover.pk], "E2").led("Y1", [here.deputies[1].pk]).led("Y2", [here.deputies[0].pk]))))  # fmt: skip
    with acting_as(here.office.actor("secretary")):
        matter = kind_of("zone_plan").matter(here.approval(plan))
    facts = dict(matter.facts)
    assert MEETING.meeting in facts.values()
    assert here.ahead.isoformat() in facts.values()
    assert len(matter.changes) == 3
    assert ("乡镇协作1区（成员）", "乡镇协作2区（成员）") in [line[1:] for line in matter.changes]
