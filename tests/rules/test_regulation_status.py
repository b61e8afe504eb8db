"""Whatever is done with a regulation, its record and its editions say one and the same status, on every day ahead."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.rules.drafting import Drafting, drafting
from xiezuo.accounts.api import OPERATOR, acting_as, set_actor
from xiezuo.approvals.api import TO_APPLICANT, refuse_approval, send_back, submit_again, withdraw
from xiezuo.rules import regulation_operations as operations
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.models import Edition, Regulation, RegulationRecord
from xiezuo.rules.queries import status_on
from xiezuo.rules.regulation_status import status_said
from xiezuo.shared import clock
from xiezuo.shared.asof import on_or_nearest
from xiezuo.shared.errors import Refused

pytestmark = pytest.mark.usefixtures("actor")
TODAY = clock.today()
HORIZON = (0, 1, 2, 3, 6, 9, 400)

Deed = Callable[[Drafting, Edition], object]


def _begin(here: Drafting, last: Edition) -> object:
    unit = here.office.unit.pk
    return here.do("drafter", operations.begin_edition, regulation=last.regulation, unit=unit, key=uuid4())


def _drop(here: Drafting, last: Edition) -> object:
    return here.do("drafter", operations.drop, edition=last, reason="不再需要")


def _apply(purpose: str, days: int) -> Deed:
    return lambda here, last: here.apply(last, purpose, starts=TODAY + timedelta(days=days))


def _pass(here: Drafting, last: Edition) -> object:
    return here.pass_review(last)


def _back_and_again(here: Drafting, last: Edition) -> None:
    here.decide(last, send_back, to=TO_APPLICANT, said="请修改。")
    here.decide(last, submit_again, by="drafter")


DEEDS: dict[str, Deed] = {
    "consult": lambda here, last: here.consulted(last),
    "try now": _apply("试行", 0),
    "try later": _apply("试行", 5),
    "enforce now": _apply("施行", 0),
    "enforce later": _apply("施行", 2),
    "repeal now": _apply("废止", 0),
    "repeal later": _apply("废止", 8),
    "pass": _pass,
    "refuse": lambda here, last: here.decide(last, refuse_approval, said="时机不成熟"),
    "withdraw": lambda here, last: here.decide(last, withdraw, by="drafter"),
    "return": _back_and_again,
    "drop": _drop,
    "revise": _begin,
}
# Each is what a county may find itself with; chance alone would seldom come so far.
USUAL = ("consult", "try now", "pass", "revise", "consult", "try later", "pass", "enforce later", "pass", "revise", "consult", "enforce now", "pass", "repeal later", "pass")  # fmt: skip


def check(regulation: Regulation, done: list[str]) -> None:
    set_actor(OPERATOR)
    rows = list(RegulationRecord.objects.current().filter(regulation=regulation).order_by("starts"))
    editions = queries.editions_of(regulation)
    for days in HORIZON:
        day = TODAY + timedelta(days=days)
        record = on_or_nearest(rows, day)
        assert record is not None
        assert status_on(record, day) == status_said(editions, day), (done, days)


def run(here: Drafting, edition: Edition, deeds: list[str]) -> int:
    """Do them one after the other to the last edition; gives how many were not refused."""
    done: list[str] = []
    for deed in deeds:
        with acting_as(OPERATOR):
            last = Edition.objects.select_related("regulation__commission", "commission").filter(regulation=edition.regulation)  # fmt: skip
            latest = last.latest("number")
        waits = latest.waits
        if deed in ("pass", "refuse", "withdraw", "return") and not waits:
            continue
        try:
            DEEDS[deed](here, latest)
            done.append(deed)
        except Refused:
            pass
        check(edition.regulation, done)
    return len(done)


def test_the_usual_life_is_told_alike_by_record_and_editions(actor: None) -> None:
    here = drafting()
    assert run(here, here.draft(), list(USUAL)) == len(USUAL)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.integers(0, len(USUAL)), st.lists(st.sampled_from(sorted(DEEDS)), max_size=6))
def test_whatever_is_done_record_and_editions_say_one_status(
    actor: None, usual: int, then: list[str]
) -> None:
    set_actor(OPERATOR)
    here = drafting()
    run(here, here.draft(), [*USUAL[:usual], *then])


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"drafted_on": -10},
        {"drafted_on": -10, "consulted_on": -5},
        {"drafted_on": -10, "consulted_on": -5, "review_on": -2, "trial_on": 30},
        {"trial_on": -5},
        {"trial_on": -5, "in_force_on": 3},
        {"in_force_on": -5},
    ],
)
def test_a_regulation_of_the_ledger_says_one_status_once_it_has_an_edition(
    actor: None, days: dict[str, int]
) -> None:
    here = drafting()
    set_actor(OPERATOR)
    known = make.regulation(
        here.office.county, **{name: TODAY + timedelta(days=each) for name, each in days.items()}
    )
    unit = here.office.unit.pk
    edition = here.do("drafter", operations.begin_edition, regulation=known, unit=unit, key=uuid4())
    check(known, [])
    run(here, edition, ["consult", "try now", "enforce now", "pass", "repeal later", "pass"])
