"""Screens of corrections: the ledger before and after, a proposal instead of the change, and what is under way."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages

from tests.approvals.office import Office, act, keep_rules, office
from tests.subjects import Browser
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.accounts.models import User
from xiezuo.approvals.api import TO_APPLICANT, Approval, number_of, send_back
from xiezuo.book.models import Correction
from xiezuo.organisation.models import Assignment

pytestmark = pytest.mark.usefixtures("actor")


@pytest.fixture
def here(actor: None, settings: Any) -> Office:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    built = office()
    keep_rules(built)
    set_actor(OPERATOR)
    return built


def clerk_of(here: Office, name: str = "clerk") -> Browser:
    return Browser(
        User.objects.get(pk=here.at(name)), headers={"accept-language": "en", "accept": "text/html"}
    )


def post_of(here: Office) -> Assignment:
    set_actor(OPERATOR)
    return Assignment.objects.current().get(person=here.people["stranger"])


def words_of(answer: Any) -> str:
    return answer.content.decode()


def told(here: Office, **more: Any) -> dict[str, Any]:
    said = {
        "unit": str(here.unit.pk), "post": "副书记", "engagement": "专职", "status": "在编", "moves": ["调入"],
        "starts": "2020-01-01", "reason": "任免文件核对",
    }  # fmt: skip
    return {**said, **more}


def checked(clerk: Browser, path: str, sent: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The second step: its words, and what its confirmation sends."""
    words = words_of(clerk.post(path, {**sent, "step": "check"}))
    form: dict[str, Any] = {"step": "confirm"}
    for name, value in re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)">', words):
        form[name] = [*form.get(name, []), value]
    return words, form


def proposed(here: Office, clerk: Browser, **more: Any) -> tuple[str, dict[str, Any], Any]:
    path = f"/people/posts/{post_of(here).pk}/correct/"
    words, form = checked(clerk, path, told(here, **more))
    assert "Propose the correction" in words
    return path, form, clerk.post(path, form)


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_what_is_confirmed_is_proposed_and_the_ledger_stays(here: Office) -> None:
    _path, _form, answer = proposed(here, clerk_of(here))
    assert answer.status_code == 302
    assert "takes effect once a second person has agreed" in said(answer)[0]
    correction = Correction.objects.get()
    assert (correction.changes["post"], post_of(here).post) == ("副书记", "科员")


def test_one_form_sent_twice_proposes_once(here: Office) -> None:
    clerk = clerk_of(here)
    path, form, _first = proposed(here, clerk)
    again = clerk.post(path, form)
    assert "already entered" in said(again)[-1]
    assert Correction.objects.count() == Approval.objects.count() == 1


def test_the_page_of_the_person_says_what_is_under_way_and_offers_no_second_correction(here: Office) -> None:
    clerk = clerk_of(here)
    post = post_of(here)
    assert f"/people/posts/{post.pk}/correct/" in words_of(clerk.get(f"/people/{post.person_id}/"))
    proposed(here, clerk)
    approval = Approval.objects.select_related("commission").get()
    page = words_of(clerk.get(f"/people/{post.person_id}/"))
    assert f"Correction {number_of(approval)} under way" in page
    assert f"/inbox/{approval.pk}/" in page
    assert f"/people/posts/{post.pk}/correct/" not in page
    answer = clerk.get(f"/people/posts/{post.pk}/strike/")
    assert number_of(approval) in said(answer)[-1]


def test_what_was_returned_is_offered_as_it_was_proposed_and_mended(here: Office) -> None:
    clerk = clerk_of(here)
    path, _form, _answer = proposed(here, clerk)
    act(here, send_back, Approval.objects.get(), "checker", to=TO_APPLICANT, said="职务有误。")
    set_actor(OPERATOR)
    form = words_of(clerk.get(path))
    assert re.search(r'name="post"[^>]*value="副书记"|value="副书记"[^>]*name="post"', form)
    assert "任免文件核对" in form
    proposed(here, clerk, post="纪检委员")
    assert Correction.objects.get().changes["post"] == "纪检委员"
    assert Approval.objects.get().state == "审批中"


def test_the_ledger_before_and_after_is_taken_back(here: Office) -> None:
    words, _form = checked(clerk_of(here), f"/people/posts/{post_of(here).pk}/correct/", told(here))
    assert "<del>科员</del>" in words
    assert post_of(here).known_until is None
    assert not Correction.objects.exists()
