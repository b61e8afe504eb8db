"""Zones on a day: list, matrix, leaders' spans."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from xiezuo.figures.api import counting
from xiezuo.organisation.api import Sight, official_key, person_names, sight_in
from xiezuo.organisation.models import Assignment, Commission, UnitRecord
from xiezuo.organisation.states import Engagement
from xiezuo.shared.asof import grouped
from xiezuo.zones.models import ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.states import Level, Role


@dataclass(frozen=True)
class Named:
    """Someone or something that a page links to."""

    id: int
    name: str


@dataclass(frozen=True)
class ZoneRow:
    """One zone that stands on the day. `units` are members (helpers are none), `people` are in post at them.

    A number of people is None where it is not for the reader.
    """

    zone: int
    code: str
    name: str
    level: str
    kind: str
    parent: Named | None
    leaders: tuple[Named, ...]
    axis: tuple[Named, ...]
    leads: tuple[Named, ...]
    units: int
    people: int | None
    full_time: int | None
    starts: date
    basis: str


@dataclass(frozen=True)
class Strength:
    """People in post, each once a unit, and of them those full-time; None where the number is not for the reader."""

    people: int | None = 0
    full_time: int | None = 0


UNKNOWN = Strength(None, None)
Strengths = Callable[[int], Strength]
"""The strength of each unit."""


def together(strengths: Iterable[Strength]) -> Strength:
    """The sum; unknown as soon as one of them is, because a part of a number says nothing true."""
    people, full_time = 0, 0
    for each in strengths:
        if each.people is None or each.full_time is None:
            return UNKNOWN
        people, full_time = people + each.people, full_time + each.full_time
    return Strength(people, full_time)


def zone_rows(commission: Commission, on: date) -> list[ZoneRow]:
    """Zones that stand on the day: first level, then second level; within a level the order of the book. Nine queries.

    A first-level zone holds its own members and those of the second-level zones under it.
    """
    county = _County.on(commission, on)
    return [county.row(record) for record in county.records]


@dataclass(frozen=True)
class _County:
    """Everything that rows of zones are put together from."""

    records: list[ZoneRecord]
    members: dict[int, list[ZoneMember]]
    leaders: dict[int, list[ZoneLeader]]
    people: dict[int, str]
    units: dict[int, UnitRecord]
    strength: Strengths

    @classmethod
    def on(cls, commission: Commission, on: date) -> "_County":
        leaders = leaders_on(commission, on)
        return cls(
            records=standing(commission, on),
            members=grouped(members_on(commission, on), "zone_id"),
            leaders=grouped(leaders, "zone_id"),
            people=person_names({row.person_id for row in leaders}, on),
            units={record.unit_id: record for record in units_on(commission, on)},
            strength=strength_of_units(commission, on, sight_in(commission)),
        )

    def row(self, record: ZoneRecord) -> ZoneRow:
        members = self.members.get(record.zone_id, [])
        inside = self._inside(record)
        strength = together(self.strength(unit) for unit in inside)
        return ZoneRow(
            zone=record.zone_id, code=record.zone.code, name=record.name, level=record.level, kind=record.kind,
            parent=self._named_zone(record.parent_id),
            leaders=tuple(Named(row.person_id, self.people.get(row.person_id, ""))
                          for row in self.leaders.get(record.zone_id, [])),
            axis=self._in_role(members, Role.AXIS), leads=self._in_role(members, Role.LEAD), units=len(inside),
            people=strength.people, full_time=strength.full_time, starts=record.starts, basis=record.basis,
        )  # fmt: skip

    def _inside(self, record: ZoneRecord) -> set[int]:
        under = [other.zone_id for other in self.records if other.parent_id == record.zone_id]
        rows = (row for zone in (record.zone_id, *under) for row in self.members.get(zone, []))
        return {row.unit_id for row in rows if row.role != Role.HELPER}

    def _in_role(self, members: list[ZoneMember], role: Role) -> tuple[Named, ...]:
        chosen = [member.unit_id for member in members if member.role == role]
        return tuple(Named(unit, self.units[unit].name) for unit in chosen if unit in self.units)

    def _named_zone(self, zone: int | None) -> Named | None:
        return next((Named(one.zone_id, one.name) for one in self.records if one.zone_id == zone), None)


def standing(commission: Commission, on: date) -> list[ZoneRecord]:
    """Zones that stand on the day, first level first. One query."""
    rows = ZoneRecord.objects.on(on).filter(commission=commission).select_related("zone")
    levels = [Level.FIRST.value, Level.SECOND.value]
    return sorted(rows, key=lambda record: (levels.index(record.level), record.position, record.zone_id))


def members_on(commission: Commission, on: date) -> list[ZoneMember]:
    """Every membership that holds on the day, in the order of the book. One query."""
    return list(ZoneMember.objects.on(on).filter(commission=commission).order_by("position", "id"))


def leaders_on(commission: Commission, on: date) -> list[ZoneLeader]:
    """Everyone who leads a zone on the day, in the order of the book. One query."""
    return list(ZoneLeader.objects.on(on).filter(commission=commission).order_by("position", "id"))


def units_on(commission: Commission, on: date) -> list[UnitRecord]:
    """Units that stand on the day, in official order. One query."""
    rows = UnitRecord.objects.on(on).filter(commission=commission)
    return sorted(rows, key=official_key)


def strength_of_units(commission: Commission, on: date, sight: Sight) -> Strengths:
    """People in post on the day by unit, as far as their number is for the reader. Three queries."""
    held = Assignment.objects.on(on).filter(commission=commission)
    pairs: dict[tuple[int, int], bool] = {}
    with counting((commission.pk,)):
        for unit, person, engagement in held.order_by().values_list("unit_id", "person_id", "engagement"):
            pairs[unit, person] = pairs.get((unit, person), False) or engagement == Engagement.FULL_TIME
    people = Counter(unit for unit, _person in pairs)
    full_time = Counter(unit for (unit, _person), full in pairs.items() if full)
    return lambda unit: Strength(people[unit], full_time[unit]) if sight.counts(unit) else UNKNOWN


@dataclass(frozen=True)
class Place:
    """What a unit is in a zone: its role there, or that it only helps."""

    zone: int
    name: str
    role: str


@dataclass(frozen=True)
class MatrixRow:
    """One unit with its place at both levels; a unit in no zone has none, one that helps others has `helps`."""

    unit: int
    name: str
    kind: str
    first: Place | None
    second: Place | None
    helps: tuple[Place, ...]


@dataclass(frozen=True)
class Matrix:
    """Units × zones on a day. Columns are the second-level zones, under the first-level zone they belong to."""

    columns: tuple[ZoneRecord, ...]
    first_level: tuple[ZoneRecord, ...]
    rows: tuple[MatrixRow, ...]


def zone_matrix(commission: Commission, on: date) -> Matrix:
    """Every unit that stands on the day with its zone at each level, in official order. Three queries."""
    records = standing(commission, on)
    first = tuple(record for record in records if record.level == Level.FIRST)
    order = {record.zone_id: number for number, record in enumerate(first)}
    second = sorted(
        (record for record in records if record.level == Level.SECOND),
        key=lambda record: order.get(record.parent_id or 0, len(order)),
    )
    names = {record.zone_id: record.name for record in records}
    members = grouped(members_on(commission, on), "unit_id")
    parents = {record.zone_id: record.parent_id for record in records}
    rows = [
        _matrix_row(unit, members.get(unit.unit_id, []), names, parents) for unit in units_on(commission, on)
    ]
    return Matrix(tuple(second), first, tuple(rows))


def _matrix_row(
    unit: UnitRecord, members: list[ZoneMember], names: dict[int, str], parents: dict[int, int | None]
) -> MatrixRow:
    """A unit of a second-level zone stands in the first-level zone above it, unless it has a place there of its own."""
    places = [(row.level, Place(row.zone_id, names.get(row.zone_id, ""), row.role)) for row in members]
    inside = {level: place for level, place in places if place.role != Role.HELPER}
    helps = tuple(place for _level, place in places if place.role == Role.HELPER)
    second = inside.get(Level.SECOND)
    first = inside.get(Level.FIRST)
    above = parents.get(second.zone) if second else None
    if first is None and above is not None and above in names:
        first = Place(above, names[above], "")
    return MatrixRow(unit.unit_id, unit.name, unit.kind, first, second, helps)


@dataclass(frozen=True)
class Span:
    """One leader with the zones led on the day; `units` and `people` are under the second-level zones led, or under
    the first-level zones for whoever leads only those."""

    person: int
    name: str
    first: tuple[Named, ...]
    second: tuple[Named, ...]
    units: int
    people: int | None

    @property
    def several(self) -> bool:
        """Whether the leader holds more than one zone of a level."""
        return len(self.first) > 1 or len(self.second) > 1


def leader_spans(rows: list[ZoneRow]) -> list[Span]:
    """Leaders of the zones in `rows`, in the order in which zones name them. No query."""
    held: dict[Named, list[ZoneRow]] = {}
    for row in rows:
        for leader in row.leaders:
            held.setdefault(leader, []).append(row)
    return [_span(leader, led) for leader, led in held.items()]


def _span(leader: Named, led: list[ZoneRow]) -> Span:
    first = [row for row in led if row.level == Level.FIRST]
    second = [row for row in led if row.level == Level.SECOND]
    counted = second or first
    return Span(
        leader.id, leader.name,
        tuple(Named(row.zone, row.name) for row in first), tuple(Named(row.zone, row.name) for row in second),
        sum(row.units for row in counted), together(Strength(row.people, row.full_time) for row in counted).people,
    )  # fmt: skip
