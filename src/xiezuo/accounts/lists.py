"""Lists that leave the house: what is on screen as a workbook, under the name of who took it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiezuo.accounts.actor import actor_of
from xiezuo.audit.api import Act, record
from xiezuo.shared import clock
from xiezuo.ui.listing import Listing


def list_response(
    request: HttpRequest, listing: Listing, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The page of a list, or, where the address asks for it, its workbook with an act in the journal."""
    if listing.exporting:
        return _taken_out(request, listing)
    return render(request, template, {"page_title": listing.title, **context, "table": listing.table()})


def _taken_out(request: HttpRequest, listing: Listing) -> HttpResponse:
    details = {"on": request.day, "address": request.get_full_path(), "rows": listing.narrowed.count()}  # type: ignore[attr-defined]
    code = request.commission.code  # type: ignore[attr-defined]
    by = actor_of(request.user)
    record(
        Act.LIST_EXPORTED, by=by, at=clock.now(), commission_code=code, target=request.path, details=details
    )
    return listing.export()
