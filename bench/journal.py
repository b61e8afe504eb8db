"""Adding to the journal against a bare INSERT of the same row, and the speed of the verifier.

`python -m bench.journal` measures in the home that XIEZUO_HOME names. The verifier reads a file that is written here by
the product's own functions: an entry's content is drawn anew each time, so that nothing can be kept from line to line.
"""

import hashlib
import json
import multiprocessing
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection, connections

from bench.homes import django_ready
from bench.lines import Line, send

WRITERS, CHAINS, SECONDS, ROUNDS = 8, 120, 2.0, 7
ENTRIES, READINGS = 400_000, 5
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
BARE = "CREATE TABLE IF NOT EXISTS bare_entry (LIKE audit_entry INCLUDING ALL)"
INSERT = (
    "INSERT INTO bare_entry (at, actor, act, chain, target, details, sequence, origin, unit, result, before, after,"
    " instance, algorithm, previous, hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def measure() -> list[Line]:
    """The lines of the journal."""
    return [appending(), verifying()]


def appending() -> Line:
    """Entries a second at eight writers, a transaction each, on random chains of 120 commissions."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(BARE)
        cursor.execute(f'GRANT ALL ON bare_entry TO "{connection.settings_dict["USER"]}"')
    _together(_chained, 1.0)
    speeds: dict[Callable[[random.Random], None], list[float]] = {_bare: [], _chained: []}
    for _round in range(ROUNDS):
        for work, found in speeds.items():
            found.append(_together(work, SECONDS))
    bare, ours = (statistics.median(found) for found in speeds.values())
    ratio = statistics.median(
        mine / theirs for mine, theirs in zip(speeds[_chained], speeds[_bare], strict=True)
    )
    return Line(
        f"journal: entries added by {WRITERS} writers, {CHAINS} chains", f"{bare:,.0f}/s bare INSERT",
        f"{ours:,.0f}/s", ratio, "≥ 0.9", ratio >= 0.9, ROUNDS,
    )  # fmt: skip


def _together(work: Callable[[random.Random], None], seconds: float) -> float:
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    with fork.Pool(WRITERS) as pool:
        done = pool.starmap(_write, [(work, number, seconds) for number in range(WRITERS)], chunksize=1)
    return sum(done)


def _write(work: Callable[[random.Random], None], number: int, seconds: float) -> float:
    draw = random.Random(f"{number} {time.time()}")
    for _warm in range(20):
        work(draw)
    count, began = 0, time.perf_counter()
    while time.perf_counter() < began + seconds:
        work(draw)
        count += 1
    return count / (time.perf_counter() - began)


def _bare(draw: random.Random) -> None:
    told = f"B{draw.randrange(CHAINS)}"
    row = (
        AT, "clerk", "list.exported", told, f"P{draw.randrange(10_000)}", DETAILS, draw.getrandbits(62), "10.0.0.1", "",
        "done", None, None, INSTANCE, "sha256", ZEROS, ZEROS,
    )  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, row)


def _chained(draw: random.Random) -> None:
    with transaction.atomic(), journal_scope():
        record(
            Act.LIST_EXPORTED, by=CLERK, at=AT, commission_code=f"B{draw.randrange(CHAINS)}",
            target=f"P{draw.randrange(10_000)}", details={"on": "2026-03-02", "rows": 120},
        )  # fmt: skip


ZEROS = "0" * 64
INSTANCE = "6f1c2b9e-3d4a-4f5b-8c6d-7e8f9a0b1c2d"
DETAILS = '{"on": "2026-03-02", "rows": 120}'


def verifying() -> Line:
    """Entries that the verifier checks in a second of one processor, the file read from the disk's cache."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.jsonl"
        size = _write_journal(path)
        times = [_seconds(path) for _time in range(READINGS)]
    speed, anchor = (
        ENTRIES / statistics.median(t[0] for t in times),
        ENTRIES / statistics.median(t[1] for t in times),
    )
    return Line(
        "journal: entries verified", f"{anchor:,.0f}/s reading and hashing alone", f"{speed:,.0f}/s", speed / anchor,
        "≥ 250,000/s", speed >= 250_000, READINGS, f"{size / ENTRIES:.0f} bytes an entry; seconds of the processor, which a busy machine stretches less",
    )  # fmt: skip


def _seconds(path: Path) -> tuple[float, float]:
    began = time.process_time()
    result = verify_file(path)
    if result.entries != ENTRIES or getattr(result.first_break, "kind", "") != "unsigned":
        raise SystemExit(f"the journal of the measurement: {result}")
    between = time.process_time()
    with path.open("rb", buffering=1 << 20) as lines:
        for line in lines:
            hashlib.sha256(line[83:-2]).hexdigest()
    return between - began, time.process_time() - between


def _write_journal(path: Path) -> int:
    draw, previous = random.Random(1), ZEROS
    with path.open("wb") as file:
        file.write(json.dumps({"format": FORMAT, "instance": INSTANCE, "keys": []}).encode() + b"\n")
        for number in range(1, ENTRIES + 1):
            content = entry_bytes(_drawn(draw, number, previous))
            previous = hashlib.sha256(content).hexdigest()
            file.write(b'{"hash":"%b","entry":%b}\n' % (previous.encode(), content))
    return path.stat().st_size


def _drawn(draw: random.Random, number: int, previous: str) -> dict[str, Any]:
    details = draw.choice(
        [
            {},
            {"on": "2026-03-02", "rows": number},
            {"load": number, "sha256": f"{draw.getrandbits(256):064x}"},
        ]
    )
    return {
        "algorithm": "sha256", "instance": INSTANCE, "chain": "AL", "sequence": number, "previous": previous, "at": AT,
        "actor": f"user{draw.randrange(200)}", "origin": f"10.0.0.{draw.randrange(250)}", "unit": "第一监督检查室",
        "act": draw.choice(ACTS), "target": f"P{draw.randrange(5_000)}", "result": "done", "before": None,
        "after": None, "details": details,
    }  # fmt: skip


if __name__ == "__main__":
    django_ready()
    from django.db import transaction

    from xiezuo.accounts.api import Actor
    from xiezuo.audit.api import Act, journal_scope, record, verify_file
    from xiezuo.audit.canonical import entry_bytes
    from xiezuo.audit.verifier import FORMAT

    CLERK = Actor("clerk", origin="10.0.0.1")
    ACTS = [act for act in Act if not act.startswith("journal.")]
    send(measure())
    sys.exit()
