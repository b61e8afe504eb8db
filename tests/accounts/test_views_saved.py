"""A person keeps views of a list: the same question on any day, theirs alone, gone when they say so."""

from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make
from tests.reading import journal, questions_of
from tests.subjects import Browser
from xiezuo.accounts.models import SavedView, User
from xiezuo.organisation.models import Commission

pytestmark = pytest.mark.django_db

DAY = "2022-08-15"
STATIONS = {"f.kind": "乡镇纪委", "sort": "-name"}


@pytest.fixture
def county(reader: Client) -> Commission:
    county = make.commission()
    make.unit(county, "乡镇纪委", "东镇纪委")
    make.unit(county, "派驻纪检监察组", "驻虚构局纪检监察组")
    return county


@pytest.fixture
def pages_are_kept(county: Commission, settings) -> None:  # type: ignore[no-untyped-def]
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "views"}
    }
    cache.clear()


def units(client: Client, **asked: str) -> HttpResponse:
    response = client.get(reverse("organisation:units"), {"on": DAY, **asked})
    assert response.status_code == 200
    return response


def address(**asked: str) -> str:
    return f"{reverse('organisation:units')}?{urlencode({'on': DAY, **asked})}"


def save(client: Client, name: str = "虚构视图", back: str = "", **asked: str) -> HttpResponse:
    sent = {"name": name, "next": back or address(**(asked or STATIONS))}
    return client.post(reverse("accounts:save-view"), sent)


def forget(client: Client, name: str = "虚构视图", back: str = "") -> HttpResponse:
    return client.post(reverse("accounts:forget-view"), {"name": name, "next": back or address()})


def link(response: HttpResponse, name: str = "虚构视图") -> str:
    """Where the view `name` leads; empty if the page has none of that name."""
    views = response.content.decode().partition('<nav class="xz-views"')[2].partition("<details")[0]
    found = [part for part in views.split("<a ")[1:] if f">{name}</a>" in part]
    assert len(found) <= 1
    return unescape(found[0].split('"')[1]) if found else ""


def current(response: HttpResponse) -> list[str]:
    views = response.content.decode().partition('<nav class="xz-views"')[2].partition("<details")[0]
    return [part.split(">")[1].split("<")[0] for part in views.split("<a ")[1:] if "aria-current" in part]


def test_a_saved_view_stands_beside_the_list_and_opens_the_same_rows(
    reader: Client, county: Commission
) -> None:
    back = save(reader)
    assert (back.status_code, back["Location"]) == (302, address(**STATIONS))
    opened = reader.get(link(units(reader))).content.decode()
    assert "东镇纪委" in opened
    assert "驻虚构局纪检监察组" not in opened
    assert 'aria-sort="descending"' in opened


def test_a_view_names_no_day_and_its_link_keeps_the_day_of_the_page(
    reader: Client, county: Commission
) -> None:
    save(reader, **STATIONS, after="x", format="xlsx", page="2")
    assert "on" not in parse_qs(SavedView.objects.get().query)
    for day in (DAY, "2023-02-01"):
        asked = parse_qs(urlsplit(link(units(reader, on=day))).query)
        assert asked == {"on": [day], "f.kind": ["乡镇纪委"], "sort": ["-name"]}


def test_the_view_in_force_is_marked_and_no_other(reader: Client, county: Commission) -> None:
    save(reader)
    assert current(units(reader, sort="-name", **{"f.kind": "乡镇纪委"})) == ["虚构视图"]
    assert "虚构视图" not in current(units(reader))


def test_a_view_is_offered_for_saving_only_when_something_is_asked(
    reader: Client, county: Commission
) -> None:
    action = f'action="{reverse("accounts:save-view")}"'
    assert action not in units(reader).content.decode()
    for asked in ({"f.kind": "乡镇纪委"}, {"sort": "name"}, {"cols": "name"}):
        assert action in units(reader, **asked).content.decode()


