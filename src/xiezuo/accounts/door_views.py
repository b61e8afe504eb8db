"""The pages of the door: log in, prove, enrol, recover, leave. Nobody is logged in before the last of them."""

import secrets
from functools import partial

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.accounts import door_operations, operations
from xiezuo.accounts.actor import actor_of
from xiezuo.accounts.door_forms import CodeForm, LogInForm, NewPasswordForm, ProofForm
from xiezuo.accounts.door_operations import Caller
from xiezuo.accounts.door_policies import CODES_ON_CARD
from xiezuo.accounts.door_queries import password_due
from xiezuo.accounts.factor_operations import confirm_card, end_all_factors, issue_card
from xiezuo.accounts.half_session import (
    advance,
    after_password,
    begin_half,
    go_on,
    half,
    own_transactions,
    step_of,
)
from xiezuo.accounts.models import Kind, User
from xiezuo.accounts.origin import origin_of
from xiezuo.accounts.proving import demonstration_code, key_question, proof_of
from xiezuo.accounts.session_operations import end_sessions
from xiezuo.accounts.sessions import row_key_of
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput

read_or_send = require_http_methods(["GET", "HEAD", "POST"])
ASKED = "asked"
"""Where the session keeps the number of the code that confirms a new card."""


@sensitive_post_parameters("password")
@login_not_required
@own_transactions
@read_or_send
def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password; what comes after them is asked on pages of their own."""
    after = safe_address(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(after or resolve_url(settings.LOGIN_REDIRECT_URL))
    form = LogInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = door_operations.try_password(
            name=form.cleaned_data["username"], password=form.cleaned_data["password"],
            address=origin_of(request), now=clock.now(),
        )  # fmt: skip
        if account is not None:
            begin_half(request, account, after, clock.now())
            return advance(request, account)
        form.refuse()
    words = {"form": form, "next": after, "demonstration_accounts": _demonstration_accounts()}
    return render(request, "accounts/log_in.html", words)


def _demonstration_accounts() -> list[tuple[str, str, str]]:
    """Name, password and whose it is, of each account of the demonstration; elsewhere there is nothing to show."""
    shown = settings.DEMONSTRATION_ACCOUNTS
    whose = dict(User.objects.filter(username__in=shown).values_list("username", "last_name"))
    return [(name, password, whose.get(name, "")) for name, password in shown.items()]


def safe_address(request: HttpRequest, address: str) -> str:
    """The address, if it is one of ours."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else ""


@sensitive_post_parameters("proof_code", "proof_key")
@after_password
@read_or_send
def factor(request: HttpRequest, account: User) -> HttpResponse:
    """The second factor."""
    if step_of(request, account) != "accounts:factor":
        return advance(request, account)
    form = ProofForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        kind = door_operations.try_factor(
            account=account, request=request, proof=proof_of(request), stage="factor", now=clock.now()
        )
        if kind:
            go_on(request, how=kind)
            return advance(request, account)
        form = ProofForm(request.POST, account=account)
        form.refuse()
    words = {
        "form": form, "account": account, "key_question": key_question(request, account),
        "demonstration_code": demonstration_code(account),
    }  # fmt: skip
    return render(request, "accounts/factor.html", words)


@after_password
@read_or_send
def enrol(request: HttpRequest, account: User) -> HttpResponse:
    """The first code card of an account, or the first after a recovery."""
    if step_of(request, account) != "accounts:enrol":
        return advance(request, account)
    if request.method != "POST":
        return render(request, "accounts/enrol.html", {"account": account, "codes_on_card": CODES_ON_CARD})
    by = Caller(account, origin_of(request)).actor
    if request.POST.get("act") == "issue":
        return card_page(request, account, issue_card(account=account, by=by, now=clock.now()))
    try:
        _take_card(request, account)
    except BadInput as error:
        return confirm_page(request, str(error))
    go_on(request, how=Kind.CARD, recovered=False)
    return advance(request, account)


def _take_card(request: HttpRequest, account: User) -> None:
    by, now = Caller(account, origin_of(request)).actor, clock.now()
    code, asked = request.POST.get("proof_code", ""), int(request.session.get(ASKED, 0))
    card = confirm_card(account=account, code=code[:100], number=asked, by=by, now=now)
    if half(request).get("recovered"):
        end_all_factors(account=account, but=card, by=by, now=now)
        end_sessions(account=account, why="recovery", by=by, now=now)


def card_page(request: HttpRequest, account: User, codes: list[str]) -> HttpResponse:
    """The new card, this once, and the question for one of its codes."""
    number = 1 + secrets.randbelow(len(codes))
    request.session[ASKED] = number
    words = {"codes": list(enumerate(codes, 1)), "account": account, "made": clock.now(), "form": code_form(number)}  # fmt: skip
    return render(request, "accounts/card.html", words)


def confirm_page(request: HttpRequest, trouble: str) -> HttpResponse:
    """The question for a code once more."""
    form = code_form(int(request.session.get(ASKED, 0)), request.POST)
    form.add_error(None, trouble)
    return render(request, "accounts/card.html", {"codes": [], "form": form})


def code_form(number: int, data: QueryDict | None = None) -> CodeForm:
    """Asks for one code of a new card."""
    return CodeForm(data, label=_("Code %(number)d of your card") % {"number": number})


@sensitive_post_parameters("proof_code")
@after_password
@read_or_send
def recover(request: HttpRequest, account: User) -> HttpResponse:
    """For whoever lost the second factor: the paper code that two persons opened the way with."""
    if step_of(request, account) != "accounts:factor":
        return advance(request, account)
    make = partial(CodeForm, label=_("Recovery code"), help_text=_("Sixteen letters and digits, from the paper you were given."))  # fmt: skip
    form = make(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["proof_code"]
        if door_operations.try_recovery(account=account, request=request, code=code, now=clock.now()):
            go_on(request, recovered=True)
            return advance(request, account)
        form.add_error(
            None, _("This code does not open a recovery of this account, or it was used or is too old.")
        )
    return render(request, "accounts/recover.html", {"form": form, "account": account})


@sensitive_post_parameters()
@after_password
@read_or_send
def new_password(request: HttpRequest, account: User) -> HttpResponse:
    """A temporary or too old password is changed before anything else."""
    if step_of(request, account) != "accounts:new-password":
        return advance(request, account)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = Caller(account, origin_of(request)).actor
        try:
            door_operations.change_own_password(
                account=account, password=form.cleaned_data["new"], by=by, now=clock.now(),
                keep_session=row_key_of(request),
            )  # fmt: skip
        except BadInput as error:
            form.add_error("new", str(error))
        else:
            go_on(request, password=account.get_session_auth_hash())
            return advance(request, account)
    words = {"form": form, "account": account, "why": password_due(account, clock.now())}
    return render(request, "accounts/new_password.html", words)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """The way out."""
    operations.note_log_out(by=actor_of(request.user, origin_of(request)), now=clock.now())
    logout(request)
    return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL))
