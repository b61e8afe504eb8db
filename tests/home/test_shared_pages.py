"""A page that is kept is handed only to who would have been shown the same."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.subjects import Visitor, give
from xiezuo.accounts.api import Role, Scope
from xiezuo.accounts.models import Right, User
from xiezuo.organisation.models import Commission, Unit
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client, settings) -> Commission:  # type: ignore[no-untyped-def]
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"}
    }
    cache.clear()
    return make.commission()


@pytest.fixture
def east(county: Commission) -> Unit:
    east = make.unit(county, "乡镇纪委", "东镇纪委")
    make.assignment(
        make.person(county, "东甲"), east, starts=clock.today() - timedelta(days=3), moves=["调入"]
    )
    return east


def overview(client: Client) -> str:
    response = client.get(reverse("home:overview"))
    assert response.status_code == 200
    return response.content.decode()


def people(client: Client) -> tuple[int, str]:
    response = client.get(reverse("organisation:people"))
    assert response.status_code == 200, response.headers
    return response.status_code, response.content.decode()


def test_an_overview_drawn_for_the_office_is_not_handed_to_a_reader_of_totals(
    county: Commission, east: Unit
) -> None:
    assert "东甲" in overview(Visitor("office").holds(Role.CASE_MANAGEMENT, county))
    assert "东甲" not in overview(Visitor("leader").holds(Role.READER, county))


def test_whoever_holds_the_same_shares_the_overview(
    county: Commission, east: Unit, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    overview(Visitor("office").holds(Role.CASE_MANAGEMENT, county))
    other = Visitor("other").holds(Role.CASE_MANAGEMENT, county)
    make.assignment(make.person(county, "后来者"), east, starts=clock.today(), moves=["调入"])
    assert "后来者" not in overview(other)


def test_two_accounts_never_get_each_others_list(county: Commission, east: Unit) -> None:
    west = make.unit(county, "乡镇纪委", "西镇纪委")
    make.assignment(make.person(county, "西乙"), west)
    assert "东甲" in people(Visitor("one").holds(Role.UNIT_HEAD, county, east.pk))[1]
    assert "东甲" not in people(Visitor("two").holds(Role.UNIT_HEAD, county, west.pk))[1]


def test_a_right_given_and_a_right_ended_are_seen_by_the_next_request(county: Commission, east: Unit) -> None:
    west = make.unit(county, "乡镇纪委", "西镇纪委")
    make.assignment(make.person(county, "西乙"), west)
    visitor = Visitor("visitor").holds(Role.UNIT_HEAD, county, east.pk)
    assert "西乙" not in people(visitor)[1]
    given = give(visitor.user, Role.UNIT_HEAD, county.pk, Scope.UNIT, west.pk)
    edited(visitor)
    assert "西乙" in people(visitor)[1]
    Right.objects.filter(pk=given.pk).update(known_until=clock.now())
    edited(visitor)
    assert "西乙" not in people(visitor)[1]


def edited(visitor: Visitor) -> None:
    """What the operations do whenever the rights of an account change; the door then asks for a new log-in."""
    visitor.user.refresh_from_db()
    User.objects.filter(pk=visitor.user.pk).update(rights_edition=visitor.user.rights_edition + 1)
    visitor.user.refresh_from_db()
    visitor.force_login(visitor.user)


def test_a_right_that_ends_with_the_day_is_gone_on_the_next_without_anybody_doing_anything(
    county: Commission, east: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today()
    visitor = Visitor("visitor").holds(Role.UNIT_HEAD, county, east.pk)
    west = make.unit(county, "乡镇纪委", "西镇纪委")
    make.assignment(make.person(county, "西乙"), west)
    visitor.holds(Role.UNIT_HEAD, county, west.pk, ends=today + timedelta(days=1))
    address = reverse("organisation:people")
    assert "西乙" in visitor.get(address, {"on": today}).content.decode()
    on_day(monkeypatch, today + timedelta(days=1))
    assert "西乙" not in visitor.get(address, {"on": today}).content.decode()


def on_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let it be that day everywhere."""
    monkeypatch.setattr(clock, "today", lambda: day)
