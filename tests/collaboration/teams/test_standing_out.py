"""Who stands out, and who is named for what: pure rules, for any ledger."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.collaboration.states import Standing
from xiezuo.collaboration.teams.barring import Known, Matter, bar_of, from_there
from xiezuo.collaboration.teams.candidates import Away, Candidate, Ground, roles_needed, standing_of
from xiezuo.collaboration.teams.clauses import Clause, clause_of
from xiezuo.collaboration.teams.proposals import with_roles

FIRST = date(2026, 3, 2)
DAYS = (FIRST, FIRST + timedelta(days=10))
SINCE = FIRST.replace(year=2024)
ALWAYS = (date(2000, 1, 1), date(2100, 1, 1))


def known(**more: Any) -> Known:
    return Known(**{"person": 1, "unit": 10, "posts": ((10, *ALWAYS),), "origin": "虚构县甲镇", **more})


def matter(**more: Any) -> Matter:
    return Matter(**{"units": frozenset({20}), "places": ("乙镇",), "days": DAYS, "since": SINCE, **more})


@pytest.mark.parametrize(
    ("left", "clause"),
    [(SINCE, None), (SINCE + timedelta(days=1), "G7")],
)
def test_a_former_unit_keeps_out_until_the_very_day_on_which_the_years_are_over(
    left: date, clause: str | None
) -> None:
    posts = ((10, *ALWAYS), (20, date(2020, 1, 1), left))
    assert bar_of(known(posts=posts), matter()) == clause


def test_what_was_decided_about_somebody_comes_before_what_the_ledger_says() -> None:
    decided = Clause("recusal:监察法第六十七条", "监察法第六十七条", "")
    found = bar_of(known(origin="虚构县乙镇"), matter(recusals={1: decided}))
    assert found == decided


@given(st.text(min_size=0, max_size=6), st.text(min_size=0, max_size=6))
def test_a_place_is_found_at_the_end_of_an_origin_and_nowhere_else(county: str, place: str) -> None:
    assert from_there(county + place, [place]) == (len(place) >= 2)
    assert not from_there(county + "〇", [place]) or place.endswith("〇")


@given(st.sampled_from(["G6", "G7", "P6", "R18", "M2", "D10"]))
def test_a_clause_says_nothing_but_itself(code: str) -> None:
    words = clause_of(code, {}).words
    assert all(ground not in words for ground in ("单位", "镇", "籍贯", "同村", "亲属"))


@pytest.mark.parametrize(
    ("status", "standing"),
    [("在编", Standing.OWN), ("事业", Standing.OWN), ("借调", Standing.LENT), ("挂职", Standing.LENT), ("跟班", Standing.TRAINEE), ("聘用", Standing.TRAINEE)],
)  # fmt: skip
def test_only_who_is_on_the_establishment_counts_as_own_staff(status: str, standing: Standing) -> None:
    assert standing_of(status) == standing


PEOPLE = st.lists(st.tuples(st.sampled_from(list(Standing)), st.booleans()), min_size=1, max_size=6)


@given(PEOPLE, st.booleans(), st.integers(0, 2))
def test_roles_that_a_team_needs_go_to_who_can_be_them_as_far_as_there_are_such(
    people: Any, evidence: bool, experts: int
) -> None:
    row: Any = SimpleNamespace(
        measures=["谈话"] if evidence else [],
        duty="监督检查",
        people=len(people),
        roles={"专业人员": experts},
    )
    ground = Ground(1, DAYS, tuple(candidate(at, *each) for at, each in enumerate(people)), 2)
    picks = with_roles(row, ground, [], range(len(people)))
    assert [pick.person for pick in picks] == list(range(len(people)))
    for pick in picks:
        assert pick.roles
        assert set(pick.roles) <= ground.by_person[pick.person].roles
    for role, least in roles_needed(row).items():
        able = sum(role in each.roles for each in ground.people)
        assert sum(role in pick.roles for pick in picks) == min(least, able)


def candidate(person: int, standing: Standing, skilled: bool) -> Candidate:
    return Candidate(
        person, "", 10, "", "", full_time=True, standing=standing, skills=("财务",) if skilled else ()
    )


def test_only_days_that_collide_keep_somebody_busy() -> None:
    before, within = (
        Away(Away.TEAM, FIRST - timedelta(days=5), FIRST),
        Away(Away.POST, DAYS[1] - timedelta(days=1), ALWAYS[1]),
    )
    person = Candidate(1, "", 10, "", "", full_time=True, standing=Standing.OWN, away=(before, within))
    assert person.away_in(DAYS) == [within]
