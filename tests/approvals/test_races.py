"""Acts at the same moment, on connections of their own: of each race exactly one defined outcome."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests import factories as make
from tests.approvals.office import (
    Office,
    act,
    after,
    apply,
    form_of,
    now_of,
    office,
    together,
)
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.accounts.models import User
from xiezuo.approvals.api import (
    TO_APPLICANT,
    Approval,
    add_signer,
    approve,
    confirm_paper,
    delegate,
    enter_paper,
    hand_over,
    mark_read,
    refuse_approval,
    send_back,
    submit_again,
    withdraw,
)
from xiezuo.approvals.models import Delegation, Move, SignerRow
from xiezuo.approvals.states import ApprovalState, Mode
from xiezuo.organisation.models import Portfolio
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ROUNDS = [3, pytest.param(1_000, marks=pytest.mark.night)]


@pytest.fixture
def here(transactional_db: None) -> Office:
    return office()


def moves(approval: Approval) -> list[str]:
    with acting_as(OPERATOR):
        return list(Move.objects.filter(approval=approval).order_by("edition").values_list("verb", flat=True))


def deciding(here: Office, verb: Callable[..., Approval], approval: Approval, by: str, **more: Any) -> Any:
    """An act made ready: with the form as it is now, before anybody begins."""
    return partial(act, here, verb, approval, by, **({"form": form_of(approval)} | more))


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_two_who_approve_an_any_of_step_at_once_one_does(here: Office, rounds: int) -> None:
    for _round in range(rounds):
        approval = apply(here)
        told = together(*(deciding(here, approve, approval, name) for name in ("first", "second")))
        assert told == ["changed-meanwhile", "done"]
        assert (now_of(approval).current, moves(approval)) == (1, ["submit", "approve"])


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_two_tabs_of_one_signer_one_decides(here: Office, rounds: int) -> None:
    for _round in range(rounds):
        approval = apply(here, Mode.ALL_OF, Mode.ANY_OF)
        told = together(
            deciding(here, approve, approval, "first"),
            deciding(here, refuse_approval, approval, "first", said="不同意。"),
        )
        assert told == ["changed-meanwhile", "done"]
        assert len(moves(approval)) == 2


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_form_posted_four_times_at_once_decides_once(here: Office, rounds: int) -> None:
    for _round in range(rounds):
        approval = apply(here)
        form = form_of(approval)
        told = together(*[deciding(here, approve, approval, "first", form=form)] * 4)
        assert (told, moves(approval)) == (["done"] * 4, ["submit", "approve"])


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_application_posted_four_times_at_once_is_one(here: Office, rounds: int) -> None:
    for _round in range(rounds):
        key = uuid4()
        assert together(*[partial(apply, here, key=key)] * 4) == ["done"] * 4
        with acting_as(OPERATOR):
            assert Move.objects.filter(key=key).count() == 1


def test_applications_at_once_take_numbers_without_gap_and_one_refused_takes_none(here: Office) -> None:
    for start in range(0, 5 * 4, 4):
        told = together(*[partial(apply, here)] * 4, partial(apply, here, by="applicant", thing=99))
        assert told == (["done"] * 5 if start == 0 else ["done"] * 4 + ["under-way"])
    with acting_as(OPERATOR):
        numbers = sorted(Approval.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 22))


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_two_applications_for_one_matter_at_once_one_stands(here: Office, rounds: int) -> None:
    for thing in range(10_000, 10_000 + rounds):
        told = together(*[partial(apply, here, thing=thing)] * 2)
        assert told == ["done", "under-way"]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_withdrawal_and_a_first_reading_at_once_have_one_outcome(here: Office, rounds: int) -> None:
    for _round in range(rounds):
        approval = apply(here)

        def read(approval: Approval = approval) -> None:
            with acting_as(here.actor("first")) as reader:
                mark_read(approval=approval, by=reader, now=clock.now())

        told = together(deciding(here, withdraw, approval, "applicant"), read)
        stands = now_of(approval)
        withdrawn = stands.state == ApprovalState.WITHDRAWN
        assert (told, stands.read) == (
            (["done", "done"], False) if withdrawn else (["changed-meanwhile", "done"], True)
        )


def test_an_approval_and_its_applicant_mending_it_at_once(here: Office) -> None:
    approval = apply(here)
    old = form_of(approval)
    act(here, send_back, approval, "first", to=TO_APPLICANT, said="请补正。")
    told = together(
        deciding(here, submit_again, approval, "applicant"),
        deciding(here, approve, approval, "second", form=old),
    )
    assert (told, now_of(approval).state) == (["changed-meanwhile", "done"], ApprovalState.PENDING)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_delegations_that_would_close_a_loop_at_once_leave_one_out(here: Office, rounds: int) -> None:
    ring = ["first", "second", "secretary", "stranger"]

    def stand_in(absent: str, name: str) -> None:
        with acting_as(here.actor(absent)) as actor:
            delegate(
                commission=here.county.pk, absent=here.at(absent), stand_in=here.at(name), starts=clock.today(),
                ends=clock.today().replace(year=2100), reason="出差", by=actor, now=clock.now(),
            )  # fmt: skip

    for _round in range(rounds):
        pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
        assert together(*(partial(stand_in, *pair) for pair in pairs)) == ["done"] * 3 + ["loop"]
        with acting_as(OPERATOR):
            Delegation.objects.update(ended_on=clock.today())


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_loop_through_two_commissions_closed_at_once_leaves_one_out(here: Office, rounds: int) -> None:
    with acting_as(OPERATOR):
        counties = [here.county.pk, *(make.commission().pk for _each in range(3))]
    ring = ["first", "second", "secretary", "stranger"]

    def stand_in(county: int, absent: str, name: str) -> None:
        with acting_as(here.actor(absent)) as actor:
            delegate(
                commission=county, absent=here.at(absent), stand_in=here.at(name), starts=clock.today(),
                ends=clock.today().replace(year=2100), reason="出差", by=actor, now=clock.now(),
            )  # fmt: skip

    for _round in range(rounds):
        trios = zip(counties, ring, [*ring[1:], ring[0]], strict=True)
        assert together(*(partial(stand_in, *trio) for trio in trios)) == ["done"] * 3 + ["loop"]
        with acting_as(OPERATOR):
            Delegation.objects.update(ended_on=clock.today())


def test_a_hand_over_and_a_decision_at_once_have_one_outcome(here: Office) -> None:
    for _round in range(3):
        approval = apply(here)
        act(here, add_signer, approval, "first", account=here.at("checker"))
        told = together(
            deciding(
                here, hand_over, approval, "clerk", from_account=here.at("checker"), to_account=here.at("stranger"),
                said="休假",
            ),
            deciding(here, approve, approval, "checker"),
        )  # fmt: skip
        assert told == ["changed-meanwhile", "done"]
        assert len(moves(approval)) == 3


def test_an_application_handed_to_two_at_once_has_one_applicant(here: Office) -> None:
    for _round in range(3):
        approval = apply(here)
        told = together(*(
            deciding(
                here, hand_over, approval, by, from_account=here.at("applicant"), to_account=here.at(heir), said="调动"
            )
            for by, heir in (("applicant", "stranger"), ("clerk", "checker"))
        ))  # fmt: skip
        # Who applied is out of it once the other hand-over has come first, and then finds nothing there.
        assert told in (["changed-meanwhile", "done"], ["done", "not-there"])
        assert now_of(approval).applicant in (here.at("stranger"), here.at("checker"))
        assert moves(approval) == ["submit", "hand_over"]


def test_a_paper_confirmed_by_two_at_once_takes_effect_once(here: Office) -> None:
    approval = apply(here, Mode.ANY_OF)
    with acting_as(OPERATOR):
        place = SignerRow.objects.get(approval=approval, account=here.at("first")).pk
    act(here, enter_paper, approval, "clerk", signer=place, number="虚构1号", on=clock.today())
    told = together(
        *(deciding(here, confirm_paper, approval, by, signer=place) for by in ("first", "checker"))
    )
    assert told == ["changed-meanwhile", "done"]
    assert moves(approval) == ["submit", "enter_paper", "confirm_paper"]


def test_an_approver_who_leaves_while_approving_either_decided_before_or_does_not(here: Office) -> None:
    def leave() -> None:
        with acting_as(OPERATOR):
            Portfolio.objects.filter(person=here.people["first"]).update(known_until=clock.now())

    approval = apply(here)
    told = together(deciding(here, approve, approval, "first"), leave)
    decided = now_of(approval).current == 1
    assert told == (["done", "done"] if decided else ["done", "not-asked"])


def test_an_account_disabled_on_the_way_sees_nothing_and_decides_nothing(here: Office) -> None:
    approval = apply(here)
    first = here.actor("first")
    User.objects.filter(pk=first.user_id).update(is_active=False)
    form = form_of(approval)
    with pytest.raises(NotThere), acting_as(first):
        approve(approval=approval, form=form, after=after, by=first, now=clock.now())
