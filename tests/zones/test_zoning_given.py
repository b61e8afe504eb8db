"""Centres that are all fixed: the cheapest giving with its proof, also where the load depends on who takes it."""

import time
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezuo.zones.zoning.given import give
from xiezuo.zones.zoning.problem import Giving, NoRoom


@st.composite
def givings(draw):
    places, centres = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    table = st.lists(st.integers(0, 9).map(float), min_size=places * centres, max_size=places * centres)
    cost, load = (np.array(draw(table)).reshape(places, centres) for _table in range(2))
    room = np.array(draw(st.lists(st.integers(0, 25).map(float), min_size=centres, max_size=centres)))
    return Giving(cost + draw(st.sampled_from([0.0, 0.25])), load / draw(st.sampled_from([1.0, 3.0])), room)


def _cheapest_by_trying(asked):
    rows, centres = np.arange(len(asked.cost)), len(asked.room)
    costs = [
        asked.cost[rows, division].sum()
        for division in product(range(centres), repeat=len(rows))
        if (np.bincount(division, asked.load[rows, division], minlength=centres) <= asked.room + 1e-9).all()
    ]
    return min(costs, default=None)


@settings(max_examples=60, deadline=None)
@given(givings())
def test_the_answer_is_the_best_of_all_or_there_is_no_room(asked):
    best = _cheapest_by_trying(asked)
    if best is None:
        with pytest.raises(NoRoom) as refused:
            give(asked)
        assert refused.value.proven
        return
    found = give(asked)
    rows = np.arange(len(asked.cost))
    held = np.bincount(found.centre_of, asked.load[rows, found.centre_of], minlength=len(asked.room))
    assert (held <= asked.room + 1e-6).all()
    assert found.cost == pytest.approx(best, abs=1e-6)
    assert found.cost == pytest.approx(asked.cost[rows, found.centre_of].sum())
    assert found.gap == 0


def _large(places, centres, seed=3, full=0.9):
    """Costs against loads, as in the d instances of Chu and Beasley, A genetic algorithm for the GAP, 1997."""
    lot = np.random.default_rng(seed)
    load = lot.integers(1, 101, (places, centres)).astype(float)
    cost = np.maximum(111 - load + lot.integers(-10, 11, load.shape), 1.0)
    return Giving(cost, load, np.floor(np.full(centres, load.sum() / centres**2 * full)))


def test_a_large_giving_in_short_time_is_near_its_bound():
    asked = _large(200, 10)
    give(asked, seconds=0.1)
    begun = time.perf_counter()
    found = give(asked, seconds=2.0)
    assert time.perf_counter() - begun < 8
    assert 0 <= found.gap < 0.03
    assert found.history[0][1] >= found.cost


def test_the_same_question_and_seed_have_the_same_answer():
    asked = _large(30, 4, full=0.95)
    one, other = (give(asked, seed=5, seconds=120) for _time in range(2))
    assert (one.centre_of == other.centre_of).all()
    assert (one.cost, one.bound) == (other.cost, other.bound)
    assert one.gap == 0


def test_who_is_told_ends_the_search():
    asked = _large(200, 20)
    begun = time.perf_counter()
    found = give(asked, seconds=600, told=lambda _seconds, cost, _bound: not np.isfinite(cost))
    assert time.perf_counter() - begun < 30
    assert len(found.history) == 1


@pytest.mark.parametrize(
    ("cost", "load", "room", "words"),
    [
        (np.ones((2, 2)), np.ones((2, 1)), np.ones(2), "but loads"),
        (np.full((1, 1), np.inf), np.ones((1, 1)), np.ones(1), "a cost is no number"),
        (np.ones((1, 1)), np.full((1, 1), -1.0), np.ones(1), "a load is negative"),
    ],
)
def test_numbers_that_make_no_question_are_refused(cost, load, room, words):
    with pytest.raises(ValueError, match=words):
        Giving(cost, load, room)
