"""The wall in the database: what the application's role may do, and that nothing shows without an actor.

Run by the owner after every migration; safe to repeat.
"""

from django.apps import apps
from django.db import connections
from psycopg import sql

from xiezuo.config.journal_wall import journal_statements
from xiezuo.config.need_of_collaboration import KEPT_FOR_EVER
from xiezuo.config.need_to_know import READ, functions, policies
from xiezuo.shared.ledger import LedgerRow

CLOSING_COLUMNS = ("known_until", "closed_by_load")
"""The only columns of a ledger row that may ever change: they say that it is no longer held true."""

FROZEN = {
    "reports_templateedition": (),
    "reports_run": ("issued_at", "issued_by", "reason"),
    "reports_runfile": (),
}
"""Tables whose rows stay as they were written, but for these columns."""

NEVER_REWRITTEN = {
    "accounts_right": ("known_until",),
    "approvals_move": (),
    "accounts_grant": (
        "outcome", "decided_by", "decided_at", "ended_on", "ended_by", "ended_because", "approval",
    ),
    **KEPT_FOR_EVER,
}  # fmt: skip
"""The same for rights: what was held and who decided it can be asked for ever."""

JOURNAL = "audit_entry"
DJANGOS_OWN_RIGHTS = ("auth_group", "auth_permission", "auth_group_permissions", "accounts_user_groups", "accounts_user_user_permissions")  # fmt: skip
"""Django's groups and permissions play no part: nobody may come to a right through them."""


def raise_wall(app_password: str, alias: str = "owner") -> None:
    """Create the application's role if it is missing, grant it what it needs and no more, and turn the policies on."""
    name = connections["default"].settings_dict["USER"]
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        role = sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}")
        cursor.execute(role.format(sql.Identifier(name), sql.Literal(app_password)))
        for statement in _statements(sql.Identifier(name).as_string()):
            cursor.execute(statement)


def make_database(alias: str = "owner") -> None:
    """Create the installation's database on its server if it is missing."""
    owner = connections[alias]
    name = owner.settings_dict["NAME"]
    with owner._nodb_cursor() as cursor:  # noqa: SLF001 - Django offers no other way to a server without the database
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            statement = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0")
            cursor.execute(statement.format(sql.Identifier(name)))


def ledger_tables() -> list[str]:
    """Every table of dated rows."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, LedgerRow))


def _statements(role: str) -> list[str]:
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE ALL ON django_migrations FROM {role}",
        f"GRANT SELECT ON django_migrations TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(DJANGOS_OWN_RIGHTS)} FROM {role}",
        *(statement for table in ledger_tables() for statement in _append_only(role, table, CLOSING_COLUMNS)),
        *(statement for table, columns in FROZEN.items() for statement in _append_only(role, table, columns)),
        *(
            statement
            for table, columns in NEVER_REWRITTEN.items()
            for statement in _append_only(role, table, columns)
        ),
        *functions(role),
        *journal_statements(role),
        *(statement for table in READ for statement in policies(role, table)),
    ]


def _append_only(role: str, table: str, but: tuple[str, ...]) -> list[str]:
    revoked = f"REVOKE UPDATE, DELETE ON {table} FROM {role}"
    return [revoked, f"GRANT UPDATE ({', '.join(but)}) ON {table} TO {role}"] if but else [revoked]
