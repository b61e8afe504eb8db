"""What a division costs, term by term, counted directly from its places."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xiezuo.zones.zoning.ground import Division, Ground, members


@dataclass(frozen=True)
class Balance:
    """How much a percent of uneven load costs, and how far a zone may lie from the mean before that begins."""

    price: float
    band: float = 0.1


@dataclass(frozen=True)
class Prices:
    """What each term costs: a minute of way, a place that changes its zone, a tie lost, a percent of uneven load."""

    travel: float = 1.0
    change: float = 0.0
    tie: float = 0.0
    balance: Mapping[str, Balance] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """A division term by term, each in its own unit, and all of them at the prices asked.

    `travel`: sum of the ways; `changes`: places in another zone than today; `ties_lost`: how much more closely places
    would be tied elsewhere; `uneven[load]`: percents of the mean by which zones lie beyond the band, added up.
    """

    travel: float
    changes: int
    ties_lost: float
    uneven: Mapping[str, float]
    cost: float


def terms(ground: Ground, prices: Prices, division: Division) -> Terms:
    """Count the terms of a division."""
    travel = sum(ground.travel.get(arc, 0.0) for arc in division.items())
    changes = sum(place.today is not None and division[place.code] != place.today for place in ground.places)
    ties_lost = sum(ground.tie_lost(place, zone) for place, zone in division.items())
    uneven = {load: _uneven(ground, load, each.band, division) for load, each in prices.balance.items()}
    cost = prices.travel * travel + prices.change * changes + prices.tie * ties_lost
    cost += sum(prices.balance[load].price * amount for load, amount in uneven.items())
    return Terms(travel, changes, ties_lost, uneven, cost)


def _uneven(ground: Ground, load: str, band: float, division: Division) -> float:
    loads, held = ground.loads_of(load), members(division)
    mean = sum(loads.values()) / ground.used
    if mean <= 0:
        return 0.0
    zones = [each.code for each in ground.zones] if ground.pick is None else list(held)
    sums = [sum(loads[place] for place in held.get(zone, [])) for zone in zones]
    # Zones that could be used and are not hold nothing.
    sums += [0.0] * max(0, ground.used - len(sums))
    return sum(100 * max(0.0, abs(each - mean) / mean - band) for each in sums)
