"""People in post over time, by group of units: each person once in a group, and once in the whole."""

from datetime import date

import pytest

from tests import factories as make
from xiezuo.organisation.api import Commission, Headcount, StaffGroup, staffing_over_time

BEFORE, DAY = date(2022, 7, 31), date(2022, 8, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actor")]


@pytest.fixture
def county(actor: None) -> Commission:
    return make.commission()


def test_every_internal_office_is_one_force_in_which_a_person_counts_once(county: Commission) -> None:
    both = make.person(county)
    for kind in ("监督检查室", "审查调查室", "综合科室", "巡察机构", "其他内设机构"):
        make.assignment(both, make.unit(county, kind))
    found = staffing_over_time(county, [DAY])
    assert dict(found.groups) == {StaffGroup.OFFICES: [Headcount(people=1, full_time=1)]}


def test_who_works_in_two_groups_counts_in_both_and_once_in_the_whole(county: Commission) -> None:
    both = make.person(county)
    make.assignment(both, make.unit(county, "派驻纪检监察组"), status="借调")
    make.assignment(both, make.unit(county, "驻乡镇纪检监察工作室"), engagement="兼职", status="借调")
    found = staffing_over_time(county, [DAY])
    assert list(found.groups) == [StaffGroup.STATIONED, StaffGroup.STATIONS]
    assert [counts[0].people for counts in found.groups.values()] == [1, 1]
    assert found.whole == [Headcount(people=1, full_time=1, lent=1)]


def test_kinds_without_a_group_of_their_own_are_others(county: Commission) -> None:
    for kind in ("街道纪工委", "开发区纪检监察工委", "国有企业纪委"):
        make.assignment(make.person(county), make.unit(county, kind))
    assert staffing_over_time(county, [DAY]).groups == {StaffGroup.OTHERS: [Headcount(people=3, full_time=3)]}


def test_each_day_has_its_own_count_and_another_county_none(county: Commission) -> None:
    other = make.commission()
    make.assignment(make.person(other), make.unit(other, "乡镇纪委"))
    make.assignment(make.person(county), make.unit(county, "乡镇纪委"), starts=DAY)
    found = staffing_over_time(county, [BEFORE, DAY])
    assert [count.people for count in found.groups[StaffGroup.TOWNSHIPS]] == [0, 1]
    assert [count.people for count in found.whole] == [0, 1]
