"""The life of a zone plan: drafted, saved by compare and set, described, given up; or entered when it was decided before."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.once import fresh, once
from tests.zones.plans.planning import Planning, now_of, planning
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.audit.models import Entry
from xiezuo.shared.errors import BadInput, NotThere, Refused
from xiezuo.zones.models import Plan
from xiezuo.zones.plans.operations import (
    describe_plan,
    drop_plan,
    file_plan,
    keep_wishes,
    save_plan,
)
from xiezuo.zones.plans.record_operations import MovedOn
from xiezuo.zones.plans.standing import PlanStanding
from xiezuo.zones.queries import plans as queries
from xiezuo.zones.scheme import PlannedLeader, PlannedMember, PlannedZone, Scheme

pytestmark = pytest.mark.usefixtures("actor")


built = once(planning)


@pytest.fixture
def here(built: Planning, actor: None) -> Planning:
    return fresh(built)


def codes(refused: "pytest.ExceptionInfo[Refused]") -> set[str]:
    return {reason.code for reason in refused.value.reasons}


def test_several_drafts_stand_side_by_side_each_with_its_number(here: Planning) -> None:
    first, second = here.moved(), here.begin(here.ledger(), here.ahead + timedelta(days=1))
    copied = here.begin(queries.scheme_of(first), name="另一方案")
    assert [each.number for each in (first, second, copied)] == [1, 2, 3]
    with acting_as(OPERATOR):
        assert [each.pk for each in queries.plans_of(here.office.county)] == [second.pk, copied.pk, first.pk]
    assert copied.content == first.content
    assert {each.stage for each in (first, second, copied)} == {"起草"}


def test_the_same_form_posted_again_begins_the_same_plan(here: Planning) -> None:
    key = uuid4()
    assert here.begin(here.ledger(), key=key).pk == here.begin(here.ledger(), key=key).pk
    with acting_as(OPERATOR):
        assert Plan.objects.count() == 1


def test_only_who_draws_zones_begins_saves_describes_and_drops(here: Planning) -> None:
    plan = here.moved()
    with pytest.raises(Refused) as refused:
        here.begin(here.ledger(), by=here.head(here.mover))
    assert codes(refused) == {"not-yours"}
    described = {"name": "x", "why": "", "starts": here.ahead, "seen": 1}
    for verb, given in (
        (save_plan, {"content": here.ledger(), "seen": 1}), (describe_plan, described),
        (keep_wishes, {"wishes": {"fixed": []}, "seen": 1}), (drop_plan, {"reason": "x"}),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            here.do(here.head(here.mover), verb, plan=plan, **given)
        assert codes(refused) == {"not-yours"}
    assert now_of(plan).version == 1


def test_a_plan_begins_with_a_name_on_a_day_that_has_not_passed(here: Planning) -> None:
    with pytest.raises(Refused) as refused:
        here.begin(here.ledger(), here.today - timedelta(days=1), name=" ")
    assert codes(refused) == {"name", "starts"}
    with pytest.raises(BadInput, match="并入别县"):
        here.begin(here.ledger(), kind="并入别县")


def test_of_two_who_save_the_second_is_told_what_the_first_changed_and_nothing_is_lost(here: Planning) -> None:  # fmt: skip
    plan = here.moved()
    seen = queries.scheme_of(plan)
    theirs = seen.put(here.groups[0].pk, "E4").led("E3", [here.standing[0].pk])
    here.do("clerk", save_plan, plan=plan, content=theirs, seen=1)
    with pytest.raises(MovedOn) as told:
        here.do("checker", save_plan, plan=plan, content=seen.put(here.groups[2].pk, "E3"), seen=1)
    assert codes(told) == {"plan-moved-on"}
    assert [each.unit for each in told.value.changed.moved] == [here.groups[0].pk]
    assert [each.zone for each in told.value.changed.handed] == ["E3"]
    assert told.value.theirs == theirs.in_order()
    assert told.value.held.version == 2
    assert here.office.accounts["clerk"].username in str(told.value)
    assert queries.scheme_of(now_of(plan)) == theirs.in_order()


def test_what_the_other_changed_is_told_across_several_versions(here: Planning) -> None:
    plan = here.moved()
    seen = queries.scheme_of(plan)
    one = seen.put(here.groups[0].pk, "E4")
    here.do("clerk", save_plan, plan=plan, content=one, seen=1)
    here.do("clerk", save_plan, plan=plan, content=one.put(here.groups[1].pk, "E4"), seen=2)
    with pytest.raises(MovedOn) as told:
        here.do("checker", save_plan, plan=plan, content=seen.led("Y1", ()), seen=1)
    assert {each.unit for each in told.value.changed.moved} == {here.groups[0].pk, here.groups[1].pk}


def test_saving_what_stands_already_changes_nothing_whoever_saved_it(here: Planning) -> None:
    plan = here.moved()
    changed = queries.scheme_of(plan).put(here.groups[0].pk, "E4")
    here.do("clerk", save_plan, plan=plan, content=changed, seen=1)
    assert here.do("checker", save_plan, plan=plan, content=changed, seen=1).version == 2


def test_a_description_and_wishes_are_compared_and_set_as_well(here: Planning) -> None:
    plan = here.moved()
    day = here.ahead + timedelta(days=3)
    plan = here.do("clerk", describe_plan, plan=plan, name=" 新名 ", why="新缘由", starts=day, seen=1)
    assert (plan.name, plan.why, plan.starts, plan.version) == ("新名", "新缘由", day, 2)
    with pytest.raises(MovedOn):
        here.do("checker", describe_plan, plan=plan, name="又名", why="", starts=day, seen=1)
    plan = here.do("clerk", keep_wishes, plan=plan, wishes={"together": [[1, 2]]}, seen=2)
    assert plan.wishes == {"together": [[1, 2]]}
    with pytest.raises(MovedOn):
        here.do("checker", keep_wishes, plan=plan, wishes={}, seen=2)


def test_a_content_that_makes_no_sense_is_refused_and_says_where(here: Planning) -> None:
    plan = here.moved()
    held = queries.scheme_of(plan)
    senseless = {
        "under a zone that is none": (held.with_zone(PlannedZone("E9", "虚构区", "二级", "乡镇", "E1")), "zone"),
        "first level under another": (held.with_zone(PlannedZone("Y1", "虚构区", "一级", "", "Y2")), "zone"),
        "no name": (held.with_zone(PlannedZone("E9", " ", "二级", "乡镇", "Y1")), "zone"),
        "unknown kind": (held.with_zone(PlannedZone("E9", "虚构区", "二级", "山区", "Y1")), "zone"),
        "code twice": (Scheme((*held.zones, held.zones[0]), held.members, held.leaders), "zone"),
        "member of nowhere": (held.put(here.mover.pk, "E9"), "member"),
        "unknown role": (held.put(here.mover.pk, "E1", "队长"), "member"),
        "member twice": (Scheme(held.zones, (*held.members, held.members[0]), held.leaders), "member"),
        "leader of nowhere": (Scheme(held.zones, held.members, (PlannedLeader("E9", here.standing[0].pk),)), "leader"),
        "leader twice": (Scheme(held.zones, held.members, (*held.leaders, held.leaders[0])), "leader"),
    }  # fmt: skip
    for why, (content, code) in senseless.items():
        with pytest.raises(Refused) as refused:
            here.do("clerk", save_plan, plan=plan, content=content, seen=1)
        assert codes(refused) == {code}, why
    strange = Scheme(held.zones, (*held.members, PlannedMember("E1", 987654321, "成员")), held.leaders)
    with pytest.raises(BadInput, match="987654321"):
        here.do("clerk", save_plan, plan=plan, content=strange, seen=1)
    assert now_of(plan).version == 1


def test_a_draft_may_break_every_rule(here: Planning) -> None:
    plan = here.moved()
    empty = Scheme((PlannedZone("Y1", "虚构区", "一级"),))
    assert here.do("clerk", save_plan, plan=plan, content=empty, seen=1).version == 2


def test_a_plan_is_given_up_with_a_reason_and_no_longer_changes(here: Planning) -> None:
    plan = here.moved()
    with pytest.raises(Refused) as refused:
        here.do("clerk", drop_plan, plan=plan, reason=" ")
    assert codes(refused) == {"reason"}
    plan = here.do("clerk", drop_plan, plan=plan, reason="另拟方案")
    assert (plan.stage, plan.dropped_because) == ("已放弃", "另拟方案")
    with pytest.raises(Refused) as refused:
        here.do("clerk", save_plan, plan=plan, content=here.ledger(), seen=1)
    assert codes(refused) == {"settled"}
    with pytest.raises(Refused) as refused:
        here.ask(plan)
    assert "wrong-stage" in codes(refused)


def test_a_plan_decided_before_is_entered_from_the_ledger_of_its_day_and_changes_nothing(here: Planning) -> None:  # fmt: skip
    before, day = here.ledger(), here.today - timedelta(days=100)
    given = {
        "commission": here.office.county,
        "name": "首次划分",
        "starts": day,
        "document_no": "虚纪发〔2022〕6号",
    }
    filed = here.do("clerk", file_plan, content=here.ledger(day), key=uuid4(), **given)
    assert (filed.stage, filed.filed, filed.starts, filed.decided_on) == ("已决定", True, day, day)
    assert queries.scheme_of(filed) == here.ledger(day)
    assert here.ledger() == before
    for refused_for, more in {
        "same-day": {"key": uuid4()},
        "starts": {"key": uuid4(), "starts": here.today + timedelta(days=1)},
        "not-the-ledger": {"key": uuid4(), "starts": day + timedelta(days=1), "content": before.put(here.mover.pk, "E2")},
        "name": {"key": uuid4(), "starts": day + timedelta(days=1), "name": " "},
        "no-ledger": {"key": uuid4(), "starts": here.today.replace(year=2000)},
    }.items():  # fmt: skip
        with pytest.raises(Refused) as refused:
            here.do("clerk", file_plan, **(given | more))
        assert codes(refused) == {refused_for}
    with pytest.raises(Refused) as refused:
        here.do("secretary", file_plan, key=uuid4(), **given)
    assert codes(refused) == {"not-yours"}


def test_every_day_from_the_first_plan_on_is_answered_by_exactly_one_plan(here: Planning) -> None:
    day = here.today - timedelta(days=100)
    given = {"commission": here.office.county, "name": "首次划分"}
    filed = here.do("clerk", file_plan, starts=day, key=uuid4(), **given)
    decided = here.decided(here.moved())
    with acting_as(OPERATOR):
        asked = {
            n: queries.plan_in_force(here.office.county, day + timedelta(days=n))
            for n in (-1, 0, 109, 110, 9999)
        }
        line = queries.timeline(here.office.county)
        words = queries.standings(here.office.county, [filed, decided], here.today)
        later = queries.standings(here.office.county, [filed, decided], here.ahead)
    assert asked == {-1: None, 0: filed, 109: filed, 110: decided, 9999: decided}
    assert [(each.plan, each.starts) for each in line] == [(filed, day), (decided, here.ahead)]
    assert line[0].ends == line[1].starts
    assert words == {filed.pk: PlanStanding.IN_FORCE, decided.pk: PlanStanding.AHEAD}
    assert later == {filed.pk: PlanStanding.SUPERSEDED, decided.pk: PlanStanding.IN_FORCE}


def test_a_draft_is_for_who_draws_zones_for_who_was_asked_and_for_who_signs(here: Planning) -> None:
    plan = here.moved()
    readers = ("clerk", "secretary", here.head(here.mover), here.head(here.groups[0]), "stranger")

    def shown() -> list[str]:
        found = []
        for name in readers:
            with acting_as(here.office.actor(name)):
                try:
                    queries.plan_of(plan.pk)
                except NotThere:
                    continue
                found.append(name)
        return found

    assert shown() == ["clerk", "secretary"]
    here.ask(plan)
    assert shown() == ["clerk", "secretary", here.head(here.mover)]
    with acting_as(here.office.actor(here.head(here.mover))):
        assert queries.earlier_scheme(plan, 1) is None
    with acting_as(here.office.actor("clerk")):
        assert queries.earlier_scheme(plan, 1) == queries.scheme_of(plan)


def test_a_decided_plan_is_for_everybody_of_the_commission(here: Planning) -> None:
    plan = here.decided(here.moved())
    with acting_as(here.office.actor(here.head(here.groups[0]))):
        assert queries.plan_of(plan.pk) == plan
        assert queries.consultations_of(plan) == []
    other = planning()
    with acting_as(other.office.actor("clerk")), pytest.raises(NotThere):
        queries.plan_of(plan.pk)


def test_each_act_stands_in_the_journal_without_what_the_plan_says(here: Planning) -> None:
    plan = here.moved()
    here.do("clerk", save_plan, plan=plan, content=here.ledger(), seen=1)
    here.do("clerk", drop_plan, plan=plan, reason="虚构")
    with acting_as(OPERATOR):
        rows = Entry.objects.filter(target=f"zone_plan:{plan.pk}").order_by("pk")
        told = [(each.act, each.details) for each in rows]
    assert [act for act, _details in told] == ["zone_plan.begun", "zone_plan.saved", "zone_plan.dropped"]
    assert told[1][1]["version"] == 2
    assert "content" not in str(told)
