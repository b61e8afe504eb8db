"""The database alone: which rows each subject reads and writes, past every view, against rules written by hand once more."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from tests.matrix.by_hand import Row, Rows, may_read, may_write, read
from tests.matrix.canaries import Subject
from tests.matrix.conftest import Standing
from tests.matrix.walk import NOBODY, undo
from tests.matrix.world import World
from xiezuo.accounts.api import Actor, set_actor
from xiezuo.config.need_to_know import READ


def act_as(subject: Subject) -> None:
    """As the application would for this subject's request; a disabled account is tried all the same."""
    come_in = subject.logged_in or subject.name == "disabled"
    set_actor(Actor(subject.name, subject.account.pk) if come_in and subject.account is not None else NOBODY)


def misread(rows: Rows, table: str, subject: Subject) -> tuple[set[Any], set[Any]]:
    """Rows that the database shows the subject and should not, and those that it hides and should not."""
    act_as(subject)
    seen = {row["id"] for row in read(table)}
    due = {row["id"] for row in rows.of[table] if may_read(rows, table, row, subject)}
    return seen - due, due - seen


def writes_wrongly(rows: Rows, table: str, subject: Subject) -> Iterator[str]:
    """Rows of which the database takes a copy from the subject, or refuses one, against the rule; and changes likewise."""
    for row in samples(rows, table):
        act_as(subject)
        taken, due = takes_copy(table, row), may_write(rows, table, row, subject)
        if taken != due:
            yield f"{subject.name} adds to {table}: {taken}, by hand {due}"
        if changes(table, row) and not (due and may_read(rows, table, row, subject)):
            yield f"{subject.name} changes a row of {table}"
        if hands_over(rows, table, row):
            yield f"{subject.name} hands a row of {table} to others"


def samples(rows: Rows, table: str) -> list[Row]:
    """One row of each commission and account, as far as the table has them."""
    kinds = {
        (row.get("commission_id"), row.get("user_id"), row.get("by"), row.get("commission_code")): row
        for row in rows.of[table]
    }
    return list(kinds.values())


def takes_copy(table: str, row: Row) -> bool:
    """Whether the policies take a row like this one; that it would stand there twice is found only afterwards."""
    copy = f"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, %s::jsonb)).*"
    return _passes(copy, json.dumps({**row, "id": row["id"]}))


def changes(table: str, row: Row) -> bool:
    """Whether a column of the row that may be written at all can be. Policies look at rows: one column is as good as another."""
    column = _writable(table)
    return column is not None and _changed(f"UPDATE {table} SET {column} = {column} WHERE id = %s", row["id"])


@cache
def _writable(table: str) -> str | None:
    """A column that the application's role may write at all, whoever asks."""
    columns = """SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
        AND attidentity = '' AND has_column_privilege(attrelid, attnum, 'UPDATE') ORDER BY attnum"""
    with connection.cursor() as cursor:
        cursor.execute(columns, [table])
        found = cursor.fetchone()
    return None if found is None else str(found[0])


OWNERS = ("commission_id", "user_id", "by", "commission_code", "run_id", "person_id")


def hands_over(rows: Rows, table: str, row: Row) -> bool:
    """Whether a row can be made somebody else's: of the last commission, account or run that the subject does not hold."""
    for column in OWNERS:
        others = [
            each[column]
            for each in rows.of[table]
            if column in each and each[column] not in (None, row[column])
        ]
        for other in others[-1:]:
            if _changed(f"UPDATE {table} SET {column} = %s WHERE id = %s", other, row["id"]):
                return not may_write_both(table, column)
    return False


def may_write_both(table: str, column: str) -> bool:
    """Whoever keeps a ledger or writes its reports may say of whom its rows speak; nobody gives away an account's."""
    by_whom = column == "by" and table != "book_draft"
    return by_whom or column in ("person_id", "run_id") or table == "accounts_grant"


def _changed(statement: str, *given: Any) -> bool:
    """Whether the policies let a statement change a row."""
    mark = transaction.savepoint()
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            return bool(cursor.rowcount)
    except ProgrammingError:
        return False
    except (IntegrityError, InternalError):
        return True
    finally:
        undo(mark)


def _passes(statement: str, *given: Any) -> bool:
    mark = transaction.savepoint()
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
    except ProgrammingError as error:
        if "row-level security" not in str(error) and "permission denied" not in str(error):
            raise
        return False
    except (IntegrityError, InternalError):
        return True
    finally:
        undo(mark)
    return True


@pytest.fixture(scope="module")
def found(standing: Standing) -> Rows:
    with standing.entered():
        return Rows(standing.world)


@pytest.fixture
def rows(world: World, found: Rows) -> Rows:
    """What was found, inside the world once more."""
    return found


@pytest.mark.parametrize("table", sorted(READ))
def test_the_database_shows_each_subject_its_rows_and_no_other(table: str, rows: Rows) -> None:
    wrong = {
        subject.name: found
        for subject in rows.world.subjects.values()
        if any(found := misread(rows, table, subject))
    }
    assert wrong == {}


@pytest.mark.parametrize("table", sorted(READ))
def test_the_database_takes_rows_from_their_keepers_alone(table: str, rows: Rows) -> None:
    wrong = [
        fault for subject in rows.world.subjects.values() for fault in writes_wrongly(rows, table, subject)
    ]
    assert wrong == []
