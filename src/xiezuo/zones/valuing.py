"""What a scheme costs on a county's ground, term by term, counted directly; pure, and quick enough for every move in an editor.

Proposals are found elsewhere, by exact models; whoever shows a scheme, theirs or one drawn by hand, counts it here, so that
both are told in the same words.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Self

from xiezuo.zones.judged import Ground
from xiezuo.zones.scheme import AXIS, DIRECT, HELPER, LEAD, SECOND, TOWNSHIP, Scheme

STAFF = "人员"
"""The load that the ledger knows: people in post. The others are named by the county's sheet (村数, 人口, …)."""

UnitPair = tuple[int, int]


@dataclass(frozen=True)
class Weights:
    """What each term costs, in points; one minute of way is the measure of the others.

    `change`: a unit that goes to another zone; `function`: a unit none of whose functions its zone's lead offices have;
    `portfolio`: a unit outside the division of work of who leads its zone; `balance`: by load, a percent beyond `band`
    (a part of the mean). Of leaders: `share`: a zone none of whose units is in the work of who leads it; `outside`: a zone
    of a leader who assists another deputy secretary; `hands`: a zone that changes hands, at either level.
    """

    way: float = 1.0
    change: float = 15.0
    function: float = 30.0
    portfolio: float = 30.0
    balance: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({STAFF: 0.5}))
    band: float = 0.2
    share: float = 30.0
    outside: float = 20.0
    hands: float = 15.0

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """What `as_json` wrote; what is missing is as usual."""
        return cls(**{name: told[name] for name in cls.__dataclass_fields__ if name in told})

    def as_json(self) -> dict[str, Any]:
        """The weights as plain values."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return told | {"balance": dict(self.balance)}


@dataclass(frozen=True)
class CountyGround:
    """What a county's zones are drawn on, on a day.

    `facts` are the units, the division of work and who holds which post. `ways` are minutes from a unit to one that may be
    an axis, `guessed` those of them that come from coordinates and not from the county's sheet. `loads` are what each unit
    brings, by name. `contacts` may lead second-level zones, `chiefs` first-level ones, both in official order; `assists`
    names the deputy secretary whom a contact leader assists.
    """

    facts: Ground = field(default_factory=Ground)
    ways: Mapping[UnitPair, float] = field(default_factory=dict)
    guessed: frozenset[UnitPair] = frozenset()
    loads: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    neighbours: frozenset[UnitPair] = frozenset()
    functions: Mapping[int, frozenset[str]] = field(default_factory=dict)
    contacts: tuple[int, ...] = ()
    chiefs: tuple[int, ...] = ()
    assists: Mapping[int, int] = field(default_factory=dict)
    weights: Weights = field(default_factory=Weights)

    @property
    def load_names(self) -> tuple[str, ...]:
        """Every load that a unit brings; that of the ledger first."""
        named = {name for loads in self.loads.values() for name in loads}
        return (STAFF, *sorted(named - {STAFF}))

    def load(self, unit: int, name: str) -> float:
        """What a unit brings of a load; nothing is said is nothing."""
        return float(self.loads.get(unit, {}).get(name, 0.0))

    def shared(self, person: int) -> frozenset[int]:
        """The units in which a person has a share, whatever the mode."""
        return frozenset(each.unit for each in self.facts.shares if each.person == person)


@dataclass(frozen=True)
class ZoneValue:
    """One second-level zone: how many units, what they bring, and the ways of its members to the axis added up."""

    code: str
    units: int
    staff: float
    loads: Mapping[str, float]
    travel: float | None
    longest: float | None


@dataclass(frozen=True)
class PartValue:
    """One part of a scheme: township zones, direct zones, or leaders. Terms that a part has not are nothing.

    `astray` are the units, of leaders the zones, that would belong more closely elsewhere; `uneven` percents of the mean
    beyond the band, added up; `cost` the terms at the county's weights, in points.
    """

    travel: float | None = None
    longest: float | None = None
    ties_lost: float = 0.0
    astray: int = 0
    uneven: Mapping[str, float] = field(default_factory=dict)
    changes: int = 0
    outside: int = 0
    cost: float = 0.0


@dataclass(frozen=True)
class Valued:
    """A scheme term by term: both parts and the leaders, and all of them together.

    `travel` is the sum of known ways to the axes in minutes and `longest` the longest of them, None where none is known;
    `ties_lost` points of ties given up; `changes` units in another zone than today.
    """

    travel: float | None
    longest: float | None
    ties_lost: float
    uneven: Mapping[str, float]
    changes: int
    cost: float
    zones: tuple[ZoneValue, ...]
    township: PartValue = field(default_factory=PartValue)
    direct: PartValue = field(default_factory=PartValue)
    leaders: PartValue = field(default_factory=PartValue)


def value(scheme: Scheme, ground: CountyGround, today: Scheme) -> Valued:
    """Count a scheme beside today's. The order of its zones, members and leaders changes nothing but the order of zones."""
    drawn, was = Drawn(scheme), Drawn(today)
    zones = tuple(_zone(drawn, ground, code) for code in drawn.second)
    township = _township(drawn, ground, was, zones)
    direct = _direct(drawn, ground, was, zones)
    leaders = _leaders(drawn, ground, was)
    uneven = {
        name: township.uneven.get(name, 0.0) + direct.uneven.get(name, 0.0) for name in ground.weights.balance
    }
    return Valued(
        township.travel, township.longest, direct.ties_lost, uneven, township.changes + direct.changes,
        township.cost + direct.cost + leaders.cost, zones, township, direct, leaders,
    )  # fmt: skip


