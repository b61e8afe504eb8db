"""Pages of the ledger, kept while the ledger does not change.

Drawing a list costs fifty times what handing it out again costs. The edition of the ledger, the day, the whole address,
the account with the editions of its rights and of its own views, and today's date, on which rights begin and end, are in
the key, so a change of any of them is seen by the next request and nobody gets a page that was drawn for somebody else.
What waits for the reader is counted anew each time: it changes without the ledger.
"""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from xiezuo.shared import clock
from xiezuo.ui.context import DENSITY_COOKIE
from xiezuo.ui.parts import count_mark

KEPT_SECONDS = 60 * 60
VIEW = Callable[..., HttpResponse]

# Each session has a token of its own in the forms of a page; a kept page has this in its place.
TOKEN = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken(?:"|&quot;): (?:"|&quot;))[A-Za-z0-9]{64}')
IN_ITS_PLACE = b"kept-page-has-no-token"
COUNT = re.compile(rb'<b class="xz-count-mark" data-count-of="(\w+)"(?: hidden)?>\d*</b>')
_COUNTERS: dict[str, Callable[[], int]] = {}


def count_afresh(name: str, counter: Callable[[], int]) -> None:
    """Let the shell say how many `counter` finds for the reader of the transaction, on kept pages too. One query."""
    _COUNTERS[name] = counter


def fresh_counts() -> dict[str, int]:
    """Every number that the shell tells the reader of the transaction."""
    return {name: counter() for name, counter in _COUNTERS.items()}


def _recounted(page: bytes) -> bytes:
    named = {found.decode() for found in COUNT.findall(page)} & _COUNTERS.keys()
    counts = {name: _COUNTERS[name]() for name in named}

    def mark(found: re.Match[bytes]) -> bytes:
        name = found[1].decode()
        return count_mark(name, counts.get(name, 0)).encode()

    return COUNT.sub(mark, page)


def kept_page(view: VIEW) -> VIEW:
    """Answer with the page kept for this account, address, day and edition of the ledger, else draw it and keep it."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or "format" in request.GET or len(get_messages(request)):
            return view(request, *args, **kwargs)
        key = _key(request)
        kept = cache.get(key)
        if kept is not None:
            return HttpResponse(_recounted(kept).replace(IN_ITS_PLACE, get_token(request).encode()))
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            cache.set(key, TOKEN.sub(rb"\1" + IN_ITS_PLACE, response.content), KEPT_SECONDS)
        return response

    return answered


def _key(request: Any) -> str:
    commission = request.commission
    parts = (
        request.user.pk,
        request.user.views_edition,
        request.user.rights_edition,
        clock.today(),
        commission.pk,
        commission.ledger_version,
        request.day,
        request.get_full_path(),
        get_language(),
        request.COOKIES.get(DENSITY_COOKIE, ""),
        request.headers.get("HX-Target", ""),
    )
    return "page:" + sha256("\n".join(map(str, parts)).encode()).hexdigest()
