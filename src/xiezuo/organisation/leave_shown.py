"""Days away on the pages of a person and of a unit."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.accounts.api import actor_of, shown_actor
from xiezuo.organisation import policies
from xiezuo.organisation.models import Leave
from xiezuo.organisation.queries import PersonPage, UnitPage
from xiezuo.organisation.queries.leave import away_on, leaves_of
from xiezuo.organisation.states import LeaveKind
from xiezuo.shared import clock
from xiezuo.ui.absence import period_words
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address, linker
from xiezuo.ui.parts import Link
from xiezuo.ui.table import Column, Table


def leave_words(row: Leave) -> str:
    """One absence in words: of which kind, from when to when."""
    return f"{words_of(LeaveKind, row.kind)} · {period_words(row.starts, row.ends)}"


def leave_of(request: HttpRequest, page: PersonPage, *, known: bool) -> dict[str, Any]:
    """What the page of a person shows of days away on the day and later, and where more are entered.

    Without either the page has no such section: nobody reads “never away” of somebody who is not theirs to know.
    """
    units = page.units_on(clock.today())
    commission: int = request.commission.pk  # type: ignore[attr-defined]
    may = not policies.may_enter_leave(actor_of(request.user), commission, units)
    rows = leaves_of(page.person, page.on) if known else []
    href = address(request, "organisation:enter-leave", page.person) if may else ""
    return {"leave": _leave_table(request, rows, may=may) if rows or may else None, "leave_href": href}


def _leave_table(request: HttpRequest, rows: list[Leave], *, may: bool) -> Table:
    cancelled = linker(request, "organisation:cancel-leave")
    columns = [
        Column("kind", gettext_lazy("Kind of absence")), Column("period", gettext_lazy("Period")),
        Column("entered", gettext_lazy("Entered by")),
        *([Column("entry", gettext_lazy("To enter"))] if may else []),
    ]  # fmt: skip
    shown = [
        {"kind": words_of(LeaveKind, row.kind), "period": period_words(row.starts, row.ends),
         "entered": shown_actor(row.entered_by), "entry": Link(_("Cancel days away"), cancelled(row.pk))}
        for row in rows
    ]  # fmt: skip
    return Table(columns, shown, id="leave", caption=_("Days away"), empty=_("No days away are entered from this day on."))  # fmt: skip


def away_table(request: HttpRequest, page: UnitPage) -> Table | None:
    """Who of the unit is away on the day, in official order; None where nobody is, or none of it is for the reader."""
    names = {held.person: held.name for held in page.roster}
    away = away_on(names, page.on)
    if not away:
        return None
    to = linker(request, "organisation:person")
    columns = [
        Column("name", gettext_lazy("Name of the person")), Column("kind", gettext_lazy("Kind of absence")),
        Column("period", gettext_lazy("Period")),
    ]  # fmt: skip
    rows = [
        {"name": Link(names[person], to(person)), "kind": words_of(LeaveKind, away[person].kind),
         "period": period_words(away[person].starts, away[person].ends)}
        for person in names if person in away
    ]  # fmt: skip
    return Table(columns, rows, id="away", caption=_("Away on this day"))
