"""The system administrator's console: accounts without rights, jobs, versions, health. No word of the ledger."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.accounts import api as rights
from xiezuo.accounts.api import Ability, step_up_required
from xiezuo.home.consoles import operations
from xiezuo.home.consoles import system_tables as tables
from xiezuo.home.consoles.forms import AccountForm, PersonForm, ReasonForm
from xiezuo.home.consoles.office import by, office
from xiezuo.home.consoles.queries import holders as questions
from xiezuo.home.consoles.queries import machine
from xiezuo.home.consoles.queries.names import commission_names, person_of
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused
from xiezuo.ui.listing import Listing

system_only = office(Ability.KEEP_ACCOUNTS)


@require_safe
@system_only
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account: who uses it and whether it is let in; never what it may see."""
    commissions = commission_names()
    rows = [tables.account_row(each, commissions) for each in questions.accounts()]
    listing = Listing(
        request, tables.account_columns(request), rows, title=_("Accounts"), extra=("id",), exports=False,
        empty=_("No account is like this."), empty_step=(_("All accounts"), reverse("consoles:system")),
    )  # fmt: skip
    context = {
        "page_title": _("Accounts"),
        "tabs": tables.tabs("system"),
        "table": listing.table(),
        "day": None,
    }
    return render(request, "home/consoles/accounts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@system_only
def open_one(request: HttpRequest) -> HttpResponse:
    """Open an account; its temporary password is shown once, to be handed over on paper."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _opened(request, form.cleaned_data)
        except (BadInput, NotThere, Refused) as wrong:
            form.add_error(None, str(wrong))
    context = {"page_title": _("Open an account"), "tabs": tables.tabs("system"), "form": form, "day": None}
    return render(request, "home/consoles/open_account.html", context, status=422 if form.errors else 200)


def _opened(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    commission = int(told["commission"]) if told["commission"] else None
    person = person_of(commission, told["person"]) if commission and told["person"] else None
    # Nobody ever knows this one: the temporary password replaces it at once.
    user = rights.open_account(
        name=told["name"], full_name=told["full_name"], password=secrets.token_urlsafe(32), commission=commission,
        person=person, by=by(request), now=clock.now(),
    )  # fmt: skip
    return _password_page(request, user, _("The account “%(name)s” is open.") % {"name": user.username})


def _password_page(request: HttpRequest, user: Any, done: str) -> HttpResponse:
    password = rights.set_temporary_password(account=user, by=by(request), now=clock.now())
    messages.success(request, done)
    context = {
        "page_title": _("Temporary password of %(name)s") % {"name": user.username}, "secret": password, "day": None,
        "back": "consoles:system",
        "words": _("Write it on paper and hand it to the person. It is shown only now, is good for 72 hours and must be changed at the first log-in. At the first log-in the account also prints its own code card; nobody else ever sees the codes."),
    }  # fmt: skip
    return render(request, "home/consoles/secret.html", context)


def _account(number: int) -> Any:
    return questions.account(number, _("There is no such account."))


@require_safe
@system_only
def account(request: HttpRequest, number: int) -> HttpResponse:
    """One account and what may be done with it."""
    return _page(request, _account(number))


def _page(request: HttpRequest, user: Any, status: int = 200, **forms: Any) -> HttpResponse:
    actor = by(request)
    context = {
        "page_title": user.get_full_name() or user.username,
        "account": user,
        "tabs": tables.tabs("system"),
        "day": None,
        "facts": tables.account_facts(user, clock.now()),
        "recoveries": tables.recoveries_table(user),
        "may_not_switch": rights.may_set_active(
            actor, user, active=not user.is_active, last_of=rights.last_office(user, clock.now())
        ),
        "is_own": actor.user_id == user.pk,
        "active_form": forms.get("active_form") or ReasonForm(auto_id="id_active_%s"),
        "recovery_form": forms.get("recovery_form") or ReasonForm(auto_id="id_recovery_%s"),
        "person_form": forms.get("person_form") or PersonForm(initial={"commission": user.commission}),
    }
    return render(request, "home/consoles/account.html", context, status=status)


@require_POST
@never_cache
@system_only
@step_up_required
def temporary_password(request: HttpRequest, number: int) -> HttpResponse:
    """A forgotten password: a new one for 72 hours; the second factor stays as it is."""
    user = _account(number)
    return _password_page(
        request, user, _("All sessions of “%(name)s” have ended.") % {"name": user.username}
    )


@require_POST
@system_only
def set_active(request: HttpRequest, number: int) -> HttpResponse:
    """Disable or enable, with the reason."""
    user, form = _account(number), ReasonForm(request.POST, auto_id="id_active_%s")
    if not form.is_valid():
        return _page(request, user, 422, active_form=form)
    active = request.POST.get("active") == "1"
    rights.set_active(
        user=user, active=active, reason=form.cleaned_data["reason"], by=by(request), now=clock.now()
    )
    words = _("“%(name)s” is let in again.") if active else _("“%(name)s” gets nothing from now on.")
    messages.success(request, words % {"name": user.username})
    return redirect("consoles:account", number)


@require_POST
@system_only
def name_person(request: HttpRequest, number: int) -> HttpResponse:
    """Say which person of the ledger uses the account."""
    user, form = _account(number), PersonForm(request.POST)
    if form.is_valid():
        commission = int(form.cleaned_data["commission"])
        try:
            person = person_of(commission, form.cleaned_data["person"])
            rights.name_person(
                user=user, commission=commission, person=person, by=by(request), now=clock.now()
            )
        except (BadInput, NotThere) as wrong:
            form.add_error("person", str(wrong))
    if form.errors:
        return _page(request, user, 422, person_form=form)
    messages.success(
        request, _("Named. The security administrator confirms it; until then posts give no rights.")
    )
    return redirect("consoles:account", number)


@require_POST
@system_only
def open_recovery(request: HttpRequest, number: int) -> HttpResponse:
    """A lost card or key: ask for the opening; the security administrator confirms it."""
    user, form = _account(number), ReasonForm(request.POST, auto_id="id_recovery_%s")
    if not form.is_valid():
        return _page(request, user, 422, recovery_form=form)
    rights.open_recovery(account=user, reason=form.cleaned_data["reason"], by=by(request), now=clock.now())
    messages.success(
        request, _("Asked for. The security administrator confirms it and hands the paper code over.")
    )
    return redirect("consoles:account", number)


@require_POST
@system_only
def unlock(request: HttpRequest, number: int) -> HttpResponse:
    """Open the door before its time for an account that was locked out."""
    user = _account(number)
    ended = rights.unlock(name=user.username, by=by(request), now=clock.now())
    words = _("%(number)d lock-outs of “%(name)s” ended.") % {"number": ended, "name": user.username}
    messages.success(
        request,
        words
        if ended
        else _("“%(name)s” was not locked out; its failed tries are forgotten.") % {"name": user.username},
    )
    return redirect("consoles:account", number)


@require_safe
@system_only
def jobs(request: HttpRequest) -> HttpResponse:
    """Background jobs: waiting, running, failed, done."""
    listing = Listing(
        request, tables.job_columns(), machine.jobs(), title=_("Background jobs"), order=("-id",), exports=False,
        empty=_("No background job is like this."),
    )  # fmt: skip
    failed = machine.jobs().filter(status=machine.FAILED)[:20]
    context = {
        "page_title": _("Background jobs"), "tabs": tables.tabs("jobs"), "table": listing.table(), "day": None,
        "stats": tables.job_stats(), "failed": [tables.failed_words(each) for each in failed],
    }  # fmt: skip
    return render(request, "home/consoles/jobs.html", context)


@require_POST
@system_only
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Have a failed job tried again."""
    operations.retry_job(number=number, by=by(request), now=clock.now())
    messages.success(request, _("The worker tries job %(number)d again.") % {"number": number})
    return redirect("consoles:jobs")


@require_safe
@system_only
def health(request: HttpRequest) -> HttpResponse:
    """Versions, checks, sessions, disk."""
    context = {
        "page_title": _("Versions and health"), "tabs": tables.tabs("health"), "day": None, "stats": tables.health_stats(clock.now()),
        "versions": tables.versions(), "checks": tables.checks_table(), "schema": tables.schema_table(),
    }  # fmt: skip
    return render(request, "home/consoles/health.html", context)
