"""Tries at the same moment, and tries against the clock: real connections, real threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from statistics import median
from threading import Barrier
from time import perf_counter
from typing import Any

import pytest
from django.db import connections

from tests.accounts.door import (
    HERE,
    account,
    browser,
    card_of,
    is_in,
    knock,
    make_hashing_cheap,
    prove,
)
from xiezuo.accounts.actor import OPERATOR
from xiezuo.accounts.attempt_operations import begin_try, name_hash, settle_try, unlock
from xiezuo.accounts.door_operations import try_password
from xiezuo.accounts.half_session import HALF
from xiezuo.accounts.models import Attempt, CardCode, LockOut, Session, User
from xiezuo.accounts.session_operations import end_sessions
from xiezuo.accounts.sessions import SessionStore
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each act answers, all of them begun at one moment on connections of their own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(run, act) for act in acts]]


@pytest.fixture
def user(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> User:
    """An account."""
    make_hashing_cheap(monkeypatch)
    return account()


def after_password(user: User) -> Any:
    """A browser whose password was right a moment ago."""
    store, client = SessionStore(), browser()
    store[HALF] = {"account": user.pk, "password": user.get_session_auth_hash(), "at": clock.now().isoformat(), "next": ""}  # fmt: skip
    store.save()
    client.cookies["sessionid"] = store.session_key
    return client


@pytest.mark.parametrize("races", [100, pytest.param(1_000, marks=pytest.mark.night)])
def test_of_two_posts_of_one_code_exactly_one_comes_in(user: User, races: int) -> None:
    codes: list[str] = []
    wins = []
    for race in range(races):
        number = race % 39
        codes = codes if number else card_of(user)
        clients = [after_password(user), after_password(user)]
        together(*(partial(prove, client, codes[number + 1]) for client in clients))
        wins.append(sum(is_in(client) for client in clients))
        unlock(name=user.username, by=OPERATOR, now=clock.now())
        end_sessions(account=user, why="asked", by=OPERATOR, now=clock.now())
    assert wins == [1] * races


def test_of_two_posts_a_wrong_and_a_right_code_only_the_right_one_comes_in(user: User) -> None:
    codes = card_of(user)
    right, wrong = after_password(user), after_password(user)
    together(lambda: prove(right, codes[1]), lambda: prove(wrong, "00000000"))
    assert (is_in(right), is_in(wrong)) == (True, False)
    assert CardCode.objects.filter(struck_at__isnull=False).count() == 2


def test_tries_at_the_same_moment_are_not_more_than_the_limit(user: User) -> None:
    made = together(
        *[lambda: begin_try(name="zhangsan", address=HERE, stage="password", now=clock.now())] * 12
    )
    assert sum(not each.locked for each in made) == 5


def test_failures_at_the_same_moment_make_one_lock_out(user: User) -> None:
    together(*[lambda: knock(browser(), password="wrong wrong wrong")] * 8)
    assert LockOut.objects.filter(kind="pair").count() == 1
    assert knock(browser()).status_code == 200


def test_a_lock_out_holds_for_a_connection_that_was_not_there(user: User) -> None:
    for _time in range(5):
        knock(browser(), password="wrong wrong wrong")
    connections.close_all()
    assert together(lambda: knock(browser()).status_code) == [200]


def test_a_failure_counts_before_the_password_is_judged(user: User) -> None:
    made = begin_try(name="zhangsan", address=HERE, stage="password", now=clock.now())
    seen = together(lambda: LockOut.objects.count() or _pending())
    assert seen == [1]
    settle_try(made, passed=True, known_as="zhangsan", by=OPERATOR, now=clock.now())
    assert _pending() == 0


def _pending() -> int:
    return Attempt.objects.filter(outcome="").count()


def test_log_ins_at_the_same_moment_leave_no_more_sessions_than_allowed(user: User) -> None:
    codes = card_of(user)
    for turn in range(1, 4):
        prove(after_password(user), codes[turn])
    inside = [after_password(user) for _each in range(4)]
    together(
        *(
            lambda client=client, code=code: prove(client, code)
            for client, code in zip(inside, codes[4:8], strict=True)
        )
    )
    assert Session.objects.filter(account=user.pk).count() == 3


@pytest.mark.parametrize(("times", "bound"), [(30, 0.2), pytest.param(1_000, 0.05, marks=pytest.mark.night)])
def test_an_unknown_and_a_locked_name_take_as_long_as_a_wrong_password(
    transactional_db: None, times: int, bound: float
) -> None:
    """The medians, in turns so that load hits all alike: within 5 % of each other at night, where there is time for it."""
    user = account()
    account("lisi")
    kinds = {"wrong": "zhangsan", "unknown": "nobody", "locked": "lisi"}
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    for turn in range(times):
        now = clock.now()
        if turn % 5 == 0:
            unlock(name=user.username, by=OPERATOR, now=now)
        LockOut.objects.get_or_create(
            kind="pair",
            name=name_hash("lisi"),
            address=HERE,
            defaults={"since": now, "until": now.replace(year=9000)},
        )
        for kind, name in kinds.items():
            begun = perf_counter()
            address = HERE if kind == "locked" else f"10.5.{turn // 250}.{turn % 250}"
            assert try_password(name=name, password="wrong wrong wrong", address=address, now=now) is None
            taken[kind].append(perf_counter() - begun)
    middle = {kind: median(each) for kind, each in taken.items()}
    assert abs(middle["unknown"] / middle["wrong"] - 1) <= bound, middle
    assert abs(middle["locked"] / middle["wrong"] - 1) <= bound, middle
