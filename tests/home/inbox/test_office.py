"""Stand-ins, phrases, the register of numbers, hand-over."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.approvals.office import Office, act, apply, form_of, now_of
from tests.home.inbox.desks import Desk, text_of
from xiezuo.approvals.api import withdraw
from xiezuo.approvals.models import Delegation, Phrase
from xiezuo.shared import clock


def absence(here: Office, stand_in: str, absent: str = "first", **more: str) -> dict[str, str]:
    """A form of a delegation as a browser sends it."""
    today = clock.today()
    days = {"starts": today.isoformat(), "last": (today + timedelta(days=2)).isoformat()}
    return {
        "absent": str(here.at(absent)),
        "stand_in": str(here.at(stand_in)),
        "reason": "培训",
        **days,
    } | more


def test_somebody_names_a_stand_in_who_then_decides_in_their_place(here: Office) -> None:
    approval = apply(here)
    assert (
        Desk(here, "first").post(reverse("inbox:delegations"), absence(here, "secretary")).status_code == 302
    )
    stand_in = Desk(here, "secretary")
    assert here.accounts["first"].username in text_of(
        stand_in.get(reverse("inbox:delegations")).content.decode()
    )
    assert f"代{here.accounts['first'].username}同意" in text_of(stand_in.opens(approval))
    stand_in.does("decide", approval, verb="approve", said="代为同意")
    shown = text_of(Desk(here, "first").opens(approval))
    assert f"{here.accounts['secretary'].username}代签" in shown


def test_a_loop_is_refused_in_words(here: Office) -> None:
    Desk(here, "first").post(reverse("inbox:delegations"), absence(here, "second"))
    answer = Desk(here, "second").post(reverse("inbox:delegations"), absence(here, "first", absent="second"))
    assert answer.status_code == 422
    assert "绕回到外出人员本人" in answer.content.decode()


def test_nobody_but_the_office_enters_the_absence_of_another(here: Office) -> None:
    foreign = absence(here, "secretary", absent="second")
    assert Desk(here, "first").post(reverse("inbox:delegations"), foreign).status_code == 422
    assert Desk(here, "clerk").post(reverse("inbox:delegations"), foreign).status_code == 302
    assert Delegation.objects.get().absent == here.at("second")


def test_a_delegation_is_ended_by_whoever_is_absent_and_hidden_from_others(here: Office) -> None:
    Desk(here, "first").post(reverse("inbox:delegations"), absence(here, "secretary"))
    made = Delegation.objects.get()
    end = reverse("inbox:end-delegation", args=[made.pk])
    assert Desk(here, "stranger").post(end).status_code == 404
    assert Desk(here, "secretary").post(end).status_code == 403
    assert Desk(here, "first").post(end).status_code == 302
    made.refresh_from_db()
    assert made.ended_on == clock.today()


def test_a_phrase_of_ones_own_is_kept_offered_and_dropped(here: Office) -> None:
    desk, approval = Desk(here, "first"), apply(here)
    sent = {"verb": "approve", "words": "同意，抓紧办理。"}
    assert desk.post(reverse("inbox:phrases"), sent).status_code == 302
    assert 'data-phrase="同意，抓紧办理。"' in desk.opens(approval)
    assert "同意，抓紧办理。" not in Desk(here, "second").opens(approval)
    phrase = Phrase.objects.get()
    assert Desk(here, "second").post(reverse("inbox:drop-phrase", args=[phrase.pk])).status_code == 404
    assert desk.post(reverse("inbox:drop-phrase", args=[phrase.pk])).status_code == 302
    assert not Phrase.objects.exists()


def test_an_empty_phrase_is_refused_on_its_form(here: Office) -> None:
    answer = Desk(here, "first").post(reverse("inbox:phrases"), {"verb": "approve", "words": "  "})
    assert answer.status_code == 422
    assert not Phrase.objects.exists()


def test_the_register_shows_every_number_and_what_was_cancelled(here: Office) -> None:
    kept, gone = apply(here), apply(here)
    act(here, withdraw, gone, "applicant")
    page = text_of(Desk(here, "clerk").get(reverse("inbox:numbers")).content.decode())
    for each in (kept, gone):
        assert f"-{here.county.code}-{each.number}" in page
    assert "已撤回" in page


def test_open_work_of_who_left_is_found_and_handed_over(here: Office) -> None:
    approval, clerk = apply(here), Desk(here, "clerk")
    here.accounts["applicant"].is_active = False
    here.accounts["applicant"].save()
    page = clerk.get(reverse("inbox:open-work"), {"account": here.at("applicant")}).content.decode()
    address = reverse("inbox:hand-over", args=[approval.pk])
    assert address in page
    assert clerk.get(address, {"account": here.at("applicant")}).status_code == 200
    form = form_of(approval)
    sent = {
        "key": str(form.key),
        "seen": form.seen,
        "account": here.at("applicant"),
        "to": here.at("stranger"),
    }
    assert clerk.post(address, sent).status_code == 422
    assert clerk.post(address, {**sent, "said": "人员调整"}).status_code == 302
    assert now_of(approval).applicant == here.at("stranger")


@pytest.mark.parametrize("route", ["inbox:numbers", "inbox:open-work"])
def test_the_registers_are_for_the_case_management_office(here: Office, route: str) -> None:
    assert Desk(here, "first").get(reverse(route)).status_code == 403


def test_a_hand_over_names_a_person_or_is_refused_in_words(here: Office) -> None:
    answer = Desk(here, "clerk").get(reverse("inbox:hand-over", args=[apply(here).pk]), {"account": "x"})
    assert answer.status_code == 400
