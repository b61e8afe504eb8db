"""The inbox: its lists, and several decided together where one line says all there is to say."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import Ability, acting_as, has, list_response, own_transactions
from xiezuo.approvals import api as approvals
from xiezuo.approvals.api import Form, kind_of, number_of
from xiezuo.home.inbox import tables
from xiezuo.home.inbox.page import shown_approval, work_calendar
from xiezuo.home.inbox.views.approval import by
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, XiezuoError, refuse

MOST_AT_ONCE = 50


@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """One of the reader's lists; what waits for them is the first."""
    actor, tab = by(request), _asked_tab(request)
    listing = tables.listing_of(request, actor, tab)
    context = {
        "page_title": _("To do"), "tabs": tables.tabs_of(request, actor, tab), "day": None, "tab": tab, "key": uuid4(),
        "batch": tab == tables.WAITING and any(kind_of(row["kind"]).batch for row in listing.page.rows),
    }  # fmt: skip
    return list_response(request, listing, "home/inbox/list.html", context)


def _asked_tab(request: HttpRequest) -> str:
    tab = request.GET.get("tab", tables.WAITING)
    known = [tables.WAITING, tables.MINE, tables.TOLD, tables.DONE]
    if has(by(request), Ability.KEEP_LEDGER, commission=request.commission.pk):
        known.append(tables.ALL)
    if tab not in known:
        words = _("There is no list “%(found)s” here; expected one of %(known)s.")
        raise BadInput(words % {"found": tab[:40], "known": ", ".join(known)})
    return tab


@require_POST
@own_transactions
def batch(request: HttpRequest) -> HttpResponse:
    """Agree to all that are ticked: each in a transaction of its own, and one that fails keeps its reason."""
    ticked = request.POST.getlist("row")
    key = _key(request)
    if len(ticked) > MOST_AT_ONCE:
        words = _("%(found)d are ticked; expected up to %(most)d at once.")
        raise BadInput(words % {"found": len(ticked), "most": MOST_AT_ONCE})
    agreed = 0
    for row in ticked:
        try:
            _approve_one(request, row, key)
            agreed += 1
        except XiezuoError as error:
            messages.error(request, str(error))
    if agreed:
        words = ngettext("%(count)d agreed to.", "%(count)d agreed to.", agreed)
        messages.success(request, words % {"count": agreed})
    elif not ticked:
        messages.info(request, _("Nothing is ticked."))
    return redirect("inbox:list")


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise BadInput(_("This form lacks its key. Open the page again and send it from there.")) from None


def _approve_one(request: HttpRequest, row: str, key: UUID) -> None:
    pk, _colon, seen = row.partition(":")
    if not (pk.isascii() and pk.isdigit() and seen.isascii() and seen.isdigit() and len(row) < 40):
        raise BadInput(_("This row cannot be agreed to from the list; open it."))
    with acting_as(by(request)) as actor:
        found = shown_approval(int(pk))
        try:
            _must_be_batched(found)
            # One form, many applications: each has a key of its own that the same form makes again.
            form = Form(uuid5(key, pk), int(seen))
            given: dict[str, Any] = {"form": form, "by": actor, "now": clock.now()}
            approvals.approve(approval=found, after=work_calendar(found.commission).after, **given)
        except XiezuoError as error:
            raise BadInput(f"{number_of(found)}：{error}") from error


def _must_be_batched(found: Any) -> None:
    if not kind_of(found.kind).batch:
        refuse("not-in-batch", _("Applications of this kind are decided one by one, on their own page."))
