"""Where the words of a definition decide: the days of a fault, of an opening, of an end."""

from datetime import date

import pytest

from tests import factories as make
from xiezuo.figures.api import Asking, records, values
from xiezuo.organisation.models import Commission, Unit
from xiezuo.sites.models import Site

DAY = date(2022, 8, 15)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actor")]


@pytest.fixture
def county() -> Commission:
    return make.commission()


@pytest.fixture
def township(county: Commission) -> Unit:
    return make.unit(county, "乡镇纪委")


@pytest.fixture
def room(township: Unit) -> Site:
    return make.site(township, "谈话室", padded=True)


def value(county: Commission, key: str, on: date = DAY) -> int | None:
    return values(Asking((county.pk,), on), [key])[county.pk][key]


def test_a_fact_counts_on_its_first_day_and_no_longer_on_its_last(county: Commission, township: Unit) -> None:
    make.assignment(make.person(county), township, starts=DAY, ends=date(2022, 8, 16))
    days = [date(2022, 8, day) for day in (14, 15, 16)]
    assert [value(county, "township.staff", day) for day in days] == [0, 1, 0]


def test_someone_part_time_and_full_time_at_one_township_is_full_time_once(
    county: Commission, township: Unit
) -> None:
    who = make.person(county)
    make.assignment(who, township, "书记", engagement="兼职")
    make.assignment(who, township, "委员", engagement="专职")
    assert (value(county, "township.staff"), value(county, "township.full_time")) == (1, 1)


def test_full_time_elsewhere_does_not_make_full_time_here(county: Commission, township: Unit) -> None:
    who = make.person(county)
    make.assignment(who, township, engagement="兼职")
    make.assignment(who, make.unit(county, "监督检查室"), engagement="专职")
    assert value(county, "township.full_time") == 0


@pytest.mark.parametrize(
    ("sizes", "most", "others"),
    [
        ([4, 3, 3], 4, 3),
        ([4, 4, 3], 4, None),
        ([3, 3, 3], 3, 3),
        ([2], 2, None),
        ([1, 0], 1, 0),
        ([], None, None),
    ],
)
def test_of_several_tied_one_is_the_most(
    sizes: list[int], most: int | None, others: int | None, county: Commission
) -> None:
    for size in sizes:
        where = make.unit(county, "乡镇纪委")
        for _ in range(size):
            make.assignment(make.person(county), where)
    assert value(county, "township.full_time_most") == most
    assert value(county, "township.full_time_others_each") == others


def test_a_move_from_an_office_closed_by_it_is_still_from_the_organs(county: Commission) -> None:
    moved = date(2022, 4, 12)
    office = make.unit(county, "监督检查室", ends=moved)
    group = make.unit(county, "派驻纪检监察组")
    make.assignment(make.person(county), group, starts=moved, moves=["调整"], from_unit=office)
    make.assignment(make.person(county), group, starts=moved, moves=["调整"], from_unit=group)
    assert value(county, "stationed.moved_from_organs") == 1


def test_moves_into_a_group_closed_since_still_count_in_the_year(county: Commission) -> None:
    group = make.unit(county, "派驻纪检监察组", ends=date(2022, 7, 1))
    make.assignment(
        make.person(county), group, starts=date(2022, 5, 1), ends=date(2022, 7, 1), moves=["调入"]
    )
    assert (value(county, "stationed.transferred_in"), value(county, "stationed.staff")) == (1, 0)


@pytest.mark.parametrize(
    ("details", "works"),
    [
        ({}, True),
        ({"condition": "完好"}, True),
        ({"condition": "故障"}, False),
        ({"condition": "故障", "faulty_from": date(2022, 8, 16)}, True),
        ({"condition": "完好", "faulty_from": DAY}, False),
        ({"faulty_from": date(2022, 8, 1), "repaired_on": DAY}, True),
        ({"faulty_from": date(2022, 8, 1), "repaired_on": date(2022, 8, 16)}, False),
        ({"repaired_on": date(2022, 8, 16)}, False),
        ({"ends": DAY}, False),
        ({"starts": date(2022, 8, 16)}, False),
        ({"valid_until": date(2022, 1, 1)}, True),
    ],
)
def test_a_recorder_counts_while_it_is_in_place_and_not_broken(
    details: dict[str, object], works: bool, county: Commission, room: Site
) -> None:
    make.equipment(room, "同步录音录像", **details)
    assert value(county, "talk_rooms.with_recording") == int(works)


@pytest.mark.parametrize(("until", "counts"), [(DAY, 1), (date(2022, 8, 14), 0), (None, 1)])
def test_first_aid_counts_through_its_last_good_day(
    until: date | None, counts: int, county: Commission, room: Site
) -> None:
    make.equipment(room, "急救药品", valid_until=until)
    assert value(county, "talk_rooms.with_first_aid") == counts


def test_a_room_is_fully_equipped_with_recorder_safe_and_first_aid(county: Commission, room: Site) -> None:
    for number, item in enumerate(("同步录音录像", "保密柜", "急救药品")):
        assert value(county, "talk_rooms.fully_equipped") == 0, number
        make.equipment(room, item)
    assert value(county, "talk_rooms.fully_equipped") == 1


