"""Rights follow from the ledger: whoever moves, is lent or leaves gains and loses on the day, and nobody remembers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories as make
from xiezuo.accounts.api import Role, Scope, held_on
from xiezuo.accounts.models import Right, User
from xiezuo.organisation.api import ledger_changed
from xiezuo.organisation.models import Assignment, Commission, Person, Unit
from xiezuo.organisation.states import UnitKind
from xiezuo.shared.periods import OPEN
from xiezuo.zones.api import renew_rights

pytestmark = pytest.mark.usefixtures("actor")

NOW = datetime(2022, 8, 1, tzinfo=UTC)
MOVED = date(2022, 8, 15)
EVE = MOVED - timedelta(days=1)


@pytest.fixture
def county() -> Commission:
    return make.commission()


@pytest.fixture
def township(county: Commission) -> Unit:
    return make.unit(county, UnitKind.TOWNSHIP_COMMISSION)


@pytest.fixture
def office(county: Commission) -> Unit:
    return make.unit(county, UnitKind.SUPERVISION_OFFICE)


@pytest.fixture
def somebody(county: Commission) -> Person:
    return make.person(county)


def account_of(person: Person, name: str = "somebody", confirmed_by: str = "security") -> User:
    return User.objects.create_user(
        name, commission=person.commission_id, person=person.pk, person_named_by="system", person_confirmed_by=confirmed_by
    )  # fmt: skip


def held(user: User, day: date) -> set[tuple[Role, Scope, int]]:
    renew_rights(accounts=[user.pk], now=NOW)
    return {(each.role, each.scope_kind, each.scope_id) for each in held_on(user, day)}


def test_a_head_of_a_unit_and_its_staff_hold_it_from_the_day_they_take_up_their_posts(
    somebody: Person, township: Unit, office: Unit
) -> None:
    make.assignment(somebody, township, "书记", starts=MOVED)
    make.assignment(somebody, office, "科员", starts=MOVED)
    user = account_of(somebody)
    assert held(user, EVE) == set()
    assert held(user, MOVED) == {
        (Role.UNIT_HEAD, Scope.UNIT, township.pk),
        (Role.STAFF, Scope.UNIT, office.pk),
    }


def test_whoever_moves_loses_the_old_unit_and_gains_the_new_one_on_the_same_day(
    somebody: Person, township: Unit, office: Unit
) -> None:
    make.assignment(somebody, township, "书记", ends=MOVED)
    make.assignment(somebody, office, "主任", starts=MOVED)
    user = account_of(somebody)
    assert held(user, EVE) == {(Role.UNIT_HEAD, Scope.UNIT, township.pk)}
    assert held(user, MOVED) == {(Role.UNIT_HEAD, Scope.UNIT, office.pk)}


def test_whoever_is_lent_has_the_rights_of_where_they_work_until_the_loan_ends(
    somebody: Person, township: Unit, office: Unit
) -> None:
    make.assignment(somebody, township, "委员")
    make.assignment(somebody, office, "工作人员", status="借调", starts=MOVED, ends=date(2022, 11, 15))
    user = account_of(somebody)
    assert held(user, EVE) == {(Role.STAFF, Scope.UNIT, township.pk)}
    assert held(user, MOVED) == {(Role.STAFF, Scope.UNIT, office.pk)}
    assert held(user, date(2022, 11, 15)) == {(Role.STAFF, Scope.UNIT, township.pk)}


def test_whoever_leaves_holds_nothing_from_that_day(somebody: Person, township: Unit) -> None:
    make.assignment(somebody, township, "书记", ends=MOVED)
    assert held(account_of(somebody), MOVED) == set()


def test_posts_give_nothing_until_a_second_person_has_confirmed_whose_the_account_is(
    somebody: Person, township: Unit
) -> None:
    make.assignment(somebody, township, "书记")
    assert held(account_of(somebody, confirmed_by=""), MOVED) == set()


def test_the_secretary_and_the_case_management_office_hold_the_commission(county: Commission) -> None:
    leaders = make.unit(county, UnitKind.LEADERSHIP)
    cases = make.unit(county, UnitKind.SUPPORT_OFFICE, "案件监督管理室")
    letters = make.unit(county, UnitKind.SUPPORT_OFFICE, "信访室")
    expected = {
        (leaders, "书记"): (Role.SECRETARY, Scope.COMMISSION, county.pk),
        (leaders, "副书记"): (Role.READER, Scope.COMMISSION, county.pk),
        (cases, "科员"): (Role.CASE_MANAGEMENT, Scope.COMMISSION, county.pk),
        (letters, "主任"): (Role.UNIT_HEAD, Scope.UNIT, letters.pk),
    }
    for number, ((unit, post), right) in enumerate(expected.items()):
        person = make.person(county)
        make.assignment(person, unit, post)
        assert held(account_of(person, f"u{number}"), MOVED) == {right}


def test_a_leader_of_a_zone_holds_its_units_while_they_are_its_members(
    county: Commission, somebody: Person, township: Unit, office: Unit
) -> None:
    first = make.zone(county, "一级")
    second = make.zone(county, "二级", parent=first)
    make.zone_member(second, township, "成员", ends=MOVED)
    make.zone_member(second, office, "成员", starts=MOVED)
    make.zone_leader(second, somebody)
    deputy = make.person(county)
    make.zone_leader(first, deputy)
    contact, in_charge = account_of(somebody), account_of(deputy, "deputy")
    assert held(contact, EVE) == {
        (Role.CONTACT_LEADER, Scope.ZONE, second.pk),
        (Role.CONTACT_LEADER, Scope.UNIT, township.pk),
    }
    assert (Role.CONTACT_LEADER, Scope.UNIT, office.pk) in held(contact, MOVED)
    assert held(in_charge, MOVED) == {
        (Role.DEPUTY_SECRETARY, Scope.ZONE, first.pk),
        (Role.DEPUTY_SECRETARY, Scope.UNIT, office.pk),
    }


def test_a_change_of_the_ledger_renews_the_rights_by_itself_and_keeps_what_was_held(
    county: Commission, somebody: Person, township: Unit
) -> None:
    post = make.assignment(somebody, township, "书记")
    user = account_of(somebody)
    ledger_changed.publish(commission=county.pk, now=NOW)
    edition = User.objects.get(pk=user.pk).rights_edition
    later = NOW + timedelta(days=30)
    Assignment.objects.filter(pk=post.pk).update(known_until=later)
    ledger_changed.publish(commission=county.pk, now=later)
    assert held_on(user, MOVED) == ()
    assert User.objects.get(pk=user.pk).rights_edition == edition + 1
    known = Right.objects.get(user=user)
    assert (known.known_from, known.known_until, known.ends) == (NOW, later, OPEN)


def test_what_still_follows_is_not_stated_again(county: Commission, somebody: Person, township: Unit) -> None:
    make.assignment(somebody, township, "书记")
    user = account_of(somebody)
    for _again in range(3):
        ledger_changed.publish(commission=county.pk, now=NOW)
    assert Right.objects.filter(user=user).count() == 1
