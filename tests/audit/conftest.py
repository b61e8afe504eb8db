"""A journal of two commissions and the installation, signed ten times, exported by the product itself."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def home_of_the_journal(settings: Any, tmp_path: Path) -> Path:
    """Keys and heads of the test's own."""
    settings.JOURNAL_HOME, settings.JOURNAL_HEADS = tmp_path, tmp_path / "heads.jsonl"
    return tmp_path


_kept: list[list[bytes]] = []


@pytest.fixture
def exports(actor: None) -> list[list[bytes]]:
    """The journal as it was exported after each round; made once, for it outlives the transaction that made it."""
    from tests.audit.journals import exports_of_a_day

    if not _kept:
        _kept.extend(exports_of_a_day())
    return _kept


@pytest.fixture
def exported(exports: list[list[bytes]]) -> list[bytes]:
    """The lines of the last export."""
    return exports[-1]


@pytest.fixture
def exported_earlier(exports: list[list[bytes]]) -> list[list[bytes]]:
    """The exports before it."""
    return exports[:-1]
