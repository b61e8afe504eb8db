"""Keeping views of lists, and saying that a page was printed. Each is an act in the journal."""

from typing import cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from xiezuo.accounts import operations
from xiezuo.accounts.actor import actor_of
from xiezuo.accounts.models import User
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput


@require_POST
def printed(request: HttpRequest) -> HttpResponse:
    """A browser says that it printed a marked page."""
    page = request.POST.get("page", "")
    operations.note_printed(page=page, by=actor_of(request.user), now=clock.now())
    return HttpResponse(status=204)


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep what the list at `next` is asked for under a name, and go back to it."""
    back = _list_asked(request)
    at = urlsplit(back)
    user = cast(User, request.user)
    view = operations.save_view(
        user=user, path=at.path, query=at.query, name=request.POST.get("name", ""), by=actor_of(user), now=clock.now()
    )  # fmt: skip
    messages.success(request, gettext("The view “%(name)s” is saved.") % {"name": view.name})
    return HttpResponseRedirect(back)


@require_POST
def forget_view(request: HttpRequest) -> HttpResponse:
    """Drop a view of the list at `next`, and go back to it."""
    back = _list_asked(request)
    user = cast(User, request.user)
    name = request.POST.get("name", "")
    operations.forget_view(user=user, path=urlsplit(back).path, name=name, by=actor_of(user), now=clock.now())
    messages.success(request, gettext("The view “%(name)s” is forgotten.") % {"name": name})
    return HttpResponseRedirect(back)


def _list_asked(request: HttpRequest) -> str:
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        raise BadInput(
            gettext("The address to go back to is “%(found)s”; expected the address of a list here.")
            % {"found": back[:40]}
        )
    return back
