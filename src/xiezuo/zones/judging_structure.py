"""Faults for which a scheme is none at all, whatever the county's rules say."""

from collections import Counter
from collections.abc import Iterator

from xiezuo.zones.judged import Breach, Fault, Ground
from xiezuo.zones.scheme import DIRECT, FIRST, ROLES, SECOND, TOWNSHIP, PlannedZone, Scheme

LEVELS = (FIRST, SECOND)
KINDS = {FIRST: ("",), SECOND: (TOWNSHIP, DIRECT)}


def structural_faults(scheme: Scheme, ground: Ground) -> Iterator[Breach]:
    """Codes and names given twice, zones without name or kind, members and leaders of nowhere or given twice."""
    yield from _of_codes(scheme)
    for zone in scheme.zones:
        yield from _of_zone(zone)
    yield from _of_members(scheme, ground)
    yield from _of_leaders(scheme)


def _of_codes(scheme: Scheme) -> Iterator[Breach]:
    codes = Counter(each.code for each in scheme.zones)
    for code, times in codes.items():
        if not code.strip():
            yield Breach(Fault.NO_CODE)
        elif times > 1:
            yield Breach(Fault.CODE_TWICE, code, number=times)
    named: dict[str, set[str]] = {}
    for zone in scheme.zones:
        named.setdefault(zone.name.strip(), set()).add(zone.code)
    for name, those in named.items():
        if name and len(those) > 1:
            first, *others = sorted(those)
            yield Breach(Fault.NAME_TWICE, first, zones=tuple(others))


def _of_zone(zone: PlannedZone) -> Iterator[Breach]:
    if not zone.name.strip():
        yield Breach(Fault.NO_NAME, zone.code)
    if zone.level not in LEVELS:
        yield Breach(Fault.NO_LEVEL, zone.code)
    elif zone.kind not in KINDS[zone.level] or (zone.level == FIRST and zone.parent):
        yield Breach(Fault.KIND, zone.code)


def _of_members(scheme: Scheme, ground: Ground) -> Iterator[Breach]:
    codes = {each.code for each in scheme.zones}
    times = Counter((each.zone, each.unit) for each in scheme.members)
    for each in scheme.members:
        if each.zone not in codes:
            yield Breach(Fault.ZONE_UNKNOWN, each.zone, each.unit)
        if each.unit not in ground.units:
            yield Breach(Fault.UNIT_GONE, each.zone, each.unit)
        if each.role not in ROLES:
            yield Breach(Fault.ROLE_UNKNOWN, each.zone, each.unit)
        if times[each.zone, each.unit] > 1:
            yield Breach(Fault.MEMBER_TWICE, each.zone, each.unit)


def _of_leaders(scheme: Scheme) -> Iterator[Breach]:
    codes = {each.code for each in scheme.zones}
    for leader, times in Counter(scheme.leaders).items():
        if leader.zone not in codes:
            yield Breach(Fault.ZONE_UNKNOWN, leader.zone, person=leader.person)
        if times > 1:
            yield Breach(Fault.LEADER_TWICE, leader.zone, person=leader.person)
