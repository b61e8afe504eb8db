"""Every rule that a team breaks is named, with what was found and expected; and the roster says who can go."""

import pytest

from tests.collaboration.teaming.questions_by_lot import day, need, person
from xiezuo.collaboration.teaming.checking import Broken, broken, broken_plan
from xiezuo.collaboration.teaming.problem import Kind, Rule
from xiezuo.collaboration.teaming.roster import Why, roster

PEOPLE = [
    person("p", woman=True, own=True, roles=frozenset({"组长"}), skills=frozenset({"财务"})),
    person("q", unit="乙", own=True),
    person("r", unit="乙"),
    person("b", unit="丙", busy=((day(4), day(9)),)),
]


@pytest.mark.parametrize(
    ("asked", "members", "expected"),
    [
        ({"size": 2}, "pq", []),
        ({"size": 3}, "pq", [Broken("r", Kind.SIZE, found=2, expected=3)]),
        ({"size": 1}, "pq", [Broken("r", Kind.SIZE, found=2, expected=1)]),
        ({"size": 1, "roles": {"组长": 1}}, "q", [Broken("r", Kind.ROLE, "组长", found=0, expected=1)]),
        (
            {"size": 1, "skills": frozenset({"财务"})},
            "q",
            [Broken("r", Kind.SKILL, "财务", found=0, expected=1)],
        ),
        ({"size": 2, "women": 2}, "pq", [Broken("r", Kind.WOMEN, found=1, expected=2)]),
        ({"size": 2, "own": 2}, "pr", [Broken("r", Kind.OWN, found=1, expected=2)]),
        ({"size": 1, "pinned": frozenset("p")}, "q", [Broken("r", Kind.PINNED, person="p")]),
        ({"size": 2, "most_of_unit": 1}, "qr", [Broken("r", Kind.MOST_OF_UNIT, "乙", found=2, expected=1)]),
        ({"size": 2, "least_units": 2}, "qr", [Broken("r", Kind.LEAST_UNITS, found=1, expected=2)]),
        ({"size": 1}, "pp", [Broken("r", Kind.TWICE, person="p", found=2, expected=1)]),
        ({"size": 1}, "x", [Broken("r", Kind.PERSON, person="x")]),
        (
            {"size": 1, "barred": {"p": "回避"}},
            "p",
            [Broken("r", Kind.PERSON, person="p", why=Why.BARRED, reason="回避")],
        ),
        (
            {"size": 1, "units_barred": frozenset({"乙"})},
            "q",
            [Broken("r", Kind.PERSON, person="q", why=Why.UNIT_BARRED)],
        ),
        ({"size": 1}, "b", [Broken("r", Kind.PERSON, person="b", why=Why.BUSY)]),
    ],
)
def test_each_broken_rule_is_named(asked, members, expected):
    assert broken(PEOPLE, need(**asked), list(members)) == expected


def test_a_person_in_two_teams_at_once_is_named_but_not_in_two_that_touch():
    needs = [need("a"), need("b", starts=day(5), ends=day(6)), need("c", starts=day(4), ends=day(6))]
    assert broken_plan(PEOPLE, needs, {"a": ["p"], "b": ["p"]}) == []
    assert broken_plan(PEOPLE, needs, {"a": ["p"], "c": ["p"]}) == [
        Broken("c", Kind.TWICE, of="a", person="p", found=2, expected=1)
    ]


def test_the_roster_says_who_can_go_and_what_each_one_meets():
    asked = need(roles={"组长": 1}, own=1, barred={"q": "回避"}, units_barred=frozenset({"乙"}))
    found = roster(PEOPLE, asked)
    assert [(each.person.id, each.why, each.reason) for each in found] == [
        ("p", None, ""),
        ("q", Why.BARRED, "回避"),
        ("r", Why.UNIT_BARRED, ""),
        ("b", Why.BUSY, ""),
    ]
    assert found[0].meets == (Rule(Kind.ROLE, "组长", 1), Rule(Kind.OWN, "", 1))
    assert found[3].busy == ((day(4), day(9)),)
    assert [each.can_go for each in found] == [True, False, False, False]
