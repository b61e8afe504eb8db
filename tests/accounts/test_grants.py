"""Grants: proposed by one, decided by another, with reasons, days and ends; three administrators kept apart."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests import factories as make
from tests.accounts.deciding import application_of, appointed, decided, keep_rules, taken_back
from tests.once import fresh, once
from tests.subjects import give
from xiezuo.accounts.api import (
    OPERATOR,
    Actor,
    Role,
    Scope,
    actor_of,
    appoint_first,
    confirm_person,
    decide_grant,
    end_grant,
    held_on,
    name_person,
    open_account,
    propose_grant,
    refuse_person,
    set_active,
    set_actor,
    settle_grant,
    withdraw_grant,
)
from xiezuo.accounts.grant_policies import against_deciders
from xiezuo.accounts.models import Grant, User
from xiezuo.accounts.recovery_operations import confirm_recovery, open_recovery
from xiezuo.organisation.models import Commission
from xiezuo.organisation.states import UnitKind
from xiezuo.rules.models import WorkRule
from xiezuo.shared.errors import BadInput, NotThere, Refused
from xiezuo.shared.periods import ALWAYS, OPEN

pytestmark = pytest.mark.usefixtures("actor")

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
YEAR = TODAY + timedelta(days=365)


@once
def ruled() -> Commission:
    made = make.commission()
    keep_rules(made, TODAY.year, YEAR.year, now=NOW)
    return made


@pytest.fixture
def county(ruled: Commission) -> Commission:
    return fresh(ruled)


@pytest.fixture
def security(db: None) -> User:
    return office("security", Role.SECURITY)


@pytest.fixture
def system(db: None) -> User:
    return office("system", Role.SYSTEM)


@pytest.fixture
def secretary(county: Commission) -> User:
    user = User.objects.create_user("secretary")
    appointed(user, Role.SECRETARY, county, NOW)
    return user


@pytest.fixture
def clerk(county: Commission) -> User:
    return User.objects.create_user("clerk", commission=county.pk)


def office(name: str, role: Role) -> User:
    user = User.objects.create_user(name)
    give(user, role, None, Scope.INSTALLATION, 0)
    return user


def acting(user: User) -> Actor:
    """`user` as the actor of what follows, in the eyes of the database too."""
    fresh = actor_of(User.objects.get(pk=user.pk))
    set_actor(fresh)
    return fresh


def proposed(by: User, to: User, county: Commission, **more: Any) -> Grant:
    told: dict[str, Any] = {
        "user": to, "role": Role.REPORT_WRITER, "commission": county.pk, "scope_kind": Scope.COMMISSION,
        "scope_id": county.pk, "starts": TODAY, "ends": YEAR, "reason": "写年度汇报",
    }  # fmt: skip
    return propose_grant(**{**told, **more}, by=acting(by), now=NOW)


def an_office(role: Role, **more: Any) -> dict[str, Any]:
    return {"role": role, "commission": None, "scope_kind": Scope.INSTALLATION, "scope_id": 0, **more}


def roles(user: User, day: date = TODAY) -> set[Role]:
    return {each.role for each in held_on(user, day)}


def codes(act: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    return {reason.code for reason in refusal.value.reasons}


def test_a_grant_gives_nothing_until_a_second_person_confirms_it(
    security: User, secretary: User, clerk: User, county: Commission
) -> None:
    grant = proposed(security, clerk, county)
    assert roles(clerk) == set()
    decided(grant, confirm=True, by=acting(secretary), now=NOW)
    assert (roles(clerk), roles(clerk, YEAR)) == ({Role.REPORT_WRITER}, set())


def test_whoever_proposed_a_grant_cannot_decide_it(
    security: User, secretary: User, clerk: User, county: Commission
) -> None:
    grant = proposed(security, clerk, county)
    assert codes(lambda: decided(grant, confirm=True, by=acting(security), now=NOW)) == {"own-approval"}
    office = proposed(security, clerk, county, **an_office(Role.SYSTEM))
    assert "own-proposal" in codes(lambda: decided(office, by=acting(security), now=NOW))


def test_nobody_proposes_or_decides_a_grant_to_themselves(
    security: User, secretary: User, county: Commission
) -> None:
    assert "own-gain" in codes(lambda: proposed(security, security, county))
    grant = proposed(security, secretary, county)
    assert "own-gain" in codes(lambda: decided(grant, confirm=True, by=acting(secretary), now=NOW))


def test_the_secretary_of_another_commission_decides_nothing_here(
    security: User, clerk: User, county: Commission
) -> None:
    elsewhere = make.commission()
    stranger = User.objects.create_user("stranger")
    give(stranger, Role.SECRETARY, elsewhere.pk, Scope.COMMISSION, elsewhere.pk)
    grant = proposed(security, clerk, county)
    with pytest.raises(NotThere), transaction.atomic():
        decided(grant, confirm=True, by=acting(stranger), now=NOW)


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.AUDITOR])
def test_the_other_administrators_give_no_rights(role: Role, clerk: User, county: Commission) -> None:
    assert codes(lambda: proposed(office("other", role), clerk, county)) == {"not-yours"}


def test_the_security_administrator_opens_no_account(security: User, county: Commission) -> None:
    def opened() -> User:
        return open_account(
            name="new", full_name="虚构新人", password="a-long-enough-phrase", commission=county.pk, person=None,
            by=acting(security), now=NOW,
        )  # fmt: skip

    assert codes(opened) == {"not-yours"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"starts": TODAY - timedelta(days=1)}, "past"),
        ({"ends": TODAY}, "no-days"),
        ({"ends": TODAY + timedelta(days=400)}, "too-long"),
        ({"reason": "  "}, "no-reason"),
        ({"role": Role.CONTACT_LEADER}, "scope"),
        (an_office(Role.SYSTEM, substitutes=True, ends=TODAY + timedelta(days=31)), "too-long"),
    ],
)
def test_a_grant_has_a_reason_an_end_and_a_scope_that_fits(
    given: dict[str, Any], code: str, security: User, clerk: User, county: Commission
) -> None:
    assert code in codes(lambda: proposed(security, clerk, county, **given))


def test_a_grant_tied_to_a_unit_gives_nothing_once_its_holder_has_left_there(
    security: User, secretary: User, system: User, county: Commission
) -> None:
    left = TODAY + timedelta(days=10)
    unit, person = make.unit(county, UnitKind.SUPPORT_OFFICE), make.person(county)
    make.assignment(person, unit, "科员", ends=left)
    user = User.objects.create_user("keeper")
    name_person(user=user, commission=county.pk, person=person.pk, by=acting(system), now=NOW)
    confirm_person(user=user, by=acting(security), now=NOW)
    grant = proposed(security, user, county, role=Role.SITE_KEEPER, while_in=unit.pk)
    decided(grant, confirm=True, by=acting(secretary), now=NOW)
    assert Role.SITE_KEEPER in roles(user)
    assert roles(user, left) == set()


def test_an_ended_grant_gives_nothing_from_that_day(
    security: User, secretary: User, clerk: User, county: Commission
) -> None:
    grant = decided(proposed(security, clerk, county), confirm=True, by=acting(secretary), now=NOW)
    end_grant(grant=grant, on=TODAY, reason="任务已完成", by=acting(security), now=NOW)
    assert roles(clerk) == set()
    assert "ended" in codes(
        lambda: end_grant(grant=grant, on=TODAY, reason="再来", by=acting(security), now=NOW)
    )


def test_a_refusal_says_why_and_a_proposal_can_be_taken_back_by_its_proposer_alone(
    security: User, secretary: User, clerk: User, county: Commission
) -> None:
    grant = proposed(security, clerk, county)
    with pytest.raises(BadInput):
        decided(grant, confirm=False, by=acting(secretary), now=NOW)
    assert codes(lambda: taken_back(grant, by=acting(secretary), now=NOW)) == {"not-applicant"}
    taken_back(grant, by=acting(security), now=NOW)
    assert codes(lambda: decided(grant, confirm=True, by=acting(secretary), now=NOW)) == {"wrong-state"}
    assert "decided" in codes(lambda: decide_grant(grant=grant, confirm=True, by=acting(secretary), now=NOW))
    assert roles(clerk) == set()


def test_an_administrator_has_no_business_role_on_the_days_of_the_office(
    security: User, secretary: User, clerk: User, county: Commission
) -> None:
    decided(proposed(security, clerk, county), confirm=True, by=acting(secretary), now=NOW)
    week = TODAY + timedelta(days=7)
    stand_in = proposed(security, clerk, county, **an_office(Role.SYSTEM, substitutes=True, ends=week))
    decided(stand_in, confirm=True, by=acting(secretary), now=NOW)
    assert (roles(clerk), roles(clerk, week)) == ({Role.SYSTEM}, {Role.REPORT_WRITER})


def test_nobody_is_two_administrators_at_once_or_audits_their_own_work(
    security: User, secretary: User, county: Commission
) -> None:
    keeper = User.objects.create_user("keeper")
    month = TODAY + timedelta(days=30)
    first = proposed(security, keeper, county, **an_office(Role.SYSTEM, ends=month))
    decided(first, confirm=True, by=acting(secretary), now=NOW)
    assert "another-office" in codes(lambda: proposed(security, keeper, county, **an_office(Role.SECURITY)))
    after = {"starts": month, "ends": month + timedelta(days=90)}
    assert "own-work" in codes(lambda: proposed(security, keeper, county, **an_office(Role.AUDITOR, **after)))


def test_the_database_itself_keeps_an_administrator_from_being_anything_else(
    clerk: User, county: Commission
) -> None:
    give(clerk, Role.AUDITOR, None, Scope.INSTALLATION, 0)
    for role, commission, kind, over in (
        (Role.SYSTEM, None, Scope.INSTALLATION, 0),
        (Role.STAFF, county.pk, Scope.UNIT, 1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            give(clerk, role, commission, kind, over)


def test_nobody_writes_rights_past_the_product_and_nobody_is_a_superuser(
    security: User, clerk: User, county: Commission
) -> None:
    acting(security)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        give(clerk, Role.SECRETARY, county.pk, Scope.COMMISSION, county.pk, starts=ALWAYS, ends=OPEN)
    for flag in ("is_superuser", "is_staff"):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=clerk.pk).update(**{flag: True})
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        clerk.groups.create(name="secretaries")


def test_the_first_administrators_are_appointed_at_the_server_with_a_witness_and_only_once(
    clerk: User,
) -> None:
    with pytest.raises(BadInput):
        appoint_first(user=clerk, role=Role.SECURITY, witness="", by=OPERATOR, now=NOW)
    appoint_first(user=clerk, role=Role.SECURITY, witness="虚构见证人", by=OPERATOR, now=NOW)
    assert roles(clerk) == {Role.SECURITY}
    second = User.objects.create_user("second")
    again = {"user": second, "role": Role.SECURITY, "witness": "虚构见证人", "now": NOW}
    assert codes(lambda: appoint_first(**again, by=OPERATOR)) == {"office-held"}
    assert codes(lambda: appoint_first(**{**again, "role": Role.SYSTEM}, by=acting(clerk))) == {
        "not-at-server"
    }


def test_whose_an_account_is_is_named_by_one_and_confirmed_by_another(
    system: User, security: User, county: Commission
) -> None:
    unit, person = make.unit(county, UnitKind.TOWNSHIP_COMMISSION), make.person(county)
    make.assignment(person, unit, "书记")
    user = open_account(
        name="ＺＨＡＮＧ", full_name="虚构张某", password="a-long-enough-phrase", commission=county.pk, person=person.pk,
        by=acting(system), now=NOW,
    )  # fmt: skip
    assert (user.username, roles(user)) == ("ZHANG", set())
    assert "not-yours" in codes(lambda: confirm_person(user=user, by=acting(system), now=NOW))
    confirm_person(user=user, by=acting(security), now=NOW)
    assert roles(user) == {Role.UNIT_HEAD}
    for taken in ("zhang", "operator", "Product"):
        with pytest.raises(BadInput):
            open_account(
                name=taken, full_name="别人", password="a-long-enough-phrase", commission=None, person=None,
                by=acting(system), now=NOW,
            )  # fmt: skip
    with pytest.raises(BadInput, match="ZHANG"):
        name_person(
            user=User.objects.create_user("other"), commission=county.pk, person=person.pk, by=acting(system), now=NOW
        )  # fmt: skip


def test_a_refused_person_leaves_the_account_without_one(
    system: User, security: User, county: Commission
) -> None:
    user, person = User.objects.create_user("doubtful"), make.person(county)
    name_person(user=user, commission=county.pk, person=person.pk, by=acting(system), now=NOW)
    refuse_person(user=user, reason="不是本人", by=acting(security), now=NOW)
    assert User.objects.get(pk=user.pk).person is None


def test_the_last_administrator_of_a_kind_and_oneself_cannot_be_disabled(
    system: User, security: User, clerk: User
) -> None:
    def disabled(user: User) -> Callable[[], object]:
        return lambda: set_active(user=user, active=False, reason="离岗", by=acting(system), now=NOW)

    assert codes(disabled(security)) == {"last-administrator"}
    assert codes(disabled(system)) >= {"oneself"}
    disabled(clerk)()
    assert not User.objects.get(pk=clerk.pk).is_active


def test_a_commission_without_anybody_gets_its_first_case_management_at_the_server(
    clerk: User, county: Commission
) -> None:
    told: dict[str, Any] = {"role": Role.CASE_MANAGEMENT, "commission": county.pk, "witness": "虚构见证人"}
    appoint_first(user=clerk, **told, by=OPERATOR, now=NOW)
    assert roles(clerk) == {Role.CASE_MANAGEMENT}
    second = User.objects.create_user("second")
    assert codes(lambda: appoint_first(user=second, **told, by=OPERATOR, now=NOW)) == {"office-held"}


def test_who_uses_an_account_is_named_by_the_system_administrator_and_answered_by_the_security_administrator_alone(
    system: User, security: User, secretary: User, county: Commission
) -> None:
    user, person = User.objects.create_user("somebody"), make.person(county)
    told: dict[str, Any] = {"user": user, "commission": county.pk, "person": person.pk, "now": NOW}
    for other in (security, secretary):
        assert codes(lambda by=other: name_person(**told, by=acting(by))) == {"not-yours"}
    name_person(**told, by=acting(system))
    for other in (system, secretary):
        answer = {"user": user, "reason": "不是本人", "now": NOW}
        assert "not-yours" in codes(lambda by=other, answer=answer: refuse_person(**answer, by=acting(by)))
    assert User.objects.get(pk=user.pk).person == person.pk


def test_an_appointment_at_the_server_keeps_administrators_apart_too(clerk: User) -> None:
    told: dict[str, Any] = {"user": clerk, "witness": "虚构见证人", "by": OPERATOR, "now": NOW}
    appoint_first(role=Role.SECURITY, **told)
    assert codes(lambda: appoint_first(role=Role.AUDITOR, **told)) == {"another-office"}
    disabled = User.objects.create_user("gone", is_active=False)
    assert codes(lambda: appoint_first(role=Role.SYSTEM, **{**told, "user": disabled})) == {"disabled"}


def test_a_recovery_is_confirmed_by_nobody_but_who_decides_grants(system: User, clerk: User) -> None:
    auditor = office("auditor", Role.AUDITOR)
    opened = open_recovery(account=clerk, reason="口令卡遗失", by=acting(system), now=NOW)
    assert codes(lambda: confirm_recovery(recovery=opened.pk, by=acting(auditor), now=NOW)) == {"not-yours"}


def test_a_grant_over_a_commission_is_decided_in_steps_and_not_past_them(
    security: User, secretary: User, clerk: User, county: Commission
) -> None:
    grant = proposed(security, clerk, county)
    set_actor(OPERATOR)
    for by in (secretary, office("second", Role.SECURITY)):
        assert "in-steps" in codes(
            lambda by=by: decide_grant(grant=grant, confirm=True, by=acting(by), now=NOW)
        )
    assert codes(lambda: withdraw_grant(grant=grant, by=acting(security), now=NOW)) == {"in-steps"}
    told: dict[str, Any] = {"outcome": "confirmed", "deciders": [secretary], "number": "授权-1", "now": NOW}
    assert codes(lambda: settle_grant(grant=grant.pk, by=acting(secretary), **told)) == {"not-product"}
    assert roles(clerk) == set()


def test_who_gains_by_a_grant_takes_no_part_in_its_application(
    security: User, secretary: User, county: Commission
) -> None:
    other = User.objects.create_user("second secretary")
    appointed(other, Role.SECRETARY, county, NOW)
    grant = proposed(security, secretary, county)
    approval = application_of(grant, acting(security))
    assert approval is not None
    assert approval.waiting_for == [other.pk]
    with pytest.raises(NotThere), transaction.atomic():
        decided(grant, by=acting(secretary), now=NOW)
    reasons = against_deciders(grant, [secretary])
    assert [reason.code for reason in reasons] == ["own-gain"]
    assert decided(grant, by=acting(other), now=NOW).decided_by == "second secretary"


def test_where_nobody_but_who_gains_could_decide_a_second_security_administrator_does(
    security: User, secretary: User, county: Commission
) -> None:
    grant = proposed(security, secretary, county)
    assert application_of(grant, acting(security)) is None
    set_actor(OPERATOR)
    second = office("second", Role.SECURITY)
    assert codes(lambda: decided(grant, by=acting(security), now=NOW)) == {"own-proposal"}
    assert decided(grant, by=acting(second), now=NOW).outcome == "confirmed"


def test_without_a_rule_that_says_by_whom_nothing_is_proposed(
    security: User, secretary: User, clerk: User, county: Commission
) -> None:
    WorkRule.objects.filter(code="N03").update(known_until=NOW)
    assert codes(lambda: proposed(security, clerk, county)) == {"cannot-be-decided"}
    assert not Grant.objects.filter(user=clerk).exists()


def test_a_grant_that_can_be_given_no_more_refuses_the_decision_itself(
    security: User, secretary: User, clerk: User, county: Commission
) -> None:
    grant = proposed(security, clerk, county, ends=TODAY + timedelta(days=3))
    late = NOW + timedelta(days=5)
    assert codes(lambda: decided(grant, by=acting(secretary), now=late)) == {"lapsed"}
    approval = application_of(grant, acting(secretary))
    assert approval is not None
    assert (approval.state, approval.edition) == ("审批中", 1)


def test_one_form_sent_twice_proposes_once(
    security: User, secretary: User, clerk: User, county: Commission
) -> None:
    key = uuid4()
    proposed(security, clerk, county, key=key)
    assert codes(lambda: proposed(security, clerk, county, key=key)) == {"sent-already"}
    set_actor(OPERATOR)
    assert Grant.objects.filter(user=clerk).count() == 1
