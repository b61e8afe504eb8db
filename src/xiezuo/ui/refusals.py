"""Expected failures as pages with words, never a trace."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from xiezuo.shared.errors import Refused, XiezuoError


def refusal_page(request: HttpRequest, error: XiezuoError) -> HttpResponse:
    """The page that says what was found, what was expected and where to go on."""
    reasons = [reason.text for reason in error.reasons] if isinstance(error, Refused) else [str(error)]
    context = {"heading": _heading(error.status), "reasons": reasons, "status": error.status}
    return HttpResponse(render_to_string("ui/refusal.html", context, request), status=error.status)


def _heading(status: int) -> str:
    return {
        404: _("This is not here"),
        403: _("You may not see this"),
        409: _("This cannot be done now"),
    }.get(status, _("This cannot be used as it stands"))


class RefusalMiddleware:
    """Turns an expected failure that a view raised into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django calls this with what a view raised; None leaves it to Django."""
        return refusal_page(request, error) if isinstance(error, XiezuoError) else None
