"""A list and the overview against a bare page of Django, each served by gunicorn, asked by eight connections.

`python -m bench.pages screens` measures a county of the province; `python -m bench.pages deep` the thousandth page of
the long list of the large book.
"""

import base64
import json
import secrets
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from bench.homes import HOMES, django_ready
from bench.lines import Line, say, send, shown_time
from bench.servers import Seen, ask, server, warm

PRODUCT, BARE = "xiezuo.config.settings", "bench.bare.settings"
SECONDS, ROUNDS = 3.0, 5
DAY = date(2022, 8, 15)
COUNTY = "B00050"
LIST = f"/people/in-post/?on={DAY}"
FIRST, DAYS_A_ROUND = date(2015, 1, 1), 300
DEEP = 1000
SCREENS = (
    ("list of 50 posts", (LIST,), 0.2),
    ("list of 50 units", (f"/people/units/?on={DAY}",), 0.2),
    ("overview, kept", (f"/?on={DAY}",), 0.15),
)


def screens() -> list[Line]:
    """The screens of one county of the province, against the bare page."""
    cookie = log_in(COUNTY)
    home = HOMES / "province"
    with server(home, BARE) as bare, server(home, PRODUCT) as product:
        beside = Beside(bare, product, cookie)
        lines = [_line(name, beside.pairs([paths] * ROUNDS), least) for name, paths, least in SCREENS]
        return [*lines, _line("overview, never drawn before", beside.pairs(_days()), None)]


@dataclass(frozen=True)
class Beside:
    """Two servers, and who asks them."""

    bare: int
    product: int
    cookie: str

    def pairs(self, rounds: Sequence[Sequence[str]]) -> list[tuple[Seen, Seen]]:
        """Ask the bare page and then ours, once a round."""
        warm(self.bare, self.cookie, ["/"])
        warm(self.product, self.cookie, rounds[0])
        return [
            (ask(self.bare, self.cookie, ["/"], SECONDS), ask(self.product, self.cookie, paths, SECONDS))
            for paths in rounds
        ]


def _days() -> list[list[str]]:
    """Addresses of days for each round, none of them twice, so that nothing has been drawn before."""
    days = (f"/?on={FIRST + timedelta(days=number)}" for number in range(ROUNDS * DAYS_A_ROUND))
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


def deep() -> list[Line]:
    """Page 1,000 of a list against its page 1, one connection."""
    cookie = log_in(None)
    mark = _mark(DEEP)
    first, later = [], []
    with server(HOMES / "book", PRODUCT) as product:
        warm(product, cookie, [LIST])
        for _ in range(ROUNDS):
            first.append(ask(product, cookie, [LIST], SECONDS, 1))
            later.append(ask(product, cookie, [f"{LIST}&after={mark}"], SECONDS, 1))
    one, thousand = (statistics.median(seen.p50 for seen in found) for found in (first, later))
    ratio = thousand / one
    name = f"page {DEEP:,} of a list against page 1"
    return [
        Line(name, f"{shown_time(one)} page 1", shown_time(thousand), ratio, "≤ 1.2 ×", ratio <= 1.2, ROUNDS)
    ]


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
    """A session of an account made for this run; its cookie."""
    with acting_as(OPERATOR):
        user = set_account(
            name="bench", full_name="", password=secrets.token_urlsafe(20), by=OPERATOR, now=clock.now()
        )
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        if commission:
            session["commission"] = commission
        session.save()
    return f"sessionid={session.session_key}"


if __name__ == "__main__":
    django_ready()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from xiezuo.accounts.api import OPERATOR, acting_as, set_account
    from xiezuo.organisation import queries
    from xiezuo.organisation.api import chosen_commission
    from xiezuo.shared import clock

    say(f"  {sys.argv[1]} …")
    send(screens() if sys.argv[1] == "screens" else deep())
