"""The day that a screen speaks of: read from the address, kept in its links."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from xiezuo.shared.clock import today
from xiezuo.shared.errors import BadInput
from xiezuo.shared.periods import month_of
from xiezuo.ui.address import Address
from xiezuo.ui.refusals import refusal_page

PARAMETER = "on"
FIRST = date(1900, 1, 1)
LAST = date(2199, 12, 31)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_day(text: str) -> date:
    """The day written as `YYYY-MM-DD`; raises `BadInput` naming what was found."""
    try:
        day = date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        expected = _("a day such as 2022-08-15, from 1900-01-01 to 2199-12-31")
        raise BadInput(
            _("The day in the address is “%(found)s”; expected %(expected)s.")
            % {"found": text[:40], "expected": expected}
        )
    return day


class DayMiddleware:
    """Sets `request.day` and `request.day_is_today` from `?on=`; the default is today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = today()
        request.day, request.day_is_today = now, True  # type: ignore[attr-defined]
        asked = request.GET.get(PARAMETER, "").strip()
        if asked:
            try:
                request.day = parse_day(asked)  # type: ignore[attr-defined]
            except BadInput as error:
                return refusal_page(error)
            request.day_is_today = request.day == now  # type: ignore[attr-defined]
        return self.get_response(request)


def day_query(request: HttpRequest) -> str:
    """`on=2022-08-15`, or nothing when the screen speaks of today."""
    day = getattr(request, "day", None)
    return "" if day is None or getattr(request, "day_is_today", True) else f"{PARAMETER}={day.isoformat()}"


def keep_day(url: str, query: str) -> str:
    """`url` with the day of `query` added, unless it names a day itself."""
    if not query or not url:
        return url
    parts = urlsplit(url)
    if PARAMETER in parse_qs(parts.query, keep_blank_values=True):
        return url
    joined = f"{parts.query}&{query}" if parts.query else query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, joined, parts.fragment))


@dataclass(frozen=True)
class DaySteps:
    """Where the as-of bar leads: one day or one month back and on, and today."""

    month_back: str
    day_back: str
    day_on: str
    month_on: str
    today: str


def _month_earlier(day: date) -> date:
    first_of_earlier = month_of(month_of(day)[0] - timedelta(days=1))[0]
    return _same_day_in(first_of_earlier, day.day)


def _same_day_in(first: date, number: int) -> date:
    last = month_of(first)[1] - timedelta(days=1)
    return first.replace(day=min(number, last.day))


def day_steps(request: HttpRequest, day: date) -> DaySteps:
    """The links of the as-of bar for the page of `request` as it stands on `day`."""
    here = Address.of(request)
    # The day before a page turn need not have the same rows, so a turned day starts at the first page.
    here = here.put(after=None, before=None, page=None)

    def to(other: date) -> str:
        return str(here.put(on=min(max(other, FIRST), LAST).isoformat()))

    return DaySteps(
        month_back=to(_month_earlier(day)),
        day_back=to(day - timedelta(days=1)),
        day_on=to(day + timedelta(days=1)),
        month_on=to(_same_day_in(month_of(day)[1], day.day)),
        today=str(here.put(on=None)),
    )
