"""Questions drawn by lot, small enough to be answered by trying everything, and the answer that trying gives."""

from datetime import date, timedelta
from itertools import combinations, product

from hypothesis import strategies as st

from xiezuo.collaboration.teaming.checking import broken, broken_plan
from xiezuo.collaboration.teaming.problem import Need, Person

FIRST = date(2026, 1, 1)
UNITS = ("甲", "乙", "丙")


def day(at):
    return FIRST + timedelta(at)


def person(code, **more):
    return Person(code, **{"unit": "甲", **more})


def need(code="r", size=1, **more):
    return Need(code, size, **{"starts": day(0), "ends": day(5), **more})


def _some(of):
    return st.frozensets(st.sampled_from(of), max_size=len(of))


def _days(draw, most):
    first = draw(st.integers(0, most))
    return day(first), day(first + draw(st.integers(1, 4)))


@st.composite
def people_by_lot(draw, most=5):
    loads = st.one_of(st.integers(0, 3).map(float), st.sampled_from([0.1, 0.2, 1.5, 2.25]))
    return [
        person(
            f"p{at}",
            unit=draw(st.sampled_from(UNITS)),
            woman=draw(st.booleans()),
            roles=draw(_some("ab")),
            skills=draw(_some("st")),
            own=draw(st.booleans()),
            full_time=draw(st.booleans()),
            busy=tuple(_days(draw, 9) for _period in range(draw(st.integers(0, 1)))),
            load=draw(loads),
        )
        for at in range(draw(st.integers(0, most)))
    ]


@st.composite
def needs_by_lot(draw, people, most=3, *, special=False):
    ids = [each.id for each in people]
    return [_need(draw, f"r{at}", ids, special=special) for at in range(draw(st.integers(0, most)))]


def _need(draw, code, ids, *, special):
    starts, ends = _days(draw, 7)
    some = _some(ids) if ids else st.just(frozenset())
    units = {"most_of_unit": draw(st.sampled_from([None, 1, 2])), "least_units": draw(st.integers(0, 2))}
    return Need(
        code,
        draw(st.integers(0, 3)),
        starts,
        ends,
        roles=draw(st.dictionaries(st.sampled_from("ab"), st.integers(0, 2), max_size=1)),
        skills=draw(st.frozensets(st.sampled_from("st"), max_size=1)),
        women=draw(st.sampled_from([0, 0, 1, 2])),
        own=draw(st.sampled_from([0, 0, 1, 2])),
        barred=dict.fromkeys(draw(st.frozensets(st.sampled_from(ids), max_size=1)) if ids else (), "回避"),
        units_barred=draw(st.frozensets(st.sampled_from(UNITS), max_size=1)),
        kept=draw(some),
        pinned=draw(st.frozensets(st.sampled_from(ids), max_size=1)) if special and ids else frozenset(),
        **(units if special else {}),
    )


@st.composite
def questions(draw, *, special=False):
    people = draw(people_by_lot())
    return people, draw(needs_by_lot(people, special=special))


def teams_of(people, asked):
    """Every team that breaks no rule of a need."""
    return [
        each
        for each in combinations([one.id for one in people], asked.size)
        if not broken(people, asked, each)
    ]


def goals_of(people, needs, teams):
    """Unfilled places, greatest load and squares, counted by themselves."""
    load = {each.id: each.load for each in people}
    for members in teams.values():
        for each in members:
            load[each] += 1
    unfilled = sum(each.size for each in needs if each.id not in teams)
    return unfilled, max(load.values(), default=0), sum(each**2 for each in load.values())


def best_by_trying(people, needs):
    """The best goals of all plans."""
    ways = [[None, *teams_of(people, each)] for each in needs]
    plans = (
        {each.id: team for each, team in zip(needs, chosen, strict=True) if team is not None}
        for chosen in product(*ways)
    )
    return min(goals_of(people, needs, each) for each in plans if not broken_plan(people, needs, each))
