"""质效: what the collaboration came to in a period, beside the period before. No league table, no goal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import Ability, actor_of, list_response, may
from xiezuo.collaboration.figures import shown
from xiezuo.collaboration.figures.measuring import GROUPS, counted
from xiezuo.collaboration.figures.periods import Length, Period, after, before, period_of
from xiezuo.collaboration.queries.effectiveness import parts_in_order, zone_of_units
from xiezuo.figures.api import figure_of
from xiezuo.shared.errors import BadInput, refuse_if
from xiezuo.ui.blocks import Tab
from xiezuo.ui.links import address
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link

OPENED = (
    "submitted",
    "open",
    "overdue",
    "decided",
    "recusals_raised",
    "problems_found",
    "members_sent",
    "on_loan",
)
"""Figures whose records a reader may want to open; each record shows itself only to who may see it."""


@require_safe
@never_cache
def effectiveness(request: HttpRequest) -> HttpResponse:
    """By zone, situation or method in official order, a period beside the one before, and the course of the months."""
    commission, day = request.commission, request.day
    refuse_if(may(actor_of(request.user), Ability.SEE_TOTALS, commission=commission.pk))
    by, length = _asked(request, "by", GROUPS), Length(_asked(request, "length", tuple(Length)))
    period = _period(request, length)
    earlier, zones = before(period), zone_of_units(commission, min(day, period.last))
    now = counted(commission.pk, period, day, by, zones)
    was = counted(commission.pk, earlier, day, by, zones)
    names = parts_in_order(commission, by, min(day, period.last), now.parts() | was.parts())
    listing = Listing(
        request, shown.columns_of(by), shown.rows_of(names, now, was), title=_("Effectiveness of the collaboration"), page_size=200,
        name="effectiveness",
    )  # fmt: skip
    context = {
        "tabs": _tabs(request, by, length, period), "period": shown.period_words(period, length), "day": day,
        "earlier": shown.period_words(earlier, length), "charts": shown.charts_of(now, was, (period, earlier)),
        "lengths": [_link(request, by, each, period_of(period.last, each), shown.length_words(each), each == length) for each in Length],
        "to_before": _step(request, by, length, earlier), "to_after": _step(request, by, length, after(period)) if period.ends <= day else None,
        "unfinished": period.last > day, "figures": _figures(request),
    }  # fmt: skip
    return list_response(request, listing, "collaboration/effectiveness/page.html", context)


def _asked(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    found = request.GET.get(name, known[0])
    if found not in known:
        words = _("“%(found)s” is unknown; expected one of %(known)s.")
        raise BadInput(words % {"found": found[:20], "known": ", ".join(known)})
    return str(found)


def _period(request: HttpRequest, length: Length) -> Period:
    """The period that the address names by its year and number, or the one of the day of the page."""
    asked = request.GET.get("period", "")
    if not asked:
        return period_of(request.day, length)
    year, _sign, number = asked.partition("-")
    months = len(period_of(request.day, length).months())
    fits = (
        all(each.isascii() and each.isdigit() for each in (year, number))
        and len(year) == 4
        and len(number) == 1
    )
    if not fits or not 2000 <= int(year) < 2200 or not 1 <= int(number) <= 12 // months:
        words = _("“%(found)s” is no period; expected a year and a number, such as 2026-3.")
        raise BadInput(words % {"found": asked[:20]})
    return period_of(request.day.replace(year=int(year), month=(int(number) - 1) * months + 1, day=1), length)


def _named(period: Period) -> str:
    return f"{period.starts.year}-{(period.starts.month - 1) // len(period.months()) + 1}"


def _link(request: HttpRequest, by: str, length: Length, period: Period, words: str, here: bool) -> Tab:  # noqa: FBT001, PLR0917 - what a link is made of  # fmt: skip
    return Tab(words, address(request, "collaboration:effectiveness", by=by, length=length.value, period=_named(period)), here)  # fmt: skip


def _tabs(request: HttpRequest, by: str, length: Length, period: Period) -> list[Tab]:
    words = {
        "zone": _("By zone"),
        "situation": _("By situation"),
        "method": pgettext("effectiveness", "By method"),
    }
    return [_link(request, each, length, period, words[each], each == by) for each in GROUPS]


def _step(request: HttpRequest, by: str, length: Length, period: Period) -> Tab:
    return _link(request, by, length, period, shown.period_words(period, length), False)


def _figures(request: HttpRequest) -> list[Any]:
    keys = [f"collaboration.{name}" for name in OPENED]
    return [Link(figure_of(key)[0].title, _records(request, key)) for key in keys]


def _records(request: HttpRequest, key: str) -> str:
    return address(request, "figures:records", key)
