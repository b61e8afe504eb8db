"""Expectations say what is missing, may be switched off, and are never called wrong numbers."""

from datetime import date

import pytest
from django.utils.translation import override

from tests import factories as make
from xiezuo.figures.api import Asking, Checked, check, figures_document
from xiezuo.organisation.establishment import against_standards, shortfalls
from xiezuo.organisation.models import Commission

DAY = date(2022, 8, 15)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actor")]


@pytest.fixture
def county() -> Commission:
    return make.commission()


def found(county: Commission, balance: str) -> Checked:
    with override("en"):
        results = check(Asking((county.pk,), DAY))[county.pk]
    return next(result for result in results if result.balance.id == balance)


def test_a_group_without_a_head_and_one_with_two_are_named(county: Commission) -> None:
    full, empty, double = (make.unit(county, "派驻纪检监察组", name) for name in ("甲组", "乙组", "丙组"))
    for group in (full, double, double):
        make.assignment(make.person(county), group, "组长")
    result = found(county, "stationed.leaders.complete")
    assert empty
    assert (result.left, result.right, result.holds) == (3, 3, True)
    make.unit(county, "派驻纪检监察组", "丁组")
    result = found(county, "stationed.leaders.complete")
    assert (result.left, result.right, result.holds) == (3, 4, False)
    assert result.shortfall == ("乙组: no head in post", "丙组: 2 heads in post", "丁组: no head in post")


def test_a_side_without_an_answer_neither_holds_nor_breaks(county: Commission) -> None:
    for size, name in ((2, "甲乡纪委"), (2, "乙乡纪委"), (1, "丙乡纪委")):
        where = make.unit(county, "乡镇纪委", name)
        for _ in range(size):
            make.assignment(make.person(county), where)
    result = found(county, "township.staff.each")
    assert (result.left, result.right, result.holds) == (5, None, None)
    assert result.shortfall == ("丙乡纪委: 1 people",)


def test_a_station_without_a_zone_and_an_office_that_leads_none_are_named(county: Commission) -> None:
    make.unit(county, "驻乡镇纪检监察工作室", "甲工作室")
    make.unit(county, "审查调查室", "第一室")
    assert found(county, "zones.township_zones.per_station").shortfall == (
        "甲工作室 is the axis of no township zone",
    )
    assert found(county, "zones.lead_offices.all").shortfall == ("第一室 leads no direct zone",)


def test_zones_without_a_leader_and_leaders_of_three_are_named(county: Commission) -> None:
    who = make.person(county, "虚构甲")
    for number in range(3):
        make.zone_leader(make.zone(county, "二级", "县直", name=f"第{number}区"), who)
    make.zone(county, "二级", "乡镇", name="空区")
    result = found(county, "zones.leaders.spans")
    assert (result.left, result.right, result.holds) == (4, 1, False)
    assert result.shortfall == ("空区: 0 leaders", "虚构甲 leads 3 zones")


def test_a_second_level_zone_of_no_kind_breaks_an_identity(county: Commission) -> None:
    make.zone(county, "二级", "乡镇")
    make.zone(county, "二级", "")
    result = found(county, "zones.second_level.by_kind")
    assert (result.balance.kind, result.left, result.right, result.holds) == ("identity", 2, 1, False)


def test_someone_at_two_townships_counts_at_one_of_them(county: Commission) -> None:
    who = make.person(county)
    for _ in range(2):
        make.assignment(who, make.unit(county, "乡镇纪委"), "书记")
    assert (
        found(county, "township.staff.by_commission").left,
        found(county, "township.full_time.by_post").right,
    ) == (1, 1)
    assert found(county, "township.staff.by_commission").holds is True


def test_an_expectation_that_a_county_switched_off_is_not_asked_of_it() -> None:
    strict = make.commission()
    lenient = make.commission(standards_off=["stationed.leaders.complete", "staffing.flow"])
    results = check(Asking((strict.pk, lenient.pk), DAY))
    off = {county: [result.balance.id for result in found if result.off] for county, found in results.items()}
    assert off == {strict.pk: [], lenient.pk: ["stationed.leaders.complete"]}
    shown = [balance["id"] for balance in figures_document(lenient, DAY)["balances"]]
    assert "stationed.leaders.complete" not in shown
    assert "staffing.flow" in shown


def test_a_standard_of_its_own_goes_before_the_standard_of_the_kind(county: Commission) -> None:
    ordinary, large = make.unit(county, "乡镇纪委", "甲乡纪委"), make.unit(county, "乡镇纪委", "乙镇纪委")
    make.standard(county, "乡镇纪委", "委员", 3, 1)
    make.standard(county, "乡镇纪委", "书记", 1, 1)
    make.standard(county, "乡镇纪委", "委员", 5, 2, unit=large)
    for where in (ordinary, large):
        for engagement in ("专职", "兼职", "兼职"):
            make.assignment(make.person(county), where, "委员", engagement=engagement)
    make.assignment(make.person(county), large, "书记")
    lines = {(line.unit, line.post): line for line in against_standards(Asking((county.pk,), DAY))}
    met, short = lines[ordinary.pk, "委员"], lines[large.pk, "委员"]
    assert (met.required, met.actual, met.actual_full_time, met.missing, met.short) == (3, 3, 1, 0, False)
    assert (short.required, short.missing, short.missing_full_time, short.over) == (5, 2, 1, 0)
    assert [(line.unit_name, line.post) for line in shortfalls(Asking((county.pk,), DAY))] == [
        ("甲乡纪委", "书记"),
        ("乙镇纪委", "委员"),
    ]


def test_more_than_the_standard_is_over_and_not_short(county: Commission) -> None:
    group = make.unit(county, "派驻纪检监察组")
    make.standard(county, "派驻纪检监察组", "组长", 1, 1)
    for _ in range(2):
        make.assignment(make.person(county), group, "组长")
    (line,) = against_standards(Asking((county.pk,), DAY))
    assert (line.over, line.missing, line.short) == (1, 0, False)


def test_a_standard_asks_nothing_of_a_unit_that_does_not_stand(county: Commission) -> None:
    make.unit(county, "派驻纪检监察组", ends=DAY)
    make.standard(county, "派驻纪检监察组", "组长", 1)
    assert shortfalls(Asking((county.pk,), DAY)) == []
