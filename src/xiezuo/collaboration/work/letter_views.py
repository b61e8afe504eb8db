"""Rectification letters for the team and for the unit that must mend: the list, one letter, what is done with it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import Actor, list_response
from xiezuo.collaboration.models import Letter, Request
from xiezuo.collaboration.queries import work as queries
from xiezuo.collaboration.requests.asking_views import by, take_part
from xiezuo.collaboration.requests.listing import LETTERS, tabs_of
from xiezuo.collaboration.states import LetterOutcome
from xiezuo.collaboration.work import forms, policies
from xiezuo.collaboration.work.doing_views import Shown, answered
from xiezuo.collaboration.work.letter_operations import (
    answer_letter,
    ask_more_time,
    contacts_of,
    extend_letter,
    verify_line,
)
from xiezuo.collaboration.work.papers.working import letter_number
from xiezuo.collaboration.work.shown import letter_state, line_state
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, Reason, refuse_if
from xiezuo.ui.links import address, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link
from xiezuo.ui.table import Column, Table

ACTS = ("answer", "more-time", "extend")


@require_safe
@never_cache
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that are for the reader, the latest first: to the own unit, and of requests that the reader sees."""
    on, commission = clock.today(), request.commission  # type: ignore[attr-defined]
    lines = list(queries.letters_seen(commission))
    named = queries.units_called({each.unit_id for each in lines}, on)
    firsts = [each for each in lines if each.position == 1]
    rows = [_row(each, [line for line in lines if (line.request_id, line.number) == (each.request_id, each.number)], named, on) for each in firsts]  # fmt: skip
    listing = Listing(
        request, _columns(), rows, title=_("Rectification letters"), extra=("pk",), row_link=row_linker(request, "collaboration:letter", "pk"),
        empty=_("No rectification letter is for you. One is sent from the work of a request, and read by the head of the unit that it goes to."),
    )  # fmt: skip
    return list_response(
        request, listing, "collaboration/work/letters.html", {"day": None, "tabs": tabs_of(request, LETTERS)}
    )


def _columns() -> list[Column]:
    return [
        Column("number", pgettext_lazy("letter", "Number"), kind="code", searchable=True),
        Column("unit", pgettext_lazy("letter", "To"), filterable=True, searchable=True, sortable=False),
        Column("sent_on", gettext_lazy("Sent on"), kind="date"), Column("due_on", pgettext_lazy("work", "Due on"), kind="date"),
        Column("state", gettext_lazy("State"), kind="state"),
    ]  # fmt: skip


def _row(first: Letter, lines: list[Letter], named: dict[int, str], on: date) -> dict[str, Any]:
    return {
        "pk": first.pk, "number": letter_number(first), "unit": named.get(first.unit_id, ""), "sent_on": first.sent_on,
        "due_on": first.due_on, "state": letter_state(lines, on),
    }  # fmt: skip


