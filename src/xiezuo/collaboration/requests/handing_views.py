"""Screens of open work that passes on: what an account has open, and handing one request or question over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.accounts.api import Ability, Actor, Role, User, actor_of, may, origin_of
from xiezuo.collaboration.models import Recusal
from xiezuo.collaboration.queries.handing import OpenWork, accounts_to_choose, open_work_of
from xiezuo.collaboration.queries.requests import request_shown
from xiezuo.collaboration.queries.telling import number_of_request
from xiezuo.collaboration.requests import handing_policies as policies
from xiezuo.collaboration.requests.handing_operations import hand_over_request, pass_recusal_on
from xiezuo.collaboration.states import RequestState
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused, refuse_if
from xiezuo.ui.links import address


class HandOverForm(forms.Form):
    """A request gets another applicant."""

    to = forms.TypedChoiceField(label=gettext_lazy("Who takes it over"), coerce=int, help_text=gettext_lazy("Somebody of the unit that asks."))  # fmt: skip
    said = forms.CharField(
        label=gettext_lazy("Reason"), max_length=800, widget=forms.Textarea(attrs={"rows": 2})
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I have looked again: it names nobody and says nothing of what the matter is about"), required=False,
        widget=forms.HiddenInput(),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput())

    def tell(self, refused: Refused) -> None:
        """Show why the operation refused, each reason at its field if it has one."""
        for reason in refused.reasons:
            if reason.code == "said":
                self.fields["sure"].widget = forms.CheckboxInput()
            self.add_error(reason.code if reason.code in self.fields else None, reason.text)


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


@require_safe
@never_cache
def open_work(request: HttpRequest) -> HttpResponse:
    """What an account has open in the collaboration; for the case-management office, and for heads of their own people."""
    people = _people(request)
    chosen = _chosen(request, people)
    found = open_work_of(request.commission, chosen.pk) if chosen else None
    context = {
        "page_title": _("Open work that passes on"), "people": [_choice(request, each, chosen) for each in people],
        "chosen": _called(chosen) if chosen else "", "groups": _groups(request, found) if found else [],
        "empty": found is not None and found.empty,
    }  # fmt: skip
    return render(request, "collaboration/handing/open_work.html", context)


def _people(request: HttpRequest) -> list[User]:
    """Accounts that the reader may ask about. Raises `Refused` for who is neither of the office nor a head."""
    commission, actor = request.commission, by(request)
    refused = may(actor, Ability.KEEP_LEDGER, commission=commission.pk)
    own = [
        held.scope_id
        for held in actor.held
        if held.role == Role.UNIT_HEAD and held.commission == commission.pk
    ]
    if refused and not own:
        refuse_if(refused)
    return accounts_to_choose(commission, own if refused else None, clock.today())


def _chosen(request: HttpRequest, people: list[User]) -> User | None:
    asked = request.GET.get("account", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit()):
        raise BadInput(_("“%(found)s” is no number.") % {"found": asked[:20]})
    found = next((each for each in people if each.pk == int(asked[:12])), None)
    if found is None:
        raise NotThere(_("There is no such account, or its work is not for you."))
    return found


def _called(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _choice(request: HttpRequest, user: User, chosen: User | None) -> dict[str, Any]:
    href = address(request, "collaboration:open-work", account=str(user.pk))
    return {"name": _called(user), "href": href, "here": user == chosen, "active": user.is_active}


def _groups(request: HttpRequest, found: OpenWork) -> list[dict[str, Any]]:
    """Each kind of open work with its lines: words, where they lead, and how it passes on."""
    hand = _("Hand over")
    return [
        {"title": _("Requests applied for"), "lines": [_line(request, row, address(request, "collaboration:hand-over-request", row.pk), hand) for row in found.applied]},
        {"title": _("Teams led"), "help": _("A leader is exchanged on the page of the team."), "lines": [_line(request, each.request) for each in found.leads]},
        {"title": _("Tasks"), "help": _("A task is given to another member on the page of the request."), "lines": [_line(request, each.request) for each in found.tasks]},
        {"title": _("Questions of recusal to decide"), "lines": [_line(request, each.request, address(request, "collaboration:pass-recusal-on", each.pk), _("Let whoever holds the office now decide"), post=True) for each in found.decides]},
    ]  # fmt: skip


def _line(
    request: HttpRequest, row: Any, act: str = "", words: str = "", *, post: bool = False
) -> dict[str, Any]:
    return {
        "words": number_of_request(row) or _("a draft"), "state": RequestState(row.state).label, "act": act, "act_words": words, "post": post,
        "href": address(request, "collaboration:request", row.pk),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """One request gets another applicant of its unit."""
    row = request_shown(request.commission, pk)
    refuse_if(policies.may_hand_over(by(request), row))
    form = HandOverForm(request.POST or None, initial={"seen": row.version})
    people = accounts_to_choose(request.commission, [row.unit_id], clock.today())
    form.fields["to"].choices = [("", "—"), *((each.pk, _called(each)) for each in people if each.is_active and each.pk != row.applicant)]  # fmt: skip
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            hand_over_request(
                request=row, to_account=given["to"], said=given["said"], sure=given["sure"], seen=given["seen"], by=by(request), now=clock.now()
            )  # fmt: skip
        except Refused as refused:
            form.tell(refused)
        else:
            messages.success(request, _("It is handed over."))
            return HttpResponseRedirect(address(request, "collaboration:requests"))
    context = {
        "page_title": _("Hand over: %(number)s") % {"number": number_of_request(row) or _("a draft")}, "form": form,
        "back": address(request, "collaboration:request", pk),
    }  # fmt: skip
    return render(
        request, "collaboration/handing/hand_over.html", context, status=422 if form.errors else 200
    )


@require_POST
@never_cache
def pass_recusal(request: HttpRequest, pk: int) -> HttpResponse:
    """An undecided question goes to whoever holds the deciding office now."""
    row = (
        Recusal.objects.select_related("request")
        .filter(pk=pk, request__commission=request.commission)
        .first()
    )
    if row is None:
        raise NotThere(_("There is no such question, or it is not for you."))
    pass_recusal_on(recusal=row, by=by(request), now=clock.now())
    messages.success(request, _("The question goes to whoever holds the office now."))
    return HttpResponseRedirect(address(request, "collaboration:open-work"))
