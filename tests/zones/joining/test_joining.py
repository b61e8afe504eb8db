"""Zones that act as one: who may ask, what is refused, who decides, on which days it holds, and that it ends by itself."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests import factories as make
from tests.once import fresh, once
from tests.zones.joining.acting import DAY, TODAY, Acting, acting, now_of
from xiezuo.accounts.api import OPERATOR, acting_as, set_actor
from xiezuo.approvals.api import refuse_approval, withdraw
from xiezuo.audit.models import Entry
from xiezuo.organisation.models import Portfolio
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, Refused
from xiezuo.zones.joining.holding import Holds, held_days, state_on
from xiezuo.zones.models import Joining, ZoneLeader, ZoneRecord

NOW = clock.now()
pytestmark = pytest.mark.usefixtures("actor")


built = once(acting)


@pytest.fixture
def here(built: Acting, actor: None) -> Acting:
    return fresh(built)


def refused(here: Acting, *zones: str, **more: Any) -> list[str]:
    """Why it is refused, by the fields of the form."""
    with pytest.raises(Refused) as raised:
        here.ask(*zones, **more)
    with acting_as(OPERATOR):
        assert (
            Joining.objects.filter(
                commission=here.office.county, title=more.get("title", "专项〔2023〕2号")
            ).count()
            <= 1
        )
    return [reason.code for reason in raised.value.reasons]


# Who may ask


@pytest.mark.parametrize("name", ["clerk", "secretary", "first", "head"])
def test_who_draws_zones_or_runs_one_of_them_may_ask(here: Acting, name: str) -> None:
    assert here.ask(by=name).asked_by == here.office.accounts[name].username


@pytest.mark.parametrize("name", ["outsider", "stranger"])
def test_nobody_else_may_ask(here: Acting, name: str) -> None:
    assert refused(here, by=name) == ["not-yours"]


def test_who_runs_none_of_these_zones_may_not_ask(here: Acting) -> None:
    assert refused(here, "E2", "E3", by="head", coordinator="leader E2") == ["not-yours"]


# On which days


def test_zones_act_as_one_from_the_first_day_to_the_last_and_on_no_other(here: Acting) -> None:
    row = here.together("E1", "E2")
    first, last = row.starts, row.ends - DAY
    assert [here.as_one(day) for day in (first - DAY, first, last, last + DAY)] == [
        [],
        [["E1", "E2"]],
        [["E1", "E2"]],
        [],
    ]


def test_the_first_zone_asked_for_stands_first(here: Acting) -> None:
    assert here.as_one(here.together("E2", "E1").starts) == [["E2", "E1"]]


def test_what_is_not_decided_holds_on_no_day(here: Acting) -> None:
    row = here.ask()
    assert (here.as_one(row.starts), state_on(row, row.starts)) == ([], Holds.ASKED)


def test_what_is_decided_late_holds_from_the_day_of_the_decision(
    here: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = here.ask(starts=TODAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda now=NOW: now + 3 * DAY)
    row = here.pass_it(row)
    assert held_days(row) == (TODAY + 3 * DAY, row.ends)
    assert (state_on(row, TODAY + 2 * DAY), state_on(row, TODAY + 3 * DAY)) == (Holds.ASKED, Holds.NOW)


def test_a_decision_after_the_last_day_is_refused_and_says_why(
    here: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = here.ask()
    monkeypatch.setattr("django.utils.timezone.now", lambda now=NOW: now + 11 * DAY)
    with pytest.raises(Refused) as raised:
        here.decide(row)
    assert [reason.code for reason in raised.value.reasons] == ["ends"]
    assert (here.approval(row).settled_at, now_of(row).decided_on) == (None, None)


@pytest.mark.parametrize("verb", [refuse_approval, withdraw])
def test_what_is_refused_or_withdrawn_never_holds(here: Acting, verb: Any) -> None:
    row = here.ask()
    by = "clerk" if verb is withdraw else ""
    row = here.decide(row, verb, by=by, **({"said": "不宜合并"} if verb is refuse_approval else {}))
    assert (state_on(row, row.starts), here.as_one(row.starts)) == (Holds.REFUSED, [])


def test_first_level_zones_act_as_one_too(here: Acting) -> None:
    row = here.together("Y1", "Y2", coordinator="first")
    assert (row.level, here.as_one(row.starts)) == ("一级", [["Y1", "Y2"]])


def test_a_zone_that_was_closed_since_no_longer_acts_as_one(here: Acting) -> None:
    row = here.together("E1", "E2", "E3")
    set_actor(OPERATOR)
    ZoneRecord.objects.filter(zone=here.zones["E3"]).update(known_until=clock.now())
    assert here.as_one(row.starts) == [["E1", "E2"]]


# Who decides


def test_the_deputy_in_charge_of_the_axis_of_the_first_zone_decides(here: Acting) -> None:
    assert here.asked_now(here.ask("E1", "E2")) == ["first"]


def test_both_deputies_decide_where_zones_stand_under_different_first_level_zones(here: Acting) -> None:
    row = here.ask("E1", "E3")
    assert here.asked_now(row) == ["first", "second"]
    row = here.decide(row, by="first")
    assert (row.decided_on, here.asked_now(row)) == (None, ["second"])
    assert here.decide(row, by="second").decided_on == TODAY


def test_a_deputy_who_asks_does_not_decide(here: Acting) -> None:
    assert here.asked_now(here.ask("E1", "E3", by="first")) == ["second"]


def test_where_nobody_is_in_charge_of_one_of_the_zones_it_is_refused(here: Acting) -> None:
    set_actor(OPERATOR)
    Portfolio.objects.filter(unit=here.units["axis E3"]).update(known_until=clock.now())
    assert refused(here, "E1", "E3") == ["nobody-asked"]


# What is refused


def test_one_zone_alone_is_refused(here: Acting) -> None:
    assert refused(here, "E1", "E1") == ["zones"]


def test_zones_of_different_levels_are_refused(here: Acting) -> None:
    assert refused(here, "Y1", "E3") == ["zones"]


def test_a_zone_that_does_not_stand_on_all_the_days_is_refused_with_the_day(here: Acting) -> None:
    set_actor(OPERATOR)
    closing = TODAY + 5 * DAY
    ZoneRecord.objects.filter(zone=here.zones["E2"]).update(known_until=clock.now())
    again = ZoneRecord.objects.get(zone=here.zones["E2"])
    make.ZoneRecord.objects.create(
        commission=again.commission, zone=again.zone, name=again.name, level="二级", kind="乡镇", parent=again.parent,
        starts=again.starts, ends=closing, known_from=clock.now(),
    )  # fmt: skip
    with pytest.raises(Refused, match=closing.isoformat()):
        here.ask("E1", "E2")


def test_a_zone_of_another_county_stands_on_no_day(here: Acting) -> None:
    set_actor(OPERATOR)
    here.zones["foreign"] = make.zone(make.commission(), "二级", "乡镇")
    assert refused(here, "E1", "foreign") == ["zones"]


@pytest.mark.parametrize(
    ("first", "end", "code"),
    [(-1, 5, "starts"), (5, 5, "ends"), (5, 2, "ends"), (1, 400, "ends"), (400, 410, "starts")],
)
def test_days_that_make_no_sense_are_refused(here: Acting, first: int, end: int, code: str) -> None:
    assert refused(here, starts=TODAY + timedelta(days=first), ends=TODAY + timedelta(days=end)) == [code]


def test_a_coordinator_who_leads_none_of_the_zones_is_refused(here: Acting) -> None:
    assert refused(here, "E1", "E2", coordinator="leader E3") == ["coordinator"]


@pytest.mark.parametrize(
    "title",
    ["身份证110101198003072113", "电话138 0013 8000", "王小明、李四、张三丰", "反映某镇问题", "", "长" * 61],
)
def test_what_is_no_pointer_is_refused(here: Acting, title: str) -> None:
    assert refused(here, title=title)[0] == "title"


def test_names_that_are_no_people_pass_once_looked_at_again_and_numbers_of_people_never(here: Acting) -> None:
    assert here.ask(title="王庄、李庄、张店专项", sure=True).title == "王庄、李庄、张店专项"
    assert refused(here, title="身份证110101198003072113", sure=True) == ["title"]


def test_the_same_matter_does_not_bind_a_zone_twice(here: Acting) -> None:
    here.ask("E1", "E2")
    assert refused(here, "E2", "E3", title=" 专项〔2023〕2 号", coordinator="leader E2") == ["zones"]


def test_a_period_does_not_bind_a_zone_twice(here: Acting) -> None:
    here.ask("E1", "E2", purpose="一段时间")
    assert refused(here, "E2", "E3", purpose="一段时间", title="另一件", coordinator="leader E2") == ["zones"]


def test_another_matter_a_period_beside_a_matter_and_other_days_are_not_contradictory(here: Acting) -> None:
    here.ask("E1", "E2")
    here.ask("E2", "E3", title="专项〔2023〕3号", coordinator="leader E2")
    here.ask("E1", "E3", purpose="一段时间", title="集中攻坚")
    later = here.ask("E1", "E2", starts=TODAY + 11 * DAY, ends=TODAY + 20 * DAY)
    assert later.number == 4


def test_what_was_refused_or_ended_binds_nobody(here: Acting) -> None:
    here.decide(here.ask("E1", "E2"), refuse_approval, said="不宜")
    row = here.together("E1", "E2")
    here.end(row, row.starts + DAY)
    assert here.ask("E1", "E2", starts=row.starts + 2 * DAY).number == 3


def test_a_joining_that_contradicts_one_decided_meanwhile_is_not_decided(here: Acting) -> None:
    row = here.ask("E1", "E2")
    with acting_as(OPERATOR):
        Joining.objects.create(
            commission=row.commission, number=99, level="二级", zones=[here.zones["E2"].pk, here.zones["E3"].pk], purpose="事项",
            title=row.title, starts=row.starts, ends=row.ends, coordinator=row.coordinator, decided_on=TODAY, asked_by="x",
            asked_at=clock.now(), key=uuid4(),
        )  # fmt: skip
    with pytest.raises(Refused):
        here.decide(row)
    assert now_of(row).decided_on is None


def test_a_coordinator_who_stopped_leading_meanwhile_is_not_decided(here: Acting) -> None:
    row = here.ask()
    with acting_as(OPERATOR):
        ZoneLeader.objects.filter(zone=here.zones["E1"]).update(known_until=clock.now())
    with pytest.raises(Refused, match="领导"):
        here.decide(row)


# Ended early, extended


def test_ended_early_zones_part_after_the_last_day_named(here: Acting) -> None:
    row = here.together(starts=TODAY)
    here.end(row, TODAY + 3 * DAY)
    assert [here.as_one(TODAY + n * DAY) for n in (3, 4)] == [[["E1", "E2"]], []]
    assert state_on(now_of(row), TODAY + 4 * DAY) == Holds.ENDED


def test_ended_from_today_on_it_holds_on_no_later_day(here: Acting) -> None:
    row = here.together(starts=TODAY)
    here.end(row, TODAY - DAY)
    assert (here.as_one(TODAY), held_days(now_of(row))) == ([], None)


def test_ending_needs_a_reason_and_a_day_that_can_still_be_the_last(here: Acting) -> None:
    row = here.together()
    for last, reason, code in (
        (row.starts, " ", "reason"),
        (TODAY - DAY, "完成", "last"),
        (row.ends - DAY, "完成", "last"),
    ):
        with pytest.raises(Refused) as raised:
            here.end(row, last, reason)
        assert [each.code for each in raised.value.reasons] == [code]
    assert now_of(row).ended_on is None


def test_what_is_not_decided_cannot_be_ended(here: Acting) -> None:
    row = here.ask()
    with pytest.raises(Refused) as raised:
        here.end(row, row.starts)
    assert [each.code for each in raised.value.reasons] == ["not-held"]


def test_who_runs_none_of_the_zones_cannot_end_it(here: Acting) -> None:
    row = here.together()
    with pytest.raises(Refused) as raised:
        here.end(row, row.starts, by="outsider")
    assert [each.code for each in raised.value.reasons] == ["not-yours"]


def test_what_is_not_decided_is_not_there_for_who_has_no_part_in_it(here: Acting) -> None:
    row = here.ask()
    with pytest.raises(NotThere):
        here.end(row, row.starts, by="outsider")


# Forms and journal


def test_the_same_form_posted_again_makes_one_joining(here: Acting) -> None:
    key = uuid4()
    assert here.ask(key=key).pk == here.ask(key=key).pk


def test_a_form_of_somebody_else_makes_nothing(here: Acting) -> None:
    key = uuid4()
    here.ask(key=key)
    assert refused(here, key=key, by="secretary") == ["key"]


def test_the_journal_tells_of_each_act_and_not_of_the_pointer(here: Acting) -> None:
    row = here.together()
    here.end(row, row.starts)
    set_actor(OPERATOR)
    told = list(Entry.objects.filter(target=f"joining:{row.pk}").order_by("pk"))
    assert [entry.act for entry in told] == [
        "zone_joining.asked",
        "zone_joining.decided",
        "zone_joining.ended",
    ]
    assert not any(row.title in str(entry.details) for entry in told)
