"""Choosing centres: sound, repeatable, and never better than its bound."""

import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.zones.zoning_questions import cheapest_by_trying, districtings
from xiezuo.zones.zoning.districting import draw
from xiezuo.zones.zoning.problem import Districting, NoRoom

QUICK = {"rounds": 8, "seconds": 20}


def _sound(asked, found):
    held = np.bincount(found.centre_of, asked.load, minlength=len(asked.room))
    cost = asked.cost[np.arange(len(asked.load)), found.centre_of].sum()
    return (
        (held <= asked.room + 1e-6).all()
        and len(set(found.centre_of.tolist())) <= asked.zones
        and found.cost == pytest.approx(cost)
        and found.bound <= found.cost
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(districtings())
def test_the_answer_is_the_best_of_all_divisions_or_there_is_no_room(asked):
    best = cheapest_by_trying(asked)
    if best is None:
        with pytest.raises(NoRoom) as refused:
            draw(asked, **QUICK)
        assert refused.value.proven
        return
    found = draw(asked, **QUICK)
    assert _sound(asked, found)
    assert found.cost == pytest.approx(best, abs=1e-6)
    assert found.gap == 0


def _map(places, seed=0, centres=None, load=10):
    lot = np.random.default_rng(seed)
    here = lot.uniform(0, 100, (places, 2))
    there = here if centres is None else lot.uniform(0, 100, (centres, 2))
    ways = np.sqrt(((here[:, None] - there[None]) ** 2).sum(axis=2))
    return ways, lot.integers(1, load, places).astype(float)


def test_the_same_question_seed_and_rounds_have_the_same_answer():
    ways, load = _map(120)
    asked = Districting(ways, load, np.full(120, load.sum() / 10), 12)
    one, other = (draw(asked, seed=7, rounds=3, seconds=600) for _time in range(2))
    assert (one.centre_of == other.centre_of).all()
    assert (one.cost, one.bound, one.rounds) == (other.cost, other.bound, other.rounds)
    assert one.bound < one.cost


def test_the_time_limit_gives_the_best_so_far_with_a_bound():
    ways, load = _map(300)
    asked = Districting(ways, load, np.full(300, load.sum() / 20), 24)
    draw(asked, rounds=1)
    begun = time.perf_counter()
    found = draw(asked, rounds=10_000, seconds=1.5)
    assert time.perf_counter() - begun < 6
    assert _sound(asked, found)
    assert 0 < found.gap < 0.1


def test_who_is_told_of_the_search_can_end_it():
    ways, load = _map(150)
    asked = Districting(ways, load, np.full(150, load.sum() / 10), 14)
    heard = []

    def stop_when_something_is_found(_seconds, cost, bound):
        heard.append((cost, bound))
        return not np.isfinite(cost)

    found = draw(asked, rounds=10_000, seconds=600, told=stop_when_something_is_found)
    assert found.rounds == 1
    assert all(bound <= cost for cost, bound in heard)


@pytest.mark.parametrize("zones", [1, 2, 39, 40])
def test_few_and_many_zones(zones):
    ways, load = _map(40)
    asked = Districting(ways, load, np.full(40, load.sum()), zones)
    found = draw(asked, **QUICK)
    assert _sound(asked, found)
    if zones == 1:
        assert found.cost == pytest.approx(ways.sum(axis=0).min())
    if zones == 40:
        assert found.cost == 0
    assert found.gap == 0


@pytest.mark.parametrize(
    ("ways", "load", "room"),
    [
        (np.zeros((12, 12)), np.ones(12), np.full(12, 4.0)),
        (_map(12)[0], np.zeros(12), np.zeros(12)),
        (_map(12)[0], np.ones(12), np.full(12, np.inf)),
        (_map(12)[0], np.linspace(0.1, 1.3, 12), np.linspace(9, 2, 12)),
        (_map(12)[0] - 50, np.ones(12), np.full(12, 5.0)),
        (_map(12)[0] * 1e6, np.ones(12) * 1e5, np.full(12, 4e5)),
        (np.ones((12, 12)), np.ones(12) * 1e-6, np.full(12, 5e-6)),
    ],
    ids=["equal points", "no loads", "endless rooms", "broken loads", "negative costs", "large", "small"],
)
def test_odd_numbers(ways, load, room):
    asked = Districting(ways, load, room, 3)
    found = draw(asked, **QUICK)
    assert _sound(asked, found)
    assert found.gap == pytest.approx(0, abs=1e-6)


def test_places_need_not_be_centres():
    ways, load = _map(60, centres=9)
    asked = Districting(ways, load, np.full(9, load.sum() / 4), 5)
    found = draw(asked, **QUICK)
    assert _sound(asked, found)
    assert found.gap < 0.01


def test_no_centre_holds_two_zones_where_one_lies_cheapest_for_all():
    ways = np.ones((8, 4)) * 5
    ways[:, 0] = 1
    found = draw(Districting(ways, np.ones(8), np.full(4, 4.0), 2), **QUICK)
    assert found.cost == 4 * 1 + 4 * 5
    assert sorted(np.unique(found.centre_of, return_counts=True)[1].tolist()) == [4, 4]


def test_a_thousand_places_stay_within_time():
    ways, load = _map(1000)
    asked = Districting(ways, load, np.full(1000, load.sum() / 45), 50)
    begun = time.perf_counter()
    found = draw(asked, rounds=2, seconds=30)
    assert time.perf_counter() - begun < 60
    assert _sound(asked, found)
    assert found.gap < 0.1


def test_a_place_heavier_than_every_room_is_named():
    ways, load = _map(9)
    load[4] = 99
    with pytest.raises(NoRoom, match="place 4 brings 99, the largest room is 50") as refused:
        draw(Districting(ways, load, np.full(9, 50.0), 3))
    assert (refused.value.place, refused.value.proven) == (4, True)


def test_more_load_than_the_largest_rooms_take_is_named():
    with pytest.raises(NoRoom, match="all places bring 9, the 2 largest rooms take 8") as refused:
        draw(Districting(np.ones((9, 3)), np.ones(9), np.array([4.0, 4.0, 3.0]), 2))
    assert refused.value.proven


def test_loads_that_fit_in_sum_but_not_in_rooms_are_proven_not_to_fit():
    with pytest.raises(NoRoom) as refused:
        draw(Districting(np.ones((3, 3)), np.full(3, 3.0), np.full(3, 5.0), 2), **QUICK)
    assert refused.value.proven


@pytest.mark.parametrize(
    ("cost", "load", "room", "zones", "words"),
    [
        (np.ones((2, 2)), np.ones(3), np.ones(2), 1, "2 places and 2 centres"),
        (np.ones((2, 2)), np.ones(2), np.ones(2), 3, "expected from 1 to 2"),
        (np.ones((2, 2)), np.ones(2), np.ones(2), 0, "expected from 1 to 2"),
        (np.full((2, 2), np.nan), np.ones(2), np.ones(2), 1, "a cost is no number"),
        (np.ones((2, 2)), -np.ones(2), np.ones(2), 1, "a load is negative"),
        (np.ones((2, 2)), np.ones(2), np.full(2, np.nan), 1, "a room is negative or no number"),
        (np.ones((0, 2)), np.ones(0), np.ones(2), 1, "one of each at least"),
    ],
)
def test_numbers_that_make_no_question_are_refused(cost, load, room, zones, words):
    with pytest.raises(ValueError, match=words):
        Districting(cost, load, room, zones)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_the_cost_does_not_hang_on_the_order_of_places(seed):
    ways, load = _map(20, seed=seed)
    turned = np.random.default_rng(seed).permutation(20)
    room = np.full(20, load.sum() / 3)
    costs = [
        draw(Districting(each, loads, room, 4), **QUICK).cost
        for each, loads in ((ways, load), (ways[np.ix_(turned, turned)], load[turned]))
    ]
    assert costs[0] == pytest.approx(costs[1], rel=1e-6)


def test_who_only_names_the_package_loads_no_solver():
    code = "import sys, xiezuo.zones.zoning; print({'numba', 'highspy', 'numpy'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
