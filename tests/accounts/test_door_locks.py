"""The door, rule by rule: lock-outs, and the same answer to everybody."""

from typing import Any

import pytest

from tests.accounts.door import (
    CONFIRM,
    HERE,
    MINE,
    NAME,
    PASSWORD,
    RECOVER,
    THERE,
    Rows,
    World,
    account,
    acts,
    browser,
    card_of,
    disable,
    is_in,
    knock,
    prove,
    words_of,
)  # fmt: skip
from xiezuo.accounts.actor import OPERATOR
from xiezuo.accounts.attempt_operations import begin_try, unlock
from xiezuo.accounts.models import Attempt, User
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db
rows = Rows()

# --- locking out -----------------------------------------------------------------------------------------------------


@rows.row("four failures lock nobody out")
def _four(world: World) -> None:
    world.fail(4)
    assert world.opens()


@rows.row("five failures shut the pair of name and address")
def _five(world: World) -> None:
    world.fail(5)
    assert not world.opens()


@rows.row("a lock-out ends after its time")
def _ends(world: World) -> None:
    world.fail(5)
    world.later(minutes=16)
    assert world.opens()


@rows.row("knocking while locked out does not prolong it")
def _not_prolonged(world: World) -> None:
    world.fail(5)
    world.later(minutes=8)
    world.fail(5)
    world.later(minutes=8)
    assert world.opens()


@rows.row("a lock-out at one address leaves the name its other addresses")
def _elsewhere_open(world: World) -> None:
    world.fail(5, address=THERE)
    assert world.opens(HERE)


@rows.row("coming in forgets the failures before it")
def _forgotten(world: World) -> None:
    world.fail(4)
    world.inside()
    world.fail(4)
    assert world.opens()


@rows.row("the right password alone forgets no failure")
def _half_forgets_nothing(world: World) -> None:
    world.fail(4)
    assert world.opens()
    world.fail(1)
    assert not world.opens()


@rows.row("a try that was never judged counts as a failure")
def _pending(world: World) -> None:
    for _time in range(5):
        begin_try(name=NAME, address=HERE, stage="password", now=clock.now())
    assert not world.opens()


@rows.row("failures at the second factor count")
def _factor_counts(world: World) -> None:
    client = browser()
    knock(client)
    for _time in range(5):
        prove(client, "00000000")
    assert prove(client, world.codes[1]).status_code == 200
    assert not is_in(client)
    assert not world.opens()


@rows.row("failures with a recovery code count")
def _recovery_counts(world: World) -> None:
    client = browser()
    knock(client)
    for _time in range(5):
        client.post(RECOVER, {"proof_code": "AAAA-AAAA-AAAA-AAAA"})
    assert prove(client, world.codes[1]).status_code == 200


@rows.row("failures of a fresh proof count")
def _step_up_counts(world: World) -> None:
    client = world.inside()
    world.later(minutes=6)
    for _time in range(5):
        client.post(CONFIRM, {"proof_code": "00000000", "next": MINE})
    assert client.post(CONFIRM, {"proof_code": world.next_code(), "next": MINE}).status_code == 200


@rows.row("failures with one's own password count")
def _own_password_counts(world: World) -> None:
    client = world.inside()
    new = {"new": "a brook under old ice", "again": "a brook under old ice"}
    for _time in range(5):
        client.post("/accounts/mine/password/", {"old": "wrong wrong wrong", **new})
    assert client.post("/accounts/mine/password/", {"old": PASSWORD, **new}).status_code == 200
    assert User.objects.get(username=NAME).check_password(PASSWORD)


@rows.row("twenty failures from many addresses shut the name to addresses it is not known at")
def _many_addresses(world: World) -> None:
    for number in range(5):
        world.fail(4, address=f"10.9.0.{number}")
    assert not world.opens("10.9.1.1")


@rows.row("the same leave the name the address it is known at")
def _known_address(world: World) -> None:
    world.inside(HERE)
    for number in range(5):
        world.fail(4, address=f"10.9.0.{number}")
    assert not world.opens("10.9.1.1")
    assert world.opens(HERE)


@rows.row("an address is known for thirty days")
def _known_no_longer(world: World) -> None:
    world.inside(HERE)
    world.later(days=31)
    for number in range(5):
        world.fail(4, address=f"10.9.0.{number}")
    assert not world.opens(HERE)


@rows.row("nobody elsewhere can lock all three administrators out")
def _three_administrators(world: World) -> None:
    names = ("xitong", "anquan", "shenji")
    for name in names:
        codes = card_of(account(name))
        client = browser(HERE)
        knock(client, name)
        prove(client, codes[1])
    for name in names:
        for number in range(8):
            world.fail(5, address=f"10.8.0.{number}", name=name)
    assert all(world.opens(HERE, name) for name in names)


@rows.row("fifty failures shut an address, for whatever name")
def _fifty(world: World) -> None:
    for number in range(50):
        begin_try(name=f"nobody{number}", address=THERE, stage="password", now=clock.now())
    assert not world.opens(THERE)
    assert world.opens(HERE)


@rows.row("an address that writes another one into its headers stays itself")
def _forged_address(world: World) -> None:
    for number in range(5):
        knock(
            browser(HERE, HTTP_X_FORWARDED_FOR=f"10.7.0.{number}", HTTP_X_REAL_IP="10.7.7.7"),
            password="wrong wrong",
        )
    assert not world.opens(HERE)


@rows.row("opening the door by command ends a lock-out")
def _unlock(world: World) -> None:
    world.fail(5)
    assert unlock(name=NAME, by=OPERATOR, now=clock.now()) == 1
    assert world.opens()
    assert [entry.target for entry in acts("account.unlocked")] == [NAME]


@rows.row("a lock-out stands in the journal, with its kind and its end")
def _journal_of_lock(world: World) -> None:
    world.fail(5)
    (entry,) = acts("account.locked_out")
    assert (entry.target, entry.details["kind"], entry.details["failures"]) == (NAME, "pair", 5)


# --- the door says the same to everybody -----------------------------------------------------------------------------


REFUSED = {
    "an unknown name": (lambda world: None, "nobody"), "a disabled account": (disable, NAME),
    "a locked name, with the right password": (lambda world: world.fail(5), NAME),
}  # fmt: skip


def _alike(world: World, case: tuple[Any, str]) -> None:
    prepare, name = case
    expected = words_of(knock(browser(THERE), password="wrong wrong wrong"), NAME)
    prepare(world)
    page = knock(browser(), name)
    assert page.status_code == 200
    assert words_of(page, name) == expected


rows.each("the answer is that to a wrong password", REFUSED, _alike)


@rows.row("what was typed as a name that is nobody's stands nowhere")
def _typed_password(world: World) -> None:
    knock(browser(), "my secret password 77", "x")
    told = "".join(f"{entry.target}{entry.details}{entry.actor}" for entry in acts())
    kept = "".join(Attempt.objects.values_list("name", flat=True))
    assert "secret" not in told + kept


@rows.row("a refused log-in stands in the journal under the name of the account")
def _refused_in_journal(world: World) -> None:
    world.fail(1)
    (entry,) = acts("account.log_in_refused")
    assert (entry.actor, entry.target, entry.result, entry.origin) == ("anonymous", NAME, "refused", HERE)


@pytest.fixture
def world(actor: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A fresh one for each row."""
    return World(monkeypatch)


@pytest.mark.parametrize("name", rows.all)
def test_at_the_door(name: str, world: World) -> None:
    rows.all[name](world)
