"""The screens of the zones."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.reading import journal, questions_of, workbook_rows
from xiezuo.organisation.models import Commission
from xiezuo.zones.models import Zone

DAY = "2022-08-15"
ROUTES = ["list", "map", "matrix", "leaders"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client) -> Commission:
    return make.commission()


def a_zone(county: Commission, name: str = "东片协作区", **details: object) -> Zone:
    zone = make.zone(county, "二级", "乡镇", name=name, **details)
    hub = make.unit(county, "驻乡镇纪检监察工作室", longitude=100.0, latitude=30.0)
    for unit, role in ((hub, "轴"), (make.unit(county, "乡镇纪委", f"{name}乡镇"), "成员")):
        make.zone_member(zone, unit, role, **details)
        make.assignment(make.person(county), unit)
    make.zone_leader(zone, make.person(county, f"{name}领导"), **details)
    return zone


def page(reader: Client, route: str, *args: int, on: str = DAY) -> str:
    response = reader.get(reverse(route, args=args), {"on": on})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_shows_the_zone_in_both_languages(
    reader: Client, county: Commission, route: str, language: str
) -> None:
    a_zone(county)
    reader.cookies["django_language"] = language
    assert "东片协作区" in page(reader, f"zones:{route}")


@pytest.mark.parametrize("route", ROUTES)
def test_a_county_without_zones_says_so(reader: Client, county: Commission, route: str) -> None:
    assert "xz-empty" in page(reader, f"zones:{route}")


def test_the_zone_page_tells_leader_members_and_strength(reader: Client, county: Commission) -> None:
    shown = page(reader, "zones:zone", a_zone(county).pk)
    for words in ("东片协作区领导", "东片协作区乡镇", "<svg"):
        assert words in shown


def test_before_it_was_set_up_the_page_says_since_when_it_stands(reader: Client, county: Commission) -> None:
    zone = a_zone(county, starts=date(2022, 6, 20))
    shown = page(reader, "zones:zone", zone.pk, on="2022-03-01")
    assert "on=2022-06-20" in shown
    assert "东片协作区" not in page(reader, "zones:list", on="2022-03-01")


def test_the_map_and_the_list_beside_it_name_the_same_units(reader: Client, county: Commission) -> None:
    a_zone(county)
    shown = page(reader, "zones:map")
    assert shown.count("东片协作区乡镇") == 1
    assert shown.count("驻乡镇纪检监察工作室U") >= 2


def test_units_have_their_role_under_their_zone_in_the_workbook_of_the_matrix(
    reader: Client, county: Commission
) -> None:
    a_zone(county)
    with journal() as acts:
        response = reader.get(reverse("zones:matrix"), {"on": DAY, "format": "xlsx"})
    head, *rows = workbook_rows(response)
    column = head.index("东片协作区")
    assert [row[column] for row in rows] == ["轴", "成员"]
    assert len(acts.of("list.exported")) == 1


def test_zones_cannot_be_ranked_by_numbers(reader: Client, county: Commission) -> None:
    a_zone(county)
    assert reader.get(reverse("zones:list"), {"sort": "-people"}).status_code == 400


def test_an_unknown_zone_is_not_there(reader: Client, county: Commission) -> None:
    assert reader.get(reverse("zones:zone", args=[4_000_000_000])).status_code == 404
    assert reader.get(reverse("zones:list"), {"on": "2022-02-30"}).status_code == 400


def test_pages_ask_the_same_number_of_questions_for_one_and_three(reader: Client, county: Commission) -> None:
    zone = a_zone(county)
    addresses = [f"{reverse(f'zones:{route}')}?on={DAY}" for route in ROUTES]
    addresses.append(f"{reverse('zones:zone', args=[zone.pk])}?on={DAY}")
    before = [questions_of(reader, address) for address in addresses]
    for name in ("西片", "南片"):
        a_zone(county, name)
        make.zone_member(zone, make.unit(county, "乡镇纪委"), "成员")
    assert [questions_of(reader, address) for address in addresses] == before
