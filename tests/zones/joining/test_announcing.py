"""Whoever it concerns is told once each: when zones act as one, on their last day together, and when they have parted."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from tests.once import fresh, once
from tests.zones.joining.acting import DAY, TODAY, Acting, acting
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.home.notices.models import Notice
from xiezuo.shared import clock
from xiezuo.zones.api import announce_arrangements

pytestmark = pytest.mark.usefixtures("actor")


built = once(acting)


@pytest.fixture
def here(built: Acting, actor: None) -> Acting:
    return fresh(built)


def on(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=timezone.get_current_timezone())


def told(here: Acting, name: str, days: list[date]) -> list[list[str]]:
    """The kinds of open notices of an account after the morning of each day, told twice."""
    found = []
    for day in days:
        with acting_as(OPERATOR):
            announce_arrangements(now=on(day))
            announce_arrangements(now=on(day))
            rows = Notice.objects.filter(account=here.office.at(name), done_at=None).exclude(
                kind__in=("decide", "approved")
            )
            found.append(list(rows.order_by("pk").values_list("kind", flat=True)))
    return found


def test_the_units_are_told_when_it_is_decided_on_its_last_day_and_when_it_is_over(here: Acting) -> None:
    row = here.together()
    last = row.ends - DAY
    days = [TODAY, row.starts, last - DAY, last, row.ends]
    assert told(here, "head", days) == [
        ["zones_joined"],
        ["zones_joined"],
        ["zones_joined"],
        ["zones_part"],
        ["zones_parted"],
    ]


def test_other_units_are_not_told(here: Acting) -> None:
    row = here.together()
    assert told(here, "outsider", [TODAY, row.starts, row.ends]) == [[], [], []]


def test_what_was_known_is_not_told_again(here: Acting) -> None:
    here.together()
    with acting_as(OPERATOR):
        Notice.objects.filter(account=here.office.at("head")).update(done_at=clock.now())
    assert told(here, "head", [TODAY, TODAY + DAY]) == [[], []]


def test_a_morning_that_was_missed_is_made_up_for(here: Acting) -> None:
    row = here.together()
    assert told(here, "head", [row.ends + 3 * DAY]) == [["zones_parted"]]


def test_ended_from_today_on_the_units_are_told_at_once(here: Acting) -> None:
    row = here.together(starts=TODAY)
    here.end(row, TODAY - DAY)
    with acting_as(OPERATOR):
        kinds = Notice.objects.filter(
            account=here.office.at("head"), done_at=None, subject=row.pk
        ).values_list("kind", flat=True)
        assert list(kinds) == ["zones_parted"]


def test_a_notice_holds_number_and_days_and_not_the_pointer(here: Acting) -> None:
    row = here.together()
    with acting_as(OPERATOR):
        notice = Notice.objects.get(account=here.office.at("head"), kind="zones_joined")
    assert (notice.about, notice.particulars) == (
        "合-1", {"first_day": row.starts.isoformat(), "last_day": (row.ends - DAY).isoformat()},
    )  # fmt: skip


def test_who_is_authorised_is_told_and_so_when_it_ends(here: Acting) -> None:
    row = here.pass_it(here.authorise())
    last = row.ends - timedelta(days=1)
    assert told(here, "first", [TODAY, last, row.ends]) == [
        ["authorised"],
        ["authority_ends"],
        ["authority_ended"],
    ]
