"""One's own notices on their page: shown without what a matter is about, known one by one or together, never another's."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.approvals.office import KIND, Office, act, apply, office
from tests.home.notices.told import told
from tests.reading import journal, questions_of
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.accounts.models import User
from xiezuo.accounts.sessions import DOOR
from xiezuo.approvals.api import approve, refuse_approval
from xiezuo.approvals.models import Approval
from xiezuo.home.notices.models import Notice
from xiezuo.shared import clock

pytestmark = pytest.mark.usefixtures("reader")


@pytest.fixture
def here(reader: Client) -> Office:
    return office()


@pytest.fixture
def reading(here: Office) -> "Reading":
    return Reading(here, "applicant")


class Reading(Client):
    """Somebody of the office at their browser."""

    def __init__(self, here: Office, name: str) -> None:
        super().__init__(HTTP_ACCEPT_LANGUAGE="en")
        set_actor(OPERATOR)
        self.user = User.objects.get(pk=here.at(name))
        self.force_login(self.user)
        self.prove(clock.now())

    def request(self, **request: Any) -> Any:
        """Ask as the account; what the test does afterwards, it does as the operator again."""
        try:
            return super().request(**request)
        finally:
            set_actor(OPERATOR)

    def prove(self, at: datetime) -> None:
        """When this browser last proved who sits there."""
        session = self.session
        session[DOOR] = {**session[DOOR], "fresh": at.isoformat()}
        session.save()

    def page(self, show: str = "open") -> str:
        """The content of the page of notices."""
        response = self.get(reverse("notices:list"), {"show": show})
        assert response.status_code == 200
        return response.content.decode().split('id="content"')[1]


def refused(here: Office) -> Approval:
    """An application that was refused, of which its applicant is told."""
    approval = apply(here)
    act(here, refuse_approval, approval, "first", said="虚构理由")
    set_actor(OPERATOR)
    return approval


def notice_of(here: Office, name: str) -> Notice:
    set_actor(OPERATOR)
    return Notice.objects.filter(account=here.at(name)).latest("pk")


def test_the_page_says_what_why_and_what_to_do_and_never_what_the_matter_is(here: Office) -> None:
    approval = apply(here)
    shown = Reading(here, "first").page()
    assert "An application waits for your decision" in shown
    assert f"{KIND}-{approval.year}-{here.county.code}-{approval.number}" in shown
    assert "To you, because the rule names you for this step." in shown
    assert f'href="{reverse("inbox:approval", args=[approval.pk])}"' in shown
    assert "虚构事项" not in shown


def test_opening_the_page_clears_nothing(here: Office, reading: Reading) -> None:
    refused(here)
    reading.page()
    reading.page("all")
    assert told(here, "applicant") == [("refused", "own")]


def test_an_information_goes_once_it_is_known(here: Office, reading: Reading) -> None:
    refused(here)
    with journal() as acts:
        response = reading.post(reverse("notices:known"), {"notice": notice_of(here, "applicant").pk})
    assert (response.status_code, told(here, "applicant")) == (302, [])
    assert len(acts.of("notices.known")) == 1
    assert "refused" not in reading.page()
    assert "Your application is refused" in reading.page("all")


def test_what_is_known_twice_is_one_act(here: Office, reading: Reading) -> None:
    refused(here)
    sent = {"notice": notice_of(here, "applicant").pk}
    reading.post(reverse("notices:known"), sent)
    with journal() as acts:
        assert reading.post(reverse("notices:known"), sent).status_code == 302
    assert acts.of("notices.known") == []


def test_a_task_is_not_cleared_by_saying_that_it_is_known(here: Office) -> None:
    apply(here)
    first = Reading(here, "first")
    assert "notices/known" not in first.page()
    response = first.post(reverse("notices:known"), {"notice": notice_of(here, "first").pk})
    assert response.status_code == 409
    assert "until the thing itself is done" in response.content.decode()
    assert told(here, "first") == [("decide", "named")]


def test_all_information_is_known_at_once_and_tasks_stay(here: Office) -> None:
    apply(here)
    refused(here)
    apply(here, by="first")
    second = Reading(here, "second")
    page = second.page()
    assert "all information" not in page
    applicant = Reading(here, "applicant")
    refused(here)
    [until] = re.findall(r'name="until" value="([^"]+)"', applicant.page())
    assert applicant.post(reverse("notices:known"), {"until": until}).status_code == 302
    assert told(here, "applicant") == []
    assert [kind for kind, _why in told(here, "second")] == ["decide", "decide"]


def test_what_came_after_the_page_was_opened_is_not_known_with_it(here: Office, reading: Reading) -> None:
    refused(here)
    [until] = re.findall(r'name="until" value="([^"]+)"', reading.page())
    refused(here)
    reading.post(reverse("notices:known"), {"until": until})
    assert told(here, "applicant") == [("refused", "own")]


def test_anothers_notice_is_as_if_it_were_not_there(here: Office) -> None:
    refused(here)
    stranger = Reading(here, "stranger")
    assert "Nothing here" in stranger.page("all")
    response = stranger.post(reverse("notices:known"), {"notice": notice_of(here, "applicant").pk})
    assert response.status_code == 404
    assert told(here, "applicant") == [("refused", "own")]


def test_the_lists_hold_what_they_say(here: Office, reading: Reading) -> None:
    refused(here)
    approval = apply(here, by="first")
    act(here, approve, approval, "second")
    apply(here)
    first = Reading(here, "first")
    assert "waits for your decision" in first.page("tasks")
    assert "waits for your decision" not in first.page("information")
    assert "is refused" in reading.page("information")
    assert "is refused" not in reading.page("tasks")


@pytest.mark.parametrize(
    "asked", [{"show": "none"}, {"after": "yesterday"}, {"after": "2026-01-01T00:00:00_1"}, {"after": "2026-13-01T00:00:00+00:00_1"}]
)  # fmt: skip
def test_a_broken_address_is_told_in_words(reading: Reading, asked: dict[str, str]) -> None:
    assert reading.get(reverse("notices:list"), asked).status_code == 400


@pytest.mark.parametrize("sent", [{}, {"notice": "x"}, {"until": "yesterday"}, {"until": "2026-01-01"}])
def test_a_form_that_names_nothing_is_told_so(reading: Reading, sent: dict[str, str]) -> None:
    assert reading.post(reverse("notices:known"), sent).status_code == 400


def test_earlier_notices_follow_page_by_page_each_once(here: Office, reading: Reading) -> None:
    set_actor(OPERATOR)
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    made = [
        Notice(account=here.at("applicant"), kind="approved", because="own", about=f"№{n:03}", subject=n, made_at=instant + timedelta(days=n // 3))
        for n in range(70)
    ]  # fmt: skip
    Notice.objects.bulk_create(made)
    seen: list[str] = []
    address = reverse("notices:list")
    while address:
        page = reading.get(address).content.decode()
        seen += re.findall(r"<b>(№\d+)</b>", page)
        found = re.search(r'href="([^"]*after=[^"]+)"', page)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == [f"№{n:03}" for n in reversed(range(70))]


def test_the_bell_counts_what_is_open_on_every_page(here: Office) -> None:
    first = Reading(here, "first")
    bell = re.compile(r'data-count-of="notices"(?: hidden)?>(\d*)<')
    for count in range(3):
        [shown] = bell.findall(first.get(reverse("zones:list")).content.decode())
        assert shown == str(count)
        apply(here)


def test_three_notices_ask_no_more_questions_than_one(here: Office, reading: Reading) -> None:
    refused(here)
    one = questions_of(reading, reverse("notices:list"))
    refused(here)
    refused(here)
    assert questions_of(reading, reverse("notices:list")) == one


def test_a_notice_is_made_at_the_instant_of_the_act(here: Office) -> None:
    now = clock.now()
    apply(here, now=now)
    assert notice_of(here, "first").made_at == now


def test_my_work_shows_the_newest_but_what_the_inbox_shows(here: Office, reading: Reading) -> None:
    refused(here)
    apply(here, by="first")
    page = reading.get(reverse("home:work")).content.decode()
    assert "Your application is refused" in page
    second = Reading(here, "second").get(reverse("home:work")).content.decode()
    assert "Newest notices" not in second
