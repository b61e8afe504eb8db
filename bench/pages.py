"""A list and the overview against a bare page of Django, each served by gunicorn, asked by eight connections.

`python -m bench.pages screens` measures a county of the province; `python -m bench.pages deep` the thousandth page of
the long list of the large book.
"""

import base64
import json
import secrets
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from bench.copying import vacuum
from bench.homes import HOMES, django_ready
from bench.lines import Line, at_most, say, send, shown_time
from bench.servers import Seen, ask, server, warm

PRODUCT, BARE = "xiezuo.config.settings", "bench.bare.settings"
SECONDS, SECONDS_OF_DEEP, ROUNDS = 2.0, 4.0, 5
DAY = date(2022, 8, 15)
COUNTY = "B00050"
LIST = "/people/in-post/"
FIRST, DAYS_A_ROUND = date(2015, 1, 1), 300
DEEP = 1000
SCREENS = (("list of 50 posts", "/people/in-post/", 0.2), ("overview", "/", 0.15))


def screens() -> Iterator[Line]:
    """The screens of one county of the province, against the bare page: asked again, and asked for the first time."""
    cookie = log_in(COUNTY)
    home = HOMES / "province"
    with server(home, BARE) as bare, server(home, PRODUCT) as product:
        beside = Beside(bare, product, cookie)
        warm(bare, cookie, ["/"])
        for name, path, least in SCREENS:
            warm(product, cookie, [f"{path}?on={DAY}"])
            yield _line(f"{name}, kept", beside.pairs([[f"{path}?on={DAY}"]] * ROUNDS), least)
            yield _line(f"{name}, drawn anew", beside.pairs(_days(path)), least)


@dataclass(frozen=True)
class Beside:
    """Two servers, and who asks them."""

    bare: int
    product: int
    cookie: str

    def pairs(self, rounds: Sequence[Sequence[str]]) -> list[tuple[Seen, Seen]]:
        """Ask the bare page and then ours, once a round."""
        return [
            (ask(self.bare, self.cookie, ["/"], SECONDS), ask(self.product, self.cookie, paths, SECONDS))
            for paths in rounds
        ]


def _days(path: str) -> list[list[str]]:
    """Addresses of days for each round, none of them twice, so that nothing has been drawn before."""
    days = (f"{path}?on={FIRST + timedelta(days=number)}" for number in range(ROUNDS * DAYS_A_ROUND))
    return [list(islice(days, DAYS_A_ROUND)) for _ in range(ROUNDS)]


def _line(name: str, pairs: list[tuple[Seen, Seen]], least: float | None) -> Line:
    anchor = statistics.median(one.rate for one, _ in pairs)
    ours = statistics.median(one.rate for _, one in pairs)
    p50, p99 = (statistics.median(getattr(one, part) for _, one in pairs) for part in ("p50", "p99"))
    target, met = (f"≥ {least:g}", ours / anchor >= least) if least else ("", None)
    note = f"p50 {shown_time(p50)}, p99 {shown_time(p99)} with 8 connections"
    return Line(
        name, f"{anchor:.0f}/s bare Django page", f"{ours:.0f}/s", ours / anchor, target, met, ROUNDS, note
    )


def deep() -> Iterator[Line]:
    """Page 1,000 of a list against its page 1, each drawn anew, one connection."""
    # What autovacuum does within a minute of a load.
    vacuum()
    cookie = log_in(None)
    addresses = (f"{LIST}?on={DAY}", f"{LIST}?on={DAY}&after={_mark(DEEP)}")
    found: tuple[list[float], list[float]] = ([], [])
    with server(HOMES / "book", PRODUCT) as product:
        ask(product, cookie, addresses, 2 * SECONDS_OF_DEEP)
        for turn in range(ROUNDS):
            for address, times in zip(addresses, found, strict=True):
                times.append(ask(product, cookie, _anew(address, turn), SECONDS_OF_DEEP, 1).p50)
    one, thousand = map(statistics.median, found)
    yield at_most(f"page {DEEP:,} of a long list", one, thousand, limit=1.2, n=ROUNDS, words="page 1")


def _anew(address: str, turn: int) -> list[str]:
    """The same page under addresses that nobody has asked for, because pages are kept."""
    return [f"{address}&again={turn * DAYS_A_ROUND + number}" for number in range(DAYS_A_ROUND)]


def _mark(page: int) -> str:
    """The mark of the last row before `page`, as the list itself makes it."""
    with acting_as(OPERATOR):
        rows = queries.posts(chosen_commission(None), DAY)
        place = (page - 1) * 50 - 1
        found = rows.values_list(*queries.POST_ORDER)[place : place + 1]
        if not found:
            raise SystemExit(f"the list has no page {page}")
        return base64.urlsafe_b64encode(json.dumps(list(found[0])).encode()).decode().rstrip("=")


def log_in(commission: str | None) -> str:
    """A session of an account made for this run, which keeps the ledger of the commission; its cookie."""
    with acting_as(OPERATOR):
        user = set_account(
            name="bench", full_name="", password=secrets.token_urlsafe(20), by=OPERATOR, now=clock.now()
        )
        county = chosen_commission(commission).pk
        held = {"user": user, "role": Role.CASE_MANAGEMENT, "commission": county, "scope_id": county}
        if not Right.objects.filter(**held).exists():
            Right.objects.create(
                **held, scope_kind=Scope.COMMISSION, starts=ALWAYS, ends=OPEN, known_from=clock.now()
            )
    client = Client()
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"


if __name__ == "__main__":
    django_ready()
    from django.test import Client

    from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as, set_account
    from xiezuo.accounts.models import Right
    from xiezuo.organisation import queries
    from xiezuo.organisation.api import chosen_commission
    from xiezuo.shared import clock
    from xiezuo.shared.periods import ALWAYS, OPEN

    say(f"  {sys.argv[1]} …")
    send(screens() if sys.argv[1] == "screens" else deep())
