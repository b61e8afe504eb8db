"""The journal's witness of the ledgers: what an edit past the program, or a program that journals nothing, would betray.

A witness notes how many rows each table of a ledger holds and a hash of them. Rows of a ledger never change but for
being closed, so the hash can be taken again for ever; that of the closings, only until the next act.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from xiezuo.audit.acts import Act
from xiezuo.audit.models import Entry
from xiezuo.audit.operations import NamedActor, record
from xiezuo.shared.ledger import LedgerRow

EVER = 2**62
"""Up to which row a digest is taken that leaves none out."""


@dataclass(frozen=True)
class Ledger:
    """A commission's ledger, and the number of its last change."""

    id: int
    code: str
    version: int


def ledgers() -> list[Ledger]:
    """Every ledger of the installation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, code, ledger_version FROM audit_ledgers()")
        return [Ledger(*row) for row in cursor.fetchall()]


def digest(table: str, ledger: int, up_to: int) -> dict[str, Any]:
    """What one table holds of a ledger, in rows with numbers up to `up_to`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM audit_ledger_digest(%s, %s::bigint, %s::bigint)", [table, ledger, up_to]
        )
        return dict(zip(("shape", "rows", "last", "digest", "closed"), cursor.fetchone(), strict=True))


def tables() -> Iterator[str]:
    """Every table of dated rows."""
    return iter(sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, LedgerRow)))


def ledgers_to_witness() -> list[Ledger]:
    """Every ledger that has changed since it was last noted."""
    return [ledger for ledger in ledgers() if _is_new(ledger)]


def last_witness(code: str) -> Entry | None:
    """The last entry that notes the state of the ledger."""
    return Entry.objects.filter(chain=code, act=Act.LEDGER_WITNESSED).order_by("-sequence").first()


def _is_new(ledger: Ledger) -> bool:
    noted = last_witness(ledger.code)
    return noted is None or noted.details["ledger_version"] != ledger.version


@transaction.atomic
def witness_ledger(ledger: Ledger, *, by: NamedActor, now: datetime) -> bool:
    """Note the state of a ledger. One that somebody is changing at this moment is left to the next time: False."""
    with connection.cursor() as cursor:
        # Whoever changes the ledger holds its row, so that under the lock nothing is on the way into it.
        cursor.execute("SELECT audit_hold_ledger(%s::bigint)", [ledger.id])
        [version] = cursor.fetchone()
    if version is None:
        return False
    state = {table: digest(table, ledger.id, EVER) for table in tables()}
    details = {"ledger_version": version, "tables": state}
    record(
        Act.LEDGER_WITNESSED, by=by, at=now, commission_code=ledger.code, target=ledger.code, details=details
    )
    return True
