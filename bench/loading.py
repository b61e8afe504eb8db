"""Loading a book of 100,000 rows against the bare pipeline: read by calamine, COPY to a temporary table, one merge.

`python -m bench.loading BOOK` measures in the home that XIEZUO_HOME names, which it empties; nothing stays in it.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, connections
from python_calamine import CalamineWorkbook

from bench.homes import django_ready
from bench.lines import Line, at_most, send, side_by_side

ROUNDS = 5
LARGE = ("人员", "任职")
"""The two sheets that hold 98 of 100 rows; the bare pipeline reads all sheets and writes these."""
PEOPLE = (
    "code text, name text, sex text, order_no integer, born date, origin text, skills text, telephone text"
)
POSTS = (
    "person text, unit text, post text, engagement text, other_posts text, status text, starts date, ends date,"
    " moves text, from_unit text, from_outside text, leaving text, to_outside text, basis text"
)
KEYS = {"人员": "(code)", "任职": "(person, unit, post, starts)"}
TARGETS = {"人员": ("bare_person", PEOPLE), "任职": ("bare_post", POSTS)}


class _Undo(Exception):
    """Leaves a transaction without keeping what it did."""


def measure(book: Path) -> list[Line]:
    """The line of the load."""
    empty()
    times = side_by_side(ROUNDS, lambda: bare(book), lambda: ours(book), _vacuum)
    return [
        at_most(
            "load of 100,000 rows", times[0], times[1], limit=2.5, n=ROUNDS, words="calamine + COPY + merge"
        )
    ]


def ours(book: Path) -> None:
    """The product's own load with every check, foreign keys included; then everything is undone."""
    with suppress(_Undo), acting_as(OPERATOR):
        result = load_book(source=book, by=OPERATOR, now=clock.now())
        if result.errors:
            raise SystemExit(f"the book has errors: {result.errors[:3]}")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        raise _Undo


def bare(book: Path) -> None:
    """What nothing could do without: no check, no history, tables with no more than a primary and a natural key."""
    opened = CalamineWorkbook.from_path(book)
    sheets = {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}
    with suppress(_Undo), transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        for name in LARGE:
            _merge(cursor, name, sheets[name][1:])
        raise _Undo


def _merge(cursor: Any, name: str, rows: Sequence[Sequence[Any]]) -> None:
    target, columns = TARGETS[name]
    names = [column.split()[0] for column in columns.split(", ")]
    cursor.execute(
        f"CREATE TABLE {target} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, {columns}, UNIQUE {KEYS[name]})"
    )
    cursor.execute(f"CREATE TEMPORARY TABLE incoming ({columns}) ON COMMIT DROP")
    with cursor.copy("COPY incoming FROM STDIN") as copy:
        copy.write("".join(["\t".join(map(_text, row)) + "\n" for row in rows]))
    others = [column for column in names if column not in KEYS[name]]
    changes = ", ".join(f"{column} = excluded.{column}" for column in others)
    cursor.execute(
        f"INSERT INTO {target} ({', '.join(names)}) SELECT * FROM incoming"
        f" ON CONFLICT {KEYS[name]} DO UPDATE SET {changes}"
    )
    cursor.execute("DROP TABLE incoming")


def _text(value: Any) -> str:
    if value == "":
        return r"\N"
    if value.__class__ is float:
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else value


def empty() -> None:
    """Make the home's ledger empty."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE organisation_commission RESTART IDENTITY CASCADE")
    _vacuum()


def _vacuum() -> None:
    # What was undone leaves dead rows behind, and the next round must not trip over them.
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


if __name__ == "__main__":
    django_ready()
    from django.db import transaction

    from xiezuo.accounts.api import OPERATOR, acting_as
    from xiezuo.book.api import load_book
    from xiezuo.shared import clock

    if len(sys.argv) > 1:
        send(measure(Path(sys.argv[1])))
    else:
        empty()
