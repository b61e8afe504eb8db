"""The journal as a file: a header, the signed heads, then the entries chain by chain. See docs/journal-format.md."""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.db.models import Max

from xiezuo.audit.acts import Act
from xiezuo.audit.canonical import entry_bytes
from xiezuo.audit.models import Entry, Head, Instance, Key
from xiezuo.audit.operations import NamedActor, record
from xiezuo.audit.signing_operations import head_line, sign_heads
from xiezuo.audit.verifier import FORMAT

AT_ONCE = 5_000
"""Entries fetched at once, so that memory does not grow with the journal."""
_FIELDS = (
    "algorithm", "instance", "chain", "sequence", "previous", "at", "actor", "origin", "unit", "act", "target",
    "result", "before", "after", "details", "hash",
)  # fmt: skip


def export_to(file: BinaryIO, *, by: NamedActor, now: datetime) -> int:
    """Sign what has grown, then write the whole journal up to its signed heads; gives how many entries were written.

    The export itself is an act: it stands in the journal after what the file holds. Only whoever may read the journal
    gets its entries; for anybody else the file shows a cut journal.
    """
    sign_heads(by=by, now=now)
    ends = dict(Head.objects.values_list("chain").annotate(Max("sequence")))
    written = sum(map(_writer(file), journal_lines(ends)))
    record(Act.JOURNAL_EXPORTED, by=by, at=now, details={"entries": written})
    return written


def _writer(file: BinaryIO) -> Any:
    def write(line: bytes) -> int:
        file.write(line)
        return int(line.startswith(b'{"hash":'))

    return write


def export_file(path: Path, *, by: NamedActor, now: datetime) -> int:
    """The same into a file that only its owner may read; nothing is left behind if it fails. Raises `OSError`."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            written = export_to(file, by=by, now=now)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return written


def journal_lines(ends: dict[str, int] | None = None) -> Iterator[bytes]:
    """Every line of an export; `ends` gives the last number of each chain, None all there is."""
    yield _header()
    yield from map(head_line, Head.objects.order_by("number").iterator(AT_ONCE))
    for chain in sorted(Entry.objects.order_by("chain").values_list("chain", flat=True).distinct()):
        if ends is None or chain in ends:
            yield from _entries(chain, None if ends is None else ends[chain])


def _header() -> bytes:
    keys = [
        {"key": key.id, "algorithm": key.algorithm, "public": key.public}
        for key in Key.objects.order_by("at", "id")
    ]
    header = {"format": FORMAT, "instance": str(Instance.objects.get().id), "keys": keys}
    return json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _entries(chain: str, end: int | None) -> Iterator[bytes]:
    found = Entry.objects.filter(chain=chain, **({} if end is None else {"sequence__lte": end}))
    for entry in found.order_by("sequence", "id").values(*_FIELDS).iterator(AT_ONCE):
        yield b'{"hash":"%b","entry":%b}\n' % (entry["hash"].encode(), entry_bytes(entry))
