"""The pages of docs/ that are written from the code: `python -m tools.documents write|check`."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import django
from django.utils import translation

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "docs" / "figures.md"
INTRODUCTION = """\
# Figures and balances

Written by `make documents` from the registry; do not edit. A figure marked *by month* is also given as `key@MM`.
What a figure is stands in `src/xiezuo/figures/registry.py`; how to add one, in CONTRIBUTING.md.
"""


def figures_page() -> str:
    """The page of every figure and balance, in English, in the order of the report."""
    from xiezuo.figures.api import all_balances, all_figures  # noqa: PLC0415 - after Django is set up

    with translation.override("en"):
        figures = [
            (f"`{figure.key}`", figure.title, figure.unit, "yes" if figure.monthly else "", figure.definition)
            for figure in all_figures()
        ]
        balances = [(f"`{balance.id}`", balance.kind, balance.rule) for balance in all_balances()]
        return "\n".join([
            INTRODUCTION,
            *_table(("key", "title", "unit", "by month", "what it counts"), figures),
            "",
            "## Balances",
            "",
            "A broken *identity* is a wrong number; a broken *expectation* is a shortfall against a county's standard.",
            "",
            *_table(("id", "kind", "rule"), balances),
            "",
        ])  # fmt: skip


def stale_pages() -> list[str]:
    """The names of generated pages that are not what the code says."""
    current = FIGURES.read_text(encoding="utf-8") if FIGURES.exists() else ""
    return [] if current == figures_page() else [str(FIGURES.relative_to(ROOT))]


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are stale."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezuo.config.settings")
    django.setup()
    if arguments == ["write"]:
        FIGURES.write_text(figures_page(), encoding="utf-8")
        return 0
    if arguments == ["check"]:
        stale = stale_pages()
        for name in stale:
            print(f"{name} is not what the code says: run make documents", file=sys.stderr)
        return 1 if stale else 0
    print(__doc__, file=sys.stderr)
    return 2


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> list[str]:
    cells = [head, tuple("---" for _name in head), *rows]
    return ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in cells]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
