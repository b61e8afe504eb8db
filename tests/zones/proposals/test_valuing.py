"""Any scheme is counted term by term as a second count has it, quickly, and whatever the order of its rows."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.zones.proposals.drawn_county import (
    GROUND,
    TODAY,
    counted_changes,
    counted_ties,
    counted_travel,
    counted_uneven,
    unit,
)
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.valuing import STAFF, CountyGround, Weights, value

TOWNS = [unit(f"XZ0{n}") for n in range(1, 9)]
GROUPS = [unit(f"PZ{n:02}") for n in range(1, 11)]


def _moved(towns: dict[int, str], groups: dict[int, str]) -> Scheme:
    scheme = TODAY
    for each, zone in (towns | groups).items():
        scheme = scheme.put(each, zone)
    return scheme


schemes = some.builds(
    _moved,
    some.dictionaries(some.sampled_from(TOWNS), some.sampled_from(["ET1", "ET2", "ET3"])),
    some.dictionaries(some.sampled_from(GROUPS), some.sampled_from(["ED1", "ED2", "ED3", "ED4", "ED5"])),
)


@given(schemes)
@settings(max_examples=60, deadline=None)
def test_each_term_is_as_a_second_count_has_it(scheme: Scheme) -> None:
    told = value(scheme, GROUND, TODAY)
    assert told.travel == pytest.approx(counted_travel(scheme, GROUND))
    assert told.changes == counted_changes(scheme, TODAY)
    assert told.ties_lost == pytest.approx(counted_ties(scheme, TODAY, GROUND))
    both = [counted_uneven(scheme, GROUND, kind) for kind in ("乡镇", "县直")]
    assert told.uneven == {STAFF: pytest.approx(sum(both))}
    weights = GROUND.weights
    assert told.township.cost == pytest.approx(
        weights.way * counted_travel(scheme, GROUND) + weights.change * told.township.changes + 0.5 * both[0]
    )
    assert told.cost == pytest.approx(told.township.cost + told.direct.cost + told.leaders.cost)


@given(schemes, some.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_changes_nothing(scheme: Scheme, chance: random.Random) -> None:
    members = chance.sample(scheme.members, len(scheme.members))
    mixed = Scheme(scheme.zones, tuple(members), scheme.leaders)
    one, other = value(scheme, GROUND, TODAY), value(mixed, GROUND, TODAY)
    assert other.cost == pytest.approx(one.cost)
    assert (other.changes, other.longest) == (one.changes, one.longest)


def test_today_changes_nothing() -> None:
    told = value(TODAY, GROUND, TODAY)
    assert (told.changes, told.leaders.changes) == (0, 0)


def test_a_leader_of_other_work_costs_the_part_of_the_zone_that_is_not_his() -> None:
    handed = TODAY.led("ED3", TODAY.leaders_of("ED1"))
    before, after = value(TODAY, GROUND, TODAY).leaders, value(handed, GROUND, TODAY).leaders
    assert (after.changes, after.astray - before.astray) == (1, 1)
    assert after.ties_lost - before.ties_lost == pytest.approx(GROUND.weights.share)


def test_a_unit_that_is_taken_out_has_moved() -> None:
    assert value(TODAY.take_out(TOWNS[4]), GROUND, TODAY).township.changes == 1


def test_helpers_are_no_load() -> None:
    helped = TODAY.put(unit("ZH01"), "ET1", "支援")
    assert value(helped, GROUND, TODAY).zones == value(TODAY, GROUND, TODAY).zones


def test_nothing_known_is_nothing_counted() -> None:
    bare = CountyGround(facts=replace(GROUND.facts, shares=()))
    told = value(TODAY, bare, TODAY)
    assert (told.travel, told.longest, told.ties_lost, told.cost) == (None, None, 0.0, 0.0)


def test_a_scheme_without_zones_costs_nothing_and_breaks_nothing() -> None:
    assert value(Scheme(), GROUND, Scheme()).cost == 0.0


def test_weights_are_as_they_were_kept() -> None:
    kept = Weights(change=3, balance={STAFF: 1.0, "人口": 2.0})
    assert Weights.from_json(kept.as_json()) == kept
    assert Weights.from_json({}) == Weights()


def test_a_move_is_counted_while_a_hand_still_lies_on_it() -> None:
    begun = time.process_time()
    for _time in range(20):
        value(TODAY, GROUND, TODAY)
    assert (time.process_time() - begun) / 20 < 0.02
