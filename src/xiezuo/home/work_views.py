"""The screen of one's own work, and the page that stands first for each role."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import Ability, Actor, Role, actor_of, may
from xiezuo.collaboration.api import requests_at_a_glance
from xiezuo.home.inbox.glance import waiting_at_a_glance
from xiezuo.home.notices.words import newest
from xiezuo.home.queries import Work, work_of
from xiezuo.rules.api import CalendarGap, calendar_gap
from xiezuo.shared import clock
from xiezuo.shared.periods import OPEN
from xiezuo.ui.parts import State
from xiezuo.ui.table import Column, Table
from xiezuo.ui.words import long_day

CONSOLES = {
    Role.SYSTEM: "consoles:system",
    Role.SECURITY: "consoles:security",
    Role.AUDITOR: "consoles:auditor",
}


@require_safe
@never_cache
def work(request: HttpRequest) -> HttpResponse:
    """What is mine today, whatever day the other pages speak of."""
    by = actor_of(request.user)
    commission = request.commission  # type: ignore[attr-defined]
    found = work_of(cast(Any, request.user), by, commission, clock.today())
    context = {
        "page_title": _("My work"),
        "work": found,
        "ending": [_told(found, each) for each in found.ending],
        "takes_over": not may(by, Ability.WRITE_REPORTS, commission=commission.pk),
        "rights": _rights_table(found),
        "asked": waiting_at_a_glance(commission),
        "gap": _calendar_gap(by, commission),
        "requests": requests_at_a_glance(by, commission, clock.today()),
        "newest": newest(cast(Any, request.user).pk),
    }
    _with_links(found)
    _with_states(found, clock.today())
    return render(request, "home/work.html", context)


def _calendar_gap(by: Actor, commission: Any) -> CalendarGap | None:
    """What the work calendar lacks of the next year, for who can add it."""
    may_not = may(by, Ability.KEEP_LEDGER, commission=commission.pk)
    return None if may_not else calendar_gap(commission, clock.today())


def _with_links(found: Work) -> None:
    for each in found.waiting.grants:
        each.href = reverse("consoles:grant", args=[each.pk])  # type: ignore[attr-defined]
        each.account = each.user.get_full_name() or each.user.get_username()  # type: ignore[attr-defined]


def _with_states(found: Work, today: date) -> None:
    """What is to be carried out with the unit that does it, and late or not in words and shape."""
    for meeting in (*found.zone_work.minutes, *found.zone_work.ahead):
        meeting.called = found.zone_work.zones.get(meeting.zone_id, "")  # type: ignore[attr-defined]
    for each in found.zone_work.items:
        each.doer = found.zone_work.names.get(each.unit_id or 0, "")  # type: ignore[attr-defined]
        late = each.due_on is not None and each.due_on < today
        each.state = State(_("overdue"), "bad") if late else State(pgettext("item", "open"), "wait")  # type: ignore[attr-defined]


def _told(found: Work, right: Any) -> dict[str, Any]:
    until = _("as long as that lasts") if right.ends == OPEN else long_day(right.ends)
    why = right.grant.reason if right.grant else found.names.because(right.because)
    return {"role": Role(right.role).label, "over": found.names.scope(right), "why": why, "until": until}


def _rights_table(found: Work) -> Table:
    columns = [
        Column("role", _("Role")), Column("over", _("Over what")), Column("why", _("Why")), Column("until", _("Until")),
    ]  # fmt: skip
    rows = [_told(found, each) for each in found.rights]
    return Table(columns, rows, id="rights", caption=_("What I may do, and why"))


def first_page(request: HttpRequest, by: Actor) -> HttpResponse | None:
    """Where the reader belongs instead of the county's page; None for who belongs there."""
    for held in by.held:
        if held.role in CONSOLES:
            return redirect(CONSOLES[held.role])
    if not by.held and not by.sees_all:
        return render(request, "home/no_role.html", {"page_title": _("Welcome")})
    return None
