"""Each rule of zone plans as one function, by its code. Source of the rules: domain.md §0 and §1.1.

A check gives what breaks its rule, or None where what it needs is not known: no number, no ways, no staff.
"""

from collections.abc import Callable, Iterable, Iterator

from xiezuo.zones.judged import (
    ASSISTING,
    CONTACT,
    IN_CHARGE,
    OFFICES,
    STATION,
    SUPPORT,
    TOWNSHIPS,
    ZONED,
    Breach,
    Fault,
    Ground,
    RuleSaid,
    UnitFacts,
)
from xiezuo.zones.scheme import AXIS, DIRECT, FIRST, HELPER, LEAD, SECOND, TOWNSHIP, PlannedZone, Scheme

Check = Callable[[Scheme, Ground, RuleSaid], Iterable[Breach] | None]
CHECKS: dict[str, Check] = {}
"""What the product judges, by the code of the rule."""

CADENCES = ("Z15", "Z16")
"""How often zones of the second and of the first level meet: what meetings go by, and nothing of a scheme."""

BODIES = ("纪律检查委员会", "纪检监察工作委员会", "纪检监察工委", "纪律检查工作委员会", "纪工委", "纪委")
"""How the name of a township's commission ends; what stands before it is the township."""


def judges(code: str) -> Callable[[Check], Check]:
    """Say that a function judges the rule of a code."""

    def keep(check: Check) -> Check:
        CHECKS[code] = check
        return check

    return keep


@judges("Z01")
def every_unit_in_one_zone(scheme: Scheme, ground: Ground, _rule: RuleSaid) -> Iterator[Breach]:
    """Every unit of the kinds that belong to zones is in exactly one second-level zone; no unit is in several."""
    for unit in dict.fromkeys([*ground.units, *(each.unit for each in scheme.members)]):
        zones = sorted({each.zone for each in scheme.places(unit)})
        if len(zones) > 1:
            yield Breach(Fault.IN_SEVERAL, unit=unit, zones=tuple(zones), number=len(zones))
        elif not zones and ground.kind(unit) in ZONED:
            yield Breach(Fault.IN_NO_ZONE, unit=unit)


@judges("Z02")
def each_under_a_first_level_zone(scheme: Scheme, _ground: Ground, _rule: RuleSaid) -> Iterator[Breach]:
    """Each second-level zone is under a first-level zone of the scheme."""
    above = {each.code for each in scheme.at_level(FIRST)}
    for zone in scheme.at_level(SECOND):
        if zone.parent not in above:
            yield Breach(Fault.UNDER_NONE, zone.code)


@judges("Z03")
def township_zone_around_one_station(scheme: Scheme, ground: Ground, _rule: RuleSaid) -> Iterator[Breach]:
    """A township zone has one axis: a station; in a county without stations an office or a central township."""
    stations = any(each.kind == STATION for each in ground.units.values())
    for zone in _second(scheme, TOWNSHIP):
        axes = _in_role(scheme, zone, AXIS)
        if len(axes) != 1:
            yield Breach(Fault.AXIS_COUNT, zone.code, number=len(axes), wanted=1)
        for unit in axes:
            kind = ground.kind(unit)
            if stations and kind != STATION:
                yield Breach(Fault.AXIS_NO_STATION, zone.code, unit)
            elif not stations and kind not in (*OFFICES, *TOWNSHIPS):
                yield Breach(Fault.AXIS_NO_HUB, zone.code, unit)


@judges("Z04")
def direct_zone_led_by_an_office(scheme: Scheme, ground: Ground, _rule: RuleSaid) -> Iterator[Breach]:
    """A direct zone has at least one supervision or investigation office that leads (领办)."""
    for zone in _second(scheme, DIRECT):
        if not any(ground.kind(unit) in OFFICES for unit in _in_role(scheme, zone, LEAD)):
            yield Breach(Fault.NO_LEAD_OFFICE, zone.code)


@judges("Z05")
def leader_span(scheme: Scheme, _ground: Ground, rule: RuleSaid) -> Iterable[Breach] | None:
    """Nobody leads more than so many second-level zones."""
    limit = rule.limit
    return None if limit is None else _spans(scheme, limit)


def _spans(scheme: Scheme, limit: int) -> Iterator[Breach]:
    for person in {each.person for each in scheme.leaders}:
        zones = sorted({each.code for each in scheme.led_by(person) if each.level == SECOND})
        if len(zones) > limit:
            yield Breach(Fault.SPAN, person=person, zones=tuple(zones), number=len(zones), wanted=limit)


