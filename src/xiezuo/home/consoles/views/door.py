"""The policy of the door, and recoveries that wait for their second person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.accounts.api import Ability, door_policy, has, set_door_policy, step_up_required
from xiezuo.accounts.api import confirm_recovery as confirm_opening
from xiezuo.home.consoles import security_tables as tables
from xiezuo.home.consoles.door_forms import POLICY_FIELDS, PolicyForm
from xiezuo.home.consoles.office import by, office
from xiezuo.home.consoles.queries import holders as questions
from xiezuo.home.consoles.words import minute_words
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused
from xiezuo.ui.blocks import Tab

security_only = office(Ability.GIVE_GRANTS)
# Whose own account the security administrator's is, the secretary confirms.
both_persons = office(Ability.GIVE_GRANTS, Ability.CONFIRM_GRANTS)


@require_http_methods(["GET", "HEAD", "POST"])
@security_only
def policy(request: HttpRequest) -> HttpResponse:
    """Second factor, limits of sessions, length of passwords."""
    now = door_policy()
    form = PolicyForm(request.POST or None, initial={name: getattr(now, name) for name in POLICY_FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            set_door_policy(by=by(request), now=clock.now(), **form.cleaned_data)
        except (BadInput, Refused) as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("The policy of the door is set."))
            return redirect("consoles:door")
    context = {
        "page_title": _("Policy of the door"),
        "tabs": tables.tabs(request, "door"),
        "form": form,
        "day": None,
    }
    return render(request, "home/consoles/door.html", context, status=422 if form.errors else 200)


@require_safe
@both_persons
def recoveries(request: HttpRequest) -> HttpResponse:
    """Accounts that lost their second factor: asked for by the system administrator, confirmed here."""
    found = questions.recoveries_open(clock.now())
    context = {
        "page_title": _("Recoveries"), "tabs": _tabs(request), "day": None,
        "waiting": [_told(each) for each in found if not each.confirmed_by],
        "confirmed": [_told(each) for each in found if each.confirmed_by],
    }  # fmt: skip
    return render(request, "home/consoles/recoveries.html", context)


def _tabs(request: HttpRequest) -> list[Tab]:
    return tables.tabs(request, "recoveries") if has(by(request), Ability.GIVE_GRANTS) else []


def _told(each: Any) -> dict[str, Any]:
    return {
        "number": each.pk, "account": each.user, "reason": each.reason,
        "opened": f"{each.opened_by} · {minute_words(each.opened_at)}", "until": minute_words(each.good_until),
    }  # fmt: skip


@require_POST
@never_cache
@both_persons
@step_up_required
def confirm_recovery(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm one; its paper code is shown this once."""
    code = confirm_opening(recovery=number, by=by(request), now=clock.now())
    context = {
        "page_title": _("Paper code of a recovery"), "secret": code, "day": None, "back": "consoles:recoveries",
        "words": _("Write this code on paper and hand it to the person. It is shown only now, is good once and for a day; with it the account enrols a new second factor, and the old ones end."),
    }  # fmt: skip
    return render(request, "home/consoles/secret.html", context)
