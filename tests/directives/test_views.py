"""The screens of the plan, meetings and demands."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.reading import questions_of, workbook_rows
from xiezuo.directives.models import Directive
from xiezuo.organisation.models import Commission
from xiezuo.shared.periods import OPEN

DAY = "2022-08-15"
HELD = date(2022, 7, 12)
ROUTES = ["plan", "meetings", "directives"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client) -> Commission:
    return make.commission()


def one_of_each(county: Commission, name: str = "虚构") -> dict[str, int]:
    unit, leader = make.unit(county, "乡镇纪委"), make.person(county)
    held = make.meeting(
        county,
        "检查调研",
        [unit],
        name=f"{name}调研",
        starts=HELD,
        ends=HELD + timedelta(days=1),
        led_by=leader,
    )
    item = make.plan_item(
        county, "推进", name=f"{name}谋划", starts=HELD, due_on=date(2022, 8, 10), unit=unit
    )
    asked = Directive.objects.create(
        commission=county,
        source="市纪委监委",
        name=f"{name}部署",
        starts=HELD,
        ends=OPEN,
        known_from=make.KNOWN,
    )
    return {"meeting": held.pk, "item": item.pk, "directive": asked.pk}


def page(reader: Client, route: str, *args: int, on: str = DAY, **more: str) -> str:
    response = reader.get(reverse(route, args=args), {"on": on, **more})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "逾期5天"), ("en", "overdue by 5 days")])
def test_a_late_item_says_so_in_words(reader: Client, county: Commission, language: str, words: str) -> None:
    keys = one_of_each(county)
    reader.cookies["django_language"] = language
    assert words in page(reader, "directives:plan")
    assert words in page(reader, "directives:item", keys["item"])


@pytest.mark.parametrize(("route", "name"), [("plan", "谋划"), ("meetings", "调研"), ("directives", "部署")])
def test_lists_follow_the_day(reader: Client, county: Commission, route: str, name: str) -> None:
    one_of_each(county)
    assert f"虚构{name}" in page(reader, f"directives:{route}")
    assert f"虚构{name}" not in page(reader, f"directives:{route}", on="2021-03-01")


@pytest.mark.parametrize("kind", ["meeting", "item", "directive"])
def test_each_has_a_page_and_an_unknown_one_is_not_there(
    reader: Client, county: Commission, kind: str
) -> None:
    assert "虚构" in page(reader, f"directives:{kind}", one_of_each(county)[kind])
    assert reader.get(reverse(f"directives:{kind}", args=[4_000_000_000])).status_code == 404


def test_the_number_of_late_items_opens_the_list_of_them(reader: Client, county: Commission) -> None:
    one_of_each(county)
    make.plan_item(county, "带动", name="未到期", starts=HELD)
    response = reader.get(reverse("directives:plan"), {"on": DAY, "f.progress": "逾期", "format": "xlsx"})
    assert [row[1] for row in workbook_rows(response)[1:]] == ["虚构谋划"]


def test_pages_ask_the_same_number_of_questions_for_one_and_three(reader: Client, county: Commission) -> None:
    keys = one_of_each(county)
    addresses = [f"{reverse(f'directives:{route}')}?on={DAY}" for route in ROUTES]
    addresses += [f"{reverse(f'directives:{kind}', args=[key])}?on={DAY}" for kind, key in keys.items()]
    before = [questions_of(reader, address) for address in addresses]
    for name in ("甲", "乙"):
        one_of_each(county, name)
    assert [questions_of(reader, address) for address in addresses] == before
