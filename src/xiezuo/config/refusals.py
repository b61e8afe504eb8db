"""What a caller is told who is refused, and which refusals are written down."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from xiezuo.accounts.api import NOT_YOURS, Actor, actor_of
from xiezuo.config.gate import ANONYMOUS, NoSuchMethod, NotForYou, knock_of, methods_of
from xiezuo.config.refusal_operations import note_refusal
from xiezuo.shared.errors import BadInput, NotThere, Reason, Refused, XiezuoError
from xiezuo.ui.refusals import refusal_page

SAFE = ("GET", "HEAD")


class Broken(BadInput):
    """A request that no browser of ours would send."""


def who_asks(request: HttpRequest) -> Actor:
    """The actor of a request; whoever has not come in has the name of nobody."""
    user = getattr(request, "user", None)
    if user is None or isinstance(user, AnonymousUser):
        return Actor(ANONYMOUS)
    return actor_of(user)


def refused(request: HttpRequest, error: XiezuoError) -> HttpResponse:
    """The page of an expected failure. What was kept from the reader or could not be used is written down."""
    if isinstance(error, Refused) and NOT_YOURS in _codes(error):
        error = NotForYou(error.reasons)
    if _is_noted(request, error):
        note_refusal(request=request, status=error.status, code=_codes(error)[0], by=who_asks(request))
    response = refusal_page(error)
    if isinstance(error, NoSuchMethod):
        response["Allow"] = ", ".join(methods_of(knock_of(request).route))
    return response


def _codes(error: XiezuoError) -> list[str]:
    if isinstance(error, Refused):
        return [reason.code for reason in error.reasons]
    return ["not-there" if isinstance(error, NotThere) else "bad-input"]


def _is_noted(request: HttpRequest, error: XiezuoError) -> bool:
    # What is hidden and what does not exist look alike to the product itself, so both are written down.
    if isinstance(error, NotThere | NotForYou | NoSuchMethod):
        return True
    return isinstance(error, BadInput) and request.method not in SAFE


def broken_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - named by Django
    """A forged host, a body too large, broken in transport or with too many fields: Django's `handler400`."""
    words = _("What was sent cannot be read: its host, its size or its form is not as expected.")
    return _turned_away(request, Broken(words), "broken-request")


def forged_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - named by Django
    """A form that was not made by a page of this session (CSRF): `CSRF_FAILURE_VIEW`."""
    words = _("This form was not made by a page of your session. Open the page again and send it from there.")
    return _turned_away(request, NotForYou([Reason("forged-form", words)]), "forged-form")


def _turned_away(request: HttpRequest, error: XiezuoError, code: str) -> HttpResponse:
    note_refusal(request=request, status=error.status, code=code, by=who_asks(request))
    return refusal_page(error)
