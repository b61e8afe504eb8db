"""Standard phrases: one's own, and those of the units that one heads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.approvals.api import SPOKEN, against_phrases_of, drop_phrase, keep_phrase, phrases_kept
from xiezuo.approvals.states import Verb
from xiezuo.home.inbox import tables
from xiezuo.home.inbox.forms import PhraseForm
from xiezuo.home.inbox.names import Called
from xiezuo.home.inbox.page import units_of
from xiezuo.home.inbox.views.approval import by
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def phrases(request: HttpRequest) -> HttpResponse:
    """The phrases that the reader is offered, and a form for one more."""
    actor, called = by(request), Called(clock.today())
    units = units_of(actor)
    called.know(units=units)
    headed = [
        (unit, called.unit(unit))
        for unit in units
        if not against_phrases_of(actor, request.commission.pk, unit)
    ]
    form = PhraseForm(request.POST if request.method == "POST" else None, units=headed)
    if form.is_valid() and _kept(request, form):
        messages.success(request, _("The phrase is kept; it stands beside the words when you decide."))
        return redirect("inbox:phrases")
    context = {
        "page_title": _("Standard phrases"), "tabs": tables.tabs_of(request, actor, "phrases"), "day": None, "form": form,
        "groups": _groups(request, units, called, {unit for unit, _name in headed}),
    }  # fmt: skip
    return render(request, "home/inbox/phrases.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: PhraseForm) -> bool:
    given = form.cleaned_data
    unit = int(given["owner"]) if given["owner"] else None
    try:
        keep_phrase(
            commission=request.commission.pk, verb=Verb(given["verb"]), words=given["words"], unit=unit, by=by(request),
            now=clock.now(),
        )  # fmt: skip
    except (BadInput, Refused) as error:
        form.add_error("words", str(error))
        return False
    return True


def _groups(
    request: HttpRequest, units: list[int], called: Called, headed: set[int]
) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Phrases by what they are said with; who may drop one is said with it."""
    kept = phrases_kept(request.user.pk or 0, units)
    called.know(units=[phrase.unit for phrase in kept])
    groups = []
    for verb in SPOKEN:
        lines = [
            {"phrase": phrase, "owner": called.unit(phrase.unit), "may_drop": phrase.unit is None or phrase.unit in headed}
            for phrase in kept if phrase.verb == verb
        ]  # fmt: skip
        groups.append((verb.label, lines))
    return groups


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a phrase."""
    drop_phrase(phrase=pk, by=by(request), now=clock.now())
    messages.success(request, _("The phrase is dropped."))
    return redirect("inbox:phrases")