class Drawn:
    """A scheme looked up by its codes once, instead of again for each question."""

    def __init__(self, scheme: Scheme) -> None:
        self.second = {each.code: each for each in scheme.zones if each.level == SECOND}
        self.units: dict[str, list[int]] = defaultdict(list)
        self.zone_of: dict[int, str] = {}
        self.leads: dict[str, list[int]] = defaultdict(list)
        self.axis: dict[str, int] = {}
        self.led_by: dict[str, int] = {}
        for each in scheme.members:
            if each.zone in self.second and each.role != HELPER:
                self._take(each.zone, each.unit, each.role)
        for leader in scheme.leaders:
            self.led_by.setdefault(leader.zone, leader.person)

    def _take(self, zone: str, unit: int, role: str) -> None:
        if unit not in self.units[zone]:
            self.units[zone].append(unit)
        self.zone_of.setdefault(unit, zone)
        if role == AXIS:
            self.axis.setdefault(zone, unit)
        if role == LEAD:
            self.leads[zone].append(unit)

    def of_kind(self, kind: str) -> list[str]:
        """The codes of the second-level zones of a kind, in order."""
        return [code for code, zone in self.second.items() if zone.kind == kind]

    def chief(self, code: str) -> int | None:
        """Who leads the first-level zone above."""
        zone = self.second.get(code)
        return self.led_by.get(zone.parent) if zone else None


def _zone(drawn: Drawn, ground: CountyGround, code: str) -> ZoneValue:
    units = drawn.units[code]
    loads = {name: sum(ground.load(unit, name) for unit in units) for name in ground.load_names}
    ways = list(_ways(drawn, ground, code))
    return ZoneValue(code, len(units), loads[STAFF], loads, _sum(ways), max(ways, default=None))


def _ways(drawn: Drawn, ground: CountyGround, code: str) -> Iterable[float]:
    axis = drawn.axis.get(code)
    for unit in drawn.units[code]:
        if axis is not None and unit != axis and (unit, axis) in ground.ways:
            yield ground.ways[unit, axis]


def _sum(known: list[float]) -> float | None:
    return sum(known) if known else None


def _township(drawn: Drawn, ground: CountyGround, was: Drawn, zones: tuple[ZoneValue, ...]) -> PartValue:
    codes, weights = drawn.of_kind(TOWNSHIP), ground.weights
    mine = [each for each in zones if each.code in set(codes)]
    travel = _sum([each.travel for each in mine if each.travel is not None])
    uneven = {
        name: unevenness([each.loads.get(name, 0.0) for each in mine], weights.band)
        for name in weights.balance
    }
    changes = _changes(drawn, was, TOWNSHIP)
    cost = weights.way * (travel or 0.0) + weights.change * changes + _uneven_cost(weights, uneven)
    longest = max((each.longest for each in mine if each.longest is not None), default=None)
    return PartValue(travel, longest, uneven=uneven, changes=changes, cost=cost)


def _direct(drawn: Drawn, ground: CountyGround, was: Drawn, zones: tuple[ZoneValue, ...]) -> PartValue:
    codes, weights = drawn.of_kind(DIRECT), ground.weights
    mine = [each for each in zones if each.code in set(codes)]
    ties = ties_of(drawn, ground, was)
    lost = [
        max(ties[unit, each] for each in codes) - ties[unit, code]
        for code in codes
        for unit in drawn.units[code]
    ]
    uneven = {
        name: unevenness([each.loads.get(name, 0.0) for each in mine], weights.band)
        for name in weights.balance
    }
    changes = _changes(drawn, was, DIRECT)
    cost = sum(lost) + weights.change * changes + _uneven_cost(weights, uneven)
    return PartValue(
        ties_lost=sum(lost),
        astray=sum(each > 1e-9 for each in lost),
        uneven=uneven,
        changes=changes,
        cost=cost,
    )


