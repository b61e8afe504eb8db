"""Figures of the collaboration, counted a second time by hand: before the first day, on it, on the last, after it."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.collaboration import matters_told as tell
from tests.collaboration.matters_told import noon
from xiezuo.figures.api import Asking, all_figures, check, records, values
from xiezuo.organisation.models import Commission, Unit

DAY = timedelta(days=1)
FIRST = date(2023, 5, 10)
"""A Wednesday."""

pytestmark = pytest.mark.usefixtures("actor")


@pytest.fixture
def county(actor: None) -> Commission:
    return make.commission()


@pytest.fixture
def town(county: Commission) -> Unit:
    return make.unit(county, "乡镇纪委", "虚构乡")


def value(county: Commission, key: str, on: date, **more: Any) -> int | None:
    found = values(Asking((county.pk,), on, **more), [f"collaboration.{key}"])
    return found[county.pk][f"collaboration.{key}"]


def on_days(county: Commission, key: str, *days: date) -> list[int | None]:
    return [value(county, key, day) for day in days]


def broken(county: Commission, on: date) -> list[str]:
    results = check(Asking((county.pk,), on))[county.pk]
    return [each.balance.id for each in results if each.balance.kind == "identity" and each.holds is False]


def test_a_request_is_submitted_once_and_open_until_it_ends(county: Commission, town: Unit) -> None:
    row = tell.request(county, town, FIRST)
    tell.moved(row, "归档", FIRST + 20 * DAY, "close")
    assert on_days(county, "submitted", FIRST - DAY, FIRST, FIRST + 30 * DAY) == [0, 1, 1]
    assert on_days(county, "open", FIRST - DAY, FIRST, FIRST + 19 * DAY, FIRST + 20 * DAY) == [0, 1, 1, 0]


def test_a_draft_never_counts(county: Commission, town: Unit) -> None:
    tell.request(county, town, FIRST, "草稿", number=None, year=None, submitted_at=None)
    assert on_days(county, "submitted", FIRST) + on_days(county, "open", FIRST) == [0, 0]


def test_what_acted_first_counts_from_its_beginning(county: Commission, town: Unit) -> None:
    tell.request(county, town, FIRST, "组队", submitted_at=None)
    assert on_days(county, "submitted", FIRST - DAY, FIRST) == [0, 1]


def test_open_requests_add_up_by_where_they_stand_on_each_day(county: Commission, town: Unit) -> None:
    row = tell.request(county, town, FIRST)
    for days, state in ((2, "已批准"), (4, "组队"), (6, "执行"), (8, "归档")):
        tell.moved(row, state, FIRST + days * DAY)
    days = [FIRST + days * DAY for days in (0, 2, 4, 6, 8)]
    assert on_days(county, "open_deciding", *days) == [1, 0, 0, 0, 0]
    assert on_days(county, "open_approved", *days) == [0, 1, 0, 0, 0]
    assert on_days(county, "open_at_work", *days) == [0, 0, 1, 1, 0]
    assert [broken(county, day) for day in days] == [[]] * 5


def test_decided_is_in_time_up_to_its_limit_and_late_after_it(county: Commission, town: Unit) -> None:
    for days in (2, 3):
        tell.request(
            county, town, FIRST, "已批准", decided_at=noon(FIRST + days * DAY), decide_by=FIRST + 2 * DAY
        )
    tell.request(county, town, FIRST, "撤回", decided_at=noon(FIRST))
    on = FIRST + 9 * DAY
    assert [value(county, key, on) for key in ("decided", "decided_in_time", "decided_late")] == [2, 1, 1]
    assert value(county, "in_time_share", on) == 50
    assert broken(county, on) == []


def test_the_middle_is_counted_in_working_days_and_in_hours(county: Commission, town: Unit) -> None:
    for days in (1, 5, 7):
        tell.request(county, town, FIRST, "已批准", decided_at=noon(FIRST + days * DAY))
    on = FIRST + 9 * DAY
    # From Wednesday to Monday there are three working days, and five days of twenty-four hours.
    assert (value(county, "middle_days", on), value(county, "middle_hours", on)) == (3, 120)
    assert value(county, "middle_days", FIRST - DAY) is None


def test_overdue_is_what_is_not_decided_or_not_reported_by_its_day(county: Commission, town: Unit) -> None:
    tell.request(county, town, FIRST, decide_by=FIRST + 2 * DAY)
    work = tell.request(county, town, FIRST, decide_by=FIRST + 2 * DAY, decided_at=noon(FIRST + DAY), due_on=FIRST + 20 * DAY)  # fmt: skip
    tell.moved(work, "执行", FIRST + DAY)
    days = [FIRST + days * DAY for days in (2, 3, 20, 21)]
    assert on_days(county, "overdue", *days) == [0, 1, 1, 2]


def test_extensions_are_counted_by_their_day(county: Commission, town: Unit) -> None:
    row = tell.request(county, town, FIRST)
    tell.moved(row, "执行", FIRST + DAY, "extend")
    assert on_days(county, "extensions", FIRST, FIRST + DAY) == [0, 1]


def test_questions_of_recusal_by_what_was_decided(county: Commission, town: Unit) -> None:
    row, people = tell.request(county, town, FIRST), [make.person(county) for _ in range(4)]
    for who, decision in zip(people, ("回避", "不予回避", "特批参加", ""), strict=True):
        tell.recusal(row, who, FIRST, decision, decided_at=noon(FIRST + DAY) if decision else None)
    keys = ("raised", "decided", "granted", "refused", "overridden")
    assert [value(county, f"recusals_{key}", FIRST + DAY) for key in keys] == [4, 3, 1, 1, 1]
    assert [value(county, f"recusals_{key}", FIRST) for key in keys] == [4, 0, 0, 0, 0]
    assert broken(county, FIRST + DAY) == []


def test_a_problem_sent_again_is_no_new_one_and_counts_when_it_is_rectified(county: Commission, town: Unit) -> None:  # fmt: skip
    row = tell.request(county, town, FIRST)
    done = {"outcome": "已改", "verified_on": FIRST + 40 * DAY}
    first = tell.letter(row, town, FIRST, outcome="未改", verified_on=FIRST + 35 * DAY)
    tell.letter(row, town, FIRST + 36 * DAY, again=first, **done)
    tell.letter(row, town, FIRST)
    before, after = FIRST + 39 * DAY, FIRST + 40 * DAY
    assert on_days(county, "problems_found", before, after) == [2, 2]
    assert on_days(county, "problems_rectified", before, after) == [0, 1]
    assert on_days(county, "rectified_share", before, after) == [0, 50]
    assert on_days(county, "letters_overdue", FIRST + 30 * DAY, FIRST + 31 * DAY) == [0, 2]
    assert broken(county, after) == []


def test_members_are_sent_with_their_team_and_their_days_are_of_the_period(county: Commission, town: Unit) -> None:  # fmt: skip
    other = make.unit(county, "乡镇纪委", "另一乡")
    row = tell.request(county, town, FIRST, "执行", sent_on=FIRST + DAY)
    ends = FIRST + 11 * DAY
    tell.member(row, make.person(county), other, FIRST, ends)
    tell.member(
        row, make.person(county), town, FIRST, ends, state="离组", why_left="调换", left_on=FIRST + 3 * DAY
    )
    tell.member(row, make.person(county), other, FIRST, ends, joined_at=None, state="拟派")
    assert on_days(county, "members_sent", FIRST, FIRST + DAY) == [0, 2]
    on = FIRST + 60 * DAY
    assert [value(county, key, on) for key in ("days_of_help", "days_given", "days_own")] == [12, 10, 2]
    assert value(county, "days_of_help", FIRST + 2 * DAY) == 4
    may = (date(2023, 5, 13), date(2023, 5, 15))
    assert value(county, "days_of_help", on, during=may) == 2
    assert broken(county, on) == []


def test_people_on_loan_by_kind(county: Commission, town: Unit) -> None:
    home = make.unit(county, "乡镇纪委")
    tell.lent(county, town, home, make.person(county), FIRST, FIRST + 30 * DAY)
    tell.lent(
        county, town, home, make.person(county), FIRST, FIRST + 30 * DAY, "挂职", returned_on=FIRST + 9 * DAY
    )
    days = [FIRST + days * DAY for days in (-1, 0, 9, 30)]
    assert on_days(county, "on_loan", *days) == [0, 2, 1, 0]
    assert on_days(county, "on_loan_holding", *days) == [0, 1, 0, 0]
    assert on_days(county, "trainees", *days) == [0, 1, 1, 1]
    assert [broken(county, day) for day in days] == [[]] * 4


def test_every_figure_opens_to_its_records_without_a_person(county: Commission, town: Unit) -> None:
    row, who = tell.request(county, town, FIRST, "执行", sent_on=FIRST), make.person(county, "虚构某")
    tell.member(row, who, town, FIRST, FIRST + 5 * DAY)
    tell.recusal(row, who, FIRST)
    tell.letter(row, town, FIRST)
    tell.lent(county, town, town, who, FIRST, FIRST + 9 * DAY)
    for figure in all_figures():
        if figure.key.startswith("collaboration."):
            told = [record.cells for record in records(figure.key, Asking((county.pk,), FIRST + DAY))]
            assert "虚构某" not in str(told), figure.key
    (number,) = [
        record.cells["request"] for record in records("collaboration.submitted", Asking((county.pk,), FIRST))
    ]
    assert number == f"协作〔2023〕{row.number}号"


def test_three_commissions_are_answered_apart(county: Commission) -> None:
    counties = [county, make.commission(), make.commission()]
    for number, each in enumerate(counties, 1):
        unit = make.unit(each, "乡镇纪委")
        for _ in range(number):
            tell.request(each, unit, FIRST)
    found = values(Asking(tuple(each.pk for each in counties), FIRST), ["collaboration.submitted"])
    assert [found[each.pk]["collaboration.submitted"] for each in counties] == [1, 2, 3]
