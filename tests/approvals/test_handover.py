"""Open work passes to somebody else, and nobody comes to decide their own application by it."""

from typing import Any
from uuid import uuid4

import pytest

from tests.approvals.office import Office, act, after, apply, form_of, now_of, office
from xiezuo.accounts.api import OPERATOR, acting_as, set_actor
from xiezuo.accounts.models import User
from xiezuo.approvals.api import (
    TO_APPLICANT,
    Approval,
    Form,
    StepPlan,
    add_signer,
    approve,
    attend,
    hand_over,
    recuse,
    send_back,
    submit_again,
    withdraw,
)
from xiezuo.approvals.models import Move, SignerRow
from xiezuo.approvals.states import ApprovalState, Dropped, Mode
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused

pytestmark = pytest.mark.usefixtures("actor")


@pytest.fixture
def here(actor: None) -> Office:
    return office()


def pass_on(here: Office, approval: Approval, old: str, new: str, by: str = "clerk", **more: Any) -> Approval:
    told = {"from_account": here.at(old), "to_account": here.at(new), "said": "工作调动"} | more
    return act(here, hand_over, approval, by, **told)


def refusal(here: Office, approval: Approval, old: str, new: str, by: str = "clerk") -> str:
    with pytest.raises(Refused) as refused:
        pass_on(here, approval, old, new, by)
    return refused.value.reasons[0].code


def test_a_returned_application_passes_to_who_takes_the_work_over(here: Office) -> None:
    approval = apply(here)
    act(here, send_back, approval, "first", to=TO_APPLICANT, said="请补正。")
    pass_on(here, approval, "applicant", "stranger")
    assert (now_of(approval).applicant, now_of(approval).state) == (
        here.at("stranger"),
        ApprovalState.RETURNED,
    )
    again = act(here, submit_again, approval, "stranger")
    assert again.state == ApprovalState.PENDING
    with acting_as(OPERATOR):
        kept = Move.objects.get(approval=approval, verb="hand_over")
    assert (kept.said, kept.details) == (
        "工作调动",
        {"from": here.at("applicant"), "to": here.at("stranger")},
    )


def test_whoever_applied_first_is_out_of_it_and_never_decides_it(here: Office) -> None:
    approval = apply(here)
    pass_on(here, approval, "applicant", "stranger", by="applicant")
    with pytest.raises(NotThere):
        act(here, withdraw, approval, "applicant")
    with pytest.raises(Refused) as refused:
        act(here, add_signer, approval, "first", account=here.at("applicant"))
    assert refused.value.reasons[0].code == "recused"
    set_actor(OPERATOR)
    here.lead("applicant")
    act(here, approve, approval, "first")
    assert here.at("applicant") not in now_of(approval).parties


@pytest.mark.parametrize("name", ["first", "secretary"])
def test_an_application_never_passes_to_who_decides_it_now_or_later(here: Office, name: str) -> None:
    assert refusal(here, apply(here), "applicant", name) == "own-approval"


def test_an_application_never_passes_to_who_has_decided_it_in_the_place_of_another(here: Office) -> None:
    approval = apply(here, Mode.ALL_OF, Mode.ANY_OF)
    act(here, approve, approval, "first")
    set_actor(OPERATOR)
    here.lead("stranger")
    SignerRow.objects.filter(approval=approval, account=here.at("first")).update(
        decided_by=here.at("stranger"), decided_person=here.people["stranger"].pk
    )
    assert refusal(here, approval, "applicant", "stranger") == "own-approval"


def test_an_application_passes_only_to_who_might_have_made_it(here: Office) -> None:
    set_actor(OPERATOR)
    here.accounts["outside"] = User.objects.create_user("outside")
    assert refusal(here, apply(here), "applicant", "outside") == "not-yours"
    User.objects.filter(pk=here.at("outside")).update(is_active=False)
    with pytest.raises(NotThere):
        pass_on(here, apply(here), "applicant", "outside")


def test_the_part_of_an_added_signer_passes_and_stays_passed(here: Office) -> None:
    approval = apply(here)
    act(here, add_signer, approval, "first", account=here.at("checker"))
    pass_on(here, approval, "checker", "stranger", by="checker")
    with acting_as(here.actor("clerk")) as clerk:
        attend(approval=approval, after=after, by=clerk, now=clock.now())
    assert set(now_of(approval).waiting_for) == {here.at(name) for name in ("first", "second", "stranger")}
    act(here, approve, approval, "first")
    assert now_of(approval).current == 0
    act(here, approve, approval, "stranger")
    assert now_of(approval).current == 1
    set_actor(OPERATOR)
    left = SignerRow.objects.get(approval=approval, account=here.at("checker"))
    assert left.why == Dropped.HANDED_OVER


def test_the_part_of_who_is_named_as_a_person_passes_even_through_a_return(here: Office) -> None:
    steps = [StepPlan("经办人", Mode.ANY_OF, [{"account": here.at("checker")}], 2), *here.plan(Mode.ANY_OF)]
    approval = apply(here, steps=steps)
    pass_on(here, approval, "checker", "stranger")
    act(here, approve, approval, "stranger")
    act(here, send_back, approval, "first", to=0, said="再核。")
    assert now_of(approval).waiting_for == [here.at("stranger")]


def test_a_part_that_follows_from_an_office_passes_with_the_office_alone(here: Office) -> None:
    assert refusal(here, apply(here), "first", "stranger") == "nothing-open"


def test_a_part_never_passes_to_the_applicant_or_to_who_is_recused_or_asked_already(here: Office) -> None:
    approval = apply(here)
    act(here, add_signer, approval, "first", account=here.at("checker"))
    assert refusal(here, approval, "checker", "applicant") == "own-approval"
    assert refusal(here, approval, "checker", "second") == "seated"
    set_actor(OPERATOR)
    second = SignerRow.objects.get(approval=approval, account=here.at("second")).pk
    act(here, recuse, approval, "second", signer=second)
    assert refusal(here, approval, "checker", "second") == "recused"


def test_others_work_is_handed_over_by_the_office_alone_not_to_itself_and_not_in_its_own_matter(
    here: Office,
) -> None:
    approval = apply(here)
    act(here, add_signer, approval, "first", account=here.at("checker"))
    assert refusal(here, approval, "checker", "stranger", by="second") == "not-yours"
    assert refusal(here, approval, "checker", "clerk", by="clerk") == "own-gain"
    own = apply(here, by="clerk")
    act(here, add_signer, own, "first", account=here.at("checker"))
    assert refusal(here, own, "checker", "stranger", by="clerk") == "own-approval"


def test_a_hand_over_says_why_and_a_second_tab_is_refused(here: Office) -> None:
    approval = apply(here)
    with pytest.raises(BadInput):
        pass_on(here, approval, "applicant", "stranger", said=" ")
    stale = Form(uuid4(), form_of(approval).seen)
    pass_on(here, approval, "applicant", "stranger")
    with pytest.raises(Refused) as refused:
        pass_on(here, approval, "stranger", "applicant", form=stale)
    assert refused.value.reasons[0].code == "changed-meanwhile"
