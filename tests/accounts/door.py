"""What tests of the door do again and again."""

import re
from typing import Any

from django.test import Client

from xiezuo.accounts.actor import OPERATOR, set_actor
from xiezuo.accounts.factor_operations import confirm_card, issue_card
from xiezuo.accounts.models import Factor, User
from xiezuo.shared import clock

PASSWORD = "seven quiet herons wade"
LOG_IN, FACTOR, ENROL = "/accounts/log-in/", "/accounts/factor/", "/accounts/enrol/"
MINE, CONFIRM, RECOVER, NEW = (
    "/accounts/mine/",
    "/accounts/confirm/",
    "/accounts/recover/",
    "/accounts/new-password/",
)


def account(name: str = "zhangsan", **more: Any) -> User:
    """An account with `PASSWORD`, without a role."""
    return User.objects.create_user(name, password=PASSWORD, **more)


def card_of(user: User) -> list[str]:
    """A confirmed card; its first code is struck off."""
    codes = issue_card(account=user, by=OPERATOR, now=clock.now())
    confirm_card(account=user, code=codes[0], number=1, by=OPERATOR, now=clock.now())
    return codes


def browser(address: str = "127.0.0.1", **more: Any) -> Client:
    """A browser at an address, not logged in."""
    return Client(REMOTE_ADDR=address, HTTP_HOST="127.0.0.1", **more)


def knock(client: Client, name: str = "zhangsan", password: str = PASSWORD, **more: Any) -> Any:
    """Name and password at the door."""
    return client.post(LOG_IN, {"username": name, "password": password, **more})


def prove(client: Client, code: str, **more: Any) -> Any:
    """A code on the page of the second factor."""
    return client.post(FACTOR, {"proof_code": code, **more})


def come_in(client: Client, codes: list[str], number: int = 2, name: str = "zhangsan") -> Any:
    """All the way in, with code `number` of the card."""
    knock(client, name)
    return prove(client, codes[number - 1])


def is_in(client: Client) -> bool:
    """Whether a page behind the door is shown."""
    answer = client.get(MINE)
    assert answer.status_code in (200, 302)
    return bool(answer.status_code == 200)


def asked_number(page: Any) -> int:
    """The number of the code that a page asks for."""
    found = re.search(r"(?:卡上第|Code )\s*(\d+)", page.content.decode())
    assert found is not None, page.content.decode()[-3000:]
    return int(found[1])


def last_factor(user: User) -> Factor:
    """The factor made last."""
    found = Factor.objects.filter(user=user).order_by("pk").last()
    assert found is not None
    return found


def as_operator() -> None:
    """The rest of the test's own transaction sees everything."""
    set_actor(OPERATOR)
