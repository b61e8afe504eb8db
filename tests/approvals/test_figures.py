"""Figures of the approvals: each counts what its definition says, a total gives no record away, and they add up."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.approvals.office import KIND, Office, act, apply, office
from tests.subjects import give
from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as, actor_of
from xiezuo.accounts.models import User
from xiezuo.approvals.api import (
    TO_APPLICANT,
    Approval,
    all_kinds,
    approve,
    confirm_paper,
    enter_paper,
    refuse_approval,
    send_back,
    submit_again,
    withdraw,
)
from xiezuo.approvals.models import SignerRow
from xiezuo.approvals.states import ApprovalState, Mode
from xiezuo.figures.api import Asking, all_figures, answer, check, records, values
from xiezuo.rules.models import CalendarDay, CalendarYear
from xiezuo.rules.rule_queries import calendar_of
from xiezuo.rules.states import DayKind
from xiezuo.shared import clock

TODAY = clock.today()
pytestmark = pytest.mark.django_db


@pytest.fixture
def here(actor: None) -> Iterator[Office]:
    made = office()
    with acting_as(OPERATOR):
        give(
            User.objects.create_user("leader"), Role.READER, made.county.pk, Scope.COMMISSION, made.county.pk
        )
        yield made


def asked(here: Office, on: date = TODAY, **more: Any) -> dict[str, int | None]:
    """Every figure of the approvals, as the server itself may know them."""
    with acting_as(OPERATOR):
        found = values(Asking((here.county.pk,), on, **more))[here.county.pk]
    return {
        key.removeprefix("approvals."): value for key, value in found.items() if key.startswith("approvals.")
    }


def ago(days: int) -> Any:
    return clock.now() - timedelta(days=days)


def pick(found: dict[str, int | None], *keys: str) -> list[int | None]:
    return [found[key] for key in keys]


OPEN = ("open", "open_deciding", "open_returned", "open_confirming")


def test_what_is_under_way_is_counted_by_the_state_it_was_in_on_the_day(here: Office) -> None:
    approval = apply(here, Mode.ANY_OF, now=ago(9))
    act(here, send_back, approval, "first", to=TO_APPLICANT, said="补充", now=ago(6))
    act(here, submit_again, approval, "applicant", now=ago(3))
    act(here, approve, approval, "first", now=ago(0))
    days = [TODAY - timedelta(days=back) for back in (10, 9, 6, 3, 1, 0)]
    found = [pick(asked(here, day), *OPEN) for day in days]
    assert found == [[0, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0]]


def test_a_decision_on_paper_waits_among_those_to_be_confirmed_until_somebody_has(here: Office) -> None:
    approval = apply(here, Mode.ANY_OF)
    seat = _seat(approval, here.at("first"))
    act(here, enter_paper, approval, "clerk", signer=seat, number="虚构〔1〕号", on=TODAY)
    assert pick(asked(here), *OPEN, "paper_entries", "decided") == [1, 0, 0, 1, 1, 0]
    act(here, confirm_paper, approval, "checker", signer=seat)
    assert pick(asked(here), *OPEN, "paper_entries", "decided") == [0, 0, 0, 0, 1, 1]


def _seat(approval: Approval, account: int) -> int:
    with acting_as(OPERATOR):
        return SignerRow.objects.get(approval=approval, account=account).pk


def test_decisions_of_the_period_are_told_by_outcome_and_by_whether_a_limit_was_passed(here: Office) -> None:
    timely, late, refused, taken_back = (apply(here, Mode.ANY_OF, now=ago(20)) for _ in range(4))
    act(here, approve, timely, "first", now=ago(19))
    act(here, approve, late, "first", now=ago(1))
    act(here, refuse_approval, refused, "second", said="不符合", now=ago(19))
    act(here, withdraw, taken_back, "applicant", now=ago(19))
    keys = ("applied", "decided", "approved", "refused", "withdrawn", "decided_in_time", "decided_late")
    year = (TODAY - timedelta(days=30), TODAY + timedelta(days=1))
    assert pick(asked(here, during=year), *keys) == [4, 3, 2, 1, 1, 2, 1]
    last_days = (TODAY - timedelta(days=5), TODAY + timedelta(days=1))
    assert pick(asked(here, during=last_days), *keys) == [0, 1, 1, 0, 0, 0, 1]
    earlier = asked(here, TODAY - timedelta(days=10), during=year)
    assert pick(earlier, *keys) == [4, 2, 1, 1, 1, 2, 0]


def test_what_is_known_later_is_not_counted_in_a_question_of_before(here: Office) -> None:
    approval = apply(here, Mode.ANY_OF, now=ago(3))
    act(here, approve, approval, "first", now=ago(0))
    then = asked(here, known=ago(1))
    assert pick(then, "open", "open_deciding", "decided") == [1, 1, 0]
    assert pick(asked(here), "open", "decided") == [0, 1]


def test_a_return_counts_every_time(here: Office) -> None:
    approval = apply(here, Mode.ANY_OF, Mode.ANY_OF)
    for _time in range(2):
        act(here, send_back, approval, "first", to=TO_APPLICANT, said="补充")
        act(here, submit_again, approval, "applicant")
    assert asked(here)["returns"] == 2


def held(here: Office, *years: int) -> None:
    rows = [
        CalendarYear(
            commission=here.county, starts=date(year, 1, 1), ends=date(year + 1, 1, 1), known_from=clock.now()
        )
        for year in years
    ]
    CalendarYear.objects.bulk_create(rows)


def dated(one: Approval, begun: date, decided: date) -> None:
    """The same matter, as if applied for and decided on other days."""
    noon = clock.now().replace(hour=4)
    stamps = {"submitted_at": noon.replace(year=begun.year, month=begun.month, day=begun.day),
              "settled_at": noon.replace(year=decided.year, month=decided.month, day=decided.day)}  # fmt: skip
    Approval.objects.filter(pk=one.pk).update(state=ApprovalState.APPROVED, waiting_for=[], **stamps)


DAYS = st.dates(date(2024, 1, 1), date(2025, 6, 30))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(DAYS, max_size=30), DAYS, st.integers(0, 40))
def test_working_days_to_decide_are_those_that_the_calendar_counts(
    here: Office, exceptions: set[date], begun: date, length: int
) -> None:
    with acting_as(OPERATOR):
        CalendarDay.objects.filter(commission=here.county).update(known_until=clock.now())
        one = Approval.objects.filter(commission=here.county).first()
    one = one or apply(here, Mode.ANY_OF)
    with acting_as(OPERATOR):
        if not calendar_of(here.county).years:
            held(here, 2024, 2025)
        CalendarDay.objects.bulk_create(
            CalendarDay(
                commission=here.county, starts=day, ends=day + timedelta(days=1), known_from=clock.now(),
                kind=DayKind.HOLIDAY if day.weekday() < 5 else DayKind.MAKE_UP,
            )
            for day in exceptions
        )  # fmt: skip
    decided = begun + timedelta(days=length)
    with acting_as(OPERATOR):
        dated(one, begun, decided)
        expected = calendar_of(here.county).between(begun, decided)
    found = asked(here, date(2025, 12, 31), during=(date(2024, 1, 1), date(2026, 1, 1)))
    assert pick(found, "middle_days", "longest_days") == [expected, expected]
    bands = [expected <= 1, 2 <= expected <= 3, 4 <= expected <= 5, expected > 5]
    assert pick(found, "within_1", "within_3", "within_5", "over_5") == [int(band) for band in bands]


def test_the_middle_of_two_is_the_shorter_and_of_none_there_is_none(here: Office) -> None:
    assert pick(asked(here), "middle_days", "longest_days", "within_1") == [None, None, 0]
    short, long = (apply(here, Mode.ANY_OF) for _ in range(2))
    with acting_as(OPERATOR):
        held(here, 2025)
        dated(short, date(2025, 3, 3), date(2025, 3, 4))
        dated(long, date(2025, 3, 3), date(2025, 3, 14))
    assert pick(asked(here, date(2025, 3, 31)), "middle_days", "longest_days") == [1, 9]


def test_every_balance_of_the_approvals_holds(here: Office) -> None:
    mixed(here)
    with acting_as(OPERATOR):
        found = check(Asking((here.county.pk,), TODAY))[here.county.pk]
    mine = {
        each.balance.id.removeprefix("approvals."): each
        for each in found
        if each.balance.id.startswith("approvals.")
    }
    assert {"open_by_state", "decided_by_outcome", "decided_by_time", "decided_by_days"} <= set(mine)
    assert all(
        mine[name].holds
        for name in ("open_by_state", "decided_by_outcome", "decided_by_time", "decided_by_days")
    )
    assert (mine["decided_by_outcome"].left or 0) > 0


def mixed(here: Office) -> list[Approval]:
    """One of each: being decided, returned, approved in time, refused, late, on paper."""
    made = [apply(here, Mode.ANY_OF, now=ago(14)) for _ in range(6)]
    act(here, send_back, made[1], "first", to=TO_APPLICANT, said="补充", now=ago(13))
    act(here, approve, made[2], "first", now=ago(13))
    act(here, refuse_approval, made[3], "first", said="不符合", now=ago(13))
    act(here, approve, made[4], "second", now=ago(2))
    act(
        here,
        enter_paper,
        made[5],
        "clerk",
        signer=_seat(made[5], here.at("first")),
        number="虚构〔2〕号",
        on=TODAY,
    )
    return made


def test_the_records_behind_a_number_are_as_many_and_name_the_matter_and_nobody(here: Office) -> None:
    mixed(here)
    with acting_as(OPERATOR):
        asking = Asking((here.county.pk,), TODAY)
        found = {
            key: answer(f"approvals.{key}", asking)
            for key in ("open", "decided", "decided_late", "returns", "within_1")
        }
    assert {key: (each.value, len(each.rows)) for key, each in found.items()} == {
        "open": (3, 3), "decided": (3, 3), "decided_late": (1, 1), "returns": (1, 1), "within_1": (2, 2),
    }  # fmt: skip
    names = {name for each in found.values() for row in each.rows for name in row.cells}
    assert names == {
        "approval",
        "title",
        "unit",
        "applied_on",
        "approval_state",
        "decided_on",
        "day",
        "working_days",
    }
    words = [str(value) for each in found.values() for row in each.rows for value in row.cells.values()]
    people = {user.username for user in here.accounts.values()}
    assert not any(name in word for word in words for name in people)


def test_a_leader_who_may_know_totals_is_told_them_and_no_record_of_what_is_not_theirs(here: Office) -> None:
    mixed(here)
    whole = asked(here)
    with acting_as(OPERATOR):
        leader = actor_of(User.objects.get(username="leader"))
    with acting_as(leader):
        asking = Asking((here.county.pk,), TODAY)
        told = values(asking, [f"approvals.{key}" for key in whole])[here.county.pk]
        shown = [
            records(f"approvals.{key}", asking)
            for key in ("open", "decided", "decided_late", "returns", "over_5")
        ]
        seen = Approval.objects.count()
    assert {key.removeprefix("approvals."): value for key, value in told.items()} == whole
    assert [len(rows) for rows in shown] == [0] * 5
    assert seen == 0


def test_who_may_not_know_totals_is_told_none(here: Office) -> None:
    mixed(here)
    with acting_as(here.actor("stranger")):
        told = values(
            Asking((here.county.pk,), TODAY), ["approvals.open", "approvals.decided", "approvals.returns"]
        )
    assert set(told[here.county.pk].values()) == {None}


def test_the_matters_of_another_county_are_not_counted(here: Office) -> None:
    mixed(here)
    other = office()
    assert set(pick(asked(other), "open", "applied", "decided", "returns", "paper_entries")) == {0}


def test_each_kind_of_matter_that_an_app_declares_has_its_figures_and_they_add_up(actor: None) -> None:
    declared = {
        kind.code
        for kind in all_kinds()
        if kind.code != KIND and "_" not in kind.code and kind.code.isascii()
    }
    assert {"correction", "regulation"} <= declared
    keys = {figure.key for figure in all_figures()}
    for code in declared:
        assert {f"approvals.{code}_{name}" for name in ("decided", "middle_days", "longest_days")} <= keys
    county = make.commission()
    found = check(Asking((county.pk,), TODAY))[county.pk]
    assert next(each for each in found if each.balance.id == "approvals.decided_by_kind").holds
