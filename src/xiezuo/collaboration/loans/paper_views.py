"""The form of a loan as a file."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import step_up_required
from xiezuo.collaboration.loans.paper import reference
from xiezuo.collaboration.loans.paper_operations import take_paper
from xiezuo.collaboration.loans.views import by
from xiezuo.collaboration.queries import loans as queries
from xiezuo.shared import clock
from xiezuo.ui.links import whole_address

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@step_up_required
@require_safe
@never_cache
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, for whoever may see the loan; it says no more than its page."""
    found = queries.loan_shown(request.commission, pk)
    code = whole_address(request, reverse("collaboration:loan", args=[pk]))
    ending = request.GET.get("ending", "pdf")
    content = take_paper(loan=found, ending=ending, code=code, by=by(request), now=clock.now())
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{reference(found)}.{ending}") or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
