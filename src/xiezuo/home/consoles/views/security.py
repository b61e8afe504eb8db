"""The security administrator's console: accounts with their roles on a day, and persons that wait to be confirmed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import (
    Ability,
    confirm_person,
    may_confirm_person,
    may_propose_grant,
    refuse_person,
    rights_in_force,
    rights_of,
    step_up_required,
)
from xiezuo.home.consoles import security_tables as tables
from xiezuo.home.consoles.forms import ReasonForm
from xiezuo.home.consoles.office import by, office
from xiezuo.home.consoles.queries import holders as questions
from xiezuo.home.consoles.queries.names import Names, called, commission_names, names_of
from xiezuo.home.consoles.words import minute_words
from xiezuo.organisation.api import watermark
from xiezuo.shared import clock
from xiezuo.ui.listing import Listing
from xiezuo.ui.table import Table

security_only = office(Ability.GIVE_GRANTS)


@require_safe
@security_only
def holders(request: HttpRequest) -> HttpResponse:
    """Every account with its roles of the day."""
    held, commissions = questions.held_by_account(request.day), commission_names()
    rows = [tables.holder_row(each, held.get(each.pk, []), commissions) for each in questions.accounts()]
    listing = Listing(
        request, tables.holder_columns(request), rows, title=_("Accounts and roles"), extra=("id",), exports=False,
        empty=_("No account is like this."), empty_step=(_("All accounts"), reverse("consoles:security")),
    )  # fmt: skip
    context = {
        "page_title": _("Accounts and roles"), "tabs": tables.tabs(request, "security"), "table": listing.table(),
        "may_not_propose": may_propose_grant(by(request)),
    }  # fmt: skip
    return render(request, "home/consoles/holders.html", context)


@require_safe
@security_only
def holder(request: HttpRequest, number: int) -> HttpResponse:
    """One account: what it is on the day and why, its grants, and the person behind it."""
    user = questions.account(number, _("There is no such account."))
    on_day = list(rights_in_force(request.day).filter(user=user))
    ever = rights_of(user)
    given = questions.grants_of(user)
    names = names_of([*on_day, *ever, *given], request.day)
    context = {
        "page_title": user.get_full_name() or user.username, "account": user, "facts": _facts(user, request),
        "rights": tables.rights_table(on_day, names), "all_rights": tables.rights_table(ever, names),
        "grants": _grants(request, given, names), "propose": f"{reverse('consoles:propose')}?account={user.pk}",
        "tabs": tables.tabs(request, "security"),
    }  # fmt: skip
    return render(request, "home/consoles/holder.html", context)


def _facts(user: Any, request: HttpRequest) -> list[tuple[str, Any]]:
    person = called([user.person], request.day).get(user.person, "") if user.person else ""
    confirmed = (
        _("confirmed by %(name)s") % {"name": user.person_confirmed_by}
        if user.person_confirmed_by
        else _("not confirmed yet: posts give no rights")
    )
    return [
        (_("Account"), user.username),
        (_("State"), tables.active_state(active=user.is_active)),
        (_("Commission"), commission_names().get(user.commission or 0, "")),
        (_("Person of the ledger"), f"{person}（{confirmed}）" if person else ""),
        (_("Last log-in"), minute_words(user.last_login) or _("never")),
        (_("Opened"), minute_words(user.date_joined)),
    ]


def _grants(request: HttpRequest, given: Sequence[Any], names: Names) -> Table:
    today = clock.today()
    columns = [each for each in tables.grant_columns(request) if each.key not in ("account", "full_name")]
    rows = [tables.grant_row(each, names, today) for each in given]
    return Table(
        columns, rows, id="grants", caption=_("Grants"), empty=_("Nothing was ever granted to this account.")
    )


@require_safe
@security_only
def persons(request: HttpRequest) -> HttpResponse:
    """Accounts whose person was named by the system administrator and waits for the second person."""
    waiting = questions.persons_to_confirm()
    people = called([each.person or 0 for each in waiting], clock.today())
    commissions = commission_names()
    cards = [
        {
            "account": each, "person": people.get(each.person or 0, ""), "commission": commissions.get(each.commission or 0, ""),
            "differs": each.get_full_name() not in people.get(each.person or 0, ""),
            "reasons": may_confirm_person(by(request), each), "form": ReasonForm(auto_id=f"id_{each.pk}_%s"),
        }
        for each in waiting
    ]  # fmt: skip
    context = {
        "page_title": _("Persons to confirm"),
        "tabs": tables.tabs(request, "persons"),
        "cards": cards,
        "watermark": watermark(request),
        "day": None,
    }
    return render(request, "home/consoles/persons.html", context)


@require_POST
@security_only
@step_up_required
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Account and person are one: from now on the person's posts give the account its rights."""
    user = questions.account(number, _("There is no such account."))
    confirm_person(user=user, by=by(request), now=clock.now())
    messages.success(
        request,
        _("Confirmed: the posts of this person now give “%(name)s” its rights.") % {"name": user.username},
    )
    return redirect("consoles:persons")


@require_POST
@security_only
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Account and person are not one."""
    user = questions.account(number, _("There is no such account."))
    refuse_person(user=user, reason=request.POST.get("reason", ""), by=by(request), now=clock.now())
    messages.success(request, _("Refused: “%(name)s” is tied to nobody now.") % {"name": user.username})
    return redirect("consoles:persons")
