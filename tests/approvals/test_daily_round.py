"""The round of every day: each approval in a transaction of its own; a missing year is told and stops nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.approvals.office import Office, act, apply, now_of, office
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.approvals.api import approval_moved, approve, calendar_short
from xiezuo.approvals.models import Move
from xiezuo.approvals.states import Mode, Verb
from xiezuo.config import tasks
from xiezuo.config.attending import AHEAD, attend_everywhere
from xiezuo.organisation.models import Portfolio
from xiezuo.rules.models import CalendarYear
from xiezuo.shared import clock
from xiezuo.shared.errors import refuse
from xiezuo.shared.events import Event
from xiezuo.shared.periods import year_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def here(transactional_db: None) -> Office:
    built = office()
    hold_years(built, clock.now(), clock.now() + timedelta(days=366))
    return built


def hold_years(here: Office, *moments: datetime) -> None:
    with acting_as(OPERATOR):
        for year in {moment.year for moment in moments}:
            starts, ends = year_of(clock.today().replace(year=year))
            CalendarYear.objects.create(
                commission=here.county, starts=starts, ends=ends, known_from=clock.now(), basis="虚构"
            )


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    """What was published of years that are missing."""
    kept: list[dict[str, Any]] = []
    with listening(calendar_short, lambda **each: kept.append(each)):
        yield kept


@contextmanager
def listening(event: Event, handler: Any) -> Iterator[None]:
    """As long as it lasts, `handler` hears of `event`."""
    event.handled_by(handler)
    try:
        yield
    finally:
        event._handlers.remove(handler)


def test_silence_goes_up_and_who_left_drops_out_without_anybody_opening_the_matter(here: Office) -> None:
    silent, fresh = apply(here), apply(here, now=clock.now() + timedelta(days=30))
    done = attend_everywhere(clock.now() + timedelta(days=30))[here.county.code]
    assert (done.looked_at, done.moved, done.failed) == (2, 1, ())
    assert here.at("secretary") in now_of(silent).waiting_for
    assert here.at("secretary") not in now_of(fresh).waiting_for
    with acting_as(OPERATOR):
        moved = Move.objects.get(approval=silent, verb=Verb.ATTEND)
        Portfolio.objects.filter(person=here.people["first"]).update(known_until=clock.now())
    assert (moved.account, moved.by) == (None, "product")
    attend_everywhere(clock.now())
    assert now_of(fresh).waiting_for == [here.at("second")]


def test_a_second_round_of_the_day_changes_nothing(here: Office) -> None:
    apply(here)
    later = clock.now() + timedelta(days=30)
    first, second = (attend_everywhere(later)[here.county.code] for _each in range(2))
    assert (first.moved, second.moved) == (1, 0)


def test_one_that_cannot_be_brought_up_to_the_day_keeps_no_other_from_it(here: Office) -> None:
    bad, good = apply(here), apply(here)

    def objecting(*, approval: Any, **_rest: Any) -> None:
        if approval.pk == bad.pk:
            refuse("fictional", "虚构")

    with listening(approval_moved, objecting):
        done = attend_everywhere(clock.now() + timedelta(days=30))[here.county.code]
    assert (done.failed, done.moved) == ((bad.pk,), 1)
    assert now_of(bad).edition == 1
    assert here.at("secretary") in now_of(good).waiting_for


def test_a_year_that_the_calendar_lacks_is_told_once_and_stops_nothing_else(
    here: Office, told: list[dict[str, Any]]
) -> None:
    silent = apply(here)
    with acting_as(OPERATOR):
        CalendarYear.objects.update(known_until=clock.now())
    later = clock.now() + timedelta(days=10)
    done = attend_everywhere(later)[here.county.code]
    assert here.at("secretary") in now_of(silent).waiting_for
    missing = sorted(
        {day.year for day in (clock.today() + timedelta(days=10), clock.today() + timedelta(days=10) + AHEAD)}
    )
    assert [*done.years] == [each["year"] for each in told] == missing
    assert told[0]["commission"] == here.county.pk


def test_an_approval_whose_next_step_runs_into_a_missing_year_waits_and_the_others_go_on(
    here: Office, told: list[dict[str, Any]]
) -> None:
    """The first step is decided by all who are left; the second would begin in a year that nobody entered."""
    stuck, silent = apply(here, Mode.ALL_OF, Mode.ANY_OF), apply(here)
    act(here, approve, stuck, "first")
    with acting_as(OPERATOR):
        Portfolio.objects.filter(person=here.people["second"]).update(known_until=clock.now())
        CalendarYear.objects.update(known_until=clock.now())
    done = attend_everywhere(clock.now())[here.county.code]
    assert done.failed == (stuck.pk,)
    assert (now_of(stuck).current, now_of(stuck).edition) == (0, 2)
    assert now_of(silent).waiting_for == [here.at("first")]
    assert {each["year"] for each in told} == {clock.today().year}


def test_a_server_that_was_off_in_the_morning_asks_for_the_round_once(here: Office) -> None:
    assert [tasks.ask_for_missed_round() for _each in range(2)] == [True, False]


def test_the_job_brings_everything_up_to_the_day(here: Office) -> None:
    approval = apply(here, now=clock.now() - timedelta(days=30))
    tasks.attend_approvals(timestamp=0)
    assert here.at("secretary") in now_of(approval).waiting_for
