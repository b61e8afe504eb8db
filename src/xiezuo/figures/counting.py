"""Counting rows that may not be shown: the total is known to whoever may know totals, the records stay behind the wall."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from psycopg.pq import TransactionStatus

# The row that says how it was comes before the setting that changes it.
_BEGIN = """
WITH before AS MATERIALIZED (SELECT coalesce(current_setting('xiezuo.counting', true), '') AS was)
SELECT was, xz_trusted(), xz_totals(), set_config('xiezuo.counting', 'on', true) FROM before
"""


@contextmanager
def counting(commissions: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Inside, questions count rows that the actor may not see, in those of `commissions` whose totals it may know.

    Gives these commissions. Only statements that answer with numbers may be run inside. What the actor may know is
    asked of the database, so that no caller can forget to say for whom it asks.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        was, everything, known, _on = cursor.fetchone()
    try:
        yield tuple(commissions) if everything else tuple(each for each in commissions if each in known)
    finally:
        _count_as_before(was)


def _count_as_before(was: str) -> None:
    # A failed transaction answers nothing any more; its end forgets the setting.
    if connection.connection.info.transaction_status != TransactionStatus.INERROR:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('xiezuo.counting', %s, true)", [was])


def total_is_known(commission: int) -> bool:
    """Whether the actor may know totals of the commission."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xz_trusted() OR %s = ANY(xz_totals())", [commission])
        return bool(cursor.fetchone()[0])
