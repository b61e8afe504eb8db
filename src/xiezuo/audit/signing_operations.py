"""Signing the tips of chains, and keeping the signed heads outside the database as well."""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from xiezuo.audit.acts import Act
from xiezuo.audit.canonical import NOTHING_BEFORE, head_bytes
from xiezuo.audit.hashing import hash_hex, hash_in_use
from xiezuo.audit.keys import SigningKey, signing_key
from xiezuo.audit.models import Chain, Head, Instance, Key
from xiezuo.audit.operations import NamedActor, append, noted_act


@transaction.atomic
def sign_heads(*, by: NamedActor, now: datetime) -> list[Head]:
    """Sign the tip of every chain that has grown since it was last signed; gives the new heads.

    They are also appended to the file of heads once the transaction is done.
    """
    _one_at_a_time()
    key = _announced(signing_key(), by, now)
    last = Head.objects.order_by("-number").first()
    number, previous = (last.number, _hash_of(last)) if last else (0, NOTHING_BEFORE)
    signed = []
    for place, tip in enumerate(_grown(), number + 1):
        head = _signed(tip, place, previous, key, now)
        previous = _hash_of(head)
        signed.append(head)
    Head.objects.bulk_create(signed)
    transaction.on_commit(keep_heads, robust=True)
    return signed


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('xiezuo.journal.sign', 0))")


def _announced(key: SigningKey, by: NamedActor, now: datetime) -> SigningKey:
    if not Key.objects.filter(pk=key.id).exists():
        Key.objects.create(id=key.id, algorithm=key.algorithm, public=key.public, at=now)
        details = {"algorithm": key.algorithm, "public": key.public}
        # At once, also inside a scope: the heads below must cover the announcement of their key.
        append([noted_act(Act.JOURNAL_KEY_MADE, by=by, at=now, target=key.id, details=details)])
    return key


def _grown() -> Iterable[Chain]:
    signed = Head.objects.filter(chain=OuterRef("code")).order_by("-sequence").values("sequence")[:1]
    grown = Chain.objects.alias(signed=Coalesce(Subquery(signed), 0)).filter(sequence__gt=0)
    return [
        tip
        for tip in grown.annotate(until=Coalesce(Subquery(signed), 0)).order_by("code")
        if tip.sequence > tip.until
    ]


def _signed(tip: Chain, number: int, previous: str, key: SigningKey, now: datetime) -> Head:
    head = Head(
        number=number, previous=previous, chain=tip.code, sequence=tip.sequence, hash=tip.hash, at=now,
        algorithm=hash_in_use(), instance=Instance.objects.get().id, signed_with=key.algorithm, key_id=key.id,
    )  # fmt: skip
    head.signature = key.sign(head_bytes(vars(head)))
    return head


def _hash_of(head: Head) -> str:
    return hash_hex(head.algorithm, head_bytes(vars(head)) + head.signature.encode())


def head_line(head: Head) -> bytes:
    """A head as it stands in an export and in the file of heads."""
    return b'{"head":%b,"signature":"%b"}\n' % (head_bytes(vars(head)), head.signature.encode())


def keep_heads() -> None:
    """Append the heads that the file does not yet have. Raises `OSError` if it cannot be written."""
    path = Path(settings.JOURNAL_HEADS)
    new = Head.objects.filter(number__gt=last_kept_number(path)).order_by("number")
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
        file.writelines(map(head_line, new))
        file.flush()
        os.fsync(file.fileno())


def last_kept_number(path: Path) -> int:
    """The number of the last head in the file; 0 for none."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 8_192))
        lines = file.read().splitlines()
    return _number(lines[-1]) if lines else 0


def _number(line: bytes) -> int:
    try:
        found: Any = json.loads(line)["head"]["number"]
    except (ValueError, KeyError, TypeError):
        return 0
    return int(found)
