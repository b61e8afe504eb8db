"""What may be asked of the registry, and that many commissions cost as many questions as one."""

from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from xiezuo.figures.api import (
    Asking,
    Balance,
    all_figures,
    all_keys,
    answer,
    check,
    records,
    register,
    register_balances,
    values,
)
from xiezuo.figures.registry import Figure
from xiezuo.organisation.models import Assignment, Commission, Unit
from xiezuo.shared.errors import NotThere

DAY = date(2022, 8, 15)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actor")]


@pytest.fixture
def county() -> Commission:
    return make.commission()


@pytest.fixture
def group(county: Commission) -> Unit:
    return make.unit(county, "派驻纪检监察组")


def at(county: Commission, on: date = DAY, **more: object) -> Asking:
    return Asking((county.pk,), on, **more)


def value(key: str, asking: Asking) -> int | None:
    return values(asking, [key])[asking.commissions[0]][key]


def test_a_key_is_taken_once() -> None:
    first = all_figures()[0]
    twin = Figure(key=first.key, title="", definition="", unit="", rows=first.rows, record="unit")
    with pytest.raises(ValueError, match="registered twice"):
        register(twin)
    register(first)


def test_a_balance_is_declared_once(county: Commission) -> None:
    known = check(at(county))[county.pk][0].balance
    with pytest.raises(ValueError, match="registered twice"):
        register_balances(Balance(id=known.id, kind="identity", rule="", sides=known.sides))


def test_an_unknown_key_is_answered_with_the_near_ones(county: Commission) -> None:
    with pytest.raises(NotThere, match=r"stationed\.staf.*stationed\.staff"):
        answer("stationed.staf", at(county))


@pytest.mark.parametrize(
    "key", ["township.staff@03", "stationed.seconded_in@13", "stationed.seconded_in@3", "a@b"]
)
def test_a_month_that_cannot_be_asked_is_refused(key: str, county: Commission) -> None:
    with pytest.raises(NotThere):
        records(key, at(county))


def test_only_the_months_up_to_the_day_are_keys() -> None:
    months = [key for key in all_keys(date(2022, 3, 1)) if key.startswith("stationed.seconded_in@")]
    assert months == ["stationed.seconded_in@01", "stationed.seconded_in@02", "stationed.seconded_in@03"]


def test_the_months_add_up_to_the_year_and_nothing_begun_later_counts(
    county: Commission, group: Unit
) -> None:
    for month, day in [(1, 1), (3, 31), (4, 1), (8, 15), (8, 16), (12, 31)]:
        begun = {"starts": date(2022, month, day), "moves": ["借调"]}
        make.assignment(make.person(county), group, **begun)
    make.assignment(make.person(county), group, starts=date(2021, 12, 31), moves=["借调"])
    found = values(at(county))[county.pk]
    months = {key[-2:]: number for key, number in found.items() if key.startswith("stationed.seconded_in@")}
    assert months == {"01": 1, "02": 0, "03": 1, "04": 1, "05": 0, "06": 0, "07": 0, "08": 1}
    assert found["stationed.seconded_in"] == sum(months.values()) == 4


def test_a_figure_of_a_month_counts_what_began_in_it_and_not_after_the_day(
    county: Commission, group: Unit
) -> None:
    for day in (1, 15, 16, 31):
        make.assignment(make.person(county), group, starts=date(2022, 8, day), moves=["调入"])
    august = at(county, during=(date(2022, 8, 1), date(2022, 9, 1)))
    assert value("stationed.transferred_in", august) == value("stationed.transferred_in@08", at(county)) == 2
    assert [record.cells["day"].day for record in records("stationed.transferred_in@08", at(county))] == [
        1,
        15,
    ]
    assert answer("stationed.transferred_in@09", at(county)).value == 0


def test_a_person_in_two_posts_is_one_record_resting_on_two_facts(county: Commission, group: Unit) -> None:
    other = make.unit(county, "派驻纪检监察组", "另一组")
    who = make.person(county, "虚构甲")
    held = [make.assignment(who, group, "组长"), make.assignment(who, other, "组长")]
    (record,) = records("stationed.leaders", at(county))
    assert record.id == f"person:{who.pk}"
    assert record.facts == [f"assignment:{row.pk}" for row in held]
    assert record.cells["person"] == "虚构甲"
    assert record.cells["unit"].split("、")[1] == "另一组"
    assert record.links == {"person": ("person", who.pk)}
    assert value("stationed.leaders", at(county)) == 1


def test_before_anything_stood_every_count_is_nought_and_every_each_has_no_answer(county: Commission) -> None:
    make.unit(county, "乡镇纪委")
    found = values(at(county, date(2017, 1, 1)))[county.pk]
    each = {"township.staff_each", "township.full_time_most", "township.full_time_others_each"}
    unanswered = each | {
        key for key in found if key.endswith(("middle_days", "longest_days", "middle_hours", "_share"))
    }
    assert {key for key, number in found.items() if number is None} == unanswered
    assert {number for key, number in found.items() if key not in unanswered} == {0}


def test_several_commissions_are_answered_apart_as_if_each_were_asked_alone() -> None:
    counties = [_county_of(size) for size in (1, 2, 3)]
    together = Asking(tuple(county.pk for county in counties), DAY)
    assert values(together) == {county.pk: values(at(county))[county.pk] for county in counties}
    assert check(together) == {county.pk: check(at(county))[county.pk] for county in counties}
    assert [values(together)[county.pk]["township.staff"] for county in counties] == [1, 2, 3]
    assert answer("township.staff", together).value == 6


def _county_of(size: int) -> Commission:
    county = make.commission()
    for _ in range(size):
        make.assignment(make.person(county), make.unit(county, "乡镇纪委"), "书记")
    return county


def test_three_commissions_cost_as_many_questions_as_one(django_assert_num_queries) -> None:
    counties = tuple(_county_of(size).pk for size in (1, 2, 3))
    for commissions in (counties[:1], counties):
        with django_assert_num_queries(len(all_figures()) + 2):
            values(Asking(commissions, DAY))
        with django_assert_num_queries(1):
            records("township.staff", Asking(commissions, DAY))


def test_three_commissions_are_checked_with_as_many_questions_as_one(django_assert_max_num_queries) -> None:
    counties = tuple(_county_of(2).pk for _ in range(3))
    with django_assert_max_num_queries(260) as one:
        check(Asking(counties[:1], DAY))
    with django_assert_max_num_queries(len(one)):
        check(Asking(counties, DAY))


def test_a_correction_can_be_asked_as_it_was_known(county: Commission, group: Unit) -> None:
    corrected = datetime(2022, 5, 1, tzinfo=UTC)
    make.assignment(make.person(county), group)
    Assignment.objects.update(known_until=corrected)
    before, after = (at(county, known=datetime(2022, month, 1, tzinfo=UTC)) for month in (4, 6))
    assert [value("stationed.staff", asking) for asking in (before, after, at(county))] == [1, 0, 0]
    assert [len(records("stationed.staff", asking)) for asking in (before, after, at(county))] == [1, 0, 0]


def test_a_record_names_units_and_people_as_on_the_day(county: Commission) -> None:
    renamed = make.unit(county, "派驻纪检监察组", "旧名", ends=date(2022, 6, 1))
    make.described_again(renamed, "新名", starts=date(2022, 6, 1))
    make.assignment(make.person(county), renamed)
    days = (date(2022, 5, 31), date(2022, 6, 1))
    assert [records("stationed.staff", at(county, on))[0].cells["unit"] for on in days] == ["旧名", "新名"]
