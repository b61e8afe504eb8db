"""Screens that write a plan: begin, the guided acts, enter an earlier decision, describe, apply for the decision, give up."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xiezuo.organisation.api import Commission
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, refuse_if
from xiezuo.shared.periods import month_of
from xiezuo.ui.links import address
from xiezuo.zones.plans import operations, policies
from xiezuo.zones.plans.application_operations import AskedPlan, apply_for_plan
from xiezuo.zones.plans.forms import (
    ApplyForm,
    BeginPlanForm,
    DescribePlanForm,
    DropForm,
    FilePlanForm,
    WishesForm,
)
from xiezuo.zones.plans.pages import Page, answered, by, plan_to_draw, take_part, units_to_choose
from xiezuo.zones.queries.plans import scheme_of
from xiezuo.zones.queries.sides import offered, side


def first_of_next_month() -> Any:
    """The day from which a new plan holds unless another is chosen."""
    return month_of(clock.today())[1]


def drafting_units(commission: Commission) -> list[tuple[Any, str]]:
    """The units for which a plan may be drafted: support offices and the like draft; none need be named."""
    return [("", "\N{EM DASH}"), *units_to_choose(commission)]


@take_part
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """A plan from today's ledger, from another plan, or from a proposal."""
    refuse_if(policies.may_draw(by(request), request.commission.pk))
    choices = offered(request.commission)
    asked = request.GET.get("begin_from", "")
    form = BeginPlanForm(
        request.POST or None, initial={"begin_from": asked or choices[0][0], "starts": first_of_next_month()}
    )
    form.offer("begin_from", choices)
    form.offer("unit", drafting_units(request.commission))

    def act() -> str:
        given = form.cleaned_data
        source = side(request.commission, given["begin_from"])
        made = operations.begin_plan(
            commission=request.commission, name=given["name"], why=given["why"], starts=given["starts"], unit=given["unit"],
            content=source.scheme, key=given["key"], by=by(request), now=clock.now(),
        )  # fmt: skip
        return address(request, "zones:plan", made.pk)

    page = Page(_("Begin a plan"), _("Begin the plan"), address(request, "zones:plans"),
                lead=_("Nothing changes until the plan is decided. Several plans may be drafted side by side."))  # fmt: skip
    return answered(request, form, page, act, _("The plan has begun."))


@take_part
@never_cache
def file(request: HttpRequest) -> HttpResponse:
    """A decision that was taken before the product was there."""
    refuse_if(policies.may_enter(by(request), request.commission.pk))
    form = FilePlanForm(request.POST or None)

    def act() -> str:
        made = operations.file_plan(
            commission=request.commission, **form.cleaned_data, by=by(request), now=clock.now()
        )
        return address(request, "zones:plan", made.pk)

    page = Page(_("Enter an earlier decision"), _("Enter the decision"), address(request, "zones:plans"),
                lead=_("The zones of the day are in the ledger already: entering the decision changes nothing there. It says on what they rest."))  # fmt: skip
    return answered(request, form, page, act, _("The decision has been entered."))


@take_part
@never_cache
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """What a plan is called, why it is drafted, and from when it shall hold."""
    plan = plan_to_draw(request, pk)
    named = {"name": plan.name, "why": plan.why, "starts": plan.starts, "seen": plan.version}
    form = DescribePlanForm(request.POST or None, initial=named)
    here = address(request, "zones:plan", pk)

    def act() -> str:
        operations.describe_plan(plan=plan, **form.cleaned_data, by=by(request), now=clock.now())
        return here

    page = Page(_("Name, reason and first day"), _("Save"), here, more={"now_seen": plan.version})
    return answered(request, form, page, act, _("Saved."))


