"""A zone's meeting is offered the open matters of the zone: by number and state, of what its caller may read, never sealed ones."""

from typing import Any
from uuid import uuid4

import pytest

from tests.collaboration import matters_told as tell
from tests.collaboration.asking import TODAY, Asking, asking, now_of
from tests.once import fresh, once
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.requests.agenda import open_matters
from xiezuo.zones.meetings.agenda_sources import Suggested, offer_agenda, suggested
from xiezuo.zones.meetings.forms import CallForm

pytestmark = pytest.mark.usefixtures("actor")


county = once(asking)


@pytest.fixture
def here(county: Asking, actor: None) -> Asking:
    return fresh(county)


def offered(here: Asking, name: str, *taken: str) -> list[str]:
    zone = here.zones["E1"].pk
    with acting_as(here.actor(name)):
        return [each.words for each in suggested(here.office.county, zone, TODAY, taken)]


def test_open_requests_are_offered_by_number_and_state_to_who_may_read_them(here: Asking) -> None:
    row = now_of(here.request())
    words = f"协作〔{row.year}〕{row.number}号（{row.state}）"
    assert [offered(here, name) for name in ("clerk", "head", "far head")] == [[words], [words], []]
    assert row.reason not in words
    assert offered(here, "clerk", f"/collaboration/requests/{row.pk}/") == []


@pytest.mark.parametrize(
    "more",
    [{"sealed": True}, {"blocked": True}, {"state": "归档"}, {"state": "草稿", "number": None, "year": None}],
)
def test_sealed_blocked_and_ended_ones_and_drafts_are_not(here: Asking, more: dict[str, Any]) -> None:
    with acting_as(OPERATOR):
        row = tell.request(
            here.office.county, here.units["town"], TODAY, zone=here.zones["E1"].pk, lead=here.units["lead"]
        )
        Request.objects.filter(pk=row.pk).update(**more)
    with acting_as(OPERATOR):
        assert open_matters(here.office.county, here.zones["E1"].pk, TODAY) == []


def test_one_click_takes_a_line_onto_the_agenda_with_its_page(here: Asking) -> None:
    line = Suggested("协作〔2026〕1号（执行）", "/collaboration/requests/1/")
    data = {
        "day": TODAY.isoformat(),
        "units": ["1"],
        "suggested": [line.href],
        "topics": "其他事项",
        "key": str(uuid4()),
    }
    form = CallForm(data)
    form.offer(chairs=[], units=[(1, "虚构单位")], carried=[], suggested=[line])
    assert form.is_valid(), form.errors
    assert [(each.words, each.href) for each in form.agenda({}).topics] == [
        (line.words, line.href),
        ("其他事项", ""),
    ]


def test_without_open_matters_nothing_is_asked_and_a_source_named_twice_is_asked_once(here: Asking) -> None:
    form = CallForm()
    form.offer(chairs=[], units=[], carried=[])
    assert "suggested" not in form.fields
    offer_agenda(open_matters)
    here.request()
    assert len(offered(here, "clerk")) == 1
