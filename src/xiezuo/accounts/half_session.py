"""Between the password and the second factor: the session knows whose door it is, and nobody is logged in yet."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import resolve_url
from django.utils.crypto import constant_time_compare

from xiezuo.accounts.door_operations import PASSWORD, let_in, must_have_factor
from xiezuo.accounts.door_policies import HALF_SESSION
from xiezuo.accounts.door_queries import factors_of, password_due
from xiezuo.accounts.models import User
from xiezuo.shared import clock
from xiezuo.shared.errors import XiezuoError
from xiezuo.ui.refusals import refusal_page

HALF = "half"
View = Callable[..., HttpResponse]


def own_transactions(view: View) -> View:
    """The view commits step by step: what was tried stays counted, whatever becomes of the rest."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except XiezuoError as error:
            return refusal_page(error)

    answered.own_transactions = True  # type: ignore[attr-defined]
    return answered


def begin_half(request: HttpRequest, account: User, after: str, now: datetime) -> None:
    """A new session that knows whose password was right, for a few minutes."""
    request.session.flush()
    request.session[HALF] = {
        "account": account.pk, "password": account.get_session_auth_hash(), "at": now.isoformat(), "next": after,
    }  # fmt: skip
    request.session.set_expiry(int(HALF_SESSION.total_seconds()))
    rotate_token(request)


def half(request: HttpRequest) -> dict[str, Any]:
    """What the session knows of the log-in under way."""
    return dict(request.session.get(HALF, {}))


def go_on(request: HttpRequest, **known: Any) -> None:
    """Remember how far the log-in came, under a new session id."""
    request.session[HALF] = {**half(request), **known}
    request.session.cycle_key()


def after_password(view: View) -> View:
    """Only for a log-in whose password was right a moment ago; anybody else goes back to the door."""

    @login_not_required
    @own_transactions
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = _account(request)
        if account is None:
            request.session.pop(HALF, None)
            return HttpResponseRedirect(resolve_url("accounts:log-in"))
        return view(request, account, *args, **kwargs)

    return answered


def _account(request: HttpRequest) -> User | None:
    known = half(request)
    if not known or request.user.is_authenticated:
        return None
    if not clock.now() - HALF_SESSION <= datetime.fromisoformat(known["at"]) <= clock.now() + HALF_SESSION:
        return None
    account = User.objects.filter(pk=known["account"], is_active=True).first()
    if account is None or not constant_time_compare(account.get_session_auth_hash(), known["password"]):
        return None
    return account


def step_of(request: HttpRequest, account: User) -> str:
    """The page that is still missing before this log-in is whole; nothing if none is."""
    known = half(request)
    if known.get("recovered") and not known.get("how"):
        return "accounts:enrol"
    if not known.get("how") and factors_of(account):
        return "accounts:factor"
    if not known.get("how") and must_have_factor(account):
        return "accounts:enrol"
    return "accounts:new-password" if password_due(account, clock.now()) else ""


def advance(request: HttpRequest, account: User) -> HttpResponse:
    """On to the next page of the log-in, or in."""
    step, known = step_of(request, account), half(request)
    if step:
        return HttpResponseRedirect(resolve_url(step))
    let_in(request=request, account=account, how=known.get("how", PASSWORD), now=clock.now())
    return HttpResponseRedirect(known.get("next") or resolve_url("home:overview"))
