"""Screens that read plans: all of them on a time line, one plan with everything that follows from it, its map, two compared."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import Actor, as_the_product, shown_actor
from xiezuo.approvals.api import Approval, number_of
from xiezuo.organisation.api import unit_names
from xiezuo.shared import clock
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.ui.asof import day_query
from xiezuo.ui.links import address
from xiezuo.ui.panels import Subject, panels_of
from xiezuo.ui.words import long_day
from xiezuo.zones.drawing import drawn_scheme
from xiezuo.zones.judged_words import counted
from xiezuo.zones.models import Plan
from xiezuo.zones.plans import policies
from xiezuo.zones.plans.pages import by, plan_shown
from xiezuo.zones.plans.shown import (
    BESIDE,
    difference_shown,
    differing_table,
    open_table,
    plan_cards,
    plan_lanes,
    rail,
    reaches_table,
    rules_shown,
    standing_of_plan,
    steps_of,
)
from xiezuo.zones.plans.standing import PlanStanding
from xiezuo.zones.plans.told import difference_words
from xiezuo.zones.plans.worth_shown import balance_table, terms_table
from xiezuo.zones.queries import plans as found_plans
from xiezuo.zones.queries.plans import PlanPage
from xiezuo.zones.queries.schemes import known_on, scheme_on
from xiezuo.zones.queries.weighing import against_application
from xiezuo.zones.queries.workshop import Workshop, workshop
from xiezuo.zones.states import PlanStage
from xiezuo.zones.views import tabs_of

UNDER_WAY = (PlanStage.DRAFT, PlanStage.CONSULTATION, PlanStage.REVIEW)


@require_safe
@never_cache
def plans(request: HttpRequest) -> HttpResponse:
    """The plans on a time line and as cards, as far as the reader may see them."""
    commission = request.commission
    rows = found_plans.plans_of(commission)
    reigns = found_plans.timeline(commission)
    standings = found_plans.standings(commission, rows, request.day)
    may_not = policies.may_draw(by(request), commission.pk)
    context = {
        "page_title": _("Plans of the zones"), "tabs": tabs_of(request, "zones:plans"), "lanes": plan_lanes(request, rows, standings, reigns),
        "groups": plan_cards(request, rows, standings, reigns, found_plans.consulted_units(rows)), "may_draw": not may_not,
        "may_enter": not policies.may_enter(by(request), commission.pk), "begin_href": address(request, "zones:begin-plan"),
        "guided": [] if may_not else _guided(request), "file_href": address(request, "zones:file-plan"), "several": len(rows) > 0,
        "compare_href": address(request, "zones:compare-plans"), "drift": _drift(request),
    }  # fmt: skip
    return render(request, "zones/plans/list.html", context)


def _guided(request: HttpRequest) -> list[tuple[Any, str]]:
    acts = ((_("Merge zones"), "merge"), (_("Split a zone"), "split"), (_("Transfer units"), "transfer"))
    return [(words, address(request, f"zones:{act}-plan")) for words, act in acts]


def _drift(request: HttpRequest) -> tuple[str, str, list[str]] | None:
    """What the ledger of the day says otherwise than the plan in force."""
    told = found_plans.drift(request.commission, request.day)
    if told is None:
        return None
    plan, changes = told
    scheme = scheme_on(request.commission, request.day)
    known = known_on(request.commission, request.day, (scheme, found_plans.scheme_of(plan)))
    return plan.name, address(request, "zones:plan", plan.pk), difference_words(changes, scheme, known)


@require_safe
@never_cache
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: where it stands, what may be done and why not, its rules, what changes and what follows from it."""
    shown, actor = plan_shown(request, pk), by(request)
    page = found_plans.plan_page(shown, request.day)
    shop = workshop(shown.commission, page.scheme, page.before, shown.starts)
    context = {
        "page_title": shown.name, "tabs": tabs_of(request, "zones:plans"), "plan": shown, "state": standing_of_plan(page.standing),
        "rail": rail(shown, page.standing), "steps": steps_of(request, actor, page, _against_applying(page)), "facts": _facts(request, page),
        "speaks": _speaks(actor, page), "approval": _approval_shown(shown), "history": _history(shown),
        "changed": page.changes.changed_zone, "count": found_plans.counted(page.opinions), "asked": page.consultations,
        "map_href": address(request, "zones:plan-map", pk), "proposals_href": _proposals(request, actor, shown),
        "compare_href": address(request, "zones:compare-plans", before=f"day:{request.day.isoformat()}", after=f"plan:{pk}"),
    }  # fmt: skip
    return render(
        request, "zones/plans/plan.html", context | _judged(request, shop) | _following(request, page)
    )


def _judged(request: HttpRequest, shop: Workshop) -> dict[str, Any]:
    """What the rules and the county's weights say of it."""
    return {
        "rules": rules_shown(request, shop.judged, shop.scheme, shop.known), "rule_count": counted(shop.judged),
        "differing": differing_table(request, shop.judged, shop.scheme, shop.known),
        "balance": balance_table(shop.scheme, shop.valued, shop.ground.facts),
        "terms": terms_table(shop.valued_before, shop.valued, _("Before"), _("As planned")),
        "difference": difference_shown(shop.before, shop.scheme, shop.known, _("Before"), _("As planned")),
        "levels": levels(shop),
    }  # fmt: skip


