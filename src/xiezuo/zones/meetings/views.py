"""Screens that read the meetings of zones: the list, one meeting, the month of all zones."""

import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import Actor, actor_of, list_response, origin_of
from xiezuo.organisation.api import person_names, unit_names
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address, linker, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link
from xiezuo.ui.words import long_day
from xiezuo.zones.meetings import policies, shown
from xiezuo.zones.meetings.cadence import month_end
from xiezuo.zones.models import AgendaItem, ZoneMeeting
from xiezuo.zones.queries import meetings as queries
from xiezuo.zones.queries import zone_names
from xiezuo.zones.states import Level, MeetingState
from xiezuo.zones.views import tabs_of

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


@require_safe
@never_cache
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings that are shown to the reader, the newest day first."""
    found = list(queries.meetings_of(request.commission))
    names = zone_names({each.zone_id for each in found}, request.day)
    levels = queries.levels_of({each.zone_id for each in found})
    rows = [_row(each, names, levels) for each in found]
    listing = Listing(
        request, shown.list_columns(request), rows, title=_("Zone meetings"), extra=("meeting", "zone"),
        row_link=row_linker(request, "zones:meeting", "meeting"), peek=True, empty=_("No meeting of a zone is recorded for you."),
    )  # fmt: skip
    context = {
        "tabs": tabs_of(request, "zones:meetings"),
        "may_plan": bool(_run_by(request)),
        "month_href": address(request, "zones:meetings-month"),
    }
    return list_response(request, listing, "zones/meetings/list.html", context)


def _row(meeting: ZoneMeeting, names: dict[int, str], levels: dict[int, str]) -> dict[str, Any]:
    return {
        "meeting": meeting.pk, "zone": meeting.zone_id, "day": meeting.day, "zone_name": names.get(meeting.zone_id, ""),
        "level": words_of(Level, levels.get(meeting.zone_id, "")), "state": shown.meeting_state(meeting), "place": meeting.place,
        "minutes_no": meeting.minutes_no,
    }  # fmt: skip


def _run_by(request: HttpRequest) -> list[int]:
    """The zones that the reader runs today, in the order of the zones."""
    actor = by(request)
    seats = queries.seats(request.commission, clock.today())
    return [zone for zone, seat in seats.items() if not policies.may_run(actor, seat)]


@require_safe
@never_cache
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: when, where, who was invited and came, the agenda with what was decided, what may be done now."""
    found = queries.meeting_shown(request.commission, pk)
    items, came = queries.items_of(found), queries.attendances_of(found)
    units = [*found.units, *came, *(each.unit_id for each in items if each.unit_id)]
    names = unit_names(units, found.day)
    today = clock.today()
    seat = queries.seat_of(request.commission, found.zone_id, today)
    zone = zone_names({found.zone_id}, found.day).get(found.zone_id, "")
    context = {
        "page_title": _("%(zone)s: meeting of %(day)s") % {"zone": zone, "day": long_day(found.day)},
        "tabs": tabs_of(request, "zones:meetings"), "meeting": found, "state": shown.meeting_state(found),
        "facts": _facts(request, found, zone), "agenda": shown.agenda_table(request, found, items, names, today),
        "attendance": shown.attendance_table(found, came, names), "steps": shown.steps_of(request, by(request), found, seat, today),
        "finishing": _finishing(request, found, items, seat), "today": today, "has_minutes": bool(came) or found.state == MeetingState.HELD,
        "due": _due(request, found, today),
    }  # fmt: skip
    return render(request, "zones/meetings/meeting.html", context)


def _facts(request: HttpRequest, found: ZoneMeeting, zone: str) -> list[tuple[Any, Any]]:
    chair = person_names({found.chair_id}, found.day).get(found.chair_id, "") if found.chair_id else ""
    to = linker(request, "organisation:person")
    return [
        (_("Zone"), Link(zone, address(request, "zones:zone", found.zone_id))),
        (_("Day"), found.day),
        (pgettext("zone meeting", "Place"), found.place),
        (_("In the chair"), Link(chair, to(found.chair_id)) if chair and found.chair_id else ""),
        (_("Number of the minutes"), found.minutes_no),
        (_("Called off because"), found.cancelled_because),
    ]


def _due(request: HttpRequest, found: ZoneMeeting, today: date) -> queries.ZoneDue | None:
    """When the zone meets next, beside a meeting that was held."""
    if found.state != MeetingState.HELD:
        return None
    sees = policies.sees_of(by(request), request.commission.pk)
    rows = queries.zones_due(request.commission, today, {found.zone_id}, sees)
    return rows[0] if rows and rows[0].due else None


def _finishing(
    request: HttpRequest, found: ZoneMeeting, items: list[AgendaItem], seat: policies.Seat
) -> list[AgendaItem]:
    """What the reader may say is done."""
    if found.state != MeetingState.HELD:
        return []
    actor = by(request)
    waiting = [each for each in items if each.decision and each.unit_id and each.done_on is None]
    return [each for each in waiting if not policies.may_finish(actor, seat, each.unit_id)]


@require_safe
@never_cache
def month(request: HttpRequest) -> HttpResponse:
    """The month of all zones in official order: who met on which days, what is planned, who is due. Nobody is ranked."""
    first = _month_asked(request)
    last = month_end(first)
    on = min(max(request.day, first), last)
    sees = policies.sees_of(by(request), request.commission.pk)
    inside = [each for each in queries.meetings_of(request.commission) if first <= each.day <= last]
    rows = [_due_row(request, each, inside) for each in queries.zones_due(request.commission, on, None, sees)]
    listing = Listing(
        request, shown.due_columns(request), rows, title=_("Zone meetings in %(month)s") % {"month": month_words(first)},
        extra=("zone",), page_size=200, name="month", empty=_("No zone stands on this day."),
    )  # fmt: skip
    context = {
        "tabs": tabs_of(request, "zones:meetings"), "month": month_words(first), "on": on,
        "before": _month_link(request, first, -1), "after": _month_link(request, first, 1),
        "list_href": address(request, "zones:meetings"),
    }  # fmt: skip
    return list_response(request, listing, "zones/meetings/month.html", context)


def _due_row(request: HttpRequest, row: queries.ZoneDue, inside: list[ZoneMeeting]) -> dict[str, Any]:
    own = sorted((each for each in inside if each.zone_id == row.record.zone_id), key=lambda each: each.day)
    met = [each for each in own if each.state == MeetingState.HELD]
    return shown.due_row(request, row, met, [each for each in own if each.state == MeetingState.PLANNED])


def _month_asked(request: HttpRequest) -> date:
    asked = request.GET.get("month", "")
    if not asked:
        return request.day.replace(day=1)
    found = _MONTH.fullmatch(asked)
    if not found or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) < 2200:
        words = _("“%(found)s” is no month; expected one such as 2026-11.")
        raise BadInput(words % {"found": asked[:20]})
    return date(int(found[1]), int(found[2]), 1)


def _month_link(request: HttpRequest, first: date, months: int) -> Link:
    other = month_end(first, months).replace(day=1)
    return Link(month_words(other), address(request, "zones:meetings-month", month=f"{other:%Y-%m}"))


def month_words(first: date) -> str:
    """`2026年11月` or `November 2026`, in the reader's language."""
    if (get_language() or "").startswith("zh"):
        return f"{first.year}年{first.month}月"
    return formats.date_format(first, "F Y")
