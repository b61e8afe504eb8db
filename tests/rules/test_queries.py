"""A regulation has one status on a day, and it is the furthest stage that it reached."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from xiezuo.organisation.models import Commission
from xiezuo.rules import queries
from xiezuo.rules.models import RegulationRecord
from xiezuo.rules.states import RegulationStatus
from xiezuo.shared.periods import ALWAYS, OPEN

DAYS = {
    "drafted_on": date(2022, 2, 1),
    "consulted_on": date(2022, 3, 1),
    "trial_on": date(2022, 4, 1),
    "in_force_on": date(2022, 6, 1),
}
REPEALED = date(2022, 9, 1)


def life(**days: date) -> RegulationRecord:
    return RegulationRecord(**{"starts": ALWAYS, "ends": OPEN, **days})


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2022, 1, 31), RegulationStatus.PLANNED),
        (date(2022, 2, 1), RegulationStatus.DRAFT),
        (date(2022, 3, 31), RegulationStatus.CONSULTATION),
        (date(2022, 4, 1), RegulationStatus.TRIAL),
        (date(2022, 8, 31), RegulationStatus.IN_FORCE),
        (REPEALED, RegulationStatus.REPEALED),
    ],
)
def test_the_status_is_that_of_the_furthest_stage_reached(on: date, status: RegulationStatus) -> None:
    assert queries.status_on(life(**DAYS, ends=REPEALED), on) is status


@given(
    st.dictionaries(st.sampled_from(list(DAYS)), st.dates(date(2020, 1, 1), date(2024, 1, 1))),
    st.dates(date(2019, 1, 1), date(2025, 1, 1)),
)
def test_a_status_never_goes_back_while_days_pass(days: dict[str, date], on: date) -> None:
    order = list(RegulationStatus)
    record = life(**days)
    assert order.index(queries.status_on(record, on)) <= order.index(
        queries.status_on(record, on + timedelta(days=1))
    )


@pytest.fixture
def county(actor: None) -> Commission:
    return make.commission()


@pytest.mark.django_db
def test_the_list_keeps_repealed_regulations_and_says_so(county: Commission) -> None:
    make.regulation(county, "旧制度", in_force_on=date(2019, 1, 1), ends=date(2022, 4, 1), position=1)
    make.regulation(county, "新制度", starts=date(2022, 2, 1), drafted_on=date(2022, 2, 1), position=2)
    listed = [(row.name, row.status) for row in queries.regulations(county, date(2022, 8, 15))]
    assert listed == [("旧制度", RegulationStatus.REPEALED), ("新制度", RegulationStatus.DRAFT)]
    assert [row.name for row in queries.regulations(county, date(2022, 1, 1))] == ["旧制度"]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 3])
def test_the_list_is_one_question(county: Commission, size: int, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(size):
        make.regulation(county, f"制度{number}")
    with django_assert_num_queries(1):
        assert len(queries.regulations(county, date(2022, 8, 15))) == size


@pytest.mark.django_db
def test_stages_ahead_of_the_day_are_marked(county: Commission) -> None:
    one = make.regulation(county, **DAYS)
    page = queries.regulation_page(county, one.pk, date(2022, 3, 15))
    assert [stage.ahead for stage in page.stages] == [False, False, True, True]
    assert page.since == DAYS["consulted_on"]


@pytest.mark.django_db
def test_changes_tell_each_stage_with_its_day(county: Commission) -> None:
    make.regulation(county, "某制度", **DAYS, ends=REPEALED)
    told = queries.changes(county, date(2022, 2, 1), REPEALED)
    assert [change.day for change in told] == [*list(DAYS.values())[1:], REPEALED]
    assert all("《某制度》" in change.text for change in told)
