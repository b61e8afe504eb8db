"""The demonstration county as plain values to draw zones on: its ground, and its terms counted once more by other means."""

from collections import Counter
from dataclasses import replace
from datetime import date

from tests.zones.judged_county import FACTS, PEOPLE, RULES, UNITS, County, county_on
from xiezuo.config.demonstrated.zone_ground import LOADS, NEIGHBOURS, WAYS
from xiezuo.zones.proposals.asking import Asked, Wishes
from xiezuo.zones.proposals.reckoning import reckon
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.valuing import STAFF, CountyGround

DAY = date(2022, 7, 1)
COUNTY: County = county_on(DAY)
TODAY = COUNTY.scheme
P = {code: PEOPLE[f"P{code:03}"] for code in range(1, 12)}


def ground() -> CountyGround:
    """The ground of the county of July 2022, with its own sheets."""
    units = COUNTY.ground.units
    ways = {
        (UNITS[row[0]], UNITS[axis]): float(way)
        for row in WAYS[1:]
        for axis, way in zip(WAYS[0][1:], row[1:], strict=True)
    }
    given = {UNITS[row[0]]: dict(zip(LOADS[0][1:], map(float, row[1:]), strict=True)) for row in LOADS[1:]}
    functions = {
        UNITS[row["机构编码"]]: frozenset(row["职责领域"].split("、"))
        for row in FACTS["机构"]
        if row.get("职责领域")
    }
    return CountyGround(
        COUNTY.ground, ways, frozenset(),
        {unit: {STAFF: float(each.staff or 0), **given.get(unit, {})} for unit, each in units.items()},
        frozenset((UNITS[one], UNITS[other]) for one, other in NEIGHBOURS[1:]),
        functions, (P[4], P[5], P[6], P[7], P[8]), (P[2], P[3]), {P[4]: P[2], P[5]: P[3], P[6]: P[2], P[7]: P[3], P[8]: P[3]},
    )  # fmt: skip


GROUND = ground()


def answer(
    wishes: Wishes | None = None, ground: CountyGround = GROUND, today: Scheme = TODAY, seconds: int = 30
) -> dict:  # type: ignore[type-arg]
    """Proposals for the county."""
    return reckon(today, ground, RULES, Asked(wishes or Wishes(), ground.weights, seconds))


def unit(code: str) -> int:
    """The number of a unit."""
    return UNITS[code]


# The same terms, counted by another road: zone after zone from the rows, without what `valuing` looks up.


def counted_travel(scheme: Scheme, ground: CountyGround) -> float:
    """Minutes to the axes, added up."""
    axes = {each.zone: each.unit for each in scheme.members if each.role == "轴"}
    return sum(
        ground.ways[each.unit, axes[each.zone]]
        for each in scheme.members
        if each.role == "成员" and each.zone in axes
    )


def counted_changes(scheme: Scheme, today: Scheme) -> int:
    """Units in another second-level zone than today."""
    here = {each.unit: each.zone for each in scheme.members if each.role != "支援"}
    return sum(each.role != "支援" and here.get(each.unit) != each.zone for each in today.members)


def counted_uneven(scheme: Scheme, ground: CountyGround, kind: str) -> float:
    """Percents of staff beyond the band of the zones of a kind, added up."""
    codes = [zone.code for zone in scheme.zones if zone.kind == kind]
    held = Counter[str]()
    for each in scheme.members:
        if each.role != "支援" and each.zone in codes:
            held[each.zone] += ground.facts.units[each.unit].staff or 0
    mean = sum(held.values()) / len(codes)
    return sum(max(0.0, abs(held[code] / mean - 1) - ground.weights.band) * 100 for code in codes)


def counted_ties(scheme: Scheme, today: Scheme, ground: CountyGround) -> float:
    """Points of ties given up in direct zones: of functions and of the division of work."""
    codes = [zone.code for zone in scheme.zones if zone.kind == "县直"]
    lost = 0.0
    for each in scheme.members:
        if each.zone in codes and each.role != "支援":
            tie = {code: _tie(each.unit, code, today, ground) for code in codes}
            lost += max(tie.values()) - tie[each.zone]
    return lost


def _tie(unit: int, zone: str, today: Scheme, ground: CountyGround) -> float:
    lead = {
        f
        for each in today.members
        if each.zone == zone and each.role == "领办"
        for f in ground.functions[each.unit]
    }
    mine = ground.functions.get(unit, frozenset())
    parent = next(each.parent for each in today.zones if each.code == zone)
    work = {share.unit: 0.5 for share in ground.facts.shares if share.person in today.leaders_of(parent)}
    work |= {share.unit: 1.0 for share in ground.facts.shares if share.person in today.leaders_of(zone)}
    points = ground.weights.function * sum(f in lead for f in mine) / max(len(mine), 1)
    return points + ground.weights.portfolio * work.get(unit, 0.0)


def lighter(ground: CountyGround = GROUND, **weights: float) -> CountyGround:
    """The ground with other weights."""
    return replace(ground, weights=replace(ground.weights, **weights))  # type: ignore[arg-type]
