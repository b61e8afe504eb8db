"""The printed form of an application: before it is decided, after, with entries from paper; and the way back to it."""

import io
from datetime import timedelta

import docx
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.approvals.office import KIND, Office, act, apply, now_of, office
from tests.home.inbox.desks import Desk
from xiezuo.accounts.api import OPERATOR, acting_as, as_the_product, set_actor
from xiezuo.accounts.sessions import DOOR
from xiezuo.approvals.api import (
    TO_APPLICANT,
    Kind,
    Matter,
    approve,
    confirm_paper,
    delegate,
    enter_paper,
    number_of,
    register,
    send_back,
    withdraw,
)
from xiezuo.approvals.models import Approval, SignerRow
from xiezuo.approvals.states import Mode
from xiezuo.audit.models import Entry
from xiezuo.shared import clock
from xiezuo.ui.links import is_this_machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(reader: Client) -> Office:
    return office()


def taken(here: Office, approval: Approval, name: str = "applicant", ending: str = "pdf", **more: str):
    return Desk(here, name).get(reverse("inbox:form", args=[approval.pk, ending]), **more)


def words(here: Office, approval: Approval, **more: str) -> str:
    """What the page says, without its line breaks; it is one page."""
    pages = PdfReader(io.BytesIO(taken(here, approval, **more).content)).pages
    assert len(pages) == 1
    return "".join(pages[0].extract_text().split())


def rows(here: Office, approval: Approval) -> list[list[str]]:
    """The lines of the chain in the Word file, without its head."""
    file = docx.Document(io.BytesIO(taken(here, approval, ending="docx").content))
    cells = [[cell.text for cell in _cells(row)] for row in file.tables[1].rows]
    start = next(at for at, row in enumerate(cells) if row[0] == "环节")
    return cells[start + 1 :]


def _cells(row):
    """Each cell once, however many columns it spans."""
    seen: list[object] = []
    for cell in row.cells:
        if cell._tc not in seen:
            seen.append(cell._tc)
            yield cell


def called(here: Office, name: str) -> str:
    user = here.accounts[name]
    return user.get_full_name() or user.username


def seat(approval: Approval, here: Office, name: str) -> int:
    set_actor(OPERATOR)
    return SignerRow.objects.get(approval=approval, account=here.at(name)).pk


def test_before_the_decision_the_form_leaves_room_for_everybody_who_is_to_sign(here: Office):
    approval = apply(here, Mode.ALL_OF, Mode.ANY_OF)
    found = rows(here, approval)
    assert [(row[0], row[1]) for row in found] == [
        ("第1级", called(here, "first")), ("第1级", called(here, "second")), ("第2级", ""),
    ]  # fmt: skip
    assert all("□同意" in row[2] and "签字" in row[2] for row in found)
    assert found[2][5] == "按签批当日分工"
    page = words(here, approval)
    assert number_of(approval) in page
    assert page.count("事项虚构事项") == 1, "the matter repeats what the form says of every application"


def test_one_line_is_signed_by_any_of_several(here: Office):
    found = rows(here, apply(here, Mode.ANY_OF))
    assert found[0][1] == f"{called(here, 'first')}、{called(here, 'second')}"
    assert found[0][5] == "任一人签批即可"


def test_a_decision_stands_with_its_words_and_day_also_after_a_return(here: Office):
    approval = apply(here, Mode.ANY_OF, Mode.ANY_OF)
    act(here, approve, approval, "first", said="同意，情况属实")
    act(here, send_back, approval, "secretary", to=TO_APPLICANT, said="请补依据")
    found = rows(here, approval)
    today = clock.today()
    day = f"{today.year}年\n{today.month}月{today.day}日"
    assert found[0][:4] == ["第1级", called(here, "first"), "同意，情况属实", day]
    assert found[1][:3] == ["第2级", called(here, "secretary"), "退回补正\n请补依据"]
    assert [row[0] for row in found[2:]] == ["第1级", "第2级"]
    assert all("签字" in row[2] for row in found[2:])


def test_a_decision_from_paper_is_marked_with_its_number_until_somebody_confirms_it(here: Office):
    approval = apply(here, Mode.ANY_OF)
    paper_day = clock.today() - timedelta(days=3)
    first = seat(approval, here, "first")
    act(
        here,
        enter_paper,
        approval,
        "clerk",
        signer=first,
        number="安纪审〔2026〕12号",
        on=paper_day,
        said="同意",
    )
    row = rows(here, approval)[0]
    assert row[1] == called(here, "first")
    assert row[3] == f"{paper_day.year}年\n{paper_day.month}月{paper_day.day}日"
    assert row[5] == "补录：纸质件 安纪审〔2026〕12号，待确认"
    assert "补录待确认" in words(here, approval)
    act(here, confirm_paper, approval, "checker", signer=first)
    assert rows(here, approval)[0][5] == f"补录：纸质件 安纪审〔2026〕12号，{called(here, 'checker')}已确认"
    assert "补录待确认" not in words(here, approval)


