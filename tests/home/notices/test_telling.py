"""An approval tells whom it concerns: who is asked has a task, and it goes when the thing is done and not before."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.approvals.office import KIND, Office, act, apply, office
from tests.home.notices.told import everybody_told, told
from xiezuo.accounts.api import OPERATOR, acting_as, set_actor
from xiezuo.approvals.api import (
    TO_APPLICANT,
    add_signer,
    approve,
    attend,
    confirm_paper,
    delegate,
    enter_paper,
    hand_over,
    recuse,
    refuse_approval,
    send_back,
    strike_paper,
    submit_again,
    urge,
    withdraw,
)
from xiezuo.approvals.models import Approval, SignerRow
from xiezuo.approvals.states import Mode
from xiezuo.home.notices.models import Notice
from xiezuo.shared import clock

pytestmark = pytest.mark.usefixtures("actor")
DECIDE = ("decide", "named")
DAY = timedelta(days=1)


@pytest.fixture
def here(actor: None) -> Office:
    return office()


def signer(approval: Approval, name: str, here: Office) -> int:
    set_actor(OPERATOR)
    return SignerRow.objects.get(approval=approval, account=here.at(name)).pk


def test_who_is_asked_has_a_task_until_the_step_is_decided(here: Office) -> None:
    approval = apply(here)
    assert everybody_told(here) == {"first": [DECIDE], "second": [DECIDE]}
    act(here, approve, approval, "first")
    assert everybody_told(here) == {"secretary": [DECIDE]}
    assert told(here, "second", done=True) == [DECIDE]


def test_of_those_who_all_must_agree_only_who_signed_is_done(here: Office) -> None:
    approval = apply(here, Mode.ALL_OF, Mode.ANY_OF)
    act(here, approve, approval, "first")
    assert everybody_told(here) == {"second": [DECIDE]}


def test_who_applied_is_told_how_it_ended(here: Office) -> None:
    approved, refused = apply(here), apply(here)
    act(here, approve, approved, "first")
    act(here, approve, approved, "secretary")
    act(here, refuse_approval, refused, "first", said="虚构理由")
    assert everybody_told(here) == {"applicant": [("approved", "own"), ("refused", "own")]}


def test_what_is_withdrawn_waits_for_nobody_and_is_no_news_to_who_withdrew_it(here: Office) -> None:
    act(here, withdraw, apply(here), "applicant")
    assert everybody_told(here) == {}


def test_what_is_returned_waits_for_its_applicant_until_it_is_sent_again(here: Office) -> None:
    approval = apply(here)
    act(here, send_back, approval, "first", to=TO_APPLICANT, said="虚构理由")
    assert everybody_told(here) == {"applicant": [("mend", "own")]}
    act(here, submit_again, approval, "applicant")
    assert everybody_told(here) == {"first": [DECIDE], "second": [DECIDE]}


def test_who_is_added_is_told_that_a_signer_did(here: Office) -> None:
    act(here, add_signer, apply(here), "first", account=here.at("stranger"))
    assert told(here, "stranger") == [("decide", "added")]


def test_who_is_recused_is_asked_no_more(here: Office) -> None:
    approval = apply(here)
    act(here, recuse, approval, "first", signer=signer(approval, "first", here))
    assert everybody_told(here) == {"second": [DECIDE]}


def test_what_went_up_says_so(here: Office) -> None:
    approval = apply(here)
    late = clock.now() + 6 * DAY
    with acting_as(OPERATOR) as operator:
        attend(approval=approval, after=lambda day, n: day + n * DAY, by=operator, now=late)
    assert told(here, "secretary") == [("decide", "raised")]


def test_who_decides_for_the_absent_is_asked_in_their_place(here: Office) -> None:
    today = clock.today()
    with acting_as(here.actor("first")) as first:
        delegate(
            commission=here.county.pk, absent=here.at("first"), stand_in=here.at("stranger"), starts=today,
            ends=today + DAY, reason="虚构出差", by=first, now=clock.now(),
        )  # fmt: skip
    approval = apply(here)
    assert ("decide", "stands_in") in told(here, "stranger")
    act(here, approve, approval, "stranger")
    assert ("decide", "stands_in") in told(here, "stranger", done=True)
    assert told(here, "first", done=True) == [DECIDE]


def test_who_applied_is_never_asked_in_somebodys_place(here: Office) -> None:
    today = clock.today()
    with acting_as(here.actor("first")) as first:
        delegate(
            commission=here.county.pk, absent=here.at("first"), stand_in=here.at("applicant"), starts=today,
            ends=today + DAY, reason="虚构出差", by=first, now=clock.now(),
        )  # fmt: skip
    apply(here)
    assert [each for each in told(here, "applicant") if each[0] == "decide"] == []


def test_what_is_urged_stands_on_top_again_and_says_why(here: Office) -> None:
    urged, newer = apply(here), apply(here)
    later = clock.now() + timedelta(minutes=1)
    act(here, urge, urged, "applicant", now=later)
    set_actor(OPERATOR)
    mine = Notice.objects.filter(account=here.at("first")).order_by("-made_at")
    assert [(each.subject, each.because) for each in mine] == [(urged.pk, "urged"), (newer.pk, "named")]


def test_an_entry_from_paper_waits_for_the_leader_and_for_a_second_person(here: Office) -> None:
    approval = apply(here)
    paper = {"signer": signer(approval, "first", here), "number": "虚构1号", "on": clock.today()}
    act(here, enter_paper, approval, "clerk", **paper)
    waits = {"checker": [("confirm_paper", "second")], "first": [("confirm_paper", "signed")]}
    assert everybody_told(here) == waits | {"secretary": [DECIDE]}
    act(here, confirm_paper, approval, "checker", signer=paper["signer"])
    assert everybody_told(here) == {"secretary": [DECIDE]}


def test_an_entry_that_is_struck_waits_to_be_confirmed_no_more(here: Office) -> None:
    approval = apply(here)
    paper = {"signer": signer(approval, "first", here), "number": "虚构1号", "on": clock.today()}
    act(here, enter_paper, approval, "clerk", **paper)
    act(here, strike_paper, approval, "checker", signer=paper["signer"], said="虚构有误")
    assert everybody_told(here) == {"first": [DECIDE], "second": [DECIDE]}


def test_who_takes_over_what_came_back_has_the_task_and_is_told_why(here: Office) -> None:
    approval = apply(here)
    act(here, send_back, approval, "first", to=TO_APPLICANT, said="虚构理由")
    heir = {"from_account": here.at("applicant"), "to_account": here.at("stranger"), "said": "虚构调动"}
    act(here, hand_over, approval, "clerk", **heir)
    assert everybody_told(here) == {"stranger": [("mend", "handed")]}


def test_who_takes_over_what_is_being_decided_is_told_without_a_task(here: Office) -> None:
    heir = {"from_account": here.at("applicant"), "to_account": here.at("stranger"), "said": "虚构调动"}
    act(here, hand_over, apply(here), "clerk", **heir)
    assert told(here, "stranger") == [("handed_over", "handed")]


def test_who_coordinates_is_told_and_their_notice_goes_with_the_right_to_read(here: Office) -> None:
    set_actor(OPERATOR)
    here.lead("stranger", mode="联系")
    approval = apply(here, informed=[{"mode": "联系", "unit": here.unit.pk}])
    assert told(here, "stranger") == [("coordinate", "contact")]
    act(here, withdraw, approval, "applicant")
    assert told(here, "stranger") == []


def test_a_notice_holds_number_and_kind_and_nothing_of_the_matter(here: Office) -> None:
    approval = apply(here)
    set_actor(OPERATOR)
    [notice, _second] = Notice.objects.filter(subject=approval.pk)
    assert (notice.matter, notice.about) == (
        KIND,
        f"{KIND}-{approval.year}-{here.county.code}-{approval.number}",
    )
    assert approval.title not in str([getattr(notice, field.name) for field in Notice._meta.fields if field.name != "matter"])  # fmt: skip


def test_what_undoes_the_decision_undoes_the_notice(here: Office) -> None:
    approval = apply(here)
    mark = transaction.savepoint()
    act(here, approve, approval, "first")
    transaction.savepoint_rollback(mark)
    assert everybody_told(here) == {"first": [DECIDE], "second": [DECIDE]}


def test_telling_many_asks_no_more_than_telling_two(here: Office) -> None:
    before = questions_of_applying(here)
    set_actor(OPERATOR)
    for name in ("stranger", "checker", "clerk"):
        here.lead(name)
    assert questions_of_applying(here) == before


def questions_of_applying(here: Office) -> int:
    with CaptureQueriesContext(connection) as asked:
        apply(here)
    return len([each for each in asked if "notices_notice" in each["sql"]])
