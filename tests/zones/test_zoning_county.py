"""A county's own question: every answer keeps every rule, costs what counting says, and is as good as it claims."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.zones.zoning_questions import divisions, questions, sound
from xiezuo.shared.mip import End
from xiezuo.zones.zoning.conflicts import NoDivision, conflict
from xiezuo.zones.zoning.ground import Ground, Place, Zone
from xiezuo.zones.zoning.proposing import propose, why
from xiezuo.zones.zoning.question import NUMBER_OF_ZONES, Question
from xiezuo.zones.zoning.rules import Apart, Member, Needs, Room, Size, Together
from xiezuo.zones.zoning.terms import Balance, Prices, terms
from xiezuo.zones.zoning.touching import Touching
from xiezuo.zones.zoning.writing import find

FEW = settings(max_examples=40, deadline=None)


@FEW
@given(questions())
def test_the_answer_is_the_best_of_all_divisions_or_there_is_none(question):
    found, every = find(question, seconds=20), sound(question)
    if not every:
        assert found.division is None
        assert found.end is End.IMPOSSIBLE
        return
    assert not question.breaches(found.division)
    best = min(question.terms(each).cost for each in every)
    assert question.terms(found.division).cost == pytest.approx(best, abs=1e-5)
    assert found.cost == pytest.approx(best, abs=1e-5)
    assert found.bound <= best + 1e-5


@FEW
@given(questions())
def test_proposals_keep_the_rules_and_differ_and_no_division_is_below_their_bound(question):
    every = sound(question)
    if not every:
        with pytest.raises(NoDivision):
            propose(question)
        return
    made = propose(question, differ=2, seconds=20)
    for at, each in enumerate(made):
        assert not question.breaches(each.division)
        assert each.terms == question.terms(each.division)
        assert each.bound <= each.cost
        for other in made[:at]:
            assert sum(each.division[place] != other.division[place] for place in each.division) >= 2
    if len(made) < 3:
        assert all(any(sum(each[p] != own.division[p] for p in each) < 2 for own in made) for each in every)
    assert made[0].bound <= min(question.terms(each).cost for each in every) + 1e-5
    assert made[0].gap == 0


@FEW
@given(questions())
def test_rules_named_as_conflict_exclude_each_other_and_none_is_named_in_vain(question):
    found = conflict(question, seconds=20)
    assert (found is None) == bool(sound(question))
    if found is None:
        return
    assert found.minimal
    named = [rule for rule in question.every_rule if rule.name in found.rules]
    assert not _kept(question, named)
    for left_out in named:
        assert _kept(question, [rule for rule in named if rule is not left_out])


def _kept(question, rules):
    ground = question.ground
    return any(all(not rule.breaches(ground, each) for rule in rules) for each in divisions(question))


@FEW
@given(questions())
def test_the_order_of_input_decides_nothing(question):
    ground = question.ground
    turned = replace(ground, places=ground.places[::-1], zones=ground.zones[::-1])
    found = find(question, seconds=20)
    assert found == find(replace(question, ground=turned), seconds=20)


@FEW
@given(questions(most_places=4))
def test_why_says_what_each_other_zone_would_cost(question):
    found = find(question, seconds=20)
    if found.division is None:
        return
    place = question.ground.places[0].code
    here, every = question.terms(found.division).cost, sound(question)
    told = why(question, found.division, place, seconds=20)
    for each in told.elsewhere:
        moved = {**found.division, place: each.zone}
        assert each.alone == pytest.approx(question.terms(moved).cost - here, abs=1e-6)
        assert each.broken == question.breaches(moved)
        there = [question.terms(other).cost - here for other in every if other[place] == each.zone]
        assert each.at_best == pytest.approx(min(there, default=float("inf")), abs=1e-5)


def test_terms_are_counted_in_their_own_units():
    ground = Ground(
        (Place("a", {"staff": 6}, "x"), Place("b", {"staff": 2}, "y"), Place("c", {"staff": 4}, "x")),
        (Zone("x"), Zone("y")),
        {(place, zone): ways for place in "abc" for zone, ways in (("x", 10.0), ("y", 25.0))},
        {("c", "y"): 3.0, ("c", "x"): 1.0},
    )
    found = terms(ground, Prices(1.0, 30.0, 2.0, {"staff": Balance(0.5, 0.1)}), dict.fromkeys("abc", "x"))
    assert (found.travel, found.changes, found.ties_lost) == (30.0, 1, 2.0)
    # Mean 6: the one zone holds 12, 100 % more, the other nothing; each is 90 % beyond the band.
    assert found.uneven == {"staff": pytest.approx(180.0)}
    assert found.cost == pytest.approx(30 + 30 + 4 + 90)


RING = frozenset({("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")})


def _row(pull, **more):
    """Five places in a row; `pull` are those that zone x draws towards it."""
    travel = {
        (place, zone): 0.0 if (place in pull) == (zone == "x") else 10.0 for place in "abcde" for zone in "xy"
    }
    return Ground(tuple(map(Place, "abcde")), (Zone("x", "a"), Zone("y", "e")), travel, **more)


def test_a_zone_in_two_parts_is_mended_at_the_least_cost():
    apart = Question(_row("ac"), (Member("seat x", "a", "x"), Member("seat y", "e", "y")))
    assert find(apart, seconds=9).cost == 0
    touching = replace(apart, rules=(*apart.rules, Touching("contiguity", RING)))
    found = find(touching, seconds=9)
    assert found.cost == 10
    assert touching.breaches(dict(zip("abcde", "xyxyy", strict=True))) == {"contiguity": ("b", "c")}


def test_an_island_is_not_asked_to_touch():
    island = frozenset(RING - {("c", "d"), ("d", "e")})
    question = Question(_row("ae"), (Touching("contiguity", island),))
    assert find(question, seconds=9).cost == 0


def test_the_host_township_and_its_barred_pair_are_named_and_the_innocent_rule_is_not():
    rules = (
        Room("enough room", "staff", 100.0),
        Member("host", "a", "x"),
        Together("keep", ("a", "b")),
        Apart("barred", "a", "b"),
        Size("sizes", 1, 5),
    )
    with pytest.raises(NoDivision, match="keep, barred") as refused:
        propose(Question(_row("ab"), rules))
    assert refused.value.conflict.rules == ("keep", "barred")


def test_more_zones_than_places_is_a_conflict_of_the_number_of_zones():
    ground = Ground((Place("a"),), (Zone("x"), Zone("y")), pick=2)
    found = conflict(Question(ground))
    assert found.rules == (NUMBER_OF_ZONES,)


def test_a_direct_zone_gets_an_office_to_lead_it_and_its_groups_by_ties():
    offices, groups = ["o1", "o2"], ["g1", "g2", "g3"]
    ties = {("g1", "x"): 2.0, ("g2", "x"): 1.0, ("g3", "y"): 1.0, ("o1", "x"): 1.0, ("o2", "x"): 0.5}
    ground = Ground(tuple(map(Place, offices + groups)), (Zone("x"), Zone("y")), ties=ties)
    question = Question(ground, (Needs("lead office", frozenset(offices)),), Prices(tie=1.0))
    assert find(question, seconds=9).division == {"g1": "x", "g2": "x", "g3": "y", "o1": "x", "o2": "y"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: Ground((), (Zone("x"),)), "each place once"),
        (lambda: Ground((Place("a"), Place("a")), (Zone("x"),)), "each place once"),
        (lambda: Ground((Place("a"),), (Zone("x"),), {("b", "x"): 1.0}), "no way is given from a to x"),
        (lambda: Ground((Place("a"),), (Zone("x"),), pick=2), "expected from 1 to 1"),
        (lambda: Question(_row("a"), (Member("m", "a", "nowhere"),)), "rule m speaks of nowhere"),
        (lambda: Question(_row("a"), (Size("s"), Size("s"))), "a name of its own"),
        (lambda: Question(_row("a")).breaches({"a": "x"}), "each place of the ground"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_what_was_found(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
