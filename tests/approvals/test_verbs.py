"""The verbs with rows: history, numbers, rights and paper, as each party's own account."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from tests.approvals.office import Office, act, after, apply, form_of, now_of, office
from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as, held_on, set_actor
from xiezuo.accounts.models import User
from xiezuo.approvals.api import (
    TO_APPLICANT,
    Form,
    add_signer,
    approval_settled,
    approve,
    attend,
    confirm_paper,
    delegate,
    end_delegation,
    enter_paper,
    mark_read,
    numbers_given,
    recuse,
    refuse_approval,
    send_back,
    strike_paper,
    submit_again,
    urge,
    waiting_for,
    withdraw,
)
from xiezuo.approvals.models import Approval, Move, SignerRow
from xiezuo.approvals.states import ApprovalState, Mode, Verb
from xiezuo.organisation.models import Portfolio
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused, XiezuoError

pytestmark = pytest.mark.usefixtures("actor")


@pytest.fixture
def here(actor: None) -> Office:
    return office()


def code(refused: "pytest.ExceptionInfo[Refused]") -> str:
    return refused.value.reasons[0].code


def signer(approval: Approval, name: str, here: Office) -> int:
    set_actor(OPERATOR)
    return SignerRow.objects.get(approval=approval, account=here.at(name)).pk


def inbox(here: Office, name: str) -> list[int]:
    with acting_as(here.actor(name)):
        return [each.pk for each in waiting_for(here.at(name), clock.today())]


def test_an_application_goes_from_the_leader_in_charge_to_the_secretary_and_is_approved(here: Office) -> None:
    approval = apply(here)
    assert inbox(here, "first") == inbox(here, "second") == [approval.pk]
    assert inbox(here, "secretary") == []
    act(here, approve, approval, "first", said="同意。")
    assert inbox(here, "second") == []
    settled = act(here, approve, approval, "secretary")
    assert (settled.state, inbox(here, "secretary")) == (ApprovalState.APPROVED, [])
    assert settled.settled_at is not None


def test_every_move_is_kept_with_what_was_said_and_cannot_be_changed(here: Office) -> None:
    approval = apply(here)
    act(here, send_back, approval, "first", to=TO_APPLICANT, said="请补充依据。")
    act(here, submit_again, approval, "applicant", said="已补充。")
    set_actor(OPERATOR)
    told = list(Move.objects.filter(approval=approval).order_by("edition").values_list("verb", "said"))
    assert told == [("submit", ""), ("return", "请补充依据。"), ("resubmit", "已补充。")]
    with pytest.raises(DatabaseError), transaction.atomic():
        Move.objects.filter(approval=approval).update(said="")


def test_a_leader_who_assists_or_keeps_contact_is_not_asked_where_the_rule_asks_who_is_in_charge(
    here: Office,
) -> None:
    here.lead("stranger", mode="联系")
    assert inbox(here, "stranger") == [] != apply(here).waiting_for


def test_who_is_in_charge_on_the_day_decides_and_whoever_left_does_not(here: Office) -> None:
    approval = apply(here, Mode.ALL_OF)
    set_actor(OPERATOR)
    Portfolio.objects.filter(person=here.people["first"]).update(known_until=clock.now())
    here.lead("stranger")
    with pytest.raises(Refused) as refused:
        act(here, approve, approval, "first")
    assert code(refused) == "not-asked"
    _attend(here, approval)
    assert inbox(here, "first") == []
    assert inbox(here, "stranger") == inbox(here, "second") == [approval.pk]


def _attend(here: Office, approval: Approval, days: int = 0) -> Approval:
    with acting_as(here.actor("clerk")) as clerk:
        return attend(approval=approval, after=after, by=clerk, now=clock.now() + timedelta(days=days))


def test_where_all_who_were_asked_lost_their_accounts_the_secretary_is_asked(here: Office) -> None:
    approval = apply(here, Mode.ALL_OF)
    set_actor(OPERATOR)
    Portfolio.objects.update(known_until=clock.now())
    assert _attend(here, approval).waiting_for == [here.at("secretary")]


def test_an_application_that_nobody_can_decide_is_refused_and_takes_no_number(here: Office) -> None:
    Portfolio.objects.update(known_until=clock.now())
    User.objects.filter(pk=here.at("secretary")).update(is_active=False)
    with pytest.raises(Refused) as refused:
        apply(here)
    assert code(refused) == "nobody-asked"
    here.lead("first")
    set_actor(OPERATOR)
    assert apply(here).number == 1


def test_silence_past_the_limit_asks_the_secretary_as_well(here: Office) -> None:
    approval = apply(here)
    late = _attend(here, approval, days=10)
    assert set(late.waiting_for) == {here.at("first"), here.at("second"), here.at("secretary")}


def test_numbers_run_without_gaps_and_cancelled_ones_stay_in_sight(here: Office) -> None:
    first, second = apply(here), apply(here)
    act(here, withdraw, first, "applicant")
    third = apply(here)
    assert (first.number, second.number, third.number) == (1, 2, 3)
    given = numbers_given(here.county.pk, "虚构申请", first.year)
    assert given == [(1, "已撤回"), (2, "审批中"), (3, "审批中")]


def test_a_matter_is_decided_once_at_a_time(here: Office) -> None:
    apply(here, thing=7)
    with pytest.raises(Refused) as refused:
        apply(here, thing=7)
    assert code(refused) == "under-way"


def test_the_same_form_posted_again_gives_what_the_first_gave(here: Office) -> None:
    key = uuid4()
    first, again = apply(here, key=key), apply(here, key=key)
    assert first.pk == again.pk
    form = form_of(first)
    act(here, approve, first, "first", form=form)
    act(here, approve, first, "first", form=form)
    assert now_of(first).edition == 2


def test_a_form_of_somebody_else_is_refused(here: Office) -> None:
    approval = apply(here)
    form = form_of(approval)
    act(here, approve, approval, "first", form=form)
    with pytest.raises(Refused) as refused:
        act(here, approve, approval, "clerk", form=form)
    assert code(refused) == "foreign-form"


def test_of_two_tabs_the_second_is_refused(here: Office) -> None:
    approval = apply(here, Mode.ALL_OF, Mode.ANY_OF)
    old = form_of(approval)
    act(here, approve, approval, "first")
    with pytest.raises(Refused) as refused:
        act(here, approve, approval, "second", form=old)
    assert code(refused) == "changed-meanwhile"


def test_nobody_approves_their_own_even_where_the_rule_names_them(here: Office) -> None:
    approval = apply(here, Mode.ALL_OF, by="first")
    assert approval.waiting_for == [here.at("second")]
    with pytest.raises(Refused) as refused:
        act(here, approve, approval, "first")
    assert code(refused) == "own-approval"


def test_who_was_not_asked_does_not_see_it(here: Office) -> None:
    approval = apply(here)
    with pytest.raises(NotThere):
        act(here, approve, approval, "stranger")
    with acting_as(here.actor("stranger")):
        assert [model.objects.exists() for model in (Approval, Move, SignerRow)] == [False, False, False]


def test_nobody_moves_an_approval_past_the_engine(here: Office) -> None:
    approval = apply(here)
    with acting_as(here.actor("first")):
        assert Approval.objects.filter(pk=approval.pk).update(state=ApprovalState.APPROVED) == 0
        assert SignerRow.objects.filter(approval=approval).update(state="同意") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Move.objects.create(
                approval=approval,
                edition=9,
                verb=Verb.APPROVE,
                by="x",
                at=clock.now(),
                step=0,
                state="审批中",
            )


def test_a_withdrawal_is_possible_until_somebody_asked_has_read_it(here: Office) -> None:
    approval = apply(here)
    for name, read in (("clerk", False), ("first", True)):
        with acting_as(here.actor(name)) as reader:
            mark_read(approval=approval, by=reader, now=clock.now())
        assert now_of(approval).read == read
    with pytest.raises(Refused) as refused:
        act(here, withdraw, approval, "applicant")
    assert code(refused) == "read"


def test_urging_is_for_the_applicant_once_a_day(here: Office) -> None:
    approval = apply(here)
    act(here, urge, approval, "applicant")
    for by, why in (("applicant", "urged-today"), ("first", "not-applicant")):
        with pytest.raises(Refused) as refused:
            act(here, urge, approval, by)
        assert code(refused) == why


def test_a_refusal_and_a_return_need_their_reason(here: Office) -> None:
    approval = apply(here)
    with pytest.raises(BadInput):
        act(here, refuse_approval, approval, "first", said=" ")
    assert act(here, refuse_approval, approval, "first", said="依据不足。").state == ApprovalState.REFUSED


def test_who_was_added_sees_it_and_must_agree(here: Office) -> None:
    approval = apply(here)
    act(here, add_signer, approval, "first", account=here.at("stranger"))
    act(here, approve, approval, "first")
    assert inbox(here, "stranger") == [approval.pk]
    assert act(here, approve, approval, "stranger").current == 1


def test_a_recused_signer_loses_sight_of_it_at_once(here: Office) -> None:
    approval = apply(here)
    act(here, recuse, approval, "first", signer=signer(approval, "first", here))
    with acting_as(here.actor("first")):
        assert not Approval.objects.filter(pk=approval.pk).exists()
    assert inbox(here, "second") == [approval.pk]


def test_others_are_recused_by_the_case_management_office_alone(here: Office) -> None:
    approval = apply(here)
    second = signer(approval, "second", here)
    with pytest.raises(Refused):
        act(here, recuse, approval, "first", signer=second)
    assert here.at("second") not in act(here, recuse, approval, "clerk", signer=second).waiting_for


def test_who_is_asked_may_read_the_matter_and_may_not_afterwards(here: Office) -> None:
    def reads(name: str) -> bool:
        held = held_on(here.accounts[name], clock.today())
        return any(each.scope_kind == Scope.MATTER and each.scope_id == approval.pk for each in held)

    approval = apply(here)
    assert [reads(name) for name in ("first", "second", "secretary")] == [True, True, False]
    act(here, approve, approval, "first")
    assert [reads(name) for name in ("first", "second", "secretary")] == [False, False, True]
    act(here, approve, approval, "secretary")
    assert not reads("secretary")


def stand_in(here: Office, absent: str, by: str, name: str, days: int = 5) -> object:
    today = clock.today()
    with acting_as(here.actor(by)) as actor:
        return delegate(
            commission=here.county.pk, absent=here.at(absent), stand_in=here.at(name), starts=today,
            ends=today + timedelta(days=days), reason="出差", by=actor, now=clock.now(),
        )  # fmt: skip


def test_a_stand_in_sees_and_decides_for_the_absent_until_the_delegation_ends(here: Office) -> None:
    approval = apply(here)
    made = stand_in(here, "first", "first", "stranger")
    assert inbox(here, "stranger") == [approval.pk]
    act(here, approve, approval, "stranger")
    other = apply(here)
    with acting_as(here.actor("first")) as first:
        end_delegation(delegation=made, by=first, now=clock.now())
    with pytest.raises(NotThere):
        act(here, approve, other, "stranger")


def test_a_stand_in_never_decides_their_own_application(here: Office) -> None:
    approval = apply(here)
    stand_in(here, "first", "first", "applicant")
    assert inbox(here, "applicant") == []
    with pytest.raises(Refused) as refused:
        act(here, approve, approval, "applicant")
    assert code(refused) == "own-approval"


def test_a_loop_of_stand_ins_is_refused(here: Office) -> None:
    stand_in(here, "first", "first", "second")
    stand_in(here, "second", "second", "stranger")
    with pytest.raises(Refused) as refused:
        stand_in(here, "stranger", "stranger", "first")
    assert code(refused) == "loop"


def paper(here: Office, approval: Approval, by: str, **more: object) -> Approval:
    details = {
        "signer": signer(approval, "first", here),
        "number": "虚构〔2022〕1号",
        "on": clock.today(),
    } | more
    return act(here, enter_paper, approval, by, **details)


def test_a_paper_decision_takes_effect_when_a_second_person_confirms_it(here: Office) -> None:
    approval = apply(here, Mode.ANY_OF)
    entered = paper(here, approval, "clerk")
    assert (entered.state, entered.settled_at) == (ApprovalState.CONFIRMING, None)
    place = signer(approval, "first", here)
    with pytest.raises(Refused) as refused:
        act(here, confirm_paper, approval, "clerk", signer=place)
    assert code(refused) == "own-entry"
    assert act(here, confirm_paper, approval, "checker", signer=place).state == ApprovalState.APPROVED


def test_the_leader_confirms_their_own_paper_or_strikes_it(here: Office) -> None:
    approval = apply(here, Mode.ANY_OF)
    paper(here, approval, "clerk")
    place = signer(approval, "first", here)
    struck = act(here, strike_paper, approval, "first", signer=place, said="未签过此件。")
    assert (struck.state, here.at("first") in struck.waiting_for) == (ApprovalState.PENDING, True)


@pytest.mark.parametrize(("by", "why"), [("clerk", "own-paper"), ("second", "not-yours")])
def test_a_paper_is_entered_by_the_office_and_never_by_the_applicant(here: Office, by: str, why: str) -> None:
    approval = apply(here, by="clerk")
    with pytest.raises(Refused) as refused:
        paper(here, approval, by)
    assert code(refused) == why


@pytest.mark.parametrize("wrong", [{"number": " "}, {"on": clock.today() + timedelta(days=1)}])
def test_a_paper_without_number_or_of_tomorrow_is_refused(here: Office, wrong: dict[str, object]) -> None:
    approval = apply(here)
    with pytest.raises(BadInput):
        paper(here, approval, "clerk", **wrong)


def test_a_leader_without_account_decides_on_paper(here: Office) -> None:
    User.objects.filter(pk__in=[here.at("first"), here.at("second")]).update(is_active=False)
    approval = apply(here, Mode.ANY_OF)
    set_actor(OPERATOR)
    place = SignerRow.objects.filter(approval=approval).earliest("position").pk
    entered = act(here, enter_paper, approval, "clerk", signer=place, number="虚构1号", on=clock.today())
    assert entered.state == ApprovalState.CONFIRMING


def test_the_end_is_told_once_and_a_handler_that_fails_undoes_it(here: Office) -> None:
    told: list[str] = []

    def handler(*, approval: Approval, now: object) -> None:
        told.append(approval.state)
        raise BadInput("no")

    approval = apply(here, Mode.ANY_OF)
    approval_settled.handled_by(handler)
    try:
        with pytest.raises(XiezuoError):
            act(here, approve, approval, "first")
    finally:
        approval_settled._handlers.remove(handler)
    assert (told, now_of(approval).state) == (["已批准"], ApprovalState.PENDING)


def test_the_server_itself_decides_nothing(here: Office) -> None:
    approval = apply(here)
    with pytest.raises(Refused) as refused, acting_as(OPERATOR):
        approve(approval=approval, form=Form(uuid4(), 1), after=after, by=OPERATOR, now=clock.now())
    assert code(refused) == "no-account"


def test_the_secretary_holds_that_role_in_this_county_alone(here: Office) -> None:
    other = office()
    approval = apply(here)
    act(here, approve, approval, "first")
    assert now_of(approval).waiting_for == [here.at("secretary")]
    assert Role.SECRETARY in {each.role for each in other.actor("secretary").held}
