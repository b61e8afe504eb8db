"""The only writer of entries. The lock of a chain is taken last, so that a long act keeps nobody waiting for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from xiezuo.audit.acts import Act
from xiezuo.audit.canonical import NOTHING_BEFORE, act_text, entry_bytes, plain, plain_text, quoted
from xiezuo.audit.hashing import hash_hex, hash_in_use
from xiezuo.audit.masking import masked, masked_text
from xiezuo.audit.models import Instance

DONE, REFUSED = "done", "refused"

_TIP = """
SELECT tip.sequence, tip.hash, here.id FROM audit_chain tip CROSS JOIN audit_instance here
WHERE tip.code = %s FOR UPDATE OF tip
"""
_NEW_CHAIN = (
    "INSERT INTO audit_chain (code, sequence, hash, previous) VALUES (%s, 0, %s, '') ON CONFLICT DO NOTHING"
)
_COLUMNS = (
    "at", "actor", "act", "chain", "target", "details", "sequence", "origin", "unit", "result", "before", "after",
    "instance", "algorithm", "previous", "hash",
)  # fmt: skip
# An act alone, the commonest case: a function of the database locks the tip, takes the hash and adds the row at once.
_APPEND_ONE = (
    "SELECT audit_append(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) -- INSERT INTO audit_entry"
)
_ACT_FIELDS = (
    "at",
    "actor",
    "act",
    "chain",
    "target",
    "details",
    "origin",
    "unit",
    "result",
    "before",
    "after",
)
_ROW = "(%s::timestamptz, %s, %s, %s, %s, %s::jsonb, %s::bigint, %s, %s, %s, %s::jsonb, %s::jsonb, %s::uuid, %s, %s, %s)"
# One statement moves the tip and adds the rows. Without RETURNING: not everybody who adds may read.
_APPEND = (
    "WITH moved AS (UPDATE audit_chain SET sequence = %s, hash = %s, previous = hash WHERE code = %s RETURNING 1) "  # noqa: S608
    "INSERT INTO audit_entry (" + ", ".join(_COLUMNS) + ") SELECT added.* FROM moved, (VALUES {rows}) added"
)
_JSON = ("details", "before", "after")


class NamedActor(Protocol):
    """Whoever acts; the journal keeps the name, and `origin` and `unit` where the actor has them."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Noted:
    """An act that waits for its place in the chain."""

    chain: str
    at: datetime
    actor: str
    origin: str
    unit: str
    act: str
    target: str
    result: str
    before: Any
    after: Any
    details: Any


Kept = list[tuple[Noted, Callable[[], None]]]
_kept: ContextVar[Kept | None] = ContextVar("xiezuo_journal", default=None)
_whence: ContextVar[str] = ContextVar("whence", default="")


def record(
    act: Act,
    *,
    by: NamedActor,
    at: datetime,
    commission_code: str = "",
    target: str = "",
    details: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    result: str = DONE,
) -> None:
    """Note one act in the transaction of the change; if it cannot be written, the change fails with it.

    Personal data and secrets are masked. Inside `journal_scope` the entry is appended at the scope's end.
    """
    noted = noted_act(
        act, by=by, at=at, commission_code=commission_code, target=target, details=details, before=before,
        after=after, result=result,
    )  # fmt: skip
    kept = _kept.get()
    if kept is None:
        append([noted])
    else:
        _keep(kept, noted)


def noted_act(
    act: Act, *, by: NamedActor, at: datetime, commission_code: str = "", target: str = "",
    details: Mapping[str, Any] | None = None, before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None, result: str = DONE,
) -> Noted:  # fmt: skip
    """The act as it will stand in the journal: on one line each, without personal data and secrets."""
    return Noted(
        chain=plain_text(commission_code), at=at, actor=_words(by.name), origin=_words(getattr(by, "origin", "") or _whence.get()),
        unit=_words(getattr(by, "unit", "")), act=str(act), target=_words(target), result=result,
        before=masked(plain(before)), after=masked(plain(after)), details=masked(plain(details or {})),
    )  # fmt: skip


