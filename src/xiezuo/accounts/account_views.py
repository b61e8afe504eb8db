"""One's own account: password, second factors, sessions, roles; and the question “confirm that it is you”."""

from datetime import timedelta
from functools import partial
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xiezuo.accounts import factor_operations, session_operations
from xiezuo.accounts.actor import Actor, actor_of
from xiezuo.accounts.door_forms import CodeForm, LabelForm, OwnPasswordForm
from xiezuo.accounts.door_operations import Caller, change_own_password, try_own_password
from xiezuo.accounts.door_queries import card_in_force, codes_left, door_policy, factors_of, sessions_of
from xiezuo.accounts.door_views import ASKED, card_page, confirm_page, read_or_send, safe_address
from xiezuo.accounts.factors import totp, webauthn
from xiezuo.accounts.factors.sealing import opened, sealed
from xiezuo.accounts.half_session import own_transactions
from xiezuo.accounts.models import Right, User
from xiezuo.accounts.origin import origin_of
from xiezuo.accounts.proving import KEY_STATE
from xiezuo.accounts.queries import rights_of
from xiezuo.accounts.sessions import row_key_of
from xiezuo.accounts.step_up import confirm_page as ask_page
from xiezuo.accounts.step_up import is_fresh, proved, step_up_required
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.ui.words import long_day

APP_SECRET = "app_secret"  # noqa: S105 - the name under which the session keeps it


def _account(request: HttpRequest) -> User:
    return cast(User, request.user)


def _by(request: HttpRequest) -> Actor:
    return actor_of(request.user, origin_of(request))


