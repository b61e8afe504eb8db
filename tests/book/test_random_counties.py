"""Counties that neither the product nor the oracle was written for: both must count the same."""

from datetime import date
from pathlib import Path

import pytest

from tests.book.oracle import figures
from tests.book.random_county import RandomCounty
from xiezuo.accounts.api import OPERATOR
from xiezuo.book.api import load_book
from xiezuo.figures.api import Asking, check, values
from xiezuo.organisation.models import Commission
from xiezuo.shared import clock

DAYS = (date(2019, 6, 30), date(2021, 12, 31), date(2022, 8, 15), date(2023, 12, 31))


@pytest.mark.parametrize("seed", range(12))
def test_a_county_that_nobody_planned_is_counted_as_the_oracle_counts_it(
    seed: int, tmp_path: Path, actor: None
) -> None:
    book = RandomCounty(seed).write(tmp_path / "book.xlsx")
    result = load_book(source=book, by=OPERATOR, now=clock.now())
    assert [problem.as_json() for problem in result.errors] == []
    commission = Commission.objects.get(code="RC").pk
    for day in DAYS:
        expected = figures(book, day)
        found = values(Asking((commission,), day))[commission]
        assert {key: found[key] for key in expected} == expected, f"seed {seed} on {day}"


@pytest.mark.parametrize("seed", range(12, 18))
def test_identities_hold_in_any_county(seed: int, tmp_path: Path, actor: None) -> None:
    load_book(source=RandomCounty(seed).write(tmp_path / "book.xlsx"), by=OPERATOR, now=clock.now())
    commission = Commission.objects.get(code="RC").pk
    for day in DAYS:
        broken = [
            result.balance.id
            for result in check(Asking((commission,), day))[commission]
            if result.balance.kind == "identity" and result.holds is False
        ]
        assert broken == [], f"seed {seed} on {day}"
