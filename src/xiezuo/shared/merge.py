"""Many ledger rows at once: COPY into a temporary table, then one merge into the ledger.

It speaks of no domain. The app that owns a table calls it from its own `operations.py`, inside a transaction and after
the rows were checked; the constraints of the table stand as they do for a single row.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from psycopg import sql

from xiezuo.shared.errors import refuse
from xiezuo.shared.ledger import LedgerRow

COPY_ROWS = 5_000
"""Rows encoded at once, so that memory does not grow with the book."""


@dataclass
class Merge:
    """What one load does to one table: rows that are no longer held true, and rows that are.

    `columns` are field names with one value per row; `constants` are the same for all rows.
    """

    model: type[LedgerRow]
    at: datetime
    load: int
    closing: Sequence[int] = ()
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)

    def into(self, own: Collection[type[LedgerRow]]) -> None:
        """Write to the table, which must be one of the caller's own."""
        if self.model not in own:
            raise ValueError(f"{self.model.__name__} is another app's table")
        _close(self.model, self.closing, self.at, self.load)
        _add(self.model, self.columns, {**self.constants, "known_from": self.at, "load": self.load})


def add_anchors(model: type[models.Model], commission: int, codes: Sequence[str]) -> dict[str, int]:
    """Create the things that rows will speak of; gives the id of each code."""
    if not codes:
        return {}
    statement = sql.SQL(
        "INSERT INTO {} (commission_id, code) SELECT %s, code FROM unnest(%s::text[]) WITH ORDINALITY AS given (code, n) "
        "ORDER BY n RETURNING code, id"
    ).format(_table(model))
    with connection.cursor() as cursor:
        cursor.execute(statement, [commission, list(codes)])
        return dict(cursor.fetchall())


def undo(model: type[LedgerRow], *, load: int, at: datetime) -> tuple[int, int]:
    """Close what a load brought and state again what it closed; gives both numbers of rows."""
    names = [
        str(f.column)
        for f in model._meta.concrete_fields
        if f.column not in ("id", "known_from", "known_until", "closed_by_load")
    ]
    columns = sql.SQL(", ").join([sql.Identifier(name) for name in names])
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("UPDATE {} SET known_until = %s WHERE load = %s AND known_until IS NULL").format(
                _table(model)
            ),
            [at, load],
        )
        closed = cursor.rowcount
        cursor.execute(
            sql.SQL(
                "INSERT INTO {table} ({columns}, known_from) SELECT {columns}, %s FROM {table} WHERE closed_by_load = %s"
            ).format(table=_table(model), columns=columns),
            [at, load],
        )
        return closed, cursor.rowcount


def _close(model: type[LedgerRow], ids: Sequence[int], at: datetime, load: int) -> None:
    if not ids:
        return
    statement = sql.SQL(
        "UPDATE {} SET known_until = %s, closed_by_load = %s WHERE id = ANY(%s) AND known_until IS NULL"
    ).format(_table(model))
    with connection.cursor() as cursor:
        cursor.execute(statement, [at, load, list(ids)])
        if cursor.rowcount != len(ids):
            refuse("ledger-moved-on", "the ledger was changed meanwhile; look at the difference again")


def _add(model: type[LedgerRow], columns: Mapping[str, Sequence[Any]], constants: Mapping[str, Any]) -> None:
    if not columns or not len(next(iter(columns.values()))):
        return
    names = sql.SQL(", ").join(sql.Identifier(_column(model, name)) for name in columns)
    fixed = {**_defaults(model), **{_column(model, name): value for name, value in constants.items()}}
    fixed = {
        name: value
        for name, value in fixed.items()
        if name not in {_column(model, given) for given in columns}
    }
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
            ).format(names, _table(model))
        )
        with cursor.copy(sql.SQL("COPY incoming ({}) FROM STDIN").format(names)) as copy:
            for block in _encoded(list(columns.values())):
                copy.write(block)
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}, {}) SELECT {}, {} FROM incoming").format(
                _table(model),
                names,
                sql.SQL(", ").join(map(sql.Identifier, fixed)),
                names,
                sql.SQL(", ").join(sql.Placeholder() * len(fixed)),
            ),
            list(fixed.values()),
        )
        cursor.execute("DROP TABLE incoming")


def _defaults(model: type[LedgerRow]) -> dict[str, Any]:
    return {
        str(f.column): f.get_default()
        for f in model._meta.concrete_fields
        if f.has_default() and not f.primary_key
    }


def _encoded(columns: list[Sequence[Any]]) -> Iterator[bytes]:
    known = [_Encoded() for _column in columns]
    for start in range(0, len(columns[0]), COPY_ROWS):
        texts = [
            [memory[value] for value in column[start : start + COPY_ROWS]]
            for memory, column in zip(known, columns, strict=True)
        ]
        yield ("\n".join(map("\t".join, zip(*texts, strict=True))) + "\n").encode()


class _Encoded(dict[Any, str]):
    """COPY's text of each distinct value of a column."""

    def __missing__(self, value: Any) -> str:
        self[value] = text = _copy_text(value)
        return text


def _copy_text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return _escaped("{" + ",".join(_element(item) for item in value) + "}")
    return _escaped(str(value))


def _element(value: Any) -> str:
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _table(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)


def _column(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "column"))  # noqa: B009 - relations backwards have none
