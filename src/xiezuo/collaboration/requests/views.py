"""The list of requests, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import list_response
from xiezuo.collaboration.chapter import chapter_of
from xiezuo.collaboration.queries.requests import request_shown
from xiezuo.collaboration.requests import listing, policies, shown
from xiezuo.collaboration.requests.asking_views import by
from xiezuo.shared import clock
from xiezuo.ui.links import address


@require_safe
@never_cache
def requests(request: HttpRequest) -> HttpResponse:
    """One of the reader's lists, by the day on which the next step is due."""
    actor, commission, tab = by(request), request.commission, listing.tab_asked(request)
    may_not = policies.may_ask(actor, commission.pk)
    context = {
        "tabs": listing.tabs_of(request, tab), "day": None, "chapter": chapter_of(request, actor),
        "ask_href": "" if may_not else address(request, "collaboration:begin-request"),
        "urgent_href": "" if may_not else address(request, "collaboration:act-first"),
    }  # fmt: skip
    listed = listing.listing_of(request, commission, actor, tab)
    return list_response(request, listed, "collaboration/requests/list.html", context)


@require_safe
@never_cache
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: its way, what is needed, who may approve and why, what happened, what may be done."""
    row = request_shown(request.commission, pk)
    context = shown.page_of(request, row, by(request), clock.today())
    return render(request, "collaboration/requests/request.html", context)
