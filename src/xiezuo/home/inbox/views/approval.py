"""One application on one page: opened, decided, and on to the next."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import Actor, actor_of, ask_first, is_fresh, origin_of, step_up_required
from xiezuo.approvals import api as approvals
from xiezuo.approvals.api import Approval, kind_of, number_of
from xiezuo.approvals.states import Verb
from xiezuo.home.inbox.accounts_known import named_like
from xiezuo.home.inbox.forms import PaperForm, form_of, said_in, whole
from xiezuo.home.inbox.page import page_of, shown_approval, waiting_in_order, work_calendar
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused

Deed = Callable[[HttpRequest, Approval, dict[str, Any]], Approval]
STALE = "changed-meanwhile"


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


@require_safe
@never_cache
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of one application.

    Opened by somebody who is asked it counts as read, by this request and not by a form: to have opened it is the fact
    that ends the right to withdraw, and asking again changes nothing. A browser that only fetches ahead opens nothing.
    """
    found = shown_approval(pk)
    if _opens(request):
        approvals.mark_read(approval=found, by=by(request), now=clock.now())
        found = shown_approval(pk)
    return _page(request, found)


def _opens(request: HttpRequest) -> bool:
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in ahead


def _page(request: HttpRequest, found: Approval, status: int = 200, **typed: Any) -> HttpResponse:
    context = page_of(found, by(request))
    papers = context["acts"].papers
    if papers and "paper_form" not in typed:
        typed["paper_form"] = _paper_form(papers, number=context["number"])
    return render(request, "home/inbox/approval.html", context | typed, status=status)


def _paper_form(papers: Any, data: Any = None, number: str = "") -> PaperForm:
    signers = [(each.row, f"{each.name}（{each.step}）") for each in papers]
    if data is not None:
        # Of a signer who is not asked any more the verb itself says why.
        signers.append((whole(data, "signer"), ""))
    return PaperForm(data, signers=signers, initial={"on": clock.today(), "number": number})


def _done(request: HttpRequest, pk: int, deed: Deed | dict[str, Deed]) -> Approval | HttpResponse:
    """Do it, or the one of several that is asked; what stands against it is told on the page as it is now, with the
    words that were typed."""
    found = shown_approval(pk)
    deed = _asked(request, deed) if isinstance(deed, dict) else deed
    given = {
        "approval": found, "form": form_of(request.POST), "by": by(request), "now": clock.now(),
        "after": work_calendar(found.commission).after,
    }  # fmt: skip
    try:
        return deed(request, found, given)
    except Refused as refused:
        return _not_done(
            request, pk, refused.reasons, 409, stale=any(each.code == STALE for each in refused.reasons)
        )
    except BadInput as wrong:
        return _not_done(request, pk, [wrong], 422)


def _not_done(
    request: HttpRequest, pk: int, reasons: Any, status: int, *, stale: bool = False
) -> HttpResponse:
    seen = whole(request.POST, "seen")
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in ("said", "to", "who", "verb")}
    typed |= {"against": [getattr(each, "text", each) for each in reasons], "stale": stale, "seen": seen}
    return _page(request, shown_approval(pk), status, typed=typed, matches=_matches(request, pk))


def _matches(request: HttpRequest, pk: int) -> list[Any]:
    who = request.POST.get("who", "")
    return named_like(shown_approval(pk).commission_id, who) if who else []


# What one who is asked does.


def _approve(request: HttpRequest, _found: Approval, given: dict[str, Any]) -> Approval:
    return approvals.approve(said=said_in(request.POST), **given)


def _send_back(request: HttpRequest, _found: Approval, given: dict[str, Any]) -> Approval:
    return approvals.send_back(said=said_in(request.POST), to=whole(request.POST, "to"), **given)


def _refuse(request: HttpRequest, _found: Approval, given: dict[str, Any]) -> Approval:
    return approvals.refuse_approval(said=said_in(request.POST), **given)


def _add_signer(request: HttpRequest, found: Approval, given: dict[str, Any]) -> Approval:
    account = _chosen(request, found)
    return approvals.add_signer(said=said_in(request.POST), account=account, **given)


def _chosen(request: HttpRequest, found: Approval) -> int:
    """The account that was ticked, or the only one that is called so. Raises `BadInput`."""
    if request.POST.get("account"):
        return whole(request.POST, "account")
    who = request.POST.get("who", "").strip()
    matches = named_like(found.commission_id, who)
    if len(matches) == 1:
        return int(matches[0].pk)
    if matches:
        raise BadInput(
            _("Several accounts are called like “%(name)s”: choose one of them.") % {"name": who[:40]}
        )
    raise BadInput(
        _("No active account is called like “%(name)s”; type a name, or part of it.") % {"name": who[:40]}
    )


DECISIONS: dict[str, Deed] = {
    Verb.APPROVE: _approve, Verb.RETURN: _send_back, Verb.REFUSE: _refuse, Verb.ADD_SIGNER: _add_signer,
}  # fmt: skip
APPLICATIONS: dict[str, Deed] = {
    Verb.WITHDRAW: lambda request, _found, given: approvals.withdraw(said=said_in(request.POST), **given),
    Verb.URGE: lambda _request, _found, given: approvals.urge(**given),
    Verb.RESUBMIT: lambda request, _found, given: approvals.submit_again(said=said_in(request.POST), **given),
}
ENTRIES: dict[str, Deed] = {
    Verb.CONFIRM_PAPER: lambda request, _found, given: approvals.confirm_paper(
        signer=whole(request.POST, "signer"), **given
    ),
    Verb.STRIKE_PAPER: lambda request, _found, given: approvals.strike_paper(
        signer=whole(request.POST, "signer"), said=said_in(request.POST), **given
    ),
}


