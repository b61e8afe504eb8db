"""A sudden event (R16): begun on an oral agreement, written within 24 hours."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xiezuo.accounts.api import as_the_product
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries import request_page as queries
from xiezuo.collaboration.queries.requests import receiving
from xiezuo.collaboration.requests import offers, operations, policies
from xiezuo.collaboration.requests.act_views import answered
from xiezuo.collaboration.requests.applying_operations import persons_deciding
from xiezuo.collaboration.requests.asked import Asked
from xiezuo.collaboration.requests.asking_views import by, take_part
from xiezuo.collaboration.requests.forms import UrgentForm
from xiezuo.collaboration.requests.offering import Offer, offered
from xiezuo.collaboration.requests.wording import number_words
from xiezuo.organisation.api import person_names
from xiezuo.shared import clock
from xiezuo.shared.errors import refuse_if
from xiezuo.ui.links import address


@take_part
@never_cache
def act_first(request: HttpRequest) -> HttpResponse:
    """Everything on one page, for there is no time for more."""
    actor = by(request)
    refuse_if(policies.may_ask(actor, request.commission.pk))
    form, rule = _form(request)
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("unit", "oral_by", "oral_at", "key")}
        if not _lacks(form, given):
            asked = replace(
                Asked(situation=operations.AT_ONCE[0]),
                **{k: v for k, v in form.said().items() if v is not None},
            )
            row = answered(
                form,
                lambda: operations.act_first(
                    commission=request.commission, asked=asked, by=actor, now=clock.now(), **given
                ),
            )
            if row is not None:
                words = _("Begun as %(number)s; hand in the written request within 24 hours.")
                messages.success(request, words % {"number": number_words(row.year, row.number)})
                return HttpResponseRedirect(address(request, "collaboration:request", row.pk))
    context = {
        "page_title": _("Act first, in writing within 24 hours"), "form": form, "day": None, "rule": rule,
        "notes": offers.method_notes(rule) if rule else [], "back": address(request, "collaboration:requests"),
    }  # fmt: skip
    return render(request, "collaboration/requests/urgent.html", context, status=422 if form.errors else 200)


def _lacks(form: UrgentForm, given: dict[str, Any]) -> bool:
    """Whether something is missing without which nothing can begin; each is told at its field."""
    for name in ("unit", "oral_by", "oral_at"):
        if given[name] is None:
            form.add_error(name, _("This is needed before anything can begin."))
    return bool(form.errors)


def _form(request: Any) -> tuple[UrgentForm, Offer | None]:
    commission, actor, today = request.commission, by(request), clock.today()
    rules, units = queries.rules_of(commission, today), queries.units_for(commission, actor, today)
    allowed, _others = offers.methods_offered(rules, operations.AT_ONCE[0])
    unit = queries.default_unit(commission, actor, units)
    offer = next(
        (each for each in offered(operations.AT_ONCE[0], rules.procedures, rules.methods) if each.procedure),
        None,
    )
    first = {
        "unit": unit,
        "starts": today,
        "last": today,
        "method": allowed[0][0] if allowed else "",
        "duty": "监督检查",
    }
    form = UrgentForm(request.POST.copy() if request.method == "POST" else None, initial=first)
    chosen = form.data.get("unit", unit) if form.is_bound else unit
    leading = [pair for pair in units.all if pair[0] in units.leading]
    others = [pair for pair in units.all if pair[0] not in units.leading]
    support = queries.authorisations_offered(commission, today)
    form.offer(
        unit=units.own, method=allowed, wanted_units=units.all, about_units=units.all, authorisations=support,
        lead=[("", "—"), (_("Offices that take matters in hand"), leading), (_("Other units, with a reason"), others)],
        site=[("", "—"), *queries.sites_offered(commission, today)], oral_by=[("", "—"), *_leaders(commission, offer, chosen)],
    )  # fmt: skip
    if not support:
        del form.fields["authorisations"]
    if len(form.fields["oral_by"].choices) < 2:
        form.fields["oral_by"].help_text = _("Nobody holds an office that could agree today.")
    return form, offer


def _leaders(commission: Any, offer: Offer | None, unit: Any) -> list[tuple[int, str]]:
    """Whom the work rule lets agree, for a unit, today."""
    today = clock.today()
    if offer is None or offer.procedure is None or not str(unit or "").isdigit():
        return []
    with as_the_product():
        received = receiving(commission, int(unit), today)
        row = Request(commission=commission, unit_id=int(unit), axis=list(received.axis), zone=received.zone)
        people = persons_deciding(offer.procedure, row, today)
        names = person_names(sorted(people), today)
    return list(names.items())
