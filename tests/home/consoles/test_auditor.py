"""The auditor searches, counts, verifies, signs and takes out the journal."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.home.consoles.offices import Installation, Seat, set_status, words_of
from xiezuo.accounts.api import OPERATOR
from xiezuo.audit.api import Act, record, verify_file
from xiezuo.home.consoles import tasks, verifying
from xiezuo.home.consoles.views import auditor as screens
from xiezuo.home.consoles.words import act_words, field_words

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 8, 15, 4, 0, tzinfo=UTC)
"""Noon in the time zone of the installation."""


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.JOURNAL_HOME, settings.JOURNAL_HEADS, settings.MEDIA_ROOT = (
        tmp_path,
        tmp_path / "heads.jsonl",
        tmp_path,
    )


@pytest.fixture
def seat(here: Installation) -> Seat:
    return here.seat("shenji")


def note(act: Act, target: str, at: datetime = NOON, **more: object) -> None:
    record(act, by=OPERATOR, at=at, target=target, **more)  # type: ignore[arg-type]


def test_the_journal_is_searched_by_words_act_result_and_chain(seat: Seat) -> None:
    note(Act.BOOK_LOADED, "first.xlsx", commission_code="AAA")
    note(Act.BOOK_REFUSED, "second.xlsx", result="refused")
    assert "first.xlsx" in seat.page("auditor")
    assert "first.xlsx" not in seat.page("auditor", q="second")
    for asked in ({"f.act": "book.loaded"}, {"f.result": "done"}, {"f.of": "AAA"}, {"f.group": "others"}):
        page = seat.page("auditor", **asked)
        assert "first.xlsx" in page, asked
        assert "second.xlsx" not in page, asked
    assert "second.xlsx" in seat.page("auditor", **{"f.of": "*"})


def test_the_journal_is_searched_by_days_and_the_last_is_that_of_the_page(seat: Seat) -> None:
    note(Act.BOOK_LOADED, "on-the-15th")
    note(Act.BOOK_LOADED, "on-the-16th", NOON.replace(day=16))
    assert "on-the-16th" not in seat.page("auditor", on="2022-08-15")
    assert "on-the-15th" not in seat.page("auditor", since="2022-08-16")
    assert "on-the-15th" in seat.page("auditor", since="2022-08-15", on="2022-08-15")


def test_a_day_that_is_none_is_refused_in_words(seat: Seat) -> None:
    answer = seat.get("/consoles/auditor/", {"since": "2022-13-40"})
    assert answer.status_code == 400
    assert "2022-13-40" in answer.content.decode()


def test_fifty_entries_stand_on_a_page_and_the_next_follows_without_a_gap(seat: Seat) -> None:
    for number in range(120):
        note(Act.VIEW_SAVED, f"list-{number:03}")
    listed, after = [], ""
    for _page in range(3):
        answer = seat.get("/consoles/auditor/", {"f.act": "list.view_saved", "after": after})
        table = answer.context["table"]
        listed += [row["target"] for row in table.rows]
        assert len(table.rows) <= 50
        after = table.following.rpartition("after=")[2]
    assert listed == [f"list-{number:03}" for number in reversed(range(120))]


def test_an_entry_shows_the_record_before_and_after_side_by_side(seat: Seat) -> None:
    note(
        Act.DOOR_POLICY_SET,
        "door",
        before={"idle_minutes": 15, "totp_allowed": False},
        after={"idle_minutes": 30, "totp_allowed": False},
    )
    answer = seat.get("/consoles/auditor/", {"f.act": "account.door_policy_set"})
    page = seat.page("entry", answer.context["table"].rows[0]["id"])
    assert f"{field_words('idle_minutes')} 15 30" in page
    assert str(field_words("totp_allowed")) not in page, "what stays is counted only"


def test_an_entry_that_there_is_not_is_told_in_words(seat: Seat) -> None:
    assert seat.get("/consoles/auditor/entries/987654/").status_code == 404


def test_the_picture_counts_each_group_in_its_day_and_its_hour(seat: Seat) -> None:
    note(Act.LOGGED_IN, "somebody")
    note(Act.LOGGED_IN, "somebody", NOON.replace(hour=5))
    note(Act.LOG_IN_REFUSED, "somebody", result="refused")
    note(Act.LIST_EXPORTED, "/people/")
    note(Act.GRANT_PROPOSED, "grant:1")
    note(Act.LOGGED_IN, "somebody", NOON.replace(day=16))
    daily = seat.get("/consoles/auditor/timeline/", {"on": "2022-08-15"}).context["chart"]
    assert [series.values[-1] for series in daily.series] == [2, 1, 1, 1]
    assert sum(daily.series[0].values) == 2
    hourly = seat.get("/consoles/auditor/timeline/", {"on": "2022-08-15", "by": "hour"}).context["chart"]
    assert [hourly.series[0].values[hour] for hour in (11, 12, 13)] == [0, 1, 1]


def test_a_verification_is_an_act_of_the_auditor_and_its_result_is_kept(seat: Seat) -> None:
    note(Act.BOOK_LOADED, "first.xlsx")
    seat.send("verify-now")
    answer = seat.get("/consoles/auditor/verification/")
    [row] = answer.context["table"].rows
    assert (row["actor"], row["result"]["ok"]) == ("shenji", True)
    assert row["entries"]["entries"] > 0


def test_a_broken_journal_is_told_with_the_place_of_the_break(seat: Seat, settings) -> None:  # type: ignore[no-untyped-def]
    note(Act.BOOK_LOADED, "first.xlsx")
    Path(settings.JOURNAL_HEADS).write_text('{"head":{"number":1},"signature":"none"}\n')
    seat.send("verify-now")
    answer = seat.get("/consoles/auditor/verification/")
    [row] = answer.context["table"].rows
    assert row["result"]["ok"] is False
    assert row["result"]["first_break"]["kind"] in words_of(answer)


def test_a_big_journal_is_verified_by_the_worker_and_the_page_shows_how_far(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(Act.BOOK_LOADED, "first.xlsx")
    monkeypatch.setattr(screens, "AT_ONCE", 0)
    seat.send("verify-now")
    seat.send("verify-now")
    [job] = ProcrastinateJob.objects.filter(task_name=tasks.VERIFY)
    verifying.tell(30, 120)
    page = seat.get("/consoles/auditor/verification/")
    assert page.context["progress"].share == 25
    assert seat.get("/consoles/auditor/verification/progress/").status_code == 200
    tasks.verify(**job.args)
    set_status(job.pk, "succeeded")
    answer = seat.get("/consoles/auditor/verification/progress/")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/consoles/auditor/verification/")
    assert len(seat.get("/consoles/auditor/verification/").context["table"].rows) == 1


def test_a_verification_that_already_waits_is_not_asked_for_twice(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(Act.BOOK_LOADED, "first.xlsx")
    monkeypatch.setattr(screens, "AT_ONCE", 0)
    seat.send("verify-now")
    # Behind it another one has failed meanwhile, so that the page offers the button again.
    failed = tasks.verify.configure(queueing_lock="another").defer(actor="shenji", language="en")
    set_status(failed, "failed")
    assert seat.send("verify-now").status_code == 302
    assert ProcrastinateJob.objects.filter(task_name=tasks.VERIFY, status="todo").count() == 1


def test_the_sheet_carries_a_paper_code_of_each_chain_that_was_signed(seat: Seat) -> None:
    note(Act.BOOK_LOADED, "first.xlsx", commission_code="AAA")
    seat.send("sign")
    codes = seat.get("/consoles/auditor/heads/sheet/").context["table"].rows
    assert {row["chain"] for row in codes} >= {"", "AAA"}
    sheet = seat.page("code-sheet")
    assert all(row["code"] in sheet for row in codes)
    assert len(seat.get("/consoles/auditor/heads/").context["table"].rows) == len(codes)


def test_the_export_is_a_file_that_the_separate_verifier_reads(seat: Seat, tmp_path: Path) -> None:
    note(Act.BOOK_LOADED, "first.xlsx")
    answer = seat.send("journal-export")
    assert "attachment" in answer["Content-Disposition"]
    file = tmp_path / "export.jsonl"
    file.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert verify_file(file, None, []).ok
    assert "journal.exported" in seat.get("/consoles/auditor/", {"f.group": "taken-out"}).content.decode()


def test_the_export_asks_for_a_fresh_proof(here: Installation) -> None:
    seat = here.seat("shenji")
    session = seat.session
    del session["door"]["fresh"]
    session.save()
    assert seat.send("journal-export").status_code == 403


def test_every_act_of_the_journal_has_its_words() -> None:
    assert [act.value for act in Act if act_words(act) == act.value] == []
