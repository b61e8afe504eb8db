"""The day of a screen: read from the address, kept in its links, refused in words."""

from datetime import date, timedelta

import pytest
import pytest_django
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.shared.clock import today
from xiezuo.ui.asof import FIRST, LAST, DayMiddleware, day_query, day_steps, keep_day, parse_day
from xiezuo.ui.words import long_day

AS_THEY_LIE = "django.contrib.staticfiles.storage.StaticFilesStorage"


def asked(query: str) -> tuple[HttpRequest, HttpResponse]:
    request = RequestFactory().get(f"/units/{query}")
    return request, DayMiddleware(lambda _request: HttpResponse("page"))(request)


def test_without_a_day_the_screen_speaks_of_today() -> None:
    request, response = asked("")
    assert response.content == b"page"
    assert (request.day, request.day_is_today) == (today(), True)  # type: ignore[attr-defined]
    assert day_query(request) == ""


@given(st.dates(FIRST, LAST))
def test_any_day_of_the_calendar_can_be_asked(day: date) -> None:
    request, response = asked(f"?on={day}")
    assert response.status_code == 200
    assert request.day == day  # type: ignore[attr-defined]


@pytest.mark.parametrize("found", ["2022-02-30", "2022-8-15", "yesterday", "20220815", "0001-01-01", "9999-12-31",
                                   "２０２２-08-15", "<b>", "2022-08-15T00:00"])  # fmt: skip
def test_what_is_no_day_is_refused_naming_what_was_found_and_expected(
    found: str, settings: pytest_django.Settings
) -> None:
    # The names of collected files are written when the product is set up, not by its tests.
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": AS_THEY_LIE}}
    with translation.override("en"):
        _request, response = asked(f"?on={found}")
    words = response.content.decode()
    assert response.status_code == 400
    assert found.replace("<b>", "&lt;b&gt;") in words
    assert "2022-08-15, from 1900-01-01 to 2199-12-31" in words
    assert "Traceback" not in words


@pytest.mark.parametrize(
    ("url", "kept"),
    [("/units/", "/units/?on=2022-08-15"), ("/units/?q=a#x", "/units/?q=a&on=2022-08-15#x"),
     ("/units/?on=2020-01-01", "/units/?on=2020-01-01"), ("/units/?person=3", "/units/?person=3&on=2022-08-15"), ("", "")],
)  # fmt: skip
def test_links_keep_the_day_unless_they_name_their_own(url: str, kept: str) -> None:
    assert keep_day(url, "on=2022-08-15") == kept
    assert keep_day(url, "") == url


def test_a_parameter_that_only_ends_in_on_is_no_day() -> None:
    assert keep_day("/units/?person=3&position=2", "on=2022-08-15").endswith("&on=2022-08-15")


def test_steps_lead_one_day_and_one_month_each_way_and_keep_the_filters() -> None:
    request, _response = asked("?on=2022-03-31&q=a&after=50")
    steps = day_steps(request, date(2022, 3, 31))
    assert steps.day_back == "/units/?on=2022-03-30&q=a"
    assert steps.day_on == "/units/?on=2022-04-01&q=a"
    assert steps.month_back == "/units/?on=2022-02-28&q=a"
    assert steps.month_on == "/units/?on=2022-04-30&q=a"
    assert steps.today == "/units/?q=a"


@given(st.dates(FIRST, LAST))
def test_every_step_is_a_day_that_can_be_asked(day: date) -> None:
    steps = day_steps(RequestFactory().get("/"), day)
    for url in (steps.day_back, steps.day_on, steps.month_back, steps.month_on):
        assert abs(parse_day(url.removeprefix("/?on=")) - day) <= timedelta(days=31)


def test_days_are_written_as_people_of_each_language_write_them() -> None:
    with translation.override("zh-hans"):
        assert long_day(date(2022, 8, 5)) == "2022年8月5日"
    with translation.override("en"):
        assert long_day(date(2022, 8, 5)) == "5 August 2022"
