"""The calendar of one's own deadlines: whoever knows its secret address reads kind, number and day, until it is ended."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar

from tests.approvals.office import KIND, Office, act, apply, office
from tests.home.notices.test_page import Reading
from tests.reading import journal, questions_of
from xiezuo.accounts.api import OPERATOR, acting_as, set_actor
from xiezuo.accounts.models import User
from xiezuo.approvals.api import approve, delegate
from xiezuo.home.notices.calendar import Deadline, calendar_of
from xiezuo.home.notices.models import CalendarFeed, Notice
from xiezuo.shared import clock

DAY = timedelta(days=1)
NOON = datetime(2026, 6, 9, 4, tzinfo=UTC)

# What may stand in a text of a calendar: no control characters (RFC 5545 §3.3.11).
TEXTS = some.text(some.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200)
DEADLINES = some.builds(
    Deadline, some.text(max_size=20), TEXTS, some.dates(date(1990, 1, 1), date(2100, 1, 1)),
    some.just("https://xiezuo.example/inbox/1/"),
)  # fmt: skip


@given(some.lists(DEADLINES, max_size=5), TEXTS)
def test_what_is_written_is_read_back(deadlines: list[Deadline], title: str) -> None:
    written = calendar_of(deadlines, title=title, site="xiezuo.example", now=NOON)
    events = Calendar.from_ical(written).walk("VEVENT")
    read = [(event["summary"], event["dtstart"].dt, event["dtend"].dt - DAY) for event in events]
    assert read == [(each.words, each.due, each.due) for each in deadlines]


@given(some.lists(DEADLINES, max_size=5), TEXTS)
def test_lines_end_and_fold_as_they_must(deadlines: list[Deadline], title: str) -> None:
    """RFC 5545 §3.1: CRLF, and at most 75 octets before it, no character cut in two."""
    written = calendar_of(deadlines, title=title, site="xiezuo.example", now=NOON)
    assert written.endswith(b"\r\n")
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert [line.decode() for line in lines]


def test_the_same_deadline_stays_the_same_event_and_two_are_two() -> None:
    one, other = (Deadline(key, "x", date(2026, 6, 9), "https://xiezuo.example/") for key in "ab")

    def names(*deadlines: Deadline, site: str = "xiezuo.example") -> list[str]:
        calendar = Calendar.from_ical(calendar_of(deadlines, title="x", site=site, now=NOON))
        return [str(event["uid"]) for event in calendar.walk("VEVENT")]

    assert names(one) == names(one)
    assert len({*names(one, other), *names(one, site="other.example")}) == 3


class TestFeed:
    """The address, from its issue to its end."""

    pytestmark = pytest.mark.usefixtures("reader")

    @pytest.fixture
    def here(self, reader: Client) -> Office:
        return office()

    def test_the_calendar_holds_kind_number_and_day_of_what_waits_and_nothing_else(
        self, here: Office
    ) -> None:
        approval = apply(here)
        address = issued(here, "first")
        [event] = events(address)
        number = f"{KIND}-{approval.year}-{here.county.code}-{approval.number}"
        set_actor(OPERATOR)
        approval.refresh_from_db()
        assert (event["summary"], event["dtstart"].dt) == (f"审批：{KIND} {number}", approval.due_on)
        assert event["url"] == f"http://testserver{reverse('inbox:approval', args=[approval.pk])}"
        assert "虚构事项" not in Client().get(address).content.decode()
        act(here, approve, approval, "first")
        assert events(address) == []

    def test_the_answer_is_a_calendar_that_nobody_keeps(self, here: Office) -> None:
        response = Client().get(issued(here, "first"))
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Cache-Control"] == "no-store"

    def test_what_waits_for_the_absent_is_in_the_calendar_of_who_stands_in(self, here: Office) -> None:
        apply(here)
        address, today = issued(here, "stranger"), clock.today()
        assert events(address) == []
        with acting_as(here.actor("first")) as first:
            delegate(
                commission=here.county.pk, absent=here.at("first"), stand_in=here.at("stranger"), starts=today,
                ends=today + DAY, reason="虚构出差", by=first, now=clock.now(),
            )  # fmt: skip
        assert len(events(address)) == 1

    def test_a_consultation_and_a_trial_that_ends_are_among_the_deadlines(self, here: Office) -> None:
        set_actor(OPERATOR)
        tomorrow, yesterday = clock.today() + DAY, clock.today() - DAY
        told = [("opinion", tomorrow, None), ("trial_ends", tomorrow, clock.now()), ("trial_ends", yesterday, None), ("opinion", tomorrow, clock.now())]  # fmt: skip
        Notice.objects.bulk_create(
            Notice(account=here.at("first"), kind=kind, because="unit", about="ZD07", subject=n, made_at=clock.now(), done_at=done, particulars={"last_day": last.isoformat()})
            for n, (kind, last, done) in enumerate(told)
        )  # fmt: skip
        words = [(event["summary"], event["dtstart"].dt) for event in events(issued(here, "first"))]
        assert words == [("答复征求意见：ZD07", tomorrow), ("试行期满：ZD07", tomorrow)]

    def test_the_address_answers_with_the_eyes_of_its_account_whoever_asks(self, here: Office) -> None:
        apply(here)
        address = issued(here, "first")
        assert len(events(address, Reading(here, "stranger"))) == len(events(address, Client())) == 1

    def test_the_database_keeps_no_address(self, here: Office) -> None:
        secret = issued(here, "first").rsplit("/", 1)[1].removesuffix(".ics")
        set_actor(OPERATOR)
        [feed] = CalendarFeed.objects.all()
        assert len(secret) >= 43
        assert secret not in str([getattr(feed, field.name) for field in CalendarFeed._meta.fields])

    def test_a_new_address_ends_the_old_one(self, here: Office) -> None:
        old, new = issued(here, "first"), issued(here, "first")
        assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)

    def test_an_address_that_is_ended_answers_no_more(self, here: Office) -> None:
        address = issued(here, "first")
        with journal() as acts:
            for _twice in range(2):
                assert Reading(here, "first").post(reverse("notices:end-calendar")).status_code == 302
        assert len(acts.of("notices.calendar_ended")) == 1
        assert Client().get(address).status_code == 404

    def test_nobody_ends_the_address_of_another(self, here: Office) -> None:
        address = issued(here, "first")
        Reading(here, "stranger").post(reverse("notices:end-calendar"))
        assert Client().get(address).status_code == 200

    def test_the_address_of_a_disabled_account_answers_no_more(self, here: Office) -> None:
        address = issued(here, "first")
        set_actor(OPERATOR)
        User.objects.filter(pk=here.at("first")).update(is_active=False)
        assert Client().get(address).status_code == 404

    def test_whoever_has_the_wrong_address_learns_nothing_of_why(self, here: Office) -> None:
        ended, _new = issued(here, "first"), issued(here, "first")
        pages = {
            Client().get(address).content for address in (ended, ended.replace("calendar/", "calendar/x"))
        }
        assert len(pages) == 1

    def test_issuing_is_an_act_and_reading_is_none(self, here: Office) -> None:
        with journal() as acts:
            address = issued(here, "first")
            events(address)
        assert (len(acts.of("notices.calendar_issued")), len(acts)) == (1, 1)

    def test_no_secret_gets_into_the_journal_with_a_refusal(self, here: Office) -> None:
        address = issued(here, "first")
        set_actor(OPERATOR)
        User.objects.filter(pk=here.at("first")).update(is_active=False)
        with journal() as acts:
            Client().get(address)
        [refusal] = acts.of("access.refused")
        assert address.rsplit("/", 1)[1].removesuffix(".ics") not in refusal
        assert "notices:feed" in refusal

    def test_issuing_asks_first_who_sits_there(self, here: Office) -> None:
        stale = Reading(here, "first")
        stale.prove(clock.now() - DAY)
        assert stale.post(reverse("notices:issue-calendar")).status_code == 403

    def test_more_deadlines_ask_no_more_questions(self, here: Office) -> None:
        apply(here)
        address = issued(here, "first")
        one = questions_of(Client(), address)
        apply(here)
        apply(here)
        assert questions_of(Client(), address) == one


def issued(here: Office, name: str) -> str:
    """A new address of somebody's calendar, as the page shows it."""
    page = Reading(here, name).post(reverse("notices:issue-calendar"))
    assert page.status_code == 200
    [address] = re.findall(r"<code>http://testserver(/[^<]+)</code>", page.content.decode())
    set_actor(OPERATOR)
    return address


def events(address: str, client: Client | None = None) -> list[dict]:  # type: ignore[type-arg]
    """What the calendar at an address holds, for somebody without a session unless another browser asks."""
    response = (client or Client()).get(address)
    assert response.status_code == 200
    set_actor(OPERATOR)
    return list(Calendar.from_ical(response.content).walk("VEVENT"))
