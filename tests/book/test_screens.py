"""The book in the browser: three steps, the loads and their withdrawal, words, files."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from tests.book.sample import put, sample, written
from tests.subjects import Browser
from xiezuo.accounts.api import OPERATOR
from xiezuo.accounts.models import User
from xiezuo.book import draft_operations, files
from xiezuo.book.models import Draft, Load
from xiezuo.organisation.models import Assignment, Commission

pytestmark = pytest.mark.usefixtures("actor")


@pytest.fixture(autouse=True)
def plain_static(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "files", tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def clerk(actor):
    Commission.objects.create(code="AL", name="安澜县纪委监委（虚构）", region="安澜县")
    return Browser(User.objects.create_user("clerk"))


def send(client, content):
    answer = client.post(reverse("book:upload"), {"book": SimpleUploadedFile("台账.xlsx", content)})
    assert answer.status_code == 302
    return answer["Location"]


def test_a_book_is_chosen_looked_at_and_confirmed(clerk):
    draft = send(clerk, written(sample()))
    page = clerk.get(draft).content.decode()
    assert "安澜县纪委监委" in page
    assert not Assignment.objects.exists()
    assert clerk.post(f"{draft}load/")["Location"] == reverse("book:loads")
    assert Assignment.objects.count() == 4
    assert "台账.xlsx" in clerk.get(reverse("book:loads")).content.decode()
    assert Load.objects.get().by == "clerk"


def test_a_book_with_errors_shows_their_cells_gives_a_marked_copy_and_cannot_be_loaded(clerk):
    sheets = sample()
    put(sheets, "任职", 2, "职务", "党委委员、纪委书记")
    draft = send(clerk, written(sheets))
    page = clerk.get(draft).content.decode()
    assert "党委委员、纪委书记" in page
    marked = b"".join(clerk.get(f"{draft}marked/").streaming_content)
    assert load_workbook(io.BytesIO(marked))["任职"]["C2"].comment is not None
    assert clerk.post(f"{draft}load/").status_code == 409
    assert not Assignment.objects.exists()


def test_a_word_is_mapped_on_screen_before_the_county_is_known(clerk):
    sheets = sample()
    put(sheets, "任职", 2, "职务", "党委委员、纪委书记")
    send(clerk, written(sheets))
    address = f"{reverse('book:words')}?commission=AL&column=职务&word=党委委员、纪委书记"
    assert "党委委员、纪委书记" in clerk.get(address).content.decode()
    told = {"column": "职务", "word": "党委委员、纪委书记", "meaning": "总书记官"}
    assert clerk.post(address, told).status_code == 422
    clerk.post(address, {**told, "meaning": "书记"})
    draft = send(clerk, written(sheets))
    clerk.post(f"{draft}load/")
    assert Assignment.objects.filter(post="书记").count() == 3


def test_what_is_no_workbook_is_said_on_the_page(clerk):
    draft = send(clerk, b"%PDF-1.7 and so on")
    assert ".xlsx" in clerk.get(draft).content.decode()
    assert clerk.post(f"{draft}load/").status_code == 409


def test_the_last_load_is_withdrawn_with_a_reason(clerk):
    clerk.post(f"{send(clerk, written(sample()))}load/")
    assert clerk.post(reverse("book:withdraw"), {"reason": ""}).status_code == 422
    clerk.post(reverse("book:withdraw"), {"reason": "版本不对"})
    assert Load.objects.get().withdrawn_because == "版本不对"
    assert not Assignment.objects.current().exists()
    assert "版本不对" in clerk.get(reverse("book:loads")).content.decode()


def test_the_ledger_and_the_empty_book_can_be_taken_away(clerk):
    clerk.post(f"{send(clerk, written(sample()))}load/")
    for route in ("book:export", "book:template"):
        answer = clerk.get(reverse(route))
        assert "任职" in load_workbook(io.BytesIO(answer.content)).sheetnames
        assert "attachment" in answer["Content-Disposition"]


def test_an_upload_is_shown_to_nobody_else(clerk):
    draft = send(clerk, written(sample()))
    assert Browser(User.objects.create_user("other")).get(draft).status_code == 404


def test_uploads_go_after_seven_days(clerk):
    send(clerk, written(sample()))
    kept = files.book_of(Draft.objects.get().stored_as)
    assert kept.exists()
    draft_operations.forget_old_drafts(now=datetime.now(UTC) + timedelta(days=8))
    assert not kept.exists()
    assert not Draft.objects.exists()


def test_a_big_book_is_checked_by_the_worker_and_the_page_asks_how_far_it_is(clerk, monkeypatch):
    monkeypatch.setattr("xiezuo.book.views.LARGE_BYTES", 10)
    draft = send(clerk, written(sample()))
    assert "progress" in clerk.get(draft).content.decode()
    assert clerk.get(f"{draft}progress/").status_code == 200
    kept = Draft.objects.get()
    draft_operations.check_draft(draft=kept, by=OPERATOR, now=datetime.now(UTC))
    assert clerk.get(f"{draft}progress/")["HX-Redirect"] == draft
