"""Corrections of posts need a second person: proposed, decided in steps, entered then; and never half of it."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, transaction

from tests.approvals.office import (
    LONG_AGO,
    Office,
    act,
    form_of,
    give_role,
    keep_rules,
    now_of,
    office,
    together,
)
from xiezuo.accounts.api import OPERATOR, Role, acting_as
from xiezuo.approvals.api import (
    TO_APPLICANT,
    Approval,
    approve,
    confirm_paper,
    enter_paper,
    kind_of,
    number_of,
    refuse_approval,
    send_back,
    withdraw,
)
from xiezuo.approvals.models import SignerRow
from xiezuo.approvals.states import ApprovalState
from xiezuo.audit.api import Act, entries
from xiezuo.book.api import propose_correction
from xiezuo.book.models import Correction
from xiezuo.organisation.api import correction_asked_for
from xiezuo.organisation.entry_operations import give_up_post
from xiezuo.organisation.models import Assignment
from xiezuo.rules.models import CalendarYear, WorkRule
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused
from xiezuo.zones.api import renew_rights

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CHANGES = {"post": "副书记"}


@pytest.fixture
def here(transactional_db: None) -> Office:
    built = office()
    keep_rules(built)
    return built


def post_of(here: Office, name: str = "stranger") -> Assignment:
    with acting_as(OPERATOR):
        held = Assignment.objects.current().select_related("commission", "person", "unit")
        return held.get(person=here.people[name])


def propose(  # noqa: PLR0917 - what a test may say otherwise
    here: Office, by: str = "clerk", changes: Mapping[str, Any] = CHANGES, post: Assignment | None = None,
    key: UUID | None = None, reason: str = "任免文件核对",
) -> Correction:  # fmt: skip
    """As the screen does, through what it publishes."""
    held = post or post_of(here)
    with acting_as(here.actor(by)) as actor:
        propose_correction(
            assignment=held, changes=changes, strikes=not changes, reason=reason, key=key or uuid4(),
            by=actor, now=clock.now(),
        )  # fmt: skip
    with acting_as(OPERATOR):
        return Correction.objects.filter(assignment=held).latest("pk")


def approval_of(correction: Correction) -> Approval:
    with acting_as(OPERATOR):
        return Approval.objects.select_related("commission").get(pk=correction.approval)


def outcome(correction: Correction) -> str:
    with acting_as(OPERATOR):
        return Correction.objects.get(pk=correction.pk).outcome


def refusal(act_: Any) -> str:
    with pytest.raises(Refused) as refused:
        act_()
    return refused.value.reasons[0].code


def test_the_ledger_stays_as_it_is_until_a_second_person_has_agreed(here: Office) -> None:
    correction = propose(here)
    assert post_of(here).post == "科员"
    act(here, approve, approval_of(correction), "checker")
    assert (post_of(here).post, post_of(here).starts) == ("副书记", LONG_AGO)
    assert outcome(correction) == "applied"


def test_the_journal_names_who_proposed_who_agreed_and_the_number(here: Office) -> None:
    correction = propose(here)
    act(here, approve, approval_of(correction), "checker")
    with acting_as(OPERATOR):
        [entry] = entries(chain=here.county.code, act=Act.POST_CORRECTED)
        number = number_of(approval_of(correction))
    names = (here.accounts["clerk"].username, here.accounts["checker"].username)
    assert (entry.details["proposed_by"], entry.details["decided_by"], entry.details["number"]) == (
        *names,
        number,
    )


def test_whoever_proposed_it_is_never_asked_and_cannot_agree(here: Office) -> None:
    approval = approval_of(propose(here))
    assert approval.waiting_for == [here.at("checker")]
    assert refusal(lambda: act(here, approve, approval, "clerk")) == "own-approval"


def test_only_who_keeps_the_ledger_proposes(here: Office) -> None:
    for name in ("applicant", "first", "secretary"):
        with pytest.raises((Refused, ProgrammingError)):
            propose(here, by=name)
    with acting_as(OPERATOR):
        assert not Correction.objects.exists()


def test_a_post_that_was_never_held_is_struck_when_a_second_person_agrees(here: Office) -> None:
    act(here, approve, approval_of(propose(here, changes={})), "checker")
    with acting_as(OPERATOR):
        assert not Assignment.objects.current().filter(person=here.people["stranger"]).exists()


def test_a_ledger_changed_meanwhile_refuses_the_decision_and_leaves_nothing_half_done(here: Office) -> None:
    correction = propose(here)
    with acting_as(here.actor("clerk")) as clerk:
        give_up_post(assignment=post_of(here), ends=clock.today(), leaving="调出", by=clerk, now=clock.now())
    approval = approval_of(correction)
    assert refusal(lambda: act(here, approve, approval, "checker")) == "ledger-moved-on"
    assert (now_of(approval).state, now_of(approval).edition) == (ApprovalState.PENDING, 1)
    assert (outcome(correction), post_of(here).post) == ("", "科员")
    act(here, refuse_approval, approval, "checker", said="台账已变动。")
    assert outcome(correction) == "refused"


def test_a_returned_proposal_is_mended_and_submitted_again(here: Office) -> None:
    correction = propose(here)
    act(here, send_back, approval_of(correction), "checker", to=TO_APPLICANT, said="职务有误。")
    mended = propose(here, changes={"post": "纪检委员"}, reason="按任免文件")
    assert (mended.pk, approval_of(mended).state) == (correction.pk, ApprovalState.PENDING)
    act(here, approve, approval_of(mended), "checker")
    assert post_of(here).post == "纪检委员"


def test_a_returned_proposal_is_mended_by_whoever_made_it_alone(here: Office) -> None:
    act(here, send_back, approval_of(propose(here)), "checker", to=TO_APPLICANT, said="职务有误。")
    assert refusal(lambda: propose(here, by="checker")) == "not-applicant"


@pytest.mark.parametrize("end", ["refused", "withdrawn"])
def test_a_proposal_refused_or_withdrawn_is_closed_and_may_be_made_anew(here: Office, end: str) -> None:
    correction = propose(here)
    if end == "refused":
        act(here, refuse_approval, approval_of(correction), "checker", said="无依据。")
    else:
        act(here, withdraw, approval_of(correction), "clerk")
    assert (outcome(correction), post_of(here).post) == (end, "科员")
    assert propose(here).pk != correction.pk


def test_of_one_post_one_correction_is_under_way(here: Office) -> None:
    propose(here)
    assert refusal(lambda: propose(here, by="checker")) == "under-way"


def test_without_a_rule_that_says_by_whom_nothing_is_proposed_and_nothing_entered(here: Office) -> None:
    with acting_as(OPERATOR):
        WorkRule.objects.filter(code="N02").update(known_until=clock.now())
    assert refusal(lambda: propose(here)) == "cannot-be-decided"
    with acting_as(OPERATOR):
        assert not Correction.objects.exists()
        assert not Approval.objects.exists()
    assert post_of(here).post == "科员"


def test_a_year_missing_in_the_calendar_is_told_and_nothing_proposed(here: Office) -> None:
    with acting_as(OPERATOR):
        CalendarYear.objects.update(known_until=clock.now())
    assert refusal(lambda: propose(here)) == "cannot-be-decided"
    with acting_as(OPERATOR):
        assert not Correction.objects.exists()


def test_a_decision_given_on_paper_enters_the_correction_once_it_is_confirmed(here: Office) -> None:
    with acting_as(OPERATOR):
        give_role(here, "stranger", Role.CASE_MANAGEMENT)
        renew_rights(accounts=[here.at("stranger")], now=clock.now())
    correction = propose(here)
    with acting_as(OPERATOR):
        seat = SignerRow.objects.get(approval=correction.approval, account=here.at("checker")).pk
    on = clock.today()
    act(here, enter_paper, approval_of(correction), "stranger", signer=seat, number="虚构2号", on=on)
    assert post_of(here).post == "科员"
    act(here, confirm_paper, approval_of(correction), "checker", signer=seat)
    assert (post_of(here).post, outcome(correction)) == ("副书记", "applied")


def test_a_second_person_sees_what_changes_and_why(here: Office) -> None:
    correction = propose(here, changes={"post": "副书记", "starts": "2021-03-01"})
    with acting_as(here.actor("checker")):
        matter = kind_of("correction").matter(approval_of(correction))
    assert "任免文件核对" in [value for _what, value in matter.facts]
    assert matter.changes[0][1:] == ("科员", "副书记")
    assert len(matter.changes) == 2
    assert "副书记" in approval_of(correction).title
    assert here.people["stranger"].code not in approval_of(correction).title


def test_nobody_writes_a_proposal_past_the_operation(here: Office) -> None:
    correction = propose(here)
    with acting_as(here.actor("clerk")):
        assert Correction.objects.filter(pk=correction.pk).update(changes={"post": "书记"}) == 0
    with acting_as(here.actor("stranger")):
        assert not Correction.objects.exists()
    other = post_of(here, "first")
    with pytest.raises(ProgrammingError), acting_as(here.actor("clerk")), transaction.atomic():
        Correction.objects.create(
            commission=here.county, assignment=other, before={}, changes=CHANGES, reason="虚构",
            proposed_by="x", proposed_at=clock.now(),
        )  # fmt: skip


def test_whatever_is_proposed_on_screen_comes_here(here: Office) -> None:
    with acting_as(here.actor("clerk")) as clerk:
        correction_asked_for.publish(
            assignment=post_of(here),
            changes=CHANGES,
            strikes=False,
            reason="核对",
            key=uuid4(),
            by=clerk,
            now=clock.now(),
        )
    with acting_as(OPERATOR):
        assert Correction.objects.count() == 1


# At the same moment


def test_of_two_who_propose_for_one_post_at_once_one_does(here: Office) -> None:
    for name in ("first", "second", "stranger"):
        told = together(
            *(partial(propose, here, by=by, post=post_of(here, name)) for by in ("clerk", "checker"))
        )
        assert told == ["done", "under-way"]


def test_an_agreement_while_the_post_ends_enters_one_of_them(here: Office) -> None:
    for name in ("first", "second", "stranger"):
        post = post_of(here, name)
        correction = propose(here, post=post)
        approval, form = approval_of(correction), form_of(approval_of(correction))

        def end(post: Assignment = post) -> None:
            with acting_as(here.actor("clerk")) as clerk:
                give_up_post(assignment=post, ends=clock.today(), leaving="调出", by=clerk, now=clock.now())

        told = together(partial(act, here, approve, approval, "checker", form=form), end)
        assert told == ["done", "ledger-moved-on"]
        entered = outcome(correction) == "applied"
        assert (now_of(approval).state == ApprovalState.APPROVED) == entered
        assert post_of(here, name).post == ("副书记" if entered else "科员")


def test_mending_and_taking_back_at_once_have_one_outcome(here: Office) -> None:
    for name in ("first", "second", "stranger"):
        post = post_of(here, name)
        correction = propose(here, post=post)
        act(here, send_back, approval_of(correction), "checker", to=TO_APPLICANT, said="补正。")
        approval, form = approval_of(correction), form_of(approval_of(correction))
        told = together(
            partial(propose, here, post=post, changes={"post": "主任"}),
            partial(act, here, withdraw, approval, "clerk", form=form),
        )
        assert told in (["changed-meanwhile", "done"], ["done", "under-way"])
        withdrawn = now_of(approval).state == ApprovalState.WITHDRAWN
        assert outcome(correction) == ("withdrawn" if withdrawn else "")


def test_two_tabs_of_one_second_person_enter_it_once(here: Office) -> None:
    correction = propose(here)
    approval = approval_of(correction)
    told = together(
        *[partial(act, here, approve, approval, "checker", form=form_of(approval)) for _tab in range(3)]
    )
    assert told == ["changed-meanwhile", "changed-meanwhile", "done"]
    with acting_as(OPERATOR):
        assert Assignment.objects.filter(person=here.people["stranger"]).count() == 2
