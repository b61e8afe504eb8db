"""Agenda and minutes of a zone meeting as files."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import actor_of, origin_of, step_up_required
from xiezuo.shared import clock
from xiezuo.ui.links import whole_address
from xiezuo.zones.meetings.paper import reference
from xiezuo.zones.meetings.paper_operations import take_paper
from xiezuo.zones.queries import meetings as queries

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@step_up_required
@require_safe
@never_cache
def paper(request: HttpRequest, pk: int, what: str, ending: str) -> HttpResponse:
    """The agenda or the minutes, for whoever may see the meeting; it says no more than its page."""
    found = queries.meeting_shown(request.commission, pk)  # type: ignore[attr-defined]
    by = actor_of(request.user, origin_of(request))
    code = whole_address(request, reverse("zones:meeting", args=[pk]))
    content = take_paper(meeting=found, what=what, ending=ending, code=code, by=by, now=clock.now())
    response = HttpResponse(content, content_type=TYPES[ending])
    name = f"{reference(found)}-{what}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
