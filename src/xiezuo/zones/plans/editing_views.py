"""The editor of a plan: its board, and each act upon it, saved at once with the version that it was made from."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Reason, Refused, refuse_if
from xiezuo.ui.links import address
from xiezuo.zones.judged_words import counted
from xiezuo.zones.models import Plan
from xiezuo.zones.plans import operations, policies
from xiezuo.zones.plans.board_shown import Drawing, kind_choices, role_choices
from xiezuo.zones.plans.editing import Board, Sent, edited
from xiezuo.zones.plans.pages import by, plan_to_draw, take_part
from xiezuo.zones.plans.shown import difference_shown, rules_shown
from xiezuo.zones.plans.worth_shown import balance_table, terms_of
from xiezuo.zones.queries.plans import codes_known, earlier_scheme, plan_of
from xiezuo.zones.queries.workshop import Workshop, last_version, workshop_of
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.states import PlanStage
from xiezuo.zones.views import tabs_of

UNDO = "undo"


@dataclass(frozen=True)
class Again:
    """An act that was refused because the plan moved on, kept so that one button does it again."""

    words: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """What came of an act: the sentence said, where the focus goes, and what stands against it."""

    said: str = ""
    focus: str = ""
    reasons: tuple[Reason, ...] = ()
    again: Again | None = None
    status: int = 200


@take_part
@never_cache
def editor(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of a plan; what is posted to it is done at once."""
    plan = plan_to_draw(request, pk)
    if request.method == "POST":
        return _acted(request, plan)
    refuse_if(policies.against_saving(plan))
    return _page(request, plan, Told())


def _acted(request: HttpRequest, plan: Plan) -> HttpResponse:
    shop = workshop_of(plan)
    told = _done(request, plan, shop)
    if told.status == 200 and not request.headers.get("HX-Request"):
        messages.success(request, told.said)
        return HttpResponseRedirect(f"{address(request, 'zones:plan-editor', plan.pk)}#{told.focus}")
    return _page(request, plan_of(plan.pk), told)


def _done(request: HttpRequest, plan: Plan, shop: Workshop) -> Told:
    """Do what was sent; what stands against it is told on the board, with what was asked for kept."""
    sent = Sent(request.POST.dict(), dict(request.POST.lists()))
    verb, focus = sent.word("verb"), _focus(sent)
    try:
        said = _undo(request, plan, sent) if verb == UNDO else _save(request, plan, shop, sent)
    except Refused as refused:
        moved_on = any(each.code == policies.CHANGED for each in refused.reasons)
        again = _again(sent, shop, plan) if moved_on else None
        return Told(focus=focus, reasons=refused.reasons, again=again, status=refused.status)
    except BadInput as wrong:
        return Told(focus=focus, reasons=(Reason("input", str(wrong)),), status=422)
    return Told(said, focus)


def _save(request: HttpRequest, plan: Plan, shop: Workshop, sent: Sent) -> str:
    """Do the act upon the plan as it was seen: if it moved on since, the operation refuses and says what changed."""
    seen = sent.number("seen")
    earlier = shop.scheme if seen == plan.version else earlier_scheme(plan, seen)
    done = edited(sent.word("verb"), sent, _board(shop, plan, earlier))
    operations.save_plan(plan=plan, content=done.scheme, seen=seen, by=by(request), now=clock.now())
    unchanged = done.scheme.in_order() == (earlier or shop.scheme).in_order()
    return _("Nothing changes.") if unchanged else done.said


def _board(shop: Workshop, plan: Plan, scheme: Scheme | None = None) -> Board:
    return Board(scheme or shop.scheme, shop.before, shop.known, shop.leaders, codes_known(plan.commission))


def _undo(request: HttpRequest, plan: Plan, sent: Sent) -> str:
    """Take back one's own last change, as long as nobody changed the plan since."""
    seen = sent.number("seen")
    against = against_undoing(plan, by(request).name)
    if seen == plan.version:
        refuse_if(against)
    earlier = earlier_scheme(plan, seen - 1)
    if earlier is None:
        raise BadInput(_("There is nothing to be taken back."))
    operations.save_plan(plan=plan, content=earlier, seen=seen, by=by(request), now=clock.now())
    return _("The last change has been taken back.")


def against_undoing(plan: Plan, name: str) -> list[Reason]:
    """Whether somebody may take back the last change of a plan: their own, and there is one."""
    last = last_version(plan)
    if last is None or plan.version == 1:
        return [Reason("first", _("Nothing has been changed yet."))]
    if last.by != name:
        return [Reason("not-yours", _("The last change is not yours; change the plan instead."))]
    return []


def _again(sent: Sent, shop: Workshop, plan: Plan) -> Again | None:
    if sent.word("verb") == UNDO:
        return None
    kept = tuple(
        (name, value)
        for name, values in sent.several.items()
        for value in values
        if name not in ("seen", "csrfmiddlewaretoken")
    )
    try:
        said = edited(sent.word("verb"), sent, _board(shop, plan)).said
    except BadInput:
        return None
    return Again(said, kept)


def _focus(sent: Sent) -> str:
    """Where the reader was: the unit moved, or the zone changed."""
    unit, zone = sent.word("unit"), sent.word("zone")
    if unit.isascii() and unit.isdigit():
        return f"u{unit}"
    return f"z-{zone}" if zone.isascii() and zone.replace("-", "").isalnum() else "plan-board"


def _page(request: HttpRequest, plan: Plan, told: Told) -> HttpResponse:
    context = _context(request, plan, told)
    template = "zones/plans/_board.html" if request.headers.get("HX-Request") else "zones/plans/editor.html"
    return render(request, template, context, status=told.status)


def _context(request: HttpRequest, plan: Plan, told: Told) -> dict[str, Any]:
    shop = workshop_of(plan)
    county = request.commission.county_type
    drawing = Drawing(shop.scheme, shop.before, shop.known, shop.judged, county, shop.leaders)
    rules = rules_shown(request, shop.judged, shop.scheme, shop.known)
    return {
        "page_title": _("Edit: %(name)s") % {"name": plan.name}, "tabs": tabs_of(request, "zones:plans"), "plan": plan, "told": told,
        "cards": drawing.cards(), "outside": drawing.outside(), "zone_choices": drawing.zone_choices(), "roles": role_choices(),
        "kinds": kind_choices(county), "parents": drawing.parents(), "here": address(request, "zones:plan-editor", plan.pk),
        "plan_href": address(request, "zones:plan", plan.pk), "count": counted(shop.judged),
        "broken": [each for each in rules if each.told], "balance": balance_table(shop.scheme, shop.valued, shop.ground.facts),
        "terms": terms_of(shop.valued_before, shop.valued), "cost": round(shop.valued.cost - shop.valued_before.cost, 1),
        "difference": difference_shown(shop.before, shop.scheme, shop.known, _("Today"), _("As planned")),
        "may_not_undo": against_undoing(plan, by(request).name), "consulting": plan.stage == PlanStage.CONSULTATION,
    }  # fmt: skip
