"""What is arranged holds from its first day to its last and parts by itself, whatever is done with it and whenever."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from xiezuo.zones.joining.holding import Holds, held_days, holds_on, state_on

DAYS = some.integers(0, 40).map(lambda number: date(2023, 1, 1) + timedelta(days=number))


@dataclass
class Row:
    starts: date
    ends: date
    decided_on: date | None = None
    refused: bool = False
    ended_on: date | None = None


@some.composite
def rows(draw: some.DrawFn) -> Row:
    starts, ends = sorted(draw(some.lists(DAYS, min_size=2, max_size=2, unique=True)))
    row = Row(starts, ends)
    if draw(some.booleans()):
        return replace(row, refused=draw(some.booleans()))
    decided = draw(DAYS.filter(lambda day: day < ends))
    ended = draw(some.none() | some.dates(starts, ends))
    return replace(row, decided_on=decided, ended_on=ended)


@given(rows(), DAYS)
def test_it_holds_on_a_day_exactly_if_it_was_decided_and_the_day_lies_within(row: Row, day: date) -> None:
    decided = row.decided_on is not None and row.decided_on <= day and not row.refused
    assert holds_on(row, day) == (decided and row.starts <= day < min(row.ends, row.ended_on or row.ends))


@given(rows())
def test_it_parts_by_itself_nothing_holds_from_its_end_on_and_never_again(row: Row) -> None:
    days = [row.starts + timedelta(days=number) for number in range(-5, 60)]
    held = [holds_on(row, day) for day in days]
    assert not any(held[days.index(row.ends) :])
    assert sum(one != other for one, other in pairwise(held)) in (0, 2)


@given(rows(), DAYS)
def test_its_state_says_what_its_days_say(row: Row, day: date) -> None:
    state, days = state_on(row, day), held_days(row)
    assert (state == Holds.NOW) == holds_on(row, day)
    if state in (Holds.OVER, Holds.ENDED):
        assert days is None or day >= days[1]
    if state == Holds.AHEAD:
        assert days is not None
        assert day < days[0]
