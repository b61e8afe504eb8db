"""Screens of 有合有分: which zones act as one, one joining, asking for one, ending it; authorisations likewise."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiezuo.accounts.api import Actor, actor_of, list_response, origin_of
from xiezuo.organisation.api import units_offered
from xiezuo.organisation.states import UnitKind
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused, refuse_if
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address, linker, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link
from xiezuo.zones.joining import operations, policies, shown
from xiezuo.zones.joining.forms import AuthorisationForm, EndForm, JoiningForm
from xiezuo.zones.joining.holding import held_days
from xiezuo.zones.joining.wording import printed_number
from xiezuo.zones.models import Authorisation, Joining
from xiezuo.zones.models.joining import Arranged
from xiezuo.zones.queries import joining as queries
from xiezuo.zones.states import JoiningFor, Level
from xiezuo.zones.views import tabs_of

take_part = require_http_methods(["GET", "HEAD", "POST"])
DAY = timedelta(days=1)
SHORT = timedelta(days=30)


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


@require_safe
@never_cache
def joinings(request: HttpRequest) -> HttpResponse:
    """Zones that act as one on the day, everything that was asked for by the day, and units that help."""
    commission, day = request.commission, request.day
    found = list(queries.joinings_of(commission, day))
    rows = shown.joining_rows(request, found, day)
    listing = Listing(request, shown.joining_columns(request), rows, title=_("Zones acting as one"), extra=("pk",),
                      row_link=row_linker(request, "zones:joining", "pk"), peek=True,
                      empty=_("Nobody has asked for zones to act as one yet."))  # fmt: skip
    context = {
        "tabs": tabs_of(request, "zones:joinings"), "joined": shown.joined_on(request, commission, day), "here": "joinings",
        "helpers": shown.helpers_table(request, queries.helpers_on(commission, day)),
        "ask_href": "" if policies.may_ask(by(request), commission.pk) else address(request, "zones:ask-joining"),
    }  # fmt: skip
    return list_response(request, listing, "zones/joining/list.html", context)


@require_safe
@never_cache
def authorisations(request: HttpRequest) -> HttpResponse:
    """Deputy secretaries who coordinate a support office by authority."""
    commission, day = request.commission, request.day
    rows = shown.authorisation_rows(list(queries.authorisations_of(commission, day)), day)
    listing = Listing(request, shown.authorisation_columns(request), rows, title=_("Authorisations for support offices"),
                      extra=("pk", "person_id", "unit_id"), row_link=row_linker(request, "zones:authorisation", "pk"), peek=True,
                      empty=_("No authorisation that you may see was asked for yet."))  # fmt: skip
    context = {
        "tabs": tabs_of(request, "zones:joinings"), "here": "authorisations",
        "ask_href": "" if policies.may_arrange(by(request), commission.pk) else address(request, "zones:ask-authorisation"),
    }  # fmt: skip
    return list_response(request, listing, "zones/joining/list.html", context)


@require_safe
@never_cache
def joining(request: HttpRequest, pk: int) -> HttpResponse:
    """One joining: which zones, for what, its days, its application, and what may be done."""
    row, day = queries.joining_shown(request.commission, pk), request.day
    zones, people = queries.names_for([row], day)
    person = linker(request, "organisation:person")
    standing = queries.standing_on(request.commission, day)
    facts = [
        (_("Zones"), shown.zones_linked(request, row.zones, zones)), (_("Leads"), zones.get(row.zones[0], "")),
        (_("Level"), words_of(Level, row.level)), (_("For"), words_of(JoiningFor, row.purpose)), (_("Pointer"), row.title),
        (_("Coordinator"), Link(people.get(row.coordinator_id, ""), person(row.coordinator_id))),
    ]  # fmt: skip
    leads = [unit for zone in row.zones for unit in standing.leads(zone)]
    against = policies.may_ask(by(request), row.commission_id, leads)
    steps = (
        []
        if against
        else _steps(request, row, "zones:end-joining", address(request, "zones:ask-joining", extends=str(pk)))
    )
    title = _("Zones acting as one: %(number)s") % {"number": printed_number(row)}
    return _page(request, row, title, facts, steps, "zones:joinings")


@require_safe
@never_cache
def authorisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One authorisation: who, which office, for what, its days, its application, and what may be done."""
    row, day = queries.authorisation_shown(request.commission, pk), request.day
    units, people = queries.names_authorised([row], day)
    unit, person = linker(request, "organisation:unit"), linker(request, "organisation:person")
    facts = [
        (_("Deputy secretary"), Link(people.get(row.person_id, ""), person(row.person_id))),
        (_("Support office"), Link(units.get(row.unit_id, ""), unit(row.unit_id))), (_("Pointer"), row.matter),
    ]  # fmt: skip
    against = policies.may_arrange(by(request), row.commission_id)
    again = address(request, "zones:ask-authorisation", extends=str(pk))
    steps = [] if against else _steps(request, row, "zones:end-authorisation", again)
    title = _("Authorisation %(number)s") % {"number": printed_number(row)}
    return _page(request, row, title, facts, steps, "zones:authorisations")


