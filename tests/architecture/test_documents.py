"""What is written about the product agrees with it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, ROOT, layers, modules, tree
from tools.documents import FIGURES, figures_page, stale_pages
from xiezuo.figures.api import all_figures

COMMANDS = PACKAGE / "config" / "management" / "commands"
# Commands of Django's own that our operators use under our name.
DJANGOS = {"migrate"}
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]


def names_of_settings(source: ast.Module) -> Iterator[str]:
    """Names of our own settings that a module reads from the environment."""
    for node in ast.walk(source):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"^(?:XIEZUO_[A-Z_]+|DATABASE_URL)$", node.value)


def test_the_page_of_figures_is_what_the_registry_says() -> None:
    assert stale_pages() == []
    assert [figure.key for figure in all_figures() if f"| `{figure.key}` |" not in FIGURES.read_text()] == []
    assert figures_page().count("\n| `") >= len(all_figures())


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    there = {path.stem for path in COMMANDS.glob("*.py") if path.stem != "__init__"}
    text = (ROOT / "docs" / "commands.md").read_text()
    documented = {
        name
        for row in text.splitlines()
        if row.startswith("|")
        for name in re.findall(r"`xiezuo ([a-z]+)", row)
    }
    assert documented == there | DJANGOS


def test_every_setting_is_documented() -> None:
    read = {name for path in modules() for name in names_of_settings(tree(path))}
    documented = "\n".join(path.read_text() for path in (ROOT / "docs" / "operations").glob("*.md"))
    assert {name for name in read if f"`{name}`" not in documented} == set()
    assert read >= {"XIEZUO_HOME", "DATABASE_URL"}


def test_the_map_of_the_house_names_every_app() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    assert [app for app in layers() if f"`{app}`" not in text] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_document_points_to_exists(document: Path) -> None:
    assert list(_dead(document)) == []


def _dead(document: Path) -> Iterator[str]:
    text = document.read_text()
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not re.match(r"\w+:", target) and not (document.parent / target).exists():
            yield target
    # Paths of the repository, as they are written in running text.
    for target in re.findall(r"`((?:src|tests|tools|docs|bench)/[\w./-]+)`", text):
        if not (ROOT / target).exists():
            yield target


def test_a_dead_path_in_a_document_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "[gone](gone.md) and `src/xiezuo/gone.py`, but [here](page.md) and `src/xiezuo/shared/ledger.py`"
    )
    assert list(_dead(page)) == ["gone.md", "src/xiezuo/gone.py"]
