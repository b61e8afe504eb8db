"""Regulations, delegations and the work calendar tell whom they concern, and take the task back once it is done."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client

from tests import factories as make
from tests.approvals.office import Office, office
from tests.home.notices.test_page import Reading
from tests.home.notices.told import everybody_told, told
from xiezuo.accounts.api import OPERATOR, acting_as, set_actor
from xiezuo.approvals.api import calendar_short, delegate, end_delegation
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.operations import tell_the_day
from xiezuo.organisation.states import UnitKind
from xiezuo.rules.api import (
    clause_ended,
    consultation_answered,
    consultation_ended,
    consultation_opened,
    regulation_issued,
    trial_ending,
)
from xiezuo.rules.models import CalendarYear, Regulation
from xiezuo.shared import clock
from xiezuo.zones.api import renew_rights

pytestmark = pytest.mark.usefixtures("reader")
TODAY = clock.today()
DAY = timedelta(days=1)


@dataclass
class Consulted(Office):
    """The office with a second unit; the head of the first unit is `first`, of both `second`."""

    other: int = 0
    regulation: int = 0


@pytest.fixture
def here(reader: Client) -> Consulted:
    built = office()
    set_actor(OPERATOR)
    other = make.unit(built.county, UnitKind.TOWNSHIP_COMMISSION)
    for name, units in (("first", [built.unit]), ("second", [built.unit, other])):
        for unit in units:
            make.assignment(built.people[name], unit, "书记")
    renew_rights(accounts=[user.pk for user in built.accounts.values()], now=clock.now())
    return Consulted(**vars(built), other=other.pk, regulation=make.regulation(built.county, "虚构办法").pk)


def common(here: Consulted) -> dict[str, object]:
    return {
        "commission": here.county.pk,
        "regulation": here.regulation,
        "edition": 1,
        "now": clock.now(),
    }


def consult(here: Consulted, *units: int) -> None:
    with acting_as(OPERATOR) as by:
        consultation_opened.publish(**common(here), units=list(units), last_day=TODAY + DAY, by=by)


def answer(here: Consulted, unit: int) -> None:
    with acting_as(OPERATOR) as by:
        consultation_answered.publish(**common(here), unit=unit, by=by)


def test_whoever_speaks_for_a_unit_that_is_asked_has_a_task(here: Consulted) -> None:
    consult(here, here.unit.pk)
    assert everybody_told(here) == {"first": [("opinion", "unit")], "second": [("opinion", "unit")]}
    [notice] = Notice.objects.filter(account=here.at("first"))
    assert (notice.about, notice.particulars["last_day"]) == (
        Regulation.objects.get().code,
        (TODAY + DAY).isoformat(),
    )


def test_the_task_goes_with_the_answer_of_the_last_unit_that_one_speaks_for(here: Consulted) -> None:
    other = here.other
    consult(here, here.unit.pk, other)
    answer(here, here.unit.pk)
    assert everybody_told(here) == {"second": [("opinion", "unit")]}
    answer(here, other)
    assert everybody_told(here) == {}


def test_a_consultation_that_is_over_asks_nobody(here: Consulted) -> None:
    consult(here, here.unit.pk)
    with acting_as(OPERATOR):
        consultation_ended.publish(**common(here))
    assert everybody_told(here) == {}


def test_what_is_issued_is_told_to_the_units_for_which_it_holds(here: Consulted) -> None:
    with acting_as(OPERATOR):
        regulation_issued.publish(**common(here), purpose="试行", starts=TODAY, units=[here.other])
    assert everybody_told(here) == {"second": [("issued", "scope")]}


def test_what_is_issued_for_all_is_told_to_everybody_with_a_role(here: Consulted) -> None:
    with acting_as(OPERATOR):
        regulation_issued.publish(**common(here), purpose="试行", starts=TODAY, units=[])
    assert everybody_told(here) == {name: [("issued", "scope")] for name in here.accounts}


def test_a_clause_that_ends_warns_who_drafted_it_and_who_keeps_what_rests_on_it(here: Consulted) -> None:
    with acting_as(OPERATOR):
        for label in ("第一条", "第二条"):
            clause_ended.publish(
                **common(here),
                anchor=1,
                label=label,
                ends=TODAY + DAY,
                leanings=[1],
                unit=here.other,
            )
    warned = {"second": [("clause_ended", "drafted")]} | {
        name: [("clause_ended", "leans")] for name in ("clerk", "checker")
    }
    assert everybody_told(here) == warned


@pytest.mark.parametrize("drafted", [True, False])
def test_a_trial_that_ends_is_told_to_who_drafted_it(here: Consulted, drafted: bool) -> None:
    with acting_as(OPERATOR):
        trial_ending.publish(**common(here), trial_until=TODAY + DAY, unit=here.unit.pk if drafted else None)
    whom = ("first", "second") if drafted else ("clerk", "checker")
    assert everybody_told(here) == {name: [("trial_ends", "drafted")] for name in whom}


def test_who_is_named_as_a_stand_in_is_told_and_told_again_when_it_ends_early(here: Consulted) -> None:
    with acting_as(here.actor("first")) as first:
        made = delegate(
            commission=here.county.pk,
            absent=here.at("first"),
            stand_in=here.at("stranger"),
            starts=TODAY,
            ends=TODAY + 3 * DAY,
            reason="虚构出差",
            by=first,
            now=clock.now(),
        )
    assert told(here, "stranger") == [("stands_in", "chosen")]
    [notice] = Notice.objects.filter(account=here.at("stranger"))
    days = {"first_day": TODAY.isoformat(), "last_day": (TODAY + 2 * DAY).isoformat()}
    assert notice.particulars == days
    with acting_as(here.actor("first")) as first:
        end_delegation(delegation=made, by=first, now=clock.now())
    assert told(here, "stranger") == [("stood_in", "chosen")]


def test_a_year_that_is_missing_is_a_task_of_its_keepers_once_until_it_is_entered(here: Consulted) -> None:
    year = TODAY.year + 1
    with acting_as(OPERATOR):
        for _day in range(2):
            calendar_short.publish(commission=here.county.pk, year=year, now=clock.now())
    task = {name: [("year_missing", "keeps")] for name in ("clerk", "checker")}
    assert everybody_told(here) == task
    with acting_as(OPERATOR) as by:
        tell_the_day(by=by, now=clock.now())
        assert everybody_told(here).keys() == task.keys()
        days = {"starts": date(year, 1, 1), "ends": date(year + 1, 1, 1)}
        CalendarYear.objects.create(commission=here.county, known_from=clock.now(), **days)
        tell_the_day(by=by, now=clock.now())
    left = [kind for name in task for kind, _why in told(here, name)]
    assert "year_missing" not in left


def test_the_page_names_the_regulation_as_its_reader_may_see_it_and_the_notice_holds_no_name(
    here: Consulted,
) -> None:
    consult(here, here.unit.pk)
    assert "《虚构办法》" in Reading(here, "first").page()
    assert "虚构办法" not in str(list(Notice.objects.values()))
