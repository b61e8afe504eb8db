"""Where the sources are, and how the architecture tests read them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "xiezuo"


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def modules() -> Iterator[Path]:
    """Every module of the product but migrations, which Django writes."""
    return (path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)


def templates() -> Iterator[Path]:
    return (
        path
        for path in sorted(PACKAGE.rglob("*.html"))
        if {"templates", "jinja2"} & set(path.relative_to(PACKAGE).parts)
    )


def named(path: Path) -> str:
    """The path as the allow lists write it."""
    return path.relative_to(PACKAGE).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def layers() -> dict[str, int]:
    """Each app's height in the house; neighbours stand at the same height."""
    house = next(
        contract for contract in project()["tool"]["importlinter"]["contracts"] if contract["id"] == "house"
    )
    rows = [[app.strip() for app in row.split("|")] for row in reversed(house["layers"])]
    return {app: height for height, row in enumerate(rows) for app in row}


def tracked_files() -> list[Path]:
    """Every file that git holds or would hold."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
