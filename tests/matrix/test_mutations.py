"""Every access filter is missed when it is gone: one after another is taken out, and something must turn red.

Filters of the database are taken out of the policies by the owner, and the rules of `test_wall` must see it; rows of the
gate are opened for everybody at run time, while the table that is compared with stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.test import override_settings

from tests.matrix.conftest import DUMMY
from tests.matrix.test_matrix import OPEN_TO_ALL, scopes
from tests.matrix.test_wall import Rows, misread, writes_wrongly
from tests.matrix.walk import Walker, cells_of, faults
from tests.matrix.world import World, build
from xiezuo.config import gate
from xiezuo.config.need_to_know import ADMINISTERS, KEEPS, NAMES_FOR_ADMINISTRATORS, READ, WRITE
from xiezuo.config.policy_words import either

pytestmark = pytest.mark.night
CLAUSES = {
    "may_read": "FOR SELECT TO {role} USING ({condition})",
    "may_add": "FOR INSERT TO {role} WITH CHECK ({condition})",
    "may_change": "FOR UPDATE TO {role} USING ({condition}) WITH CHECK ({condition})",
}


GUARDED_TWICE = {
    (
        "book_load",
        "may_change",
    ): "a changed row must be one that may be read, and that is of one's own ledger alone",
    ("book_wordmapping", "may_change"): "the same",
    (
        "accounts_savedview",
        "may_change",
    ): "a changed row must be one that may be read, and that is one's own alone",
    ("reports_runfile", "may_change"): "the role of the application may change no column of it",
    ("reports_templateedition", "may_change"): "the role of the application may change no column of it",
}
"""Policies whose loss another guard of the database makes up for."""


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A world that is committed, so that the owner may change the policies around it; it is swept away afterwards."""
    home = tmp_path_factory.mktemp("files")
    settings = override_settings(
        ALLOWED_HOSTS=["testserver"], MEDIA_ROOT=home, JOURNAL_HOME=home, CACHES=DUMMY
    )
    with django_db_blocker.unblock(), settings:
        try:
            with transaction.atomic():
                world = build()
            yield world
        finally:
            call_command("flush", database="owner", interactive=False, verbosity=0)


def reading(table: str) -> list[str]:
    """The conditions of which a row that is read must meet one."""
    return [*READ[table], *([ADMINISTERS] if table in NAMES_FOR_ADMINISTRATORS else [])]


def standing_condition(table: str, name: str) -> str:
    return either(*reading(table)) if name == "may_read" else either(WRITE.get(table, KEEPS))


def mutants() -> Iterator[tuple[str, str, str]]:
    """Table, policy, and the condition that stands in its place: none at all, or one of its conditions less."""
    for table in sorted(READ):
        for name in CLAUSES:
            yield table, name, "true"
        conditions = reading(table)
        for place, gone in enumerate(conditions):
            # What is counted and not shown is proved where figures are.
            if "xz_counted" not in gone:
                yield table, "may_read", either(*conditions[:place], *conditions[place + 1 :])
        if standing_condition(table, "may_add") != either("false"):
            yield table, "may_add", either()


@contextmanager
def policy(table: str, name: str, condition: str) -> Iterator[None]:
    """The policy stands changed for as long as the block lasts."""
    _set(table, name, condition)
    try:
        yield
    finally:
        _set(table, name, standing_condition(table, name))


def _set(table: str, name: str, condition: str) -> None:
    role = f'"{connections["default"].settings_dict["USER"]}"'
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"DROP POLICY {name} ON {table}")
        cursor.execute(
            f"CREATE POLICY {name} ON {table} " + CLAUSES[name].format(role=role, condition=condition)
        )


def noticed(world: World, table: str) -> bool:
    """Whether the rules written by hand find the table otherwise than they should."""
    with transaction.atomic():
        rows = Rows(world)
        subjects = list(world.subjects.values())
        found = any(any(misread(rows, table, subject)) for subject in subjects)
        found = found or any(any(writes_wrongly(rows, table, subject)) for subject in subjects)
        transaction.set_rollback(True)
    return found


def test_a_policy_as_it_should_stand_is_not_noticed(standing: World) -> None:
    """The control: a check that always turns red would find every mutant too."""
    assert [table for table in sorted(READ) if noticed(standing, table)] == []


def test_no_filter_of_the_database_can_go_unnoticed(standing: World) -> None:
    made, survived = 0, []
    for table, name, condition in mutants():
        made += 1
        with policy(table, name, condition):
            if not noticed(standing, table) and (table, name) not in GUARDED_TWICE:
                survived.append((table, name, condition))
    print(f"filters of the database: {made - len(survived)} of {made} noticed")  # noqa: T201 - the figure of the run
    assert not survived, "\n".join(map(str, survived))


def test_every_row_of_the_gate_that_alone_shuts_is_noticed_when_open(
    world: World, walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows behind which the policies hold by themselves are told apart: there the gate is the second guard."""
    truth, alone, doubled = gate.table(), [], []
    monkeypatch.setattr(gate, "table", lambda: OPENED)
    for route, method in truth:
        OPENED.clear()
        OPENED.update({**truth, (route, method): dict.fromkeys(gate.SUBJECTS, "all")})
        (alone if turned_red(route, method, world, walker, truth) else doubled).append(f"{method} {route}")
    print(  # noqa: T201 - the figure of the run
        f"rows of the gate: {len(alone)} noticed when open; behind {len(doubled)} the policies hold alone: {doubled}"
    )
    assert not [row for row in doubled if row not in SHUT_TWICE and not _for_everybody(truth, row)]


OPENED: dict[tuple[str, str], Any] = {}
SHUT_TWICE: set[str] = set()
"""Rows behind which every operation asks the rights by itself, so that nobody gets anything even at an open gate."""


def _for_everybody(truth: gate.Table, row: str) -> bool:
    method, route = row.split()
    return all(truth[route, method][subject] for subject in gate.SUBJECTS if subject != gate.ANONYMOUS)


def turned_red(route: str, method: str, world: World, walker: Walker, truth: gate.Table) -> bool:
    """Whether the matrix finds a cell of the row answered otherwise than the true table says."""
    for cell in cells_of(route, method, world, truth, scopes(route, method, world), every=True):
        if not cell.allowed and cell.scope in ("own", "plain") and cell.subject.logged_in:
            answered = walker.ask(cell)
            if faults(cell, answered, world, open_to_all=route in OPEN_TO_ALL):
                return True
    return False
