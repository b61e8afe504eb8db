"""What the organisation is on a day, and that asking costs the same however large it is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests import factories as make
from xiezuo.organisation import queries
from xiezuo.organisation.models import Commission, PersonRecord, Portfolio, Unit, UnitRecord
from xiezuo.organisation.queries import entry, names
from xiezuo.shared.changes import ChangeKind
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import OPEN

DAY = date(2022, 8, 15)
NOW = datetime(2022, 8, 20, 9, 0, tzinfo=UTC)
BEFORE, AFTER = date(2022, 3, 1), date(2022, 9, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actor")]


@pytest.fixture
def county() -> Commission:
    return make.commission()


@pytest.fixture
def group(county: Commission) -> Unit:
    return make.unit(county, "派驻纪检监察组", "驻虚构局纪检监察组")


def test_units_stand_in_official_order_kinds_first(county: Commission) -> None:
    late = make.unit(county, "监督检查室", "第二室", order_no=2)
    unnumbered = make.unit(county, "监督检查室", "无序号室", position=1)
    first = make.unit(county, "监督检查室", "第一室", order_no=1, position=9)
    commission = make.unit(county, "乡镇纪委", "虚构镇纪委", order_no=1)
    listed = [row["unit_id"] for row in queries.units(county, DAY)]
    assert listed == [first.pk, late.pk, unnumbered.pk, commission.pk]


def test_a_unit_is_listed_on_the_days_that_it_stands_and_no_other(county: Commission) -> None:
    make.unit(county, "乡镇纪委", starts=BEFORE, ends=DAY)

    def listed(on: date) -> int:
        return queries.units(county, on).count()

    assert [
        listed(BEFORE - timedelta(days=1)),
        listed(BEFORE),
        listed(DAY - timedelta(days=1)),
        listed(DAY),
    ] == [0, 1, 1, 0]


def test_strength_counts_each_person_once_and_shows_the_lent(county: Commission, group: Unit) -> None:
    double, lent = make.person(county), make.person(county)
    make.assignment(double, group, "组长", engagement="兼职")
    make.assignment(double, group, "工作人员")
    make.assignment(lent, group, status="借调")
    make.assignment(make.person(county), group, ends=DAY)
    row = queries.units(county, DAY).get()
    assert (row["people"], row["full_time"], row["lent"]) == (2, 2, 1)


def test_the_tree_costs_four_questions_whatever_its_size(
    county: Commission, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for number in range(3):
        where = make.unit(county, "乡镇纪委", order_no=number)
        make.assignment(make.person(county), where)
    with django_assert_num_queries(4):
        branches = queries.organisation_tree(county, DAY)
    assert [(branch.kind, len(branch.leaves), branch.people) for branch in branches] == [("乡镇纪委", 3, 3)]


def test_units_of_another_commission_stay_out(county: Commission, group: Unit) -> None:
    stranger = make.commission()
    make.assignment(make.person(stranger), make.unit(stranger, "派驻纪检监察组"))
    assert queries.units(county, DAY).count() == 1
    assert queries.posts(county, DAY).count() == 0
    with pytest.raises(NotThere):
        queries.unit_page(stranger, group.pk, DAY)


def test_a_unit_page_shows_the_roster_of_the_day_and_the_whole_history(
    county: Commission, group: Unit
) -> None:
    gone, there = make.person(county, "虚构甲"), make.person(county, "虚构乙")
    make.assignment(gone, group, "组长", ends=DAY, basis="虚纪〔2022〕1号")
    make.assignment(there, group, "组长", starts=DAY, basis="虚纪〔2022〕2号")
    before, after = queries.unit_page(county, group.pk, BEFORE), queries.unit_page(county, group.pk, DAY)
    assert [held.name for held in before.roster] == ["虚构甲"]
    assert [held.name for held in after.roster] == ["虚构乙"]
    assert {held.name for held in after.posts} == {"虚构甲", "虚构乙"}
    assert [document.words for document in after.documents] == ["虚纪〔2022〕1号", "虚纪〔2022〕2号"]


def test_a_unit_is_called_as_on_the_day(county: Commission) -> None:
    renamed = make.unit(county, "综合科室", "旧名室", ends=DAY)
    make.described_again(renamed, "新名室", starts=DAY)
    assert queries.unit_page(county, renamed.pk, BEFORE).named == "旧名室"
    assert queries.unit_page(county, renamed.pk, DAY).named == "新名室"
    assert queries.unit_names([renamed.pk], BEFORE) == {renamed.pk: "旧名室"}


def test_a_closed_unit_has_no_record_but_keeps_its_name_and_periods(county: Commission) -> None:
    closed = make.unit(county, "乡镇纪委", "撤销镇纪委", ends=DAY)
    page = queries.unit_page(county, closed.pk, DAY)
    assert page.record is None
    assert (page.named, page.records[0].ends) == ("撤销镇纪委", DAY)


def test_a_unit_page_stands_beside_its_standard(county: Commission, group: Unit) -> None:
    make.standard(county, "派驻纪检监察组", "组长", 1, 1)
    make.standard(county, "派驻纪检监察组", "工作人员", 3, 0, unit=group)
    make.assignment(make.person(county), group, "组长", engagement="兼职")
    needed = {
        line.post: (line.missing, line.missing_full_time)
        for line in queries.unit_page(county, group.pk, DAY).needed
    }
    assert needed == {"组长": (0, 1), "工作人员": (3, 0)}


def test_leaders_in_charge_are_those_of_the_day(county: Commission, group: Unit) -> None:
    leader = make.person(county, "虚构领导")
    Portfolio.objects.create(
        person=leader,
        unit=group,
        mode="分管",
        commission=county,
        starts=DAY,
        ends=OPEN,
        known_from=make.KNOWN,
    )
    assert queries.unit_page(county, group.pk, BEFORE).leaders == ()
    assert [one.name for one in queries.unit_page(county, group.pk, DAY).leaders] == ["虚构领导"]


@pytest.mark.parametrize("size", [1, 3])
def test_a_unit_page_costs_twelve_questions_whatever_its_size(
    county: Commission, group: Unit, size: int, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for _number in range(size):
        make.assignment(make.person(county), group)
    with django_assert_num_queries(12):
        queries.unit_page(county, group.pk, DAY)


def test_a_person_page_tells_posts_over_time_with_where_they_came_from(
    county: Commission, group: Unit
) -> None:
    office = make.unit(county, "监督检查室", "第一室")
    who = make.person(county, "虚构丙")
    make.assignment(who, office, "科员", ends=DAY)
    make.assignment(who, group, "组长", starts=DAY, moves=["调整"], from_unit=office)
    page = queries.person_page(county, who.pk, DAY)
    assert [(post.unit_name, post.post) for post in page.posts] == [
        ("第一室", "科员"),
        ("驻虚构局纪检监察组", "组长"),
    ]
    assert [post.came_from for post in page.posts_now] == ["第一室"]


def test_personal_data_is_masked_unless_asked_for(county: Commission) -> None:
    who = make.person(county, born=date(1980, 5, 1), origin="虚构省", telephone="13812345678")
    masked = queries.person_page(county, who.pk, DAY).personal
    shown = queries.person_page(county, who.pk, DAY, masked=False).personal
    assert masked is not None
    assert (masked.born, masked.origin, masked.telephone) == ("1980", "", "138****")
    assert shown is not None
    assert (shown.born, shown.origin, shown.telephone) == ("1980-05", "虚构省", "13812345678")


@pytest.mark.parametrize(("number", "masked"), [("", ""), ("123", "****"), ("0000-1234567", "000****")])
def test_a_masked_telephone_tells_neither_rest_nor_length(number: str, masked: str) -> None:
    assert queries.masked_telephone(number) == masked


def test_posts_taken_up_leave_out_the_opening_stock(county: Commission, group: Unit) -> None:
    make.assignment(make.person(county), group, moves=["期初"], starts=DAY)
    came = make.assignment(make.person(county), group, "组长", moves=["配备"], starts=DAY)
    days = (BEFORE, AFTER)
    assert [row["id"] for row in queries.taken_up(county, *days)] == [came.pk]
    assert list(queries.taken_up(county, DAY, AFTER)) == []
    assert queries.given_up(county, *days).count() == 0


def test_changes_tell_a_move_between_units_once(county: Commission, group: Unit) -> None:
    office = make.unit(county, "监督检查室", "第一室")
    mover, newcomer, leaver = (
        make.person(county, "虚构丁"),
        make.person(county, "虚构戊"),
        make.person(county, "虚构己"),
    )
    make.assignment(mover, office, "科员", ends=DAY)
    make.assignment(mover, group, "组长", starts=DAY, moves=["调整"])
    make.assignment(newcomer, group, starts=DAY, moves=["调入"])
    make.assignment(leaver, group, ends=AFTER)
    told = queries.changes(county, BEFORE, AFTER)
    assert [(change.kind, change.day) for change in told] == [
        (ChangeKind.PERSON_MOVED, DAY), (ChangeKind.PERSON_JOINED, DAY), (ChangeKind.PERSON_LEFT, AFTER),
    ]  # fmt: skip
    assert told[0].opens == ("person", mover.pk)
    assert "第一室" in told[0].text
    assert "驻虚构局纪检监察组" in told[0].text


def test_changes_tell_opening_renaming_and_closing_of_units(county: Commission) -> None:
    make.unit(county, "乡镇纪委", "新镇纪委", starts=DAY)
    renamed = make.unit(county, "综合科室", "旧名室", ends=DAY)
    make.described_again(renamed, "新名室", starts=DAY)
    make.unit(county, "乡镇纪委", "撤镇纪委", ends=DAY)
    kinds = sorted(change.kind for change in queries.changes(county, BEFORE, AFTER))
    assert kinds == [ChangeKind.UNIT_CLOSED, ChangeKind.UNIT_OPENED, ChangeKind.UNIT_RENAMED]


def test_a_change_on_the_first_day_is_not_told_and_one_on_the_last_is(county: Commission) -> None:
    make.unit(county, "乡镇纪委", starts=DAY)
    assert queries.changes(county, DAY, AFTER) == []
    assert len(queries.changes(county, BEFORE, DAY)) == 1


# Rows that are equal in all that they are ordered by


@pytest.fixture
def rows_as_they_lie(actor: None) -> None:
    """PostgreSQL reads rows as they lie, the one written last at the end, and by no index."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")


