"""One zone on a day, and one unit's or person's part in the zones."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.organisation.api import person_names, sight_in, unit_names
from xiezuo.organisation.models import Commission, UnitRecord
from xiezuo.shared.asof import on_exactly, on_or_nearest
from xiezuo.shared.documents import Document, documents_of
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import covers
from xiezuo.zones.models import Zone, ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.queries.lists import Named, Strength, strength_of_units, together
from xiezuo.zones.states import Role


@dataclass(frozen=True)
class Part:
    """One unit in one role, or one person leading, over a period. `kind` is the unit's on the day; `through` is the
    second-level zone by which a unit stands in a first-level one."""

    id: int
    name: str
    role: str
    kind: str
    strength: Strength
    seen: bool
    through: Named | None
    starts: date
    ends: date
    basis: str


@dataclass(frozen=True)
class ZonePage:
    """Everything that one zone's page shows; `record` is None when it does not stand on the day."""

    zone: int
    code: str
    on: date
    record: ZoneRecord | None
    records: tuple[ZoneRecord, ...]
    parent: Named | None
    children: tuple[Named, ...]
    members: tuple[Part, ...]
    leaders: tuple[Part, ...]
    documents: tuple[Document, ...]

    @property
    def named(self) -> str:
        """Its name on the day, or the one it last had."""
        record = self.record or on_or_nearest(self.records, self.on)
        return record.name if record else self.code

    @property
    def members_now(self) -> list[Part]:
        """Units in the zone on the day: zone under it by zone, by role and official order; helpers last."""
        roles = [role.value for role in Role]
        zones = [child.id for child in self.children]

        def place(part: Part) -> tuple[int, int]:
            return zones.index(part.through.id) + 1 if part.through else 0, roles.index(part.role)

        return sorted(self._now(self.members), key=place)

    @property
    def inside(self) -> list[Part]:
        """Members without the helpers, each once."""
        found = {part.id: part for part in self.members_now if part.role != Role.HELPER}
        return list(found.values())

    @property
    def leaders_now(self) -> list[Part]:
        """Who leads on the day."""
        return self._now(self.leaders)

    @property
    def strength(self) -> Strength:
        """People in post at the member units, each once a unit."""
        return together(part.strength for part in self.inside)

    def _now(self, parts: tuple[Part, ...]) -> list[Part]:
        return [part for part in parts if covers(part.starts, part.ends, self.on)]


def zone_page(commission: Commission, zone: int, on: date) -> ZonePage:
    """One zone on a day with its whole history. At most fourteen queries, whatever its size.

    Raises `NotThere` if the commission has no such zone on any day.
    """
    anchor = Zone.objects.filter(commission=commission, pk=zone).first()
    if anchor is None:
        raise NotThere(_("There is no zone number %(number)s in this commission.") % {"number": zone})
    records = tuple(ZoneRecord.objects.current().filter(zone=anchor).order_by("starts"))
    record = on_exactly(records, on)
    children = _children(anchor.pk, on)
    members, leaders = _members(commission, anchor.pk, children, on), _leaders(anchor.pk, on)
    return ZonePage(
        zone=anchor.pk, code=anchor.code, on=on, record=record, records=records,
        parent=_named(record.parent_id, on) if record else None, children=children,
        members=members, leaders=leaders, documents=documents_of([*records, *members, *leaders]),
    )  # fmt: skip


def zone_names(zones: set[int], on: date) -> dict[int, str]:
    """Name of each zone on the day, or as it last was. One query."""
    names: dict[int, str] = {}
    for record in ZoneRecord.objects.current().filter(zone_id__in=zones).order_by("starts"):
        if record.zone_id not in names or record.starts <= on:
            names[record.zone_id] = record.name
    return names


def _named(zone: int | None, on: date) -> Named | None:
    names = zone_names({zone} if zone else set(), on)
    return Named(zone, names[zone]) if zone in names and zone is not None else None


def _children(zone: int, on: date) -> tuple[Named, ...]:
    rows = ZoneRecord.objects.on(on).filter(parent_id=zone).order_by("position", "id")
    return tuple(Named(record.zone_id, record.name) for record in rows)


def _members(commission: Commission, zone: int, children: tuple[Named, ...], on: date) -> tuple[Part, ...]:
    """Every membership that the zone ever had, and those of the zones that are under it on the day."""
    under = {child.id: child for child in children}
    rows = list(
        ZoneMember.objects.current().filter(zone_id__in=[zone, *under]).order_by("starts", "position", "id")
    )
    units = {row.unit_id for row in rows}
    names, sight = unit_names(units, on), sight_in(commission)
    strength = strength_of_units(commission, on, sight)
    kinds = dict(UnitRecord.objects.on(on).filter(unit_id__in=units).values_list("unit_id", "kind"))
    order = {unit: number for number, unit in enumerate(names)}
    parts = [
        Part(
            id=row.unit_id, name=names.get(row.unit_id, ""), role=row.role, kind=kinds.get(row.unit_id, ""),
            strength=strength(row.unit_id), seen=sight.sees(row.unit_id), through=under.get(row.zone_id),
            starts=row.starts, ends=row.ends, basis=row.basis,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(parts, key=lambda part: order.get(part.id, len(order))))


def _leaders(zone: int, on: date) -> tuple[Part, ...]:
    rows = list(ZoneLeader.objects.current().filter(zone_id=zone).order_by("starts", "position", "id"))
    names = person_names({row.person_id for row in rows}, on)
    return tuple(
        Part(
            row.person_id,
            names.get(row.person_id, ""),
            "",
            "",
            Strength(),
            True,
            None,
            row.starts,
            row.ends,
            row.basis,
        )
        for row in rows
    )


@dataclass(frozen=True)
class InZone:
    """One zone that a unit belongs to or a person leads, over a period."""

    zone: int
    name: str
    level: str
    role: str
    starts: date
    ends: date
    basis: str


def zones_of_unit(unit: int, on: date) -> list[InZone]:
    """Every zone that the unit ever belonged to or helped, by level and day. Two queries."""
    rows = list(ZoneMember.objects.current().filter(unit_id=unit).order_by("level", "starts", "id"))
    names = zone_names({row.zone_id for row in rows}, on)
    return [
        InZone(row.zone_id, names.get(row.zone_id, ""), row.level, row.role, row.starts, row.ends, row.basis)
        for row in rows
    ]


def zones_of_person(person: int, on: date) -> list[InZone]:
    """Every zone that the person ever led, by day. Two queries."""
    rows = list(ZoneLeader.objects.current().filter(person_id=person).order_by("starts", "id"))
    records = (
        ZoneRecord.objects.current().filter(zone_id__in={row.zone_id for row in rows}).order_by("starts")
    )
    found: dict[int, ZoneRecord] = {}
    for record in records:
        if record.zone_id not in found or record.starts <= on:
            found[record.zone_id] = record
    return [
        InZone(row.zone_id, found[row.zone_id].name, found[row.zone_id].level, "", row.starts, row.ends, row.basis)
        for row in rows if row.zone_id in found
    ]  # fmt: skip
