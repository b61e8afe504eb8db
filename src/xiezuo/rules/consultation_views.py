"""Screens of a consultation: units are asked, give opinions clause by clause, and each opinion is settled."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import list_response
from xiezuo.organisation.api import unit_names
from xiezuo.rules import consultation_operations as operations
from xiezuo.rules import regulation_policies as policies
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.consultation_operations import Paper
from xiezuo.rules.drafting_views import Page, answered, take_part
from xiezuo.rules.models import Consultation, Edition, Opinion
from xiezuo.rules.regulation_forms import ConsultForm, OpinionForm, SettleForm
from xiezuo.rules.regulation_shown import clause_choices, speaking_units, stage_state, units_to_choose
from xiezuo.rules.regulation_states import EditionStage
from xiezuo.rules.regulation_views import by
from xiezuo.rules.states import Outcome
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, refuse_if
from xiezuo.ui.links import address
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table

TONES = {Outcome.OPEN: "wait", Outcome.ADOPTED: "good", Outcome.PARTLY: "warn", Outcome.NOT_ADOPTED: "quiet"}


@take_part
@never_cache
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask units for their opinion."""
    found = queries.edition_shown(request.commission, pk)
    refuse_if(policies.may_draft(by(request), found.commission_id, found.unit_id))
    form = ConsultForm(request.POST or None, initial={"units": found.invited})
    form.offer("units", [(int(unit), name) for unit, name in units_to_choose(request.commission)])  # type: ignore[misc]

    def act() -> str:
        operations.ask_units(
            edition=found, units=form.cleaned_data["units"], last_day=form.cleaned_data["last_day"], by=by(request),
            now=clock.now(),
        )  # fmt: skip
        return address(request, "rules:consultation", pk)

    page = Page(_("Ask for opinions: %(name)s") % {"name": found.name}, _("Ask these units"),
                address(request, "rules:edition", pk), lead=_("Each unit sees the text and its own opinions, not those of others."))  # fmt: skip
    return answered(request, form, page, act, _("The units have been asked."))


@require_safe
@never_cache
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """The overview: each opinion by clause and unit, adopted or not and why; and which units have answered."""
    found = queries.edition_shown(request.commission, pk)
    given, asked = queries.opinions_of(found), queries.consultations_of(found)
    may_not = policies.may_draft(by(request), found.commission_id, found.unit_id)
    names = unit_names([*(row.unit_id for row in asked), *(row.unit_id for row in given)], request.day)
    listing = Listing(
        request, _columns(settles=not may_not), [_opinion_row(request, row, names) for row in given],
        title=_("Overview of opinions: %(name)s") % {"name": found.name}, empty=_("No opinion has been given."),
    )  # fmt: skip
    context = {
        "page_title": _("Overview of opinions"), "edition": found, "stage": stage_state(found), "count": queries.counted(given),
        "asked": _asked_table(found, asked, names), "regulation_href": address(request, "rules:edition", pk),
        "closers": _closers(request, found),
    }  # fmt: skip
    return list_response(request, listing, "rules/consultation.html", context)


def _closers(request: HttpRequest, found: Edition) -> list[dict[str, Any]]:
    """The units for which the reader may speak now; what is said for another unit came on paper."""
    if found.stage != EditionStage.CONSULTATION:
        return []
    actor = by(request)
    return [
        {"unit": unit, "name": name,
         "on_paper": bool(policies.may_speak(actor, found.commission_id, int(unit), on_paper=False))}
        for unit, name in speaking_units(actor, found, on_paper=True)
    ]  # fmt: skip


def _columns(*, settles: bool) -> list[Column]:
    return [
        Column("clause", pgettext_lazy("regulation", "Clause"), sortable=False), Column("unit", gettext_lazy("Unit"), filterable=True),
        Column("text", gettext_lazy("Opinion"), searchable=True, sortable=False),
        Column("outcome", gettext_lazy("Outcome"), kind="state", filterable=True),
        Column("reason", gettext_lazy("Reason"), searchable=True, sortable=False), Column("paper", pgettext_lazy("opinion", "On paper")),
        *([Column("settle", gettext_lazy("Settle"), sortable=False)] if settles else []),
    ]  # fmt: skip


def outcome_state(outcome: str) -> State:
    """What became of an opinion, in words and shape."""
    return State(Outcome(outcome).label, TONES[Outcome(outcome)])


def _opinion_row(request: HttpRequest, row: Opinion, names: dict[int, str]) -> dict[str, Any]:
    paper = _("entered from paper: %(number)s of %(day)s") % {"number": row.paper_no, "day": row.paper_on}
    return {
        "clause": row.clause_label or (_("the whole text") if row.anchor is None else ""), "unit": names.get(row.unit_id, ""),
        "text": row.text, "outcome": outcome_state(row.outcome), "reason": row.reason, "paper": paper if row.paper_no else "",
        "settle": Link(_("Settle") if row.outcome == Outcome.OPEN else _("Change"), address(request, "rules:settle", row.pk)),
    }  # fmt: skip


