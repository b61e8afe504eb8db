"""The exact model of a county's question: written, solved by HiGHS, and cut until every rule is kept."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from xiezuo.shared.mip import End, Model, Solved, Stop
from xiezuo.zones.zoning.ground import Division, Ground
from xiezuo.zones.zoning.problem import Numbers
from xiezuo.zones.zoning.question import Question, freeze
from xiezuo.zones.zoning.rules import Arcs, Rule
from xiezuo.zones.zoning.terms import Prices


@dataclass(frozen=True)
class Found:
    """The cheapest division found; None if there is none (`end` says whether that is sure). None costs below `bound`."""

    end: End
    division: Division | None
    cost: float
    bound: float


@dataclass
class Written:
    """A model of choices by place and zone."""

    ground: Ground
    model: Model = field(default_factory=Model)
    choice: dict[tuple[str, str], int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)

    def bind(
        self, arcs: Arcs, *, least: float = -math.inf, most: float = math.inf,
        use: Mapping[str, float] | None = None,
    ) -> None:  # fmt: skip
        """Bind the sum of choices; `use` are factors of whether a zone is used at all."""
        row = {self.choice[arc]: factor for arc, factor in arcs.items() if factor}
        row |= {self.used[zone]: factor for zone, factor in (use or {}).items() if factor}
        self.model.row(row, least=least, most=most)

    def division(self, values: Numbers) -> Division:
        """The division that the values of the variables mean."""
        return freeze({place: zone for (place, zone), at in self.choice.items() if values[at] > 0.5})


def write(ground: Ground, prices: Prices, rules: Sequence[Rule]) -> Written:
    """Write the model: each place in one zone, the terms as costs, the rules as rows."""
    ground = _in_order(ground)
    written = Written(ground)
    _write_choices(written, prices)
    for rule in rules:
        rule.bind(written)
    for load, balance in prices.balance.items():
        _write_balance(written, load, balance.band, balance.price)
    return written


def _in_order(ground: Ground) -> Ground:
    """The same ground by codes, so that the order of input decides nothing."""
    places = tuple(sorted(ground.places, key=lambda each: each.code))
    zones = tuple(sorted(ground.zones, key=lambda each: each.code))
    return Ground(places, zones, ground.travel, ground.ties, ground.pick)


def _write_choices(written: Written, prices: Prices) -> None:
    ground = written.ground
    for zone in ground.zones:
        written.used[zone.code] = written.model.choice()
        if ground.pick is None:
            written.model.row({written.used[zone.code]: 1.0}, least=1)
    for place in ground.places:
        for zone in ground.zones:
            moved = place.today is not None and place.today != zone.code
            cost = prices.travel * ground.travel.get((place.code, zone.code), 0.0) + prices.change * moved
            cost += prices.tie * ground.tie_lost(place.code, zone.code)
            written.choice[place.code, zone.code] = written.model.choice(cost)
        written.bind({(place.code, zone.code): 1.0 for zone in ground.zones}, least=1, most=1)
    if ground.pick is not None:
        for place_code, zone_code in written.choice:
            written.bind({(place_code, zone_code): 1.0}, most=0, use={zone_code: -1.0})


def _write_balance(written: Written, load: str, band: float, price: float) -> None:
    """What lies beyond the band costs its price; an unused zone is uneven by nothing."""
    loads = written.ground.loads_of(load)
    mean = sum(loads.values()) / written.ground.used
    if mean <= 0 or price <= 0:
        return
    for zone in written.ground.zones:
        beyond = written.model.amount(price * 100 / mean)
        row = {written.choice[place, zone.code]: amount for place, amount in loads.items() if amount}
        used = written.used[zone.code]
        written.model.row({**row, beyond: -1.0, used: -(1 + band) * mean}, most=0)
        written.model.row({**row, beyond: 1.0, used: -(1 - band) * mean}, least=0)


def solve(
    written: Written, rules: Sequence[Rule], *, seconds: float, stop: Stop | None = None, gap: float = 0.0
) -> Found:
    """Solve, and add the rows that a broken rule calls for, until no rule is broken or the time is over.

    Cut off before every rule is kept, it has no division to show, but its bound holds.
    """
    until, bound = time.perf_counter() + seconds, -math.inf
    while True:
        solved = written.model.solve(seconds=until - time.perf_counter(), stop=stop, gap=gap)
        bound = max(bound, solved.cost if solved.end is End.PROVEN and gap == 0 else solved.bound)
        if not len(solved.values):
            return Found(solved.end, None, math.inf, bound)
        division = written.division(solved.values)
        if not _cut(written, rules, division):
            return _found(solved, division, bound)
        if time.perf_counter() >= until or (stop is not None and stop()):
            return Found(End.CUT_OFF, None, math.inf, bound)


def _cut(written: Written, rules: Sequence[Rule], division: Division) -> bool:
    cuts = [cut for rule in rules for cut in rule.cuts(written.ground, division)]
    for cut in cuts:
        written.bind(cut.arcs, least=cut.least)
    return bool(cuts)


def _found(solved: Solved, division: Division, bound: float) -> Found:
    return Found(solved.end, division, solved.cost, min(bound, solved.cost))


def find(
    question: Question, *, seconds: float, stop: Stop | None = None, rules: Sequence[Rule] | None = None
) -> Found:
    """The cheapest division by the question's rules, or by `rules` alone."""
    kept = question.every_rule if rules is None else rules
    written = write(question.ground, question.prices, kept)
    return solve(written, kept, seconds=seconds, stop=stop)


def possible(question: Question, rules: Sequence[Rule], *, seconds: float) -> bool | None:
    """Whether any division keeps these rules; None if the time did not suffice to know."""
    free = Prices(travel=0.0)
    found = solve(write(question.ground, free, rules), rules, seconds=seconds)
    if found.division is not None:
        return True
    return False if found.end is End.IMPOSSIBLE else None


def equal(one: float, other: float) -> bool:
    """Whether two costs differ by no more than counting does."""
    return bool(np.isclose(one, other, rtol=1e-6, atol=1e-6))
