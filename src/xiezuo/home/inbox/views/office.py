"""What the case-management office keeps: the register of numbers, and open work that passes to somebody else."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiezuo.accounts.api import Ability, User, actor_of, list_response, may
from xiezuo.approvals import api as approvals
from xiezuo.approvals.api import (
    Approval,
    all_kinds,
    kind_of,
    number_of,
    of_kind_and_year,
    open_work_of,
    years_numbered,
)
from xiezuo.approvals.states import ApprovalState
from xiezuo.home.inbox import tables
from xiezuo.home.inbox.accounts_known import choices_of
from xiezuo.home.inbox.forms import HandOverForm, form_of, whole
from xiezuo.home.inbox.names import Called
from xiezuo.home.inbox.page import shown_approval, work_calendar
from xiezuo.home.inbox.rail import local_day
from xiezuo.home.inbox.views.approval import by
from xiezuo.home.inbox.wording import state_of
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused, refuse_if
from xiezuo.ui.links import row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.table import Column, View


def _must_keep(request: HttpRequest) -> None:
    refuse_if(may(by(request), Ability.KEEP_LEDGER, commission=request.commission.pk))


@require_safe
@never_cache
def numbers(request: HttpRequest) -> HttpResponse:
    """Every number of one kind in one year with what became of it; none is missing, cancelled ones stand among them."""
    _must_keep(request)
    kind, year = _asked_sequence(request)
    called = Called(clock.today())
    states = [(state.value, state.label) for state in ApprovalState]
    columns = [
        Column("number", gettext_lazy("Application no."), kind="code", sortable=False, value=tables.number_words, field="number"),
        Column("title", gettext_lazy("Matter"), sortable=False, searchable=True),
        Column("applicant", gettext_lazy("Applicant"), sortable=False, field="applicant", value=lambda row: called.account(row["applicant"])),
        Column("on", gettext_lazy("Taken on"), kind="date", sortable=False, field="submitted_at", value=lambda row: local_day(row["on"])),
        Column("state", gettext_lazy("State"), kind="state", sortable=False, filterable=True, choices=states, field="state",
               value=lambda row: state_of(row["state"])),
    ]  # fmt: skip
    rows = of_kind_and_year(request.commission.pk, kind, year)
    fields = {"pk": "pk", "kind": "kind", "year": "year", "code": "commission__code"}
    listing = Listing(
        request, columns, rows, title=_("Numbers"), order=("number",), extra=fields, views=_sequences(request, kind, year),
        row_link=row_linker(request, "inbox:approval", "pk"), empty=_("No number of this kind was taken in this year."),
    )  # fmt: skip
    called.know(accounts=[row["applicant"] for row in listing.page.rows])
    context = {
        "page_title": _("Numbers"),
        "tabs": tables.tabs_of(request, by(request), "numbers"),
        "day": None,
    }
    return list_response(request, listing, "home/inbox/numbers.html", context)


def _asked_sequence(request: HttpRequest) -> tuple[str, int]:
    known = years_numbered(request.commission.pk)
    latest = known[0] if known else (all_kinds()[0].code if all_kinds() else "", clock.today().year)
    kind = request.GET.get("kind", latest[0])
    year = request.GET.get("year", str(latest[1]))
    if kind and kind not in {each.code for each in all_kinds()}:
        raise BadInput(_("There is no kind of application “%(found)s”.") % {"found": kind[:40]})
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise BadInput(_("“%(found)s” is no year; expected four digits.") % {"found": year[:20]})
    return kind, int(year)


def _sequences(request: HttpRequest, kind: str, year: int) -> list[View]:
    here = reverse("inbox:numbers")
    return [
        View(f"{kind_of(each).title} {of}", f"{here}?kind={each}&year={of}", each == kind and of == year)
        for each, of in years_numbered(request.commission.pk)
    ]


@require_safe
@never_cache
def open_work(request: HttpRequest) -> HttpResponse:
    """What one account has open, and where to hand it over."""
    _must_keep(request)
    account = request.GET.get("account", "")
    chosen = _account(whole(request.GET, "account")) if account else None
    called = Called(clock.today())
    context = {
        "page_title": _("Hand over open work"), "tabs": tables.tabs_of(request, by(request), "open-work"), "day": None,
        "accounts": _who_has_work(request), "chosen": chosen, "name": called.account(chosen.pk) if chosen else "",
        "lines": _lines(request, chosen), "delegations": _delegations(request, chosen, called),
    }  # fmt: skip
    return render(request, "home/inbox/open_work.html", context)


def _lines(request: HttpRequest, chosen: User | None) -> list[dict[str, Any]]:
    if chosen is None:
        return []
    found = open_work_of(chosen.pk, request.commission.pk).select_related("commission")
    return [_line(each, chosen) for each in found]


def _account(pk: int) -> User:
    found = User.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such account."))
    return found


def _who_has_work(request: HttpRequest) -> list[dict[str, Any]]:
    """Accounts with open work in the commission, those that are disabled first: their work waits for nobody."""
    rows = approvals.under_way(request.commission.pk).values_list("applicant", "waiting_for")
    having: dict[int, int] = {}
    for applicant, waiting in rows:
        for account in {applicant, *waiting}:
            having[account] = having.get(account, 0) + 1
    users = User.objects.filter(pk__in=having).order_by("is_active", "username")
    return [
        {"user": user, "name": user.get_full_name() or user.get_username(), "count": having[user.pk]}
        for user in users
    ]


def _line(each: Approval, chosen: User) -> dict[str, Any]:
    part = _("the application") if each.applicant == chosen.pk else _("the decision")
    return {"approval": each, "number": number_of(each), "state": state_of(each.state), "part": part}


def _delegations(request: HttpRequest, chosen: User | None, called: Called) -> list[dict[str, Any]]:
    if chosen is None:
        return []
    today = clock.today()
    held = approvals.delegations_of(chosen.pk)
    return [
        {"absent": called.account(each.absent), "stand_in": called.account(each.stand_in), "pk": each.pk, "until": each.ends}
        for each in held if each.ended_on is None and each.ends > today and each.commission_id == request.commission.pk
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """One open application passes from one account to another; by the office, or by whose it is."""
    found = shown_approval(pk)
    whom = _account(whole(request.POST if request.method == "POST" else request.GET, "account"))
    people = choices_of(found.commission_id, but=whom.pk)
    form = HandOverForm(request.POST if request.method == "POST" else None, people=people)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid() and _handed_over(request, found, whom, form):
            messages.success(request, _("It is handed over."))
            return _back(request, whom)
    context = {
        "page_title": _("Hand over: %(title)s") % {"title": found.title}, "form": form, "approval": found, "day": None,
        "number": number_of(found), "whom": whom, "name": Called(clock.today()).account(whom.pk), "key": uuid4(),
        "seen": found.edition, "state": state_of(found.state),
    }  # fmt: skip
    return render(request, "home/inbox/hand_over.html", context, status=status)


def _handed_over(request: HttpRequest, found: Approval, whom: User, form: HandOverForm) -> bool:
    try:
        approvals.hand_over(
            approval=found, from_account=whom.pk, to_account=form.cleaned_data["to"], said=form.cleaned_data["said"],
            form=form_of(request.POST), after=work_calendar(found.commission).after, by=by(request), now=clock.now(),
        )  # fmt: skip
    except (BadInput, Refused) as error:
        form.add_error(None, str(error))
        return False
    return True


def _back(request: HttpRequest, whom: User) -> HttpResponse:
    if may(actor_of(request.user), Ability.KEEP_LEDGER, commission=request.commission.pk):
        return redirect("inbox:list")
    return redirect(f"{reverse('inbox:open-work')}?account={whom.pk}")
