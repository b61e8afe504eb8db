"""Two who tell, or ask for an address, at one moment: one outcome, whoever comes first."""

from datetime import timedelta

import pytest

from tests.approvals.office import Office, apply, office, together
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.home.notices.feed_operations import account_behind, issue_feed
from xiezuo.home.notices.models import CalendarFeed, Notice
from xiezuo.home.notices.operations import tell_the_day
from xiezuo.rules.models import CalendarDay, CalendarYear
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
TIMES = 4


@pytest.fixture
def here() -> Office:
    return office()


def test_workers_that_tell_at_once_tell_each_account_once(here: Office) -> None:
    today = clock.today()
    apply(here)
    with acting_as(OPERATOR):
        known = {"commission": here.county, "known_from": clock.now()}
        year = {"starts": today.replace(month=1, day=1), "ends": today.replace(year=today.year + 1, month=1, day=1)}  # fmt: skip
        CalendarYear.objects.create(**known, **year)
        # Whatever weekday these tests run on, it is worked.
        CalendarDay.objects.create(**known, kind="调休上班", starts=today, ends=today + timedelta(days=1))  # fmt: skip

    def tell() -> None:
        with acting_as(OPERATOR) as by:
            tell_the_day(by=by, now=clock.now())

    assert together(*[tell] * TIMES) == ["done"] * TIMES
    with acting_as(OPERATOR):
        told = sorted(Notice.objects.filter(kind="daily").values_list("account", flat=True))
    assert told == sorted([here.at("first"), here.at("second")])


def test_of_addresses_asked_for_at_once_one_answers(here: Office) -> None:
    secrets: list[str] = []

    def issue() -> None:
        with acting_as(here.actor("first")) as by:
            secrets.append(issue_feed(by=by, now=clock.now()))

    assert together(*[issue] * TIMES) == ["done"] * TIMES
    with acting_as(OPERATOR):
        assert CalendarFeed.objects.filter(ended_at__isnull=True).count() == 1
        assert [account_behind(secret) is not None for secret in secrets].count(True) == 1