def ties_of(drawn: Drawn, ground: CountyGround, was: Drawn) -> dict[tuple[int, str], float]:
    """How closely each unit of a direct zone belongs to each direct zone, in points.

    A zone is what its lead offices do and who leads it today; a zone that there is not today, as it is drawn.
    """
    codes, found = drawn.of_kind(DIRECT), {}
    units = [unit for code in codes for unit in drawn.units[code]]
    for code in codes:
        as_it_is = was if code in was.second else drawn
        functions = frozenset[str]().union(
            *(ground.functions.get(unit, frozenset()) for unit in as_it_is.leads[code])
        )
        led = {as_it_is.led_by.get(code): 1.0}
        led.setdefault(as_it_is.chief(code), 0.5)
        portfolio = _portfolio(ground, led)
        for unit in units:
            tie = ground.weights.function * affinity(ground.functions.get(unit, frozenset()), functions)
            found[unit, code] = tie + ground.weights.portfolio * portfolio.get(unit, 0.0)
    return found


def affinity(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """The part of a unit's functions that a zone's lead offices have too; 0 for a unit without functions."""
    return len(mine & theirs) / len(mine) if mine else 0.0


def _portfolio(ground: CountyGround, led: Mapping[int | None, float]) -> dict[int, float]:
    found: dict[int, float] = {}
    for person, weight in led.items():
        if person is not None:
            found |= {unit: max(weight, found.get(unit, 0.0)) for unit in ground.shared(person)}
    return found


def unevenness(loads: list[float], band: float) -> float:
    """Percents of the mean by which zones lie beyond the band, added up; 0 where there is nothing to share."""
    mean = sum(loads) / len(loads) if loads else 0.0
    if mean <= 0:
        return 0.0
    return sum(100 * max(0.0, abs(each - mean) / mean - band) for each in loads)


def _uneven_cost(weights: Weights, uneven: Mapping[str, float]) -> float:
    return sum(weights.balance[name] * amount for name, amount in uneven.items())


def _changes(drawn: Drawn, was: Drawn, kind: str) -> int:
    """Units that were in a zone and are in another, told under the kind of the new one; or in none, under the old."""
    moved = 0
    for unit, before in was.zone_of.items():
        now = drawn.zone_of.get(unit)
        if now != before:
            moved += (drawn.second[now] if now else was.second[before]).kind == kind
    return moved


def _leaders(drawn: Drawn, ground: CountyGround, was: Drawn) -> PartValue:
    weights, shares = ground.weights, _Shares(ground)
    lost, outside, hands = [], 0, 0
    for code in drawn.second:
        leader, chief = drawn.led_by.get(code), drawn.chief(code)
        units = drawn.units[code]
        lost.append(shares.lost(units, leader, ground.contacts) + shares.lost(units, chief, ground.chiefs))
        assisted = ground.assists.get(leader) if leader is not None else None
        outside += assisted is not None and assisted != chief
        hands += sum(
            _handed(now, before) for now, before in ((leader, was.led_by.get(code)), (chief, was.chief(code)))
        )
    points = weights.share * sum(lost)
    cost = points + weights.outside * outside + weights.hands * hands
    return PartValue(
        ties_lost=points, astray=sum(each > 1e-9 for each in lost), changes=hands, outside=outside, cost=cost
    )


def _handed(now: int | None, before: int | None) -> bool:
    return before is not None and now != before


class _Shares:
    """How much of a zone is in the work of a person: the part of its units in which he has a share."""

    def __init__(self, ground: CountyGround) -> None:
        self._of: dict[int, set[int]] = defaultdict(set)
        for each in ground.facts.shares:
            self._of[each.person].add(each.unit)

    def tie(self, units: list[int], person: int | None) -> float:
        """Between 0 and 1; 0 without a person or without units."""
        return share_of(units, self._of[person]) if person is not None else 0.0

    def lost(self, units: list[int], person: int | None, others: tuple[int, ...]) -> float:
        """By how much another would be tied more closely to the zone."""
        mine = self.tie(units, person)
        return max([mine, *(self.tie(units, each) for each in others)]) - mine


def share_of(units: list[int], shared: Iterable[int]) -> float:
    """The part of some units that is among those shared."""
    return len(set(units) & set(shared)) / len(units) if units else 0.0
