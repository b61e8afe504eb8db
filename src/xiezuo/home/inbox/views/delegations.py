"""Stand-ins: who decides for whom during an absence, made and ended by oneself or by the case-management office."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.accounts.api import Ability, has
from xiezuo.approvals.api import delegate, delegations_in, delegations_of, end_delegation
from xiezuo.home.inbox import tables
from xiezuo.home.inbox.accounts_known import choices_of
from xiezuo.home.inbox.forms import DelegationForm
from xiezuo.home.inbox.names import Called, account_names
from xiezuo.home.inbox.page import reader_of
from xiezuo.home.inbox.views.approval import by
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused
from xiezuo.ui.parts import State

MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delegations(request: HttpRequest) -> HttpResponse:
    """Whom the reader decides for, every delegation that concerns them, and a form for one more."""
    actor = by(request)
    keeps = has(actor, Ability.KEEP_LEDGER, commission=request.commission.pk)
    form = _form(request, keeps=keeps)
    if form.is_valid() and _made(request, form):
        messages.success(
            request, _("The delegation is made; from its first day on the stand-in decides as well.")
        )
        return redirect("inbox:delegations")
    called = Called(clock.today())
    shown = list(delegations_in(request.commission.pk).order_by("-starts", "-pk")[:MOST_SHOWN]) if keeps else delegations_of(request.user.pk or 0)  # fmt: skip
    stands_for = [party.account for party in reader_of(actor).stands_for]
    called.know(accounts=[*stands_for, *(each.absent for each in shown), *(each.stand_in for each in shown)])
    context = {
        "page_title": _("Stand-ins"), "tabs": tables.tabs_of(request, actor, "delegations"), "day": None, "form": form,
        "stands_for": [called.account(each) for each in stands_for], "keeps": keeps,
        "lines": [_line(request, each, called, keeps=keeps) for each in shown],
    }  # fmt: skip
    return render(request, "home/inbox/delegations.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, *, keeps: bool) -> DelegationForm:
    people = choices_of(request.commission.pk)
    own = (request.user.pk or 0, account_names([request.user.pk]).get(request.user.pk or 0, ""))
    absent = [own, *(each for each in people if each[0] != own[0])] if keeps else [own]
    return DelegationForm(
        request.POST if request.method == "POST" else None, absent=absent,
        people=[each for each in people if keeps or each[0] != own[0]], initial={"starts": clock.today(), "absent": own[0]},
    )  # fmt: skip


def _made(request: HttpRequest, form: DelegationForm) -> bool:
    given = form.cleaned_data
    try:
        delegate(
            commission=request.commission.pk, absent=given["absent"], stand_in=given["stand_in"], starts=given["starts"],
            ends=given["last"] + timedelta(days=1), reason=given["reason"], by=by(request), now=clock.now(),
        )  # fmt: skip
    except (BadInput, Refused) as error:
        form.add_error(None, str(error))
        return False
    return True


def _line(request: HttpRequest, each: Any, called: Called, *, keeps: bool) -> dict[str, Any]:
    last = (each.ended_on or each.ends) - timedelta(days=1)
    return {
        "delegation": each, "absent": called.account(each.absent), "stand_in": called.account(each.stand_in), "last": last,
        "state": _state(each), "may_end": _still_open(each) and (keeps or each.absent == request.user.pk),
    }  # fmt: skip


def _still_open(each: Any) -> bool:
    return each.ended_on is None and each.ends > clock.today()


def _state(each: Any) -> State:
    today = clock.today()
    if each.ended_on is not None:
        return State(_("ended early"), "quiet")
    if each.ends <= today:
        return State(_("over"), "quiet")
    return State(_("standing in now"), "good") if each.starts <= today else State(_("still to come"), "wait")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation before its last day."""
    found = delegations_in(request.commission.pk).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such delegation."))
    end_delegation(delegation=found, by=by(request), now=clock.now())
    messages.success(request, _("The delegation is ended; from today on the stand-in decides no more."))
    return redirect("inbox:delegations")
