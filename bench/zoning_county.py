"""A fictional county of 32 units, both levels and leaders, drawn from a fixed seed and proven."""

import random
import time
from itertools import pairwise

from bench.lines import Line, within
from xiezuo.zones.zoning.ground import Ground, Place, Zone
from xiezuo.zones.zoning.leaders import Deputy, Leader, LeaderQuestion, lead
from xiezuo.zones.zoning.proposing import propose
from xiezuo.zones.zoning.question import Question
from xiezuo.zones.zoning.rules import Apart, Member, Needs, Size
from xiezuo.zones.zoning.terms import Balance, Prices
from xiezuo.zones.zoning.touching import Touching

STATIONS, DIRECT = ("A", "B", "C"), ("D", "E", "F", "G", "H")
TOWNSHIPS = tuple(f"town {at}" for at in range(11))
OFFICES = tuple(f"office {at}" for at in range(11))
GROUPS = tuple(f"group {at}" for at in range(10))


def townships(lot: random.Random) -> Question:
    """Eleven townships around three stations: ways, three loads, neighbours on a line, a barred pair."""
    travel = {(town, zone): float(lot.randint(10, 90)) for town in TOWNSHIPS for zone in STATIONS}
    places = tuple(
        Place(
            town,
            {"staff": lot.randint(3, 7), "villages": lot.randint(8, 30), "people": lot.randint(9, 60)},
            today,
        )
        for town, today in zip(TOWNSHIPS, "AAAABBBBCCC", strict=True)
    )
    zones = tuple(Zone(zone, TOWNSHIPS[at]) for zone, at in zip(STATIONS, (1, 5, 9), strict=True))
    hosts = [Member(f"host of {each.code}", each.seat, each.code) for each in zones if each.seat]
    beside = frozenset(pairwise(TOWNSHIPS)) | {(TOWNSHIPS[0], TOWNSHIPS[10])}
    rules = (
        *hosts,
        Size("size", 2, 6),
        Apart("barred", TOWNSHIPS[2], TOWNSHIPS[3]),
        Touching("contiguity", beside),
    )
    balance = {"staff": Balance(0.5), "villages": Balance(0.5), "people": Balance(0.2)}
    return Question(Ground(places, zones, travel), rules, Prices(1.0, 15.0, 0.0, balance))


def direct(lot: random.Random) -> Question:
    """Eleven offices and ten groups in five direct zones, by ties and load; every zone led by an office."""
    places = tuple(
        Place(unit, {"staff": lot.randint(2, 6)}, DIRECT[at % 5])
        for at, unit in enumerate((*OFFICES, *GROUPS))
    )
    ties = {(each.code, zone): float(lot.randint(0, 5)) for each in places for zone in DIRECT}
    rules = (Needs("an office leads", frozenset(OFFICES)), Size("size", 3, 6))
    prices = Prices(0.0, 1.0, 1.0, {"staff": Balance(0.1)})
    return Question(Ground(places, tuple(map(Zone, DIRECT)), ties=ties), rules, prices)


def leaders(lot: random.Random) -> LeaderQuestion:
    """Five contact leaders with a span of two and two deputy secretaries over the eight zones."""
    zones = (*STATIONS, *DIRECT)
    members = tuple(Leader(f"member {at}", f"deputy {at % 2}", fewest=1) for at in range(5))
    deputies = (Deputy("deputy 0", 3, 5), Deputy("deputy 1", 3, 5))
    holders = [*(each.code for each in members), *(each.code for each in deputies)]
    return LeaderQuestion(
        zones, members, deputies, {(z, h): float(lot.randint(0, 9)) for z in zones for h in holders}
    )


def prove_county() -> list[Line]:
    """The best plan of both levels and its leaders, proven; then three proposals for each part."""
    lot = random.Random(11)
    questions, led = [townships(lot), direct(lot)], leaders(lot)
    begun = time.perf_counter()
    gaps = [propose(each, many=1, seconds=30)[0].gap for each in questions]
    found = lead(led, seconds=30)
    taken = time.perf_counter() - begun
    begun = time.perf_counter()
    many = [len(propose(each, differ=3, seconds=30)) for each in questions]
    three = time.perf_counter() - begun
    line = within("zones: a county of 32 units, both levels and leaders, proven", taken, 2.0, 1)
    proven = max(gaps) == 0 and found.bound >= found.cost - 1e-6
    line = line if proven else Line(line.path, "", "not proven", None, line.target, False, 1)
    return [line, within(f"zones: {sum(many)} different proposals for them", three, 10.0, 1)]
