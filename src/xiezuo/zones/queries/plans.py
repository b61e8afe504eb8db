"""Questions about zone plans: which there are, which one holds on a day, what each changes, and what follows from it.

What is asked here shows what the database shows the reader: drafts to whoever draws zones, to the units asked and to
whoever signs; decided plans to everybody of the commission.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from xiezuo.approvals.api import Approval, under_way
from xiezuo.organisation.api import Commission
from xiezuo.rules.states import Outcome
from xiezuo.shared.errors import NotThere
from xiezuo.zones.models import Plan, PlanConsultation, PlanOpinion, PlanVersion, Zone
from xiezuo.zones.plans.standing import PlanStanding, Reign, reigns, standing_of
from xiezuo.zones.queries.schemes import Known, known_on, scheme_on
from xiezuo.zones.scheme import FIRST, HELPER, SECOND, Scheme, SchemeDifference, difference
from xiezuo.zones.states import PlanStage

UNDER_WAY = (PlanStage.DRAFT, PlanStage.CONSULTATION, PlanStage.REVIEW)


def plans_of(commission: Commission) -> list[Plan]:
    """Every plan that the reader may see, the latest first day first, then the latest begun. One query."""
    found = Plan.objects.filter(commission=commission).select_related("commission", "unit")
    return list(found.order_by("-starts", "-number"))


def plan_of(number: int) -> Plan:
    """A plan by its number in the tables. Raises `NotThere` for one that is not there or not for the reader."""
    found = Plan.objects.filter(pk=number).select_related("commission", "unit").first()
    if found is None:
        raise NotThere(_("There is no such zone plan, or it is not for you."))
    return found


def scheme_of(plan: Plan) -> Scheme:
    """What a plan says."""
    return Scheme.from_json(plan.content)


def earlier_scheme(plan: Plan, version: int) -> Scheme | None:
    """What a plan said in one of its versions, for whoever draws zones. One query."""
    found = PlanVersion.objects.filter(plan=plan, version=version).first()
    return Scheme.from_json(found.content) if found else None


def decided(commission: Commission) -> list[Plan]:
    """The decided plans by their first day. One query."""
    return list(Plan.objects.filter(commission=commission, stage=PlanStage.DECIDED).order_by("starts"))


def timeline(commission: Commission) -> list[Reign]:
    """Which plan holds on which days, without a gap from the first plan on. One query."""
    return reigns(decided(commission))


def plans_by_first_day(commission: Commission) -> dict[date, Plan]:
    """The decided plans by their first day: a fact of the zones that begins or ends on it was decided by that plan. One
    query."""
    return {plan.starts: plan for plan in decided(commission)}


def plan_in_force(commission: Commission, day: date) -> Plan | None:
    """The plan that answers for a day: none before the first plan, exactly one from its first day on. One query."""
    found = Plan.objects.filter(commission=commission, stage=PlanStage.DECIDED, starts__lte=day)
    return found.order_by("-starts").first()


def last_decided(commission: Commission) -> Plan | None:
    """The decided plan with the latest first day: the one that another plan would replace. One query."""
    found = Plan.objects.filter(commission=commission, stage=PlanStage.DECIDED)
    return found.order_by("-starts").first()


def standings(commission: Commission, plans: Iterable[Plan], on: date) -> dict[int, PlanStanding]:
    """The word for each plan on a day. One query."""
    found = timeline(commission)
    return {plan.pk: standing_of(plan, found, on) for plan in plans}


def before_of(plan: Plan) -> Scheme:
    """The ledger on the plan's first day as it would be without it. Four queries.

    Of a decided plan, which is part of the ledger, that is the ledger of the day before.
    """
    day = plan.starts - timedelta(days=1) if plan.stage == PlanStage.DECIDED else plan.starts
    return scheme_on(plan.commission, day)


def compared(plan: Plan) -> tuple[Scheme, Scheme, SchemeDifference]:
    """What stands without the plan, what it says, and what it changes. Four queries."""
    before, after = before_of(plan), scheme_of(plan)
    return before, after, difference(before, after)


def units_concerned(before: Scheme, after: Scheme) -> list[int]:
    """Units whose zone, role, first-level zone or leader changes: those that are asked by default. Sorted by number."""
    units = {each.unit for each in (*before.members, *after.members)}
    return sorted(unit for unit in units if _stands(before, unit) != _stands(after, unit))


def _stands(scheme: Scheme, unit: int) -> frozenset[tuple[str, str, str, frozenset[int]]]:
    """Everything that a unit knows of its place: zone, role, the zone above it, and who leads both."""
    places = []
    for member in (each for each in scheme.members if each.unit == unit):
        zone = scheme.zone(member.zone)
        parent = zone.parent if zone else ""
        leaders = frozenset({*scheme.leaders_of(member.zone), *scheme.leaders_of(parent)})
        places.append((member.zone, member.role, parent, leaders))
    return frozenset(places)


def people_concerned(before: Scheme, after: Scheme) -> list[int]:
    """Whoever begins or ends to lead a zone, or gains or loses units in what they lead. Sorted by number."""
    handed = {
        person for each in difference(before, after).handed for person in {*each.before} ^ {*each.after}
    }
    return sorted(handed | {each.person for each in reaches(before, after)})


def consultations_of(plan: Plan) -> list[PlanConsultation]:
    """The units that were asked, as far as the reader may see them, in the order in which they were. One query."""
    return list(PlanConsultation.objects.filter(plan=plan).order_by("opened_on", "pk"))


def consultation_of(plan: Plan, unit: int) -> PlanConsultation | None:
    """That a unit was asked. One query."""
    return PlanConsultation.objects.filter(plan=plan, unit=unit).first()


def opinions_of(plan: Plan) -> list[PlanOpinion]:
    """The opinions that the reader may see: on the whole first, then zone by zone as given. One query."""
    return list(PlanOpinion.objects.filter(plan=plan).order_by("zone", "pk"))


@dataclass(frozen=True)
class OpinionCount:
    """How many opinions there are and what became of them."""

    given: int
    adopted: int
    partly: int
    not_adopted: int

    @property
    def open(self) -> int:
        """Those not settled yet."""
        return self.given - self.adopted - self.partly - self.not_adopted


def counted(opinions: Iterable[PlanOpinion]) -> OpinionCount:
    """Opinions by what became of them."""
    rows = [each.outcome for each in opinions]
    return OpinionCount(len(rows), *(rows.count(each) for each in (Outcome.ADOPTED, Outcome.PARTLY, Outcome.NOT_ADOPTED)))  # fmt: skip


@dataclass(frozen=True)
class UnitAsked:
    """One unit in the overview of a consultation: when it was asked and answered, and what it said."""

    row: PlanConsultation
    opinions: tuple[PlanOpinion, ...]


def overview(plan: Plan) -> list[UnitAsked]:
    """The overview of a consultation, as far as the reader may see it. Two queries."""
    opinions = opinions_of(plan)
    return [UnitAsked(row, tuple(each for each in opinions if each.unit_id == row.unit_id)) for row in consultations_of(plan)]  # fmt: skip


@dataclass(frozen=True)
class PlanPage:
    """Everything the page of a plan shows: what it changes and how far its consultation is."""

    plan: Plan
    before: Scheme
    scheme: Scheme
    changes: SchemeDifference
    known: Known
    concerned: tuple[int, ...]
    consultations: tuple[PlanConsultation, ...]
    opinions: tuple[PlanOpinion, ...]
    standing: PlanStanding


def plan_page(plan: Plan, on: date) -> PlanPage:
    """What the page of a plan shows on a day. Nine queries."""
    before, after, changes = compared(plan)
    return PlanPage(
        plan, before, after, changes, known_on(plan.commission, plan.starts, (before, after)),
        tuple(units_concerned(before, after)), tuple(consultations_of(plan)), tuple(opinions_of(plan)),
        standings(plan.commission, [plan], on)[plan.pk],
    )  # fmt: skip


def drift(commission: Commission, on: date) -> tuple[Plan, SchemeDifference] | None:
    """What the ledger of a day says otherwise than the plan in force, by single facts entered since; None if nothing,
    or if no plan holds. Five queries."""
    plan = plan_in_force(commission, on)
    found = difference(scheme_of(plan), scheme_on(commission, on)) if plan else None
    return (plan, found) if plan and found else None


def codes_known(commission: Commission) -> list[str]:
    """The codes of all zones that ever were, in order: none of them is given to another zone. One query."""
    return list(Zone.objects.filter(commission=commission).order_by("code").values_list("code", flat=True))


@dataclass(frozen=True)
class Reach:
    """One leader with the units over which they gain and lose the rights of a leader of zones."""

    person: int
    gains: tuple[int, ...]
    loses: tuple[int, ...]


@dataclass(frozen=True)
class Effects:
    """What follows from a plan on its first day `starts`: units that move, whose rights change, what lies open.

    `approvals` are open applications of units that change zone or whose zone closes, as far as the reader may see them.
    """

    starts: date
    moved: tuple[int, ...]
    reaches: tuple[Reach, ...]
    approvals: tuple[Approval, ...]
    known: Known


def effects(plan: Plan) -> Effects:
    """What follows from a plan. Seven queries."""
    before, after, changes = compared(plan)
    moved = _moved(before, changes)
    open_ones = under_way(plan.commission_id).filter(unit__in=moved).order_by("unit", "pk")
    return Effects(
        plan.starts, moved, tuple(reaches(before, after)), tuple(open_ones),
        known_on(plan.commission, plan.starts, (before, after)),
    )  # fmt: skip


def _moved(before: Scheme, changes: SchemeDifference) -> tuple[int, ...]:
    """Units that come into another zone, or whose zone is no more."""
    closed = {zone.code for zone in changes.closed}
    left = (each.unit for each in before.members if each.zone in closed and each.role != HELPER)
    return tuple(sorted({*changes.changed_zone, *left}))


def reaches(before: Scheme, after: Scheme) -> list[Reach]:
    """Whose reach changes, by the number of the person. As `holdings` gives rights: over the members of the
    second-level zones that somebody leads, or that stand under a first-level zone of theirs."""
    was, will = _reach(before), _reach(after)
    found = [
        Reach(person, _less(will, was, person), _less(was, will, person)) for person in sorted({*was, *will})
    ]
    return [each for each in found if each.gains or each.loses]


def _less(one: Mapping[int, set[int]], other: Mapping[int, set[int]], person: int) -> tuple[int, ...]:
    return tuple(sorted(one.get(person, set()) - other.get(person, set())))


def _reach(scheme: Scheme) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for leader in scheme.leaders:
        found.setdefault(leader.person, set()).update(_led(scheme, leader.zone))
    return found


def _led(scheme: Scheme, code: str) -> set[int]:
    zone = scheme.zone(code)
    codes = [code] if zone and zone.level == SECOND else [each.code for each in scheme.under(code)]
    return {each.unit for each in scheme.members if each.zone in codes}


def first_level_of(scheme: Scheme, unit: int) -> str:
    """The code of the first-level zone in which a unit stands, by its second-level zone or by itself; empty if none."""
    own = next((each.zone for each in scheme.places(unit, FIRST)), "")
    place = scheme.place(unit)
    zone = scheme.zone(place.zone) if place else None
    return own or (zone.parent if zone else "")


def consulted_units(plans: Sequence[Plan]) -> dict[int, int]:
    """How many units were asked on each plan, as far as the reader may see. One query."""
    rows = PlanConsultation.objects.filter(plan__in=plans).values_list("plan", flat=True)
    found: dict[int, int] = {}
    for plan in rows:
        found[plan] = found.get(plan, 0) + 1
    return found
