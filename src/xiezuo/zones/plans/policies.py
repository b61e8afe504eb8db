"""Who may do what with a zone plan, and what stands against it. An empty list means yes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, may
from xiezuo.rules.states import Outcome
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import clauses, listed
from xiezuo.zones.scheme import FIRST, HELPER, ROLES, SECOND, PlannedZone, Scheme
from xiezuo.zones.states import PLAN_MOVES, Level, PlanStage, PlanVerb, ZoneKind

if TYPE_CHECKING:
    from xiezuo.zones.models import Plan, PlanConsultation, PlanOpinion

CHANGED = "plan-moved-on"
DRAFTED = (PlanStage.DRAFT, PlanStage.CONSULTATION)
"""Stages in which nothing was applied for yet."""


def may_draw(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may draft zone plans of the commission and take them through consultation and decision."""
    return may(actor, Ability.DRAW_ZONES, commission=commission)


def may_enter(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may enter what came on paper, and plans that were decided before."""
    return may(actor, Ability.KEEP_LEDGER, commission=commission)


def may_speak(actor: Actor, commission: int, unit: int, *, on_paper: bool) -> list[Reason]:
    """Whether `actor` may give the opinion of a unit: as its head, or as who enters what it said on paper."""
    if on_paper:
        return may_enter(actor, commission)
    return may(actor, Ability.SPEAK_FOR_UNIT, commission=commission, unit=unit)


def against_verb(plan: "Plan", verb: PlanVerb) -> list[Reason]:
    """Whether the verb can be done in the stage of the plan at all."""
    if (verb, PlanStage(plan.stage)) in PLAN_MOVES:
        return []
    words = _("“%(verb)s” cannot be done: this plan is “%(stage)s”.")
    return [Reason("wrong-stage", words % {"verb": verb.label, "stage": PlanStage(plan.stage).label})]


def against_saving(plan: "Plan") -> list[Reason]:
    """Whether the content of a plan can be changed now; a returned one is open to be mended."""
    if plan.frozen:
        return [Reason("frozen", _("Signers are reading this plan, so it cannot be changed; they can return it."))]  # fmt: skip
    if plan.stage in (*DRAFTED, PlanStage.REVIEW):
        return []
    words = _("This plan is “%(stage)s”; it no longer changes. Begin another plan from it instead.")
    return [Reason("settled", words % {"stage": PlanStage(plan.stage).label})]


def changed_meanwhile(by: str, changes: Sequence[str]) -> Reason:
    """Somebody else saved the plan since it was read; `changes` say what they changed."""
    words = _("%(who)s changed this plan meanwhile: %(changes)s. Nothing of yours was saved; take over what is missing and save again.")  # fmt: skip
    told = clauses(changes) or _("its description")
    return Reason(CHANGED, words % {"who": by or _("Somebody else"), "changes": told})


def against_content(scheme: Scheme) -> list[Reason]:
    """What no plan can say, whatever the rules: zones, roles and levels that make no sense. A draft may break any rule."""
    return [*_against_zones(scheme), *_against_members(scheme), *_against_leaders(scheme)]


def _against_zones(scheme: Scheme) -> list[Reason]:
    found = [_zone_reason(_("The code “%(code)s” stands twice; expected one zone for each code."), zone)
             for number, zone in enumerate(scheme.zones) if zone.code in {each.code for each in scheme.zones[:number]}]  # fmt: skip
    for zone in scheme.zones:
        found += _against_zone(zone, scheme)
    return found


def _against_zone(zone: PlannedZone, scheme: Scheme) -> list[Reason]:
    if not zone.code.strip() or not zone.name.strip():
        return [_zone_reason(_("Zone “%(code)s” has no code or no name; expected both."), zone)]
    if zone.level not in Level.values or zone.kind not in ZoneKind.values:
        return [_zone_reason(_("Zone “%(code)s” has an unknown level or kind."), zone)]
    if zone.level == FIRST and (zone.kind or zone.parent):
        return [
            _zone_reason(_("“%(name)s” is a first-level zone; expected no kind and no zone above it."), zone)
        ]
    above = scheme.zone(zone.parent) if zone.parent else None
    if zone.parent and (above is None or above.level != FIRST):
        return [_zone_reason(_("“%(name)s” stands under “%(parent)s”, which is no first-level zone of this plan."), zone)]  # fmt: skip
    return []


def _zone_reason(words: str, zone: PlannedZone) -> Reason:
    return Reason("zone", words % {"code": zone.code, "name": zone.name, "parent": zone.parent})


def _against_members(scheme: Scheme) -> list[Reason]:
    codes = {zone.code for zone in scheme.zones}
    found = []
    if strange := sorted({each.zone for each in scheme.members if each.zone not in codes}):
        found.append(Reason("member", _("Members of zones that are not in the plan: %(codes)s.") % {"codes": listed(strange)}))  # fmt: skip
    if unknown := sorted({each.role for each in scheme.members if each.role not in ROLES}):
        found.append(Reason("member", _("Unknown roles: %(roles)s; expected one of %(known)s.") % {"roles": listed(unknown), "known": listed(ROLES)}))  # fmt: skip
    if len(set(scheme.members)) != len(scheme.members):
        found.append(Reason("member", _("A unit stands twice in one zone in the same role; expected once.")))
    return found


def _against_leaders(scheme: Scheme) -> list[Reason]:
    codes = {zone.code for zone in scheme.zones}
    found = []
    if strange := sorted({each.zone for each in scheme.leaders if each.zone not in codes}):
        found.append(Reason("leader", _("Leaders of zones that are not in the plan: %(codes)s.") % {"codes": listed(strange)}))  # fmt: skip
    if len(set(scheme.leaders)) != len(scheme.leaders):
        found.append(Reason("leader", _("Somebody leads one zone twice; expected once.")))
    return found


def against_starting(name: str, starts: date, today: date) -> list[Reason]:
    """What stands against beginning or describing a plan so: a draft is for today or a later day."""
    found = [] if name.strip() else [Reason("name", _("The plan has no name; expected a few words."))]
    if starts < today:
        words = _("The first day %(day)s has passed; expected %(today)s or a later day.")
        found.append(Reason("starts", words % {"day": starts, "today": today}))
    return found


def against_asking(plan: "Plan", units: Sequence[int], last_day: date, today: date) -> list[Reason]:
    """What stands against asking units for their opinion."""
    found = against_verb(plan, PlanVerb.CONSULT)
    if not plan.content.get("zones"):
        found.append(Reason("content", _("There is no zone yet on which a unit could give its opinion.")))
    if not units:
        found.append(Reason("units", _("No unit is chosen; choose at least one.")))
    if last_day < today:
        words = _("%(day)s has passed; expected today or a later day.")
        found.append(Reason("last_day", words % {"day": last_day}))
    return found


def against_opinion(plan: "Plan", asked: "PlanConsultation | None") -> list[Reason]:
    """What stands against an opinion of a unit now; `asked` is its consultation."""
    if asked is None:
        return [Reason("not-asked", _("This unit was not asked for its opinion."))]
    if plan.stage != PlanStage.CONSULTATION:
        words = _("The consultation is over: this plan is “%(stage)s”.")
        return [Reason("over", words % {"stage": PlanStage(plan.stage).label})]
    if asked.answered_on is not None:
        words = _("This unit closed its answer on %(day)s.")
        return [Reason("answered", words % {"day": asked.answered_on})]
    return []


def against_settling(plan: "Plan", outcome: str, reason: str) -> list[Reason]:
    """What stands against settling an opinion so."""
    found = against_saving(plan)
    if outcome not in (Outcome.ADOPTED, Outcome.PARTLY, Outcome.NOT_ADOPTED):
        found.append(Reason("outcome", _("Say what becomes of the opinion: adopted, in part, or not.")))
    elif outcome != Outcome.ADOPTED and not reason.strip():
        found.append(Reason("reason", _("An opinion that is not adopted as it stands needs a reason.")))
    return found


def against_consultation(
    asked: "Iterable[PlanConsultation]", opinions: "Iterable[PlanOpinion]", today: date
) -> list[Reason]:
    """What the consultation still lacks before a plan can be decided."""
    rows, found = list(asked), []
    if not rows:
        found.append(Reason("not-consulted", _("No unit was asked for its opinion yet.")))
    if open_ones := sum(each.answered_on is None and each.last_day >= today for each in rows):
        words = _("%(count)s units have not answered and their time has not passed.")
        found.append(Reason("unanswered", words % {"count": open_ones}))
    if unsettled := sum(each.outcome == Outcome.OPEN for each in opinions):
        words = _("%(count)s opinions are not settled yet.")
        found.append(Reason("unsettled", words % {"count": unsettled}))
    return found


def against_first_day(
    starts: date, last: "Plan | None", today: date, *, deciding: bool = False
) -> list[Reason]:
    """What stands against a plan's first day. It is applied for ahead, so that there is time to decide and to prepare;
    it is decided for today or later; and it follows the plan that it replaces, `last`."""
    if starts < today or (starts == today and not deciding):
        words = _("First day %(day)s: expected a day after today (%(today)s).") if not deciding else _("First day %(day)s: it has passed; expected today (%(today)s) or a later day. Return the plan for another day.")  # fmt: skip
        return [Reason("starts", words % {"day": starts, "today": today})]
    return against_replacing(starts, last)


def against_replacing(starts: date, last: "Plan | None") -> list[Reason]:
    """A plan begins after the one that it replaces has begun, or that one would never have held."""
    if last is None or last.starts < starts:
        return []
    words = _("First day %(day)s: it lies before or on that of the plan it replaces, “%(name)s” (no. %(number)s), which holds from %(starts)s; expected a later day.")  # fmt: skip
    told = {"day": starts, "name": last.name, "number": last.number, "starts": last.starts}
    return [Reason("before-replaced", words % told)]


def against_asked(plan: "Plan", meeting: str) -> list[Reason]:
    """What stands against applying with these particulars."""
    if plan.waits:
        return [Reason("under-way", _("A decision on this plan is under way already."))]
    found = against_verb(plan, PlanVerb.APPLY)
    if not meeting.strip():
        found.append(Reason("meeting", _("Which meeting decides? Expected its name, such as 县纪委常委会.")))
    return found


def against_dropping(plan: "Plan", reason: str) -> list[Reason]:
    """What stands against giving a plan up."""
    found = against_verb(plan, PlanVerb.DROP)
    return found if reason.strip() else [*found, Reason("reason", _("Say why the plan is given up."))]


def against_merging(scheme: Scheme, codes: Sequence[str], into: PlannedZone) -> list[Reason]:
    """What stands against merging these zones into that one."""
    found = [scheme.zone(code) for code in dict.fromkeys(codes)]
    levels = {zone.level for zone in found if zone is not None}
    if len(found) < 2 or None in found or levels != {into.level}:
        return [Reason("zones", _("Choose at least two zones of one level to be merged."))]
    if scheme.zone(into.code) is not None and into.code not in codes:
        return [Reason("code", _("The code %(code)s belongs to another zone.") % {"code": into.code})]
    return _against_zone(into, scheme)


def against_splitting(scheme: Scheme, code: str, new: PlannedZone, units: Sequence[int]) -> list[Reason]:
    """What stands against splitting these units off a zone."""
    old = scheme.zone(code)
    if old is None:
        return [Reason("zone", _("There is no zone %(code)s in this plan.") % {"code": code})]
    if scheme.zone(new.code) is not None:
        return [Reason("code", _("The code %(code)s belongs to another zone.") % {"code": new.code})]
    here = {each.unit for each in scheme.members_of(code) if each.role != HELPER}
    if old.level == SECOND and (not set(units) & here or not here - set(units)):
        return [
            Reason("units", _("Choose some units of %(name)s, and leave some in it.") % {"name": old.name})
        ]
    return _against_zone(new, scheme)


def against_transferring(scheme: Scheme, units: Sequence[int], zone: str) -> list[Reason]:
    """What stands against transferring these units to that zone."""
    if scheme.zone(zone) is None:
        return [Reason("zone", _("There is no zone %(code)s in this plan.") % {"code": zone})]
    if not units:
        return [Reason("units", _("No unit is chosen; choose at least one."))]
    return []
