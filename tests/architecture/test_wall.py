"""The wall stands around every table, not only around those that somebody remembered."""

import pytest
from django.apps import apps
from django.db import connection

from xiezuo.config.journal_wall import APPENDED, POLICIES
from xiezuo.config.need_to_know import NOBODY_IN_PARTICULAR, READ
from xiezuo.config.wall import CLOSING_COLUMNS, JOURNAL
from xiezuo.shared.ledger import LedgerRow

pytestmark = pytest.mark.django_db

APP = connection.settings_dict["USER"]
OURS = sorted(model._meta.db_table for model in apps.get_models() if model.__module__.startswith("xiezuo."))
LEDGER = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, LedgerRow))


def ask(sql: str, *given: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def row_security(table: str) -> tuple[object, object, int]:
    """Whether row-level security is on, whether it binds, and how many policies there are."""
    [(on, policies)] = ask(
        "SELECT relrowsecurity, (SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid) FROM pg_class "
        "WHERE oid = %s::regclass",
        table,
    )
    return on, ask("SELECT row_security_active(%s::regclass)", table)[0][0], int(str(policies))


@pytest.mark.parametrize("table", LEDGER)
def test_a_table_of_dated_rows_can_only_be_appended_to_and_closed(table: str) -> None:
    for right in ("UPDATE", "DELETE", "TRUNCATE"):
        assert ask("SELECT has_table_privilege(%s, %s, %s)", APP, table, right) == [(False,)]
    open_columns = ask(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND has_column_privilege(%s, attrelid, attnum, 'UPDATE')",
        table, APP,
    )  # fmt: skip
    assert {name for (name,) in open_columns} == set(CLOSING_COLUMNS)


@pytest.mark.parametrize("table", sorted(READ))
def test_a_table_that_is_not_for_everybody_is_behind_policies_for_reading_and_for_each_write(
    table: str,
) -> None:
    on, binds, policies = row_security(table)
    assert (on, binds, policies) == (True, True, 4)


def test_every_table_of_ours_is_behind_the_wall_or_says_why_not() -> None:
    journal = {table for table in OURS if table.startswith(JOURNAL.split("_", maxsplit=1)[0])}
    assert set(OURS) - journal == {*READ, *NOBODY_IN_PARTICULAR}


def test_a_table_without_policy_would_be_noticed() -> None:
    assert row_security("django_content_type") == (False, False, 0)


@pytest.mark.parametrize("table", APPENDED)
def test_the_journal_takes_entries_and_nothing_else(table: str) -> None:
    rights = {
        right: ask("SELECT has_table_privilege(%s, %s, %s)", APP, table, right)[0][0]
        for right in ("INSERT", "SELECT", "UPDATE", "DELETE", "TRUNCATE")
    }
    assert rights == {"INSERT": True, "SELECT": True, "UPDATE": False, "DELETE": False, "TRUNCATE": False}


def test_the_entries_of_the_journal_are_read_through_a_policy() -> None:
    assert row_security("audit_entry") == (True, True, len(POLICIES))


def test_the_application_owns_nothing_and_stands_above_no_policy() -> None:
    assert ask("SELECT current_user::text") == [(APP,)]
    flags = "rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
    assert ask(f"SELECT {flags} FROM pg_roles WHERE rolname = %s", APP) == [(False,)]
    assert ask("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = %s", APP) == []
    assert ask("SELECT 1 FROM pg_auth_members WHERE member = %s::regrole", APP) == []
