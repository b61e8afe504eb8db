"""Screens of recusal: what waits for me, a declaration, the paper that is shown, a question and its decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiezuo.accounts.api import Actor, actor_of, origin_of
from xiezuo.collaboration.models import Recusal, Request
from xiezuo.collaboration.queries import recusal as queries
from xiezuo.collaboration.queries.requests import request_shown
from xiezuo.collaboration.recusal import deciding_operations, declaring_operations, policies, shown
from xiezuo.collaboration.recusal.forms import (
    AskOverrideForm,
    DecisionForm,
    DeclarationForm,
    OverrideForm,
    PaperForm,
    RaiseForm,
    RecusalForm,
)
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused, refuse_if
from xiezuo.ui.links import address

take_part = require_http_methods(["GET", "HEAD", "POST"])


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


@require_safe
@never_cache
def questions(request: HttpRequest) -> HttpResponse:
    """What waits for the reader: declarations to make, papers to show, questions to decide. By day, never by number."""
    actor, today = by(request), clock.today()
    context = {
        "page_title": _("Declarations and recusal"), "day": None,
        "groups": shown.waiting(request, actor, request.commission, today),
    }  # fmt: skip
    return render(request, "collaboration/recusal/questions.html", context)


@take_part
@never_cache
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """A candidate declares ties to a matter, or that there are none, against the paper that was shown."""
    row, actor, today = queries.declaration_shown(pk), by(request), clock.today()
    told = queries.requests_told([row.request_id])[row.request_id]
    mine = policies.is_the_person(actor, row.person_id)
    form = DeclarationForm(request.POST or None)
    form.offer(shown.clauses_offered(queries.grounds_on(told.commission, today)), on_paper=not mine)
    against = policies.may_answer(actor, row, told.commission_id, "—")

    def act() -> str:
        declaring_operations.answer_declaration(declaration=row, **form.declared(), by=actor, now=clock.now())
        return address(request, "collaboration:questions")

    context = {
        "page_title": _("Declaration"), "back": address(request, "collaboration:questions"), "mine": mine, "row": row, "against": against,
        "facts": shown.declaration_facts(row, told, today), "kin": shown.KIN, "button": _("Declare"),
    }  # fmt: skip
    return _answered(request, form, act, _("Your declaration has been kept."), "collaboration/recusal/declaration.html", context)  # fmt: skip


@take_part
@never_cache
def show_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The case-management office keeps that it showed a candidate the paper: only the day."""
    row, actor, today = queries.declaration_shown(pk), by(request), clock.today()
    told = queries.requests_told([row.request_id])[row.request_id]
    refuse_if(policies.may_show_paper(actor, row, told.commission_id))
    form = PaperForm(request.POST or None, initial={"on": today})

    def act() -> str:
        declaring_operations.show_paper(declaration=row, on=form.cleaned_data["on"], by=actor, now=clock.now())  # fmt: skip
        return address(request, "collaboration:questions")

    context = {
        "page_title": _("Paper shown"), "back": address(request, "collaboration:questions"), "facts": shown.declaration_facts(row, told, today),
        "button": _("Keep"),
    }  # fmt: skip
    return _answered(request, form, act, _("Kept."), "collaboration/recusal/form.html", context)