@judges("Z06")
def support_offices_only_help(scheme: Scheme, ground: Ground, _rule: RuleSaid) -> Iterator[Breach]:
    """Support offices (综合科室) are in no zone; they may help (支援)."""
    for each in scheme.members:
        if each.role != HELPER and ground.kind(each.unit) == SUPPORT:
            yield Breach(Fault.SUPPORT_MEMBER, each.zone, each.unit)


@judges("Z07")
def host_township_in_the_zone(scheme: Scheme, ground: Ground, _rule: RuleSaid) -> Iterator[Breach]:
    """The township that houses the axis station is in the axis's zone. One that cannot be found breaks nothing."""
    for zone in _second(scheme, TOWNSHIP):
        inside = set(scheme.inside(zone.code))
        for axis in _in_role(scheme, zone, AXIS):
            host = host_of(axis, ground)
            if host is not None and host not in inside:
                at = tuple(sorted({each.zone for each in scheme.places(host)}))
                yield Breach(Fault.HOST_ELSEWHERE, zone.code, host, zones=at, other=axis)


def host_of(axis: int, ground: Ground) -> int | None:
    """The township commission of the place that houses a station: by the name of its host, else by its place."""
    station = ground.units.get(axis)
    if station is None or station.kind != STATION:
        return None
    towns = [each for each in ground.units.values() if each.kind in TOWNSHIPS]
    for where in (station.host, station.place):
        found = [(len(_stem(town, where)), -town.unit) for town in towns if _stem(town, where)]
        if found:
            return -max(found)[1]
    return None


def _stem(town: UnitFacts, where: str) -> str:
    """The township's name as far as `where` begins with it."""
    name = next((town.name.removesuffix(body) for body in BODIES if town.name.endswith(body)), "")
    return max((each for each in (town.place, name) if each and where.startswith(each)), key=len, default="")


@judges("Z08")
def fewest_units(scheme: Scheme, _ground: Ground, rule: RuleSaid) -> Iterable[Breach] | None:
    """A second-level zone has at least so many units."""
    limit = rule.limit
    if limit is None:
        return None
    sizes = _sizes(scheme)
    return [Breach(Fault.TOO_FEW, zone, number=n, wanted=limit) for zone, n in sizes if n < limit]


@judges("Z09")
def most_units(scheme: Scheme, _ground: Ground, rule: RuleSaid) -> Iterable[Breach] | None:
    """A second-level zone has at most so many units."""
    limit = rule.limit
    if limit is None:
        return None
    sizes = _sizes(scheme)
    return [Breach(Fault.TOO_MANY, zone, number=n, wanted=limit) for zone, n in sizes if n > limit]


def _sizes(scheme: Scheme) -> list[tuple[str, int]]:
    return [(each.code, len(scheme.inside(each.code))) for each in scheme.at_level(SECOND)]


@judges("Z10")
def even_staff(scheme: Scheme, ground: Ground, rule: RuleSaid) -> Iterable[Breach] | None:
    """The staff of a second-level zone is within so many percent of the mean of the zones of its kind."""
    staff = {each.code: _staff(scheme, each.code, ground) for each in scheme.at_level(SECOND)}
    known = {code: number for code, number in staff.items() if number is not None}
    if rule.limit is None or len(known) < len(staff):
        return None
    breaches: list[Breach] = []
    for kind in (TOWNSHIP, DIRECT):
        of_kind = {each.code: known[each.code] for each in _second(scheme, kind)}
        breaches += _uneven(of_kind, rule.limit)
    return breaches


def _staff(scheme: Scheme, code: str, ground: Ground) -> int | None:
    found = [ground.units[unit].staff for unit in scheme.inside(code) if unit in ground.units]
    known = [each for each in found if each is not None]
    return sum(known) if len(known) == len(found) else None


def _uneven(staff: dict[str, int], percent: int) -> Iterator[Breach]:
    mean = sum(staff.values()) / max(len(staff), 1)
    for code, number in staff.items():
        # Whole numbers on both sides, so that a zone that lies exactly on the bound is inside.
        if abs(number * len(staff) - sum(staff.values())) * 100 > percent * sum(staff.values()):
            yield Breach(Fault.UNEVEN, code, number=number, wanted=round(mean, 1))


