"""Both levels of zones as one value: which zones there are, which units belong to them, who leads them.

The ledger of a day, a plan and a proposal are all such values, so that any two of them can be compared. Zones are known by
their code (a zone that is only planned has no number yet), units and people by their numbers. Values alone, no tables.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

FIRST, SECOND = "一级", "二级"
TOWNSHIP, DIRECT = "乡镇", "县直"
AXIS, LEAD, MEMBER, HELPER = "轴", "领办", "成员", "支援"
ROLES = (AXIS, LEAD, MEMBER, HELPER)


@dataclass(frozen=True, order=True)
class PlannedZone:
    """One zone; `kind` and `parent` (the code of its first-level zone) are those of a second-level zone only."""

    code: str
    name: str
    level: str
    kind: str = ""
    parent: str = ""


@dataclass(frozen=True, order=True)
class PlannedMember:
    """One unit in one zone in one role; a helper (支援) is no member and may help several zones."""

    zone: str
    unit: int
    role: str


@dataclass(frozen=True, order=True)
class PlannedLeader:
    """One person who leads, or keeps contact with, one zone."""

    zone: str
    person: int


@dataclass(frozen=True)
class Scheme:
    """Both levels of zones. The order of zones and of members within them is that in which they are shown."""

    zones: tuple[PlannedZone, ...] = ()
    members: tuple[PlannedMember, ...] = ()
    leaders: tuple[PlannedLeader, ...] = ()

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """What `as_json` wrote. Raises KeyError or TypeError for anything else."""
        return cls(
            tuple(PlannedZone(**each) for each in told["zones"]),
            tuple(PlannedMember(**each) for each in told["members"]),
            tuple(PlannedLeader(**each) for each in told["leaders"]),
        )

    def as_json(self) -> dict[str, Any]:
        """The scheme as plain lists."""
        return {
            name: [asdict(each) for each in getattr(self, name)] for name in ("zones", "members", "leaders")
        }

    def zone(self, code: str) -> PlannedZone | None:
        """The zone of that code."""
        return next((each for each in self.zones if each.code == code), None)

    def at_level(self, level: str) -> tuple[PlannedZone, ...]:
        """The zones of a level, in order."""
        return tuple(each for each in self.zones if each.level == level)

    def under(self, code: str) -> tuple[PlannedZone, ...]:
        """The second-level zones under a first-level one."""
        return tuple(each for each in self.zones if each.parent == code)

    def members_of(self, code: str) -> tuple[PlannedMember, ...]:
        """The units of a zone with their roles, helpers too."""
        return tuple(each for each in self.members if each.zone == code)

    def inside(self, code: str) -> tuple[int, ...]:
        """The units that are members of a zone: of a first-level one, those of the zones under it too."""
        codes = {code, *(each.code for each in self.under(code))}
        return tuple(
            dict.fromkeys(each.unit for each in self.members if each.zone in codes and each.role != HELPER)
        )

    def leaders_of(self, code: str) -> tuple[int, ...]:
        """Who leads a zone."""
        return tuple(each.person for each in self.leaders if each.zone == code)

    def led_by(self, person: int) -> tuple[PlannedZone, ...]:
        """The zones that a person leads, in order."""
        codes = {each.zone for each in self.leaders if each.person == person}
        return tuple(each for each in self.zones if each.code in codes)

    def places(self, unit: int, level: str = SECOND) -> tuple[PlannedMember, ...]:
        """Where a unit is a member at a level; more than one place breaks the rules."""
        codes = {each.code for each in self.at_level(level)}
        return tuple(
            each for each in self.members if each.unit == unit and each.role != HELPER and each.zone in codes
        )

    def place(self, unit: int) -> PlannedMember | None:
        """Where a unit is a member at the second level; the first place if it has several."""
        return next(iter(self.places(unit)), None)

    # What follows gives another scheme and leaves this one as it is.

    def put(self, unit: int, zone: str, role: str = MEMBER) -> Self:
        """With the unit in that zone in that role, and in no other second-level zone; a helper is added beside."""
        members = [
            each
            for each in self.members
            if not (each.unit == unit and self._gives_way(each, zone, helper=role == HELPER))
        ]
        return replace(self, members=(*members, PlannedMember(zone, unit, role)))

    def _gives_way(self, place: PlannedMember, zone: str, *, helper: bool) -> bool:
        if helper or place.role == HELPER:
            return place.zone == zone
        found, wanted = self.zone(place.zone), self.zone(zone)
        return found is None or wanted is None or found.level == wanted.level

    def take_out(self, unit: int, zone: str | None = None) -> Self:
        """Without the unit in that zone, or in any."""
        kept = (each for each in self.members if each.unit != unit or zone not in {None, each.zone})
        return replace(self, members=tuple(kept))

    def led(self, zone: str, persons: Iterable[int]) -> Self:
        """With these people leading the zone, and nobody else."""
        others = tuple(each for each in self.leaders if each.zone != zone)
        return replace(self, leaders=(*others, *(PlannedLeader(zone, each) for each in persons)))

    def with_zone(self, zone: PlannedZone) -> Self:
        """With the zone, in the place of the one with its code if there is one."""
        if self.zone(zone.code) is None:
            return replace(self, zones=(*self.zones, zone))
        return replace(self, zones=tuple(zone if each.code == zone.code else each for each in self.zones))

    def without_zone(self, code: str) -> Self:
        """Without the zone, its members and leaders; zones under it are under none."""
        kept = tuple(
            replace(each, parent="") if each.parent == code else each
            for each in self.zones
            if each.code != code
        )
        return replace(
            self,
            zones=kept,
            members=tuple(each for each in self.members if each.zone != code),
            leaders=tuple(each for each in self.leaders if each.zone != code),
        )

    def in_order(self) -> Self:
        """Equal content in one order: members of each zone by role, then as they stand; zones by level, as they stand."""
        levels, roles = [FIRST, SECOND], list(ROLES)
        codes = {each.code: place for place, each in enumerate(self.zones)}
        zones = sorted(self.zones, key=lambda each: (levels.index(each.level), codes[each.code]))
        order = {each.code: place for place, each in enumerate(zones)}
        members = sorted(
            self.members, key=lambda each: (order.get(each.zone, len(order)), roles.index(each.role))
        )
        leaders = sorted(self.leaders, key=lambda each: order.get(each.zone, len(order)))
        return replace(self, zones=tuple(zones), members=tuple(members), leaders=tuple(leaders))


@dataclass(frozen=True)
class Moved:
    """One unit whose place changes: (zone, role) pairs of both sides, members and helpers alike."""

    unit: int
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Handed:
    """One zone whose leaders change."""

    zone: str
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True)
class SchemeDifference:
    """What differs between two schemes. `described` are zones whose name, kind or first-level zone changes."""

    opened: tuple[PlannedZone, ...]
    closed: tuple[PlannedZone, ...]
    described: tuple[tuple[PlannedZone, PlannedZone], ...]
    moved: tuple[Moved, ...]
    handed: tuple[Handed, ...]

    def __bool__(self) -> bool:
        return any((self.opened, self.closed, self.described, self.moved, self.handed))

    @property
    def changed_zone(self) -> tuple[int, ...]:
        """Units that are members of another zone than before; a change of role alone is none."""
        return tuple(each.unit for each in self.moved if _zones(each.before) != _zones(each.after))


def _zones(places: Iterable[tuple[str, str]]) -> set[str]:
    return {zone for zone, role in places if role != HELPER}


def difference(before: Scheme, after: Scheme) -> SchemeDifference:
    """What becomes different from `before` to `after`; zones are the same if their code is."""
    was, will = {z.code: z for z in before.zones}, {z.code: z for z in after.zones}
    return SchemeDifference(
        opened=tuple(each for each in after.zones if each.code not in was),
        closed=tuple(each for each in before.zones if each.code not in will),
        described=tuple((was[c], each) for c, each in will.items() if c in was and was[c] != each),
        moved=tuple(_moved(before, after)),
        handed=tuple(_handed(before, after)),
    )


def _moved(before: Scheme, after: Scheme) -> Iterator[Moved]:
    units = dict.fromkeys(each.unit for each in (*before.members, *after.members))
    for unit in units:
        was, will = (
            tuple(sorted((each.zone, each.role) for each in scheme.members if each.unit == unit))
            for scheme in (before, after)
        )
        if was != will:
            yield Moved(unit, was, will)


def _handed(before: Scheme, after: Scheme) -> Iterator[Handed]:
    for code in dict.fromkeys(each.code for each in (*before.zones, *after.zones)):
        was, will = (tuple(sorted(scheme.leaders_of(code))) for scheme in (before, after))
        if was != will:
            yield Handed(code, was, will)