def test_another_account_sees_and_forgets_nothing_of_it(reader: Client, county: Commission) -> None:
    save(reader)
    other = Browser(User.objects.create_user("other"))
    assert link(units(other)) == ""
    assert forget(other).status_code == 404
    assert link(units(reader)) != ""


def test_another_list_does_not_show_it(reader: Client, county: Commission) -> None:
    save(reader)
    assert link(units(reader)) != ""
    assert link(reader.get(reverse("organisation:people"), {"on": DAY})) == ""


def test_the_same_name_replaces(reader: Client, county: Commission) -> None:
    save(reader)
    save(reader, name=" 虚构视图 ", sort="name")
    assert parse_qs(urlsplit(link(units(reader))).query) == {"on": [DAY], "sort": ["name"]}


def test_a_forgotten_view_is_gone(reader: Client, county: Commission) -> None:
    save(reader)
    assert 'value="虚构视图">' in units(reader).content.decode()
    assert forget(reader).status_code == 302
    assert link(units(reader)) == ""
    assert forget(reader).status_code == 404


def test_saving_and_forgetting_are_acts(reader: Client, county: Commission) -> None:
    with journal() as acts:
        save(reader)
        forget(reader)
    assert [len(acts), len(acts.of("list.view_saved")), len(acts.of("list.view_forgotten"))] == [2, 1, 1]


def test_kept_pages_show_it_at_once(reader: Client, pages_are_kept: None) -> None:
    # The words that follow an act keep a page from being kept; the second look has none.
    for act, there in ((save, True), (forget, False)):
        units(reader)
        act(reader)
        for _look in range(2):
            assert bool(link(units(reader))) is there


def test_a_name_that_looks_like_markup_is_shown_as_text(reader: Client, county: Commission) -> None:
    save(reader, name="<b>虚构</b>")
    shown = units(reader).content.decode()
    assert "<b>虚构" not in shown
    assert "&lt;b&gt;虚构" in shown


@pytest.mark.parametrize("name", ["", "   ", "虚" * 41, "甲\x00乙", "\u200b"])
def test_a_name_that_cannot_be_read_is_refused_in_words(
    reader: Client, county: Commission, name: str
) -> None:
    for answer in (save(reader, name=name), forget(reader, name=name)):
        assert answer.status_code == 400
        assert "40" in answer.content.decode()
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "back",
    [
        "https://example.org/people/units/",
        "//example.org/",
        "javascript:alert(1)",
        "http://[",
        "/no-such-page/?sort=name",
        "units",
        "/people/units/%00",
        "/people/units/\x00",
        " ",
    ],
)
def test_an_address_that_is_no_list_here_is_refused_in_words(
    reader: Client, county: Commission, back: str
) -> None:
    for answer in (save(reader, back=back), forget(reader, back=back)):
        assert answer.status_code == 400
        assert "地址" in answer.content.decode()
    assert not SavedView.objects.exists()


def test_an_address_too_long_to_keep_is_refused_and_still_read(reader: Client, county: Commission) -> None:
    assert save(reader, q="x" * 3000).status_code == 400
    assert units(reader, q="x" * 3000).status_code == 200


@pytest.mark.parametrize("route", ["accounts:save-view", "accounts:forget-view"])
def test_no_link_saves_or_forgets(reader: Client, county: Commission, route: str) -> None:
    assert reader.get(reverse(route)).status_code == 405


def test_three_views_cost_no_more_questions_than_one(reader: Client, county: Commission) -> None:
    save(reader, name="一")
    units(reader)
    one = questions_of(reader, address())
    for name in "二三":
        save(reader, name=name)
    units(reader)
    assert questions_of(reader, address()) == one
    assert all(link(units(reader), name) for name in "一二三")


def test_a_workbook_asks_nothing_of_the_views(reader: Client, county: Commission) -> None:
    with CaptureQueriesContext(connection) as asked:
        units(reader, format="xlsx")
    assert not any("accounts_savedview" in query["sql"] for query in asked)