@judges("Z11")
def every_zone_has_its_leader(scheme: Scheme, ground: Ground, _rule: RuleSaid) -> Iterator[Breach]:
    """Every zone has exactly one leader who is in post; that of a first-level zone is a deputy secretary."""
    for zone in scheme.zones:
        leaders = sorted(set(scheme.leaders_of(zone.code)))
        if not leaders:
            yield Breach(Fault.NO_LEADER, zone.code)
        if len(leaders) > 1:
            yield Breach(Fault.SEVERAL_LEADERS, zone.code, people=tuple(leaders), number=len(leaders))
        for person in leaders:
            yield from _of_leader(zone, person, ground)


def _of_leader(zone: PlannedZone, person: int, ground: Ground) -> Iterator[Breach]:
    if person not in ground.in_post:
        yield Breach(Fault.LEADER_GONE, zone.code, person=person)
    elif zone.level == FIRST and person not in ground.deputies:
        yield Breach(Fault.NO_DEPUTY, zone.code, person=person)


@judges("Z12")
def leaders_as_the_work_is_divided(scheme: Scheme, ground: Ground, _rule: RuleSaid) -> Iterator[Breach]:
    """Who is in charge of a unit (分管) leads its first-level zone, who assists or keeps contact (协管, 联系) its second.

    A leader of either level is as good for being in charge: some counties have no deputy between. A unit that nobody
    has a share in, and a zone without a leader, say nothing here.
    """
    for member in {(each.zone, each.unit) for each in scheme.members if each.role != HELPER}:
        zone = scheme.zone(member[0])
        if zone is not None and zone.level == SECOND:
            yield from _of_unit(scheme, ground, zone, member[1])


def _of_unit(scheme: Scheme, ground: Ground, zone: PlannedZone, unit: int) -> Iterator[Breach]:
    above, here = set(scheme.leaders_of(zone.parent)), set(scheme.leaders_of(zone.code))
    in_charge = ground.sharing(unit, IN_CHARGE)
    nearer = ground.sharing(unit, ASSISTING, CONTACT)
    if in_charge and above and not in_charge & (above | here):
        yield Breach(Fault.OTHER_CHARGE, zone.parent, unit, min(above), people=tuple(sorted(in_charge)))
    if nearer and here and not nearer & here:
        yield Breach(Fault.OTHER_SHARE, zone.code, unit, min(here), people=tuple(sorted(nearer)))


@judges("Z13")
def zones_under_the_deputy_assisted(scheme: Scheme, ground: Ground, _rule: RuleSaid) -> Iterator[Breach]:
    """Who leads a second-level zone assists the deputy secretary who leads the first-level zone above it.

    Whom a leader assists follows from the division of work: the deputies in charge of units that the leader assists
    with or keeps contact with. Where it says nothing, nothing is told.
    """
    for leader in set(scheme.leaders):
        zone = scheme.zone(leader.zone)
        if zone is None or zone.level != SECOND or leader.person in ground.deputies:
            continue
        above, assisted = set(scheme.leaders_of(zone.parent)), deputies_assisted(leader.person, ground)
        if above and assisted and not above & assisted:
            people = tuple(sorted(assisted))
            yield Breach(
                Fault.OTHER_DEPUTY, zone.code, person=leader.person, people=people, zones=(zone.parent,)
            )


def deputies_assisted(person: int, ground: Ground) -> set[int]:
    """The deputy secretaries in charge of units that a leader assists with or keeps contact with."""
    units = {each.unit for each in ground.shares if each.person == person and each.mode != IN_CHARGE}
    return {
        each.person for each in ground.shares if each.unit in units and each.mode == IN_CHARGE
    } & ground.deputies


@judges("Z14")
def no_long_way(scheme: Scheme, ground: Ground, rule: RuleSaid) -> Iterable[Breach] | None:
    """No unit has a longer way to its axis than so many minutes; where no way is given, nothing is told."""
    limit = rule.limit
    return None if limit is None or not ground.ways else _far(scheme, ground, limit)


def _far(scheme: Scheme, ground: Ground, limit: int) -> Iterator[Breach]:
    for zone in scheme.at_level(SECOND):
        for axis in _in_role(scheme, zone, AXIS):
            for unit in scheme.inside(zone.code):
                minutes = ground.ways.get((unit, axis), 0.0)
                if minutes > limit:
                    yield Breach(Fault.FAR, zone.code, unit, other=axis, number=minutes, wanted=limit)


def _second(scheme: Scheme, kind: str) -> list[PlannedZone]:
    return [each for each in scheme.at_level(SECOND) if each.kind == kind]


def _in_role(scheme: Scheme, zone: PlannedZone, role: str) -> list[int]:
    return list(dict.fromkeys(each.unit for each in scheme.members_of(zone.code) if each.role == role))
