"""Rows straight into PostgreSQL by COPY, as the owner, with indexes and constraints built afterwards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connections
from psycopg import sql

KNOWN_FROM = "2023-01-01 00:00:00+08"
LEDGER = ("commission_id", "starts", "ends", "basis", "known_from", "position")
"""The first columns of a row of the ledger; the columns that are not named stay empty."""


class Rows:
    """Lines of COPY text for several tables, sent a table at a time; `new` counts the ids."""

    def __init__(self) -> None:
        self.columns: dict[str, tuple[str, ...]] = {}
        self.lines: defaultdict[str, list[str]] = defaultdict(list)
        self._last: defaultdict[str, int] = defaultdict(int)

    def new(self, table: str) -> int:
        """The next id of `table`."""
        self._last[table] += 1
        return self._last[table]

    def add(self, table: str, **values: Any) -> int:
        """One row; its id is made here."""
        key = self.new(table)
        self.columns.setdefault(table, ("id", *values))
        self.lines[table].append("\t".join([str(key), *map(_text, values.values())]))
        return key

    def add_ledger(self, table: str, commission: int, starts: date, ends: date, **values: Any) -> int:
        """One row of the ledger."""
        common = {"starts": starts, "ends": ends, "basis": "", "known_from": KNOWN_FROM}
        return self.add(table, commission_id=commission, **common, position=self._last[table] + 1, **values)

    def send(self) -> None:
        """COPY what has gathered, and forget it."""
        with connections["owner"].cursor() as cursor:
            for table, lines in self.lines.items():
                names = sql.SQL(", ").join(map(sql.Identifier, self.columns[table]))
                command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
                with cursor.copy(command) as copy:
                    copy.write("\n".join(lines) + "\n")
        self.lines.clear()

    def finish(self) -> None:
        """Let the tables' own numbering go on after our ids."""
        with connections["owner"].cursor() as cursor:
            for table in self.columns:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, self._last[table]]
                )


def _text(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return "{" + ",".join(map(str, value)) + "}" if isinstance(value, list) else str(value)


@contextmanager
def bare_tables(tables: Iterable[str], leaving_out: str = "") -> Iterator[None]:
    """Within, the tables have neither indexes nor constraints but their primary key; afterwards all stand again,
    but the one named in `leaving_out`.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        found = [_defined(cursor, table) for table in tables]
        for drops, _makes in found:
            for statement in drops:
                cursor.execute(statement)
        yield
        # Foreign keys last: they want the keys of other tables.
        makes = [statement for _drops, made in found for statement in made]
        for statement in sorted(makes, key=lambda text: "FOREIGN KEY" in text):
            if not leaving_out or leaving_out not in statement:
                cursor.execute(statement)
    vacuum()


def vacuum() -> None:
    """Let the planner know the tables, and let index scans trust them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE, PARALLEL 0)")
        cursor.execute("CHECKPOINT")


def _defined(cursor: Any, table: str) -> tuple[list[str], list[str]]:
    """Statements that drop and that make the constraints and indexes of `table`."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype IN ('f', 'x')", [table],
    )  # fmt: skip
    constraints = cursor.fetchall()
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)", [table, table],
    )  # fmt: skip
    indexes = cursor.fetchall()
    drops = [f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for name, _ in constraints]
    drops += [f'DROP INDEX "{name}"' for name, _ in indexes]
    makes = [definition for _, definition in indexes]
    return drops, makes + [
        f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}' for name, text in constraints
    ]
