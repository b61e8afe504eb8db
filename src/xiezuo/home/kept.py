"""The overview's parts, drawn once per day, language and edition of the ledger.

The edition (`Commission.ledger_version`) is in the key, so a change of the ledger is seen by the next request. So is what
the reader holds today: accounts share a page only where they hold the same roles over the same things.
"""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiezuo.accounts.api import actor_of
from xiezuo.figures.api import Asking, values
from xiezuo.home.changes import changes_between
from xiezuo.home.history import MONTHS_SHOWN, month_ends
from xiezuo.home.overview import standing
from xiezuo.home.places import address_of
from xiezuo.home.sentence import sentence
from xiezuo.organisation.api import Commission, StaffGroup, shortfalls, staffing_over_time
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.charts import Chart, Series, render_chart
from xiezuo.ui.schematic import SMALL
from xiezuo.zones.api import drawn_map

KEPT_SECONDS = 24 * 60 * 60
LINES_SHOWN = 8
"""Shortfalls and changes together: as many as let the page stand on one screen of 1440 × 900."""
SHORT_SHOWN = LINES_SHOWN // 2


def kept_overview(request: HttpRequest, commission: Commission) -> SafeString:
    """The overview's parts as markup, kept while the ledger does not change."""
    day: date = request.day  # type: ignore[attr-defined]
    key = f"overview:{commission.pk}:{commission.ledger_version}:{day}:{day_query(request)}:{get_language()}:{held_key(request)}"
    # The cache keeps values whole, so what a template of ours escaped comes back as safe as it went in.
    markup: SafeString | None = cache.get(key)
    if markup is None:
        markup = render_to_string("home/_overview.html", _parts(request, commission, day), request)
        cache.set(key, markup, KEPT_SECONDS)
    return markup


def held_key(request: HttpRequest) -> str:
    """One word for everything that the reader holds today: the database shows the same to all who share it."""
    held = sorted(
        {
            (each.role, each.commission or 0, each.scope_kind, each.scope_id)
            for each in actor_of(request.user).held
        }
    )
    return sha256(repr(held).encode()).hexdigest()


def _parts(request: HttpRequest, commission: Commission, day: date) -> dict[str, Any]:
    asking = Asking((commission.pk,), day)
    since = day - timedelta(days=30)
    changed = changes_between(commission, since, day)
    known = values(asking)
    found = standing(request, asking, known)
    posts = shortfalls(asking)
    shown_posts = posts[: max(0, SHORT_SHOWN - len(found.short))]
    room = max(SHORT_SHOWN, LINES_SHOWN - len(found.short) - len(shown_posts))
    return {
        "sentence": sentence(request, asking, known),
        "standing": found,
        "posts": shown_posts,
        "more_posts": len(posts) - len(shown_posts),
        "chart": render_chart("staffing", _staffing(commission, day)),
        "map": drawn_map(commission, day, day_query(request), SMALL),
        "since": since,
        "changes": [(change, _place(request, change.opens)) for change in changed[::-1][:room]],
        "more_changes": max(0, len(changed) - room),
    }


def _place(request: HttpRequest, opens: tuple[str, int] | None) -> str:
    return keep_day(address_of(*opens), day_query(request)) if opens else ""


def _staffing(commission: Commission, day: date) -> Chart:
    days = month_ends(day, MONTHS_SHOWN)
    staffing = staffing_over_time(commission, days)
    places = list(StaffGroup)
    series = [
        Series(group.name, group.label, [count.people for count in counts], slot=places.index(group))
        for group, counts in staffing.groups.items()
    ]
    lent = Series(
        "lent",
        _("of which lent, all units"),
        [count.lent for count in staffing.whole],
        slot=len(places),
        dashed=True,
    )
    return Chart(
        _("People in post at each month's end"), "line", [each.isoformat() for each in days], [*series, lent],
        unit=_("people"), category_name=_("Day"), size="small",
    )  # fmt: skip