def _steps(request: HttpRequest, row: Arranged, end: str, again: str) -> list[shown.Step]:
    today = clock.today()
    days = held_days(row)
    last = max(days[0], today) - DAY if days else today
    ending = policies.against_ending(row, last, "—", today)
    return [
        shown.Step(_("Extend by a new application"), again, name="again"),
        shown.Step(_("End early"), address(request, end, row.pk), ending, name="end"),
    ]


def _page(request: HttpRequest, row: Arranged, title: str, facts: list[tuple[Any, Any]], steps: list[shown.Step], back: str) -> HttpResponse:  # noqa: PLR0917 - what a page is made of  # fmt: skip
    context = {
        "page_title": title, "row": row, "state": shown.holds_state(row, request.day), "tabs": tabs_of(request, "zones:joinings"),
        "facts": [*facts, *shown.facts_of(row, request.day)], "steps": steps, "approval": shown.approval_shown(row),
        "back": address(request, back), "lanes": shown.lanes_of(row, printed_number(row)),
    }  # fmt: skip
    return render(request, "zones/joining/page.html", context)


# Forms


@dataclass
class Page:
    """A page with one form: its title, what its button says, where it came from, and what stands above."""

    title: str
    button: Any
    back: str
    lead: Any = ""


def answered(request: HttpRequest, form: Any, page: Page, act: Callable[[], str], done: Any) -> HttpResponse:
    """The form, or what came of it: `act` does it and says where to go; what stands against it is told at its field."""
    if form.is_bound and form.is_valid():
        try:
            where = act()
        except Refused as refused:
            form.tell(refused.reasons)
        except BadInput as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(where)
    context = {"page_title": page.title, "page": page, "form": form}
    return render(request, "zones/joining/form.html", context, status=422 if form.errors else 200)


@take_part
@never_cache
def ask_joining(request: HttpRequest) -> HttpResponse:
    """Ask for zones to act as one; with `extends` for more days of one that there is, with `zone` led by that zone."""
    refuse_if(policies.may_ask(by(request), request.commission.pk))
    form = JoiningForm(request.POST or None, initial=_wanted(request))
    zones = [
        (str(each.zone_id), f"{words_of(Level, each.level)} · {each.name}")
        for each in queries.zones_offered(request.commission, clock.today())
    ]
    form.offer("lead", [("", "—"), *zones])
    form.offer("zones", zones)
    people = queries.leaders_offered(request.commission, clock.today())
    form.offer("coordinator", [("", "—"), *((str(each.id), each.name) for each in people)])

    def act() -> str:
        made = operations.ask_joining(
            commission=request.commission, asked=form.asked(), key=form.cleaned_data["key"], by=by(request), now=clock.now()
        )  # fmt: skip
        return address(request, "zones:joining", made.pk)

    page = Page(
        _("Ask for zones to act as one"), _("Submit the application"), address(request, "zones:joinings"),
        lead=_("The work rule N05 names who decides; zones under different first-level zones need both deputies. It takes effect when it is approved and ends by itself."),
    )  # fmt: skip
    return answered(request, form, page, act, _("The application has been submitted."))


