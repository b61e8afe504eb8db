"""One act on a request, on a page of its own: begun, extended, reported, closed, taken up, ended, handed away; its scope; its readers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries import request_page as queries
from xiezuo.collaboration.queries.requests import edition_of, request_shown
from xiezuo.collaboration.requests import carrying_operations as operations
from xiezuo.collaboration.requests import offers, policies, widening_operations
from xiezuo.collaboration.requests.acts import ON_A_PAGE, against
from xiezuo.collaboration.requests.asked import asked_of
from xiezuo.collaboration.requests.asking_views import CHANGED, by, take_part
from xiezuo.collaboration.requests.forms import (
    ActForm,
    CloseForm,
    ExtendForm,
    ReportForm,
    RequestForm,
    SayForm,
    ScopeForm,
    StartForm,
    TransferForm,
    WidenForm,
)
from xiezuo.collaboration.requests.offers import done_within
from xiezuo.collaboration.requests.wording import number_words
from xiezuo.collaboration.states import RequestVerb, Result
from xiezuo.rules.api import LimitUnit
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused, refuse_if
from xiezuo.ui.choices import filled, words_of
from xiezuo.ui.links import address

_V = RequestVerb
FORMS: dict[RequestVerb, type[ActForm]] = {
    _V.START: StartForm, _V.EXTEND: ExtendForm, _V.REPORT: ReportForm, _V.CLOSE: CloseForm, _V.ESCALATE: SayForm,
    _V.TERMINATE: SayForm, _V.TRANSFER: TransferForm,
}  # fmt: skip
DOES: dict[RequestVerb, Callable[..., Request]] = {
    _V.START: operations.start_work, _V.EXTEND: operations.extend, _V.REPORT: operations.report_result, _V.CLOSE: operations.close_request,
    _V.ESCALATE: operations.escalate, _V.TERMINATE: operations.terminate, _V.TRANSFER: operations.transfer,
}  # fmt: skip


@take_part
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One act: its form, or what came of it."""
    row, what, actor = request_shown(request.commission, pk), _verb(verb), by(request)
    form = _form(what, row, request)
    if form.is_bound and form.is_valid():
        key = {name: form.cleaned_data[name] for name in form.fields}
        done = answered(form, lambda: DOES[what](request=row, by=actor, now=clock.now(), **key))
        if done is not None:
            messages.success(request, _("Done: %(act)s.") % {"act": what.label})
            return _back(request, row)
        _take_anew(form, row)
    elif not form.is_bound:
        refuse_if(against(row, what, actor, clock.today()))
    return _page(request, row, form, what.label, _lead(what, row))


def _verb(verb: str) -> RequestVerb:
    if verb not in RequestVerb.values or RequestVerb(verb) not in ON_A_PAGE:
        raise NotThere(_("There is no such act."))
    return RequestVerb(verb)


def _form(what: RequestVerb, row: Request, request: HttpRequest) -> ActForm:
    data = request.POST.copy() if request.method == "POST" else None
    form = FORMS[what](data, initial={"seen": row.version})
    if what == _V.REPORT:
        form.offer(result=filled(Result))
    return form


def answered(form: RequestForm, do: Callable[[], Any]) -> Any:
    """What came of it; None where something stands against it, which is then told at its field."""
    try:
        return do()
    except Refused as refused:
        form.refused = refused.reasons
        form.tell(refused.reasons)
    except BadInput as wrong:
        form.add_error(None, str(wrong))
    return None


def _take_anew(form: Any, row: Request) -> None:
    """Where it moved on meanwhile: the words stay, and the form is one of the request as it stands now."""
    if any(each.code == CHANGED for each in getattr(form, "refused", [])):
        form.data["seen"] = request_shown(row.commission, row.pk).version


def _lead(what: RequestVerb, row: Request) -> str:
    """What follows from an act, and on which rule it rests."""
    rule = edition_of(row)
    if what == _V.EXTEND and rule is not None:
        words = _("%(within)s (rule %(code)s). Counted in %(unit)s; the first day due stays on record.")
        return words % {
            "within": done_within(rule),
            "code": rule.code,
            "unit": words_of(LimitUnit, rule.limit_unit),
        }
    told = {
        _V.ESCALATE: _("It is decided anew, by the offices of the next level too, and people from further away may come."),
        _V.TERMINATE: _("The work ends here and the team is dissolved; the request keeps its number and its file."),
        _V.TRANSFER: _("The work ends here and the file goes to another organ."),
        _V.CLOSE: _("Nothing of it may be open any more: tasks, rectification letters, evaluation by both sides, the index of the file."),
        _V.START: _("From now on the work runs against its limit."),
    }  # fmt: skip
    return told.get(what, "")


