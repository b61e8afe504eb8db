"""Counting in working days and months, held against a count by hand and day by day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.rules.states import Light, LimitUnit
from xiezuo.rules.working_days import (
    Clock,
    Suspension,
    WorkCalendar,
    YearMissing,
    clock,
    hour_clock,
    months_after,
)

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
    assert clock(begun, limit, unit, WORK) == Clock(begun, half, due, due)


def test_hours_are_no_days() -> None:
    with pytest.raises(ValueError, match="24"):
        clock(date(2026, 9, 30), 24, LimitUnit.HOURS, WORK)


def test_the_light_is_amber_from_the_half_and_red_after_the_last_day() -> None:
    watch = Clock(date(2026, 9, 30), date(2026, 10, 6), date(2026, 10, 8), date(2026, 10, 8))
    days = [date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 8), date(2026, 10, 9)]
    assert [watch.light(day) for day in days] == [Light.GREEN, Light.AMBER, Light.AMBER, Light.RED]


UNITS = st.sampled_from([LimitUnit.WORKING_DAYS, LimitUnit.DAYS, LimitUnit.MONTHS])
SPRING = st.dates(date(2026, 1, 1), date(2026, 6, 30))


def pause(begun: date, resumed: date | None) -> Suspension:
    return Suspension(begun, resumed, "等待鉴定意见（虚构）")


@given(SPRING, st.integers(2, 30), st.data())
def test_suspending_n_working_days_of_a_limit_moves_its_last_day_by_n(
    begun: date, limit: int, data: st.DataObject
) -> None:
    due = WORK.after(begun, limit)
    first = data.draw(st.dates(begun + timedelta(days=1), due))
    resumed = data.draw(st.dates(first + timedelta(days=1), due + timedelta(days=1)))
    suspended = WORK.between(first - timedelta(days=1), resumed - timedelta(days=1))
    found = clock(begun, limit, LimitUnit.WORKING_DAYS, WORK, suspensions=[pause(first, resumed)])
    assert found.due == WORK.after(due, suspended)
    assert found.first_due == due
    assert found.moved == (suspended > 0)


@given(SPRING, st.integers(1, 6), UNITS, st.lists(st.tuples(SPRING, st.integers(1, 30)), max_size=3))
def test_neither_the_half_nor_the_last_day_is_ever_a_suspended_one(
    begun: date, limit: int, unit: LimitUnit, pauses: list[tuple[date, int]]
) -> None:
    suspensions = [pause(first, first + timedelta(days=days)) for first, days in pauses]
    found, plain = clock(begun, limit, unit, WORK, suspensions=suspensions), clock(begun, limit, unit, WORK)
    assert not any(each.holds(found.half) or each.holds(found.due) for each in suspensions)
    assert begun < found.half <= found.due
    assert found.first_due == plain.due <= found.due


@given(
    SPRING,
    st.integers(1, 6),
    UNITS,
    st.lists(st.integers(1, 4), max_size=3),
    st.tuples(SPRING, st.integers(1, 30)),
)
def test_an_extension_never_shortens_a_limit_and_leaves_its_first_day_as_it_was(
    begun: date, limit: int, unit: LimitUnit, more: list[int], paused: tuple[date, int]
) -> None:
    suspensions = [pause(paused[0], paused[0] + timedelta(days=paused[1]))]
    before = clock(begun, limit, unit, WORK, suspensions=suspensions)
    after = clock(begun, limit, unit, WORK, suspensions=suspensions, extensions=more)
    assert after.first_due == before.first_due
    assert after.due > before.due if more else after == before


def test_months_that_are_added_are_counted_from_the_beginning() -> None:
    """31 January and one month is the end of February; with one more it is the end of March, not the 28th."""
    found = clock(date(2026, 1, 31), 1, LimitUnit.MONTHS, WORK, extensions=[1])
    assert (found.first_due, found.due) == (date(2026, 2, 28), date(2026, 3, 31))


def test_a_suspension_that_lasts_moves_the_last_day_on_with_every_working_day() -> None:
    """Suspended from Tuesday 6 January on; asked on Tuesday, on Friday and on the Sunday after it."""
    days = [date(2026, 1, 6), date(2026, 1, 9), date(2026, 1, 11)]
    found = [
        clock(
            date(2026, 1, 5), 2, LimitUnit.WORKING_DAYS, WORK, suspensions=[pause(days[0], None)], on=day
        ).due
        for day in days
    ]
    assert found == [date(2026, 1, 8), date(2026, 1, 13), date(2026, 1, 13)]
    with pytest.raises(ValueError, match="lasts"):
        clock(date(2026, 1, 5), 2, LimitUnit.WORKING_DAYS, WORK, suspensions=[pause(days[0], None)])


@pytest.mark.parametrize(
    ("begun", "resumed", "reason"),
    [(date(2026, 1, 6), date(2026, 1, 6), "虚构"), (date(2026, 1, 6), date(2026, 1, 5), "虚构"), (date(2026, 1, 6), None, " ")],
)  # fmt: skip
def test_a_suspension_needs_a_reason_and_an_end_after_its_beginning(
    begun: date, resumed: date | None, reason: str
) -> None:
    with pytest.raises(ValueError, match=r"suspension|resumed"):
        Suspension(begun, resumed, reason)


def test_an_extension_by_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        clock(date(2026, 1, 5), 2, LimitUnit.DAYS, WORK, extensions=[0])


def test_a_suspension_that_moves_a_limit_into_a_year_not_held_names_the_year() -> None:
    held = WorkCalendar(frozenset({2026}), {})
    begun, paused = date(2026, 12, 21), pause(date(2026, 12, 23), date(2026, 12, 30))
    assert clock(begun, 5, LimitUnit.WORKING_DAYS, held).due == date(2026, 12, 28)
    with pytest.raises(YearMissing, match="2027"):
        clock(begun, 5, LimitUnit.WORKING_DAYS, held, suspensions=[paused])


def test_people_are_warned_at_the_half_and_on_the_last_day_and_never_twice_on_one() -> None:
    begun = date(2026, 1, 5)
    assert clock(begun, 4, LimitUnit.WORKING_DAYS, WORK).warnings == (date(2026, 1, 7), date(2026, 1, 9))
    assert clock(begun, 1, LimitUnit.WORKING_DAYS, WORK).warnings == (date(2026, 1, 6),)


@given(
    st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2030-01-01"), timezones=st.sampled_from([UTC, ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")])),
    st.integers(1, 100),
)  # fmt: skip
def test_so_many_hours_are_so_many_hours_whatever_the_clock_on_the_wall_does(
    begun: datetime, hours: int
) -> None:
    found = hour_clock(begun, hours)
    assert (found.due.astimezone(UTC) - begun.astimezone(UTC)) == timedelta(hours=hours)
    assert (found.half.astimezone(UTC) - begun.astimezone(UTC)) == timedelta(hours=hours) / 2
    assert found.due.tzinfo is begun.tzinfo


def test_a_report_within_24_hours_of_an_accident_is_late_the_second_after() -> None:
    begun = datetime(2026, 10, 1, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai"))  # the eve of a day off
    watch = hour_clock(begun, 24)
    assert watch.due == begun + timedelta(days=1)
    instants = [begun, begun + timedelta(hours=12), watch.due, watch.due + timedelta(seconds=1)]
    assert [watch.light(each) for each in instants] == [Light.GREEN, Light.AMBER, Light.AMBER, Light.RED]


@pytest.mark.parametrize(
    ("begun", "hours"),
    [(datetime.fromisoformat("2026-01-01T08:00"), 24), (datetime(2026, 1, 1, 8, tzinfo=UTC), 0)],
)
def test_hours_without_a_time_zone_or_none_at_all_are_no_limit(begun: datetime, hours: int) -> None:
    with pytest.raises(ValueError, match="time zone"):
        hour_clock(begun, hours)
