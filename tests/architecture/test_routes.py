"""Every address needs a log-in unless it is listed here."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from xiezuo.config.gate import table

OPEN_TO_ALL = {
    "accounts:log-in": "the door itself",
    "set_language": "whoever stands at the door may choose its language",
    "notices:feed": "calendar programs have no session; the address itself is the secret",
}
"""Name of the address → why nobody needs to log in for it."""

BEFORE_ANYBODY_IS_KNOWN = {
    "accounts:factor": "between the password and the second factor",
    "accounts:enrol": "the first card, after the password",
    "accounts:recover": "the paper code of a recovery, after the password",
    "accounts:new-password": "a temporary password is changed, after the second factor",
}
"""Open to whoever gave a right password a moment ago; they lead everybody else to the door themselves."""

SAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}
HTML = {"HTTP_ACCEPT": "text/html"}


def addresses() -> Iterator[tuple[str, str]]:
    """Name and a sample path of every address of the product."""
    yield from _walk(get_resolver(), "/", "")


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        path = prefix + _sample(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(
                pattern, path, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", path


def _sample(route: str) -> str:
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "2022-08-15"), route)


ALL = sorted(addresses())


@pytest.mark.parametrize(("name", "path"), ALL, ids=[name for name, _path in ALL])
def test_a_stranger_is_sent_to_the_door(name: str, path: str, db: None) -> None:
    found = resolve(path)
    assert found.view_name == name
    for method in ("get", "post"):
        answer = getattr(Client(), method)(path, **HTML)
        assert (answer.status_code == 302 and "/accounts/log-in/" in answer["Location"]) == (
            name not in OPEN_TO_ALL
        )


def test_every_open_address_is_listed_and_marked() -> None:
    marked = {name for name, path in ALL if not getattr(resolve(path).func, "login_required", True)}
    assert marked == {*OPEN_TO_ALL, *BEFORE_ANYBODY_IS_KNOWN}


def test_the_gate_lets_strangers_through_where_the_door_does() -> None:
    """The table of the gate is written by hand and the mark of the view in code: both must say the same."""
    let_through = {route for (route, _method), cells in table().items() if cells["anonymous"]}
    assert let_through == {*OPEN_TO_ALL, *BEFORE_ANYBODY_IS_KNOWN}


def test_every_address_has_a_name() -> None:
    assert [path for name, path in ALL if name.endswith("None")] == []
