"""A page with one form, as every screen of the plans shows it: the act, or what stands against it at its field."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiezuo.accounts.api import Actor, actor_of, origin_of
from xiezuo.organisation.api import Commission, unit_names, units_offered
from xiezuo.shared.errors import BadInput, NotThere, Refused, refuse_if
from xiezuo.zones.models import Plan
from xiezuo.zones.plans import policies
from xiezuo.zones.queries.plans import plan_of

take_part = require_http_methods(["GET", "HEAD", "POST"])


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


def plan_shown(request: HttpRequest, pk: int) -> Plan:
    """The plan, of the commission of the page, as far as the reader may see it. Raises `NotThere`."""
    found = plan_of(pk)
    if found.commission_id != request.commission.pk:
        raise NotThere(_("There is no such zone plan, or it is not for you."))
    return found


def plan_to_draw(request: HttpRequest, pk: int) -> Plan:
    """The plan, for who draws zones. Raises `Refused`, `NotThere`."""
    plan = plan_shown(request, pk)
    refuse_if(policies.may_draw(by(request), plan.commission_id))
    return plan


@dataclass
class Page:
    """A page with one form: its title, what its button says, where it came from, and what else it shows."""

    title: str
    button: Any
    back: str
    lead: Any = ""
    more: dict[str, Any] = field(default_factory=dict)


def answered(request: HttpRequest, form: Any, page: Page, act: Callable[[], str], done: Any) -> HttpResponse:
    """The form, or what came of it: `act` does it and says where to go; what stands against it is told at its field."""
    if form.is_bound and form.is_valid():
        try:
            where = act()
        except Refused as refused:
            form.tell(refused.reasons)
            _show_what_stands(form, page, refused)
        except BadInput as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(where)
    context = {"page_title": page.title, "page": page, "form": form, **page.more}
    return render(request, "zones/plans/form.html", context, status=422 if form.errors else 200)


def _show_what_stands(form: Any, page: Page, refused: Refused) -> None:
    """Somebody else saved meanwhile: saved once more, the form has seen what stands now."""
    moved_on = any(each.code == policies.CHANGED for each in refused.reasons)
    if moved_on and "now_seen" in page.more:
        form.data = {**form.data.dict(), "seen": page.more["now_seen"]}


def units_to_choose(commission: Commission) -> list[tuple[int, str]]:
    """Every unit of the commission, in official order."""
    return [(each.unit, each.record.name) for each in units_offered(commission)]


def speaking_units(actor: Actor, plan: Plan, asked: list[int]) -> list[tuple[int, str]]:
    """The units asked, for which somebody may speak now or enter what came on paper."""
    names = unit_names(asked, plan.starts)
    keeps = not policies.may_enter(actor, plan.commission_id)
    may = [
        each
        for each in asked
        if keeps or not policies.may_speak(actor, plan.commission_id, each, on_paper=False)
    ]
    return [(unit, names.get(unit, "")) for unit in may]
