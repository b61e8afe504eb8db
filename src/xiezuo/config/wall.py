"""The wall in the database: what the application's role may do, and that nothing shows without an actor.

Run by the owner after every migration; safe to repeat.
"""

from django.apps import apps
from django.db import connections
from psycopg import sql

from xiezuo.shared.ledger import LedgerRow

CLOSING_COLUMNS = ("known_until", "closed_by_load")
"""The only columns of a ledger row that may ever change: they say that it is no longer held true."""

FROZEN = {
    "reports_templateedition": (),
    "reports_run": ("issued_at", "issued_by", "reason"),
    "reports_runfile": (),
}
"""Tables whose rows stay as they were written, but for these columns."""

ACTOR_IS_NAMED = "coalesce(current_setting('xiezuo.actor', true), '') <> ''"
JOURNAL = "audit_entry"
ANCHORS = ("organisation_unit", "organisation_person", "zones_zone", "sites_site", "rules_regulation")


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
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
        f"REVOKE ALL ON {JOURNAL}, django_migrations FROM {role}",
        f"GRANT INSERT ON {JOURNAL} TO {role}",
        f"GRANT SELECT ON django_migrations TO {role}",
        *(statement for table in ledger_tables() for statement in _append_only(role, table, CLOSING_COLUMNS)),
        *(statement for table, columns in FROZEN.items() for statement in _append_only(role, table, columns)),
        *(
            statement
            for table in [*ledger_tables(), *ANCHORS, *FROZEN]
            for statement in _needs_actor(role, table)
        ),
    ]


def _append_only(role: str, table: str, but: tuple[str, ...]) -> list[str]:
    revoked = f"REVOKE UPDATE, DELETE ON {table} FROM {role}"
    return [revoked, f"GRANT UPDATE ({', '.join(but)}) ON {table} TO {role}"] if but else [revoked]


def _needs_actor(role: str, table: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS needs_actor ON {table}",
        f"CREATE POLICY needs_actor ON {table} TO {role} USING ({ACTOR_IS_NAMED})",
    ]
