"""Questions of zone drawing, drawn by lot and small enough to be answered by trying everything."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from xiezuo.zones.zoning.ground import Ground, Place, Zone
from xiezuo.zones.zoning.problem import Districting
from xiezuo.zones.zoning.question import Question
from xiezuo.zones.zoning.rules import Apart, Member, Needs, Outsider, Reach, Room, Size, Together
from xiezuo.zones.zoning.terms import Balance, Prices
from xiezuo.zones.zoning.touching import Touching

whole = st.integers(0, 20)


@st.composite
def districtings(draw, *, most_places=6, most_centres=4):
    """Few places and centres, with equal points, loads of nothing and rooms of every size among them."""
    places, centres = draw(st.integers(1, most_places)), draw(st.integers(1, most_centres))
    numbers = st.one_of(st.integers(0, 9).map(float), st.floats(0, 9).map(lambda each: round(each, 3)))
    cost = draw(st.lists(numbers, min_size=places * centres, max_size=places * centres))
    load = draw(st.lists(numbers, min_size=places, max_size=places))
    room = draw(st.lists(st.integers(0, 30).map(float), min_size=centres, max_size=centres))
    zones = draw(st.integers(1, centres))
    return Districting(np.array(cost).reshape(places, centres), np.array(load), np.array(room), zones)


def cheapest_by_trying(asked: Districting) -> float | None:
    """The cost of the best division, or None if there is none."""
    places, centres = asked.cost.shape
    found = None
    for division in product(range(centres), repeat=places):
        held = np.bincount(division, asked.load, minlength=centres)
        if len(set(division)) <= asked.zones and (held <= asked.room + 1e-9).all():
            cost = float(asked.cost[range(places), division].sum())
            found = cost if found is None else min(found, cost)
    return found


@st.composite
def questions(draw, *, most_places=5, most_zones=3):
    """A county of few places with rules that may well exclude each other."""
    places = [f"p{at}" for at in range(draw(st.integers(2, most_places)))]
    zones = [f"z{at}" for at in range(draw(st.integers(2, most_zones)))]
    pick = draw(st.one_of(st.none(), st.integers(1, len(zones))))
    ground = Ground(
        tuple(Place(each, {"staff": draw(whole)}, draw(st.sampled_from([None, *zones]))) for each in places),
        tuple(Zone(each, draw(st.sampled_from([None, places[0]]))) for each in zones),
        {(place, zone): float(draw(whole)) for place in places for zone in zones},
        {(place, zone): float(draw(st.integers(0, 3))) for place in places for zone in zones},
        pick,
    )
    prices = Prices(1.0, float(draw(st.integers(0, 9))), 2.0, {"staff": Balance(0.3, 0.1)})
    return Question(ground, tuple(draw(rules(places, zones))), prices)


@st.composite
def rules(draw, places, zones):
    """Up to five rules of different kinds."""
    place, zone = st.sampled_from(places), st.sampled_from(zones)
    some = st.lists(place, min_size=2, max_size=3, unique=True).map(tuple)
    pairs = st.frozensets(st.tuples(place, place).filter(lambda pair: pair[0] < pair[1]), max_size=8)
    kinds = [
        st.builds(Member, st.just("member"), place, zone),
        st.builds(Outsider, st.just("outsider"), place, zone),
        some.map(lambda two: Apart("apart", two[0], two[1])),
        st.builds(Together, st.just("together"), some),
        st.builds(Size, st.just("size"), st.integers(0, 2), st.integers(2, 4)),
        st.builds(Room, st.just("room"), st.just("staff"), st.integers(5, 60).map(float)),
        st.builds(Reach, st.just("reach"), st.integers(8, 20).map(float)),
        st.builds(Needs, st.just("needs"), st.frozensets(place, min_size=1, max_size=4)),
        st.builds(Touching, st.just("touching"), pairs),
    ]
    chosen = draw(st.lists(st.sampled_from(range(len(kinds))), max_size=5, unique=True))
    return [draw(kinds[at]) for at in chosen]


def divisions(question: Question):
    """Every division of the ground."""
    places = [each.code for each in question.ground.places]
    for zones in product([each.code for each in question.ground.zones], repeat=len(places)):
        yield dict(zip(places, zones, strict=True))


def sound(question: Question):
    """Every division that keeps all rules."""
    return [each for each in divisions(question) if not question.breaches(each)]
