"""No chain of acts, whoever does them in whatever order, lets one person be what two must be."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests import factories as make
from tests.accounts.deciding import application_of, appointed, decided, keep_rules, taken_back
from tests.subjects import give
from xiezuo.accounts.api import (
    ADMINISTRATORS,
    OPERATOR,
    Actor,
    Role,
    Scope,
    actor_of,
    appoint_first,
    confirm_person,
    decide_grant,
    end_grant,
    name_person,
    open_account,
    propose_grant,
    refuse_person,
    scopes_of,
    set_active,
    set_actor,
    settle_grant,
)
from xiezuo.accounts.models import Grant, Right, User
from xiezuo.approvals.api import Form, add_signer, confirm_paper, enter_paper, hand_over
from xiezuo.approvals.models import Approval, SignerRow
from xiezuo.organisation.models import Assignment, PersonRecord
from xiezuo.organisation.states import UnitKind
from xiezuo.shared.errors import XiezuoError

TODAY = date(2026, 11, 2)
NAMES = ("an", "bei", "chi", "ding", "en", "fang", "geng")
who = st.sampled_from(NAMES)
# Those who may do something do it more often, so that chains of acts grow long.
proposer, decider = st.sampled_from((*NAMES, *["bei"] * 7)), st.sampled_from((*NAMES, *["ding"] * 7))
gainer = st.sampled_from((*NAMES, "ding", "ding", "bei", "en"))
days, lengths = st.integers(0, 40), st.integers(1, 30)


class Separation(RuleBasedStateMachine):
    """Seven accounts, three of them administrators and one the secretary, try everything on each other."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
        self.undone = transaction.atomic()
        self.undone.__enter__()

    @initialize()
    def set_up_the_office(self) -> None:
        set_actor(OPERATOR)
        self.county = make.commission()
        keep_rules(self.county, TODAY.year, now=self.now)
        self.unit = make.unit(self.county, UnitKind.TOWNSHIP_COMMISSION)
        self.people = [make.person(self.county) for _each in NAMES]
        for person in self.people:
            make.assignment(person, self.unit, "书记")
        self.users = {name: User.objects.create_user(name, commission=self.county.pk) for name in NAMES}
        for name, role in zip(NAMES, ADMINISTRATORS, strict=False):
            appoint_first(user=self.users[name], role=role, witness="虚构见证人", by=OPERATOR, now=self.now)
        appointed(self.users["ding"], Role.SECRETARY, self.county, self.now)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def tried(self, by: str, act: Callable[[Actor], Any]) -> None:
        """Do it as `by` if it is allowed; a refusal leaves everything as it was."""
        with _refusals_told(), transaction.atomic():
            actor = actor_of(User.objects.get(username=by))
            set_actor(actor)
            act(actor)

    def grants(self, pick: int) -> list[Grant]:
        set_actor(OPERATOR)
        found = list(Grant.objects.order_by("pk"))
        return [found[pick % len(found)]] if found else []

    @rule(
        pair=st.tuples(proposer, decider), to=gainer, role=st.sampled_from(list(Role)), period=st.tuples(days, lengths),
        substitutes=st.booleans(),
    )  # fmt: skip
    def propose(
        self, pair: tuple[str, str], to: str, role: Role, period: tuple[int, int], substitutes: bool
    ) -> None:
        """One proposes and one confirms at once, so that much is in force for the other rules to work on."""
        by, second = pair
        first = TODAY + timedelta(days=period[0])
        kind = scopes_of(role)[0]
        over = {Scope.UNIT: self.unit.pk, Scope.COMMISSION: self.county.pk}.get(kind, 0)
        self.tried(by, lambda actor: propose_grant(
            user=self.users[to], role=role, commission=None if role in ADMINISTRATORS else self.county.pk,
            scope_kind=kind, scope_id=over, starts=first, ends=first + timedelta(days=period[1]), reason="需要",
            substitutes=substitutes, by=actor, now=self.now,
        ))  # fmt: skip
        self.decide_newest(second)

    def decide_newest(self, by: str) -> None:
        set_actor(OPERATOR)
        newest = Grant.objects.filter(outcome="").order_by("pk").last()
        if newest is not None:
            self.tried(by, lambda actor: decided(newest, confirm=True, by=actor, now=self.now))

    @rule(by=decider, pick=st.integers(0, 99), confirm=st.booleans())
    def decide(self, by: str, pick: int, confirm: bool) -> None:
        for grant in self.grants(pick):
            self.tried(by, lambda actor, it=grant: decided(it, confirm=confirm, reason="看过", by=actor, now=self.now))  # type: ignore[misc]  # fmt: skip

    @rule(by=who, pick=st.integers(0, 99))
    def withdraw(self, by: str, pick: int) -> None:
        for grant in self.grants(pick):
            self.tried(by, lambda actor, it=grant: taken_back(it, by=actor, now=self.now))  # type: ignore[misc]

    @rule(by=decider, pick=st.integers(0, 99), confirm=st.booleans())
    def decide_past_the_steps(self, by: str, pick: int, confirm: bool) -> None:
        for grant in self.grants(pick):
            self.tried(by, lambda actor, it=grant: decide_grant(grant=it, confirm=confirm, reason="看过", by=actor, now=self.now))  # type: ignore[misc]  # fmt: skip
            self.tried(by, lambda actor, it=grant: settle_grant(  # type: ignore[misc]
                grant=it.pk, outcome="confirmed", deciders=[self.users[by]], number="虚构1号", by=actor, now=self.now,
            ))  # fmt: skip

    @rule(by=decider, old=who, new=gainer, pick=st.integers(0, 99))
    def hand_over(self, by: str, old: str, new: str, pick: int) -> None:
        for grant in self.grants(pick):
            self.tried(by, lambda actor, it=grant: self.moved(hand_over, it, actor, from_account=self.users[old].pk, to_account=self.users[new].pk, said="调动"))  # type: ignore[misc]  # fmt: skip

    @rule(by=decider, whom=gainer, pick=st.integers(0, 99))
    def add_a_signer(self, by: str, whom: str, pick: int) -> None:
        for grant in self.grants(pick):
            self.tried(by, lambda actor, it=grant: self.moved(add_signer, it, actor, account=self.users[whom].pk))  # type: ignore[misc]  # fmt: skip

    @rule(by=gainer, second=who, pick=st.integers(0, 99))
    def bring_a_paper(self, by: str, second: str, pick: int) -> None:
        """One enters that the secretary agreed on paper, and another confirms it."""
        for grant in self.grants(pick):
            told = {"signer": self.seat_of("ding", grant), "number": "虚构1号", "on": TODAY}
            self.tried(by, lambda actor, it=grant, told=told: self.moved(enter_paper, it, actor, **told))  # type: ignore[misc]
            self.tried(second, lambda actor, it=grant, told=told: self.moved(confirm_paper, it, actor, signer=told["signer"]))  # type: ignore[misc]  # fmt: skip

    def seat_of(self, name: str, grant: Grant) -> int:
        set_actor(OPERATOR)
        rows = SignerRow.objects.filter(approval=grant.approval, account=self.users[name].pk)
        return rows.values_list("pk", flat=True).first() or 0

    def moved(self, verb: Callable[..., Any], grant: Grant, by: Actor, **more: Any) -> None:
        approval = application_of(grant, by)
        if approval is not None:
            form = Form(uuid4(), approval.edition)
            verb(approval=approval, form=form, after=lambda day, _number: day, by=by, now=self.now, **more)

    @rule(by=who, pick=st.integers(0, 99))
    def end(self, by: str, pick: int) -> None:
        for grant in self.grants(pick):
            self.tried(by, lambda actor, it=grant: end_grant(grant=it, on=TODAY, reason="不再需要", by=actor, now=self.now))  # type: ignore[misc]  # fmt: skip

    @rule(by=who, to=who, pick=st.integers(0, len(NAMES) - 1))
    def name(self, by: str, to: str, pick: int) -> None:
        person = self.people[pick].pk
        self.tried(by, lambda actor: name_person(user=self.users[to], commission=self.county.pk, person=person, by=actor, now=self.now))  # fmt: skip

    @rule(by=who, to=who, confirm=st.booleans())
    def answer_for_person(self, by: str, to: str, confirm: bool) -> None:
        user = self.users[to]
        if confirm:
            self.tried(by, lambda actor: confirm_person(user=user, by=actor, now=self.now))
        else:
            self.tried(by, lambda actor: refuse_person(user=user, reason="不是本人", by=actor, now=self.now))

    @rule(by=who, to=who, active=st.booleans())
    def switch(self, by: str, to: str, active: bool) -> None:
        self.tried(by, lambda actor: set_active(user=self.users[to], active=active, reason="变动", by=actor, now=self.now))  # fmt: skip

    @rule(by=who)
    def open_another(self, by: str) -> None:
        self.tried(by, lambda actor: open_account(
            name=f"new{User.objects.count()}", full_name="虚构新人", password="a-long-enough-phrase",
            commission=self.county.pk, person=None, by=actor, now=self.now,
        ))  # fmt: skip

    @rule(by=who, to=who, role=st.sampled_from(list(Role)))
    def write_past_everything(self, by: str, to: str, role: Role) -> None:
        over = (
            (None, Scope.INSTALLATION, 0)
            if role in ADMINISTRATORS
            else (self.county.pk, Scope.UNIT, self.unit.pk)
        )
        self.tried(by, lambda _actor: give(self.users[to], role, *over))
        self.tried(by, lambda _actor: self.users[to].groups.create(name="administrators"))
        self.tried(by, lambda _actor: User.objects.filter(username=to).update(is_superuser=True))

    @invariant()
    def nobody_is_an_administrator_and_anything_else_on_one_day(self) -> None:
        set_actor(OPERATOR)
        rights = list(Right.objects.filter(known_until=None))
        offices = [right for right in rights if right.role in ADMINISTRATORS]
        for office in offices:
            others = [right for right in rights if right.user_id == office.user_id and right.pk != office.pk]
            assert not [
                right for right in others if right.starts < office.ends and office.starts < right.ends
            ]

    @invariant()
    def every_right_rests_on_two_persons_neither_of_whom_gains(self) -> None:
        set_actor(OPERATOR)
        confirmed = Grant.objects.filter(outcome="confirmed").select_related("user")
        for grant in confirmed:
            assert grant.proposed_by != grant.decided_by
            assert grant.user.username not in (grant.proposed_by, *grant.decided_by.split("、"))
            assert grant.proposed_by not in grant.decided_by.split("、")
        rights = Right.objects.filter(known_until=None, grant=None)
        for right in rights.filter(scope_kind=Scope.MATTER):
            # Whoever is asked may read that matter, whatever else they are, and no longer than they are asked.
            assert right.user_id in Approval.objects.get(pk=right.scope_id).waiting_for
        tied = rights.exclude(scope_kind=Scope.MATTER).exclude(user__username="ding")
        for right in tied.select_related("user"):
            user = right.user
            assert user.person_named_by != user.person_confirmed_by != ""
            assert user.username != user.person_confirmed_by

    @rule(_once=st.just(None))
    def no_administrator_sees_anybody_of_the_ledger(self, _once: None) -> None:
        set_actor(OPERATOR)
        offices = Right.objects.filter(
            known_until=None, role__in=ADMINISTRATORS, starts__lte=TODAY, ends__gt=TODAY
        )
        for user in {right.user for right in offices.select_related("user")}:
            set_actor(Actor(user.username, user.pk))
            assert (Assignment.objects.count(), PersonRecord.objects.count()) == (0, 0)
        set_actor(OPERATOR)


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except (XiezuoError, DatabaseError):
        set_actor(OPERATOR)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiezuo.shared.clock.today", lambda: TODAY)


@pytest.mark.usefixtures("actor", "today")
def test_no_chain_of_acts_breaks_the_separation_of_duties() -> None:
    asked = settings()
    runs = settings(asked, max_examples=5_000 if asked.max_examples > 1_000 else 25, stateful_step_count=30)
    run_state_machine_as_test(Separation, settings=runs)
