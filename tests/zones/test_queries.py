"""Zones on a day: members, leaders, matrix, map, changes."""

from datetime import date

import pytest

from tests import factories as make
from xiezuo.organisation.models import Commission, Unit
from xiezuo.shared.changes import ChangeKind
from xiezuo.shared.errors import NotThere
from xiezuo.zones import queries
from xiezuo.zones.models import Zone

DAY = date(2022, 8, 15)
BEFORE, AFTER = date(2022, 3, 1), date(2022, 9, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actor")]


@pytest.fixture
def county() -> Commission:
    return make.commission()


@pytest.fixture
def first(county: Commission) -> Zone:
    return make.zone(county, "一级", name="第一协作区")


@pytest.fixture
def second(county: Commission, first: Zone) -> Zone:
    return make.zone(county, "二级", "乡镇", name="东片协作区", parent=first)


@pytest.fixture
def station(county: Commission, second: Zone) -> Unit:
    unit = make.unit(county, "驻乡镇纪检监察工作室", "驻东镇工作室", longitude=100.1, latitude=30.1)
    make.zone_member(second, unit, "轴")
    return unit


@pytest.fixture
def township(county: Commission, second: Zone) -> Unit:
    unit = make.unit(county, "乡镇纪委", "东镇纪委", longitude=100.2, latitude=30.2)
    make.zone_member(second, unit, "成员")
    make.assignment(make.person(county), unit)
    make.assignment(make.person(county), unit, engagement="兼职")
    return unit


def test_a_first_level_zone_holds_the_units_of_the_zones_under_it(
    county: Commission, first: Zone, second: Zone, station: Unit, township: Unit
) -> None:
    rows = {row.zone: row for row in queries.zone_rows(county, DAY)}
    assert (rows[second.pk].units, rows[second.pk].people, rows[second.pk].full_time) == (2, 2, 1)
    assert (rows[first.pk].units, rows[first.pk].people) == (2, 2)
    assert [unit.name for unit in rows[second.pk].axis] == ["驻东镇工作室"]
    page = queries.zone_page(county, first.pk, DAY)
    assert [(part.name, part.through.name if part.through else "") for part in page.inside] == [
        ("驻东镇工作室", "东片协作区"), ("东镇纪委", "东片协作区"),
    ]  # fmt: skip


def test_a_helper_is_no_member(county: Commission, second: Zone, township: Unit) -> None:
    office = make.unit(county, "综合科室", "案件审理室")
    make.assignment(make.person(county), office)
    make.zone_member(second, office, "支援")
    row = next(row for row in queries.zone_rows(county, DAY) if row.zone == second.pk)
    page = queries.zone_page(county, second.pk, DAY)
    assert (row.units, row.people, page.strength.people) == (1, 2, 2)
    assert [part.name for part in page.members_now] == ["东镇纪委", "案件审理室"]


def test_members_and_leaders_are_those_of_the_day(county: Commission, second: Zone) -> None:
    early, late = make.unit(county, "乡镇纪委", "早"), make.unit(county, "乡镇纪委", "晚")
    make.zone_member(second, early, "成员", ends=DAY)
    make.zone_member(second, late, "成员", starts=DAY)
    make.zone_leader(second, make.person(county, "虚构领导"), starts=DAY)
    before, after = queries.zone_page(county, second.pk, BEFORE), queries.zone_page(county, second.pk, DAY)
    assert [part.name for part in before.members_now] == ["早"]
    assert [part.name for part in after.members_now] == ["晚"]
    assert (len(before.leaders_now), len(after.leaders_now)) == (0, 1)
    assert len(after.members) == 2


def test_the_matrix_places_every_unit_at_both_levels(
    county: Commission, first: Zone, second: Zone, station: Unit
) -> None:
    alone = make.unit(county, "综合科室", "信访室")
    rows = {row.unit: row for row in queries.zone_matrix(county, DAY).rows}
    placed = rows[station.pk]
    assert placed.second is not None
    assert placed.first is not None
    assert (placed.second.zone, placed.second.role, placed.first.zone) == (second.pk, "轴", first.pk)
    assert (rows[alone.pk].first, rows[alone.pk].second) == (None, None)


def test_the_map_draws_lines_to_the_axis_and_lists_units_without_coordinates(
    county: Commission, second: Zone, station: Unit, township: Unit
) -> None:
    nowhere = make.unit(county, "乡镇纪委", "无坐标镇纪委")
    make.zone_member(second, nowhere, "成员")
    outside = make.unit(county, "综合科室")
    drawing = queries.zone_map(county, DAY)
    assert drawing.lines == ((township.pk, station.pk),)
    assert {node.unit: node.placed for node in drawing.nodes} == {
        station.pk: True,
        township.pk: True,
        nowhere.pk: False,
    }
    assert [unit.id for unit in drawing.outside] == [outside.pk]
    assert drawing.of(second.pk)[0].unit == station.pk


def test_a_leader_of_two_zones_is_shown_with_both(county: Commission, second: Zone, township: Unit) -> None:
    other = make.zone(county, "二级", "县直")
    leader = make.person(county, "虚构常委")
    make.zone_leader(second, leader)
    make.zone_leader(other, leader)
    (span,) = queries.leader_spans(queries.zone_rows(county, DAY))
    assert ([zone.id for zone in span.second], span.several, span.units, span.people) == (
        [second.pk, other.pk],
        True,
        1,
        2,
    )


@pytest.mark.parametrize("size", [1, 3])
def test_lists_cost_the_same_whatever_their_size(
    county: Commission, size: int, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for _number in range(size):
        zone = make.zone(county, "二级", "乡镇")
        make.zone_member(zone, make.unit(county, "乡镇纪委"), "成员")
        make.zone_leader(zone, make.person(county))
    with django_assert_num_queries(9):
        queries.zone_rows(county, DAY)
    with django_assert_num_queries(3):
        queries.zone_matrix(county, DAY)
    with django_assert_num_queries(3):
        queries.zone_map(county, DAY)


def test_an_unknown_zone_is_not_there(county: Commission) -> None:
    with pytest.raises(NotThere):
        queries.zone_page(county, 4_000_000_000, DAY)


def test_changes_tell_zones_members_and_leaders(county: Commission) -> None:
    zone = make.zone(county, "二级", "乡镇", name="新片", starts=DAY)
    make.zone_member(zone, make.unit(county, "乡镇纪委", "甲镇纪委"), "成员", starts=DAY, ends=AFTER)
    make.zone_leader(zone, make.person(county, "虚构庚"), starts=DAY)
    told = queries.changes(county, BEFORE, AFTER)
    assert [change.kind for change in told] == [
        ChangeKind.ZONE_OPENED, ChangeKind.MEMBER_JOINED, ChangeKind.LEADER_BEGUN, ChangeKind.MEMBER_LEFT,
    ]  # fmt: skip
    assert {change.opens for change in told} == {("zone", zone.pk)}
