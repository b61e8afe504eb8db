"""Review of rights, who can see a thing and why, and who was refused how often."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import BUSINESS, Ability, rights_in_force, shown_actor, who_may
from xiezuo.home.consoles import operations
from xiezuo.home.consoles import security_tables as tables
from xiezuo.home.consoles.findings import reviewed_parts
from xiezuo.home.consoles.forms import ReviewForm, WhoForm
from xiezuo.home.consoles.office import by, office
from xiezuo.home.consoles.queries import holders, journal
from xiezuo.home.consoles.queries.names import Thing, key_of, names_of, thing
from xiezuo.home.consoles.words import minute_words
from xiezuo.organisation.api import watermark
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.ui.listing import Listing

security_only = office(Ability.GIVE_GRANTS)
WATCHED = timedelta(days=30)
"""Refusals are shown for so many days before the day of the page."""
PAGES = {"organisation:person": "person", "organisation:unit": "unit", "zones:zone": "zone"}
"""Pages whose address may be pasted, and what they are of."""


@require_safe
@security_only
def review(request: HttpRequest) -> HttpResponse:
    """What should be looked at, kind by kind, and when that was last done."""
    return _review_page(request, ReviewForm())


def _review_page(request: HttpRequest, form: ReviewForm, status: int = 200) -> HttpResponse:
    found = list(holders.findings(clock.now()))
    last = journal.reviews().first()
    context = {
        "page_title": _("Review"), "tabs": tables.tabs(request, "review"), "day": None, "form": form,
        "parts": reviewed_parts(found), "number": len(found),
        "last": f"{minute_words(last.at)} · {shown_actor(last.actor)}" if last else "",
        "remark": last.details.get("remark", "") if last else "",
    }  # fmt: skip
    return render(request, "home/consoles/review.html", context, status=status)


@require_POST
@security_only
def reviewed(request: HttpRequest) -> HttpResponse:
    """The review is done: an act in the journal, with what was decided."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _review_page(request, form, status=422)
    operations.note_review(remark=form.cleaned_data["remark"], by=by(request), now=clock.now())
    messages.success(request, _("The review is noted."))
    return redirect("consoles:review")


@require_safe
@security_only
def who_can_see(request: HttpRequest) -> HttpResponse:
    """Every account that can see a person, a unit or a zone on the day, by which role, over what and why."""
    form = WhoForm(request.GET or None)
    context: dict[str, Any] = {
        "page_title": _("Who can see this"),
        "tabs": tables.tabs(request, "who-can-see"),
        "form": form,
    }
    if form.is_bound and form.is_valid():
        try:
            asked = _asked(request, form)
        except (NotThere, BadInput) as wrong:
            form.add_error("what", str(wrong))
        else:
            context |= _answer(request, asked, Ability(form.cleaned_data["ability"] or Ability.SEE_PEOPLE))
    return render(request, "home/consoles/who_can_see.html", context)


def _answer(request: HttpRequest, asked: Thing, ability: Ability) -> dict[str, Any]:
    rights = list(
        who_may(ability, on=request.day, commission=asked.commission, units=asked.units, zone=asked.zone)
    )
    if asked.leads and ability == Ability.SEE_PEOPLE:
        rights += _because_leaders_are_known(request, asked, {right.user_id for right in rights})
    operations.note_asked(
        what=f"{asked.kind}:{asked.key}", ability=ability, on=request.day, by=by(request), now=clock.now()
    )
    table = tables.rights_table(rights, names_of(rights, request.day), with_account=True, request=request)
    return {
        "watermark": watermark(request),
        "asked": asked,
        "table": table,
        "number": len({right.user_id for right in rights}),
    }


def _because_leaders_are_known(request: HttpRequest, asked: Thing, already: set[int]) -> list[Any]:
    """Who leads a commission is known to everybody who works in it: one right of each account that says so."""
    known = rights_in_force(request.day).filter(commission=asked.commission, role__in=BUSINESS)
    return list({right.user_id: right for right in known if right.user_id not in already}.values())


def _asked(request: HttpRequest, form: WhoForm) -> Thing:
    text = form.cleaned_data["what"].strip()
    kind, key = _of_address(text) if "/" in text else _of_code(form, text)
    found = thing(kind, key, request.day) if key else None
    if found is None:
        raise NotThere(
            _("There is no person, unit or zone “%(found)s” in this ledger.") % {"found": text[:60]}
        )
    return found


def _of_address(text: str) -> tuple[str, int]:
    """The thing whose page an address is of. Raises `BadInput`."""
    try:
        match = resolve(urlsplit(text).path)
    except (Resolver404, ValueError):
        match = None
    if match is None or match.view_name not in PAGES:
        raise BadInput(
            _(
                "The address “%(found)s” is no page of a person, a unit or a zone; expected one such as %(expected)s."
            )
            % {"found": text[:60], "expected": reverse("organisation:unit", args=[12])}
        )
    return PAGES[match.view_name], int(next(iter(match.kwargs.values()), 0) or (match.args or (0,))[0])


def _of_code(form: WhoForm, text: str) -> tuple[str, int]:
    commission = form.cleaned_data["commission"]
    for kind in ("person", "unit", "zone"):
        if commission and (key := key_of(kind, int(commission), text)):
            return kind, key
    return "person", 0


@require_safe
@security_only
def behaviour(request: HttpRequest) -> HttpResponse:
    """Refusals and failed log-ins of each account on each of the last days."""
    told = journal.refusals(first=request.day - WATCHED, last=request.day)
    listing = Listing(
        request, tables.conduct_columns(), [tables.conduct_row(each) for each in told], title=_("Refusals"), exports=False,
        empty=_("Nobody was refused anything in the 31 days up to this day."),
    )  # fmt: skip
    context = {
        "page_title": _("Refusals"),
        "tabs": tables.tabs(request, "behaviour"),
        "table": listing.table(),
    }
    return render(request, "home/consoles/behaviour.html", context)
