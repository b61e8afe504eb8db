"""What is asked of proposals: the wishes that they must keep, what each term weighs, and which parts are drawn anew. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from xiezuo.zones.judged import OFFICES, STATION, TOWNSHIPS, ZONED, Ground
from xiezuo.zones.judging_rules import host_of
from xiezuo.zones.scheme import (
    AXIS,
    DIRECT,
    FIRST,
    HELPER,
    LEAD,
    MEMBER,
    SECOND,
    TOWNSHIP,
    PlannedLeader,
    PlannedMember,
    PlannedZone,
    Scheme,
)
from xiezuo.zones.valuing import CountyGround, Weights

PARTS = (TOWNSHIP, DIRECT)
SECONDS, MOST_SECONDS = 20, 120


@dataclass(frozen=True)
class Wishes:
    """What proposals must keep: units fixed to zones, pairs never in one zone (no reason is asked), units kept together.

    `touching`: the townships of a zone lie together, where the county gives neighbours. `every_rule`: rules that do not
    bind are kept as well. `offices_stay`, `leaders_stay`: these are not drawn anew. `axes`: so many township zones around
    axes that are chosen; None for today's axes.
    """

    fixed: tuple[tuple[int, str], ...] = ()
    barred: tuple[tuple[int, int], ...] = ()
    together: tuple[tuple[int, ...], ...] = ()
    touching: bool = True
    every_rule: bool = False
    offices_stay: bool = False
    leaders_stay: bool = False
    axes: int | None = None

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """What `as_json` wrote; what is missing is as usual."""
        rest = {
            name: told[name]
            for name in ("touching", "every_rule", "offices_stay", "leaders_stay", "axes")
            if name in told
        }
        return cls(
            tuple((int(unit), str(zone)) for unit, zone in told.get("fixed", ())),
            tuple((int(one), int(other)) for one, other in told.get("barred", ())),
            tuple(tuple(map(int, units)) for units in told.get("together", ())), **rest,
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """The wishes as plain lists."""
        return {
            "fixed": [list(each) for each in self.fixed], "barred": [list(each) for each in self.barred],
            "together": [list(each) for each in self.together], "touching": self.touching, "every_rule": self.every_rule,
            "offices_stay": self.offices_stay, "leaders_stay": self.leaders_stay, "axes": self.axes,
        }  # fmt: skip

    def units(self) -> set[int]:
        """Every unit that a wish names."""
        named = {unit for unit, _zone in self.fixed}
        return named | {unit for group in (*self.barred, *self.together) for unit in group}


@dataclass(frozen=True)
class Asked:
    """A question for proposals: wishes, weights, for how long it may be thought about, and the seed."""

    wishes: Wishes = field(default_factory=Wishes)
    weights: Weights = field(default_factory=Weights)
    seconds: int = SECONDS
    seed: int = 0

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """What `as_json` wrote."""
        return cls(
            Wishes.from_json(told.get("wishes", {})), Weights.from_json(told.get("weights", {})),
            int(told.get("seconds", SECONDS)), int(told.get("seed", 0)),
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """The question as plain values."""
        return {
            "wishes": self.wishes.as_json(), "weights": self.weights.as_json(), "seconds": self.seconds, "seed": self.seed,
        }  # fmt: skip

    def plan_wishes(self) -> dict[str, Any]:
        """What a plan keeps of it: the wishes, and beside them the weights."""
        return self.wishes.as_json() | {"weights": self.weights.as_json()}

    @classmethod
    def of_plan(cls, kept: Mapping[str, Any]) -> Self:
        """The question that the wishes kept with a plan make."""
        return cls(Wishes.from_json(kept), Weights.from_json(kept.get("weights", {})))


@dataclass(frozen=True)
class Drawing:
    """One part that is drawn: its units in order of their numbers, its zones, and the axis of each township zone.

    `offices` may lead a zone; `hosts` names the township that houses the axis of a zone. `chosen` says that only so many
    of the zones are to be used.
    """

    kind: str
    units: tuple[int, ...]
    zones: tuple[PlannedZone, ...]
    axis: Mapping[str, int] = field(default_factory=dict)
    hosts: Mapping[str, int] = field(default_factory=dict)
    offices: frozenset[int] = frozenset()
    chosen: int | None = None


def begun(scheme: Scheme, ground: CountyGround) -> Scheme:
    """Today's scheme; where it has no zones of a kind, those that the county's stations and its division of work suggest.

    One township zone around each station; one direct zone for each contact leader who assists offices, led by these.
    """
    if not any(each.kind == TOWNSHIP for each in scheme.at_level(SECOND)):
        scheme = _around_stations(scheme, ground.facts)
    if not any(each.kind == DIRECT for each in scheme.at_level(SECOND)):
        scheme = _by_leaders(scheme, ground)
    return scheme


def _around_stations(scheme: Scheme, facts: Ground) -> Scheme:
    for station in (each for each in facts.units.values() if each.kind == STATION):
        code = _free(scheme, f"T-{station.code}")
        name = f"{station.place or station.name}片区协作区"
        scheme = scheme.with_zone(PlannedZone(code, name, SECOND, TOWNSHIP, _first(scheme))).put(
            station.unit, code, AXIS
        )
    return scheme


def _by_leaders(scheme: Scheme, ground: CountyGround) -> Scheme:
    facts, taken = ground.facts, set[int]()
    for number, person in enumerate(ground.contacts, start=1):
        mine = [
            u
            for u in facts.units
            if u in ground.shared(person) and facts.kind(u) in OFFICES and u not in taken
        ]
        if not mine:
            continue
        code = _free(scheme, f"D-{number}")
        scheme = scheme.with_zone(PlannedZone(code, f"第{number}县直协作区", SECOND, DIRECT, _first(scheme)))
        for unit in mine:
            scheme, taken = scheme.put(unit, code, LEAD), taken | {unit}
        scheme = scheme.led(code, [person])
    return scheme


def _first(scheme: Scheme) -> str:
    return next((each.code for each in scheme.at_level(FIRST)), "")


def _free(scheme: Scheme, code: str) -> str:
    return code if scheme.zone(code) is None else _free(scheme, f"{code}'")


def drawings(scheme: Scheme, ground: CountyGround, wishes: Wishes) -> tuple[Drawing, ...]:
    """What is to be drawn: the township part and the direct part, as far as there are zones and units of the kind."""
    parts = (_township(scheme, ground, wishes), _direct(scheme, ground))
    return tuple(each for each in parts if each.units and each.zones)


def _units_of(scheme: Scheme, facts: Ground, kind: str, kinds: Sequence[str]) -> list[int]:
    """Members of zones of the kind that stand, and units that belong to such zones and are in none."""
    codes = {each.code for each in scheme.at_level(SECOND) if each.kind == kind}
    placed = {
        each.unit: each.zone
        for each in scheme.members
        if each.role != HELPER and scheme_level(scheme, each.zone)
    }
    inside = {unit for unit, zone in placed.items() if zone in codes}
    return sorted(
        unit
        for unit, each in facts.units.items()
        if unit in inside or (unit not in placed and each.kind in kinds)
    )


def scheme_level(scheme: Scheme, code: str) -> bool:
    """Whether a zone is of the second level."""
    zone = scheme.zone(code)
    return zone is not None and zone.level == SECOND


def _township(scheme: Scheme, ground: CountyGround, wishes: Wishes) -> Drawing:
    facts = ground.facts
    units = _units_of(scheme, facts, TOWNSHIP, (*TOWNSHIPS, STATION))
    zones = [each for each in scheme.at_level(SECOND) if each.kind == TOWNSHIP]
    axes = {
        each.zone: each.unit
        for each in reversed(scheme.members)
        if each.role == AXIS and each.unit in facts.units
    }
    if wishes.axes is not None:
        return _chosen(scheme, facts, units, axes, wishes.axes)
    kept = tuple(each for each in zones if each.code in axes)
    axis = {each.code: axes[each.code] for each in kept}
    return Drawing(TOWNSHIP, tuple(units), kept, axis, _hosts(axis, facts, units))


def _hosts(axis: Mapping[str, int], facts: Ground, units: Iterable[int]) -> dict[str, int]:
    """The township that houses each axis, if it is among the units; an axis that is a township houses itself."""
    inside = set(units)
    found = {
        code: unit if facts.kind(unit) in TOWNSHIPS else host_of(unit, facts) for code, unit in axis.items()
    }
    return {code: host for code, host in found.items() if host is not None and host in inside}


def _chosen(scheme: Scheme, facts: Ground, units: list[int], axes: Mapping[str, int], many: int) -> Drawing:
    """Every township may be an axis, or the station that it houses; a zone of today keeps its code where its axis stays."""
    stations = {
        host: unit
        for unit in units
        if facts.kind(unit) == STATION and (host := host_of(unit, facts)) is not None
    }
    code_of = {axes[each.code]: each for each in scheme.zones if each.code in axes}
    candidates, axis = [], {}
    for town in (unit for unit in units if facts.kind(unit) in TOWNSHIPS):
        hub = stations.get(town, town)
        each = code_of.get(hub) or code_of.get(town) or _new_zone(scheme, facts, town)
        candidates.append(each)
        axis[each.code] = hub
    return Drawing(TOWNSHIP, tuple(units), tuple(candidates), axis, _hosts(axis, facts, units), chosen=many)


def _new_zone(scheme: Scheme, facts: Ground, town: int) -> PlannedZone:
    about = facts.units[town]
    name = f"{about.place or about.name}片区协作区"
    return PlannedZone(_free(scheme, f"T-{about.code}"), name, SECOND, TOWNSHIP, _first(scheme))


def _direct(scheme: Scheme, ground: CountyGround) -> Drawing:
    facts = ground.facts
    kinds = [each for each in ZONED if each not in (*TOWNSHIPS, STATION)]
    units = _units_of(scheme, facts, DIRECT, kinds)
    zones = tuple(each for each in scheme.at_level(SECOND) if each.kind == DIRECT)
    return Drawing(
        DIRECT, tuple(units), zones, offices=frozenset(u for u in units if facts.kind(u) in OFFICES)
    )


def holes(drawing: Drawing, ground: CountyGround) -> list[tuple[int, int]]:
    """Ways that neither the sheet nor coordinates give, where others are given; none where ways do not count at all."""
    pairs = [(unit, axis) for axis in drawing.axis.values() for unit in drawing.units if unit != axis]
    wanted = [pair for pair in pairs if pair[0] not in drawing.axis.values()]
    missing = [pair for pair in wanted if pair not in ground.ways]
    return [] if len(missing) == len(wanted) else missing


def drawn_scheme(before: Scheme, drawing: Drawing, division: Mapping[int, str]) -> Scheme:
    """The scheme with the units of one part where the division has them; helpers stay where they help."""
    used = (
        [each for each in drawing.zones if each.code in set(division.values())]
        if drawing.chosen
        else drawing.zones
    )
    kept = {each.code for each in used}
    gone = [z.code for z in before.at_level(SECOND) if z.kind == drawing.kind and z.code not in kept]
    after = before
    for code in gone:
        after = after.without_zone(code)
    for zone in used:
        after = after if after.zone(zone.code) else after.with_zone(zone)
    members = [each for each in after.members if each.unit not in division or not _gives_way(after, each)]
    placed = [
        PlannedMember(zone, unit, _role(before, drawing, unit, zone)) for unit, zone in division.items()
    ]
    return Scheme(after.zones, (*members, *placed), after.leaders).in_order()


def _gives_way(scheme: Scheme, place: PlannedMember) -> bool:
    return place.role != HELPER and scheme_level(scheme, place.zone)


def _role(before: Scheme, drawing: Drawing, unit: int, zone: str) -> str:
    """The axis is the axis, an office that comes leads; who stays keeps the role."""
    if drawing.kind == TOWNSHIP:
        return AXIS if drawing.axis.get(zone) == unit else MEMBER
    was = next(
        (
            each.role
            for each in before.members
            if each.unit == unit and each.zone == zone and each.role != HELPER
        ),
        "",
    )
    return was or (LEAD if unit in drawing.offices else MEMBER)


def led_scheme(scheme: Scheme, leader_of: Mapping[str, int], parent_of: Mapping[str, str]) -> Scheme:
    """The scheme with these leaders of its second-level zones, each under this first-level zone."""
    zones = tuple(
        PlannedZone(z.code, z.name, z.level, z.kind, parent_of.get(z.code, z.parent))
        if z.level == SECOND
        else z
        for z in scheme.zones
    )
    others = tuple(each for each in scheme.leaders if each.zone not in leader_of)
    led = tuple(PlannedLeader(zone, person) for zone, person in leader_of.items())
    return Scheme(zones, scheme.members, (*others, *led)).in_order()


def wishes_of_nobody(wishes: Wishes, parts: Sequence[Drawing]) -> Iterator[int]:
    """Units that a wish names and no part has: no proposal could say anything of them."""
    known = {unit for each in parts for unit in each.units}
    yield from sorted(wishes.units() - known)
