"""The printed form of an application, and the way back from the code on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import actor_of, origin_of, step_up_required
from xiezuo.approvals.api import number_of
from xiezuo.home.inbox.page import shown_approval
from xiezuo.home.inbox.paper import approval_numbered
from xiezuo.home.inbox.paper_operations import take_form
from xiezuo.shared import clock
from xiezuo.ui.links import whole_address

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@step_up_required
@require_safe
@never_cache
def form(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The form of an application, for whoever may see it; it says no more than its page."""
    found = shown_approval(pk)
    number = number_of(found)
    by = actor_of(request.user, origin_of(request))
    content = take_form(approval=found, ending=ending, code=code_for(request, number), by=by, now=clock.now())
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(True, f"{number}.{ending}") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@never_cache
def by_number(_request: HttpRequest, number: str) -> HttpResponse:
    """From the code on a form to the record."""
    return redirect("inbox:approval", approval_numbered(number).pk)


def code_for(request: HttpRequest, number: str) -> str:
    """The address of the record, or its number alone where the installation is known by this machine's own name only."""
    return whole_address(request, reverse("inbox:by-number", args=[number])) or number
