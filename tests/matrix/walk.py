"""Asking one cell of the matrix, and the oracle: what a refusal and what an answer must look like in every part."""

import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zlib import crc32

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from tests.matrix.canaries import Kind, Subject, marks_in
from tests.matrix.targets import Scopes, Target
from tests.matrix.world import World
from xiezuo.accounts.api import OPERATOR, Actor, set_actor
from xiezuo.accounts.half_session import HALF
from xiezuo.accounts.sessions import DOOR
from xiezuo.config.gate import METHODS, Table
from xiezuo.shared import clock

NOBODY = Actor("")
DOORSTEP = "/accounts/log-in/"
TAKES_NO_LISTS_OUT = {"staff", "security"}
ASKED = ("GET", "HEAD", *METHODS[1:])
# What `pg_stat_xact_user_tables` says, without the join that the view makes for what is not asked.
_WRITTEN = """
SELECT relname, rows FROM pg_class, LATERAL (SELECT pg_stat_get_xact_tuples_inserted(oid)
    + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid) AS rows) AS written
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND rows > 0
"""
# The journal is the trace itself, and a session says no more than when it was last seen.
OWN_TRACES = ("audit_", "accounts_session", "django_session", "accounts_attempt")


@dataclass(frozen=True)
class Cell:
    """One question: who asks which address in which way for what."""

    route: str
    method: str
    subject: Subject
    scope: str
    target: Target
    allowed: bool
    shut: bool = False
    """Whether the gate itself is shut for the subject, whatever is asked for."""

    def __str__(self) -> str:
        asked = {**self.target.kwargs, **self.target.query}
        return f"{self.subject.name} {self.method} {self.route} {self.scope} {asked}"


@dataclass
class Answered:
    """What came of it: the answer, the tables that changed, and the acts in the journal."""

    response: Any
    changed: set[str]
    acts: list[tuple[str, str]]
    marks: set[str] = field(default_factory=set)

    @property
    def refusals(self) -> int:
        """How many refusals were written down."""
        return sum(1 for _act, result in self.acts if result == "refused")


def is_allowed(cells: Mapping[str, str], subject: Subject, scope: str) -> bool:
    """What the table says of a scope: the widest reach among what the subject is today."""
    reaches = {cells[column] for column in subject.columns} - {""}
    if scope == "export":
        return bool(reaches) and not subject.roles <= TAKES_NO_LISTS_OUT
    if scope in ("plain", "own"):
        return bool(reaches)
    return scope == "withheld" and "all" in reaches


def undo(mark: str) -> None:
    """Back to the savepoint, which is given up: the next one must not stand inside it."""
    transaction.savepoint_rollback(mark)
    transaction.savepoint_commit(mark)


