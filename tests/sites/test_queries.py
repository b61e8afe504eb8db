"""Sites on a day: use, equipment, works, changes."""

from datetime import date, timedelta

import pytest

from tests import factories as make
from xiezuo.organisation.models import Commission, Unit
from xiezuo.shared.changes import ChangeKind
from xiezuo.shared.periods import OPEN
from xiezuo.sites import queries
from xiezuo.sites.equipment import EquipmentState, state_of
from xiezuo.sites.models import Equipment
from xiezuo.sites.works import WorksState, works_state

DAY = date(2022, 8, 15)
BEFORE, AFTER = date(2022, 3, 1), date(2022, 9, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actor")]


@pytest.fixture
def county() -> Commission:
    return make.commission()


@pytest.fixture
def township(county: Commission) -> Unit:
    return make.unit(county, "乡镇纪委", "东镇纪委")


def test_a_planned_site_stands_and_is_not_in_use(county: Commission, township: Unit) -> None:
    make.site(township, "廉政文化走廊", starts=BEFORE, planned_on=BEFORE, opened_on=AFTER)
    assert queries.sites(county, DAY).get()["in_use"] is False
    assert queries.sites(county, AFTER).get()["in_use"] is True
    assert queries.sites(county, BEFORE - timedelta(days=1)).count() == 0


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, EquipmentState.SOUND),
        ({"condition": "故障"}, EquipmentState.FAULTY),
        ({"condition": "故障", "repaired_on": DAY}, EquipmentState.SOUND),
        ({"faulty_from": DAY}, EquipmentState.FAULTY),
        ({"faulty_from": DAY + timedelta(days=1)}, EquipmentState.SOUND),
        ({"faulty_from": BEFORE, "repaired_on": AFTER}, EquipmentState.FAULTY),
        ({"faulty_from": BEFORE, "repaired_on": DAY}, EquipmentState.SOUND),
        ({"valid_until": DAY}, EquipmentState.SOUND),
        ({"valid_until": DAY - timedelta(days=1)}, EquipmentState.OUT_OF_DATE),
    ],
)
def test_the_state_of_equipment_follows_its_days(facts: dict[str, object], state: EquipmentState) -> None:
    assert state_of(Equipment(item="保密柜", **facts), DAY) is state


@pytest.mark.parametrize(
    ("due", "ends", "expected"),
    [
        (DAY + timedelta(days=16), OPEN, (WorksState.UNDER_WAY, 16)),
        (DAY, OPEN, (WorksState.UNDER_WAY, 0)),
        (DAY - timedelta(days=2), OPEN, (WorksState.OVERDUE, 2)),
        (DAY - timedelta(days=2), AFTER, (WorksState.OVERDUE, 2)),
        (DAY, DAY, (WorksState.FINISHED, 0)),
        (BEFORE, BEFORE + timedelta(days=3), (WorksState.FINISHED_LATE, 3)),
    ],
)
def test_works_are_late_by_the_day_of_the_page(
    due: date, ends: date, expected: tuple[WorksState, int]
) -> None:
    assert works_state(due, ends, DAY) == expected


def test_a_talk_room_is_complete_only_with_all_three_sound(county: Commission, township: Unit) -> None:
    room = make.site(township, "谈话室", padded=True)
    for item in ("同步录音录像", "保密柜"):
        make.equipment(room, item)
    assert [one.complete for one in queries.talk_rooms(county, DAY)] == [False]
    make.equipment(room, "急救药品", valid_until=DAY)
    assert [one.complete for one in queries.talk_rooms(county, DAY)] == [True]
    assert [one.first_aid for one in queries.talk_rooms(county, AFTER)] == [EquipmentState.OUT_OF_DATE]


def test_of_two_items_the_better_one_counts(county: Commission, township: Unit) -> None:
    room = make.site(township, "谈话室")
    make.equipment(room, "保密柜", condition="故障")
    make.equipment(room, "保密柜", starts=BEFORE)
    assert queries.talk_rooms(county, DAY)[0].safe is EquipmentState.SOUND


def test_a_site_page_tells_equipment_users_and_works_of_the_day(county: Commission, township: Unit) -> None:
    user = make.person(county, "虚构辛")
    room = make.site(township, "办公室", users=[user.pk])
    make.equipment(room, "保密柜", ends=DAY)
    make.works(room, starts=BEFORE, due_on=DAY - timedelta(days=1))
    before, after = queries.site_page(county, room.pk, BEFORE), queries.site_page(county, room.pk, DAY)
    assert ([item.item for item in before.equipment_now], after.equipment_now) == (["保密柜"], [])
    assert [one.name for one in after.users] == ["虚构辛"]
    assert [work.state for work in after.works] == [WorksState.OVERDUE]


def test_sites_of_a_zone_serve_it_or_belong_to_its_units(county: Commission, township: Unit) -> None:
    zone = make.zone(county, "二级", "乡镇")
    elsewhere = make.unit(county, "乡镇纪委")
    own, serving, other = (
        make.site(township, "办公室"),
        make.site(elsewhere, "谈话室", zone=zone),
        make.site(elsewhere, "谈话室"),
    )
    found = {site.site for site in queries.sites_of_zone(zone.pk, [township.pk], DAY)}
    assert found == {own.pk, serving.pk}
    assert other.pk not in found


@pytest.mark.parametrize("size", [1, 3])
def test_lists_cost_the_same_whatever_their_size(
    county: Commission, township: Unit, size: int, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for _number in range(size):
        room = make.site(township, "谈话室")
        make.equipment(room, "保密柜")
        make.works(room)
    with django_assert_num_queries(1):
        list(queries.sites(county, DAY))
    with django_assert_num_queries(2):
        queries.talk_rooms(county, DAY)
    with django_assert_num_queries(3):
        queries.works(county, DAY)


def test_changes_tell_sites_equipment_and_works(county: Commission, township: Unit) -> None:
    room = make.site(township, "谈话室", opened_on=DAY, starts=DAY)
    make.equipment(
        room, "保密柜", starts=DAY, faulty_from=DAY + timedelta(days=1), repaired_on=DAY + timedelta(days=2)
    )
    make.works(room, starts=DAY, ends=AFTER)
    kinds = [change.kind for change in queries.changes(county, BEFORE, AFTER)]
    assert kinds == [
        ChangeKind.SITE_OPENED, ChangeKind.EQUIPMENT_PLACED, ChangeKind.WORKS_BEGUN, ChangeKind.EQUIPMENT_FAULTY,
        ChangeKind.EQUIPMENT_REPAIRED, ChangeKind.WORKS_FINISHED,
    ]  # fmt: skip
