"""Opening + in − out = closing, for every unit, any history and any two days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as draw
from hypothesis.extra.django import TestCase

from tests import factories as make
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.figures.api import Asking, check
from xiezuo.organisation.models import Assignment, Commission, Person, Unit
from xiezuo.organisation.movements import Movement, between_days, flows, movements
from xiezuo.organisation.states import LENT, Status
from xiezuo.shared.periods import OPEN

FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)
DAYS = draw.integers(0, 40).map(lambda days: FIRST + timedelta(days=days))
STAYS = draw.tuples(
    draw.integers(0, 3),  # person
    draw.integers(0, 2),  # unit
    draw.sampled_from(["书记", "副书记", "委员"]),
    draw.sampled_from([Status.ESTABLISHED.value, Status.SECONDED.value]),
    DAYS,
    draw.one_of(draw.integers(1, 15), draw.none()),
)
History = list[tuple[int, int, str, str, date, int | None]]


class AnyHistory(TestCase):
    @given(history=draw.lists(STAYS, max_size=14), days=draw.tuples(DAYS, DAYS).map(sorted))
    def test_opening_and_arrivals_less_departures_are_closing(
        self, history: History, days: list[date]
    ) -> None:
        set_actor(OPERATOR)
        county = make.commission()
        _live(county, history)
        found = {movement.unit: movement for movement in movements(between_days((county.pk,), *days))}
        for movement in found.values():
            assert movement.holds, movement
        assert _numbers(found) == _walked(county, *days)
        assert flows(between_days((county.pk,), *days))[county.pk] == _by_kind(found)


def _by_kind(found: dict[int, Movement]) -> dict[tuple[str, bool], list[int]]:
    """Opening + in − out, and closing, of the units of a kind together; and of those lent among them."""
    sums: dict[tuple[str, bool], list[int]] = {}
    for movement in found.values():
        for lent, told in ((False, movement), (True, movement.lent)):
            if told is not None:
                line = sums.setdefault((movement.kind, lent), [0, 0])
                line[0] += told.opening + told.arrivals - told.departures
                line[1] += told.closing
    return sums


def _live(county: Commission, history: History) -> None:
    units = [make.unit(county, kind) for kind in ("乡镇纪委", "乡镇纪委", "派驻纪检监察组")]
    people = [make.person(county) for _ in range(4)]
    taken: list[tuple[Person, Unit, str, date, date]] = []
    for person, unit, post, status, starts, length in history:
        ends = OPEN if length is None else starts + timedelta(days=length)
        stay = (people[person], units[unit], post, starts, ends)
        if not any(_clash(stay, other) for other in taken):
            taken.append(stay)
            make.assignment(*stay[:3], status=status, starts=starts, ends=ends, moves=["调入"])


def _clash(one: tuple[Person, Unit, str, date, date], other: tuple[Person, Unit, str, date, date]) -> bool:
    return one[:3] == other[:3] and max(one[3], other[3]) < min(one[4], other[4])


def _numbers(found: dict[int, Movement]) -> dict[int, list[tuple[int, int, int, int]]]:
    return {unit: [_told(movement), _told(movement.lent)] for unit, movement in found.items()}


def _told(movement: Movement | None) -> tuple[int, int, int, int]:
    if movement is None:
        return (0, 0, 0, 0)
    return movement.opening, movement.arrivals, movement.departures, movement.closing


def _walked(county: Commission, first: date, last: date) -> dict[int, list[tuple[int, int, int, int]]]:
    """The same by walking from day to day and looking who is there."""
    rows = list(Assignment.objects.filter(commission=county))
    found = {}
    for unit in Unit.objects.filter(commission=county):
        here = [row for row in rows if row.unit_id == unit.pk]
        told = [_walk(here, first, last), _walk([row for row in here if row.status in LENT], first, last)]
        if any(told[0]):
            found[unit.pk] = told
    return found


def _walk(rows: list[Assignment], first: date, last: date) -> tuple[int, int, int, int]:
    came = went = 0
    before = present = _there(rows, first)
    for days in range(1, (last - first).days + 1):
        now = _there(rows, first + timedelta(days=days))
        came, went, present = came + len(now - present), went + len(present - now), now
    return len(before), came, went, len(present)


def _there(rows: list[Assignment], day: date) -> set[int]:
    return {row.person_id for row in rows if row.starts <= day < row.ends}


@pytest.fixture
def county(actor: None) -> Commission:
    return make.commission()


def _movement(county: Commission) -> Movement:
    (found,) = movements(Asking((county.pk,), LAST))
    return found


def test_a_change_of_post_inside_a_unit_is_no_movement(county: Commission) -> None:
    who, where, day = make.person(county), make.unit(county, "乡镇纪委"), date(2022, 5, 20)
    make.assignment(who, where, "委员", engagement="兼职", ends=day, leaving="转任")
    make.assignment(who, where, "委员", starts=day, moves=["兼职转专职"])
    assert _told(_movement(county)) == (1, 0, 0, 1)


def test_arrivals_are_told_by_how_people_came_and_departures_by_how_they_left(county: Commission) -> None:
    where, day = make.unit(county, "派驻纪检监察组"), date(2022, 6, 1)
    make.assignment(make.person(county), where, ends=day, leaving="退休")
    make.assignment(make.person(county), where, starts=day, moves=["新任", "配备"])
    make.assignment(make.person(county), where, starts=day, moves=["兼职转专职", "新任"])
    make.assignment(make.person(county), where, starts=day, moves=["借调"], status="借调")
    found = _movement(county)
    assert dict(found.came) == {"配备": 1, "新任": 1, "借调": 1}
    assert dict(found.went) == {"退休": 1}
    assert found.kind == "派驻纪检监察组"
    assert _told(found.lent) == (0, 1, 0, 1)


def test_the_balance_of_movements_is_checked_for_each_kind_of_unit(county: Commission) -> None:
    for kind in ("乡镇纪委", "派驻纪检监察组"):
        make.assignment(make.person(county), make.unit(county, kind), starts=date(2022, 3, 1), moves=["调入"])
    results = check(Asking((county.pk,), LAST))[county.pk]
    (flow,) = [result for result in results if result.balance.id == "staffing.flow"]
    assert (flow.left, flow.right, flow.holds) == (2, 2, True)
    assert [(part.left, part.right) for part in flow.parts] == [(1, 1), (1, 1)]
