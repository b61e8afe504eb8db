"""Counting in working days and months, held against a count by hand and day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.rules.states import Light, LimitUnit
from xiezuo.rules.working_days import Clock, WorkCalendar, YearMissing, clock, months_after

# Fictional: a Thursday and a Friday off, the Saturday after them worked.
WORK = WorkCalendar(
    frozenset({2026, 2027}),
    {date(2026, 10, 1): False, date(2026, 10, 2): False, date(2026, 10, 10): True},
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
EXCEPTIONS = st.dictionaries(DAYS, st.booleans(), max_size=40)


def worked(calendar: WorkCalendar) -> list[date]:
    """Every working day of both years, one after the other: the slow oracle."""
    every = [date(2026, 1, 1) + timedelta(days=n) for n in range(730)]
    return [
        day
        for day in every
        if (calendar.exceptions[day] if day in calendar.exceptions else day.isoweekday() not in (6, 7))
    ]


@given(EXCEPTIONS, DAYS, st.integers(1, 60))
def test_the_nth_working_day_is_the_nth_of_those_that_follow(
    exceptions: dict[date, bool], day: date, number: int
) -> None:
    calendar = WorkCalendar(frozenset({2026, 2027}), exceptions)
    assert calendar.after(day, number) == [each for each in worked(calendar) if each > day][number - 1]


@given(EXCEPTIONS, DAYS, DAYS)
def test_working_days_between_are_those_that_a_list_holds(
    exceptions: dict[date, bool], first: date, last: date
) -> None:
    calendar = WorkCalendar(frozenset({2026, 2027}), exceptions)
    assert calendar.between(first, last) == len([each for each in worked(calendar) if first < each <= last])


@given(EXCEPTIONS, DAYS, st.integers(0, 60))
def test_counting_there_and_back_gives_the_same_number(
    exceptions: dict[date, bool], day: date, number: int
) -> None:
    calendar = WorkCalendar(frozenset({2026, 2027}), exceptions)
    assert calendar.between(day, calendar.after(day, number)) == number


@pytest.mark.parametrize(
    ("day", "number", "due"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 5)),  # over two days off and a weekend
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # onto the Saturday that is worked
        (date(2026, 10, 9), 2, date(2026, 10, 12)),
        (date(2026, 10, 3), 0, date(2026, 10, 3)),  # nothing is counted from a day off
        (date(2026, 12, 31), 1, date(2027, 1, 1)),  # into the next year, which is known
    ],
)
def test_days_off_and_make_up_days_are_counted_as_the_calendar_says(
    day: date, number: int, due: date
) -> None:
    assert WORK.after(day, number) == due


def test_a_year_that_is_not_held_is_named_with_who_can_add_it() -> None:
    with pytest.raises(
        YearMissing, match=r"2028.*2026–2027.*案件监督管理室|2028.*2026–2027.*case-management"
    ):
        WORK.after(date(2027, 12, 31), 1)
    with pytest.raises(YearMissing) as missing:
        WORK.between(date(2025, 12, 30), date(2026, 1, 2))
    assert missing.value.year == 2025
    with pytest.raises(YearMissing):
        WorkCalendar(frozenset(), {}).is_working(date(2026, 1, 5))


def test_a_count_backwards_is_no_count() -> None:
    with pytest.raises(ValueError, match="-1 working days"):
        WORK.after(date(2026, 1, 5), -1)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 48))
def test_months_later_never_skips_a_month(day: date, months: int) -> None:
    then = months_after(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("limit", "unit", "half", "due"),
    [
        (4, LimitUnit.WORKING_DAYS, date(2026, 10, 6), date(2026, 10, 8)),
        (3, LimitUnit.WORKING_DAYS, date(2026, 10, 6), date(2026, 10, 7)),
        (1, LimitUnit.WORKING_DAYS, date(2026, 10, 5), date(2026, 10, 5)),
        (15, LimitUnit.DAYS, date(2026, 10, 8), date(2026, 10, 15)),
        (1, LimitUnit.MONTHS, date(2026, 10, 15), date(2026, 10, 30)),
    ],
)
def test_half_of_a_limit_is_rounded_up_to_whole_days(
    limit: int, unit: LimitUnit, half: date, due: date
) -> None:
    begun = date(2026, 9, 30)
    assert clock(begun, limit, unit, WORK) == Clock(begun, half, due)


def test_hours_are_no_days() -> None:
    with pytest.raises(ValueError, match="24"):
        clock(date(2026, 9, 30), 24, LimitUnit.HOURS, WORK)


def test_the_light_is_amber_from_the_half_and_red_after_the_last_day() -> None:
    watch = Clock(date(2026, 9, 30), date(2026, 10, 6), date(2026, 10, 8))
    days = [date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 8), date(2026, 10, 9)]
    assert [watch.light(day) for day in days] == [Light.GREEN, Light.AMBER, Light.AMBER, Light.RED]
