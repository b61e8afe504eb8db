"""Pages of the work of a team: who reads and acts, what is refused keeps the words, and a page costs the same for many rows."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.collaboration.request_screens.test_request_pages import Door
from tests.collaboration.work.printed import fill, offered, taken
from tests.collaboration.work.working import TODAY, Working, working
from tests.once import fresh, once
from tests.reading import questions_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.audit.models import Entry
from xiezuo.collaboration.models import LogEntry, Task, WorkPlan
from xiezuo.collaboration.work.papers.table import FORMS
from xiezuo.shared.errors import NotThere

pytestmark = pytest.mark.django_db


built = once(working)


@pytest.fixture
def work(built: Working, db: None) -> Working:
    return fresh(built)


def at(work: Working, route: str, *args: Any) -> str:
    return reverse(f"collaboration:{route}", args=[work.row.pk, *args])


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def count(model: Any) -> int:
    with acting_as(OPERATOR):
        return model.objects.count()  # type: ignore[no-any-return]


def test_the_page_of_the_work_is_for_who_reads_the_request(work: Working) -> None:
    told = {name: Door(work.here, name).get(at(work, "work")).status_code for name in ("chief", "asker", "head", "outsider", "mender")}  # fmt: skip
    assert told == {"chief": 200, "asker": 200, "head": 200, "outsider": 404, "mender": 404}
    work.recuse("second")
    assert Door(work.here, "second").get(at(work, "work")).status_code == 404


def test_the_page_costs_the_same_for_one_row_of_each_kind_and_for_three(work: Working) -> None:
    def more() -> None:
        work.task(), work.log(), work.meet(), work.letter(), work.paper()

    browser = Door(work.here, "chief")
    work.plan(), more()
    first = questions_of(browser, at(work, "work"))
    more(), more()
    assert questions_of(browser, at(work, "work")) == first


def test_the_list_of_letters_costs_the_same_for_one_and_for_three(work: Working) -> None:
    browser = Door(work.here, "mender")
    work.letter()
    first = questions_of(browser, reverse("collaboration:letters"))
    work.letter(), work.letter(problems=("甲项", "乙项"))
    assert questions_of(browser, reverse("collaboration:letters")) == first


def test_deeds_are_done_on_their_pages(work: Working) -> None:
    browser, key = Door(work.here, "chief"), uuid4
    done = {
        "plan": {"basis": "批〔2026〕1号", "measures": ["谈话"], "seen": 0}, "task": {"what": "核对第3册"},
        "log": {"day": TODAY, "hours": "2.5", "what": "任务1"},
        "meeting": {"day": TODAY, "resolved": "按方案", "present": [work.members["chief"].pk], "stood_out": 0},
        "letter": {"unit": work.units["next"].pk, "problem_1": "清单第1项"}, "paper": {"name": "方案", "pages": 2},
    }  # fmt: skip
    told = {what: browser.post(at(work, "do-work", what), {"key": key(), **data}).status_code for what, data in done.items()}  # fmt: skip
    assert told == dict.fromkeys(done, 302)
    page = text(browser.get(at(work, "work")))
    for words in ("批〔2026〕1号", "核对第3册", "2.5", "按方案", "方案"):
        assert words in page


def test_what_is_refused_keeps_the_words_and_writes_nothing(work: Working) -> None:
    browser = Door(work.here, "chief")
    answer = browser.post(at(work, "do-work", "task"), {"key": uuid4(), "what": "张伟、王芳"})
    assert (answer.status_code, count(Task)) == (422, 0)
    assert "张伟、王芳" in text(answer)
    assert 'type="checkbox" name="sure"' in text(answer)
    again = browser.post(at(work, "do-work", "task"), {"key": uuid4(), "what": "张伟、王芳", "sure": "on"})
    assert (again.status_code, count(Task)) == (302, 1)


def test_of_two_plans_the_second_keeps_its_words_and_is_saved_once_more(work: Working) -> None:
    browser = Door(work.here, "chief")
    work.plan("second")
    sent = {"key": uuid4(), "basis": "另一依据", "seen": 0}
    answer = browser.post(at(work, "do-work", "plan"), sent)
    assert (answer.status_code, "另一依据" in text(answer)) == (422, True)
    assert 'name="seen" value="1"' in text(answer)
    assert browser.post(at(work, "do-work", "plan"), {**sent, "seen": 1}).status_code == 302
    with acting_as(OPERATOR):
        assert WorkPlan.objects.get(request=work.row).version == 2


def test_who_may_not_is_told_before_the_form(work: Working) -> None:
    assert Door(work.here, "asker").get(at(work, "do-work", "plan")).status_code == 409
    assert Door(work.here, "second").get(at(work, "do-work", "letter")).status_code == 409
    assert Door(work.here, "outsider").get(at(work, "do-work", "log")).status_code == 404
    assert Door(work.here, "chief").get(at(work, "do-work", "nonsense")).status_code == 404
    assert count(LogEntry) == 0


def test_a_task_is_settled_on_its_page(work: Working) -> None:
    task, browser = work.task(), Door(work.here, "second")
    done = reverse("collaboration:settle-task", args=[task.pk, "done"])
    assert browser.post(done, {"key": uuid4(), "done_on": TODAY}).status_code == 302
    assert browser.post(done, {"key": uuid4(), "done_on": TODAY}).status_code == 422
    assert Door(work.here, "outsider").get(done).status_code == 404


def test_the_unit_reads_and_answers_its_letter_without_the_request(work: Working) -> None:
    line = work.letter()[0]
    browser = Door(work.here, "mender")
    page = reverse("collaboration:letter", args=[line.pk])
    shown = text(browser.get(page))
    assert ("清单" in shown, at(work, "request") in shown, work.row.pointer in shown) == (True, False, False)
    answer = reverse("collaboration:do-letter", args=[line.pk, "answer"])
    assert (
        browser.post(answer, {"key": uuid4(), "answer_no": "复1号", "answered_on": TODAY}).status_code == 302
    )
    assert Door(work.here, "far head").get(page).status_code == 404
    assert browser.get(reverse("collaboration:verify-line", args=[line.pk])).status_code == 404


def test_a_line_is_verified_on_its_page(work: Working) -> None:
    line = work.letter()[0]
    browser, page = Door(work.here, "second"), reverse("collaboration:verify-line", args=[line.pk])
    assert browser.post(page, {"key": uuid4(), "outcome": "已改", "evidence_no": "证1号"}).status_code == 302
    assert Door(work.here, "lent").get(page).status_code == 409


def test_the_request_says_whether_its_chain_is_whole(work: Working) -> None:
    work.stands("执行", reason="改过")
    shown = text(Door(work.here, "head").get(at(work, "request")))
    assert ("链条已断" in shown, "链条完整" in shown) == (True, False)


def test_each_form_is_one_page_of_each_kind_and_an_act_in_the_journal(work: Working) -> None:
    fill(work)
    sheets = {code: rows for code, rows in offered(work, "chief").items() if rows}
    assert set(FORMS) - set(sheets) <= {"F10", "F14"}
    before = _taken()
    for code, rows in sheets.items():
        assert len(PdfReader(BytesIO(taken(work, "chief", code, rows[0]))).pages) == 1
        assert taken(work, "chief", code, rows[0], ending="docx")[:2] == b"PK"
    assert _taken() == before + 2 * len(sheets)


def _taken() -> int:
    with acting_as(OPERATOR):
        return Entry.objects.filter(act="request.form_taken").count()


def test_evaluations_are_printed_for_the_two_sides_alone(work: Working) -> None:
    fill(work)
    assert len(offered(work, "chief")["F11"]) == 2
    with acting_as(OPERATOR):
        said = work.row.evaluations.get().pk
    assert said not in offered(work, "leader")["F11"]
    with pytest.raises(NotThere):
        taken(work, "leader", "F11", said)


def test_a_form_of_another_row_or_ending_is_not_there(work: Working) -> None:
    fill(work)
    for form, of, ending in (("F5", 0, "pdf"), ("F99", 0, "pdf"), ("F1", 0, "odt"), ("F9", 1, "pdf")):
        with pytest.raises(NotThere):
            taken(work, "chief", form, of, ending=ending)
