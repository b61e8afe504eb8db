"""Screens that write the meetings of zones: call, change, call off, minutes, what is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.organisation.api import person_names, unit_names
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused, refuse_if
from xiezuo.ui.links import address
from xiezuo.ui.words import long_day
from xiezuo.zones.meetings import minutes_operations, operations, policies, shown
from xiezuo.zones.meetings.agenda_sources import suggested
from xiezuo.zones.meetings.forms import CallForm, CancelForm, DoneForm, MinutesForm, lines_of
from xiezuo.zones.meetings.views import by
from xiezuo.zones.models import AgendaItem, ZoneMeeting
from xiezuo.zones.queries import meetings as queries
from xiezuo.zones.queries import zone_names
from xiezuo.zones.queries.lists import units_on
from xiezuo.zones.states import MeetingState

take_part = require_http_methods(["GET", "HEAD", "POST"])


@dataclass
class Page:
    """A page with one form: its title, what its button says, where it came from, and what else it shows."""

    title: str
    button: Any
    back: str
    lead: Any = ""
    template: str = "zones/meetings/form.html"
    more: dict[str, Any] = field(default_factory=dict)


def answered(request: HttpRequest, form: Any, page: Page, act: Callable[[], ZoneMeeting], done: Any) -> HttpResponse:  # fmt: skip
    """The form, or the page of the meeting after `act`; what stands against it is told at its field, and nothing is lost."""
    if form.is_bound and form.is_valid():
        try:
            meeting = act()
        except Refused as refused:
            form.tell(refused.reasons)
            if any(reason.code == policies.MOVED_ON for reason in refused.reasons):
                _show_both(request, form, page)
        except BadInput as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(address(request, "zones:meeting", meeting.pk))
    context = {"page_title": page.title, "page": page, "form": form, **page.more}
    return render(request, page.template, context, status=422 if form.errors else 200)


def _show_both(request: HttpRequest, form: Any, page: Page) -> None:
    """Their words in the form, and what stands now under it; saved once more, the form has seen both."""
    now = queries.meeting_shown(request.commission, page.more["meeting"].pk)
    items, came = queries.items_of(now), queries.attendances_of(now)
    names = unit_names([*now.units, *came, *(each.unit_id for each in items if each.unit_id)], now.day)
    page.more["as_it_stands"] = {
        "agenda": shown.agenda_table(request, now, items, names, clock.today()),
        "attendance": shown.attendance_table(now, came, names), "day": now.day, "place": now.place,
    }  # fmt: skip
    form.data = {**form.data.dict(), **_lists(form), "seen": now.version}


def _lists(form: Any) -> dict[str, Any]:
    return {name: form.data.getlist(name) for name in ("units", "carried") if name in form.data}


@take_part
@never_cache
def plan(request: HttpRequest) -> HttpResponse:
    """Call a meeting of the zone that the address names; without one the reader chooses from those they run."""
    actor, today = by(request), clock.today()
    seats = {
        z: s for z, s in queries.seats(request.commission, today).items() if not policies.may_run(actor, s)
    }
    zone = _zone_asked(request, seats)
    if zone is None:
        return _choose(request, list(seats))
    open_items = {each.pk: each for each in queries.not_done(zones=[zone], on=today)}
    form = CallForm(request.POST or None, initial=_first_call(request, zone, open_items, today))
    _offer(request, form, zone, today, open_items)

    def act() -> ZoneMeeting:
        return operations.plan_meeting(
            commission=request.commission, zone=zone, call=form.call(), agenda=form.agenda(open_items),
            key=form.cleaned_data["key"], by=by(request), now=clock.now(),
        )  # fmt: skip

    named = zone_names({zone}, today).get(zone, "")
    page = Page(
        _("Call a meeting: %(zone)s") % {"zone": named},
        _("Call the meeting"),
        address(request, "zones:meetings"),
    )
    return answered(request, form, page, act, _("The meeting has been called."))


def _zone_asked(request: HttpRequest, seats: dict[int, policies.Seat]) -> int | None:
    asked = request.GET.get("zone", "")
    if not asked:
        return next(iter(seats)) if len(seats) == 1 else None
    if not asked.isdecimal():
        raise BadInput(_("“%(found)s” is no number of a zone.") % {"found": asked[:20]})
    seat = queries.seat_of(request.commission, int(asked), clock.today())
    refuse_if(policies.may_run(by(request), seat))
    return int(asked)


def _choose(request: HttpRequest, zones: list[int]) -> HttpResponse:
    seat = policies.Seat(request.commission.pk, 0, None, ())
    if not zones:
        refuse_if(policies.may_run(by(request), seat))
    names = zone_names(set(zones), clock.today())
    links = [(names.get(zone, ""), address(request, "zones:plan-meeting", zone=str(zone))) for zone in zones]
    context = {"page_title": _("Call a meeting"), "zones": links, "back": address(request, "zones:meetings")}
    return render(request, "zones/meetings/choose.html", context)


def _first_call(
    request: HttpRequest, zone: int, open_items: dict[int, AgendaItem], today: date
) -> dict[str, Any]:
    """What a new call says by itself: the members of the zone, and everything that is not done."""
    units = queries.units_invited(request.commission, zone, today)
    return {"units": units, "carried": list(open_items)}


def _offer(  # noqa: PLR0917 - what choices depend on
    request: HttpRequest, form: CallForm, zone: int, day: date, open_items: dict[int, AgendaItem], also: tuple[int, ...] = (),
    taken: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Choices of a call: members before the other units, and whoever the meeting names already."""
    members = queries.units_invited(request.commission, zone, day)
    every = {record.unit_id: record.name for record in units_on(request.commission, day)}
    first = [unit for unit in dict.fromkeys((*members, *also)) if unit in every]
    units = [(unit, every[unit]) for unit in (*first, *(each for each in every if each not in first))]
    carried = [
        (pk, _("%(topic)s (%(day)s)") % {"topic": each.topic, "day": long_day(each.meeting.day)})
        for pk, each in open_items.items()
    ]
    chairs = queries.chairs_offered(request.commission, zone, day)
    held = form.initial.get("chair")
    if held and held not in chairs:
        chairs[held] = person_names({held}, day).get(held, _("whoever is in the chair now"))
    lines = suggested(request.commission, zone, day, taken)
    form.offer(chairs=list(chairs.items()), units=units, carried=carried, suggested=lines)


