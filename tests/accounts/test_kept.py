"""A page is kept for one account, address, day and edition of the ledger, and for nothing longer."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make
from tests.subjects import Browser
from xiezuo.accounts.models import User
from xiezuo.organisation.models import Commission

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client, settings) -> Commission:  # type: ignore[no-untyped-def]
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept"}
    }
    cache.clear()
    county = make.commission()
    make.unit(county, "乡镇纪委", "东镇纪委")
    return county


def units(client: Client, on: str = "2022-08-15") -> str:
    return client.get(reverse("organisation:units"), {"on": on}).content.decode()


def test_the_second_look_asks_fewer_questions_and_shows_the_same(reader: Client, county: Commission) -> None:
    with CaptureQueriesContext(connection) as first:
        drawn = units(reader)
    with CaptureQueriesContext(connection) as second:
        kept = units(reader)
    token = re.compile(r"[A-Za-z0-9]{64}")
    assert token.sub("", drawn) == token.sub("", kept)
    assert len(second) < len(first)


def test_a_change_of_the_ledger_is_seen_at_once(reader: Client, county: Commission) -> None:
    units(reader)
    make.unit(county, "乡镇纪委", "西镇纪委")
    Commission.objects.filter(pk=county.pk).update(ledger_version=county.ledger_version + 1)
    assert "西镇纪委" in units(reader)


def test_another_day_is_another_page(reader: Client, county: Commission) -> None:
    units(reader)
    assert "东镇纪委" not in units(reader, on="2017-01-01")


def test_another_account_gets_a_page_of_its_own(reader: Client, county: Commission) -> None:
    units(reader)
    other = Browser(User.objects.create_user("other", last_name="虚构别人"))
    assert "虚构别人" in units(other)
    assert "虚构别人" not in units(reader)


def test_the_forms_of_a_kept_page_can_be_sent(reader: Client, county: Commission) -> None:
    careful = Browser(User.objects.get(username="reader"), enforce_csrf_checks=True)
    units(careful)
    token = re.search(r'csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"', units(careful))
    assert token is not None
    sent = careful.post(reverse("set_language"), {"language": "en", "csrfmiddlewaretoken": token[1]})
    assert sent.status_code == 302


def test_a_workbook_is_never_handed_out_from_what_was_kept(reader: Client, county: Commission) -> None:
    address = reverse("organisation:units") + "?on=2022-08-15&format=xlsx"
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            reader.get(address)
        assert any("INSERT INTO audit_entry" in query["sql"] for query in asked)
