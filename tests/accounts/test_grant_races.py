"""Grants on the engine at the same moment, on connections of their own: of each race exactly one defined outcome."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests.accounts.deciding import keep_rules
from tests.approvals.office import Office, act, form_of, give_role, now_of, office, together
from xiezuo.accounts.api import (
    OPERATOR,
    Role,
    Scope,
    acting_as,
    decide_grant,
    end_grant,
    held_on,
    propose_grant,
)
from xiezuo.accounts.models import Grant, User
from xiezuo.approvals.api import Approval, approve, refuse_approval, withdraw
from xiezuo.approvals.states import ApprovalState
from xiezuo.shared import clock
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.zones.api import renew_rights

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ROUNDS = 3


@pytest.fixture
def here(transactional_db: None) -> Office:
    """The county with a second secretary and two security administrators."""
    built = office()
    year = clock.today().year
    with acting_as(OPERATOR):
        keep_rules(built.county, year, year + 1, now=clock.now())
        give_role(built, "first", Role.SECRETARY)
        for name in ("security", "another security"):
            _administrator(built, name)
        accounts = [user.pk for user in built.accounts.values()]
        renew_rights(accounts=accounts, now=clock.now())
    return built


def _administrator(built: Office, name: str) -> None:
    built.accounts[name] = user = User.objects.create_user(name)
    Grant.objects.create(
        user=user, role=Role.SECURITY, commission=None, scope_kind=Scope.INSTALLATION, scope_id=0, starts=ALWAYS,
        ends=OPEN, reason="虚构任命", proposed_by="a", proposed_at=clock.now(), outcome="confirmed", decided_by="b",
        decided_at=clock.now(),
    )  # fmt: skip


def propose(here: Office, to: str = "stranger", **more: Any) -> Grant:
    today, of = clock.today(), here.county.pk
    told: dict[str, Any] = {
        "role": Role.READER, "commission": of, "scope_kind": Scope.COMMISSION, "scope_id": of, "starts": today,
        "ends": today + timedelta(days=9), "reason": "虚构的理由",
    }  # fmt: skip
    with acting_as(here.actor("security")) as by:
        user = User.objects.get(pk=here.at(to))
        return propose_grant(user=user, by=by, now=clock.now(), **{**told, **more})


def an_office(role: Role) -> dict[str, Any]:
    return {"role": role, "commission": None, "scope_kind": Scope.INSTALLATION, "scope_id": 0}


def approval_of(grant: Grant) -> Approval:
    with acting_as(OPERATOR):
        return Approval.objects.get(pk=Grant.objects.get(pk=grant.pk).approval)


def decision(here: Office, verb: Callable[..., Approval], approval: Approval, by: str, **more: Any) -> Any:
    return partial(act, here, verb, approval, by, **({"form": form_of(approval)} | more))


def roles_of(here: Office, name: str) -> set[Role]:
    with acting_as(OPERATOR):
        return {each.role for each in held_on(User.objects.get(pk=here.at(name)), clock.today())}


def test_of_two_secretaries_who_decide_one_grant_at_once_one_does(here: Office) -> None:
    for _round in range(ROUNDS):
        grant = propose(here)
        approval = approval_of(grant)
        told = together(
            decision(here, approve, approval, "secretary"),
            decision(here, refuse_approval, approval, "first", said="不需要。"),
        )
        assert told == ["changed-meanwhile", "done"]
        agreed = now_of(approval).state == ApprovalState.APPROVED
        with acting_as(OPERATOR):
            settled = Grant.objects.get(pk=grant.pk)
        assert settled.outcome == ("confirmed" if agreed else "refused")
        assert settled.decided_by == here.accounts["secretary" if agreed else "first"].username


def test_a_grant_taken_back_while_it_is_agreed_to_has_one_outcome(here: Office) -> None:
    for _round in range(ROUNDS):
        grant = propose(here)
        approval = approval_of(grant)
        told = together(
            decision(here, approve, approval, "secretary"), decision(here, withdraw, approval, "security")
        )
        assert told == ["changed-meanwhile", "done"]
        with acting_as(OPERATOR):
            outcome = Grant.objects.get(pk=grant.pk).outcome
        assert (outcome == "confirmed") == (now_of(approval).state == ApprovalState.APPROVED)


def test_one_form_of_a_proposal_sent_four_times_at_once_proposes_once(here: Office) -> None:
    for _round in range(ROUNDS):
        key = uuid4()
        told = together(*[partial(propose, here, key=key)] * 4)
        assert told == ["done"] + ["sent-already"] * 3
    with acting_as(OPERATOR):
        assert Approval.objects.count() == Grant.objects.filter(user=here.at("stranger")).count() == ROUNDS


def test_a_role_agreed_to_in_steps_while_an_office_is_confirmed_makes_nobody_both(here: Office) -> None:
    role, seat = propose(here, "applicant"), propose(here, "applicant", **an_office(Role.SYSTEM))
    approval = approval_of(role)

    def confirm_office() -> None:
        with acting_as(here.actor("another security")) as by:
            decide_grant(grant=seat, confirm=True, by=by, now=clock.now())

    assert together(decision(here, approve, approval, "secretary"), confirm_office) == ["done", "done"]
    assert roles_of(here, "applicant") == {Role.SYSTEM}


def test_two_tabs_of_one_secretary_give_a_role_once(here: Office) -> None:
    grant = propose(here)
    approval = approval_of(grant)
    told = together(*[decision(here, approve, approval, "secretary") for _tab in range(3)])
    assert told == ["changed-meanwhile", "changed-meanwhile", "done"]
    assert Role.READER in roles_of(here, "stranger")


def test_a_secretary_who_loses_the_role_while_deciding_either_decided_before_or_does_not(
    here: Office,
) -> None:
    grant = propose(here)
    approval = approval_of(grant)
    with acting_as(OPERATOR):
        held = Grant.objects.get(user=here.at("secretary"))

    def end() -> None:
        with acting_as(here.actor("security")) as by:
            end_grant(grant=held, on=clock.today(), reason="免职", by=by, now=clock.now())

    told = together(decision(here, approve, approval, "secretary"), end)
    agreed = now_of(approval).state == ApprovalState.APPROVED
    assert "done" in told
    assert set(told) - {"done"} <= (set() if agreed else {"not-asked", "not-there", "changed-meanwhile"})
    assert (Role.READER in roles_of(here, "stranger")) == agreed
