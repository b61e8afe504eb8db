"""Parts of the page of moves: the two days, and the balance of every unit between them."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.figures.api import counting
from xiezuo.organisation.models import Commission
from xiezuo.organisation.movements import Movement, between_days, movements
from xiezuo.organisation.queries import post_totals, unit_names
from xiezuo.organisation.sight import sight_in
from xiezuo.shared.errors import BadInput
from xiezuo.ui.asof import parse_day
from xiezuo.ui.links import linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table


def month_or_asked(request: HttpRequest) -> tuple[date, date]:
    """The two days of the page: `since` of the address and the page's day; without one, since the year began.

    Raises `BadInput` for a day that is none or lies after the page's.
    """
    last: date = request.day  # type: ignore[attr-defined]
    asked = request.GET.get("since", "").strip()
    first = parse_day(asked) if asked else date(last.year, 1, 1) - timedelta(days=1)
    if first > last:
        words = _(
            "The first day is %(first)s, which is after the last day %(last)s; expected an earlier one."
        )
        raise BadInput(words % {"first": first.isoformat(), "last": last.isoformat()})
    return first, last


def movement_table(request: HttpRequest, first: date, last: date) -> Table:
    """Opening + came − went = closing for every unit whose numbers are for the reader, those lent in brackets."""
    found = _known_movements(request.commission, first, last)  # type: ignore[attr-defined]
    names = unit_names(found, last)
    to = linker(request, "organisation:unit")
    rows = [_row(found[unit], Link(name, to(unit))) for unit, name in names.items()]
    return Table(
        _columns(), rows, id="balance", caption=_("Balance of people"), total=_total(list(found.values()))
    )


def _known_movements(commission: Commission, first: date, last: date) -> dict[int, Movement]:
    sight = sight_in(commission)
    with counting((commission.pk,)):
        found = movements(between_days((commission.pk,), first, last))
    return {one.unit: one for one in found if sight.counts(one.unit)}


def _columns() -> list[Column]:
    return [
        Column("name", gettext_lazy("Unit")),
        Column("opening", gettext_lazy("On the first day"), kind="number"),
        Column("came", gettext_lazy("Came"), kind="number"),
        Column("went", gettext_lazy("Went"), kind="number"),
        Column("closing", gettext_lazy("On the last day"), kind="number"),
        Column("state", gettext_lazy("State"), kind="state"),
    ]


def _row(one: Movement, name: Link) -> dict[str, Any]:
    lent = one.lent
    return {
        "name": name,
        "opening": _of_which(one.opening, lent.opening if lent else 0),
        "came": _of_which(one.arrivals, lent.arrivals if lent else 0),
        "went": _of_which(one.departures, lent.departures if lent else 0),
        "closing": _of_which(one.closing, lent.closing if lent else 0),
        "state": State(_("balanced"), "good") if one.holds else State(_("does not balance"), "bad"),
    }


def _of_which(whole: int, lent: int) -> str:
    return _("%(whole)s (%(lent)s lent)") % {"whole": whole, "lent": lent} if lent else str(whole)


def _total(found: list[Movement]) -> dict[str, Any]:
    return {
        "name": _("Total"),
        "opening": sum(one.opening for one in found),
        "came": sum(one.arrivals for one in found),
        "went": sum(one.departures for one in found),
        "closing": sum(one.closing for one in found),
    }


def total_words(listing: Listing) -> str:
    """How many people the posts on a list are, those full-time and those lent."""
    totals = post_totals(listing.narrowed.counted)  # type: ignore[attr-defined]
    words = _(
        "%(posts)s posts held by %(people)s people: %(full_time)s full-time, of the people %(lent)s lent by others."
    )
    return words % totals
