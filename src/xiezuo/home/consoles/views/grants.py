"""Grants: proposed by the security administrator, decided by a second person from the same pages, ended early."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import (
    Ability,
    decide_grant,
    end_grant,
    has,
    may_decide_grant,
    may_end_grant,
    may_propose_grant,
    may_withdraw_grant,
    propose_grant,
    step_up_required,
    withdraw_grant,
)
from xiezuo.home.consoles import security_tables as tables
from xiezuo.home.consoles.forms import DecideForm, EndForm, GrantForm
from xiezuo.home.consoles.office import by, office
from xiezuo.home.consoles.queries import holders as questions
from xiezuo.home.consoles.queries.names import names_of
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused
from xiezuo.ui.listing import Listing
from xiezuo.ui.table import View

givers = office(Ability.GIVE_GRANTS)
both_persons = office(Ability.GIVE_GRANTS, Ability.CONFIRM_GRANTS)


@require_safe
@both_persons
def grants(request: HttpRequest) -> HttpResponse:
    """Every grant that the reader may propose or decide, those that wait first."""
    shown = [each for each in questions.grants() if _concerns(request, each)]
    names, today = names_of(shown, clock.today()), clock.today()
    rows = [tables.grant_row(each, names, today) for each in shown]
    waiting = str(_("waits for a second person"))
    here = reverse("consoles:grants")
    views = [
        View(_("All"), here, active=not request.GET),
        View(_("Waiting"), f"{here}?f.state={waiting}", active=request.GET.get("f.state") == waiting),
    ]
    listing = Listing(
        request, tables.grant_columns(request), rows, title=_("Grants"), exports=False, views=views,
        empty=_("No grant is like this."), empty_step=(_("All grants"), here),
    )  # fmt: skip
    context = {
        "page_title": _("Grants"), "tabs": _tabs(request), "table": listing.table(), "day": None,
        "may_propose": not may_propose_grant(by(request)),
        "waiting": sum(1 for each in shown if not may_decide_grant(by(request), each)),
    }  # fmt: skip
    return render(request, "home/consoles/grants.html", context)


def _concerns(request: HttpRequest, grant: Any) -> bool:
    """Whoever decides sees what is theirs to decide; the security administrator sees everything."""
    actor = by(request)
    return has(actor, Ability.GIVE_GRANTS) or has(actor, Ability.CONFIRM_GRANTS, commission=grant.commission)


def _tabs(request: HttpRequest) -> list[Any]:
    """The secretary decides here, and sees nothing else of the console."""
    return tables.tabs(request, "grants") if has(by(request), Ability.GIVE_GRANTS) else []


def _grant(request: HttpRequest, number: int) -> Any:
    found = questions.grant(number, _("There is no such grant."))
    if not _concerns(request, found):
        raise NotThere(_("There is no such grant."))
    return found


@require_safe
@both_persons
def grant(request: HttpRequest, number: int) -> HttpResponse:
    """One grant, and what may be done with it now."""
    return _page(request, _grant(request, number), DecideForm(), EndForm(initial={"on": clock.today()}))


def _page(
    request: HttpRequest, found: Any, decide: DecideForm, end: EndForm, status: int = 200
) -> HttpResponse:
    actor = by(request)
    against_end = may_end_grant(actor, found)
    context = {
        "page_title": _("Grant no. %(number)d") % {"number": found.pk}, "grant": found, "tabs": _tabs(request), "day": None,
        "facts": tables.grant_facts(found, names_of([found], clock.today()), clock.today()),
        "decide_form": decide, "may_not_decide": may_decide_grant(actor, found),
        "may_withdraw": not may_withdraw_grant(actor, found), "end_form": end, "may_end": not against_end,
        "may_not_end": against_end if found.outcome == "confirmed" else [],
        "application": questions.application_of(found),
    }  # fmt: skip
    return render(request, "home/consoles/grant.html", context, status=status)


@require_safe
@givers
def propose(request: HttpRequest) -> HttpResponse:
    """The form of a proposal."""
    return _form_page(
        request, _form(initial={"account": request.GET.get("account", ""), "starts": clock.today()})
    )


@require_POST
@givers
@step_up_required
def send_proposal(request: HttpRequest) -> HttpResponse:
    """Propose it; what speaks against it is told on the form."""
    form = _form(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    user = questions.account(int(form.cleaned_data["account"]), _("There is no such account."))
    try:
        made = propose_grant(user=user, by=by(request), now=clock.now(), **form.told())
    except Refused as refused:
        if sent := questions.grant_of_form(form.cleaned_data["key"]):
            return redirect("consoles:grant", sent)
        for reason in refused.reasons:
            form.add_error(None, reason.text)
        return _form_page(request, form, status=422)
    messages.success(request, _("Proposed. It gives nothing until a second person has confirmed it."))
    return redirect("consoles:grant", made.pk)


def _form(data: Any = None, initial: dict[str, Any] | None = None) -> GrantForm:
    active = [each for each in questions.accounts() if each.is_active]
    return GrantForm(data, initial=initial or {}, accounts=active, today=clock.today())


def _form_page(request: HttpRequest, form: GrantForm, status: int = 200) -> HttpResponse:
    context = {"page_title": _("Propose a grant"), "form": form, "tabs": _tabs(request), "day": None}
    return render(request, "home/consoles/propose.html", context, status=status)


@require_POST
@both_persons
@step_up_required
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm or refuse it as the second person."""
    found = _grant(request, number)
    form = DecideForm(request.POST)
    confirm = request.POST.get("decision") == "confirm"
    if not form.is_valid():
        return _page(request, found, form, EndForm(), status=422)
    try:
        decide_grant(
            grant=found, confirm=confirm, reason=form.cleaned_data["reason"], by=by(request), now=clock.now()
        )
    except BadInput as wrong:
        form.add_error("reason", str(wrong))
        return _page(request, found, form, EndForm(), status=422)
    messages.success(request, _("The grant is confirmed.") if confirm else _("The grant is refused."))
    return redirect("consoles:grant", number)


@require_POST
@givers
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's own proposal back."""
    withdraw_grant(grant=_grant(request, number), by=by(request), now=clock.now())
    messages.success(request, _("The proposal is taken back."))
    return redirect("consoles:grant", number)


@require_POST
@givers
@step_up_required
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End it before its last day."""
    found = _grant(request, number)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, found, DecideForm(), form, status=422)
    try:
        end_grant(grant=found, by=by(request), now=clock.now(), **form.cleaned_data)
    except BadInput as wrong:
        form.add_error("on", str(wrong))
        return _page(request, found, DecideForm(), form, status=422)
    messages.success(request, _("The grant ends on that day."))
    return redirect("consoles:grant", number)
