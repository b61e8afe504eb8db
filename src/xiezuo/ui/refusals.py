"""Expected failures as pages with words, never a trace."""

from django.http import HttpResponse
from django.template.loader import render_to_string

from xiezuo.shared.errors import XiezuoError


def refusal_page(error: XiezuoError) -> HttpResponse:
    """The page that says what was found, what was expected and where to go on.

    Rendered without the request, so that it needs neither session nor database.
    """
    return HttpResponse(render_to_string("ui/refused.html", {"error": error}), status=error.status)
