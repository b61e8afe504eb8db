"""The screens of the regulations."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.reading import questions_of, workbook_rows
from xiezuo.organisation.models import Commission

DAY = "2022-08-15"

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client) -> Commission:
    return make.commission()


def page(reader: Client, route: str, *args: int, on: str = DAY) -> str:
    response = reader.get(reverse(route, args=args), {"on": on})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("on", "words"), [("2022-03-15", "征求意见"), ("2022-05-01", "试行"), ("2022-10-01", "废止")]
)
def test_a_regulation_says_its_one_status_of_the_day(
    reader: Client, county: Commission, on: str, words: str
) -> None:
    days = {"consulted_on": date(2022, 3, 1), "trial_on": date(2022, 4, 1)}
    one = make.regulation(county, "虚构规则", **days, ends=date(2022, 9, 1))
    assert f">{words}<" in page(reader, "rules:regulation", one.pk, on=on)
    response = reader.get(reverse("rules:list"), {"on": on, "format": "xlsx"})
    assert [row[1] for row in workbook_rows(response)[1:]] == [words]


def test_before_its_first_day_it_says_when_it_begins(reader: Client, county: Commission) -> None:
    one = make.regulation(county, "虚构规则", starts=date(2022, 2, 10), drafted_on=date(2022, 2, 10))
    assert "on=2022-02-10" in page(reader, "rules:regulation", one.pk, on="2022-01-01")
    assert "虚构规则" not in page(reader, "rules:list", on="2022-01-01")


def test_what_cannot_be_answered_is_refused(reader: Client, county: Commission) -> None:
    assert reader.get(reverse("rules:regulation", args=[4_000_000_000])).status_code == 404
    assert reader.get(reverse("rules:list"), {"on": "x"}).status_code == 400


def test_pages_ask_the_same_number_of_questions_for_one_and_three(reader: Client, county: Commission) -> None:
    one = make.regulation(county, "甲", in_force_on=date(2022, 1, 1))
    addresses = [
        f"{path}?on={DAY}" for path in (reverse("rules:list"), reverse("rules:regulation", args=[one.pk]))
    ]
    before = [questions_of(reader, address) for address in addresses]
    for name in ("乙", "丙"):
        make.regulation(county, name, in_force_on=date(2022, 1, 1))
    assert [questions_of(reader, address) for address in addresses] == before
