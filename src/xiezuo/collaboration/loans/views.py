"""Screens of loans: the list with its kinds apart, one loan, what waits for the home unit, and one's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiezuo.accounts.api import Ability, Actor, actor_of, has, list_response, origin_of
from xiezuo.approvals.api import party_of
from xiezuo.collaboration.loans import policies, shown
from xiezuo.collaboration.loans.acts import SHOWN
from xiezuo.collaboration.loans.asked import TO_A_POST
from xiezuo.collaboration.loans.kind import facts_of
from xiezuo.collaboration.loans.operations import may_change
from xiezuo.collaboration.models import Lent, Loan
from xiezuo.collaboration.queries import loans as queries
from xiezuo.collaboration.states import LoanKind, LoanState
from xiezuo.organisation.api import unit_names
from xiezuo.shared.errors import BadInput, Refused
from xiezuo.ui.blocks import Tab
from xiezuo.ui.links import address, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.table import View

take_part = require_http_methods(["GET", "HEAD", "POST"])


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


def tabs_of(request: HttpRequest, here: str) -> list[Tab]:
    """The parts of the chapter that are for the reader."""
    actor = by(request)
    parts = [("collaboration:loans", _("Loans of people"))]
    if has(actor, Ability.SPEAK_FOR_UNIT):
        parts.append(("collaboration:loan-consents", _("For the home unit")))
    parts.append(("collaboration:own-loans", _("My own loans")))
    if has(actor, Ability.ARRANGE_LOANS):
        parts.append(("collaboration:ledger-loans", _("Loans in the ledger")))
    parts.append(("collaboration:pairings", _("Paired units")))
    return [Tab(words, address(request, route), route == here) for route, words in parts]


@require_safe
@never_cache
def loans(request: HttpRequest) -> HttpResponse:
    """Every loan that the reader may see, the latest first; the kinds are listed apart, so that none hides another."""
    commission, day = request.commission, request.day
    found = list(queries.loans_of(commission))
    listing = Listing(
        request, shown.columns(request), shown.rows(found, day), title=_("Loans of people"), extra=("pk", "unit_id"),
        row_link=row_linker(request, "collaboration:loan", "pk"), peek=True, views=_kinds(request),
        empty=_("No loan that you may see was asked for yet."),
    )  # fmt: skip
    ask = "" if policies.may_ask(by(request), commission.pk) else address(request, "collaboration:ask-loan")
    context = {"tabs": tabs_of(request, "collaboration:loans"), "ask_href": ask}
    return list_response(request, listing, "collaboration/loans/list.html", context)


def _kinds(request: HttpRequest) -> list[View]:
    asked = request.GET.getlist("f.kind")
    every = View(_("All kinds"), address(request, "collaboration:loans"), not asked)
    return [every, *(View(kind.label, address(request, "collaboration:loans", f_kind=kind.value), asked == [kind.value]) for kind in LoanKind)]  # fmt: skip


@require_safe
@never_cache
def loan(request: HttpRequest, pk: int) -> HttpResponse:
    """One loan: what was asked for, who decides, everybody of it with what may be done and why not."""
    row = queries.loan_shown(request.commission, pk)
    actor = by(request)
    people = queries.lent_of([row])
    context = {
        "page_title": _("Loan %(number)s") % {"number": shown.number(row)}, "row": row, "state": shown.state_of(row),
        "tabs": tabs_of(request, ""), "facts": facts_of(row), "approval": shown.approval_of(row),
        "people": shown.people_of(request, row, actor), "comparison": shown.comparison(request, row),
        "lanes": shown.lanes(row, people, queries.names_of(people, request.day)), "steps": _loan_steps(request, row, actor),
        "back": address(request, "collaboration:loans"), "papers": _papers(request, row), "training": row.kind == LoanKind.SHADOWING,
        "to_a_post": row.kind in TO_A_POST, "registered": row.approval is None,
    }  # fmt: skip
    return render(request, "collaboration/loans/page.html", context)


def _loan_steps(request: HttpRequest, row: Loan, actor: Actor) -> list[shown.Step]:
    """What may be done with the loan itself; what belongs to another phase is not named."""
    if row.state == LoanState.DECIDING:
        against = may_change(actor, row)
        return [shown.Step(_("Mend and apply again"), address(request, "collaboration:change-loan", row.pk), against, "change")]  # fmt: skip
    if row.state not in policies.OPEN or row.approval is None:
        return []
    offer = policies.may_offer(actor, row, None)
    if offer and actor.user_id != row.applicant and has(actor, Ability.SPEAK_FOR_UNIT):
        offer = []
    return [
        shown.Step(_("Name a candidate"), address(request, "collaboration:offer-candidate", row.pk), offer, "offer"),
        shown.Step(_("Close: nobody comes any more"), address(request, "collaboration:close-loan", row.pk), policies.may_close(actor, row), "close"),
    ]  # fmt: skip


def _papers(request: HttpRequest, row: Loan) -> list[tuple[str, str]]:
    return [
        (ending, address(request, "collaboration:loan-paper", row.pk, ending=ending))
        for ending in ("docx", "pdf")
    ]


@require_safe
@never_cache
def consents(request: HttpRequest) -> HttpResponse:
    """Who of the reader's own units is asked for and waits for their consent, and who of them is lent."""
    actor, day = by(request), request.day
    waiting = [
        each
        for each in queries.waiting_for_home(request.commission)
        if each.home_id and has(actor, Ability.SPEAK_FOR_UNIT, unit=each.home_id)
    ]
    context = {
        "page_title": _("For the home unit"), "tabs": tabs_of(request, "collaboration:loan-consents"),
        "waiting": _waiting(request, waiting, actor), "table": shown.lent_table(request, _ours(request, actor), day),
    }  # fmt: skip
    return render(request, "collaboration/loans/consents.html", context)


