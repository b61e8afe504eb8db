"""A total is for whoever may know totals, its records for whoever may see them, and neither gives the other away."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Role, actor_of, set_actor
from xiezuo.config.need_to_know import MATTERS, PEOPLE, READ
from xiezuo.config.policy_words import COUNTED
from xiezuo.figures.api import Asking, all_figures, answer, check, counting, figures_document, values
from xiezuo.organisation.models import Assignment, Commission, Unit

DAY = date(2022, 8, 15)

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client) -> Commission:
    return make.commission()


@pytest.fixture
def east(county: Commission) -> Unit:
    for name in ("东镇纪委", "西镇纪委"):
        unit = make.unit(county, "乡镇纪委", name)
        for _number in range(2):
            make.assignment(make.person(county), unit)
    return county.units.get(records__name="东镇纪委")


@pytest.fixture
def head(county: Commission, east: Unit) -> Visitor:
    return Visitor("head").holds(Role.UNIT_HEAD, county, east.pk)


@pytest.fixture
def leader(county: Commission) -> Visitor:
    return Visitor("leader").holds(Role.READER, county)


def as_who(visitor: Visitor) -> None:
    set_actor(actor_of(visitor.user))


def test_who_knows_no_totals_is_told_none_and_never_a_part_of_it(
    county: Commission, head: Visitor, east: Unit
) -> None:
    as_who(head)
    found = values(Asking((county.pk,), DAY))[county.pk]
    assert found["township.staff"] is None
    assert found["township.commissions"] == 2
    assert all(
        result.left is None and result.holds is None for result in check(Asking((county.pk,), DAY))[county.pk]
    )


def test_who_knows_totals_is_told_them_without_the_records(
    county: Commission, leader: Visitor, east: Unit
) -> None:
    as_who(leader)
    found = answer("township.staff", Asking((county.pk,), DAY))
    assert (found.value, found.rows, found.withheld) == (4, (), 4)


def test_totals_are_of_the_commissions_of_the_right_alone(
    county: Commission, leader: Visitor, east: Unit
) -> None:
    set_actor(OPERATOR)
    other = make.commission()
    make.assignment(make.person(other), make.unit(other, "乡镇纪委"))
    as_who(leader)
    found = values(Asking((county.pk, other.pk), DAY), ["township.staff"])
    assert found == {county.pk: {"township.staff": 4}, other.pk: {"township.staff": None}}


def test_a_command_under_an_account_s_name_obeys_the_same(
    county: Commission, head: Visitor, east: Unit
) -> None:
    as_who(head)
    assert figures_document(county, DAY)["figures"]["township.staff"] is None


def test_rows_are_counted_only_while_they_are_counted(
    county: Commission, leader: Visitor, east: Unit
) -> None:
    as_who(leader)
    with counting((county.pk,)) as known:
        assert known == (county.pk,)
        assert Assignment.objects.count() == 4
        with counting((county.pk,)):
            pass
        assert Assignment.objects.count() == 4
    assert Assignment.objects.count() == 0


def test_a_failure_while_counting_leaves_nothing_open(
    county: Commission, leader: Visitor, east: Unit
) -> None:
    as_who(leader)
    with pytest.raises(LookupError), counting((county.pk,)):
        raise LookupError
    assert Assignment.objects.count() == 0


def test_the_page_of_a_number_says_how_many_records_are_not_for_the_reader(
    leader: Visitor, county: Commission, east: Unit
) -> None:
    shown = leader.get(reverse("figures:records", args=["township.staff"]), {"on": DAY}).content.decode()
    assert "有 4 条不在您的职责范围内" in shown
    assert "<b>4</b>" in shown
    office = Visitor("office").holds(Role.CASE_MANAGEMENT, county)
    shown = office.get(reverse("figures:records", args=["township.staff"]), {"on": DAY}).content.decode()
    assert "职责范围" not in shown


def test_a_figure_said_to_count_structure_reads_nothing_that_is_hidden_from_anybody() -> None:
    hidden = [table for table, conditions in READ.items() if {PEOPLE, MATTERS, COUNTED} & set(conditions)]
    assert len(hidden) == 13
    for figure in all_figures():
        text = figure.totals._compiled(then=False).text
        assert figure.structural != any(table in text for table in hidden), figure.key


def test_the_setting_ends_with_the_question(county: Commission, leader: Visitor, east: Unit) -> None:
    as_who(leader)
    values(Asking((county.pk,), DAY))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('xiezuo.counting', true)")
        assert cursor.fetchone()[0] != "on"
