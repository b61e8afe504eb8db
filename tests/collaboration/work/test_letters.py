"""Rectification letters: sent, answered, extended once, verified once, given out a second time."""

from typing import Any
from uuid import uuid4

import pytest

from tests.collaboration.work.working import DAY, TODAY, Working, now_of, refused, working
from tests.once import fresh, once
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.audit.models import Entry
from xiezuo.collaboration.events import letter_sent
from xiezuo.collaboration.models import Letter, Request
from xiezuo.collaboration.queries.work import letter_shown, letters_seen
from xiezuo.collaboration.work.asked import Problem
from xiezuo.collaboration.work.letter_operations import answer_letter, ask_more_time, extend_letter
from xiezuo.shared.errors import NotThere

pytestmark = pytest.mark.django_db


built = once(working)


@pytest.fixture
def work(built: Working, db: None) -> Working:
    return fresh(built)


def answer(work: Working, letter: Letter, by: str = "mender", **more: Any) -> Any:
    given = {"letter": letter, "answer_no": "复〔2026〕2号", "answered_on": TODAY} | more
    return work.do(by, answer_letter, **given)


def test_a_letter_is_due_by_the_deadline_of_the_rules_and_keeps_its_edition(work: Working) -> None:
    first, second = work.letter(problems=("清单第1项", "清单第2项"))
    assert (first.number, first.position, second.position) == (1, 1, 2)
    assert first.due_on == first.first_due_on == second.due_on == TODAY + 30 * DAY
    assert first.rule is not None
    assert work.letter()[0].number == 2


def test_the_leader_of_the_team_and_the_head_in_the_lead_send_letters(work: Working) -> None:
    assert work.letter("head")
    assert refused(work.letter, "second") == ["not-leader"]
    assert refused(work.letter, "asker") == ["not-leader"]


def test_a_letter_needs_a_problem_without_contents_and_a_unit(work: Working) -> None:
    assert refused(work.letter, problems=()) == ["problem"]
    assert refused(work.letter, problems=(" ",)) == ["problem"]
    assert refused(work.letter, problems=("电话13912345678",)) == ["problem"]
    assert refused(work.letter, problems=("涉嫌事项",)) == ["problem"]
    assert work.letter(problems=("涉嫌事项台账",), sure=True)


def test_a_letter_is_told_once(work: Working) -> None:
    told: list[int] = []

    def hear(letters: list[Letter], **_more: Any) -> None:
        told.append(len(letters))

    key = uuid4()
    letter_sent.handled_by(hear)
    try:
        sent, again = work.letter(key=key, problems=("甲项", "乙项")), work.letter(key=key)
    finally:
        letter_sent._handlers.remove(hear)
    assert [each.pk for each in sent] == [each.pk for each in again]
    assert told == [2]


def test_the_unit_sees_its_letter_and_not_the_request(work: Working) -> None:
    letter = work.letter()[0]
    with acting_as(work.here.actor("mender")):
        assert [each.pk for each in letters_seen(work.row.commission)] == [letter.pk]
        assert letter_shown(work.row.commission, letter.pk) == [letter]
        assert not Request.objects.exists()
    with acting_as(work.here.actor("far head")):
        assert not letters_seen(work.row.commission)
        with pytest.raises(NotThere):
            letter_shown(work.row.commission, letter.pk)


def test_the_head_of_the_unit_answers_once(work: Working) -> None:
    letter = work.letter(problems=("甲项", "乙项"))[0]
    assert {each.answer_no for each in answer(work, letter)} == {"复〔2026〕2号"}
    assert refused(answer, work, letter) == ["answered"]
    assert refused(answer, work, letter, "chief") == ["not-head"]


def test_an_answer_has_a_number_and_a_day_after_the_letter(work: Working) -> None:
    letter = work.letter()[0]
    assert refused(answer, work, letter, answer_no="") == ["answer_no"]
    assert refused(answer, work, letter, answered_on=TODAY - DAY) == ["answered_on"]
    assert refused(answer, work, letter, answered_on=TODAY + DAY) == ["answered_on"]


