"""Two of them side by side: plans, proposals, or the ledger of a day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.shared.lists import listed
from xiezuo.ui.asof import day_query
from xiezuo.ui.blocks import Stat
from xiezuo.ui.links import linker
from xiezuo.ui.parts import Link
from xiezuo.ui.table import Column, Table
from xiezuo.zones.drawing import drawn_scheme
from xiezuo.zones.plans.shown import BESIDE, difference_shown
from xiezuo.zones.plans.worth_shown import terms_table
from xiezuo.zones.queries.grounds import county_ground
from xiezuo.zones.queries.schemes import Known, known_on, scheme_on
from xiezuo.zones.queries.sides import Side, offered, side
from xiezuo.zones.scheme import SECOND, Scheme, difference
from xiezuo.zones.valuing import value
from xiezuo.zones.views import tabs_of


@require_safe
@never_cache
def compare(request: HttpRequest) -> HttpResponse:
    """Any two: who moves, which leaders, and term by term; both counted on the ground of the later day, against its ledger."""
    commission, choices = request.commission, offered(request.commission)
    before = _side(request, "before", choices[0][0])
    after = _side(request, "after", choices[min(1, len(choices) - 1)][0])
    on = max(before.on, after.on)
    known = known_on(commission, on, (before.scheme, after.scheme))
    today = scheme_on(commission, on)
    ground = county_ground(commission, on, today=today)
    changes = difference(before.scheme, after.scheme)
    context = {
        "page_title": _("Compare"), "tabs": tabs_of(request, "zones:plans"), "before": before, "after": after,
        "before_choices": _with(choices, before), "after_choices": _with(choices, after),
        "stats": [Stat(_("Units that move"), len(changes.changed_zone)), Stat(_("Zones with other leaders"), len(changes.handed)),
                  Stat(_("New zones"), len(changes.opened)), Stat(_("Zones no longer there"), len(changes.closed))],
        "difference": difference_shown(before.scheme, after.scheme, known, before.words, after.words),
        "terms": terms_table(value(before.scheme, ground, today), value(after.scheme, ground, today), before.words, after.words),
        "leaders": _leaders(request, before, after, known), "maps": _maps(request, before, after, on),
    }  # fmt: skip
    return render(request, "zones/plans/compare.html", context)


def _side(request: HttpRequest, name: str, otherwise: str) -> Side:
    """What the address names; a day may also be given by itself."""
    day = request.GET.get(f"{name}_day", "").strip()
    return side(request.commission, f"day:{day}" if day else request.GET.get(name, "").strip() or otherwise)


def _with(choices: list[tuple[str, str]], chosen: Side) -> list[tuple[str, str]]:
    return (
        choices
        if any(token == chosen.token for token, _words in choices)
        else [(chosen.token, chosen.words), *choices]
    )


def _leaders(request: HttpRequest, before: Side, after: Side, known: Known) -> Table:
    """Who leads how many second-level zones on each side, in the order in which the zones name them."""
    to = linker(request, "organisation:person")
    people = list(dict.fromkeys(each.person for side in (before, after) for each in side.scheme.leaders))
    columns = [Column("name", _("Leader")), Column("before", before.words), Column("after", after.words)]
    rows: list[dict[str, Any]] = [
        {
            "name": Link(known.person(each), to(each)),
            "before": _led(before.scheme, each),
            "after": _led(after.scheme, each),
        }
        for each in people
    ]
    return Table(
        columns,
        rows,
        id="led",
        caption=_("Who leads which zones"),
        empty=_("Nobody leads a zone on either side."),
    )


def _led(scheme: Scheme, person: int) -> str:
    return listed(each.name for each in scheme.led_by(person))


def _maps(request: HttpRequest, before: Side, after: Side, on: Any) -> list[tuple[str, Any]]:
    query, both = day_query(request), (before.scheme, after.scheme)
    return [
        (each.words, drawn_scheme(request.commission, each.scheme, on, query, beside=both, title=each.words, name=f"map-{name}", sheet=BESIDE))
        for name, each in (("before", before), ("after", after))
        if each.scheme.at_level(SECOND)
    ]  # fmt: skip
