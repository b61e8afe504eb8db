"""Screens that span apps: the overview, what changed, search, the choice of a commission."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import Ability, actor_of, may
from xiezuo.home.changes import changes_between
from xiezuo.home.chips import on
from xiezuo.home.kept import kept_overview
from xiezuo.home.places import address_of
from xiezuo.home.queries import search as search_for
from xiezuo.home.standards import expectation, rule_words
from xiezuo.home.work_views import first_page
from xiezuo.organisation.api import first_day, named_commission, set_standard
from xiezuo.shared import clock
from xiezuo.ui.asof import day_query, keep_day, parse_day
from xiezuo.ui.parts import Link
from xiezuo.ui.table import Column, Table


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The county on the day. Who does not know its totals is led to
    their own work, an administrator to the console."""
    by = actor_of(request.user)
    elsewhere = first_page(request, by)
    if elsewhere is not None:
        return elsewhere
    commission = request.commission
    if may(by, Ability.SEE_TOTALS, commission=commission.pk):
        return redirect(keep_day(reverse("home:work"), day_query(request)))
    first = first_day(commission)
    if first is None or first > request.day:
        return render(request, "home/not_yet.html", {"page_title": commission.name, "first": first})
    context = {"page_title": _("Overview"), "parts": kept_overview(request, commission)}
    return render(request, "home/overview.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed from one day to the day of the page."""
    since = _since(request)
    found = changes_between(request.commission, since, request.day)
    rows = [
        {"day": Link(change.day.isoformat(), on(request.path, change.day)), "text": _text(request, change)}
        for change in found
    ]  # fmt: skip
    columns = [Column("day", _("Day"), kind="date"), Column("text", _("What changed"))]
    context = {
        "page_title": _("What changed"),
        "since": since,
        "table": Table(columns, rows, id="changes", empty=_("Nothing changed between these two days.")),
        "number": len(found),
    }
    return render(request, "home/changes.html", context)


def _since(request: HttpRequest) -> date:
    asked = request.GET.get("since", "").strip()
    return parse_day(asked) if asked else request.day - timedelta(days=30)


def _text(request: HttpRequest, change):
    place = address_of(*change.opens) if change.opens else ""
    return Link(change.text, keep_day(place, day_query(request)))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box over units, people, zones, rooms and regulations of the day."""
    text = request.GET.get("q", "")
    found = search_for(request.commission, request.day, text)
    rows = [
        {"kind": kind_word(thing.kind), "code": thing.code,
         "name": Link(thing.name, keep_day(address_of(thing.kind, thing.key), day_query(request)))}
        for thing in found
    ]  # fmt: skip
    columns = [Column("name", _("Name")), Column("kind", _("Kind")), Column("code", _("Code"))]
    context = {
        "page_title": _("Search"),
        "search_text": text.strip(),
        "found": found,
        "table": Table(columns, rows, id="found"),
    }
    return render(request, "home/search.html", context)


def kind_word(kind: str) -> str:
    """What a kind of thing is called in the reader's language."""
    words = {
        "unit": _("unit"),
        "person": _("person"),
        "zone": _("zone"),
        "site": _("site"),
        "regulation": _("regulation"),
        "approval": _("application"),
        "zone_plan": _("zone plan"),
        "zone_meeting": _("zone meeting"),
    }
    return words[kind]


@require_POST
def choose_commission(request: HttpRequest) -> HttpResponse:
    """Turn every screen to another commission of the installation."""
    commission = named_commission(request.POST.get("commission", ""))
    request.session["commission"] = commission.code
    messages.success(request, _("Every page now speaks of %(name)s.") % {"name": commission.name})
    return redirect(keep_day(reverse("home:overview"), day_query(request)))


@require_POST
def switch_standard(request: HttpRequest, balance: str) -> HttpResponse:
    """Say whether an expectation is this county's standard."""
    rule = rule_words(expectation(balance))
    kept = request.POST.get("kept") == "1"
    set_standard(
        commission=request.commission, balance=balance, kept=kept, by=actor_of(request.user), now=clock.now(),
    )  # fmt: skip
    words = (
        _("“%(rule)s” is now a standard of ours.")
        if kept
        else _("“%(rule)s” is no longer a standard of ours.")
    )
    messages.success(request, words % {"rule": rule})
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else reverse("figures:list"))