def _asked_table(found: Edition, asked: list[Consultation], names: dict[int, str]) -> Table:
    """Which units were asked, until when, and when they answered."""
    columns = [
        Column("unit", gettext_lazy("Unit")), Column("opened", gettext_lazy("Asked on"), kind="date"),
        Column("last_day", gettext_lazy("Last day"), kind="date"), Column("state", gettext_lazy("State"), kind="state"),
        Column("answered", gettext_lazy("Answered on"), kind="date"),
    ]  # fmt: skip
    rows = [
        {"unit": names.get(row.unit_id, ""), "opened": row.opened_on, "last_day": row.last_day, "answered": row.answered_on,
         "state": _asked_state(row, found)}
        for row in asked
    ]  # fmt: skip
    return Table(columns, rows, id="asked", caption=_("Units asked"), empty=_("No unit was asked yet."))


def _asked_state(row: Consultation, found: Edition) -> State:
    if row.answered_on is not None:
        return State(_("answered on paper"), "good") if row.on_paper else State(_("answered"), "good")
    if row.last_day < clock.today() or found.stage != EditionStage.CONSULTATION:
        return State(_("no answer in time"), "warn")
    return State(_("waits for its answer"), "wait")


@take_part
@never_cache
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an opinion for one's unit, or enter one that came on paper."""
    found, actor = queries.edition_shown(request.commission, pk), by(request)
    units = speaking_units(actor, found, on_paper=True)
    form = OpinionForm(request.POST or None, initial=_opinion_initial(request, units))
    form.offer("unit", units)
    form.offer("anchor", [("", _("the whole text")), *clause_choices(found)])
    if policies.may_enter(actor, found.commission_id):
        del form.fields["paper_no"], form.fields["paper_on"]

    def act() -> str:
        given = form.cleaned_data
        operations.give_opinion(
            edition=found, unit=given["unit"], anchor=given["anchor"], text=given["text"], paper=_paper(given),
            key=given["key"], by=by(request), now=clock.now(),
        )  # fmt: skip
        return address(request, "rules:consultation", pk)

    page = Page(
        _("Opinion: %(name)s") % {"name": found.name},
        _("Give the opinion"),
        address(request, "rules:edition", pk),
    )
    if not units and request.method != "POST":
        refuse_if(policies.against_opinion(found, None))
    return answered(request, form, page, act, _("The opinion has been entered."))


def _opinion_initial(request: HttpRequest, units: list[tuple[str, str]]) -> dict[str, Any]:
    only = units[0][0] if len(units) == 1 else None
    return {"unit": only, "anchor": request.GET.get("clause", "")}


def _paper(given: dict[str, Any]) -> Paper | None:
    number, on = given.get("paper_no", ""), given.get("paper_on")
    if not number and on is None:
        return None
    if not number or on is None:
        raise BadInput(
            _("An opinion on paper needs the number of the paper and its day, which is not ahead.")
        )
    return Paper(number, on)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the answer of a unit: it has said all that it has to say, or has nothing to say."""
    found = queries.edition_shown(request.commission, pk)
    unit = request.POST.get("unit", "")
    if not (unit.isascii() and unit.isdigit()):
        raise BadInput(_("No unit is named whose answer is to be closed."))
    on_paper = request.POST.get("on_paper") == "yes"
    operations.close_answer(
        edition=found, unit=int(unit[:18]), on_paper=on_paper, by=by(request), now=clock.now()
    )
    messages.success(request, _("The answer has been closed."))
    return HttpResponseRedirect(address(request, "rules:consultation", pk))


@take_part
@never_cache
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what becomes of an opinion."""
    row = queries.opinion_shown(request.commission, pk)
    found = row.edition
    refuse_if(policies.may_draft(by(request), found.commission_id, found.unit_id))
    form = SettleForm(
        request.POST or None, initial={"outcome": row.outcome, "reason": row.reason, "seen": row.outcome}
    )

    def act() -> str:
        operations.settle_opinion(opinion=row, **form.cleaned_data, by=by(request), now=clock.now())
        return address(request, "rules:consultation", found.pk)

    unit = unit_names([row.unit_id], request.day).get(row.unit_id, "")
    title = _("Settle the opinion of %(unit)s") % {"unit": unit}
    clause = row.clause_label or _("the whole text")
    page = Page(title, _("Settle"), address(request, "rules:consultation", found.pk),
                more={"quoted": row.text, "quoted_on": clause})  # fmt: skip
    return answered(request, form, page, act, _("The opinion has been settled."))
