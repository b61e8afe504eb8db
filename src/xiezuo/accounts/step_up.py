"""Acts that need a fresh proof of who sits there: asked for in between, and nothing that was typed is lost."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from xiezuo.accounts.door_forms import ProofForm
from xiezuo.accounts.door_operations import PASSWORD, Caller, try_factor, try_own_password
from xiezuo.accounts.door_policies import FRESH
from xiezuo.accounts.models import User
from xiezuo.accounts.origin import origin_of
from xiezuo.accounts.proving import FIELDS, demonstration_code, key_question, proof_of
from xiezuo.accounts.session_operations import note_proof
from xiezuo.accounts.sessions import DOOR, instant
from xiezuo.audit.api import Act, record
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput

CARRIED = 200_000
"""Characters of a form that can be carried through the question."""
View = Callable[..., HttpResponse]


def step_up_required(view: View) -> View:
    """The view answers only whoever proved in the last minutes who it is; `DoorMiddleware` asks for the proof."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Whoever comes by another way than an address of ours is held to the same.
        return view(request, *args, **kwargs) if is_fresh(request) else ask_first(request)

    answered.needs_step_up = True  # type: ignore[attr-defined]
    return answered


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session proved itself in the last minutes."""
    proved = instant(request.session.get(DOOR, {}).get("fresh"))
    return proved is not None and proved <= clock.now() < proved + FRESH


def ask_first(request: HttpRequest) -> HttpResponse:
    """Off to the question; afterwards the address is asked again."""
    here = request.get_full_path() if request.method in ("GET", "HEAD") else _page_behind(request)
    address = f"{resolve_url('accounts:confirm')}?{urlencode({'next': here})}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_behind(request: HttpRequest) -> str:
    at = urlsplit(request.headers.get("HX-Current-URL", "/"))
    return f"{at.path}?{at.query}" if at.query else at.path


def question(request: HttpRequest) -> HttpResponse | None:
    """What stands between this request and its view: a page that asks, or nothing, once the proof is there."""
    if is_fresh(request):
        return None
    if request.method in ("GET", "HEAD") or request.headers.get("HX-Request") == "true":
        return ask_first(request)
    if not any(request.POST.get(field) for field in FIELDS):
        return confirm_page(request, action=request.get_full_path(), carried=_carried(request))
    if not proved(request):
        return confirm_page(request, action=request.get_full_path(), carried=_carried(request), wrong=True)
    left = request.POST.copy()
    for field in FIELDS:
        left.pop(field, None)
    request.POST = left  # type: ignore[assignment]
    return None


def proved(request: HttpRequest) -> bool:
    """Whether the request brings a right proof; then the session is fresh. Each try counts, and is in the journal."""
    account, now = cast(User, request.user), clock.now()
    how = _how(request, account, now)
    if not how:
        return False
    note_proof(request, how=how, now=now)
    by = Caller(account, origin_of(request)).actor
    record(Act.STEP_UP_PASSED, by=by, at=now, target=request.path, details={"factor": how})
    return True


def _how(request: HttpRequest, account: User, now: datetime) -> str:
    if ProofForm(account=account).asks_password:
        password = request.POST.get("proof_password", "")
        right = try_own_password(
            account=account, request=request, password=password, stage="step-up", now=now
        )
        return PASSWORD if right else ""
    return try_factor(account=account, request=request, proof=proof_of(request), stage="step-up", now=now)


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    if request.FILES:
        raise BadInput(
            _("A file cannot be kept while you prove who you are. Confirm first, then choose the file again.")
        )
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (*FIELDS, "csrfmiddlewaretoken")
        for value in values
    ]
    found = sum(len(name) + len(value) for name, value in pairs)
    if found > CARRIED:
        raise BadInput(
            _("The form has %(found)d characters; while you prove who you are, up to %(most)d can be kept.")
            % {"found": found, "most": CARRIED}
        )
    return pairs


def confirm_page(
    request: HttpRequest, *, action: str, carried: list[tuple[str, str]], wrong: bool = False
) -> HttpResponse:
    """“Confirm that it is you”, with whatever was typed before kept inside.

    Drawn without the request: it stands before the transaction in which the shell asks its questions.
    """
    account = cast(User, request.user)
    form = ProofForm(request.POST if wrong else None, account=account)
    if wrong:
        form.is_valid()
        form.refuse()
    words = {
        "form": form, "action": action, "carried": carried, "account": account, "csrf_token": get_token(request),
        "key_question": key_question(request, account), "demonstration_code": demonstration_code(account),
    }  # fmt: skip
    return HttpResponse(render_to_string("accounts/confirm.html", words), status=403)
