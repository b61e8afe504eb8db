"""Who contacts which zone, and which deputy secretary leads it: both levels in one exact model.

The basis is the division of work: a leader belongs to a zone by the units in it that he is in charge of (分管), assists
with (协管) or keeps contact with (联系). A standing member's zones should lie inside those of the deputy secretary whom
he assists; where they do not, the answer says so and it costs a price.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from xiezuo.shared.mip import End, Model, Stop
from xiezuo.zones.zoning.problem import Numbers

SPAN = 2
"""Zones of the second level that one contact leader may hold at most, where the county says nothing else."""

Pairs = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Leader:
    """A contact leader: how many zones he may and must hold, and the deputy secretary he assists, if one."""

    code: str
    assists: str | None = None
    span: int = SPAN
    fewest: int = 0


@dataclass(frozen=True)
class Deputy:
    """A deputy secretary who leads a zone of the first level, with the fewest and most zones under him."""

    code: str
    fewest: int = 0
    most: int | None = None


@dataclass(frozen=True)
class LeaderPrices:
    """What each term costs: a tie lost, a zone outside the deputy secretary its leader assists, a change of hands."""

    tie: float = 1.0
    outside: float = 1.0
    change: float = 0.0


@dataclass(frozen=True)
class LeaderQuestion:
    """Zones to be led. `ties[zone, leader or deputy]` says how much of the zone he is responsible for today.

    `today[zone]` and `fixed[zone]` name leader and deputy, either of them None where nothing is said.
    """

    zones: tuple[str, ...]
    leaders: tuple[Leader, ...]
    deputies: tuple[Deputy, ...]
    ties: Pairs = field(default_factory=dict)
    today: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    fixed: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    prices: LeaderPrices = field(default_factory=LeaderPrices)


@dataclass(frozen=True)
class Led:
    """Leader and deputy secretary of each zone, and what that costs; none costs less than `bound`.

    `outside` are zones whose leader assists another deputy secretary, `changed` those that change hands at either level.
    """

    leader_of: Mapping[str, str]
    deputy_of: Mapping[str, str]
    ties_lost: float
    outside: tuple[str, ...]
    changed: tuple[str, ...]
    cost: float
    bound: float


class TooFewLeaders(ValueError):
    """The zones cannot be led within the spans: says how many there are and how many can be held."""


def lead(question: LeaderQuestion, *, seconds: float = 5.0, stop: Stop | None = None) -> Led:
    """The cheapest leaders of both levels. Raises `TooFewLeaders` if there are none within the spans."""
    model, leads, under = _write(question)
    solved = model.solve(seconds=seconds, stop=stop)
    if not len(solved.values):
        _refuse(question, sure=solved.end is End.IMPOSSIBLE)
    led = count(question, _picked(solved.values, leads), _picked(solved.values, under))
    bound = led.cost if solved.end is End.PROVEN else min(led.cost, solved.bound)
    return Led(led.leader_of, led.deputy_of, led.ties_lost, led.outside, led.changed, led.cost, bound)


def count(question: LeaderQuestion, leader_of: Mapping[str, str], deputy_of: Mapping[str, str]) -> Led:
    """The terms of any leaders, counted directly; today's as well as proposed ones. The bound is unknown."""
    assists, prices = {each.code: each.assists for each in question.leaders}, question.prices
    outside = tuple(z for z in sorted(question.zones) if assists[leader_of[z]] not in {None, deputy_of[z]})
    changed = tuple(z for z in sorted(question.zones) if _changes(question, z, (leader_of[z], deputy_of[z])))
    lost = sum(_lost(question, zone, leader_of[zone], _codes(question.leaders)) for zone in question.zones)
    lost += sum(_lost(question, zone, deputy_of[zone], _codes(question.deputies)) for zone in question.zones)
    moves = sum(_changes(question, zone, (leader_of[zone], deputy_of[zone])) for zone in question.zones)
    cost = prices.tie * lost + prices.outside * len(outside) + prices.change * moves
    return Led(leader_of, deputy_of, lost, outside, changed, cost, -math.inf)


def _codes(holders: tuple[Leader, ...] | tuple[Deputy, ...]) -> list[str]:
    return [each.code for each in holders]


def _lost(question: LeaderQuestion, zone: str, holder: str, holders: list[str]) -> float:
    """By how much another holder would be tied more closely to the zone."""
    return max(question.ties.get((zone, each), 0.0) for each in holders) - question.ties.get(
        (zone, holder), 0.0
    )


def _changes(question: LeaderQuestion, zone: str, held: tuple[str, str]) -> int:
    """In how many of the two levels a zone changes hands."""
    today = question.today.get(zone, (None, None))
    return sum(was is not None and was != now for was, now in zip(today, held, strict=True))


Choices = dict[tuple[str, str], int]


def _write(question: LeaderQuestion) -> tuple[Model, Choices, Choices]:
    model, zones = Model(), sorted(question.zones)
    leads = _choices(model, question, zones, sorted(_codes(question.leaders)), level=0)
    under = _choices(model, question, zones, sorted(_codes(question.deputies)), level=1)
    for leader in question.leaders:
        row = {leads[zone, leader.code]: 1.0 for zone in zones}
        model.row(row, least=leader.fewest, most=leader.span)
    for deputy in question.deputies:
        row = {under[zone, deputy.code]: 1.0 for zone in zones}
        model.row(row, least=deputy.fewest, most=len(zones) if deputy.most is None else deputy.most)
    for leader in question.leaders:
        if leader.assists is not None:
            _stay_inside(model, question, leads, under, leader)
    return model, leads, under


def _choices(
    model: Model, question: LeaderQuestion, zones: list[str], holders: list[str], *, level: int
) -> Choices:
    """One holder for each zone, a fixed one where one is."""
    choices, prices = {}, question.prices
    for zone in zones:
        was, fixed = (
            question.today.get(zone, (None, None))[level],
            question.fixed.get(zone, (None, None))[level],
        )
        for holder in holders:
            changes = was is not None and was != holder
            cost = prices.tie * _lost(question, zone, holder, holders) + prices.change * changes
            choices[zone, holder] = model.choice(cost)
        may = [fixed] if fixed is not None else holders
        model.row({choices[zone, holder]: 1.0 for holder in may if (zone, holder) in choices}, least=1)
        model.row({choices[zone, holder]: 1.0 for holder in holders}, most=1)
    return choices


def _stay_inside(
    model: Model, question: LeaderQuestion, leads: Choices, under: Choices, leader: Leader
) -> None:
    """A zone of his that is not under the deputy secretary whom he assists costs its price."""
    for zone in sorted(question.zones):
        outside = model.amount(question.prices.outside, most=1.0)
        row = {leads[zone, leader.code]: 1.0, outside: -1.0}
        if leader.assists is not None and (zone, leader.assists) in under:
            row[under[zone, leader.assists]] = -1.0
        model.row(row, most=0)


def _picked(values: Numbers, choices: Choices) -> dict[str, str]:
    return {zone: holder for (zone, holder), at in choices.items() if values[at] > 0.5}


def _refuse(question: LeaderQuestion, *, sure: bool) -> None:
    if not sure:
        raise TimeoutError("no leaders were found in time")
    held = sum(each.span for each in question.leaders)
    words = f"{len(question.zones)} zones, {len(question.leaders)} leaders who may hold {held}, {len(question.deputies)} deputies"
    raise TooFewLeaders(f"the zones cannot be led within the spans and what is fixed: {words}")
