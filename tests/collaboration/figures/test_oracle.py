"""Figures of the collaboration counted a second time, the slow and obvious way, from the plain facts that made the rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.collaboration import matters_told as tell
from tests.collaboration.matters_told import noon
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.figures.api import Asking, check, values
from xiezuo.organisation.models import Commission

FIRST, DAYS = date(2023, 5, 1), 40
DAY = timedelta(days=1)
PERIOD = (date(2023, 5, 1), date(2023, 6, 1))


@dataclass(frozen=True)
class Told:
    """One request as plain days after the first: submitted, limit, decided, ended; None for what has not happened."""

    submitted: int
    limit: int
    decided: int | None
    ended: int | None
    withdrawn: bool


@st.composite
def told(draw: st.DrawFn) -> Told:
    submitted = draw(st.integers(0, DAYS))
    decided = draw(st.none() | st.integers(submitted, DAYS))
    after = submitted if decided is None else decided
    ended = draw(st.none() | st.integers(after, DAYS))
    withdrawn = decided is not None and ended is None and draw(st.booleans())
    return Told(submitted, submitted + draw(st.integers(1, 5)), decided, ended, withdrawn)


def written(county: Commission, facts: list[Told]) -> None:
    unit = make.unit(county, "乡镇纪委")
    for each in facts:
        decided = None if each.decided is None else FIRST + each.decided * DAY
        state = "撤回" if each.withdrawn else "已批准" if decided else "审批中"
        row = tell.request(
            county, unit, FIRST + each.submitted * DAY, state, decided_at=decided and noon(decided), decide_by=FIRST + each.limit * DAY
        )  # fmt: skip
        if each.ended is not None:
            tell.moved(row, "归档", FIRST + each.ended * DAY, "close")


def expected(facts: list[Told], on: date) -> dict[str, int | None]:
    """The definitions, word for word, over plain numbers of days."""
    last, may = (on - FIRST).days, [day for day in range(31) if FIRST + day * DAY <= on]
    decided = [each for each in facts if each.decided in may and not each.withdrawn]
    late = [each for each in decided if each.decided is not None and each.decided > each.limit]

    def is_open(each: Told) -> bool:
        over = each.ended is not None and each.ended <= last
        gone = each.withdrawn and each.decided is not None and each.decided <= last
        return each.submitted <= last and not over and not gone

    hours = [24 * (each.decided - each.submitted) for each in decided if each.decided is not None]
    return {
        "submitted": sum(each.submitted in may for each in facts), "open": sum(map(is_open, facts)), "decided": len(decided),
        "decided_late": len(late), "middle_hours": median_low(hours) if hours else None,
        "in_time_share": round(100 * (len(decided) - len(late)) / len(decided)) if decided else None,
    }  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=25)
@given(facts=st.lists(told(), max_size=6), days=st.integers(0, DAYS))
def test_every_figure_is_what_a_plain_count_says(facts: list[Told], days: int) -> None:
    with transaction.atomic():
        set_actor(OPERATOR)
        county = make.commission()
        written(county, facts)
        asking = Asking((county.pk,), FIRST + days * DAY, during=PERIOD)
        wanted = expected(facts, asking.on)
        found: dict[str, Any] = values(asking, [f"collaboration.{key}" for key in wanted])[county.pk]
        assert {key: found[f"collaboration.{key}"] for key in wanted} == wanted
        held = [each for each in check(asking)[county.pk] if each.balance.id.startswith("collaboration.")]
        assert [each.balance.id for each in held if each.holds is False] == []
        transaction.set_rollback(True)