@take_part
@never_cache
def raise_recusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that somebody who takes part stand out; the case-management office does it for whoever asked it to."""
    row, actor, today = request_shown(request.commission, pk), by(request), clock.today()
    refuse_if(policies.may_raise(actor))
    form = RaiseForm(request.POST or None)
    form.offer(
        shown.people_offered(row, today), shown.clauses_offered(queries.grounds_on(row.commission, today))
    )

    def act() -> str:
        given = {name: form.cleaned_data[name] for name in ("person", "clause", "ground", "sure", "key")}
        declaring_operations.raise_recusal(request=row, **given, by=actor, now=clock.now())
        seen = Request.objects.filter(pk=row.pk).exists()
        return address(request, "collaboration:request", row.pk) if seen else address(request, "collaboration:questions")  # fmt: skip

    context = {
        "page_title": _("Ask for recusal"), "back": address(request, "collaboration:request", row.pk), "button": _("Ask"),
        "lead": _("While the question is open the person's rights in this request are frozen. It is decided within one working day."),
    }  # fmt: skip
    return _answered(request, form, act, _("It has been put to whoever decides."), "collaboration/recusal/form.html", context)  # fmt: skip


@take_part
@never_cache
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: its decider reads the ground here and decides; everybody else sees 回避 and the clause."""
    row, actor, today = queries.recusal_shown(pk), by(request), clock.today()
    told = queries.requests_told([row.request_id])[row.request_id]
    against = policies.may_decide(actor, row)
    if request.method == "POST" and any(reason.code == "not-decider" for reason in against):
        # Who reads 回避 and the clause here is offered no decision.
        raise NotThere(_("There is no such question, or it is not for you."))
    form = DecisionForm(request.POST or None)
    form.ask_for_paper(asked=policies.on_paper_for_upper(actor, told.commission_id))

    def act() -> str:
        given = form.cleaned_data
        deciding_operations.decide_recusal(
            recusal=row, recused=given["recused"], said=given["said"], sure=given["sure"], paper_no=given.get("paper_no", ""),
            by=actor, now=clock.now(),
        )  # fmt: skip
        return address(request, "collaboration:questions")

    context = {
        "page_title": _("Question of recusal"), "back": address(request, "collaboration:questions"), "against": against,
        "facts": [*shown.question_facts(row, told, today), *shown.asked_facts(row, actor)], "ground": queries.ground_for_reader(row), "button": _("Keep the decision"),
        "ask_override_href": "" if row.override_asked_of or policies.may_ask_override(actor, row, told) else address(request, "collaboration:ask-override", pk),
        "override_words": _override_words(row), "override_href": "" if policies.may_override(actor, row, told.commission_id) else address(request, "collaboration:override-recusal", pk),
    }  # fmt: skip
    return _answered(request, form, act, _("Decided."), "collaboration/recusal/question.html", context)


@take_part
@never_cache
def ask_override(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever puts the team together asks the secretary to let somebody take part who must stand out."""
    row, actor, today = queries.recusal_shown(pk), by(request), clock.today()
    told = queries.requests_told([row.request_id])[row.request_id]
    refuse_if(policies.may_ask_override(actor, row, told))
    form = AskOverrideForm(request.POST or None)

    def act() -> str:
        given = {name: form.cleaned_data[name] for name in ("said", "sure")}
        deciding_operations.ask_override(recusal=row, **given, by=actor, now=clock.now())
        return address(request, "collaboration:question", pk)

    context = {
        "page_title": _("Ask the secretary to let take part"), "back": address(request, "collaboration:question", pk), "button": _("Ask"),
        "facts": shown.question_facts(row, told, today), "lead": _("The recusal stands until the secretary says otherwise."),
    }  # fmt: skip
    return _answered(request, form, act, _("The secretary has been asked."), "collaboration/recusal/form.html", context)  # fmt: skip


@take_part
@never_cache
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretary lets somebody take part all the same, or, asked to, lets the recusal stand; with a reason."""
    row, actor, today = queries.recusal_shown(pk), by(request), clock.today()
    told = queries.requests_told([row.request_id])[row.request_id]
    refuse_if(policies.may_override(actor, row, told.commission_id))
    form = OverrideForm(request.POST or None)
    form.ask_whether(asked=row.override_asked_of is not None)

    def act() -> str:
        given = {name: form.cleaned_data[name] for name in ("said", "sure")}
        granted = form.cleaned_data.get("granted", True)
        decide = deciding_operations.override_recusal if granted else deciding_operations.refuse_override
        decide(recusal=row, **given, by=actor, now=clock.now())
        return address(request, "collaboration:question", pk)

    context = {
        "page_title": _override_words(row), "back": address(request, "collaboration:question", pk), "button": _("Keep the decision"),
        "facts": [*shown.question_facts(row, told, today), *shown.asked_facts(row, actor)], "lead": _("The recusal stays on record. The person may then be chosen again."),
    }  # fmt: skip
    return _answered(request, form, act, _("Decided."), "collaboration/recusal/form.html", context)


def _override_words(row: Recusal) -> str:
    asked = row.override_asked_of is not None
    return _("Decide whether the person takes part") if asked else _("Let take part all the same")


def _answered(request: HttpRequest, form: RecusalForm, act: Callable[[], str], told: str, template: str, context: dict[str, Any]) -> HttpResponse:  # noqa: PLR0917 - what a page with a form is made of  # fmt: skip
    """The page with its form, or where it leads once it is done; what stands against it is told at its field."""
    if form.is_bound and form.is_valid():
        try:
            where = act()
        except Refused as refused:
            form.tell(refused.reasons)
        except BadInput as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, told)
            return HttpResponseRedirect(where)
    return render(request, template, {"day": None, "form": form, **context}, status=422 if form.errors else 200)  # fmt: skip