def _ours(request: HttpRequest, actor: Actor) -> list[Lent]:
    homes = {held.scope_id for held in actor.held if held.scope_kind == "unit"}
    return [each for home in sorted(homes) for each in queries.lent_at(request.commission, home) if each.home_id == home]  # fmt: skip


def _waiting(request: HttpRequest, found: list[Lent], actor: Actor) -> list[dict[str, Any]]:
    names = queries.names_of(found, request.day)
    units = unit_names({each.loan.unit_id for each in found}, request.day)
    return [
        {"name": names.get(each.person_id, ""), "facts": [(_("Using unit"), units.get(each.loan.unit_id, "")), *facts_of(each.loan)[2:]],
         "href": address(request, "collaboration:loan", each.loan_id),
         "agree": shown.act_href(request, each.pk, "consent"), "decline": shown.act_href(request, each.pk, "decline")}
        for each in found if not policies.may_consent(actor, each)
    ]  # fmt: skip


@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """The reader's own loans: the days, the limits, the evaluation as it is shown to them."""
    actor = by(request)
    person = party_of(actor.user_id).person if actor.user_id is not None else None
    found = queries.lent_to(person) if person is not None else []
    units = unit_names({each.loan.unit_id for each in found} | {each.home_id for each in found if each.home_id}, request.day)  # fmt: skip
    cards = [
        {"title": _("%(unit)s · %(kind)s") % {"unit": units.get(each.loan.unit_id, ""), "kind": LoanKind(each.loan.kind).label},
         "state": shown.lent_state(each), "facts": shown.lent_facts(each, units), "criteria": each.loan.criteria,
         "seen": shown.act_href(request, each.pk, SHOWN.verb) if not policies.may_show(actor, each, person) else ""}
        for each in found
    ]  # fmt: skip
    context = {
        "page_title": _("My own loans"),
        "tabs": tabs_of(request, "collaboration:own-loans"),
        "cards": cards,
    }
    return render(request, "collaboration/loans/own.html", context)


# Forms


@dataclass
class Page:
    """A page with one form: its title, what its button says, where it came from, and what stands above."""

    title: Any
    button: Any
    back: str
    lead: Any = ""
    facts: Any = ()
    tabs: Any = ()


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
    return render(request, "collaboration/loans/form.html", context, status=422 if form.errors else 200)