def written_anew(row: PersonRecord | UnitRecord) -> None:
    """The row itself once more, which PostgreSQL then keeps behind the others."""
    type(row).objects.filter(pk=row.pk).update(closed_by_load=row.closed_by_load)


@pytest.mark.usefixtures("rows_as_they_lie")
def test_people_at_one_place_in_the_order_are_offered_as_they_were_described(county: Commission) -> None:
    """Neither as they were first met nor as their rows lie, the two ways that PostgreSQL may come to them."""
    met = [make.person(county, name, code=name) for name in ("甲", "乙", "丙")]
    first, second, _third = PersonRecord.objects.filter(person__in=met).order_by("pk")
    PersonRecord.objects.filter(pk=first.pk).update(known_until=NOW)
    first.pk, first.known_from = None, NOW
    first.save()
    written_anew(second)
    assert entry.people_offered(county) == ["乙（乙）", "丙（丙）", "甲（甲）"]


@pytest.mark.usefixtures("rows_as_they_lie")
def test_units_at_one_place_in_the_order_stand_as_they_came(county: Commission) -> None:
    units = [make.unit(county, "乡镇纪委", f"虚构镇{number}纪委") for number in range(3)]
    written_anew(UnitRecord.objects.get(unit=units[0]))
    made = [unit.pk for unit in units]
    assert list(names.unit_names(made, DAY)) == made
    assert [choice.unit for choice in entry.units_offered(county)] == made
    opened = queries.changes(county, make.BEGINNING - timedelta(days=1), DAY)
    assert [change.opens for change in opened] == [("unit", unit) for unit in made]
