"""Three different good proposals, each with its terms beside today's and its proof; and why a place is where it is."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from xiezuo.shared.mip import End, Stop
from xiezuo.zones.zoning.conflicts import Conflict, NoDivision, conflict
from xiezuo.zones.zoning.ground import Division
from xiezuo.zones.zoning.question import Question, freeze
from xiezuo.zones.zoning.rules import Member, Rule, Writing
from xiezuo.zones.zoning.terms import Balance, Prices, Terms
from xiezuo.zones.zoning.writing import find

STRESS = 5.0
"""A proposal that stresses a term makes it so much dearer than the county did."""
DEFAULT_CHANGE = 0.25
"""Where the county gives changes no price: a part of the mean way, or of one, so that fewest changes can be asked."""


class Stress(Enum):
    """What a proposal sets store by. The first is at the county's own prices."""

    COUNTY = "county"
    TRAVEL = "travel"
    TIES = "ties"
    BALANCE = "balance"
    CHANGES = "changes"


@dataclass(frozen=True)
class Proposal:
    """A division that keeps every rule.

    `terms` and `today` are counted at the county's own prices; `cost` and `bound` at the prices of this proposal, and no
    division that differs as asked from the proposals before it costs less than `bound`.
    """

    stress: Stress
    division: Division
    terms: Terms
    today: Terms | None
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        """By what part of its cost it may be dearer than the best, at most; 0 is proven best."""
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / max(abs(self.cost), 1e-12)


@dataclass(frozen=True)
class Elsewhere:
    """What having a place in another zone would cost more than the proposal, at the county's prices.

    `alone`: every other place stays, counted directly, with the rules `broken` that this would break. `at_best`: the
    others may move as well, solved anew; infinite if no division has the place there, None if time did not suffice.
    """

    zone: str
    alone: float
    broken: Mapping[str, tuple[str, ...]]
    at_best: float | None


@dataclass(frozen=True)
class Why:
    """Why a place is in its zone: what it adds there, and what each other zone would cost."""

    place: str
    zone: str
    travel: float
    tie_lost: float
    changed: bool
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True)
class _Differs(Rule):
    """At least `places` places are in another zone than in a division given."""

    division: Mapping[str, str] = field(default_factory=dict)
    places: int = 1

    def breaches(self, ground: object, division: Division) -> tuple[str, ...]:
        same = [place for place, zone in self.division.items() if division[place] == zone]
        return () if len(division) - len(same) >= self.places else tuple(same)

    def bind(self, writing: Writing) -> None:
        arcs = dict.fromkeys(self.division.items(), 1.0)
        writing.bind(arcs, most=len(self.division) - self.places)


def propose(
    question: Question, *, many: int = 3, differ: int = 2, seconds: float = 10.0, stop: Stop | None = None
) -> tuple[Proposal, ...]:
    """Up to `many` proposals, each with at least `differ` places elsewhere than in each of the others.

    The first is at the county's prices, the others stress one term each; fewer are given where the rules leave no more.
    Raises `NoDivision` with the rules in conflict if there is none, TimeoutError if none was found in time.
    """
    until = time.perf_counter() + seconds
    made: list[Proposal] = []
    for stress in _stresses(question):
        share = (until - time.perf_counter()) / max(1, many - len(made))
        others = _unlike([each.division for each in made], differ)
        made += _propose(question, stress, others, seconds=max(0.1, share), stop=stop)
        if len(made) == many or (stop is not None and stop()):
            break
    if not made:
        _say_why(question, max(1.0, until - time.perf_counter()))
    return tuple(made)


def _stresses(question: Question) -> list[Stress]:
    """The terms that can tell divisions apart; the county's prices once more if these are too few."""
    ground, found = question.ground, [Stress.COUNTY]
    found += [Stress.TRAVEL] if ground.travel else [Stress.TIES] if ground.ties else []
    found += [Stress.BALANCE] if question.prices.balance else []
    found += [Stress.CHANGES] if ground.today is not None else []
    return [*found, Stress.COUNTY, Stress.COUNTY]


def _unlike(divisions: list[Division], differ: int) -> list[Rule]:
    return [_Differs(f"unlike {at}", each, differ) for at, each in enumerate(divisions)]


def _propose(
    question: Question, stress: Stress, unlike: list[Rule], *, seconds: float, stop: Stop | None
) -> list[Proposal]:
    stressed = replace(question, prices=_stressed(question, stress))
    found = find(stressed, seconds=seconds, stop=stop, rules=[*question.every_rule, *unlike])
    if found.division is None:
        return []
    today = question.ground.today
    at_today = None if today is None else question.terms(today)
    cost = stressed.terms(found.division).cost
    bound = cost if found.end is End.PROVEN else min(cost, found.bound)
    return [Proposal(stress, found.division, question.terms(found.division), at_today, cost, bound)]


def _stressed(question: Question, stress: Stress) -> Prices:
    prices = question.prices
    if stress is Stress.TRAVEL:
        return replace(prices, travel=STRESS * (prices.travel or 1.0))
    if stress is Stress.TIES:
        return replace(prices, tie=STRESS * (prices.tie or 1.0))
    if stress is Stress.CHANGES:
        return replace(prices, change=STRESS * (prices.change or _usual_change(question)))
    if stress is Stress.BALANCE:
        dearer = {load: Balance(STRESS * each.price, each.band) for load, each in prices.balance.items()}
        return replace(prices, balance=dearer)
    return prices


def _usual_change(question: Question) -> float:
    ways = question.ground.travel.values()
    return DEFAULT_CHANGE * (question.prices.travel * sum(ways) / len(ways) if ways else 1.0) or 1.0


def _say_why(question: Question, seconds: float) -> None:
    found: Conflict | None = conflict(question, seconds=seconds)
    if found is None:
        raise TimeoutError("no division was found in time, and none is known to be impossible")
    raise NoDivision(found)


def why(question: Question, division: Division, place: str, *, seconds: float = 5.0) -> Why:
    """What the place adds in its zone, and what each other zone would cost, alone and at best.

    Raises KeyError if there is no such place.
    """
    zone, ground = division[place], question.ground
    until = time.perf_counter() + seconds
    others = sorted(each.code for each in ground.zones if each.code != zone)
    elsewhere = tuple(_elsewhere(question, division, place, other, until) for other in others)
    today = next(each.today for each in ground.places if each.code == place)
    travel, tie_lost = ground.travel.get((place, zone), 0.0), ground.tie_lost(place, zone)
    return Why(place, zone, travel, tie_lost, today is not None and today != zone, elsewhere)


def _elsewhere(question: Question, division: Division, place: str, zone: str, until: float) -> Elsewhere:
    here = question.terms(division).cost
    moved = freeze({**division, place: zone})
    alone = question.terms(moved).cost - here
    at_best = _at_best(question, place, zone, until - time.perf_counter())
    return Elsewhere(zone, alone, question.breaches(moved), None if at_best is None else at_best - here)


def _at_best(question: Question, place: str, zone: str, seconds: float) -> float | None:
    """The cost of the best division with the place there."""
    if seconds <= 0:
        return None
    there = Member(f"{place} in {zone}", place, zone)
    found = find(question, seconds=seconds, rules=[*question.every_rule, there])
    if found.division is not None:
        return found.cost if found.end is End.PROVEN else None
    return math.inf if found.end is End.IMPOSSIBLE else None
