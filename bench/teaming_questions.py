"""Fictional questions for teams, made from a fixed seed: no public instance fits.

All requests fall into the same days, so nobody is in two teams: one leader, one of four skills, two of the own staff, a
woman for every second request; the own unit and three of a hundred others are recused; loads are the teams of a year.
"""

import random
from datetime import date

from xiezuo.collaboration.teaming.problem import Need, Person

STARTS, ENDS = date(2026, 3, 2), date(2026, 3, 23)
SKILLS = ("finance", "land", "construction", "law")
SIZES = {"65 × 8": (65, 8), "650 × 60": (650, 60), "3,000 × 250": (3000, 250)}


def question(name: str) -> tuple[list[Person], list[Need]]:
    """People and requests of that many."""
    people, requests = SIZES[name]
    lot = random.Random(7)
    units = [f"unit {at}" for at in range(max(8, people // 8))]
    there = [_person(lot, f"p{at}", units) for at in range(people)]
    return there, [_request(lot, f"r{at}", units, there) for at in range(requests)]


def _person(lot: random.Random, code: str, units: list[str]) -> Person:
    return Person(
        code,
        lot.choice(units),
        woman=lot.random() < 0.35,
        roles=frozenset({"leader"}) if lot.random() < 0.2 else frozenset(),
        skills=frozenset(skill for skill in SKILLS if lot.random() < 0.15),
        own=lot.random() < 0.6,
        load=float(min(12, int(lot.expovariate(0.35)))),
    )


def _request(lot: random.Random, code: str, units: list[str], people: list[Person]) -> Need:
    return Need(
        code,
        lot.choice([3, 4, 5]),
        STARTS,
        ENDS,
        roles={"leader": 1},
        skills=frozenset({lot.choice(SKILLS)}),
        women=lot.randrange(2),
        own=2,
        barred={person.id: "recusal" for person in people if lot.random() < 0.03},
        units_barred=frozenset({lot.choice(units)}),
    )
