"""The order of the house is kept, and whoever breaks it is told."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, ROOT, layers, project

FAULTS = {
    "an import upwards": ("zones/models.py", "import xiezuo.home.apps", "Apps depend downwards only"),
    "an import between neighbours": ("zones/queries_of_rooms.py", "import xiezuo.sites.api", "Apps depend downwards only"),
    "a room outside the house": ("garage/__init__.py", "", "Apps depend downwards only"),
    "the internals of another app": (
        "zones/operations.py", "import xiezuo.accounts.operations", "accounts is reached through its api",
    ),
    "another app's table outside a query": (
        "zones/operations.py", "import xiezuo.organisation.models", "organisation is reached through its api",
    ),
    "a table that knows a question": ("rules/models.py", "import xiezuo.rules.queries", "Inside an app"),
    "Django in the document writer": (
        "papers/model.py", "import django.db", "The document writer, the demonstration's facts and the solvers know no Django",
    ),
}  # fmt: skip


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--config", str(folder / "pyproject.toml")],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The house without its furniture: every package and module, empty, so that only the planted import counts."""
    for path in PACKAGE.rglob("*.py"):
        empty = tmp_path / "xiezuo" / path.relative_to(PACKAGE)
        empty.parent.mkdir(parents=True, exist_ok=True)
        empty.touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_is_in_order() -> None:
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout


def test_an_empty_house_is_in_order(copy: Path) -> None:
    found = lint(copy)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(("where", "line", "contract"), FAULTS.values(), ids=FAULTS)
def test_a_planted_import_is_found(where: str, line: str, contract: str, copy: Path) -> None:
    planted = copy / "xiezuo" / where
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{line}\n")
    _furnish(copy, line)
    found = lint(copy)
    assert found.returncode == 1
    assert f"{contract} BROKEN" in found.stdout


def _furnish(copy: Path, line: str) -> None:
    """See that the imported module exists, so that the test does not hang on who has been built already."""
    module = copy / (line.removeprefix("import ").replace(".", "/") + ".py")
    if line.startswith("import xiezuo.") and not module.exists():
        module.touch()


def test_every_app_with_tables_or_screens_is_entered_by_its_api() -> None:
    contracts = {contract["id"] for contract in project()["tool"]["importlinter"]["contracts"]}
    libraries = {"config", "figures", "papers", "ui", "shared"}
    assert set(layers()) - libraries <= contracts
