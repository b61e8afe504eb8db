"""What tests of the door do again and again."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from xiezuo.accounts.actor import OPERATOR, set_actor
from xiezuo.accounts.factor_operations import add_totp, confirm_card, issue_card
from xiezuo.accounts.factors import totp
from xiezuo.accounts.models import DoorPolicy, Session, User
from xiezuo.accounts.passwords import NormalisingArgon2
from xiezuo.audit.models import Entry
from xiezuo.shared import clock

PASSWORD = "seven quiet herons wade"
LOG_IN, FACTOR, ENROL = "/accounts/log-in/", "/accounts/factor/", "/accounts/enrol/"
MINE, CONFIRM, RECOVER, NEW = (
    "/accounts/mine/",
    "/accounts/confirm/",
    "/accounts/recover/",
    "/accounts/new-password/",
)
HERE, THERE = "10.1.1.1", "10.2.2.2"
NAME = "zhangsan"
_REAL_NOW = clock.now


class World:
    """One account with a confirmed card, browsers at addresses, and a clock that can be moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str = NAME) -> None:
        self.shift, self.monkeypatch, self.breached = timedelta(), monkeypatch, "forty owls over dry reeds"
        monkeypatch.setattr(clock, "now", lambda: _REAL_NOW() + self.shift)
        make_hashing_cheap(monkeypatch)
        self.user = account(name)
        self.codes = card_of(self.user)
        self.used = 1

    def later(self, **by: float) -> None:
        """The clock moves; backwards with a negative number."""
        self.shift += timedelta(**by)

    def breach(self, path: Path) -> None:
        """A sorted file of hashes as it is offered for download, with one password in it."""
        words = [f"word {number}" for number in range(500)] + [self.breached]
        hashes = sorted(sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in words)
        path.write_text("".join(f"{each}:{place}\r\n" for place, each in enumerate(hashes)))
        self.monkeypatch.setattr(settings, "BREACHED_PASSWORDS", str(path))

    def next_code(self) -> str:
        """The code that is asked for next, which is then no longer the next one."""
        self.used += 1
        return self.codes[self.used - 1]

    def inside(self, address: str = HERE) -> Client:
        """A browser that came in by password and card."""
        client = browser(address)
        knock(client, self.user.username)
        assert prove(client, self.next_code()).status_code == 302
        assert is_in(client)
        return client

    def fail(self, times: int, address: str = HERE, name: str = "") -> None:
        """So many wrong passwords."""
        for _time in range(times):
            assert knock(browser(address), name or self.user.username, "wrong wrong wrong").status_code == 200

    def opens(self, address: str = HERE, name: str = "") -> bool:
        """Whether name and right password lead on to the second factor."""
        return bool(knock(browser(address), name or self.user.username).status_code == 302)


def make_hashing_cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash with the least work: these tests knock hundreds of times."""
    for cost, least in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
        monkeypatch.setattr(NormalisingArgon2, cost, least)


def account(name: str = NAME, **more: Any) -> User:
    """An account with `PASSWORD`, without a role."""
    return User.objects.create_user(name, password=PASSWORD, **more)


def card_of(user: User) -> list[str]:
    """A confirmed card; its first code is struck off."""
    codes = issue_card(account=user, by=OPERATOR, now=clock.now())
    confirm_card(account=user, code=codes[0], number=1, by=OPERATOR, now=clock.now())
    return codes


def app_of(user: User) -> bytes:
    """The secret of an authenticator app that was added five minutes ago; apps are allowed from then on."""
    policy(totp_allowed=True)
    secret, then = totp.new_secret(), clock.now() - timedelta(minutes=5)
    add_totp(
        account=user,
        secret=secret,
        code=totp.code_at(secret, totp.step_at(then)),
        label="",
        by=OPERATOR,
        now=then,
    )
    return secret


def policy(**wanted: Any) -> None:
    """The policy of the door, past the operation."""
    DoorPolicy.objects.update_or_create(pk=1, defaults=wanted)


def browser(address: str = HERE, **more: Any) -> Client:
    """A browser at an address, not logged in."""
    return Client(REMOTE_ADDR=address, HTTP_HOST="127.0.0.1", **more)


def knock(client: Client, name: str = NAME, password: str = PASSWORD, **more: Any) -> Any:
    """Name and password at the door."""
    return client.post(LOG_IN, {"username": name, "password": password, **more})


def prove(client: Client, code: str, **more: Any) -> Any:
    """A code on the page of the second factor."""
    return client.post(FACTOR, {"proof_code": code, **more})


def is_in(client: Client) -> bool:
    """Whether a page behind the door is shown."""
    answer = client.get(MINE)
    assert answer.status_code in (200, 302), answer.status_code
    return bool(answer.status_code == 200)


def key_of(client: Client) -> str:
    """The session key that the browser holds."""
    return str(client.cookies["sessionid"].value)


def words_of(page: Any, *but: str) -> str:
    """A page without tokens and without what was typed."""
    text = re.sub(r'"[A-Za-z0-9]{64}"', "", page.content.decode())
    for word in but:
        text = text.replace(word, "")
    return text


def codes_on(page: Any) -> list[str]:
    """The codes of a card that a page shows."""
    return ["".join(pair) for pair in re.findall(r"<code>(\d{4}) (\d{4})</code>", page.content.decode())]


def asked_number(client: Client) -> int:
    """The number of the code that confirms the card that was just shown."""
    return int(client.session["asked"])


def acts(act: str = "") -> list[Entry]:
    """The journal, or its entries of one act."""
    set_actor(OPERATOR)
    found = Entry.objects.order_by("id")
    return list(found.filter(act=act) if act else found)


def sessions() -> int:
    """How many sessions are logged in."""
    return Session.objects.filter(account__isnull=False).count()


@contextmanager
def moment(monkeypatch: pytest.MonkeyPatch, at: datetime) -> Iterator[None]:
    """The clock stands."""
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: at)
        yield


def in_a_demonstration(world: World) -> None:
    """A demonstration in which only administrators need a factor, and an account without one."""
    world.monkeypatch.setattr(settings, "DEMONSTRATION", True)
    policy(second_factor="administrators")
    account("lisi")


def disable(_world: World) -> None:
    """The account of these rows is disabled."""
    User.objects.filter(username=NAME).update(is_active=False)


class Rows:
    """Named rows of a table of rules; each is a function of a world."""

    def __init__(self) -> None:
        self.all: dict[str, Callable[[World], None]] = {}

    def row(self, name: str) -> Callable[[Callable[[World], None]], Callable[[World], None]]:
        """Enter a function under the rule it proves."""

        def entered(check: Callable[[World], None]) -> Callable[[World], None]:
            assert name not in self.all, name
            self.all[name] = check
            return check

        return entered

    def each(self, rule: str, cases: dict[str, Any], check: Callable[[World, Any], None]) -> None:
        """Enter one row for each case."""
        for name, case in cases.items():
            self.row(f"{rule}: {name}")(lambda world, case=case: check(world, case))  # type: ignore[misc]
