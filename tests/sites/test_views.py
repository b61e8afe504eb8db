"""The screens of the sites."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.reading import journal, questions_of, workbook_rows
from tests.subjects import Visitor
from xiezuo.accounts.api import Role
from xiezuo.organisation.models import Unit
from xiezuo.sites.models import Site

DAY = "2022-08-15"

pytestmark = pytest.mark.django_db


@pytest.fixture
def township(reader: Client) -> Unit:
    return make.unit(make.commission(), "乡镇纪委", "东镇纪委")


def a_room(unit: Unit, name: str = "东镇谈话室", **details: object) -> Site:
    room = make.site(unit, "谈话室", name=name, padded=True, **details)
    make.equipment(room, "保密柜", faulty_from=date(2022, 8, 1))
    make.works(room, starts=date(2022, 6, 1), due_on=date(2022, 8, 10))
    return room


def page(reader: Client, route: str, *args: int, on: str = DAY, **more: str) -> str:
    response = reader.get(reverse(route, args=args), {"on": on, **more})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "逾期5天"), ("en", "overdue by 5 days")])
def test_late_works_say_so_in_words(reader: Client, township: Unit, language: str, words: str) -> None:
    room = a_room(township)
    reader.cookies["django_language"] = language
    assert words in page(reader, "sites:works")
    assert words in page(reader, "sites:site", room.pk)


def test_equipment_is_faulty_from_its_day_on(reader: Client, township: Unit) -> None:
    room = a_room(township)
    reader.cookies["django_language"] = "en"
    before, after = (
        page(reader, "sites:site", room.pk, on=on).split("history-title")[0]
        for on in ("2022-07-31", "2022-08-01")
    )
    assert ("faulty<" in before, ">2022-08-01<" in before) == (False, False)
    assert ">faulty<" in after


def test_planned_sites_show_no_day_of_use_that_is_still_ahead(reader: Client, township: Unit) -> None:
    make.site(
        township, "廉政文化走廊", name="走廊", planned_on=date(2022, 5, 1), opened_on=date(2022, 11, 23)
    )
    assert "2022-11-23" not in page(reader, "sites:list")
    assert "2022-11-23" in page(reader, "sites:list", on="2022-12-01")


@pytest.mark.parametrize(("chosen", "expected"), [("True", ["东镇谈话室"]), ("False", ["走廊"])])
def test_the_workbook_equals_the_filtered_list(
    reader: Client, township: Unit, chosen: str, expected: list[str]
) -> None:
    a_room(township)
    make.site(township, "廉政文化走廊", name="走廊", planned_on=date(2022, 5, 1), opened_on=None)
    with journal() as acts:
        response = reader.get(reverse("sites:list"), {"on": DAY, "f.in_use": chosen, "format": "xlsx"})
    assert [row[0] for row in workbook_rows(response)[1:]] == expected
    assert len(acts.of("list.exported")) == 1


def test_a_closed_site_says_when_it_stood(reader: Client, township: Unit) -> None:
    room = a_room(township, ends=date(2022, 8, 1))
    assert "on=2022-07-31" in page(reader, "sites:site", room.pk)


def test_what_cannot_be_answered_is_refused(reader: Client, township: Unit) -> None:
    assert reader.get(reverse("sites:site", args=[4_000_000_000])).status_code == 404
    assert reader.get(reverse("sites:list"), {"on": "x"}).status_code == 400


def test_pages_ask_the_same_number_of_questions_for_one_and_three(reader: Client, township: Unit) -> None:
    room = a_room(township)
    addresses = [f"{path}?on={DAY}" for path in (
        reverse("sites:list"), reverse("sites:works"), reverse("sites:site", args=[room.pk]))]  # fmt: skip
    before = [questions_of(reader, address) for address in addresses]
    for name in ("西镇谈话室", "南镇谈话室"):
        a_room(township, name)
        make.equipment(room, name)
    assert [questions_of(reader, address) for address in addresses] == before


def test_users_outside_the_duties_of_the_reader_are_counted_and_not_named(township: Unit) -> None:
    county = township.commission
    known, other = make.person(county, "东甲"), make.person(county, "西乙")
    make.assignment(known, township)
    make.assignment(other, make.unit(county, "乡镇纪委", "西镇纪委"))
    room = make.site(township, "办公室", name="合用办公室", users=[known.pk, other.pk])
    head = Visitor("head").holds(Role.UNIT_HEAD, county, township.pk)
    shown = page(head, "sites:site", room.pk)
    assert "东甲" in shown
    assert "西乙" not in shown
    assert "另有 1 人不在您的职责范围内" in shown
