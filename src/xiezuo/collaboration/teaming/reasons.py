"""Why a team is as it is: what each member meets and costs, and which demands it meets with nobody to spare."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from xiezuo.collaboration.teaming.problem import Binding, Member, Need, Person, Team, Weights, rules_of


def team_of(people: Iterable[Person], need: Need, members: Iterable[str], weights: Weights) -> Team:
    """A team with its reasons, however it was made; members that are nobody's are left out."""
    everybody = list(people)
    chosen = frozenset(members)
    team = sorted((person for person in everybody if person.id in chosen), key=lambda each: each.id)
    loads = [person.load + (person.id in chosen) for person in everybody]
    return Team(
        tuple(_member(person, need) for person in team),
        tuple(_bindings(team, need)),
        max(loads, default=0.0),
        math.fsum(load**2 for load in loads),
        price_of(team, need, weights),
    )


def price_of(team: Sequence[Person], need: Need, weights: Weights) -> float:
    """What further matters about a team, by the weights."""
    of_unit = Counter(person.unit for person in team)
    return math.fsum(
        [
            weights.part_time * sum(not person.full_time for person in team),
            weights.travel * math.fsum(person.travel.get(need.id, 0.0) for person in team),
            weights.same_unit * sum(number - 1 for number in of_unit.values()),
            weights.change * len(need.kept - {person.id for person in team}),
        ]
    )


def _member(person: Person, need: Need) -> Member:
    return Member(
        person.id,
        tuple(rule for rule in rules_of(need) if rule.met_by(person)),
        person.load + 1,
        person.own,
        person.full_time,
        person.travel.get(need.id, 0.0),
        person.id in need.kept,
    )


def _bindings(team: Sequence[Person], need: Need) -> Iterable[Binding]:
    for rule in rules_of(need):
        by = tuple(person.id for person in team if rule.met_by(person))
        if len(by) == rule.least:
            yield Binding(rule, by)