def _to_run(request: HttpRequest, pk: int) -> ZoneMeeting:
    """The meeting, for who runs its zone. Raises `Refused`, `NotThere`."""
    found = queries.meeting_shown(request.commission, pk)
    refuse_if(
        policies.may_run(by(request), queries.seat_of(request.commission, found.zone_id, clock.today()))
    )
    return found


def _titled(words: str, found: ZoneMeeting) -> str:
    zone = zone_names({found.zone_id}, found.day).get(found.zone_id, "")
    return words % {"zone": zone, "day": long_day(found.day)}


@take_part
@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change day, place, chair, units or agenda of a planned meeting."""
    found = _to_run(request, pk)
    refuse_if(policies.against_changing(found))
    items = queries.items_of(found)
    taken = {each.carried_from.pk: each.carried_from for each in items if each.carried_from}
    open_items: dict[int, AgendaItem] = {
        **taken,
        **{each.pk: each for each in queries.not_done(zones=[found.zone_id], on=clock.today())},
    }
    form = CallForm(request.POST or None, initial=_as_called(found, items))
    on_agenda = tuple(each.href for each in items)
    _offer(request, form, found.zone_id, found.day, open_items, tuple(found.units), on_agenda)

    def act() -> ZoneMeeting:
        return operations.change_meeting(
            meeting=found, call=form.call(), agenda=form.agenda(open_items), seen=form.cleaned_data["seen"] or 0,
            by=by(request), now=clock.now(),
        )  # fmt: skip

    title = _titled(_("Change the meeting: %(zone)s, %(day)s"), found)
    page = Page(title, _("Save"), address(request, "zones:meeting", pk), more={"meeting": found})
    return answered(request, form, page, act, _("The meeting has been changed."))


def _as_called(found: ZoneMeeting, items: list[AgendaItem]) -> dict[str, Any]:
    carried = [each.carried_from_id for each in items if each.carried_from_id]
    return {
        "day": found.day, "place": found.place, "chair": found.chair_id, "units": found.units, "carried": carried,
        "topics": lines_of(items), "seen": found.version,
    }  # fmt: skip


@take_part
@never_cache
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """A planned meeting does not take place."""
    found = _to_run(request, pk)
    form = CancelForm(request.POST or None)

    def act() -> ZoneMeeting:
        reason = form.cleaned_data["reason"]
        return operations.cancel_meeting(meeting=found, reason=reason, by=by(request), now=clock.now())

    title = _titled(_("Call the meeting off: %(zone)s, %(day)s"), found)
    page = Page(title, _("Call it off"), address(request, "zones:meeting", pk))
    return answered(request, form, page, act, _("The meeting has been called off."))


@take_part
@never_cache
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes, half done or closed; of a meeting that was held correct them, with a reason."""
    found = _to_run(request, pk)
    held = found.state == MeetingState.HELD
    refuse_if(policies.against_minutes(found, "?", clock.today()))
    form = _minutes_form(request, found)
    form.correcting(correcting=held)

    def act() -> ZoneMeeting:
        closes = "close" in request.POST
        return minutes_operations.write_minutes(
            meeting=found, minutes=form.minutes(held=closes), seen=form.cleaned_data["seen"],
            reason=form.cleaned_data.get("reason", ""), by=by(request), now=clock.now(),
        )  # fmt: skip

    words = _("Correct the minutes: %(zone)s, %(day)s") if held else _("Minutes: %(zone)s, %(day)s")
    page = Page(
        _titled(words, found), _("Save the correction") if held else _("The meeting was held: close the minutes"),
        address(request, "zones:meeting", pk), lead=_("Decisions as pointers: numbers and kinds of matters, no names of persons concerned."),
        template="zones/meetings/minutes_form.html", more={"meeting": found, "held": held},
    )  # fmt: skip
    done = _("The minutes are closed.") if "close" in request.POST else _("The minutes have been saved.")
    return answered(request, form, page, act, done)


def _minutes_form(request: HttpRequest, found: ZoneMeeting) -> MinutesForm:
    items, came = queries.items_of(found), queries.attendances_of(found)
    names = unit_names([*found.units, *came], found.day)
    every = {record.unit_id: record.name for record in units_on(request.commission, found.day)}
    doing = unit_names([each.unit_id for each in items if each.unit_id], found.day)
    return MinutesForm(
        request.POST or None,
        found,
        names,
        list({**names, **doing, **every}.items()),
        items,
        came,
        found.version,
    )


@require_POST
@never_cache
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided is done."""
    item = queries.item_shown(request.commission, pk)
    form = DoneForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("This is no day; expected one such as 2022-08-15."))
    operations.mark_done(item=item, done_on=form.cleaned_data["done_on"], by=by(request), now=clock.now())
    messages.success(request, _("“%(topic)s” is marked as done.") % {"topic": item.topic})
    return HttpResponseRedirect(address(request, "zones:meeting", item.meeting_id))