def _page(request: HttpRequest, row: Request, form: RequestForm, title: Any, lead: Any) -> HttpResponse:
    context = {
        "page_title": title, "lead": lead, "row": row, "number": number_words(row.year, row.number), "form": form, "day": None,
        "back": address(request, "collaboration:request", row.pk),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "collaboration/requests/act.html", context, status=status)


def _back(request: HttpRequest, row: Request) -> HttpResponse:
    return HttpResponseRedirect(address(request, "collaboration:request", row.pk))


@take_part
@never_cache
def rescope(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was approved; the approval then begins anew, and until then nobody acts."""
    row, actor = request_shown(request.commission, pk), by(request)
    refuse_if(policies.may_rescope(actor, row))
    form = _scope_form(request, row)
    if form.is_bound and form.is_valid():
        said = {
            name: value
            for name, value in form.said().items()
            if value is not None or name in ("site", "starts", "ends")
        }
        asked, key = replace(asked_of(row), **said), form.cleaned_data["key"]
        seen = form.cleaned_data["seen"] or 0
        done = answered(
            form,
            lambda: operations.rescope(
                request=row, asked=asked, seen=seen, key=key, by=actor, now=clock.now()
            ),
        )
        if done is not None:
            messages.success(request, _("The scope was changed; it is decided anew."))
            return _back(request, row)
        _take_anew(form, row)
    lead = _(
        "A changed scope is approved anew, by the same edition of the work rule (Supervision Law, article 45). Until then nobody acts."
    )
    return _page(request, row, form, _V.RESCOPE.label, lead)


def _scope_form(request: HttpRequest, row: Request) -> ScopeForm:
    commission, today = row.commission, clock.today()
    rules, units = queries.rules_of(commission, today), queries.units_for(commission, by(request), today)
    data = request.POST.copy() if request.method == "POST" else None
    form = ScopeForm(data, initial={**ScopeForm.first(asked_of(row)), "seen": row.version})
    methods, _others = offers.methods_offered(rules, row.situation)
    sites, support = (
        queries.sites_offered(commission, today),
        queries.authorisations_offered(commission, today),
    )
    form.offer(method=methods, wanted_units=units.all, about_units=units.all, site=[("", "—"), *sites], authorisations=support)  # fmt: skip
    if not support:
        del form.fields["authorisations"]
    return form


@take_part
@never_cache
def ask_widening(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for somebody else to read a request, for a time."""
    row, actor = request_shown(request.commission, pk), by(request)
    form = WidenForm(request.POST or None)
    form.offer(account=queries.accounts_offered(request.commission))
    if form.is_bound and form.is_valid():
        done = answered(
            form,
            lambda: widening_operations.ask_widening(
                request=row, by=actor, now=clock.now(), **form.cleaned_data
            ),
        )
        if done is not None:
            messages.success(request, _("Asked. The head of the unit in the lead decides."))
            return _back(request, row)
    lead = _(
        "Who knows of a matter is kept to as few as possible (Law on Guarding State Secrets, article 21); the head of the unit in the lead decides, and the right ends by itself."
    )
    return _page(request, row, form, _("Let somebody else read it"), lead)


@require_POST
def decide_widening(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to somebody reading a request, or not."""
    found = queries.widening_shown(pk)
    if found is None:
        raise NotThere(_("There is no such application, or it is not for you."))
    agreed = request.POST.get("agreed", "")
    if agreed not in ("yes", "no"):
        raise BadInput(_("Found “%(found)s”; expected yes or no.") % {"found": agreed[:20]})
    widening_operations.decide_widening(
        widening=found, agreed=agreed == "yes", by=by(request), now=clock.now()
    )
    messages.success(request, _("Decided."))
    return redirect(address(request, "collaboration:request", found.request_id))