def test_the_contact_leader_gives_more_time_once_and_the_first_day_stays(work: Working) -> None:
    letter = work.letter()[0]
    work.do("mender", ask_more_time, letter=letter, because="工期顺延")
    given = {"letter": letter, "days": 15, "said": "同意"}
    assert refused(work.do, "head", extend_letter, **given) == ["not-contact"]
    line = work.do("leader", extend_letter, **given)[0]
    assert (line.due_on, line.first_due_on) == (TODAY + 45 * DAY, TODAY + 30 * DAY)
    assert "extensions" in refused(work.do, "leader", extend_letter, **given)


@pytest.mark.parametrize(("days", "fits"), [(0, False), (1, True), (30, True), (31, False)])
def test_more_time_is_at_most_the_limit_itself(work: Working, days: int, fits: bool) -> None:
    letter = work.letter()[0]
    work.do("mender", ask_more_time, letter=letter, because="工期顺延")
    given = {"letter": letter, "days": days, "said": "同意"}
    if fits:
        assert work.do("leader", extend_letter, **given)[0].due_on == TODAY + (30 + days) * DAY
    else:
        assert refused(work.do, "leader", extend_letter, **given) == ["days"]


def test_more_time_is_asked_for_by_the_unit_while_there_is_some(work: Working) -> None:
    letter = work.letter()[0]
    assert refused(work.do, "chief", ask_more_time, letter=letter, because="工期") == ["not-head"]
    assert refused(work.do, "mender", ask_more_time, letter=letter, because="") == ["because"]
    with acting_as(OPERATOR):
        Letter.objects.update(sent_on=TODAY - 40 * DAY, due_on=TODAY - DAY)
    assert refused(work.do, "mender", ask_more_time, letter=letter, because="工期") == ["late"]


def test_own_staff_verify_with_evidence_and_each_problem_once(work: Working) -> None:
    line = work.letter()[0]
    assert refused(work.verify, line, by="lent") == ["not-own-staff"]
    assert refused(work.verify, line, by="asker") == ["not-own-staff"]
    assert refused(work.verify, line, evidence_no="") == ["evidence_no"]
    assert refused(work.verify, line, outcome="") == ["outcome"]
    assert work.verify(line).verified_on == TODAY
    assert refused(work.verify, line, by="chief") == ["verified"]


def test_nobody_verifies_what_the_own_unit_mended(work: Working) -> None:
    line = work.letter(unit="lead")[0]
    assert refused(work.verify, line) == ["own-unit"]
    assert refused(work.verify, line, by="head") == ["own-unit"]
    with pytest.raises(NotThere):
        work.verify(work.letter()[0], by="mender")


def test_what_was_not_rectified_is_given_out_again_once(work: Working) -> None:
    line = work.letter()[0]
    second = Problem("清单第1项", again=line.pk)
    assert refused(work.letter, problems=(second,)) == ["again"]
    work.verify(line, "未改")
    assert refused(work.letter, unit="far", problems=(second,)) == ["again"]
    repeat = work.letter(problems=(second,))[0]
    assert repeat.again_id == line.pk
    assert refused(work.letter, problems=(second,)) == ["again"]
    work.verify(repeat, "未改")
    assert refused(work.letter, problems=(Problem("清单", again=repeat.pk),)) == ["again"]


def test_the_journal_tells_of_letters_without_their_words(work: Working) -> None:
    work.verify(work.letter()[0])
    with acting_as(OPERATOR):
        rows = Entry.objects.filter(act__startswith="request.letter")
        assert [each.act for each in rows.order_by("pk")] == ["request.letter_sent", "request.letter_verified"]  # fmt: skip
        assert not [each for each in rows if "清单" in str(each.details)]
    assert now_of(work.row).pk
