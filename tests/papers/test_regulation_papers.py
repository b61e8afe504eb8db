"""A regulation on paper: its text as an official document, the overview of the opinions on it."""

import io
from datetime import timedelta
from uuid import uuid4

import docx
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.home.inbox.desks import Desk
from tests.rules.drafting import Drafting, drafting
from xiezuo.accounts.sessions import DOOR
from xiezuo.audit.models import Entry
from xiezuo.rules.consultation_operations import Paper, close_answer, give_opinion, settle_opinion
from xiezuo.rules.models import Edition
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db
TODAY = clock.today()


@pytest.fixture
def here(reader: Client) -> Drafting:
    return drafting()


@pytest.fixture
def asked(here: Drafting) -> Edition:
    """Two units asked: one said something at the screen and one on paper; the first was not followed."""
    edition = here.ask(here.draft())
    first, second = here.asked
    row = here.do(
        here.head(0),
        give_opinion,
        edition=edition,
        unit=first.pk,
        anchor=3,
        text="建议改为三日",
        paper=None,
        key=uuid4(),
    )
    here.do(
        "clerk", give_opinion, edition=edition, unit=second.pk, anchor=None, text="同意全文",
        paper=Paper("虚纪〔2026〕2号", TODAY), key=uuid4(),
    )  # fmt: skip
    here.do("drafter", settle_opinion, opinion=row, outcome="未采纳", reason="与上位规定一致", seen="")
    here.do(here.head(0), close_answer, edition=edition, unit=first.pk)
    return edition


def taken(
    here: Drafting, edition: Edition, name: str = "drafter", route: str = "text-file", ending: str = "docx"
):
    return Desk(here.office, name).get(reverse(f"rules:{route}", args=[edition.pk, ending]))


def read(file: bytes) -> "docx.document.Document":
    return docx.Document(io.BytesIO(file))


def chinese(day) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def test_a_text_prints_its_title_once_its_chapters_in_the_middle_and_the_numbers_of_its_clauses_set_off(
    here: Drafting,
):
    file = read(taken(here, here.draft()).content)
    said = [paragraph for paragraph in file.paragraphs if paragraph.text]
    assert [paragraph.text for paragraph in said[:4]] == [
        "虚构县协作区工作规则（试行）", "（草稿　第1版）", "第一章　总则", "第一条　为规范协作区工作，制定本规则。",
    ]  # fmt: skip
    assert [paragraph.style.name for paragraph in said[2:4]] == ["Heading 1", "Normal"]
    assert [run.text for run in said[3].runs if run.bold] == ["第一条"]


def test_an_issued_text_says_its_number_and_its_days(here: Drafting):
    edition = here.pass_review(here.apply(here.consulted(here.draft()), document_no="虚构〔2026〕1号"))
    lines = [paragraph.text for paragraph in read(taken(here, edition).content).paragraphs]
    until = TODAY + timedelta(days=365)
    assert lines[1] == f"（虚构〔2026〕1号）\n（{chinese(TODAY)}起试行，试行至{chinese(until)}）"
    assert not any("试行）（" in line for line in lines)


def test_the_overview_lists_each_opinion_with_what_became_of_it_and_who_answered(
    here: Drafting, asked: Edition
):
    file = read(taken(here, asked, route="overview-file").content)
    opinions, units = [[[cell.text for cell in row.cells] for row in table.rows[1:]] for table in file.tables]
    assert [row[:2] + row[3:] for row in opinions] == [
        ["1", "全文", "同意全文", "未处理", "", f"补录：纸质件 虚纪〔2026〕2号，{chinese(TODAY)}"],
        ["2", "第一条", "建议改为三日", "未采纳", "与上位规定一致", ""],
    ]
    assert [row[3:] for row in units] == [[chinese(TODAY), "1"], ["未回复", "1"]]
    said = "".join(paragraph.text for paragraph in file.paragraphs)
    assert "共向2家单位征求意见，收到意见2条：采纳0条，部分采纳0条，未采纳1条，待处理1条。" in said
    assert "有权查看" not in said


def test_a_unit_takes_out_its_own_opinions_and_the_sheet_says_that_it_is_not_whole(
    here: Drafting, asked: Edition
):
    file = read(taken(here, asked, here.head(0), "overview-file").content)
    assert [row.cells[3].text for row in file.tables[0].rows[1:]] == ["建议改为三日"]
    assert any("本表仅列打印人有权查看的意见" in paragraph.text for paragraph in file.paragraphs)


@pytest.mark.parametrize(("route", "words"), [("text-file", "第二条"), ("overview-file", "建议改为三日")])
def test_both_are_written_as_pdf_too_and_the_journal_keeps_who_took_them(
    here: Drafting, asked: Edition, route: str, words: str
):
    pages = PdfReader(io.BytesIO(taken(here, asked, route=route, ending="pdf").content)).pages
    assert words in "".join(page.extract_text() for page in pages)
    entry = Entry.objects.get(act="regulation.file_taken")
    assert (entry.actor, entry.target) == (here.office.accounts["drafter"].username, f"edition:{asked.pk}")


@pytest.mark.parametrize("route", ["text-file", "overview-file"])
def test_a_draft_is_not_there_for_who_has_no_part_in_it_and_a_file_asks_for_a_fresh_proof(
    here: Drafting, asked: Edition, route: str
):
    assert taken(here, asked, "outsider", route).status_code == 404
    assert taken(here, asked, route=route, ending="exe").status_code == 404
    browser = Desk(here.office, "drafter")
    session = browser.session
    session[DOOR] = {**session[DOOR], "fresh": None}
    session.save()
    answer = browser.get(reverse(f"rules:{route}", args=[asked.pk, "pdf"]))
    assert (answer.status_code, reverse("accounts:confirm") in answer["Location"]) == (302, True)
