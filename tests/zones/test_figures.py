"""Figures of who stands in zones and of plans, joinings and meetings: before the first day, on it, on the last, after it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests import factories as make
from xiezuo.figures.api import Asking, check, values
from xiezuo.organisation.models import Commission, Unit
from xiezuo.rules.models import WorkRule
from xiezuo.shared.periods import OPEN
from xiezuo.zones.models import AgendaItem, Authorisation, Joining, Plan, Zone, ZoneMeeting

FIRST, LAST = date(2022, 6, 20), date(2023, 3, 14)
BEFORE, AFTER = FIRST - timedelta(days=1), LAST + timedelta(days=1)
DAYS = (BEFORE, FIRST, LAST, AFTER)

pytestmark = pytest.mark.usefixtures("actor")


@pytest.fixture
def county(actor: None) -> Commission:
    return make.commission()


def value(county: Commission, key: str, on: date) -> int | None:
    return values(Asking((county.pk,), on))[county.pk][key]


def on_days(county: Commission, key: str) -> list[int | None]:
    return [value(county, key, on) for on in DAYS]


def broken(county: Commission, on: date) -> list[str]:
    results = check(Asking((county.pk,), on))[county.pk]
    return [each.balance.id for each in results if each.balance.kind == "identity" and each.holds is False]


def zone_with(county: Commission, unit: Unit, role: str = "成员", **days: Any) -> Zone:
    zone = make.zone(county, "二级", "乡镇")
    make.zone_member(zone, unit, role, **days)
    return zone


def test_a_unit_is_in_a_zone_or_in_none_on_each_day(county: Commission) -> None:
    zone_with(county, make.unit(county, "乡镇纪委"), starts=FIRST, ends=AFTER)
    assert on_days(county, "zones.members") == [0, 1, 1, 0]
    assert on_days(county, "zones.units_outside") == [1, 0, 0, 1]
    assert [broken(county, on) for on in DAYS] == [[], [], [], []]


def test_helpers_and_units_of_other_kinds_are_neither(county: Commission) -> None:
    zone_with(county, make.unit(county, "综合科室"))
    zone_with(county, make.unit(county, "乡镇纪委"), "支援")
    assert (value(county, "zones.members", FIRST), value(county, "zones.units_outside", FIRST)) == (0, 1)


def test_a_unit_of_a_closed_zone_or_known_no_more_is_outside(county: Commission) -> None:
    closed = make.zone(county, "二级", "乡镇", ends=AFTER)
    make.zone_member(closed, make.unit(county, "乡镇纪委"), "成员")
    zone_with(county, make.unit(county, "乡镇纪委"), known_until=datetime(2022, 1, 2, tzinfo=UTC))
    assert (value(county, "zones.members", LAST), value(county, "zones.members", AFTER)) == (1, 0)
    assert value(county, "zones.units_outside", AFTER) == 2


def test_leaders_beyond_their_span_follow_the_rule_in_force(county: Commission) -> None:
    leader = make.person(county)
    for _number in range(2):
        make.zone_leader(make.zone(county, "二级", "乡镇"), leader)
    assert value(county, "zones.leaders_beyond_span", FIRST) == 0
    WorkRule.objects.create(
        commission=county, known_from=make.KNOWN, kind="划区规则", code="Z05", name="虚构", limit=1, limit_unit="个",
        badge="本地默认", starts=FIRST, ends=AFTER,
    )  # fmt: skip
    assert on_days(county, "zones.leaders_beyond_span") == [0, 1, 1, 0]


def plan(county: Commission, number: int, **details: Any) -> Plan:
    told = {"starts": FIRST, "begun_at": datetime(2022, 6, 20, 1, tzinfo=UTC), **details}
    return Plan.objects.create(
        commission=county, number=number, name="虚构方案", content={}, begun_by="made", key=uuid4(), **told
    )


def test_plans_count_in_the_year_of_their_decision_and_until_then_as_open(county: Commission) -> None:
    plan(county, 1, stage="已决定", decided_on=AFTER)
    plan(county, 2, stage="已放弃", dropped_because="虚构")
    plan(county, 3, stage="已决定", decided_on=FIRST, filed=True, starts=BEFORE)
    assert on_days(county, "zones.plans_open") == [0, 1, 1, 0]
    assert on_days(county, "zones.plans_decided") == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("model", "key"), [(Joining, "zones.joinings"), (Authorisation, "zones.authorisations")]
)
def test_what_is_arranged_counts_from_its_first_day_to_its_last_once_decided(county: Commission, model: Any, key: str) -> None:  # fmt: skip
    own = {Joining: {"level": "二级", "zones": [1, 2], "purpose": "事项", "title": "虚构", "coordinator": make.person(county)},
           Authorisation: {"person": make.person(county), "unit": make.unit(county, "综合科室"), "matter": "虚构"}}[model]  # fmt: skip
    told = {"commission": county, "asked_by": "made", "asked_at": make.KNOWN, **own}
    model.objects.create(**told, number=1, starts=FIRST, ends=AFTER, decided_on=BEFORE, key=uuid4())
    model.objects.create(
        **told, number=2, starts=FIRST, ends=AFTER, decided_on=BEFORE, ended_on=LAST, key=uuid4()
    )
    model.objects.create(**told, number=3, starts=FIRST, ends=AFTER, key=uuid4())
    model.objects.create(**told, number=4, starts=FIRST, ends=AFTER, decided_on=LAST, key=uuid4())
    assert on_days(county, key) == [0, 2, 2, 0]


def meeting(county: Commission, day: date, state: str = "已召开") -> ZoneMeeting:
    zone = Zone.objects.filter(commission=county).first() or make.zone(county, "二级", "乡镇")
    return ZoneMeeting.objects.create(
        commission=county, zone=zone, day=day, state=state, begun_by="made", begun_at=make.KNOWN, key=uuid4()
    )


def test_meetings_held_count_in_their_month_and_the_months_add_up_to_the_year(county: Commission) -> None:
    for day, state in ((date(2022, 1, 31), "已召开"), (date(2022, 2, 1), "已召开"), (date(2022, 2, 2), "取消"), (date(2022, 2, 3), "拟召开"), (date(2021, 12, 31), "已召开")):  # fmt: skip
        meeting(county, day, state)
    found = values(Asking((county.pk,), date(2022, 12, 31)), ["zones.meetings_held", "zones.meetings_held@01", "zones.meetings_held@02"])  # fmt: skip
    assert list(found[county.pk].values()) == [2, 1, 1]


def item(county: Commission, held: ZoneMeeting, **details: Any) -> AgendaItem:
    told = {
        "topic": "虚构事项",
        "decision": "办理",
        "unit": make.unit(county, "乡镇纪委"),
        "due_on": LAST,
        **details,
    }
    return AgendaItem.objects.create(meeting=held, position=held.items.count() + 1, **told)


def test_what_a_meeting_decided_is_open_until_done_or_decided_on_anew(county: Commission) -> None:
    first = meeting(county, FIRST)
    item(county, first, done_on=AFTER)
    item(county, first, unit=None)
    item(county, first, decision="")
    again = item(county, first, due_on=None)
    assert on_days(county, "zones.meeting_items_open") == [0, 2, 2, 1]
    item(county, meeting(county, LAST), carried_from=again, due_on=OPEN)
    assert on_days(county, "zones.meeting_items_open") == [0, 2, 2, 1]
    assert on_days(county, "zones.meeting_items_overdue") == [0, 0, 0, 0]
    assert value(county, "zones.meeting_items_overdue", AFTER) == 0


def test_an_item_is_overdue_from_the_day_after_it_was_due(county: Commission) -> None:
    item(county, meeting(county, FIRST))
    assert on_days(county, "zones.meeting_items_overdue") == [0, 0, 0, 1]