def test_the_entry_from_paper_begins_with_the_number_that_stands_on_the_sheet(here: Office):
    approval = apply(here, Mode.ANY_OF)
    page = Desk(here, "clerk").get(reverse("inbox:approval", args=[approval.pk])).content.decode()
    field = next(each for each in page.split("<input") if 'id="paper_number"' in each)
    assert f'value="{number_of(approval)}"' in field.split(">")[0]


def test_who_signs_for_somebody_absent_says_for_whom(here: Office):
    approval = apply(here, Mode.ALL_OF)
    with acting_as(here.actor("first")) as by:
        delegate(
            commission=here.county.pk, absent=here.at("first"), stand_in=here.at("stranger"), starts=clock.today(),
            ends=clock.today() + timedelta(days=2), reason="外出", by=by, now=clock.now(),
        )  # fmt: skip
    act(here, approve, approval, "stranger")
    row = rows(here, approval)[0]
    assert (row[1], row[5]) == (called(here, "stranger"), f"代{called(here, 'first')}审批")


def test_a_settled_form_has_nothing_left_to_sign_and_a_withdrawn_one_says_that_its_number_is_cancelled(
    here: Office,
):
    approved, withdrawn = apply(here, Mode.ANY_OF), apply(here, Mode.ANY_OF)
    act(here, approve, approved, "first")
    act(here, withdraw, withdrawn, "applicant")
    assert "签字" not in words(here, approved)
    assert "已批准" in words(here, approved)
    assert rows(here, withdrawn) == []
    assert "编号作废" in words(here, withdrawn)


def test_the_form_shows_what_a_signer_must_see_and_of_many_changes_how_many_there_are(here: Office):
    changes = [(f"第{n}项", "旧" * 200, "新") for n in range(1, 21)]
    matter = Matter([("事由", "日期录入有误"), ("附注", "")], changes)
    kind = Kind("虚构更正", "更正", "台账更正", lambda _by, _commission: [], lambda _approval: matter)
    register(kind)
    approval = apply(here, Mode.ANY_OF)
    with as_the_product():
        Approval.objects.filter(pk=approval.pk).update(kind=kind.code)
    page = words(here, now_of(approval))
    assert "台账更正审批单" in page
    assert "事由日期录入有误" in page
    assert "附注" not in page
    assert "第12项" in page
    assert "第13项" not in page
    assert "另有8处变更，见记录" in page


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_taking_a_form_is_in_the_journal_and_asks_for_a_fresh_proof(here: Office, ending: str):
    approval = apply(here)
    taken(here, approval, "first", ending)
    entry = Entry.objects.filter(act="approvals.form_taken").get()
    assert entry.actor == here.accounts["first"].username
    assert entry.details["file"] == f"form.{ending}"
    browser = Desk(here, "first")
    session = browser.session
    session[DOOR] = {**session[DOOR], "fresh": None}
    session.save()
    stale = browser.get(reverse("inbox:form", args=[approval.pk, ending]))
    assert stale.status_code == 302
    assert reverse("accounts:confirm") in stale["Location"]


def test_a_form_is_there_for_who_sees_the_application_and_for_nobody_else(here: Office):
    approval = apply(here)
    assert [taken(here, approval, name).status_code for name in ("applicant", "first", "clerk", "stranger")] == [
        200, 200, 200, 404,
    ]  # fmt: skip
    assert taken(here, approval, ending="xlsx").status_code == 404


def test_the_code_leads_back_to_the_record_and_hidden_and_unknown_numbers_answer_alike(here: Office):
    approval = apply(here)
    address = reverse("inbox:by-number", args=[number_of(approval)])
    led = Desk(here, "first").get(address)
    assert led["Location"] == reverse("inbox:approval", args=[approval.pk])
    hidden = Desk(here, "stranger").get(address)
    unknown = [f"{KIND}-2026-{here.county.code}-999999999", f"{KIND}-2026-XX-1", "没有", "更正-1-A-1"]
    others = [Desk(here, "stranger").get(reverse("inbox:by-number", args=[number])) for number in unknown]
    assert {answer.status_code for answer in (hidden, *others)} == {404}
    said = "没有这项审批，或者您无权查看。"
    assert all(said in answer.content.decode() for answer in (hidden, *others))


def test_the_code_holds_the_address_where_there_is_one_and_else_the_number(here: Office):
    approval = apply(here)
    number = number_of(approval)
    said = {
        host: _says(taken(here, approval, ending="docx", headers={"host": host}).content)
        for host in ("testserver", "127.0.0.1:8000", "localhost", "[::1]:8000")
    }
    assert said.pop("testserver") == "http://testserver" + reverse("inbox:by-number", args=[number])
    assert set(said.values()) == {number}
    assert not is_this_machine("10.20.30.40")


def _says(file: bytes) -> str:
    """What the code says to whoever has the picture read out."""
    xml = docx.Document(io.BytesIO(file)).element.xml
    return xml.split('descr="')[1].split('"')[0]