def test_a_spare_recorder_that_works_is_enough(county: Commission, room: Site) -> None:
    make.equipment(room, "同步录音录像", condition="故障")
    make.equipment(room, "同步录音录像", starts=date(2022, 1, 1))
    assert value(county, "talk_rooms.with_recording") == 1


def test_a_corridor_counts_from_its_plan_a_room_from_its_opening(county: Commission, township: Unit) -> None:
    planned = {"planned_on": DAY, "opened_on": None, "starts": DAY}
    make.site(township, "廉政文化走廊", **planned)
    make.site(township, "谈话室", padded=True, **planned)
    assert (value(county, "culture.corridors"), value(county, "talk_rooms.count")) == (1, 0)
    assert value(county, "culture.corridors", date(2022, 8, 14)) == 0


def test_works_are_on_from_their_first_day_until_they_are_finished(county: Commission, room: Site) -> None:
    make.works(room, starts=DAY, ends=date(2022, 8, 31))
    days = [date(2022, 8, 14), DAY, date(2022, 8, 30), date(2022, 8, 31)]
    assert [value(county, "talk_rooms.being_upgraded", day) for day in days] == [0, 1, 1, 0]


def test_an_office_serves_the_full_time_people_named_as_its_users(county: Commission, township: Unit) -> None:
    people = [make.person(county) for _ in range(3)]
    for who, engagement in zip(people, ("专职", "兼职", "专职"), strict=True):
        make.assignment(who, township, engagement=engagement)
    make.site(township, "办公室", name="虚构办公室", users=[people[0].pk, people[1].pk])
    make.site(township, "办公室", users=[people[2].pk], ends=DAY)
    assert value(county, "offices.full_time_with_office") == 1
    (record,) = records("offices.full_time_with_office", Asking((county.pk,), DAY))
    assert record.cells["office"] == "虚构办公室"


def test_only_separate_offices_of_townships_and_their_stations_are_independent(
    county: Commission, township: Unit
) -> None:
    for where in (township, make.unit(county, "驻乡镇纪检监察工作室"), make.unit(county, "监督检查室")):
        make.site(where, "办公室", separate=True)
        make.site(where, "办公室", separate=False)
    assert value(county, "offices.independent") == 2


def test_a_township_visited_twice_counts_once_in_each_year(county: Commission, township: Unit) -> None:
    office = make.unit(county, "监督检查室")
    for day in (date(2021, 12, 31), date(2022, 2, 1), date(2022, 8, 15), date(2022, 8, 16)):
        make.meeting(county, "检查调研", [township, office], starts=day, ends=date(2022, 12, 1))
    make.meeting(county, "例会", [make.unit(county, "乡镇纪委")], starts=DAY)
    assert value(county, "visits.townships_visited") == 1
    (record,) = records("visits.townships_visited", Asking((county.pk,), DAY))
    assert (record.id, record.cells["day"]) == (f"unit:{township.pk}", DAY)


def test_a_regulation_is_listed_from_its_first_stage_until_its_repeal(county: Commission) -> None:
    make.regulation(county, drafted_on=date(2022, 3, 1), trial_on=date(2022, 5, 1), ends=date(2022, 9, 1))
    days = [date(2022, 2, 28), date(2022, 3, 1), date(2022, 5, 1), date(2022, 9, 1)]
    assert [value(county, "regulations.listed", day) for day in days] == [0, 1, 1, 0]
    assert [value(county, "regulations.in_force", day) for day in days] == [0, 0, 1, 0]
    stages = [records("regulations.listed", Asking((county.pk,), day)) for day in days[1:3]]
    assert [found[0].cells["status"] for found in stages] == ["起草", "试行"]


def test_leaders_of_closed_zones_and_of_the_other_level_do_not_count(county: Commission) -> None:
    first, second = make.zone(county, "一级"), make.zone(county, "二级", "乡镇")
    closed = make.zone(county, "二级", "县直", ends=DAY)
    both, third = make.person(county), make.person(county)
    for zone in (first, second, closed):
        make.zone_leader(zone, both)
    for number in range(3):
        make.zone_leader(make.zone(county, "二级", "县直", name=f"第{number}区"), third)
    assert value(county, "zones.first_level_leaders") == 1
    assert value(county, "zones.second_level_leaders") == 2
    assert value(county, "zones.leaders_with_two") == 0
    assert value(county, "zones.leaders_with_two", date(2022, 8, 14)) == 1


def test_an_office_that_leads_two_direct_zones_counts_once_and_others_not_at_all(county: Commission) -> None:
    office, support = make.unit(county, "监督检查室"), make.unit(county, "综合科室")
    zones = [make.zone(county, "二级", kind) for kind in ("县直", "县直", "乡镇")]
    make.zone_member(zones[0], office, "领办")
    make.zone_member(zones[1], support, "领办")
    make.zone_member(zones[1], make.unit(county, "审查调查室"), "成员")
    make.zone_member(zones[2], make.unit(county, "审查调查室"), "领办")
    assert value(county, "zones.lead_offices") == 1


def test_the_plan_of_another_year_does_not_count(county: Commission) -> None:
    for day in (date(2021, 12, 31), date(2022, 8, 1), date(2022, 8, 16)):
        make.plan_item(county, "推进", starts=day)
    make.plan_item(county, "统筹", starts=date(2022, 8, 1))
    assert (value(county, "plan.pushes"), value(county, "plan.leads")) == (1, 0)
