"""The pages of docs/ that are written from the code: `python -m tools.documents write|check`."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import django
from django.utils import translation

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "docs" / "figures.md"
INTRODUCTION = """\
# Figures and balances

Written by `make documents` from the registry; do not edit. A figure marked *by month* is also given as `key@MM`.
What a figure is stands in `src/xiezuo/figures/registry.py`; how to add one, in CONTRIBUTING.md.
"""

APPROVALS = ROOT / "docs" / "approvals.md"
APPROVALS_INTRODUCTION = """\
# States of an approval

Written by `make documents` from `src/xiezuo/approvals/states.py`, which the engine obeys; do not edit. Why it is so:
[decision 0014](decisions/0014-approvals.md).
"""

REGULATIONS = ROOT / "docs" / "regulations.md"
REGULATIONS_INTRODUCTION = """\
# Life of an edition of a regulation

Written by `make documents` from `src/xiezuo/rules/regulation_states.py`, which the operations obey; do not edit. Why it
is so: [decision 0015](decisions/0015-regulations.md).
"""

PLANS = ROOT / "docs" / "zone-plans.md"
PLANS_INTRODUCTION = """\
# Life of a zone plan

Written by `make documents` from `src/xiezuo/zones/states.py`, which the operations obey; do not edit. Whether a decided plan
is ahead, in force or superseded follows from its first day and those after it. Why it is so:
[decision 0021](decisions/0021-zone-plans.md).
"""

REQUESTS = ROOT / "docs" / "requests.md"
REQUESTS_INTRODUCTION = """\
# Life of a request for collaboration

Written by `make documents` from `src/xiezuo/collaboration/states.py`, which the operations obey; do not edit. From ISSUING to
DECIDING the request follows its application on the step engine ([approvals](approvals.md)). Why it is so:
[decision 0024](decisions/0024-requests.md).
"""

BOOK = ROOT / "docs" / "manual" / "ledger-book.md"
BOOK_INTRODUCTION = """\
# 台账簿的工作表和列