def _asked(request: HttpRequest, deeds: dict[str, Deed]) -> Deed:
    verb = request.POST.get("verb", "")
    if verb not in deeds:
        words = _("The form asks for “%(found)s”; expected one of %(known)s.")
        raise BadInput(words % {"found": verb[:40], "known": ", ".join(deeds)})
    return deeds[verb]


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree, return, refuse, or add a signer; then the next that waits."""
    if kind_of(shown_approval(pk).kind).proof and not is_fresh(request):
        return ask_first(request)
    return _decided(request, pk)


@require_POST
@step_up_required
def decide_proved(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a kind that only whoever has just proved who it is decides; the proof is asked for in between."""
    return _decided(request, pk)


def _decided(request: HttpRequest, pk: int) -> HttpResponse:
    before = waiting_in_order()
    done = _done(request, pk, DECISIONS)
    if isinstance(done, HttpResponse):
        return done
    return _on_to_next(request, done, before, _told(request, done))


def _told(request: HttpRequest, done: Approval) -> str:
    words = {
        Verb.APPROVE: _("Agreed: %(number)s %(title)s."), Verb.RETURN: _("Returned: %(number)s %(title)s."),
        Verb.REFUSE: _("Refused: %(number)s %(title)s."),
        Verb.ADD_SIGNER: _("A signer is added: %(number)s %(title)s."),
    }[Verb(request.POST["verb"])]  # fmt: skip
    return words % {"number": number_of(done), "title": done.title}


def _on_to_next(request: HttpRequest, done: Approval, before: list[int], words: str) -> HttpResponse:
    """To the one that stood after it, else to the first that is left, else to the empty inbox; with a way back."""
    left = waiting_in_order()
    behind = before[before.index(done.pk) + 1 :] if done.pk in before else []
    following = next((pk for pk in (*behind, *left) if pk in left and pk != done.pk), None)
    back = reverse("inbox:approval", args=[done.pk])
    messages.success(request, format_html('{} <a href="{}">{}</a>', words, back, _("Look at it again")))
    return redirect("inbox:approval", following) if following else redirect("inbox:list")


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """What the applicant does: withdraw, urge, submit again."""
    told = {
        Verb.WITHDRAW: _("It is withdrawn; its number stays, cancelled."), Verb.URGE: _("Those who are asked are reminded."),
        Verb.RESUBMIT: _("It is submitted again."),
    }  # fmt: skip
    done = _done(request, pk, APPLICATIONS)
    return done if isinstance(done, HttpResponse) else _stayed(request, pk, told[Verb(request.POST["verb"])])


def _stayed(request: HttpRequest, pk: int, words: str) -> HttpResponseRedirect:
    messages.success(request, words)
    return redirect("inbox:approval", pk)


@require_POST
def enter_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The case-management office enters what was agreed on paper."""
    found = shown_approval(pk)
    form = _paper_form(page_of(found, by(request))["acts"].papers, request.POST)
    if not form.is_valid():
        return _page(request, found, 422, paper_form=form)
    done = _done(
        request, pk, lambda _request, _found, given: approvals.enter_paper(**form.cleaned_data, **given)
    )
    words = _("Entered, and marked until the leader or a second person confirms it.")
    return done if isinstance(done, HttpResponse) else _stayed(request, pk, words)


@require_POST
def settle_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or strike a paper entry."""
    told = {
        Verb.CONFIRM_PAPER: _("The paper entry is confirmed."),
        Verb.STRIKE_PAPER: _("The paper entry is struck; its step is decided anew."),
    }
    done = _done(request, pk, ENTRIES)
    return done if isinstance(done, HttpResponse) else _stayed(request, pk, told[Verb(request.POST["verb"])])


@require_POST
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """A signer drops out, by themself or by the case-management office. No ground is asked and none is kept."""
    before, signer = waiting_in_order(), whole(request.POST, "signer")
    done = _done(request, pk, lambda _request, _found, given: approvals.recuse(signer=signer, **given))
    if isinstance(done, HttpResponse):
        return done
    if Approval.objects.filter(pk=pk).exists():
        return _stayed(request, pk, _("The recusal is entered."))
    messages.success(
        request,
        _("You are recused from %(number)s; it is no longer shown to you.") % {"number": number_of(done)},
    )
    left = [each for each in waiting_in_order() if each != pk]
    following = next((each for each in (*before, *left) if each in left), None)
    return redirect("inbox:approval", following) if following else redirect("inbox:list")


@require_safe
@never_cache
def signers(request: HttpRequest, pk: int) -> HttpResponse:
    """The accounts that could be added as signers, by a part of their name; for the page of the application."""
    found = shown_approval(pk)
    who = request.GET.get("who", "")
    context = {"matches": named_like(found.commission_id, who), "asked": bool(who.strip())}
    return render(request, "home/inbox/_signers.html", context)
