"""Counties from their books, for the tests of runs and screens."""

from pathlib import Path

import pytest

from tests.once import fresh, once

SEED = Path(__file__).parents[1] / "data" / "seed" / "county.xlsx"


@once
def seed_county():
    """The county of the seed book."""
    from tests.factories.plain_book import rows_of_book

    return rows_of_book(SEED)


@pytest.fixture
def county(seed_county, actor: None):
    """The county of the seed book, for one test."""
    return fresh(seed_county)


@pytest.fixture
def demonstration(actor: None, tmp_path: Path):
    """The fictional county 安澜县."""
    from tests.factories.plain_book import rows_of_book
    from xiezuo.book.demonstration import write_book

    write_book(tmp_path / "book.xlsx")
    return rows_of_book(tmp_path / "book.xlsx")
