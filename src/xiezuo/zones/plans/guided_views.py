"""The guided acts: zones are merged, one is split, units go over. Each shows what would follow, and only then begins its plan."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from xiezuo.organisation.api import person_names
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused, refuse_if
from xiezuo.ui.links import address
from xiezuo.ui.panels import Subject, panels_of
from xiezuo.zones.judged_words import counted
from xiezuo.zones.models import Plan
from xiezuo.zones.plans import operations, policies
from xiezuo.zones.plans.drafting_views import drafting_units, first_of_next_month
from xiezuo.zones.plans.forms import GuidedForm, MergeForm, SplitForm, TransferForm
from xiezuo.zones.plans.pages import by, take_part
from xiezuo.zones.plans.shown import difference_shown, open_table, reaches_table, rules_shown
from xiezuo.zones.plans.worth_shown import terms_table
from xiezuo.zones.queries.grounds import county_ground
from xiezuo.zones.queries.plans import codes_known, effects
from xiezuo.zones.queries.schemes import known_on, scheme_on
from xiezuo.zones.queries.workshop import workshop_of
from xiezuo.zones.scheme import HELPER, ROLES, SECOND, PlannedZone, Scheme
from xiezuo.zones.scheme_acts import free_code, merged, split, transferred
from xiezuo.zones.states import PlanKind, Role

HIDDEN = ("csrfmiddlewaretoken", "step")
Made = Callable[[Any, Scheme, list[str]], Scheme]
"""From what the form says, the ledger of the first day and all codes to what shall be."""


@dataclass(frozen=True)
class Act:
    """One guided act: its words, its form, the plan's kind, and how it makes a scheme."""

    title: Any
    lead: Any
    form: type[GuidedForm]
    kind: PlanKind
    made: Made


@take_part
@never_cache
def merge(request: HttpRequest) -> HttpResponse:
    """Zones become one."""
    return _guided(request, MERGE)


@take_part
@never_cache
def split_zone(request: HttpRequest) -> HttpResponse:
    """A part of a zone becomes a zone of its own."""
    return _guided(request, SPLIT)


@take_part
@never_cache
def transfer(request: HttpRequest) -> HttpResponse:
    """Units go over to another zone."""
    return _guided(request, TRANSFER)


def _guided(request: HttpRequest, act: Act) -> HttpResponse:
    """The form, what would follow, or the plan: whichever step was asked for."""
    refuse_if(policies.may_draw(by(request), request.commission.pk))
    step = request.POST.get("step", "")
    if step not in ("check", "begin", "edit"):
        return _form_page(
            request, act, _offered(request, act, act.form(initial={"starts": first_of_next_month()}))
        )
    form = _offered(request, act, act.form(request.POST))
    if step == "edit" or not form.is_valid():
        return _form_page(request, act, form)
    try:
        return _begun(request, act, form) if step == "begin" else _check_page(request, act, form)
    except Refused as refused:
        form.tell(refused.reasons)
    except BadInput as wrong:
        form.add_error(None, str(wrong))
    return _form_page(request, act, form)


def _offered(request: HttpRequest, act: Act, form: GuidedForm) -> GuidedForm:
    """The form with the zones, units and people of its first day to choose from."""
    starts = _starts(form)
    scheme = scheme_on(request.commission, starts)
    known = known_on(request.commission, starts, [scheme])
    zones = [(each.code, each.name) for each in scheme.zones]
    inside = {each.unit: each.zone for each in scheme.members if each.role != HELPER}
    names = dict(zones)
    units = [
        (unit, f"{known.unit(unit)}（{names.get(inside[unit], '')}）" if unit in inside else known.unit(unit))
        for unit in known.units
    ]
    choices: dict[str, Any] = {
        "zones": zones, "into": zones, "zone": zones, "units": units, "role": [(each.value, each.label) for each in Role],
        "unit": drafting_units(request.commission),
    }  # fmt: skip
    if "person" in form.fields:
        choices["person"] = _people(request, starts, scheme)
    if act.kind == PlanKind.SPLIT:
        choices["zone"] = [(each.code, each.name) for each in scheme.at_level(SECOND)]
        choices["units"] = [pair for pair in units if pair[0] in inside]
    for name in choices.keys() & form.fields.keys():
        form.offer(name, choices[name])
    return form


def _starts(form: GuidedForm) -> date:
    """The first day that the form names, or the usual one while it names none."""
    field = form.fields["starts"]
    try:
        found = field.clean(form.data.get("starts")) if form.is_bound else form.initial["starts"]
    except ValidationError:  # the form itself says what is wrong with the day
        found = None
    day: date = found or first_of_next_month()
    return day


def _people(request: HttpRequest, starts: date, scheme: Scheme) -> list[tuple[int, str]]:
    ground = county_ground(request.commission, starts, today=scheme)
    people = list(dict.fromkeys([*ground.chiefs, *ground.contacts]))
    names = person_names(people, starts)
    return [(person, names.get(person, "")) for person in people]