def _wanted(request: HttpRequest) -> dict[str, Any]:
    row = _extended(request, queries.joining_shown)
    if isinstance(row, Joining):
        return {
            "lead": row.zones[0], "zones": row.zones[1:], "coordinator": row.coordinator_id, "purpose": row.purpose, "title": row.title,
            **_following(row),
        }  # fmt: skip
    zone = request.GET.get("zone", "")
    days = {"starts": clock.today(), "ends": clock.today() + SHORT}
    return {
        "purpose": JoiningFor.MATTER,
        **days,
        **({"lead": zone} if zone.isascii() and zone.isdigit() else {}),
    }


def _extended(request: HttpRequest, find: Callable[[Any, int], Arranged]) -> Arranged | None:
    asked = request.GET.get("extends", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit()):
        raise BadInput(_("“%(found)s” is no number.") % {"found": asked[:20]})
    return find(request.commission, int(asked[:12]))


def _following(row: Arranged) -> dict[str, date]:
    """The days after those that there are, as long again."""
    days = held_days(row) or (row.starts, row.ends)
    starts = max(days[1], clock.today())
    return {"starts": starts, "ends": starts + (days[1] - days[0]) - DAY}


@take_part
@never_cache
def ask_authorisation(request: HttpRequest) -> HttpResponse:
    """Ask for a deputy secretary to coordinate a support office; with `extends` for more days of one that there is."""
    refuse_if(policies.may_arrange(by(request), request.commission.pk))
    form = AuthorisationForm(request.POST or None, initial=_authorised(request))
    people = queries.deputies_offered(request.commission, clock.today())
    form.offer("person", [("", "—"), *((str(each.id), each.name) for each in people)])
    offices = [
        each.record
        for each in units_offered(request.commission)
        if each.record.kind == UnitKind.SUPPORT_OFFICE
    ]
    form.offer("unit", [("", "—"), *((str(each.unit_id), each.name) for each in offices)])

    def act() -> str:
        made = operations.ask_authorisation(
            commission=request.commission, asked=form.asked(), key=form.cleaned_data["key"], by=by(request), now=clock.now()
        )  # fmt: skip
        return address(request, "zones:authorisation", made.pk)

    page = Page(
        _("Authorise a deputy secretary for a support office"), _("Submit the application"), address(request, "zones:authorisations"),
        lead=_("The work rule N06 names who decides, never the person it is about. It ends by itself after its last day."),
    )  # fmt: skip
    return answered(request, form, page, act, _("The application has been submitted."))


def _authorised(request: HttpRequest) -> dict[str, Any]:
    row = _extended(request, queries.authorisation_shown)
    if isinstance(row, Authorisation):
        return {"person": row.person_id, "unit": row.unit_id, "matter": row.matter, **_following(row)}
    return {"starts": clock.today(), "ends": clock.today() + SHORT}


@take_part
@never_cache
def end_joining(request: HttpRequest, pk: int) -> HttpResponse:
    """Let zones part before their last day."""
    row = queries.joining_shown(request.commission, pk)
    leads = [
        unit
        for zone in row.zones
        for unit in queries.standing_on(request.commission, clock.today()).leads(zone)
    ]
    refuse_if(policies.may_ask(by(request), row.commission_id, leads))

    def act(given: dict[str, Any]) -> None:
        operations.end_joining(joining=row, **given, by=by(request), now=clock.now())

    return _ended(request, row, "zones:joining", _("Let the zones part early: %(number)s"), act)


@take_part
@never_cache
def end_authorisation(request: HttpRequest, pk: int) -> HttpResponse:
    """End an authorisation before its last day."""
    row = queries.authorisation_shown(request.commission, pk)
    refuse_if(policies.may_arrange(by(request), row.commission_id))

    def act(given: dict[str, Any]) -> None:
        operations.end_authorisation(authorisation=row, **given, by=by(request), now=clock.now())

    return _ended(request, row, "zones:authorisation", _("End the authorisation early: %(number)s"), act)


def _ended(request: HttpRequest, row: Arranged, home: str, title: str, act: Callable[[dict[str, Any]], None]) -> HttpResponse:  # fmt: skip
    here = address(request, home, row.pk)
    form = EndForm(request.POST or None, initial={"last": clock.today()})

    def done() -> str:
        act(form.cleaned_data)
        return here

    page = Page(title % {"number": printed_number(row)}, _("End early"), here)
    return answered(request, form, page, done, _("It has been ended; whoever it concerns is told."))
