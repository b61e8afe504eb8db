"""Lists as one account sees them: with its own views, and as a workbook under the name of who took it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiezuo.accounts.actor import Actor, actor_of
from xiezuo.accounts.holding import has, may
from xiezuo.accounts.models import SavedView, User
from xiezuo.accounts.policies import NAME_LENGTH, narrows, question_of
from xiezuo.accounts.queries import saved_views
from xiezuo.accounts.roles import Ability, Scope
from xiezuo.accounts.step_up import ask_first, is_fresh
from xiezuo.audit.api import Act, record
from xiezuo.shared import clock
from xiezuo.shared.errors import Reason, refuse_if
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.listing import Listing
from xiezuo.ui.table import Choice, OwnViews, Table, View


def may_take_out(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may take out a list of the commission; it holds no more than the actor sees on the screen."""
    reasons = may(actor, Ability.EXPORT, commission=commission)
    units = [
        held.scope_id
        for held in actor.held
        if held.scope_kind == Scope.UNIT and held.commission == commission
    ]
    allowed = any(has(actor, Ability.EXPORT, commission=commission, unit=unit) for unit in units)
    return [] if allowed else reasons


def list_response(
    request: HttpRequest, listing: Listing, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The page of a list, or, where the address asks for it, its workbook with an act in the journal."""
    if listing.exporting:
        return _taken_out(request, listing)
    table = _with_export(request, _with_own_views(request, listing))
    return render(request, template, {"page_title": listing.title, **context, "table": table})


def _with_own_views(request: HttpRequest, listing: Listing) -> Table:
    here = str(listing.address.put(after=None, before=None, format=None))
    asked = question_of(urlsplit(here).query)
    own = saved_views(cast(User, request.user), request.path)
    links = [View(each.name, _link(request, each), each.query == asked) for each in own]
    table = listing.table()
    # A view of one's own says more than the prepared one that it started from.
    own_active = any(view.active for view in links)
    presets = [replace(view, active=view.active and not own_active) for view in table.views]
    return replace(table, views=[*presets, *links], own_views=_menu(request, own, here, keeps=narrows(asked)))


def _with_export(request: HttpRequest, table: Table) -> Table:
    """The table with its button to the workbook, or with the reason why it may not be taken out."""
    reasons = may_take_out(actor_of(request.user), request.commission.pk) if table.export else []  # type: ignore[attr-defined]
    return replace(table, export="", export_refused=reasons[0].text) if reasons else table


def _link(request: HttpRequest, view: SavedView) -> str:
    return keep_day(f"{view.path}?{view.query}" if view.query else view.path, day_query(request))


def _menu(request: HttpRequest, own: Sequence[SavedView], here: str, *, keeps: bool) -> OwnViews | None:
    if not own and not keeps:
        return None
    return OwnViews(
        save=reverse("accounts:save-view") if keeps else "",
        forget=reverse("accounts:forget-view"),
        names=[Choice(each.name, _("Forget “%(name)s”") % {"name": each.name}) for each in own],
        name_length=NAME_LENGTH,
        here=here,
        token=get_token(request),
    )


def _taken_out(request: HttpRequest, listing: Listing) -> HttpResponse:
    details = {"on": request.day, "page": request.get_full_path(), "rows": listing.narrowed.count()}  # type: ignore[attr-defined]
    commission = request.commission  # type: ignore[attr-defined]
    by = actor_of(request.user)
    refuse_if(may_take_out(by, commission.pk))
    if not is_fresh(request):
        return ask_first(request)
    record(
        Act.LIST_EXPORTED,
        by=by,
        at=clock.now(),
        commission_code=commission.code,
        target=request.path,
        details=details,
    )
    return listing.export()
