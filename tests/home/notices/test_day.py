"""In the morning of a working day each account is told once what waits for it, as counts."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.approvals.office import Office, act, apply, office
from tests.subjects import give
from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as, set_actor
from xiezuo.accounts.models import User
from xiezuo.approvals.api import TO_APPLICANT, delegate, send_back
from xiezuo.home.notices import tasks
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.operations import tell_the_day
from xiezuo.home.notices.words import daily_words
from xiezuo.rules.models import CalendarDay, CalendarYear
from xiezuo.shared import clock

pytestmark = pytest.mark.usefixtures("actor")
DAY = timedelta(days=1)
# A week of which every day is as the calendar of these tests says.
MONDAY, TUESDAY, FRIDAY, SATURDAY = (datetime(2026, 6, day, 1, tzinfo=UTC) for day in (8, 9, 12, 13))


@pytest.fixture
def here(actor: None) -> Office:
    built = office()
    year(built, 2026)
    return built


def year(here: Office, number: int) -> None:
    set_actor(OPERATOR)
    days = {"starts": date(number, 1, 1), "ends": date(number + 1, 1, 1)}
    CalendarYear.objects.create(commission=here.county, known_from=clock.now(), **days)


def except_on(here: Office, day: datetime, kind: str) -> None:
    set_actor(OPERATOR)
    CalendarDay.objects.create(
        commission=here.county, kind=kind, known_from=clock.now(), starts=day.date(), ends=day.date() + DAY
    )


def tell(now: datetime) -> int:
    with acting_as(OPERATOR) as operator:
        return tell_the_day(by=operator, now=now)


def counts(here: Office, name: str) -> list[tuple[int, int, int]]:
    """Waiting, late, due this week, as the open daily notices of somebody say."""
    set_actor(OPERATOR)
    daily = Notice.objects.filter(account=here.at(name), kind="daily", done_at__isnull=True)
    return [tuple(each.particulars[what] for what in ("waiting", "late", "week")) for each in daily]


def test_each_is_told_how_much_waits_how_much_is_late_and_what_is_due_this_week(here: Office) -> None:
    apply(here, now=MONDAY)
    apply(here, now=MONDAY + 3 * DAY)
    assert tell(FRIDAY) == 2
    # Two working days from Monday ended on Wednesday; from Thursday they end on the next Monday.
    assert counts(here, "first") == counts(here, "second") == [(2, 1, 0)]
    assert counts(here, "secretary") == []


def test_what_is_due_until_sunday_is_of_this_week(here: Office) -> None:
    apply(here, now=MONDAY)
    assert tell(TUESDAY)
    assert counts(here, "first") == [(1, 0, 1)]


def test_nobody_is_told_twice_a_day(here: Office) -> None:
    apply(here, now=MONDAY)
    assert (tell(TUESDAY), tell(TUESDAY + timedelta(hours=2))) == (2, 0)
    assert counts(here, "first") == [(1, 0, 1)]


def test_the_notice_of_the_day_before_goes_with_the_new_one(here: Office) -> None:
    apply(here, now=MONDAY)
    tell(TUESDAY)
    tell(TUESDAY + DAY)
    set_actor(OPERATOR)
    told = Notice.objects.filter(account=here.at("first"), kind="daily").order_by("day")
    assert [(each.day.day, each.done_at is not None) for each in told] == [(9, True), (10, False)]


@pytest.mark.parametrize(
    ("now", "kind", "told"),
    [(SATURDAY, "", 0), (SATURDAY, "调休上班", 2), (FRIDAY, "", 2), (FRIDAY, "放假", 0)],
    ids=["a Saturday", "a Saturday that is worked", "a Friday", "a Friday off"],
)
def test_people_are_told_on_days_that_are_worked(here: Office, now: datetime, kind: str, told: int) -> None:
    apply(here, now=MONDAY)
    if kind:
        except_on(here, now, kind)
    assert tell(now) == told


def test_a_year_that_nobody_entered_is_told_by_its_weekdays(here: Office) -> None:
    apply(here, now=MONDAY)
    assert tell(datetime(2027, 1, 3, 1, tzinfo=UTC)) == 0
    assert tell(datetime(2027, 1, 4, 1, tzinfo=UTC)) == 2


def test_a_county_with_a_day_off_keeps_no_other_from_being_told(here: Office) -> None:
    other = office()
    year(other, 2026)
    apply(here, now=MONDAY)
    apply(other, now=MONDAY)
    except_on(here, FRIDAY, "放假")
    assert tell(FRIDAY) == 2
    assert (counts(here, "first"), counts(other, "first")) == ([], [(1, 1, 0)])


def test_who_decides_for_the_absent_is_told_what_waits_for_them(here: Office) -> None:
    apply(here, now=MONDAY)
    with acting_as(here.actor("first")) as first:
        delegate(
            commission=here.county.pk, absent=here.at("first"), stand_in=here.at("stranger"), starts=FRIDAY.date(),
            ends=FRIDAY.date() + DAY, reason="虚构出差", by=first, now=MONDAY,
        )  # fmt: skip
    tell(TUESDAY)
    assert counts(here, "stranger") == []
    tell(FRIDAY)
    assert counts(here, "stranger") == [(1, 1, 0)]


def test_what_came_back_counts_for_who_applied(here: Office) -> None:
    approval = apply(here, now=MONDAY)
    act(here, send_back, approval, "first", to=TO_APPLICANT, said="虚构", now=MONDAY)
    tell(TUESDAY)
    assert (counts(here, "applicant"), counts(here, "first")) == ([(1, 0, 0)], [])


def test_who_left_is_told_nothing(here: Office) -> None:
    apply(here, now=MONDAY)
    set_actor(OPERATOR)
    User.objects.filter(pk=here.at("first")).update(is_active=False)
    assert tell(TUESDAY) == 1
    assert counts(here, "first") == []


def test_before_seven_in_the_morning_nobody_is_told(here: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    apply(here, now=MONDAY)
    home = ZoneInfo("Asia/Shanghai")
    for hour, told in ((6, 0), (7, 2), (8, 0)):
        monkeypatch.setattr(clock, "now", lambda hour=hour: datetime(2026, 6, 9, hour, 30, tzinfo=home))
        assert tasks.tell_when_it_is_morning(OPERATOR) == told


def test_telling_many_accounts_asks_no_more_than_telling_two(here: Office) -> None:
    apply(here, now=MONDAY)
    two = questions_of_telling(TUESDAY)
    for name in ("stranger", "checker", "clerk"):
        set_actor(OPERATOR)
        here.lead(name)
        give(here.accounts[name], Role.READER, here.county.pk, Scope.COMMISSION, here.county.pk)
    for _more in range(3):
        apply(here, now=TUESDAY, key=uuid4())
    assert questions_of_telling(TUESDAY + DAY) == two


def questions_of_telling(now: datetime) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert tell(now)
    return len(asked)


@pytest.mark.parametrize(
    ("given", "chinese", "english"),
    [
        (
            (5, 1, 2),
            "待办 5 件，其中超期 1 件；本周到期 2 件",
            "5 matters wait, 1 of them late; 2 due this week",
        ),
        ((1, 0, 0), "待办 1 件", "1 matter waits"),
        ((2, 0, 2), "待办 2 件；本周到期 2 件", "2 matters wait; 2 due this week"),
    ],
)
def test_the_counts_are_said_in_one_line(given: tuple[int, int, int], chinese: str, english: str) -> None:
    particulars = dict(zip(("waiting", "late", "week"), given, strict=True))
    for language, words in (("zh-hans", chinese), ("en", english)):
        with translation.override(language):
            assert daily_words(particulars) == words