def _form_page(request: HttpRequest, act: Act, form: GuidedForm) -> HttpResponse:
    failed = request.POST.get("step") != "edit" and form.is_bound and bool(form.errors)
    context = {
        "page_title": act.title,
        "lead": act.lead,
        "form": form,
        "back": address(request, "zones:plans"),
    }
    return render(request, "zones/plans/guided.html", context, status=422 if failed else 200)


def _check_page(request: HttpRequest, act: Act, form: GuidedForm) -> HttpResponse:
    """The plan is begun, looked at and taken back, so that what is shown is what will be."""
    mark = transaction.savepoint()
    try:
        plan = _begin(request, act, form)
        context = _what_follows(request, plan)
    finally:
        transaction.savepoint_rollback(mark)
    kept = [
        (name, value) for name in request.POST if name not in HIDDEN for value in request.POST.getlist(name)
    ]
    return render(
        request,
        "zones/plans/guided_check.html",
        {"page_title": act.title, "kept": kept, "back": address(request, "zones:plans"), **context},
    )


def _what_follows(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    shop, found = workshop_of(plan), effects(plan)
    panels = panels_of(request, Subject("zone_plan", plan.pk, found.moved))
    return {
        "plan": plan, "difference": difference_shown(shop.before, shop.scheme, shop.known, _("Before"), _("As planned")),
        "rules": [each for each in rules_shown(request, shop.judged, shop.scheme, shop.known) if each.told], "count": counted(shop.judged),
        "terms": terms_table(shop.valued_before, shop.valued, _("Before"), _("As planned")), "reaches": reaches_table(request, found),
        "open": open_table(request, found), "panels": [each for each in panels if each.body],
    }  # fmt: skip


def _begun(request: HttpRequest, act: Act, form: GuidedForm) -> HttpResponse:
    with transaction.atomic():
        plan = _begin(request, act, form)
    messages.success(request, _("The plan has begun."))
    return HttpResponseRedirect(address(request, "zones:plan", plan.pk))


def _begin(request: HttpRequest, act: Act, form: GuidedForm) -> Plan:
    given = form.cleaned_data
    ledger = scheme_on(request.commission, given["starts"])
    content = act.made(given, ledger, codes_known(request.commission))
    return operations.begin_plan(
        commission=request.commission, name=given["name"], why=given["why"], kind=act.kind, starts=given["starts"], unit=given["unit"],
        content=content, key=given["key"], by=by(request), now=clock.now(),
    )  # fmt: skip


def _zone(scheme: Scheme, code: str) -> PlannedZone:
    found = scheme.zone(code)
    if found is None:
        raise BadInput(_("There is no zone “%(found)s” on the plan's first day.") % {"found": code[:20]})
    return found


def _merged(given: Any, scheme: Scheme, _codes: list[str]) -> Scheme:
    goes_on = _zone(scheme, given["into"])
    into = PlannedZone(goes_on.code, given["zone_name"], goes_on.level, goes_on.kind, goes_on.parent)
    codes = given["zones"]
    refuse_if(policies.against_merging(scheme, codes, into))
    if goes_on.code not in codes:
        raise BadInput(_("The zone that goes on must be one of those merged."))
    return merged(scheme, codes, into, given["person"] or None)


def _split(given: Any, scheme: Scheme, codes: list[str]) -> Scheme:
    old = _zone(scheme, given["zone"])
    new = PlannedZone(
        free_code(scheme, codes, old.level), given["zone_name"], old.level, old.kind, old.parent
    )
    refuse_if(policies.against_splitting(scheme, old.code, new, given["units"]))
    strange = [each for each in given["units"] if each not in scheme.inside(old.code)]
    if strange:
        words = _("%(count)s of the units chosen are not in %(zone)s.")
        raise BadInput(words % {"count": len(strange), "zone": old.name})
    return split(scheme, old.code, new, given["units"], given["person"])


def _transferred(given: Any, scheme: Scheme, _codes: list[str]) -> Scheme:
    refuse_if(policies.against_transferring(scheme, given["units"], given["zone"]))
    if given["role"] not in ROLES:
        raise BadInput(_("Choose a role from the list."))
    return transferred(scheme, given["units"], given["zone"], given["role"])


MERGE = Act(
    gettext_lazy("Merge zones"), gettext_lazy("Two or more zones become one from a day on. Whoever should only act together for a time joins them instead."),
    MergeForm, PlanKind.MERGE, _merged,
)  # fmt: skip
SPLIT = Act(
    gettext_lazy("Split a zone"),
    gettext_lazy("Some units of a zone become a zone of their own from a day on."),
    SplitForm,
    PlanKind.SPLIT,
    _split,
)
TRANSFER = Act(
    gettext_lazy("Transfer units"),
    gettext_lazy("Units go over to another zone from a day on."),
    TransferForm,
    PlanKind.TRANSFER,
    _transferred,
)
