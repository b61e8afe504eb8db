"""Screens of a plan's consultation: units are asked, give opinions zone by zone, and each opinion is settled."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import list_response
from xiezuo.organisation.api import unit_names
from xiezuo.rules.api import OpinionOnPaper
from xiezuo.rules.states import Outcome
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, refuse_if
from xiezuo.ui.links import address
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table
from xiezuo.zones.models import Plan, PlanConsultation, PlanOpinion
from xiezuo.zones.plans import consultation_operations as operations
from xiezuo.zones.plans import policies
from xiezuo.zones.plans.forms import ConsultForm, OpinionForm, SettleForm
from xiezuo.zones.plans.pages import (
    Page,
    answered,
    by,
    plan_shown,
    plan_to_draw,
    speaking_units,
    take_part,
    units_to_choose,
)
from xiezuo.zones.plans.shown import standing_of_plan, zone_name
from xiezuo.zones.queries import plans as queries
from xiezuo.zones.queries.workshop import opinion_of
from xiezuo.zones.states import PlanStage
from xiezuo.zones.views import tabs_of

TONES = {Outcome.OPEN: "wait", Outcome.ADOPTED: "good", Outcome.PARTLY: "warn", Outcome.NOT_ADOPTED: "quiet"}


@take_part
@never_cache
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask units for their opinion: at first those whose zone, role or leader changes."""
    plan = plan_to_draw(request, pk)
    form = ConsultForm(request.POST or None, initial={"units": plan.invited or _concerned(plan)})
    form.offer("units", units_to_choose(request.commission))

    def act() -> str:
        given = form.cleaned_data
        operations.ask_units(
            plan=plan, units=given["units"], last_day=given["last_day"], by=by(request), now=clock.now()
        )
        return address(request, "zones:plan-opinions", pk)

    page = Page(_("Ask for opinions: %(name)s") % {"name": plan.name}, _("Ask these units"), address(request, "zones:plan", pk),
                lead=_("Chosen are the units whose zone, role or leader would change. Each sees the plan and its own opinions, not those of others."))  # fmt: skip
    return answered(request, form, page, act, _("The units have been asked."))


def _concerned(plan: Plan) -> list[int]:
    before, after, _changes = queries.compared(plan)
    return queries.units_concerned(before, after)


@require_safe
@never_cache
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """The overview: each opinion by zone and unit, adopted or not and why; and which units have answered."""
    plan = plan_shown(request, pk)
    given, asked = queries.opinions_of(plan), queries.consultations_of(plan)
    settles = not policies.may_draw(by(request), plan.commission_id)
    names = unit_names([*(row.unit_id for row in asked), *(row.unit_id for row in given)], request.day)
    listing = Listing(
        request, _columns(settles=settles), [_opinion_row(request, plan, row, names) for row in given],
        title=_("Overview of opinions: %(name)s") % {"name": plan.name}, empty=_("No opinion has been given."),
    )  # fmt: skip
    standing = queries.standings(plan.commission, [plan], request.day)[plan.pk]
    context = {
        "page_title": _("Overview of opinions"), "plan": plan, "state": standing_of_plan(standing), "count": queries.counted(given),
        "asked": _asked_table(plan, asked, names), "plan_href": address(request, "zones:plan", pk), "tabs": tabs_of(request, "zones:plans"),
        "closers": _closers(request, plan, asked),
    }  # fmt: skip
    return list_response(request, listing, "zones/plans/opinions.html", context)


def _closers(request: HttpRequest, plan: Plan, asked: list[PlanConsultation]) -> list[dict[str, Any]]:
    """The units for which the reader may speak now; what is said for another unit came on paper."""
    if plan.stage != PlanStage.CONSULTATION:
        return []
    actor, open_ones = by(request), [row.unit_id for row in asked if row.answered_on is None]
    return [
        {"unit": unit, "name": name, "on_paper": bool(policies.may_speak(actor, plan.commission_id, unit, on_paper=False))}
        for unit, name in speaking_units(actor, plan, open_ones)
    ]  # fmt: skip


def _columns(*, settles: bool) -> list[Column]:
    return [
        Column("zone", gettext_lazy("Zone"), sortable=False), Column("unit", gettext_lazy("Unit"), filterable=True),
        Column("text", gettext_lazy("Opinion"), searchable=True, sortable=False),
        Column("outcome", gettext_lazy("Outcome"), kind="state", filterable=True),
        Column("reason", gettext_lazy("Reason"), searchable=True, sortable=False), Column("paper", pgettext_lazy("opinion", "On paper")),
        *([Column("settle", gettext_lazy("Settle"), sortable=False)] if settles else []),
    ]  # fmt: skip


