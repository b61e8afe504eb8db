"""Screens of proposals: questions asked, the form that asks, how far one is, the answer as columns, reasons, taking one."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.accounts.api import Actor, actor_of, origin_of
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, Refused, refuse_if
from xiezuo.ui.blocks import Progress, Stat
from xiezuo.ui.links import address
from xiezuo.ui.parts import Link
from xiezuo.ui.table import Column, Table
from xiezuo.ui.words import long_day
from xiezuo.zones.models import Plan, Proposals
from xiezuo.zones.proposals import operations, policies, shown, tasks
from xiezuo.zones.proposals.asking import Asked
from xiezuo.zones.proposals.forms import AskForm, TakeForm
from xiezuo.zones.proposals.shown import Answer
from xiezuo.zones.proposals.words import conflict_words, step_words, ways_words
from xiezuo.zones.queries.proposals import (
    asked_earlier,
    case_on,
    moved_on,
    plan_asked_for,
    proposals_shown,
    words_of,
)
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.states import ProposalState
from xiezuo.zones.views import tabs_of

take_part = require_http_methods(["GET", "HEAD", "POST"])


def by(request: HttpRequest) -> Actor:
    """Who acts; who draws no zones gets no further. Raises `Refused`."""
    actor = actor_of(request.user, origin_of(request))
    refuse_if(policies.may_draw(actor, request.commission.pk))
    return actor


def _asked(request: HttpRequest, pk: int) -> Proposals:
    by(request)
    if (found := proposals_shown(request.commission, pk)) is None:
        raise NotThere(_("There is no such question for proposals, or it is not for you."))
    return found


def _plan(request: HttpRequest) -> Plan | None:
    """The plan that the address names, if it does. Raises `NotThere`."""
    number = request.GET.get("plan", "").strip()
    if not number:
        return None
    if not number.isdecimal() or (found := plan_asked_for(request.commission, int(number[:18]))) is None:
        raise NotThere(_("There is no such zone plan, or it is not for you."))
    return found


@require_safe
@never_cache
def proposals(request: HttpRequest) -> HttpResponse:
    """Every question asked, the last first; of one plan alone if the address names it."""
    by(request)
    plan, found = _plan(request), asked_earlier(request.commission)
    kept = [each for each in found if plan is None or each.plan_id == plan.pk]
    about = {"plan": str(plan.pk)} if plan else {}
    context = {
        "page_title": _("Proposals for the zones"), "tabs": tabs_of(request, "zones:plans"), "plan": plan,
        "table": _questions(request, kept), "ask_href": address(request, "zones:ask-proposals", **about),
        "ground_href": address(request, "zones:grounds"),
    }  # fmt: skip
    return render(request, "zones/proposals/list.html", context)


def _questions(request: HttpRequest, found: list[Proposals]) -> Table:
    columns = [
        Column("asked", gettext_lazy("Question")), Column("day", gettext_lazy("For the ledger of"), kind="date"),
        Column("plan", gettext_lazy("For the plan")), Column("state", gettext_lazy("State"), kind="state"),
        Column("by", gettext_lazy("Asked by")), Column("at", gettext_lazy("Asked at")),
    ]  # fmt: skip
    now = clock.now()
    rows = [
        {
            "asked": Link(_("Question %(number)s") % {"number": each.pk}, address(request, "zones:proposal", each.pk)),
            "day": each.day, "plan": each.plan.name if each.plan else "", "state": shown.state_of(each, now), "by": each.by,
            "at": date_format(localtime(each.at), "Y-m-d H:i"),
        }
        for each in found
    ]  # fmt: skip
    return Table(
        columns,
        rows,
        id="questions",
        caption=_("Questions asked"),
        empty=_("Nobody has asked for proposals yet."),
    )


@take_part
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for proposals: wishes and weights, with those kept with the plan or asked before as a beginning."""
    actor, plan = by(request), _plan(request)
    on = plan.starts if plan else request.day
    case = case_on(request.commission, on)
    form = AskForm(request.POST or None, ground=case.ground, today=case.today, asked=_begun(request, plan))
    if request.method == "POST" and form.is_valid():
        try:
            asked = operations.ask_proposals(
                commission=request.commission, on=on, asked=form.asked(), plan=plan, key=form.cleaned_data["key"],
                by=actor, now=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.tell(refused.reasons)
        else:
            if asked.state == ProposalState.WAITING:
                tasks.propose.defer(number=asked.pk, actor=actor.name, language=get_language() or "zh-hans")
            return redirect(address(request, "zones:proposal", asked.pk))
    context = {
        "page_title": _("Ask for proposals"), "form": form, "plan": plan, "on": long_day(on), "units": len(case.today.members),
        "back": address(request, "zones:proposals"), "names": sorted({each.name for each in case.ground.facts.units.values()}),
    }  # fmt: skip
    return render(request, "zones/proposals/ask.html", context, status=422 if form.errors else 200)


def _begun(request: HttpRequest, plan: Plan | None) -> Asked:
    """What the form begins with: an earlier question, the wishes of the plan, or what is usual."""
    earlier = request.GET.get("like", "")
    if earlier.isdecimal() and (found := proposals_shown(request.commission, int(earlier[:18]))):
        return Asked.from_json(found.asked)
    return Asked.of_plan(plan.wishes) if plan else Asked()


@require_safe
@never_cache
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: how far it is, or its answer."""
    asked = _asked(request, pk)
    context: dict[str, Any] = {
        "page_title": _("Proposals for %(day)s") % {"day": long_day(asked.day)}, "asked": asked, "progress": _progress_of(request, asked),
        "state": shown.state_of(asked, clock.now()), "list_href": address(request, "zones:proposals"),
        "again_href": _again(request, asked), "tabs": tabs_of(request, "zones:plans"),
    }  # fmt: skip
    if asked.result is not None:
        context |= _answered(request, asked)
    return render(request, "zones/proposals/proposal.html", context)


def _again(request: HttpRequest, asked: Proposals) -> str:
    about = {"plan": str(asked.plan_id)} if asked.plan_id else {}
    return address(request, "zones:ask-proposals", like=str(asked.pk), **about)


def _progress_of(request: HttpRequest, asked: Proposals) -> Progress | None:
    if not policies.under_way([asked.state]) or policies.is_lost(asked, clock.now()):
        return None
    told = asked.progress
    poll = address(request, "zones:proposal-progress", asked.pk)
    return Progress(step_words(told.get("step", "")), told.get("done", 0), told.get("of", 0), poll=poll)


def _answered(request: HttpRequest, asked: Proposals) -> dict[str, Any]:
    answer = _answer(request, asked)
    told = {"moved_on": moved_on(asked), "ledger_version": answer.result["ledger_version"]}
    if "conflict" in answer.result:
        today = case_on(asked.commission, asked.day).today
        return told | {"conflict": conflict_words(answer.result["conflict"], answer.words, today)}
    return told | {
        "cards": shown.cards(request, asked, answer), "terms": shown.terms_table(answer), "fewer": answer.result["fewer"],
        "balance": shown.balance_table(answer), "places": shown.places_table(request, asked, answer),
        "ways": ways_words(answer.result["ways"]), "stats": _stats(answer),
    }  # fmt: skip


def _answer(request: HttpRequest, asked: Proposals) -> Answer:
    result = asked.result or {}
    schemes = [
        Scheme.from_json(each["scheme"])
        for each in (*result.get("proposals", []), result.get("today"))
        if each
    ]
    return Answer(result, words_of(request.commission, asked.day, schemes))


def _stats(answer: Answer) -> list[Stat]:
    return [
        Stat(title, shown.amount(terms["cost"]), note=_("cost of all terms, in points"))
        for _key, title, terms in answer.sides
    ]


@require_safe
@never_cache
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work has come; once it is done, the page is asked for anew."""
    asked = _asked(request, pk)
    told = _progress_of(request, asked)
    if told is None:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address(request, "zones:proposal", pk)
        return answer
    return render(request, "zones/proposals/_progress.html", {"progress": told})


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Want no more of it."""
    asked = _asked(request, pk)
    operations.cancel_proposals(asked=asked, by=by(request), now=clock.now())
    messages.success(request, _("The question has been cancelled."))
    return redirect(address(request, "zones:proposal", pk))


@require_safe
@never_cache
def why(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Why a unit is where it is, in each proposal, and what having it elsewhere would cost."""
    asked = _asked(request, pk)
    answer = _answer(request, asked)
    found = shown.reasons(answer, unit) if asked.state == ProposalState.DONE else []
    if not found:
        raise NotThere(_("This unit was not drawn in these proposals."))
    context = {
        "page_title": answer.words.unit(unit), "reasons": found, "asked": asked,
        "back": address(request, "zones:proposal", pk),
    }  # fmt: skip
    return render(request, "zones/proposals/why.html", context)


@take_part
@never_cache
def take(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Begin a plan from a proposal, or put it into the plan that it was asked for."""
    actor, asked = by(request), _asked(request, pk)
    refuse_if(policies.against_taking(asked, number))
    title = shown.proposal_words(number)
    form = TakeForm(
        request.POST or None, initial={"name": _name(asked, number), "starts": _next_month(asked)}
    )
    if request.method == "POST" and "into" in request.POST:
        seen = request.POST.get("seen", "")
        plan = operations.put_into_plan(
            asked=asked, number=number, seen=int(seen) if seen.isdecimal() else 0, by=actor, now=clock.now()
        )
        messages.success(request, _("The proposal is in the plan now."))
        return redirect(address(request, "zones:plan", plan.pk))
    if request.method == "POST" and form.is_valid():
        try:
            plan = operations.begin_plan_from(
                asked=asked, number=number, by=actor, now=clock.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.tell(refused.reasons)
        else:
            messages.success(request, _("The plan has been begun."))
            return redirect(address(request, "zones:plan", plan.pk))
    context = {
        "page_title": _("Take into a plan: %(proposal)s") % {"proposal": title}, "form": form, "asked": asked,
        "plan": asked.plan, "back": address(request, "zones:proposal", pk),
    }  # fmt: skip
    return render(request, "zones/proposals/take.html", context, status=422 if form.errors else 200)


def _name(asked: Proposals, number: int) -> str:
    return _("Zone plan after %(proposal)s of question %(question)s") % {
        "proposal": shown.proposal_words(number), "question": asked.pk
    }  # fmt: skip


def _next_month(asked: Proposals) -> Any:
    """The first of the month after today, or the day asked about if that is later."""
    first = (clock.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    return max(first, asked.day)