由 `make documents` 按程序里的定义生成，请勿手改。列的顺序不限；标 * 的必填；“列表”用顿号、逗号或分号隔开；
“编码”也可以写不重名的名称；终止、撤销、停用、免职等日期填不再成立的第一天。整张工作表可以没有，也可以是空的。离岗登记不在台账簿内：在人员页登记，载入和导出都不涉及它。
"""
KINDS_OF_CELL = {
    "day": "日期",
    "month": "年月",
    "whole_number": "整数",
    "degrees": "度",
    "yes_no": "是 / 否",
    "words": "列表",
}


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


def book_page() -> str:
    """The page of every sheet and column of the ledger book, in Chinese like the book itself."""
    from xiezuo.book.sheets import IN_THE_BOOK  # noqa: PLC0415 - after Django is set up

    lines = [BOOK_INTRODUCTION]
    for sheet in IN_THE_BOOK:
        rows = [
            (column.heading + ("*" if column.required else ""), _meaning(column)) for column in sheet.columns
        ]
        lines += [f"## {sheet.name}", "", *_table(("列", "填什么"), rows), ""]
    return "\n".join(lines)


def _meaning(column: Any) -> str:
    """What goes into a cell, in the words of the manual."""
    read = getattr(getattr(column.read, "func", column.read), "__name__", "")
    if column.choices:
        meaning = "、".join(word for word in column.choices if word)
    elif column.refers_to:
        meaning = f"{column.refers_to}的编码" + ("，列表" if read == "codes" else "")
    else:
        meaning = KINDS_OF_CELL.get(read, "文字")
    return meaning + ("（本县的叫法在页面上对应一次即可）" if column.mapped else "")


def approvals_page() -> str:
    """The page of the states of an approval: the diagram, and what leads to what."""
    from xiezuo.approvals.states import MOVES, ApprovalState, diagram  # noqa: PLC0415 - after Django is set up

    with translation.override("en"):
        words = [(f"`{state.name}`", state.value, state.label) for state in ApprovalState]
        moves = [
            (f"`{verb.value}`", verb.label, f"`{before.name}`" if before else "", ", ".join(f"`{each.name}`" for each in afters))
            for (verb, before), afters in MOVES.items()
        ]  # fmt: skip
        drawn = ["```mermaid", diagram(), "```", ""]
        stated = _table(("state", "Chinese", "English"), words)
        moved = _table(("verb", "what", "from", "to"), moves)
        return "\n".join([APPROVALS_INTRODUCTION, *drawn, *stated, "", *moved, ""])


def regulations_page() -> str:
    """The page of the life of an edition: the diagram, and what leads to what."""
    from xiezuo.rules.regulation_states import LIFE, EditionStage, diagram  # noqa: PLC0415 - after Django is set up

    with translation.override("en"):
        words = [(f"`{stage.name}`", stage.value, stage.label) for stage in EditionStage]
        moves = [
            (f"`{verb.value}`", verb.label, f"`{before.name}`" if before else "", ", ".join(f"`{each.name}`" for each in afters))
            for (verb, before), afters in LIFE.items()
        ]  # fmt: skip
        drawn = ["```mermaid", diagram(), "```", ""]
        stated = _table(("stage", "Chinese", "English"), words)
        moved = _table(("verb", "what", "from", "to"), moves)
        return "\n".join([REGULATIONS_INTRODUCTION, *drawn, *stated, "", *moved, ""])


def plans_page() -> str:
    """The page of the life of a zone plan: the diagram, and what leads to what."""
    from xiezuo.zones.states import PLAN_MOVES, PlanStage, plan_diagram  # noqa: PLC0415 - after Django is set up

    with translation.override("en"):
        words = [(f"`{stage.name}`", stage.value, stage.label) for stage in PlanStage]
        moves = [
            (f"`{verb.value}`", verb.label, f"`{before.name}`" if before else "", f"`{after.name}`")
            for (verb, before), after in PLAN_MOVES.items()
        ]
        drawn = ["```mermaid", plan_diagram(), "```", ""]
        stated = _table(("stage", "Chinese", "English"), words)
        moved = _table(("verb", "what", "from", "to"), moves)
        return "\n".join([PLANS_INTRODUCTION, *drawn, *stated, "", *moved, ""])


def requests_page() -> str:
    """The page of the life of a request: the diagram, and what leads to what."""
    from xiezuo.collaboration.states import (  # noqa: PLC0415 - after Django is set up
        REQUEST_MOVES,
        RequestState,
        request_diagram,
    )

    with translation.override("en"):
        words = [(f"`{state.name}`", state.value, state.label) for state in RequestState]
        moves = [
            (f"`{verb.value}`", verb.label, f"`{before.name}`" if before else "", ", ".join(f"`{each.name}`" for each in afters))
            for (verb, before), afters in REQUEST_MOVES.items()
        ]  # fmt: skip
        drawn = ["```mermaid", request_diagram(), "```", ""]
        stated = _table(("state", "Chinese", "English"), words)
        moved = _table(("verb", "what", "from", "to"), moves)
        return "\n".join([REQUESTS_INTRODUCTION, *drawn, *stated, "", *moved, ""])


PAGES: dict[Path, Callable[[], str]] = {
    FIGURES: figures_page,
    BOOK: book_page,
    APPROVALS: approvals_page,
    REGULATIONS: regulations_page,
    PLANS: plans_page,
    REQUESTS: requests_page,
}


def stale_pages() -> list[str]:
    """The names of generated pages that are not what the code says."""
    return [
        str(path.relative_to(ROOT))
        for path, made in PAGES.items()
        if not path.exists() or path.read_text(encoding="utf-8") != made()
    ]


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are stale."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezuo.config.settings")
    django.setup()
    if arguments == ["write"]:
        for path, made in PAGES.items():
            path.write_text(made(), encoding="utf-8")
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
