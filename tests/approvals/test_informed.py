"""Contact leaders who coordinate: they read an application while it is open, lose it afterwards, and never decide it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.approvals.office import Office, act, apply, now_of, office
from xiezuo.accounts.api import OPERATOR, Scope, acting_as, held_on, set_actor
from xiezuo.accounts.models import User
from xiezuo.approvals.api import (
    Approval,
    add_signer,
    approve,
    confirm_paper,
    delegate,
    enter_paper,
    hand_over,
    party_of,
    recuse,
    refuse_approval,
    send_back,
    urge,
    withdraw,
)
from xiezuo.approvals.models import Move, SignerRow, StepRow
from xiezuo.approvals.states import Mode
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, Refused

pytestmark = pytest.mark.usefixtures("actor")
Deed = Callable[..., Approval]


@pytest.fixture
def here(actor: None) -> Office:
    built = office()
    set_actor(OPERATOR)
    built.lead("stranger", mode="联系")
    return built


def told(here: Office, *modes: Mode, **more: Any) -> Approval:
    return apply(here, *modes, informed=[{"mode": "联系", "unit": here.unit.pk}], **more)


def seen(here: Office, approval: Approval, name: str = "stranger") -> list[int]:
    """How many rows of each table of the application an account is shown."""
    with acting_as(here.actor(name)):
        return [
            Approval.objects.filter(pk=approval.pk).count(), StepRow.objects.filter(approval=approval).count(),
            SignerRow.objects.filter(approval=approval).count(), Move.objects.filter(approval=approval).count(),
        ]  # fmt: skip


def reads(here: Office, approval: Approval) -> bool:
    """Whether the leader holds the right to read the matter itself."""
    set_actor(OPERATOR)
    held = held_on(User.objects.get(pk=here.at("stranger")), clock.today())
    return (Scope.MATTER, approval.pk) in {(each.scope_kind, each.scope_id) for each in held}


def test_a_contact_leader_reads_it_while_it_is_open_and_is_not_asked(here: Office) -> None:
    approval = told(here)
    assert now_of(approval).informed == [here.at("stranger")]
    assert here.at("stranger") not in now_of(approval).waiting_for
    assert seen(here, approval) == [1, 2, 2, 1]
    assert reads(here, approval)


@pytest.mark.parametrize(("end", "name"), [(refuse_approval, "first"), (withdraw, "applicant")])
def test_the_right_to_read_the_matter_ends_with_the_application(here: Office, end: Deed, name: str) -> None:
    approval = told(here)
    act(here, end, approval, name, said="虚构。")
    assert not reads(here, approval)


def test_the_right_lasts_until_the_last_step_is_decided(here: Office) -> None:
    approval = told(here)
    act(here, approve, approval, "first")
    assert reads(here, approval)
    act(here, approve, approval, "secretary")
    assert not reads(here, approval)


DEEDS: dict[str, tuple[Deed, dict[str, Any]]] = {
    "approve": (approve, {}), "refuse": (refuse_approval, {"said": "不同意。"}), "return": (send_back, {"to": -1, "said": "补。"}),
    "urge": (urge, {}), "withdraw": (withdraw, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEDS)
def test_whoever_coordinates_decides_nothing(here: Office, name: str) -> None:
    approval, (deed, more) = told(here), DEEDS[name]
    with pytest.raises(Refused) as refused:
        act(here, deed, approval, "stranger", **more)
    assert refused.value.reasons[0].code in ("not-asked", "not-applicant")
    assert now_of(approval).edition == 1


def test_whoever_coordinates_adds_nobody_recuses_nobody_and_hands_nothing_over(here: Office) -> None:
    approval = told(here)
    set_actor(OPERATOR)
    signer = SignerRow.objects.get(approval=approval, account=here.at("first")).pk
    for deed, more in (
        (add_signer, {"account": here.at("checker")}), (recuse, {"signer": signer}),
        (enter_paper, {"signer": signer, "number": "虚构1号", "on": clock.today()}),
        (hand_over, {"from_account": here.at("applicant"), "to_account": here.at("checker"), "said": "调动"}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            act(here, deed, approval, "stranger", **more)
    assert now_of(approval).edition == 1


def test_whoever_is_asked_to_decide_is_not_told_as_well(here: Office) -> None:
    set_actor(OPERATOR)
    here.lead("first", mode="联系")
    here.lead("applicant", mode="联系")
    assert now_of(told(here)).informed == [here.at("stranger")]


def test_a_contact_leader_added_as_a_signer_decides_as_such(here: Office) -> None:
    approval = told(here, Mode.ANY_OF)
    act(here, add_signer, approval, "first", account=here.at("stranger"))
    act(here, approve, approval, "first")
    act(here, approve, approval, "stranger")
    assert now_of(approval).settled_at is not None


def test_the_stand_in_of_a_contact_leader_sees_nothing_of_it(here: Office) -> None:
    set_actor(OPERATOR)
    here.accounts["outside"] = User.objects.create_user("outside")
    approval = told(here)
    with acting_as(here.actor("stranger")) as leader:
        delegate(
            commission=here.county.pk, absent=here.at("stranger"), stand_in=here.at("outside"), starts=clock.today(),
            ends=clock.today().replace(year=2100), reason="出差", by=leader, now=clock.now(),
        )  # fmt: skip
    assert seen(here, approval, "outside") == [0, 0, 0, 0]
    with pytest.raises(NotThere):
        act(here, approve, approval, "outside")


def test_whoever_is_out_of_a_matter_enters_and_confirms_no_paper_in_it(here: Office) -> None:
    """Somebody of the office who gains by a matter is recused from it and must not bring in a leader's word either."""
    set_actor(OPERATOR)
    gains = party_of(here.at("clerk"))
    approval = apply(here, Mode.ANY_OF, recused=[gains])
    set_actor(OPERATOR)
    signer = SignerRow.objects.get(approval=approval, account=here.at("first")).pk
    paper: dict[str, Any] = {"signer": signer, "number": "虚构1号", "on": clock.today()}
    with pytest.raises(Refused) as refused:
        act(here, enter_paper, approval, "clerk", **paper)
    assert refused.value.reasons[0].code == "recused"
    act(here, enter_paper, approval, "checker", **paper)
    with pytest.raises(Refused) as refused:
        act(here, confirm_paper, approval, "clerk", signer=signer)
    assert refused.value.reasons[0].code == "recused"
    with pytest.raises(Refused) as refused:
        act(here, recuse, approval, "clerk", signer=signer)
    assert refused.value.reasons[0].code == "recused"
