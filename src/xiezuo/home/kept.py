"""The overview's parts, drawn once per day, language and edition of the ledger.

The edition (`Commission.ledger_version`) is in the key, so a change of the ledger is seen by the next request.
"""

from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiezuo.figures.api import Asking
from xiezuo.home.changes import changes_between
from xiezuo.home.overview import month_ends, standing
from xiezuo.home.places import address_of
from xiezuo.organisation.api import Commission, shortfalls, staffing_over_time
from xiezuo.organisation.states import UnitKind
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.charts import Chart, Series, render_chart
from xiezuo.zones.api import drawn_map

KEPT_SECONDS = 24 * 60 * 60
MONTHS_SHOWN = 12
CHANGES_SHOWN = 8


def kept_overview(request: HttpRequest, commission: Commission) -> SafeString:
    """The overview's parts as markup, kept while the ledger does not change."""
    day: date = request.day  # type: ignore[attr-defined]
    key = f"overview:{commission.pk}:{commission.ledger_version}:{day}:{day_query(request)}:{get_language()}"
    markup = cache.get(key)
    if markup is None:
        markup = render_to_string("home/_overview.html", _parts(request, commission, day), request)
        cache.set(key, markup, KEPT_SECONDS)
    # Safe: a template of ours that escapes made it.
    return mark_safe(markup)  # noqa: S308


def _parts(request: HttpRequest, commission: Commission, day: date) -> dict[str, Any]:
    since = day - timedelta(days=30)
    changed = changes_between(commission, since, day)
    return {
        "standing": standing(request, commission.pk, day),
        "posts": shortfalls(Asking((commission.pk,), day)),
        "chart": render_chart("staffing", _staffing(commission, day)),
        "map": drawn_map(commission, day, day_query(request)),
        "since": since,
        "changes": [(change, _place(request, change.opens)) for change in changed[::-1][:CHANGES_SHOWN]],
        "more_changes": max(0, len(changed) - CHANGES_SHOWN),
    }


def _place(request: HttpRequest, opens: tuple[str, int] | None) -> str:
    return keep_day(address_of(*opens), day_query(request)) if opens else ""


def _staffing(commission: Commission, day: date) -> Chart:
    days = month_ends(day, MONTHS_SHOWN)
    places = list(UnitKind)
    series = [
        Series(kind.name, kind.label, [count.people for count in counts], slot=places.index(kind))
        for kind, counts in staffing_over_time(commission, days).items()
    ]
    return Chart(
        _("People in post by kind of unit"), "line", [each.isoformat() for each in days], series,
        unit=_("people"), category_name=_("Day"),
    )  # fmt: skip