@require_safe
@never_cache
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter with its problems, and what may be done with it."""
    lines = queries.letter_shown(request.commission, pk)  # type: ignore[attr-defined]
    first, on, actor = lines[0], clock.today(), by(request)
    named = queries.units_called([first.unit_id], on)
    row = queries.request_of(first)
    context = {
        "page_title": letter_number(first), "day": None, "state": letter_state(lines, on), "facts": _facts(first, named),
        "table": _problems(request, lines, row, actor, on), "steps": _steps(request, first, row, actor, on), "first": first,
        "work_href": address(request, "collaboration:work", row.pk) if row else "",
    }  # fmt: skip
    return render(request, "collaboration/work/letter.html", context)


def _facts(first: Letter, named: dict[int, str]) -> list[tuple[Any, Any]]:
    told = [
        (pgettext_lazy("letter", "To"), named.get(first.unit_id, "")), (gettext_lazy("Sent on"), first.sent_on),
        (pgettext_lazy("work", "Due on"), first.due_on), (gettext_lazy("First due on"), first.first_due_on if first.extended_on else ""),
        (gettext_lazy("More time asked for"), first.extension_asked), (gettext_lazy("More time given"), first.extended_said),
        (pgettext_lazy("work", "Answered on"), first.answered_on), (gettext_lazy("No. of the answer"), first.answer_no),
    ]  # fmt: skip
    return [(label, value) for label, value in told if value]


def _problems(
    request: HttpRequest, lines: list[Letter], row: Request | None, actor: Actor, on: date
) -> Table:
    verifies = row is not None and not policies.may_verify(actor, row, queries.part_of(actor, row, on), lines[0].unit_id)  # fmt: skip
    told = [
        {
            "place": each.position, "problem": each.problem, "basis": each.basis, "feedback": each.feedback, "state": line_state(each),
            "evidence": each.evidence_no,
            "act": Link(_("Verify"), address(request, "collaboration:verify-line", each.pk)) if verifies and not each.outcome else "",
        }
        for each in lines
    ]  # fmt: skip
    columns = [
        Column("place", pgettext_lazy("minutes", "No."), kind="number"), Column("problem", gettext_lazy("Problem")),
        Column("basis", pgettext_lazy("letter", "Basis")), Column("feedback", gettext_lazy("Asked back")),
        Column("state", gettext_lazy("Verified"), kind="state"), Column("evidence", gettext_lazy("No. of the evidence")),
        *([Column("act", gettext_lazy("To do"))] if any(each["act"] for each in told) else []),
    ]  # fmt: skip
    return Table(columns, told, id="problems", caption=_("Problems to be rectified"), empty="")


def _steps(request: HttpRequest, first: Letter, row: Request | None, actor: Actor, on: date) -> list[tuple[str, str]]:  # fmt: skip
    """What may be done with the whole letter, for whom it is."""
    steps = []
    commission = request.commission.pk  # type: ignore[attr-defined]
    if not policies.may_answer(actor, first, commission) and first.answered_on is None:
        steps.append((_("Answer"), "answer"))
        if first.extended_on is None and on <= first.due_on:
            steps.append((_("Ask for more time"), "more-time"))
    if row is not None and first.extension_asked and first.extended_on is None and not policies.may_extend_letter(actor, contacts_of(row, on)):  # fmt: skip
        steps.append((_("Give more time"), "extend"))
    return [(words, address(request, "collaboration:do-letter", first.pk, what)) for words, what in steps]


@take_part
@never_cache
def do_letter(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The unit answers or asks for more time; the contact leader gives it."""
    first = queries.letter_shown(request.commission, pk)[0]  # type: ignore[attr-defined]
    actor = by(request)
    refuse_if(_against(actor, first, what, request.commission.pk))  # type: ignore[attr-defined]
    form: Any = {"answer": forms.AnswerForm, "more-time": forms.MoreTimeForm, "extend": forms.ExtendForm}[what](request.POST or None)  # fmt: skip
    if what == "answer":
        form.fields["answered_on"].initial = clock.today()
    who: dict[str, Any] = {"letter": first, "by": actor, "now": clock.now()}

    def act() -> Any:
        told = form.cleaned_data
        if what == "answer":
            return answer_letter(answer_no=told["answer_no"], answered_on=told["answered_on"], **who)
        if what == "more-time":
            return ask_more_time(because=told["because"], sure=form.is_sure, **who)
        return extend_letter(days=told["days"], said=told["said"], sure=form.is_sure, **who)

    titles = {"answer": _("Answer"), "more-time": _("Ask for more time"), "extend": _("Give more time")}
    lead = first.extension_asked if what == "extend" else ""
    shown = Shown(titles[what], letter_number(first), address(request, "collaboration:letter", first.pk), lead)  # fmt: skip
    return answered(request, form, shown, act, _("It has been entered."))


def _against(actor: Actor, first: Letter, what: str, commission: int) -> list[Reason]:
    if what not in ACTS:
        raise NotThere(_("There is no such act."))
    if what != "extend":
        return policies.may_answer(actor, first, commission)
    row = queries.request_of(first)
    return policies.may_extend_letter(actor, contacts_of(row, clock.today()) if row else [])


@take_part
@never_cache
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Own staff of the team say what the verification of one problem found."""
    line = next(each for each in queries.letter_shown(request.commission, pk) if each.pk == pk)  # type: ignore[attr-defined]
    row, actor = queries.request_of(line), by(request)
    if row is None:
        raise NotThere(_("There is no such request, or it is not for you."))
    refuse_if(policies.may_verify(actor, row, queries.part_of(actor, row, clock.today()), line.unit_id))
    form = forms.VerifyForm(request.POST or None)

    def act() -> Any:
        told = form.cleaned_data
        return verify_line(line=line, outcome=LetterOutcome(told["outcome"]), evidence_no=told["evidence_no"], by=actor, now=clock.now())  # fmt: skip

    title = _("Verify problem %(number)s") % {"number": line.position}
    shown = Shown(title, letter_number(line), address(request, "collaboration:letter", pk), line.problem)
    return answered(request, form, shown, act, _("The verification has been entered."))
