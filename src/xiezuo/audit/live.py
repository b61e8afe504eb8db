"""Verifying the journal where it lives: its chains, the wall around it, and the ledgers that it witnessed."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from xiezuo.audit.export import journal_lines
from xiezuo.audit.models import Chain, Entry
from xiezuo.audit.verifier import Break, Result, Witness, verify
from xiezuo.audit.witness_operations import EVER, Ledger, digest, last_witness, ledgers

TELLING = 5_000
"""Entries between two tellings of how far a verification has come."""

WallCheck = Callable[[], Iterable[str]]
_wall_checks: list[WallCheck] = []


def guard_with(check: WallCheck) -> WallCheck:
    """Have `verify_live` ask `check` as well; it names what of the wall does not stand as declared."""
    if check not in _wall_checks:
        _wall_checks.append(check)
    return check


def verify_live(
    *, heads: Path | None = None, codes: Iterable[str] = (), told: Callable[[int], None] | None = None
) -> Result:
    """Verify the journal of this installation; `heads` defaults to the file of heads in its home.

    `told` is told from time to time how many entries have been read.

    Needs an actor who may read the journal. Entries since the last signed head are checked as a chain, and against the
    tip that the database keeps. Raises `OSError` if a file of heads that was named cannot be read.
    """
    kept = Path(heads or settings.JOURNAL_HEADS)
    lines = kept.read_bytes().splitlines() if heads or kept.exists() else []
    tips = [Witness(tip.code, tip.sequence, tip.hash) for tip in Chain.objects.filter(sequence__gt=0)]
    result = verify(
        _telling(journal_lines(), told), heads=lines, codes=codes, witnesses=tips, signed_to_the_end=False
    )
    if result.ok:
        result.first_break = next(_beyond_the_chain(result), None)
    return result


def _telling(lines: Iterator[bytes], told: Callable[[int], None] | None) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        if told is not None and number % TELLING == 0:
            told(number)
        yield line


def _beyond_the_chain(result: Result) -> Iterator[Break]:
    for check in _wall_checks:
        for what in check():
            yield Break(f"wall: {what}", "", 0, 0)
    for ledger in ledgers():
        yield from _ledger_breaks(ledger, result.chains.get(ledger.code, 0))


def _ledger_breaks(ledger: Ledger, end: int) -> Iterator[Break]:
    found = list(_compared(ledger, end))
    now = next((each for each in ledgers() if each.id == ledger.id), None) if found else None
    # Somebody may have changed the ledger between two of our questions: then they are asked again.
    changed = now is not None and now.version != ledger.version
    yield from _ledger_breaks(now, end) if now and changed else found


def _compared(ledger: Ledger, end: int) -> Iterator[Break]:
    noted = _last_version(ledger.code)
    if noted is not None and noted[1] != ledger.version:
        yield Break("ledger changed without an entry", ledger.code, noted[0], max(noted[0], end))
    witness = last_witness(ledger.code)
    if witness is None:
        return
    for table, state in witness.details["tables"].items():
        if _differs(ledger, table, state, closings=ledger.version == witness.details["ledger_version"]):
            yield Break(f"ledger edited: {table}", ledger.code, witness.sequence, max(witness.sequence, end))


def _last_version(code: str) -> tuple[int, int] | None:
    found = Entry.objects.filter(chain=code, details__has_key="ledger_version").order_by("-sequence").first()
    return (found.sequence, found.details["ledger_version"]) if found else None


def _differs(ledger: Ledger, table: str, noted: dict[str, Any], *, closings: bool) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.' || quote_ident(%s)) IS NULL", [table])
        if cursor.fetchone()[0]:
            return False
    now = digest(table, ledger.id, EVER if closings else noted["last"])
    if now["shape"] != noted["shape"]:
        # A release has changed the table; the next witness notes its new shape.
        return False
    names = ("rows", "digest", "closed") if closings else ("rows", "digest")
    return any(now[name] != noted[name] for name in names)