def _opinion_row(request: HttpRequest, plan: Plan, row: PlanOpinion, names: dict[int, str]) -> dict[str, Any]:
    paper = _("entered from paper: %(number)s of %(day)s") % {"number": row.paper_no, "day": row.paper_on}
    words = _("Settle") if row.outcome == Outcome.OPEN else _("Change")
    return {
        "zone": zone_name(queries.scheme_of(plan), row.zone), "unit": names.get(row.unit_id, ""), "text": row.text,
        "outcome": State(Outcome(row.outcome).label, TONES[Outcome(row.outcome)]), "reason": row.reason,
        "paper": paper if row.paper_no else "", "settle": Link(words, address(request, "zones:settle-opinion", row.pk)),
    }  # fmt: skip


def _asked_table(plan: Plan, asked: list[PlanConsultation], names: dict[int, str]) -> Table:
    """Which units were asked, until when, and when they answered."""
    columns = [
        Column("unit", gettext_lazy("Unit")), Column("opened", gettext_lazy("Asked on"), kind="date"),
        Column("last_day", gettext_lazy("Last day"), kind="date"), Column("state", gettext_lazy("State"), kind="state"),
        Column("answered", gettext_lazy("Answered on"), kind="date"),
    ]  # fmt: skip
    rows = [
        {"unit": names.get(row.unit_id, ""), "opened": row.opened_on, "last_day": row.last_day, "answered": row.answered_on,
         "state": _asked_state(row, plan)}
        for row in asked
    ]  # fmt: skip
    return Table(columns, rows, id="asked", caption=_("Units asked"), empty=_("No unit was asked yet."))


def _asked_state(row: PlanConsultation, plan: Plan) -> State:
    if row.answered_on is not None:
        return State(_("answered on paper"), "good") if row.on_paper else State(_("answered"), "good")
    if row.last_day < clock.today() or plan.stage != PlanStage.CONSULTATION:
        return State(_("no answer in time"), "warn")
    return State(_("waits for its answer"), "wait")


@take_part
@never_cache
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an opinion for one's unit, or enter one that came on paper."""
    plan, actor = plan_shown(request, pk), by(request)
    open_ones = [row.unit_id for row in queries.consultations_of(plan) if row.answered_on is None]
    units = speaking_units(actor, plan, open_ones)
    form = OpinionForm(request.POST or None, initial=_opinion_initial(request, units))
    form.offer("unit", units)
    form.offer(
        "zone",
        [("", _("the whole plan")), *((each.code, each.name) for each in queries.scheme_of(plan).zones)],
    )
    if policies.may_enter(actor, plan.commission_id):
        del form.fields["paper_no"], form.fields["paper_on"]

    def act() -> str:
        given = form.cleaned_data
        operations.give_opinion(
            plan=plan, unit=given["unit"], zone=given["zone"], text=given["text"], paper=_paper(given), key=given["key"], by=by(request),
            now=clock.now(),
        )  # fmt: skip
        return address(request, "zones:plan-opinions", pk)

    page = Page(
        _("Opinion: %(name)s") % {"name": plan.name},
        _("Give the opinion"),
        address(request, "zones:plan", pk),
    )
    if not units and request.method != "POST":
        refuse_if(policies.against_opinion(plan, None))
    return answered(request, form, page, act, _("The opinion has been entered."))


def _opinion_initial(request: HttpRequest, units: list[tuple[int, str]]) -> dict[str, Any]:
    return {"unit": units[0][0] if len(units) == 1 else None, "zone": request.GET.get("zone", "")}


def _paper(given: dict[str, Any]) -> OpinionOnPaper | None:
    number, on = given.get("paper_no", ""), given.get("paper_on")
    if not number and on is None:
        return None
    if not number or on is None:
        raise BadInput(
            _("An opinion on paper needs the number of the paper and its day, which is not ahead.")
        )
    return OpinionOnPaper(number, on)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the answer of a unit: it has said all that it has to say, or has nothing to say."""
    plan = plan_shown(request, pk)
    unit = request.POST.get("unit", "")
    if not (unit.isascii() and unit.isdigit()):
        raise BadInput(_("No unit is named whose answer is to be closed."))
    on_paper = request.POST.get("on_paper") == "yes"
    operations.close_answer(
        plan=plan, unit=int(unit[:18]), on_paper=on_paper, by=by(request), now=clock.now()
    )
    messages.success(request, _("The answer has been closed."))
    return HttpResponseRedirect(address(request, "zones:plan-opinions", pk))


@take_part
@never_cache
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what becomes of an opinion."""
    row = opinion_of(pk)
    plan = row.plan
    refuse_if(policies.may_draw(by(request), plan.commission_id))
    form = SettleForm(
        request.POST or None, initial={"outcome": row.outcome, "reason": row.reason, "seen": row.outcome}
    )
    back = address(request, "zones:plan-opinions", plan.pk)

    def act() -> str:
        operations.settle_opinion(opinion=row, **form.cleaned_data, by=by(request), now=clock.now())
        return back

    unit = unit_names([row.unit_id], request.day).get(row.unit_id, "")
    more = {"quoted": row.text, "quoted_on": zone_name(queries.scheme_of(plan), row.zone)}
    page = Page(_("Settle the opinion of %(unit)s") % {"unit": unit}, _("Settle"), back, more=more)
    return answered(request, form, page, act, _("The opinion has been settled."))
