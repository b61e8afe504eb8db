"""A plan as a file: the sheet of both levels, the notice that tells of the decision, the overview of opinions."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import step_up_required
from xiezuo.shared import clock
from xiezuo.zones.plans.file_operations import take_decision, take_overview, take_sheet
from xiezuo.zones.plans.pages import by, plan_shown

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@step_up_required
@require_safe
@never_cache
def sheet(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """Both levels on a sheet."""
    return _file(request, pk, ending, take_sheet, "")


@step_up_required
@require_safe
@never_cache
def decision(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The notice that tells of the decision."""
    return _file(request, pk, ending, take_decision, _("Notice"))


@step_up_required
@require_safe
@never_cache
def overview(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The overview of the opinions on a plan."""
    return _file(request, pk, ending, take_overview, _("Overview of the opinions"))


def _file(request: HttpRequest, pk: int, ending: str, take: Callable[..., bytes], of: Any) -> HttpResponse:
    plan = plan_shown(request, pk)
    content = take(plan=plan, ending=ending, by=by(request), now=clock.now())
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{plan.name}{of}.{ending}") or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
