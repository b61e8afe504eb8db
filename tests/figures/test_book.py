"""The figures of whole books, against the seed's 40 values and against the oracle that counts from the sheets."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from tests.book.ledger_rows import Book
from tests.book.oracle import figures_of
from tests.book.oracle_balances import balances
from tests.book.random_county import RandomCounty
from tests.factories.plain_book import rows_of_book
from xiezuo.book.demonstration import write_book
from xiezuo.figures.api import Asking, answer, balance_document, check, figures_document, values

SEED = Path(__file__).parents[1] / "data" / "seed"
REPORT_DAY = date(2022, 8, 15)
EXPECTED = yaml.safe_load((SEED / "figures.yaml").read_text(encoding="utf-8"))

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actor")]


def asked_key(figure: dict[str, object]) -> str:
    """The key with its month, where the text speaks of one month."""
    year, _, month = str(figure.get("during", "")).partition("-")
    assert year in ("", "2022")
    return f"{figure['key']}@{month}" if month else str(figure["key"])


def test_the_seed_book_gives_every_figure_of_the_seed_report() -> None:
    commission = rows_of_book(SEED / "county.xlsx")
    found = figures_document(commission, REPORT_DAY)
    expected = {asked_key(figure): figure["value"] for figure in EXPECTED["figures"]}
    assert len(expected) == 40
    assert {key: found["figures"].get(key) for key in expected} == expected


BEYOND_THE_REPORT = ("approvals.", "zones.members.", "collaboration.")
"""Balances of figures that the report does not speak of."""


def test_the_seed_book_keeps_the_twelve_balances_of_the_seed_report() -> None:
    commission = rows_of_book(SEED / "county.xlsx")
    found = figures_document(commission, REPORT_DAY)["balances"]
    of_the_ledger = [balance for balance in found if not balance["id"].startswith(BEYOND_THE_REPORT)]
    assert {(balance["kind"], balance["rule"]) for balance in of_the_ledger} == {
        (balance["kind"], balance["rule"]) for balance in EXPECTED["balances"]
    }
    assert [balance["id"] for balance in found if balance["holds"] is not True] == []


def test_every_counted_figure_of_the_seed_book_has_one_record_for_each_thing_counted() -> None:
    asking = Asking((rows_of_book(SEED / "county.xlsx").pk,), REPORT_DAY)
    for key, value in values(asking)[asking.commissions[0]].items():
        found = answer(key, asking)
        assert found.value == value, key
        if found.figure.reduce is None:
            assert len({record.id for record in found.rows}) == len(found.rows) == value, key


def test_the_demonstration_agrees_with_the_oracle_on_any_day(tmp_path: Path) -> None:
    path = tmp_path / "demonstration.xlsx"
    write_book(path)
    agrees_with_the_oracle(path, seed=1, days=12)


@pytest.mark.parametrize("seed", range(4))
def test_a_random_county_agrees_with_the_oracle_on_any_day(seed: int, tmp_path: Path) -> None:
    agrees_with_the_oracle(RandomCounty(seed).write(tmp_path / "book.xlsx"), seed=seed, days=8)


@pytest.mark.night
@pytest.mark.parametrize("seed", range(100, 180))
def test_many_random_counties_agree_with_the_oracle(seed: int, tmp_path: Path) -> None:
    agrees_with_the_oracle(RandomCounty(seed).write(tmp_path / "book.xlsx"), seed=seed, days=20)


def agrees_with_the_oracle(path: Path, *, seed: int, days: int) -> None:
    commission, book, draw = rows_of_book(path), Book(path), random.Random(seed)
    for _ in range(days):
        on = date(2019, 6, 1) + timedelta(days=draw.randrange(1_700))
        asking = Asking((commission.pk,), on)
        found, expected = values(asking)[commission.pk], figures_of(book, on)
        assert {key: found[key] for key in expected} == expected, on
        assert expectations_found(asking) == expectations_counted(book, on), on
        assert [
            result.balance.id for result in check(asking)[commission.pk] if broken_identity(result)
        ] == [], on


def broken_identity(result) -> bool:
    return result.balance.kind == "identity" and result.holds is False


def expectations_found(asking: Asking) -> dict[str, tuple[object, ...]]:
    results = [
        result for result in check(asking)[asking.commissions[0]] if result.balance.kind == "expectation"
    ]
    return {balance_document(result)["rule"]: (result.left, result.right, result.holds) for result in results}


def expectations_counted(book: Book, on: date) -> dict[str, tuple[object, ...]]:
    counted = [balance for balance in balances(book, on) if balance.kind == "expectation"]
    return {balance.rule: (balance.left, balance.right, balance.holds) for balance in counted}
