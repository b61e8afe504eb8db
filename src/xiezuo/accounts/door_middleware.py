"""Every request: a session that is over ends, acts that need it ask for a fresh proof, and no page is kept by a browser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from xiezuo.accounts.door_operations import Caller
from xiezuo.accounts.door_policies import over
from xiezuo.accounts.door_queries import limits
from xiezuo.accounts.models import User
from xiezuo.accounts.origin import origin_of
from xiezuo.accounts.session_operations import note_seen, note_session_over
from xiezuo.accounts.sessions import DOOR, SessionStore, instant
from xiezuo.accounts.step_up import question
from xiezuo.shared import clock
from xiezuo.shared.errors import XiezuoError
from xiezuo.ui.refusals import refusal_page

SEEN_EVERY = timedelta(seconds=30)
"""How exactly it is remembered when a session was last used."""


class DoorMiddleware:
    """Stands behind Django's own sessions and accounts, and before anything that shows something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _end_what_is_over(request)
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Ask for a fresh proof where the view needs one; in transactions of its own, so that what was used stays used."""
        if not getattr(view, "needs_step_up", False) or not request.user.is_authenticated:
            return None
        try:
            return question(request)
        except XiezuoError as error:
            return refusal_page(error)


def _end_what_is_over(request: HttpRequest) -> None:
    if SESSION_KEY not in request.session:
        return
    # Django forgets a session whose password changed as soon as its account is asked for.
    now, number = clock.now(), request.session[SESSION_KEY]
    why = _why_over(request, now)
    if why:
        _end(request, number, why, now)
    else:
        _note_seen(request, now)


def _why_over(request: HttpRequest, now: datetime) -> str:
    if not request.user.is_authenticated:
        return "account"
    door, row = request.session.get(DOOR, {}), cast(SessionStore, request.session).row
    started = instant(door.get("started"))
    if started is None or row is None or row.seen is None:
        return "unknown"
    if door.get("rights") != request.user.rights_edition:
        return "rights"
    return over(limits(), started=started, seen=row.seen, now=now)


def _end(request: HttpRequest, number: str, why: str, now: datetime) -> None:
    account = User.objects.filter(pk=number).first()
    if account is not None:
        by = Caller(account, origin_of(request)).actor
        note_session_over(account=account, why=why, by=by, now=now)
    request.session.flush()
    request.user = AnonymousUser()


def _note_seen(request: HttpRequest, now: datetime) -> None:
    row = cast(SessionStore, request.session).row
    if row is not None and (row.seen is None or now - row.seen > SEEN_EVERY):
        note_seen(session=row, now=now)