def _words(text: str) -> str:
    return masked_text(plain_text(str(text or "")))


def _keep(kept: Kept, noted: Noted) -> None:
    def marker() -> None:
        """Forgotten by Django when the savepoint in which the act was noted is rolled back, and the act with it."""

    transaction.on_commit(marker)
    kept.append((noted, marker))


@contextmanager
def journal_scope(origin: str = "") -> Iterator[None]:
    """Inside a transaction: entries are kept until the end of the outermost scope and appended there, all at once.

    `origin` is from where acts come whose actor does not say so itself.
    """
    if _kept.get() is not None:
        yield
        return
    kept: Kept = []
    token, whence = _kept.set(kept), _whence.set(origin)
    try:
        yield
    finally:
        _kept.reset(token)
        _whence.reset(whence)
    if not connection.needs_rollback:
        append(_standing(kept))


def _standing(kept: Kept) -> list[Noted]:
    registered = {id(entry[1]) for entry in connection.run_on_commit}
    return [noted for noted, marker in kept if id(marker) in registered]


def append(noted: Sequence[Noted]) -> None:
    """Chain the acts and write them. Chains are locked in the order of their codes, so that nobody waits in a ring."""
    if not noted:
        return
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for chain, several in groupby(sorted(noted, key=_chain_of), key=_chain_of):
            _append_to(cursor, chain, list(several))


def _chain_of(noted: Noted) -> str:
    return noted.chain


def _append_to(cursor: Any, chain: str, noted: list[Noted]) -> None:
    if len(noted) == 1 and hash_in_use() == "sha256":
        _append_one(cursor, noted[0])
    else:
        _append_several(cursor, chain, noted)


def _append_several(cursor: Any, chain: str, noted: list[Noted]) -> None:
    sequence, before, instance = _tip(cursor, chain)
    rows = _chained(noted, sequence, before, instance)
    values = [_value(name, row[name]) for row in rows for name in _COLUMNS]
    statement = _APPEND.format(rows=", ".join([_ROW] * len(rows)))
    cursor.execute(statement, [sequence + len(rows), rows[-1]["hash"], chain, *values])
    if cursor.rowcount != len(rows):
        raise RuntimeError(f"the journal took {cursor.rowcount} of {len(rows)} entries")


def _append_one(cursor: Any, noted: Noted) -> None:
    fields = vars(noted)
    values = [_value(name, fields[name]) for name in _ACT_FIELDS]
    cursor.execute(_APPEND_ONE, ["sha256", quoted(noted.chain), act_text(fields), *values])


def _value(name: str, value: Any) -> Any:
    return Jsonb(value) if name in _JSON and value is not None else value


def _tip(cursor: Any, chain: str) -> tuple[int, str, Any]:
    cursor.execute(_TIP, [chain])
    tip = cursor.fetchone()
    if tip is None:
        cursor.execute(_NEW_CHAIN, [chain, NOTHING_BEFORE])
        cursor.execute(_TIP, [chain])
        tip = cursor.fetchone()
    if tip is None:
        raise RuntimeError("this installation has no number of its own; run xiezuo migrate")
    return tip


def _chained(noted: list[Noted], sequence: int, before: str, instance: Any) -> list[dict[str, Any]]:
    algorithm, rows = hash_in_use(), []
    for place, each in enumerate(noted, sequence + 1):
        row = asdict(each) | {
            "sequence": place, "instance": instance, "algorithm": algorithm, "previous": before,
        }  # fmt: skip
        before = row["hash"] = hash_hex(algorithm, entry_bytes(row))
        rows.append(row)
    return rows


def number_installation(*, using: str) -> None:
    """Give the installation its number if it has none."""
    if not Instance.objects.using(using).exists():
        Instance.objects.using(using).create()
