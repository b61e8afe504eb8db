"""Takes one refusal away at a time and looks whether a test notices: `python -m tools.mutate [PART_OF_A_PATH …]`.

A refusal is a statement `refuse_if(…)` in an operation or a view. Works on a copy of the checkout, prints one line for
each refusal and ends with 1 if one can be taken away unnoticed.
"""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "xiezuo"
COPIED = ("src", "tests", "tools", "docs", "bench", "pyproject.toml", "Makefile", "requirements.txt")
NOT_COPIED = shutil.ignore_patterns("__pycache__", "vendor")
LIMIT = 900
"""Seconds after which a run of tests counts as having noticed: something never ended."""


@dataclass(frozen=True)
class Refusal:
    """One statement that refuses something."""

    path: Path
    first: int
    last: int
    text: str

    @property
    def app(self) -> str:
        """The app it stands in, whose tests are asked."""
        return self.path.relative_to(SOURCES).parts[0]


def refusals(parts: list[str]) -> Iterator[Refusal]:
    """Every refusal in files whose path holds one of the parts."""
    for path in sorted(SOURCES.rglob("*.py")):
        if parts and not any(part in str(path) for part in parts):
            continue
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Expr) and _called(node.value) == "refuse_if":
                text = " ".join((ast.get_source_segment(source, node) or "").split())
                yield Refusal(path, node.lineno, node.end_lineno or node.lineno, text)


def _called(node: ast.expr) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def noticed(refusal: Refusal, copy: Path) -> bool:
    """Whether the app's tests turn red without it."""
    target = copy / refusal.path.relative_to(ROOT)
    lines = refusal.path.read_text(encoding="utf-8").splitlines(keepends=True)
    indent = lines[refusal.first - 1][: -len(lines[refusal.first - 1].lstrip())]
    target.write_text(
        "".join([*lines[: refusal.first - 1], f"{indent}pass\n", *lines[refusal.last :]]), encoding="utf-8"
    )
    try:
        return _tests_fail(refusal.app, copy)
    finally:
        target.write_text("".join(lines), encoding="utf-8")


def _tests_fail(app: str, copy: Path) -> bool:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-m",
        "not night and not browser",
        "-p",
        "no:cacheprovider",
    ]
    there = {**os.environ, "PYTHONPATH": str(copy / "src"), "XIEZUO_HOME": str(ROOT / "var" / "mutate")}
    try:
        run = subprocess.run(
            [*command, f"tests/{app}"], cwd=copy, env=there, capture_output=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    if run.returncode not in (0, 1):
        sys.exit(run.stdout.decode()[-2_000:])
    return run.returncode == 1


def main(parts: list[str]) -> int:
    """Try every refusal; 1 if one went unnoticed."""
    unnoticed = made = 0
    with tempfile.TemporaryDirectory(prefix="xiezuo-mutate-") as folder:
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, Path(folder) / name, ignore=NOT_COPIED)
            else:
                shutil.copy(source, Path(folder) / name)
        found = list(refusals(parts))
        for app in sorted({refusal.app for refusal in found}):
            if _tests_fail(app, Path(folder)):
                sys.exit(f"the tests of {app} are red as they are: nothing can be learnt from them")
        for refusal in found:
            seen = noticed(refusal, Path(folder))
            made, unnoticed = made + 1, unnoticed + (not seen)
            where = f"{refusal.path.relative_to(SOURCES)}:{refusal.first}"
            print(f"{'noticed  ' if seen else 'UNNOTICED'} {where} {refusal.text[:90]}", flush=True)
    print(f"{made - unnoticed} of {made} noticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