def levels(shop: Workshop) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Both levels to be read: first-level zone, its leaders, and of each zone under it name, leaders and units."""
    scheme, known = shop.scheme, shop.known

    def people(code: str) -> str:
        return listed(map(known.person, scheme.leaders_of(code)))

    def units(code: str) -> str:
        return listed(
            f"{known.unit(each.unit)}（{each.role}）" if each.role != "成员" else known.unit(each.unit)
            for each in scheme.in_order().members_of(code)
        )

    return [
        (first.name, people(first.code), [(each.name, people(each.code), units(each.code)) for each in scheme.under(first.code)])
        for first in scheme.at_level("一级")
    ]  # fmt: skip


def _following(request: HttpRequest, page: PlanPage) -> dict[str, Any]:
    """What follows on the first day: rights, open matters, rooms. Of what has happened nothing follows any more."""
    if page.standing not in _STILL_AHEAD:
        return {}
    found = found_plans.effects(page.plan)
    panels = panels_of(request, Subject("zone_plan", page.plan.pk, found.moved))
    return {
        "reaches": reaches_table(request, found), "open": open_table(request, found), "panels": [each for each in panels if each.body],
        "follows": True,
    }  # fmt: skip


_STILL_AHEAD = (PlanStanding.DRAFT, PlanStanding.CONSULTATION, PlanStanding.REVIEW, PlanStanding.AHEAD)


def _against_applying(page: PlanPage) -> Sequence[Reason]:
    """What stands against applying, with the eyes of the product, as the operation asks it; stage first."""
    if page.plan.stage not in UNDER_WAY:
        return []
    stage = list(policies.against_asked(page.plan, "-"))
    with as_the_product():
        return [*stage, *against_application(page.plan, clock.today())] if not page.plan.waits else stage


def _facts(request: HttpRequest, page: PlanPage) -> list[tuple[Any, Any]]:
    plan, asked = page.plan, page.plan.stage in (PlanStage.REVIEW, PlanStage.DECIDED)
    unit = unit_names([plan.unit_id], request.day).get(plan.unit_id, "") if plan.unit_id else ""
    return [
        (_("Number"), plan.number), (_("Kind"), plan.get_kind_display()), (_("First day"), long_day(plan.starts)), (pgettext("plan", "Why"), plan.why),
        (_("Drafted by"), unit), (pgettext("plan", "Decided on"), plan.decided_on), (_("Meeting"), plan.asked_meeting if asked else ""),
        (_("Document number"), plan.asked_document_no if asked else ""), (_("Basis"), plan.asked_basis if asked else ""),
        (_("Entered"), _("later, from the decision as it was taken") if plan.filed else ""), (_("Given up because"), plan.dropped_because),
    ]  # fmt: skip


def _speaks(actor: Actor, page: PlanPage) -> bool:
    """Whether the reader may give an opinion now, for a unit or from paper."""
    plan = page.plan
    if plan.stage != PlanStage.CONSULTATION:
        return False
    open_ones = [row.unit_id for row in page.consultations if row.answered_on is None]
    if open_ones and not policies.may_enter(actor, plan.commission_id):
        return True
    return any(not policies.may_speak(actor, plan.commission_id, each, on_paper=False) for each in open_ones)


def _approval_shown(plan: Plan) -> tuple[str, int] | None:
    """The number of the last application, for who may see it."""
    row = (
        Approval.objects.filter(pk=plan.approval).select_related("commission").first()
        if plan.approval
        else None
    )
    return (number_of(row), row.pk) if row else None


def _history(plan: Plan) -> list[tuple[str, str]]:
    """Days of the plan, one after the other; of a decision that was entered later only what was decided."""
    days = [
        (None if plan.filed else plan.begun_at.date(), _("begun by %(name)s") % {"name": shown_actor(plan.begun_by)}),
        (plan.consulted_on, _("units asked")), (plan.decided_on, _("decided")),
        (plan.starts if plan.stage == PlanStage.DECIDED else None, _("first day")),
    ]  # fmt: skip
    return [(long_day(day), words) for day, words in days if day is not None]


def _proposals(request: HttpRequest, actor: Actor, plan: Plan) -> str:
    """Where proposals for the plan are asked for, for who draws zones."""
    if policies.may_draw(actor, plan.commission_id) or policies.against_saving(plan):
        return ""
    try:
        return address(request, "zones:proposals", plan=str(plan.pk))
    except NoReverseMatch:
        return ""


@require_safe
@never_cache
def plan_map(request: HttpRequest, pk: int) -> HttpResponse:
    """The map of a plan beside that of what stands without it."""
    shown = plan_shown(request, pk)
    before, after, changes = found_plans.compared(shown)
    known = known_on(shown.commission, shown.starts, (before, after))
    query = day_query(request)
    maps = [
        (words, drawn_scheme(shown.commission, scheme, shown.starts, query, beside=(before, after), title=words, name=name, sheet=BESIDE))
        for words, scheme, name in ((_("Without the plan"), before, "map-before"), (_("As planned"), after, "map-after"))
    ]  # fmt: skip
    context = {
        "page_title": _("Map: %(name)s") % {"name": shown.name}, "tabs": tabs_of(request, "zones:plans"), "maps": maps,
        "changes": difference_words(changes, after, known), "plan_href": address(request, "zones:plan", pk),
    }  # fmt: skip
    return render(request, "zones/plans/map.html", context)
