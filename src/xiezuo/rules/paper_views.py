"""A regulation as a file: its text, and the overview of the opinions on it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import actor_of, origin_of, step_up_required
from xiezuo.rules.paper_operations import take_overview, take_text
from xiezuo.rules.regulation_queries import edition_shown
from xiezuo.shared import clock

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@step_up_required
@require_safe
@never_cache
def text(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The text of an edition, as an official document."""
    return _file(request, pk, ending, take_text, "")


@step_up_required
@require_safe
@never_cache
def overview(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The overview of the opinions on an edition."""
    return _file(request, pk, ending, take_overview, _("Overview of the opinions"))


def _file(request: HttpRequest, pk: int, ending: str, take: Callable[..., bytes], of: str) -> HttpResponse:
    found = edition_shown(request.commission, pk)  # type: ignore[attr-defined]
    by = actor_of(request.user, origin_of(request))
    content = take(edition=found, ending=ending, by=by, now=clock.now())
    response = HttpResponse(content, content_type=TYPES[ending])
    name = f"{found.name}{of}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