def _back(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(resolve_url("accounts:mine"))


def mine(request: HttpRequest) -> HttpResponse:
    """Everything that concerns only oneself."""
    account, now = _account(request), clock.now()
    card = card_in_force(account)
    words = {
        "page_title": _("My account"), "day": None, "account": account, "factors": factors_of(account),
        "codes_left": codes_left(card) if card else 0, "has_card": card is not None,
        "sessions": sessions_of(account, now), "here": row_key_of(request),
        "rights": [_right(right) for right in rights_of(account) if right.ends > clock.today()],
        "key_usable": webauthn.usable(request), "app_allowed": door_policy().totp_allowed,
    }  # fmt: skip
    return render(request, "accounts/mine.html", words)


def _right(right: Right) -> tuple[str, str, str]:
    first = "" if right.starts == ALWAYS else long_day(right.starts)
    return (
        right.get_role_display(),
        first,
        "" if right.ends == OPEN else long_day(right.ends - timedelta(days=1)),
    )


@own_transactions
@read_or_send
def confirm(request: HttpRequest) -> HttpResponse:
    """Prove who sits there, then on to what was asked before."""
    after = safe_address(request, request.POST.get("next") or request.GET.get("next", ""))
    after = after or resolve_url("accounts:mine")
    if is_fresh(request):
        return HttpResponseRedirect(after)
    wrong = request.method == "POST"
    if wrong and proved(request):
        return HttpResponseRedirect(after)
    page = ask_page(request, action=request.path, carried=[("next", after)], wrong=wrong)
    page.status_code = 200
    return page


@sensitive_post_parameters()
@own_transactions
@read_or_send
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the old one is asked for, and each try counts."""
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_old(request, form) and _is_changed(request, form):
        return _back(request, _("Your password is changed. Every other session of yours has ended."))
    return render(request, "accounts/own_password.html", {"form": form, "account": _account(request)})


def _is_old(request: HttpRequest, form: OwnPasswordForm) -> bool:
    old = form.cleaned_data["old"]
    right = try_own_password(
        account=_account(request), request=request, password=old, stage="password", now=clock.now()
    )
    if not right:
        form.add_error("old", _("The password is not right."))
    return right


def _is_changed(request: HttpRequest, form: OwnPasswordForm) -> bool:
    account, new = User.objects.get(pk=_account(request).pk), form.cleaned_data["new"]
    by, now = Caller(account, origin_of(request)).actor, clock.now()
    try:
        change_own_password(account=account, password=new, by=by, now=now, keep_session=row_key_of(request))
    except BadInput as error:
        form.add_error("new", str(error))
        return False
    session_operations.go_on_with(request, account)
    return True


@step_up_required
@require_POST
def new_card(request: HttpRequest) -> HttpResponse:
    """A new card; the one before it counts until the new one is confirmed."""
    codes = factor_operations.issue_card(account=_account(request), by=_by(request), now=clock.now())
    return card_page(request, _account(request), codes)


@require_POST
def confirm_new_card(request: HttpRequest) -> HttpResponse:
    """One code of the new card, so that nobody throws the old one away for a page that was never printed."""
    asked, code = int(request.session.get(ASKED, 0)), request.POST.get("proof_code", "")[:100]
    try:
        factor_operations.confirm_card(
            account=_account(request), code=code, number=asked, by=_by(request), now=clock.now()
        )
    except BadInput as error:
        return confirm_page(request, str(error))
    return _changed_factors(request, _("The new card counts from now on. Destroy the old one."))


def _changed_factors(request: HttpRequest, words: str) -> HttpResponse:
    session_operations.end_sessions(
        account=_account(request), but=row_key_of(request), why="factor", by=_by(request), now=clock.now()
    )
    request.session.cycle_key()
    return _back(request, words)


@step_up_required
@read_or_send
def new_key(request: HttpRequest) -> HttpResponse:
    """Add a hardware key."""
    if not webauthn.usable(request):
        raise BadInput(
            _(
                "Hardware keys work at an address with a name and TLS, or at “localhost”; this page is at “%(found)s”."
            )
            % {"found": request.get_host()}
        )
    form = LabelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        state, answer = request.session.pop(KEY_STATE, {}), request.POST.get("proof_key", "")
        factor_operations.add_key(
            account=_account(request), request=request, state=state, answer=answer,
            label=form.cleaned_data["label"], by=_by(request), now=clock.now(),
        )  # fmt: skip
        return _changed_factors(request, _("The key counts from now on."))
    known = factor_operations.keys_of(_account(request))
    question, request.session[KEY_STATE] = webauthn.ask_new(request, _account(request), known)
    words = {"page_title": _("Add a hardware key"), "form": form, "key_question": question}
    return render(request, "accounts/new_key.html", words)


@step_up_required
@read_or_send
def new_app(request: HttpRequest) -> HttpResponse:
    """Add an authenticator app, where the policy allows it. The secret is typed by hand: cameras stay outside."""
    make = partial(CodeForm, label=_("Code that the app shows"))
    secret = opened(request.session[APP_SECRET]) if APP_SECRET in request.session else totp.new_secret()
    form = make(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factor_operations.add_totp(
                account=_account(request), secret=secret, code=form.cleaned_data["proof_code"][:100], label="",
                by=_by(request), now=clock.now(),
            )  # fmt: skip
        except BadInput as error:
            form.add_error("proof_code", str(error))
        else:
            del request.session[APP_SECRET]
            return _changed_factors(request, _("The app counts from now on."))
    request.session[APP_SECRET] = sealed(secret)
    words = {
        "page_title": _("Add an authenticator app"), "form": form, "secret": totp.shown(secret),
        "address": totp.address(secret, account=_account(request).username, issuer="Xiezuo"),
        "allowed": door_policy().totp_allowed,
    }  # fmt: skip
    return render(request, "accounts/new_app.html", words)


@step_up_required
@require_POST
def end_one_factor(request: HttpRequest) -> HttpResponse:
    """Let a second factor count no longer."""
    number = request.POST.get("factor", "")
    factor_operations.end_factor(
        account=_account(request), number=int(number) if number.isdecimal() and len(number) < 18 else 0, by=_by(request),
        now=clock.now(), keep_session=row_key_of(request),
    )  # fmt: skip
    request.session.cycle_key()
    return _back(request, _("It no longer counts. Every other session of yours has ended."))


@require_POST
def end_one_session(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions."""
    session_operations.end_session(
        account=_account(request),
        number=request.POST.get("session", "")[:64],
        by=_by(request),
        now=clock.now(),
    )
    return _back(request, _("The session has ended."))


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End every session of one's own but this one."""
    session_operations.end_sessions(
        account=_account(request), but=row_key_of(request), why="asked", by=_by(request), now=clock.now()
    )
    return _back(request, _("Every other session of yours has ended."))
