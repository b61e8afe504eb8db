"""One application on one page: who sees it, what may be done, and what is told when it may not."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.approvals.office import KIND, Office, apply, now_of
from tests.home.inbox.desks import Desk, text_of
from xiezuo.approvals.api import kind_of, register
from xiezuo.approvals.models import Move
from xiezuo.approvals.states import ApprovalState, Mode, Verb


def test_whoever_takes_no_part_is_told_that_there_is_no_such_application(here: Office) -> None:
    approval = apply(here)
    stranger = Desk(here, "stranger")
    hidden = stranger.get(reverse("inbox:approval", args=[approval.pk]))
    missing = stranger.get(reverse("inbox:approval", args=[999_999_999]))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert "虚构事项" not in hidden.content.decode()


def test_opening_it_marks_it_read_for_who_is_asked_and_for_nobody_else(here: Office) -> None:
    approval = apply(here)
    Desk(here, "applicant").opens(approval)
    Desk(here, "clerk").opens(approval)
    assert not now_of(approval).read
    Desk(here, "first").opens(approval)
    assert now_of(approval).read
    Desk(here, "first").opens(approval)
    assert Move.objects.filter(approval=approval, verb=Verb.READ).count() == 1


@pytest.mark.parametrize("way", ["head", "prefetch"])
def test_a_browser_that_only_fetches_ahead_opens_nothing(here: Office, way: str) -> None:
    approval, desk = apply(here), Desk(here, "first")
    address = reverse("inbox:approval", args=[approval.pk])
    if way == "head":
        desk.head(address)
    else:
        desk.get(address, headers={"Sec-Purpose": "prefetch;prerender"})
    assert not now_of(approval).read


def test_after_a_decision_the_next_that_waits_is_opened_with_a_way_back(here: Office) -> None:
    first, second, third = apply(here), apply(here), apply(here)
    desk = Desk(here, "first")
    assert "第 2 件，共 3 件" in text_of(desk.opens(second))
    after = desk.does("decide", second, verb="approve", said="同意。")
    assert after["Location"] == reverse("inbox:approval", args=[third.pk])
    shown = desk.get(after["Location"]).content.decode()
    assert reverse("inbox:approval", args=[second.pk]) in shown
    assert desk.does("decide", third, verb="approve")["Location"] == reverse(
        "inbox:approval", args=[first.pk]
    )
    assert desk.does("decide", first, verb="approve")["Location"] == reverse("inbox:list")


def test_the_same_form_sent_twice_decides_once_and_answers_alike(here: Office) -> None:
    approval, desk = apply(here), Desk(here, "first")
    sent = {"key": str(uuid4()), "seen": now_of(approval).edition, "verb": "approve"}
    one = desk.does("decide", approval, **sent)
    two = desk.does("decide", approval, **sent)
    assert one.status_code == two.status_code == 302
    assert one["Location"] == two["Location"]
    assert Move.objects.filter(approval=approval, verb=Verb.APPROVE).count() == 1


def test_a_stale_page_tells_what_changed_and_keeps_the_words_that_were_typed(here: Office) -> None:
    approval = apply(here, Mode.ALL_OF, Mode.ANY_OF)
    seen = now_of(approval).edition
    Desk(here, "second").does("decide", approval, verb="approve", said="第二人已阅")
    answer = Desk(here, "first").does(
        "decide", approval, seen=seen, verb="return", to="-1", said="请补充依据材料"
    )
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "请补充依据材料</textarea>" in shown
    assert "第二人已阅" in shown.split('role="alert"')[1].split("</div>")[0]
    assert now_of(approval).state == ApprovalState.PENDING


@pytest.mark.parametrize(
    ("name", "verb", "words"),
    [("first", "return", "请写明理由"), ("first", "refuse", "请写明理由"), ("applicant", "approve", "任何人不得审批本人的申请"),
     ("secretary", "approve", "本环节目前不由您审批")],
)  # fmt: skip
def test_what_is_refused_says_why_and_the_button_said_it_before(
    here: Office, name: str, verb: str, words: str
) -> None:
    approval = apply(here)
    if name == "secretary":
        Desk(here, "first").does("decide", approval, verb="approve")
        Desk(here, "secretary").does("decide", approval, verb="return", to="0", said="请再核")
    desk = Desk(here, name)
    before = desk.opens(approval)
    answer = desk.does("decide", approval, verb=verb, to="-1")
    assert answer.status_code in (409, 422)
    assert words in answer.content.decode()
    assert (words in before) == (verb == "approve")


def test_it_goes_back_to_an_earlier_step_with_what_was_said_and_comes_again(here: Office) -> None:
    approval = apply(here)
    Desk(here, "first").does("decide", approval, verb="approve", said="建议同意")
    Desk(here, "secretary").does("decide", approval, verb="return", to="0", said="请核实期间")
    assert now_of(approval).current == 0
    shown = Desk(here, "second").opens(approval)
    assert "请核实期间" in shown
    assert "建议同意" in shown


def test_the_applicant_withdraws_until_it_is_read_and_the_page_says_why_not_afterwards(here: Office) -> None:
    unread, read = apply(here), apply(here)
    Desk(here, "first").opens(read)
    desk = Desk(here, "applicant")
    assert desk.does("apply", unread, verb="withdraw").status_code == 302
    assert now_of(unread).state == ApprovalState.WITHDRAWN
    assert "审批人已阅，不能撤回" in desk.opens(read)
    assert desk.does("apply", read, verb="withdraw").status_code == 409


def test_a_returned_application_is_submitted_again_with_words(here: Office) -> None:
    approval, desk = apply(here), Desk(here, "applicant")
    Desk(here, "first").does("decide", approval, verb="return", to="-1", said="请补充")
    assert desk.does("apply", approval, verb="resubmit", said="已补充").status_code == 302
    assert now_of(approval).state == ApprovalState.PENDING
    assert "已补充" in Desk(here, "first").opens(approval)


def test_urging_twice_a_day_is_greyed_with_the_words_of_the_refusal(here: Office) -> None:
    approval, desk = apply(here), Desk(here, "applicant")
    desk.does("apply", approval, verb="urge")
    words = "今天已催办过，每天催办一次即可。"
    assert words in desk.opens(approval)
    assert words in desk.does("apply", approval, verb="urge").content.decode()


def test_a_signer_is_added_by_a_part_of_the_name_and_several_are_offered(here: Office) -> None:
    approval, desk = apply(here), Desk(here, "first")
    found = desk.get(reverse("inbox:signers", args=[approval.pk]), {"who": "checker"})
    assert f'value="{here.at("checker")}"' in found.content.decode()
    many = desk.does("decide", approval, verb="add_signer", who="c")
    assert many.status_code == 422
    assert many.content.decode().count('type="radio" name="account"') > 1
    none = desk.does("decide", approval, verb="add_signer", who="无此人")
    assert none.status_code == 422
    assert desk.does("decide", approval, verb="add_signer", who="checker").status_code == 302
    assert here.at("checker") in now_of(approval).waiting_for


def test_whoever_recuses_themself_sees_it_no_more_and_goes_on(here: Office) -> None:
    approval, desk = apply(here), Desk(here, "first")
    from xiezuo.approvals.models import SignerRow

    signer = SignerRow.objects.get(approval=approval, account=here.at("first"))
    assert desk.does("recuse", approval, signer=signer.pk)["Location"] == reverse("inbox:list")
    desk.opens(approval, status=404)
    assert here.at("first") not in now_of(approval).waiting_for


def test_paper_is_entered_by_the_office_marked_and_confirmed_by_a_second_person(here: Office) -> None:
    from xiezuo.approvals.models import SignerRow

    approval = apply(here, Mode.ANY_OF)
    signer = SignerRow.objects.get(approval=approval, account=here.at("first"))
    clerk, checker = Desk(here, "clerk"), Desk(here, "checker")
    entry = {
        "signer": signer.pk,
        "on": approval.submitted_at.date().isoformat(),
        "number": "安纪审〔2026〕7号",
    }
    assert clerk.does("enter-paper", approval, **(entry | {"number": ""})).status_code == 422
    assert clerk.does("enter-paper", approval, **entry).status_code == 302
    shown = clerk.opens(approval)
    assert "安纪审〔2026〕7号" in shown
    assert "补录人不得确认本人的补录" in shown
    assert clerk.does("settle-paper", approval, signer=signer.pk, verb="confirm_paper").status_code == 409
    assert checker.does("settle-paper", approval, signer=signer.pk, verb="confirm_paper").status_code == 302
    assert now_of(approval).state == ApprovalState.APPROVED


def test_a_wrong_paper_entry_is_struck_with_a_reason(here: Office) -> None:
    from xiezuo.approvals.models import SignerRow

    approval = apply(here, Mode.ANY_OF)
    signer = SignerRow.objects.get(approval=approval, account=here.at("first"))
    Desk(here, "clerk").does(
        "enter-paper", approval, signer=signer.pk, on=approval.submitted_at.date().isoformat(), number="7"
    )
    leader = Desk(here, "first")
    assert leader.does("settle-paper", approval, signer=signer.pk, verb="strike_paper").status_code == 422
    answer = leader.does("settle-paper", approval, signer=signer.pk, verb="strike_paper", said="我没有签过")
    assert answer.status_code == 302
    assert now_of(approval).state == ApprovalState.PENDING


@pytest.mark.parametrize(
    "sent",
    [{"key": "x"}, {"seen": "later"}, {"verb": "settle"}, {"verb": "return", "to": "first", "said": "退回"}],
)
def test_a_form_that_no_page_made_is_refused_in_words(here: Office, sent: dict[str, str]) -> None:
    approval = apply(here)
    answer = Desk(here, "first").does("decide", approval, **({"verb": "approve"} | sent))
    assert answer.status_code in (400, 422)
    assert now_of(approval).state == ApprovalState.PENDING


@pytest.fixture
def proved() -> Iterator[None]:
    """The fictional kind as one that only somebody decides who has just proved who they are."""
    usual = kind_of(KIND)
    register(replace(usual, proof=True))
    yield
    register(usual)


@pytest.mark.usefixtures("proved")
def test_a_kind_that_asks_for_proof_is_decided_by_who_just_gave_one(here: Office) -> None:
    approval, desk = apply(here), Desk(here, "first")
    assert reverse("inbox:decide-proved", args=[approval.pk]) in desk.opens(approval)
    desk.prove(False)
    assert reverse("accounts:confirm") in desk.does("decide", approval, verb="approve")["Location"]
    asked = desk.does("decide-proved", approval, verb="approve", said="我同意")
    assert asked.status_code == 403
    assert "我同意" in asked.content.decode()
    assert now_of(approval).current == 0
    desk.prove(True)
    assert desk.does("decide-proved", approval, verb="approve").status_code == 302
    assert now_of(approval).current == 1
