"""Loans as the ledger has them: what of them breaks a limit is shown as a shortfall, and each can be registered."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.collaboration.loans import operations, policies
from xiezuo.collaboration.loans.forms import RegisterForm
from xiezuo.collaboration.loans.standing import Standing, standing_loans
from xiezuo.collaboration.loans.views import Page, answered, by, tabs_of, take_part
from xiezuo.collaboration.queries import loans as queries
from xiezuo.organisation.api import person_names, unit_names
from xiezuo.organisation.states import Status
from xiezuo.shared import clock
from xiezuo.shared.errors import refuse_if
from xiezuo.ui.absence import period_words
from xiezuo.ui.blocks import Shortfall
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address, linker
from xiezuo.ui.parts import State


@require_safe
@never_cache
def ledger_loans(request: HttpRequest) -> HttpResponse:
    """Everybody whom the ledger calls lent on the day, kinds apart; what breaks a limit first says which."""
    refuse_if(policies.may_ask(by(request), request.commission.pk))
    day = request.day
    found = standing_loans(request.commission, day)
    names = person_names({each.row.person_id for each in found}, day)
    units = unit_names({each.row.unit_id for each in found}, day)
    lines = {True: [], False: []}  # type: dict[bool, list[Shortfall]]
    for each in found:
        lines[bool(each.breaks)].append(_line(request, each, names, units))
    context = {
        "page_title": _("Loans in the ledger"), "tabs": tabs_of(request, "collaboration:ledger-loans"),
        "short": lines[True], "kept": lines[False],
    }  # fmt: skip
    return render(request, "collaboration/loans/ledger.html", context)


def _line(request: HttpRequest, each: Standing, names: dict[int, str], units: dict[int, str]) -> Shortfall:
    row, may = each.row, not policies.may_keep(by(request), request.commission.pk)
    register = (_("Register"), address(request, "collaboration:register-loan", row.pk)) if may and not each.registered else None  # fmt: skip
    words = f"{names.get(row.person_id, row.person.code)} · {units.get(row.unit_id, '')} · {row.post}"
    if each.registered:
        words = _("%(words)s (registered)") % {"words": words}
    return Shortfall(
        words, each.limit, each.term, " ".join(each.breaks), _("the unit that uses them and the home unit") if each.breaks else "",
        linker(request, "organisation:person")(row.person_id), register, State(words_of(Status, row.status), "bad" if each.breaks else "good"),
    )  # fmt: skip


@take_part
@never_cache
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a loan of the ledger as it is."""
    refuse_if(policies.may_keep(by(request), request.commission.pk))
    row = queries.ledger_loan(request.commission, pk)
    form = RegisterForm(request.POST or None, initial={"basis": row.basis})
    kinds = operations.kinds_of(row.status)
    form.offer("kind", [(each.value, each.label) for each in kinds])
    form.initial["kind"] = kinds[0].value

    def act() -> str:
        made = operations.register_loan(
            commission=request.commission, assignment=pk, **form.given(), key=form.cleaned_data["key"], by=by(request), now=clock.now()
        )  # fmt: skip
        return address(request, "collaboration:loan", made.pk)

    page = Page(
        _("Register a loan of the ledger"), _("Register"), address(request, "collaboration:ledger-loans"),
        lead=_("It is registered as it is. What of it breaks a limit is shown as a shortfall until it is mended or ends."),
        facts=_facts(row, clock.today()),
    )  # fmt: skip
    return answered(request, form, page, act, _("The loan is registered."))


def _facts(row: Any, day: date) -> list[tuple[Any, Any]]:
    return [
        (_("Person"), person_names([row.person_id], day).get(row.person_id, row.person.code)),
        (_("Using unit"), unit_names([row.unit_id], day).get(row.unit_id, "")), (_("Post"), row.post),
        (_("Days"), period_words(row.starts, row.ends)), (_("From outside"), row.from_outside),
    ]  # fmt: skip
