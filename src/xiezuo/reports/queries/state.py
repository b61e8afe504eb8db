"""The state of counties on a day, for templates: one question a kind of thing, however many counties.

Rows come in official order (排序号, then the order of the book).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from xiezuo.directives.models import Directive as DirectiveRow
from xiezuo.directives.models import Meeting as MeetingRow
from xiezuo.directives.models import PlanItem as PlanRow
from xiezuo.figures.api import Asking
from xiezuo.organisation.models import Assignment, Commission, UnitRecord
from xiezuo.organisation.states import HEAD, LENT, Engagement, UnitKind
from xiezuo.reports.county import (
    County,
    Directive,
    Meeting,
    PlanItem,
    Regulation,
    Site,
    State,
    Unit,
    Works,
    Zone,
)
from xiezuo.reports.language.marks import without_marks
from xiezuo.reports.language.values import Traced
from xiezuo.reports.language.words import near
from xiezuo.rules.models import RegulationRecord
from xiezuo.rules.states import RegulationStatus
from xiezuo.shared.ledger import LedgerQuerySet, LedgerRow
from xiezuo.shared.periods import OPEN
from xiezuo.sites.models import SiteRecord
from xiezuo.sites.models import Works as WorksRow
from xiezuo.zones.models import ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.states import Level, Role

OFFICIAL = (F("order_no").asc(nulls_last=True), "position", "id")
STAGES = {
    RegulationStatus.DRAFT: "正在起草",
    RegulationStatus.CONSULTATION: "正在征求意见",
    RegulationStatus.REVIEW: "正在审核",
    RegulationStatus.TRIAL: "正在试行",
    RegulationStatus.IN_FORCE: "已施行",
}
ZONED_KINDS = (
    UnitKind.SUPERVISION_OFFICE, UnitKind.INVESTIGATION_OFFICE, UnitKind.STATIONED_GROUP,
    UnitKind.TOWNSHIP_STATION, UnitKind.TOWNSHIP_COMMISSION,
)  # fmt: skip


def states_of(asking: Asking) -> dict[int, State]:
    """The state of every commission asked about. Ten questions in all."""
    states = counties_of(asking)
    names = _units(asking, states)
    _zones(asking, states, names)
    _regulations(asking, states)
    _sites(asking, states, names)
    _plan(asking, states, names)
    _demands(asking, states)
    return states


def counties_of(asking: Asking) -> dict[int, State]:
    """The commissions asked about, with nothing of their state yet. One question."""
    found = Commission.objects.filter(pk__in=asking.commissions).select_related("parent")
    return {commission.pk: State(_county(commission)) for commission in found}


def _county(commission: Commission) -> County:
    above = commission.parent.name if commission.parent else ""
    name, region, kind = map(without_marks, (commission.name, commission.region, commission.county_type))
    return County(name, region, kind, f"{kind}直", without_marks(above))


def _on(model: type[LedgerRow], asking: Asking) -> LedgerQuerySet:
    rows: LedgerQuerySet = model.objects.on(asking.on, asking.known)
    return rows.filter(commission_id__in=asking.commissions)


@dataclass
class _Staff:
    """People of one unit, by what is asked of them."""

    all: set[int] = field(default_factory=set)
    full_time: set[int] = field(default_factory=set)
    lent: set[int] = field(default_factory=set)
    headed: bool = False


def _staff(asking: Asking) -> Mapping[int, _Staff]:
    staff: defaultdict[int, _Staff] = defaultdict(_Staff)
    full_time, lent = Engagement.FULL_TIME.value, {status.value for status in LENT}
    rows = _on(Assignment, asking).values_list("unit_id", "person_id", "engagement", "status", "post")
    for unit, person, engagement, status, post in rows.iterator():
        here = staff[unit]
        here.all.add(person)
        if engagement == full_time:
            here.full_time.add(person)
        if status in lent:
            here.lent.add(person)
        if post == HEAD:
            here.headed = True
    return staff


def _units(asking: Asking, states: Mapping[int, State]) -> dict[int, str]:
    """Fills in the units; answers their names."""
    staff = _staff(asking)
    members = _on(ZoneMember, asking).filter(level=Level.SECOND).exclude(role=Role.HELPER)
    zoned = set(members.values_list("unit_id", flat=True))
    lent: defaultdict[int, set[int]] = defaultdict(set)
    names = {}
    rows = _on(UnitRecord, asking).order_by(*OFFICIAL).values_list("commission_id", "unit_id", "name", "kind")
    for commission, unit, name, kind in rows:
        names[unit] = without_marks(name)
        _take_unit(states[commission], _unit(names[unit], kind, staff[unit], zoned=unit in zoned))
        if kind == UnitKind.STATIONED_GROUP:
            lent[commission] |= staff[unit].lent
    for commission, people in lent.items():
        states[commission].lent_to_groups = len(people)
    return names


def _unit(name: str, kind: str, staff: _Staff, *, zoned: bool) -> Unit:
    people, full_time = len(staff.all), len(staff.full_time)
    if kind == UnitKind.TOWNSHIP_COMMISSION:
        people, full_time = Traced(people, "township.staff"), Traced(full_time, "township.full_time")
    if kind == UnitKind.STATIONED_GROUP:
        people = Traced(people, "stationed.staff")
    return Unit(name, kind, people, full_time, people - full_time, len(staff.lent), staff.headed, zoned)


def _take_unit(state: State, unit: Unit) -> None:
    if unit.kind in ZONED_KINDS:
        state.units.append(unit)
    if unit.kind == UnitKind.TOWNSHIP_COMMISSION:
        state.townships.append(unit)
    if unit.kind == UnitKind.STATIONED_GROUP:
        state.groups.append(unit)


def _zones(asking: Asking, states: Mapping[int, State], names: Mapping[int, str]) -> None:
    members: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    roles = _on(ZoneMember, asking).order_by("position", "id").values_list("zone_id", "role", "unit_id")
    for zone, role, unit in roles:
        members[zone, role].append(names.get(unit, ""))
    leaders: defaultdict[int, set[int]] = defaultdict(set)
    for zone, person in _on(ZoneLeader, asking).values_list("zone_id", "person_id"):
        leaders[zone].add(person)
    rows = _on(ZoneRecord, asking).order_by("level", "position", "id")
    for commission, zone, name, level, kind in rows.values_list(
        "commission_id", "zone_id", "name", "level", "kind"
    ):
        axis, leads, others = (
            "、".join(filter(None, members[zone, role])) for role in (Role.AXIS, Role.LEAD, Role.MEMBER)
        )
        made = Zone(without_marks(name), level, kind, axis, leads, others, len(leaders[zone]))
        states[commission].zones.append(made)


def _regulations(asking: Asking, states: Mapping[int, State]) -> None:
    days = ("in_force_on", "trial_on", "review_on", "consulted_on", "drafted_on")
    rows = _on(RegulationRecord, asking).order_by("position", "id")
    for commission, name, number, *reached in rows.values_list("commission_id", "name", "document_no", *days):
        status = _status(reached, asking.on)
        if status:
            words = without_marks(name), without_marks(number)
            states[commission].regulations.append(Regulation(*words, status.value, STAGES[status]))


def _status(reached: list[date | None], on: date) -> RegulationStatus | None:
    """The furthest stage reached on the day; `reached` holds the days of the stages, the furthest first."""
    stages = zip(reversed(STAGES), reached, strict=True)
    return next((stage for stage, day in stages if day is not None and day <= on), None)


def _sites(asking: Asking, states: Mapping[int, State], names: Mapping[int, str]) -> None:
    works = _works(asking)
    rows = _on(SiteRecord, asking).order_by("position", "id")
    fields = ("commission_id", "site_id", "name", "kind", "unit_id", "opened_on")
    for commission, site, name, kind, unit, opened in rows.values_list(*fields):
        contents, due = works.get(site, ([], None))
        words = without_marks(name), names.get(unit, ""), kind
        when = due, near(due, asking.on), due is not None and due < asking.on
        built = opened is not None and opened <= asking.on
        states[commission].sites.append(Site(*words, built, *when))
        if site in works:
            states[commission].works.append(Works(*words, without_marks("、".join(contents)), *when))


def _works(asking: Asking) -> dict[int, tuple[list[str], date]]:
    rows = _on(WorksRow, asking).order_by("due_on", "position", "id")
    return {
        site: (contents, due) for site, contents, due in rows.values_list("site_id", "contents", "due_on")
    }


def _plan(asking: Asking, states: Mapping[int, State], names: Mapping[int, str]) -> None:
    rows: LedgerQuerySet = PlanRow.objects.known(asking.known)
    begun = rows.filter(commission_id__in=asking.commissions, starts__gte=asking.first, starts__lte=asking.on)
    for row in begun.order_by("position", "starts", "id"):
        states[row.commission_id].plan.append(_plan_item(row, asking.on, names))


def _plan_item(row: Any, on: date, names: Mapping[int, str]) -> PlanItem:
    done = row.ends != OPEN and row.ends <= on
    day = row.ends if done else row.due_on
    name, category, aim, progress = map(without_marks, (row.name, row.category, row.aim, row.progress))
    overdue = not done and row.due_on is not None and row.due_on < on
    unit = names.get(row.unit_id, "")
    return PlanItem(name, category, aim, progress, unit, done, row.due_on, near(day, on), overdue)


def _demands(asking: Asking, states: Mapping[int, State]) -> None:
    demands = _on(DirectiveRow, asking).order_by("position", "starts", "id")
    for commission, name, source, number, day in demands.values_list(
        "commission_id", "name", "source", "document_no", "starts"
    ):
        demand = Directive(without_marks(name), without_marks(source), without_marks(number), day)
        states[commission].directives.append(demand)
    rows: LedgerQuerySet = MeetingRow.objects.known(asking.known)
    held = rows.filter(commission_id__in=asking.commissions, starts__gte=asking.first, starts__lte=asking.on)
    for row in held.order_by("starts", "position", "id"):
        attended = without_marks("、".join(row.attended_by))
        meeting = Meeting(without_marks(row.name), row.kind, row.starts, attended, len(row.units))
        states[row.commission_id].meetings.append(meeting)