@take_part
@never_cache
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply for the decision on a plan."""
    plan = plan_to_draw(request, pk)
    told = {"meeting": plan.asked_meeting, "document_no": plan.asked_document_no, "basis": plan.asked_basis}
    form, here = ApplyForm(request.POST or None, initial=told), address(request, "zones:plan", pk)

    def act() -> str:
        given = form.cleaned_data
        asked = AskedPlan(given["meeting"], given["document_no"], given["basis"])
        apply_for_plan(plan=plan, asked=asked, key=given["key"], by=by(request), now=clock.now())
        return here

    page = Page(_("Apply for the decision: %(name)s") % {"name": plan.name}, _("Apply for the decision"), here,
                lead=_("The work rule N04 names who decides. The plan cannot be changed until they have decided or returned it."))  # fmt: skip
    return answered(request, form, page, act, _("The application has been submitted."))


@take_part
@never_cache
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a plan up."""
    plan = plan_to_draw(request, pk)
    form, here = DropForm(request.POST or None), address(request, "zones:plan", pk)

    def act() -> str:
        operations.drop_plan(plan=plan, reason=form.cleaned_data["reason"], by=by(request), now=clock.now())
        return here

    page = Page(_("Give the plan up: %(name)s") % {"name": plan.name}, _("Give the plan up"), here)
    return answered(request, form, page, act, _("The plan has been given up."))


@take_part
@never_cache
def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """What proposals for a plan must keep: units that stay, units together, pairs apart. No reason is asked for."""
    plan, choices = plan_to_draw(request, pk), units_to_choose(request.commission)
    names = dict(choices)
    form = WishesForm(
        request.POST or None, initial={**_wishes_shown(plan.wishes, names), "seen": plan.version}
    )
    inside = {each["unit"] for each in plan.content["members"] if each["role"] != "支援"}
    form.offer("fixed", [(unit, name) for unit, name in choices if unit in inside])
    here = address(request, "zones:plan", pk)

    def act() -> str:
        given, numbers = form.cleaned_data, {name: unit for unit, name in choices}
        scheme = scheme_of(plan)
        told = {
            "fixed": [[unit, place.zone] for unit in given["fixed"] if (place := scheme.place(unit))], "together": _groups(given["together"], numbers), "barred": _pairs(given["barred"], numbers),
        }  # fmt: skip
        kept = {**plan.wishes, **told}
        operations.keep_wishes(plan=plan, wishes=kept, seen=given["seen"], by=by(request), now=clock.now())
        return here

    page = Page(_("What proposals must keep: %(name)s") % {"name": plan.name}, _("Save"), here, more={"now_seen": plan.version},
                lead=_("Proposals for this plan keep to it. Pairs that must not be in one zone are declared without a reason."))  # fmt: skip
    return answered(request, form, page, act, _("Saved."))


def _wishes_shown(kept: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    def lines(groups: Any) -> str:
        return "\n".join("、".join(names.get(unit, f"#{unit}") for unit in group) for group in groups)

    return {
        "fixed": [unit for unit, _zone in kept.get("fixed", [])],
        "together": lines(kept.get("together", [])),
        "barred": lines(kept.get("barred", [])),
    }


def _groups(text: str, numbers: dict[str, int]) -> list[list[int]]:
    """Lines of names as groups of units. Raises `BadInput` naming the line and the name that is none."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        names = [
            each.strip() for each in line.replace(",", "、").replace("，", "、").split("、") if each.strip()
        ]
        for name in names:
            if name not in numbers:
                words = _(
                    "Line %(line)s: no unit is called “%(found)s”; expected the names of units, separated by 、."
                )
                raise BadInput(words % {"line": number, "found": name[:30]})
        units = list(dict.fromkeys(numbers[name] for name in names))
        if len(units) == 1:
            raise BadInput(_("Line %(line)s names one unit; expected two or more.") % {"line": number})
        found += [units] if units else []
    return found


def _pairs(text: str, numbers: dict[str, int]) -> list[list[int]]:
    """Lines of two names. Raises `BadInput`."""
    found = _groups(text, numbers)
    if any(len(pair) != 2 for pair in found):
        raise BadInput(
            _("A pair that must not be in one zone has two units; write each pair on a line of its own.")
        )
    return found
