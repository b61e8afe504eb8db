"""Only operations write."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.house import modules, named, tree

# Module → why it may write although it is no operations.py.
ALLOWED = {
    "accounts/sessions.py": "a store of sessions writes when Django's sessions say so; acts upon sessions are operations",
    "config/wall.py": "roles, grants and policies: it writes no row",
    "shared/merge.py": "the mechanism of merging rows, called by operations only",
}
WRITES = {
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "abulk_create",
    "raw_delete",
    "_raw_delete",
}
WRITES_WITHOUT_POSITIONS = {"save", "create", "update", "delete", "asave", "acreate", "aupdate", "adelete"}
STATEMENT = re.compile(
    r"\b(INSERT\s+INTO|UPDATE\s+\S+\s+(\w+\s+)?SET|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE\s|COPY\s+\S+.*\bFROM\b)"
)


def writes(source: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and words of each call that writes through a manager, and of each written statement."""
    documentation = set(_docstrings(source))
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node):
            yield node.lineno, f".{node.func.attr}()"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            found = STATEMENT.search(node.value)
            if found:
                yield node.lineno, found[0]


def _is_write(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr in WRITES:
        return True
    # dict.update({…}), hash.update(b"…") and workbook.save(path) take a position; a manager's verbs take none.
    if call.func.attr == "update" and not call.keywords:
        return False
    return call.func.attr in WRITES_WITHOUT_POSITIONS and not call.args


def _docstrings(source: ast.Module) -> Iterator[int]:
    for node in ast.walk(source):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


def _writes_by_right(name: str) -> bool:
    return name.endswith("operations.py") or "/operations/" in name


def test_only_operations_write() -> None:
    stray = [
        f"{named(path)}:{line} {words}"
        for path in modules() if not _writes_by_right(named(path)) and named(path) not in ALLOWED
        for line, words in writes(tree(path))
    ]  # fmt: skip
    assert stray == []


def test_the_list_of_exceptions_names_only_modules_that_exist() -> None:
    known = {named(path) for path in modules()}
    assert set(ALLOWED) <= known


@pytest.mark.parametrize(
    "planted",
    [
        "unit.save(update_fields=['name'])",
        "Unit.objects.create(code='U1')",
        "Unit.objects.filter(pk=1).update(code='U2')",
        "Unit.objects.all().delete()",
        "Unit.objects.bulk_create(rows)",
        "form.save()",
        "cursor.execute('UPDATE organisation_unit SET code = 1')",
        "cursor.execute(f'INSERT INTO {table} VALUES (1)')",
        "cursor.copy('COPY organisation_unit FROM STDIN')",
    ],
)
def test_a_planted_write_is_found(planted: str) -> None:
    assert list(writes(ast.parse(planted)))


@pytest.mark.parametrize(
    "harmless", ["workbook.save(path)", "seen.update({1: 2})", "digest.update(b'')", "'SELECT 1 FROM t'"]
)
def test_what_writes_no_row_is_left_alone(harmless: str) -> None:
    assert not list(writes(ast.parse(harmless)))
