"""Leaders of both levels: within their spans, by the division of work, and counted as trying every choice would."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezuo.zones.zoning.leaders import (
    Deputy,
    Leader,
    LeaderPrices,
    LeaderQuestion,
    TooFewLeaders,
    count,
    lead,
)


@st.composite
def leader_questions(draw):
    zones = tuple(f"z{at}" for at in range(draw(st.integers(1, 3))))
    deputies = tuple(Deputy(f"d{at}") for at in range(draw(st.integers(1, 2))))
    assisted = st.sampled_from([None, *(each.code for each in deputies)])
    leaders = tuple(Leader(f"l{at}", draw(assisted), draw(st.integers(0, 2))) for at in range(3))
    holders = [each.code for each in (*leaders, *deputies)]
    ties = {(zone, holder): float(draw(st.integers(0, 4))) for zone in zones for holder in holders}
    today = {
        zone: (draw(st.sampled_from([None, "l0", "l1"])), draw(st.sampled_from([None, "d0"])))
        for zone in zones
    }
    fixed = {zones[0]: (draw(st.sampled_from([None, "l2"])), None)}
    return LeaderQuestion(zones, leaders, deputies, ties, today, fixed, LeaderPrices(1.0, 2.5, 0.5))


def _cheapest_by_trying(question):
    leaders, deputies = [e.code for e in question.leaders], [e.code for e in question.deputies]
    spans, costs, many = {e.code: e.span for e in question.leaders}, [], len(question.zones)
    for led in product(leaders, repeat=many):
        leader_of = dict(zip(question.zones, led, strict=True))
        held = all(led.count(each) <= spans[each] for each in leaders)
        fixed = all(who in {None, leader_of[zone]} for zone, (who, _deputy) in question.fixed.items())
        if held and fixed:
            every = product(deputies, repeat=many)
            costs += [
                count(question, leader_of, dict(zip(question.zones, each, strict=True))).cost
                for each in every
            ]
    return min(costs, default=None)


@settings(max_examples=60, deadline=None)
@given(leader_questions())
def test_the_answer_is_the_best_of_all_or_the_spans_are_named(question):
    best = _cheapest_by_trying(question)
    if best is None:
        with pytest.raises(TooFewLeaders, match=f"{len(question.zones)} zones, 3 leaders"):
            lead(question)
        return
    led = lead(question)
    assert led.cost == pytest.approx(best, abs=1e-6)
    assert led.bound == pytest.approx(best, abs=1e-6)
    for leader in question.leaders:
        assert list(led.leader_of.values()).count(leader.code) <= leader.span


def _seed(**more):
    """Eight zones, five standing members, two deputy secretaries: a span of two gives three members two zones."""
    zones = tuple(f"z{at}" for at in range(8))
    leaders = tuple(Leader(f"l{at}", "d0" if at < 2 else "d1", fewest=1) for at in range(5))
    ties = {(zone, f"d{at // 4}"): 1.0 for at, zone in enumerate(zones)}
    return LeaderQuestion(zones, leaders, (Deputy("d0", 3, 5), Deputy("d1", 3, 5)), ties, **more)


def test_members_zones_lie_inside_those_of_the_deputy_they_assist():
    led = lead(_seed())
    assert led.outside == ()
    assert sorted(list(led.leader_of.values()).count(f"l{at}") for at in range(5)) == [1, 1, 2, 2, 2]
    assert led.cost == 0


def test_a_zone_that_must_lie_outside_is_named():
    fixed = {"z0": ("l4", "d0")}
    led = lead(_seed(fixed=fixed))
    assert "z0" in led.outside
    assert (led.leader_of["z0"], led.deputy_of["z0"]) == ("l4", "d0")


def test_hands_change_only_for_what_it_is_worth():
    today = {f"z{at}": ("l0", "d0") for at in range(2)}
    cheap = lead(_seed(today=today, prices=LeaderPrices(change=5.0)))
    assert cheap.changed == ()
    assert [cheap.leader_of["z0"], cheap.leader_of["z1"]] == ["l0", "l0"]
