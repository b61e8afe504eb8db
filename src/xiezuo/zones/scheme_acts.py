"""The rarer structural acts on a scheme (拆分、合并、划转): each gives another scheme. Values alone, no tables.

What stands against an act says `plans/policies.py`; here an act that makes no sense raises `ValueError`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from xiezuo.zones.scheme import (
    AXIS,
    DIRECT,
    FIRST,
    HELPER,
    LEAD,
    MEMBER,
    TOWNSHIP,
    PlannedMember,
    PlannedZone,
    Scheme,
)


def merged(
    scheme: Scheme, codes: Sequence[str], into: PlannedZone, leaders: Iterable[int] | None = None
) -> Scheme:
    """The zones of `codes`, of one level, become the one zone `into`, which stands in the place of the first of them.

    `into` may be one of them. Units keep their roles, but a township zone keeps the axis of the zone that goes on (or
    of the first) alone. Unless named, its leaders are those of that zone.
    """
    _must_be_of_one_level(scheme, codes, into)
    on = into.code if into.code in codes else codes[0]
    leading = tuple(scheme.leaders_of(on) if leaders is None else leaders)
    members = _one_axis(_without_doubles(_renamed(scheme, codes, into.code, on)), into)
    return replace(
        scheme,
        zones=_zones_merged(scheme, codes, into),
        members=members,
        leaders=tuple(each for each in scheme.leaders if each.zone not in codes),
    ).led(into.code, leading).in_order()  # fmt: skip


def _must_be_of_one_level(scheme: Scheme, codes: Sequence[str], into: PlannedZone) -> None:
    found = [scheme.zone(code) for code in codes]
    if len(set(codes)) < 2 or any(zone is None or zone.level != into.level for zone in found):
        raise ValueError("two zones or more of one level are merged")
    if scheme.zone(into.code) is not None and into.code not in codes:
        raise ValueError(f"{into.code} is another zone")


def _zones_merged(scheme: Scheme, codes: Sequence[str], into: PlannedZone) -> tuple[PlannedZone, ...]:
    first = next(zone.code for zone in scheme.zones if zone.code in codes)
    kept = [into if zone.code == first else zone for zone in scheme.zones if zone.code == first or zone.code not in codes]  # fmt: skip
    return tuple(replace(zone, parent=into.code) if zone.parent in codes else zone for zone in kept)


def _renamed(scheme: Scheme, codes: Sequence[str], code: str, first: str) -> list[PlannedMember]:
    """Members with the merged zones under one code; those of the zone that goes on come first."""
    ordered = sorted(scheme.members, key=lambda each: each.zone != first)
    return [replace(each, zone=code) if each.zone in codes else each for each in ordered]


def _without_doubles(members: Iterable[PlannedMember]) -> list[PlannedMember]:
    """Nobody twice in a zone: who is a member of it does not help it."""
    given = list(dict.fromkeys(members))
    inside = {(each.zone, each.unit) for each in given if each.role != HELPER}
    return [each for each in given if each.role != HELPER or (each.zone, each.unit) not in inside]


def _one_axis(members: Sequence[PlannedMember], into: PlannedZone) -> tuple[PlannedMember, ...]:
    if into.kind != TOWNSHIP:
        return tuple(members)
    axis = next((each.unit for each in members if each.zone == into.code and each.role == AXIS), None)
    return tuple(
        replace(each, role=MEMBER) if each.zone == into.code and each.role == AXIS and each.unit != axis else each
        for each in members
    )  # fmt: skip


def split(
    scheme: Scheme, code: str, new: PlannedZone, units: Iterable[int], leaders: Iterable[int] = ()
) -> Scheme:
    """Some units of the zone `code` become the zone `new`, of the same level, with these leaders.

    Of a first-level zone, `units` may be none and the zones that go with it are put under `new` by `under`. The first
    of the units takes the zone in hand where none of them does: as the axis of a township zone, or as lead unit.
    """
    old = scheme.zone(code)
    if old is None or scheme.zone(new.code) is not None or old.level != new.level:
        raise ValueError(f"{code} cannot be split into itself and {new.code}")
    chosen = list(dict.fromkeys(units))
    moved = [replace(each, zone=new.code) if each.zone == code and each.unit in chosen and each.role != HELPER else each
             for each in scheme.members]  # fmt: skip
    made = replace(scheme, zones=_after(scheme.zones, code, new), members=tuple(moved))
    return _taken_in_hand(made, new, chosen).led(new.code, leaders).in_order()


def under(scheme: Scheme, codes: Iterable[str], parent: str) -> Scheme:
    """These second-level zones under another first-level zone."""
    wanted = set(codes)
    zones = tuple(replace(zone, parent=parent) if zone.code in wanted else zone for zone in scheme.zones)
    return replace(scheme, zones=zones)


def _after(zones: Sequence[PlannedZone], code: str, new: PlannedZone) -> tuple[PlannedZone, ...]:
    place = next(number for number, zone in enumerate(zones) if zone.code == code) + 1
    return (*zones[:place], new, *zones[place:])


def _taken_in_hand(scheme: Scheme, zone: PlannedZone, units: Sequence[int]) -> Scheme:
    wanted = {TOWNSHIP: AXIS, DIRECT: LEAD}.get(zone.kind)
    here = scheme.members_of(zone.code)
    if wanted is None or any(each.role == wanted for each in here):
        return scheme
    first = next((unit for unit in units if unit in {each.unit for each in here}), None)
    return scheme if first is None else scheme.put(first, zone.code, wanted)


def transferred(scheme: Scheme, units: Iterable[int], zone: str, role: str = MEMBER) -> Scheme:
    """These units as members of another zone, in that role, and of no other zone of its level."""
    if scheme.zone(zone) is None:
        raise ValueError(f"there is no zone {zone}")
    for unit in dict.fromkeys(units):
        scheme = scheme.put(unit, zone, role)
    return scheme.in_order()


def free_code(scheme: Scheme, known: Iterable[str], level: str) -> str:
    """A code that no zone has: Y for the first level and E for the second, with the next free number."""
    taken, letter, number = {*known, *(zone.code for zone in scheme.zones)}, "Y" if level == FIRST else "E", 1
    while f"{letter}{number:02d}" in taken:
        number += 1
    return f"{letter}{number:02d}"
