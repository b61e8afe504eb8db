"""The wall around the journal: entries are added by everybody, read by the auditor, changed by nobody."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from xiezuo.accounts.api import OPERATOR, Ability
from xiezuo.audit.api import SHOWINGS, Act, entries, record
from xiezuo.config.need_to_know import READ
from xiezuo.config.policy_words import either, holds, over_commission, over_units

_SHOWN = ", ".join(f"'{act}'" for act in SHOWINGS)
_OF_THEIR_PEOPLE = (
    f"act IN ({_SHOWN}) AND chain IN (SELECT code FROM organisation_commission"  # noqa: S608 - our own words
    f" WHERE {over_commission(Ability.SEE_PEOPLE, 'id')})"
)
_CONDUCT = (
    f"(act LIKE 'account.%' OR act LIKE 'rights.%' OR act = '{Act.ACCESS_REFUSED}')"
    f" AND {holds(Ability.GIVE_GRANTS)}"
)
# A person's entries name the person's code, which is one person's alone in a commission.
_OF_THEIR_UNITS = (
    f"act IN ({_SHOWN}) AND (chain, split_part(target, ':', 1)) IN (SELECT c.code, p.code"  # noqa: S608 - our own words
    " FROM organisation_assignment a JOIN organisation_person p ON p.id = a.person_id"
    " JOIN organisation_commission c ON c.id = p.commission_id WHERE a.known_until IS NULL"
    f" AND a.starts <= xz_today() AND a.ends > xz_today() AND a.unit_id = ANY({over_units(Ability.SEE_READERS)}))"
)
AUDITOR_READS = either(holds(Ability.READ_JOURNAL), _OF_THEIR_PEOPLE, _OF_THEIR_UNITS, _CONDUCT)
"""Who may read entries: the auditor and the operator all; who may see a commission's people, or is to know who reads
those of a unit, who has seen them; who
gives rights, what was done and refused at the door, at shut addresses and to rights."""

APPENDED = ("audit_entry", "audit_head", "audit_key")
"""Tables that are only ever added to."""

POLICIES = {"entry_is_added": "INSERT", "auditor_reads": "SELECT"}
"""Every policy of the entries, with what it allows; there may be no other."""

FUNCTIONS = {"audit_ledger_digest(text, bigint, bigint)", "audit_ledgers()", "audit_hold_ledger(bigint)"}
"""Functions by which the journal looks at ledgers, answering with numbers and hashes alone."""


def journal_statements(role: str) -> list[str]:
    """Grants and policies, safe to repeat. They come after the general grants."""
    return [
        f"REVOKE ALL ON audit_entry, audit_head, audit_key, audit_chain, audit_instance FROM {role}",
        f"GRANT SELECT, INSERT ON {', '.join(APPENDED)} TO {role}",
        f"GRANT SELECT, INSERT, UPDATE ON audit_chain TO {role}",
        f"GRANT SELECT ON audit_instance TO {role}",
        *(f"GRANT EXECUTE ON FUNCTION {function} TO {role}" for function in sorted(FUNCTIONS)),
        "ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY",
        *(f"DROP POLICY IF EXISTS {name} ON audit_entry" for name in POLICIES),
        f"CREATE POLICY entry_is_added ON audit_entry FOR INSERT TO {role} WITH CHECK (true)",
        f"CREATE POLICY auditor_reads ON audit_entry FOR SELECT TO {role} USING ({AUDITOR_READS})",
    ]


def what_does_not_stand() -> Iterator[str]:
    """What of the wall is not as it is declared; names of tables and rights, for the journal's verification."""
    for table in APPENDED:
        yield from (f"{right} on {table}" for right in ("UPDATE", "DELETE", "TRUNCATE") if _may(table, right))
    for table in ("audit_chain", "audit_instance"):
        yield from (f"{right} on {table}" for right in ("DELETE", "TRUNCATE") if _may(table, right))
    yield from (f"no policies on {table}" for table in (*READ, "audit_entry") if not _is_walled(table))
    if _policies("audit_entry") != set(POLICIES.items()):
        yield "policies of audit_entry"
    if _noted_wall() not in ("", wall_in_force()):
        yield "the wall is not as it was last raised"
    yield from _bent()


def wall_in_force() -> str:
    """A fingerprint (SHA-256) of the wall as it stands: every policy, every function, every right of the application."""
    asked = (
        "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies WHERE schemaname = 'public'",
        "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'",
        "SELECT table_name, privilege_type FROM information_schema.table_privileges WHERE grantee = current_user",
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace",
    )
    told = [sorted(repr(row) for row in _asked(question)) for question in asked]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def note_wall(now: datetime) -> None:
    """Write into the journal that the wall was raised, with its fingerprint: from then on it may only stand so."""
    if _noted_wall() != wall_in_force():
        record(Act.WALL_RAISED, by=OPERATOR, at=now, target="wall", details={"sha256": wall_in_force()})


def _noted_wall() -> str:
    entry = entries(chain="", act=Act.WALL_RAISED).first()
    return str(entry.details["sha256"]) if entry else ""


def _may(table: str, right: str) -> bool:
    return bool(_asked("SELECT has_table_privilege(current_user, %s, %s)", table, right)[0][0])


def _is_walled(table: str) -> bool:
    return bool(_asked("SELECT row_security_active(%s::regclass)", table)[0][0]) and bool(_policies(table))


def _policies(table: str) -> set[tuple[str, str]]:
    found = _asked("SELECT policyname::text, cmd FROM pg_policies WHERE tablename = %s", table)
    return {(name, command) for name, command in found}


def _bent() -> Iterator[str]:
    if not _asked("SELECT 1 FROM pg_constraint WHERE conname = 'entry_once_in_chain' AND convalidated"):
        yield "entry_once_in_chain"
    switched_off = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal OR tgenabled <> 'O'"
    yield from (
        f"trigger on {table}" for (table,) in _asked(switched_off) if not table.startswith("procrastinate")
    )
    rules = "SELECT tablename FROM pg_rules WHERE schemaname = 'public'"
    yield from (f"rule on {table}" for (table,) in _asked(rules))
    if _asked("SELECT 1 FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)"):
        yield "the application's role stands above the policies"


def _asked(question: str, *given: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchall()
