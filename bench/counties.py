"""Many counties: the demonstration county, copied row by row inside PostgreSQL under numbers of its own.

`python -m bench.counties N` works in the home that XIEZUO_HOME names, which holds the demonstration county.
"""

import sys
from typing import Any

from django.db import connections

from bench.copying import bare_tables
from bench.homes import django_ready

ANCHORS = ("organisation_unit", "organisation_person", "zones_zone", "sites_site", "rules_regulation")
"""Tables of the bare numbers that rows of the ledger point at."""
STRIDE = 100_000
"""Between the ids of one county and those of the next; no table of the demonstration county has as many rows."""


def fill(counties: int) -> None:
    """Make `counties` counties of the one that is there."""
    tables = [*ANCHORS, *ledger_tables()]
    with bare_tables(tables), connections["owner"].cursor() as cursor:
        for table in ["organisation_commission", *tables]:
            cursor.execute(_copying(cursor, table), [counties - 1])


def _copying(cursor: Any, table: str) -> str:
    cursor.execute(
        "SELECT column_name, data_type, udt_name FROM information_schema.columns"
        " WHERE table_name = %s ORDER BY ordinal_position",
        [table],
    )
    columns = cursor.fetchall()
    names = ", ".join(f'"{name}"' for name, *_ in columns)
    values = ", ".join(_moved(name, kind) for name, _, kind in columns)
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}, generate_series(1, %s) AS copy"


def _moved(name: str, kind: str) -> str:
    """The value of a column in a copy: ids move on by a stride, and so does what points at them."""
    if kind == "_int8":
        return f'ARRAY(SELECT id + copy * {STRIDE} FROM unnest("{name}") AS id)'
    if name == "id" or name.endswith("_id"):
        return f'"{name}" + copy * {STRIDE}'
    return "code || '-' || copy" if name == "code" else f'"{name}"'


if __name__ == "__main__":
    django_ready()
    from xiezuo.config.wall import ledger_tables

    fill(int(sys.argv[1]))