class Walker:
    """Asks cells of one world, each in a savepoint that is rolled back, so that all find it as it was built."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clients = {name: _client(subject).keep() for name, subject in world.subjects.items()}
        set_actor(OPERATOR)
        self.tables = {table: self._digest(table) for table in _tables()}
        self.written: dict[str, int] = {}
        """How many rows of each table the transaction has written so far, what was undone included."""
        self.journal = _one("SELECT coalesce(max(id), 0) FROM audit_entry")

    def ask(self, cell: Cell) -> Answered:
        """Ask, look at what changed, and undo it."""
        with self.undone():
            response = self.request(cell)
            marks = marks_in(response)
            before, self.written = self.written, _written()
            touched = {table for table, rows in self.written.items() if rows != before.get(table, 0)}
            set_actor(OPERATOR)
            changed = {
                table
                for table in touched
                if table in self.tables and self._digest(table) != self.tables[table]
            }
            return Answered(response, changed, self._acts(), marks)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever happens inside has not happened, in the database and in the browsers."""
        mark = transaction.savepoint()
        set_actor(NOBODY)
        try:
            yield
        finally:
            # The actor of before comes back with it.
            undo(mark)
            for client in self.clients.values():
                client.as_before()

    def request(self, cell: Cell, **more: Any) -> Any:
        """The answer to a cell as the subject's browser gets it."""
        client = self.clients[cell.subject.name]
        address = reverse(cell.route, kwargs=cell.target.kwargs)
        if cell.target.query:
            address += "?" + urlencode(cell.target.query, doseq=True)
        return asked(client, cell.method, address, cell.target.sent, **more)

    def _digest(self, table: str) -> str:
        return str(
            _one(f"SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM {table} t")
        )

    def _acts(self) -> list[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT act, result FROM audit_entry WHERE id > %s ORDER BY id", [self.journal])
            return cursor.fetchall()


class Browser(Client):
    """A browser whose cookies can be taken back to what they were when it was made ready."""

    def keep(self) -> "Browser":
        """Its cookies are from now on those to come back to."""
        self.kept, self.has_asked = pickle.dumps(self.cookies), False
        return self

    def request(self, **request: Any) -> Any:
        """Ask; an answer may change the cookies."""
        self.has_asked = True
        return super().request(**request)

    def as_before(self) -> None:
        """Whatever it was answered since, it knows no more of it."""
        if self.has_asked:
            self.cookies, self.has_asked = pickle.loads(self.kept), False


def asked(client: Client, method: str, address: str, sent: Any, **more: Any) -> Any:
    """The answer to one request; files are sent anew each time."""
    for part in (sent or {}).values():
        if hasattr(part, "seek"):
            part.seek(0)
    if method == "POST":
        return client.post(address, sent or {}, **more)
    return getattr(client, method.lower())(address, **more)


def _client(subject: Subject) -> Browser:
    client = Browser(
        headers={"accept-language": "zh-hans", "accept": "text/html"}, raise_request_exception=False
    )
    account = subject.account
    if account is None:
        return client
    # Rights were given after the account was made, and a session of before would be over.
    account.refresh_from_db()
    if subject.name == "half":
        return _with(
            client,
            **{
                HALF: {
                    "account": account.pk,
                    "password": account.get_session_auth_hash(),
                    "at": clock.now().isoformat(),
                    "next": "",
                }
            },
        )
    client.force_login(account)
    door = {**client.session[DOOR], "fresh": clock.now().isoformat()}
    if subject.name == "over":
        door["started"] = (clock.now() - timedelta(days=2)).isoformat()
    return _with(client, **{DOOR: door})


def _with(client: Browser, **known: Any) -> Browser:
    """The browser, whose session knows this as well."""
    session = client.session
    session.update(known)
    session.save()
    return client


def _tables() -> list[str]:
    named = "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY relname"
    with connection.cursor() as cursor:
        cursor.execute(named)
        return [
            table
            for (table,) in cursor.fetchall()
            if not table.startswith((*OWN_TRACES, "procrastinate", "django_migr"))
        ]


def _written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        return dict(cursor.fetchall())


def _one(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def cells_of(
    route: str, method: str, world: World, table: Table, scopes_of: Any, *, few: tuple[str, ...] = (), every: bool = False
) -> Iterator[Cell]:  # fmt: skip
    """The cells of one address and method: each subject, or those named in `few`, for each scope and target.

    Where the gate is shut, only the columns of who asks make a difference (`test_the_gate_sees_…` proves it of each
    subject) and nothing of what is asked for, which each answer must show: one of those alike asks for one thing, by
    turns, unless `every` cell is asked for.
    """
    row = table.get((route, "GET" if method == "HEAD" else method))
    alike: dict[frozenset[str], list[Subject]] = {}
    for subject in world.subjects.values():
        alike.setdefault(frozenset(subject.columns), []).append(subject)
    for subject in [world.subjects[name] for name in few] or world.subjects.values():
        shut = row is None or not is_allowed(row, subject, "own")
        same = alike[frozenset(subject.columns)]
        if (
            shut
            and not (every or few)
            and same[crc32(f"{method} {route}".encode()) % len(same)] is not subject
        ):
            continue
        scopes = scopes_of(subject)
        for scope, targets in (scopes if row and (every or not shut) else at_the_gate(scopes)).items():
            for target in targets:
                allowed = row is not None and is_allowed(row, subject, scope)
                yield Cell(route, method, subject, scope, target, allowed, shut)


def at_the_gate(scopes: Scopes) -> Scopes:
    """What is asked for where the gate is shut: what would be let through first if it were not."""
    nearest = next((scope for scope in ("plain", "own") if scopes.get(scope)), next(iter(scopes)))
    return {nearest: scopes[nearest][:1]}


OF_LOANS = ("loan", "loan-paper", "lent-act", "loan-consents", "ledger-loans", "loans", "offer-candidate", "register-loan", "ask-loan", "change-loan")  # fmt: skip
OF_WORK = ("work", "talk", "incident", "do-safety")
OF_TEAMS = ("request", "team", "team-member", "plan-teams", "questions", "question", "declaration", "show-paper", "raise-recusal", "ask-override", "override-recusal")  # fmt: skip
_JOURNAL, _NAMED = {Kind.ACCOUNT}, {Kind.PEOPLE, Kind.LEADERS}
KNOWN_BY_OFFICE: dict[str, set[Kind]] = {
    # The journal keeps the names of files and views that an act was done on, and the auditor reads the journal.
    **dict.fromkeys(("consoles:auditor", "consoles:entry", "consoles:journal-export"), _JOURNAL),
    # Whoever confirms whose account it is, or answers who can see somebody, is told that one name.
    **dict.fromkeys(("consoles:holder", "consoles:persons", "consoles:who-can-see"), _NAMED),
    # Whoever puts a team together, reads a request or decides a recusal is told who it is: names, units and posts of people.
    # Whoever arranges loans, lends or uses people is told who they are.
    **dict.fromkeys([f"collaboration:{page}" for page in OF_LOANS], {*_NAMED, Kind.NAMES}),  # noqa: RUF024 - read alone
    **dict.fromkeys([f"collaboration:{page}" for page in OF_TEAMS], {*_NAMED, Kind.NAMES}),  # noqa: RUF024 - read alone
    # Who reads a request reads who is in its team, on the page of the work and on the forms to print.
    **dict.fromkeys([f"collaboration:{page}" for page in OF_WORK], {*_NAMED, Kind.NAMES}),  # noqa: RUF024 - read alone
}
"""What an administrator is told on the pages of the office, beyond what the role sees otherwise."""


def faults(cell: Cell, answered: Answered, world: World, *, open_to_all: bool) -> list[str]:
    """Whatever of the answer is not as the table says; empty if all is."""
    found = (
        _faults_of_answer(cell, answered)
        if cell.allowed
        else _faults_of_refusal(cell, answered, open_to_all=open_to_all)
    )
    issued = cell.route in ("reports:run", "reports:file")
    # The keeper of the ledger takes the whole of it out as a book; anybody else sees personal data by an act alone.
    shown = cell.route in ("organisation:show-person", "book:export", "book:marked")
    leaked = world.marks.foreign(cell.subject, answered.marks, unmasked=shown, issued=issued)
    if cell.allowed and cell.route in KNOWN_BY_OFFICE:
        leaked = {mark for mark in leaked if world.marks.given[mark].kind not in KNOWN_BY_OFFICE[cell.route]}
    if leaked:
        kinds = sorted(
            {
                f"{world.marks.given[mark].kind} of {world.marks.given[mark].commission}{sorted(world.marks.given[mark].units)}"
                for mark in leaked
            }
        )
        found.append(f"shows {len(leaked)} foreign marks: {'; '.join(kinds)}")
    return [f"{cell}: {fault}" for fault in found]


def _faults_of_answer(cell: Cell, answered: Answered) -> list[str]:
    response, found = answered.response, []
    at_the_door = response.status_code == 302 and response["Location"].startswith(DOORSTEP)
    # The pages of the door answer a wrong word with the form again, and lead back to the door whoever has no business there.
    answers = (200, 204, 302, 400, 422) if cell.route.startswith("accounts:") else (200, 204, 302)
    if response.status_code not in answers or (at_the_door and not cell.route.startswith("accounts:")):
        found.append(f"wrong deny: {response.status_code}")
    if answered.changed and not answered.acts:
        found.append(f"changed {sorted(answered.changed)} without an entry in the journal")
    if cell.method in ("GET", "HEAD") and answered.changed - READS_THAT_SETTLE.get(cell.route, set()):
        found.append(f"reading changed {sorted(answered.changed)}")
    return found


READS_THAT_SETTLE: dict[str, set[str]] = {
    # Opened by who is asked it counts as read, which ends the right to withdraw.
    "inbox:approval": {"approvals_approval", "approvals_move"},
}
"""Addresses whose reading may write, and where."""


def _faults_of_refusal(cell: Cell, answered: Answered, *, open_to_all: bool) -> list[str]:
    response, found = answered.response, []
    to_the_door = response.status_code == 302 and response["Location"].startswith(DOORSTEP)
    # What says that a thing is not there has looked for it, which a shut gate does not.
    refusals = (403, 405) if cell.shut else (403, 404, 405)
    if not (to_the_door and not cell.subject.logged_in) and response.status_code not in refusals:
        found.append(f"wrong allow: {response.status_code}")
    if answered.changed:
        found.append(f"refused, yet changed {sorted(answered.changed)}")
    expected = 1 if cell.subject.logged_in or open_to_all else 0
    if answered.refusals != expected:
        found.append(f"{answered.refusals} refusals in the journal, expected {expected}")
    return found
