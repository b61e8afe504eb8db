"""Different teams for one need with their reasons, and what would have to give where nobody fits."""

from dataclasses import replace
from functools import partial

from hypothesis import given, settings

from tests.collaboration.teaming.questions_by_lot import (
    day,
    goals_of,
    need,
    people_by_lot,
    person,
    questions,
    teams_of,
)
from xiezuo.collaboration.teaming.checking import broken
from xiezuo.collaboration.teaming.problem import Binding, Give, Kind, Rule, Way
from xiezuo.collaboration.teaming.proposing import alternatives as alternatives_within
from xiezuo.collaboration.teaming.proposing import propose
from xiezuo.collaboration.teaming.proposing import what_would_give as what_would_give_within

alternatives = partial(alternatives_within, seconds=20)
what_would_give = partial(what_would_give_within, seconds=20)
"""However busy the machine is."""


@settings(max_examples=60, deadline=None)
@given(questions(special=True))
def test_alternatives_are_teams_the_best_first_and_all_different(question):
    people, needs = question
    for asked in needs[:1]:
        found = alternatives(people, asked)
        possible = {frozenset(each) for each in teams_of(people, asked)} if asked.size else set()
        assert {frozenset(each.ids) for each in found} <= possible
        assert len({each.ids for each in found}) == len(found) >= min(1, len(possible))
        assert len(found) >= min(2, len(possible))
        if found:
            best = min(goals_of(people, [asked], {asked.id: each})[1:] for each in possible)
            assert (found[0].max_load, round(found[0].squares, 6)) == (best[0], round(best[1], 6))


def test_an_alternative_has_half_of_its_places_filled_by_others():
    people = [person(f"p{at}", load=float(at)) for at in range(8)]
    found = [{*each.ids} for each in alternatives(people, need(size=4))]
    assert len(found) == 3
    assert [len(found[0] & each) <= 2 for each in found[1:]] == [True, True]


def test_a_team_says_why_each_member_is_in_it_and_whom_it_cannot_spare():
    woman = person("w", woman=True, own=True, load=3.0, travel={"r": 7.0})
    asked = need(size=2, women=1, own=1)
    (team, *_others) = alternatives([woman, person("m", own=True, full_time=True), person("n")], asked)
    members = {each.person: each for each in team.members}
    women, own = Rule(Kind.WOMEN, "", 1), Rule(Kind.OWN, "", 1)
    assert members["w"].meets == (own, women)
    assert (members["w"].load_after, members["w"].travel, members["w"].own) == (4.0, 7.0, True)
    assert Binding(women, ("w",)) in team.binding


def test_where_nobody_fits_there_is_no_alternative_and_something_would_give():
    people = [person("p"), person("q", woman=True)]
    asked = need(size=2, women=2)
    assert alternatives(people, asked) == []
    assert what_would_give(people, asked) == [(Give(Kind.WOMEN, "", 2, 1),)]


def test_nothing_gives_where_nothing_has_to():
    assert what_would_give([person("p")], need()) == []


def test_a_recusal_is_never_given_but_a_bar_that_may_be_lifted_is():
    people = [person("p"), person("q")]
    asked = need(barred={"p": "回避", "q": "另有任务"})
    assert what_would_give(people, asked) == []
    lifted = replace(asked, may_lift=frozenset({"另有任务"}))
    assert what_would_give(people, lifted) == [(Give(Way.LIFT, "另有任务", person="q"),)]


def test_a_barred_unit_and_the_law_are_never_given():
    assert what_would_give([person("p", unit="乙")], need(units_barred=frozenset({"乙"}))) == []
    assert what_would_give([person("p")], need(own=1)) == []


def test_who_is_busy_may_be_freed_or_the_days_moved():
    busy = person("p", busy=((day(0), day(3)),))
    assert what_would_give([busy], need()) == [
        (Give(Way.FREE, person="p"),),
        (Give(Way.LATER, starts=day(3)),),
    ]


def test_as_few_as_possible_are_freed():
    people = [person(f"p{at}", busy=((day(0), day(200)),)) for at in range(4)] + [person("q")]
    (freed,) = [each for each in what_would_give(people, need(size=3)) if each[0].kind is Way.FREE]
    assert len(freed) == 2


def test_several_concessions_are_put_together_where_one_would_not_do():
    asked = need(size=1, women=1, roles={"a": 1})
    assert what_would_give([person("p")], asked) == [
        (Give(Kind.ROLE, "a", 1, 0), Give(Kind.WOMEN, "", 1, 0)),
    ]


@settings(max_examples=40, deadline=None)
@given(people_by_lot())
def test_a_smaller_need_that_is_named_can_be_filled(people):
    asked = need(size=3, women=2, skills=frozenset("s"))
    for give, *others in what_would_give(people, asked):
        if give.kind is Kind.SIZE and not others:
            smaller = replace(asked, size=give.enough)
            assert broken(people, smaller, propose(people, [smaller]).teams["r"]) == []
            assert propose(people, [replace(asked, size=give.enough + 1)]).goals.unfilled
