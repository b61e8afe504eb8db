"""The evidence workbook: one sheet a figure with the records that it counts, and one of the checks. Text is never a formula."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from xiezuo.papers.archive import Archive
from xiezuo.ui.exporters import safe_cell

LONGEST_NAME = 31
"""Characters of a sheet's name; the file format's limit."""
CORE = "docProps/core.xml"
_CORE_WORDS = (
    b'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
HOLDS = {True: "相符", False: "不符", None: "无从比较"}
KINDS = {"identity": "恒等", "expectation": "标准"}


def evidence_workbook(
    commission: str,
    on: str,
    figures: Sequence[dict[str, Any]],
    balances: Sequence[dict[str, Any]],
    reason: str = "",
) -> bytes:
    """The workbook of a run's frozen figures and checks; equal contents give equal bytes."""
    book = Workbook(write_only=True)
    names = list(_sheet_names(figures))
    _sheet(book, "目录", _contents(commission, on, figures, names))
    _sheet(book, "勾稽", _checks(balances, reason))
    for name, figure in zip(names, figures, strict=True):
        _sheet(book, name, _figure(commission, on, figure))
    target = BytesIO()
    book.save(target)
    return _without_time(target.getvalue())


def _sheet_names(figures: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, figure in enumerate(figures, 1):
        title = "".join(" " if character in "[]:*?/\\'" else character for character in figure["title"])
        month = figure["key"].partition("@")[2]
        yield f"{number:02} {title}{f' {month}月' if month else ''}"[:LONGEST_NAME].rstrip()


def _sheet(book: Workbook, name: str, rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(name)
    sheet.column_dimensions["A"].width = 24
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


class Head(str):
    """Words at the head of a row or column."""

    __slots__ = ()


def _cell(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    cell = safe_cell(sheet, value)
    if isinstance(value, Head):
        cell.font = Font(bold=True)
    return cell


def _contents(
    commission: str, on: str, figures: Sequence[dict[str, Any]], names: Sequence[str]
) -> Iterator[list[Any]]:
    yield [Head("单位"), commission]
    yield [Head("截至"), on]
    yield []
    yield [
        Head(word) for word in ("工作表", "指标", "名称", "数值", "文中写法", "计量单位", "记录数", "口径")
    ]
    for name, figure in zip(names, figures, strict=True):
        facts = (figure[field] for field in ("key", "title", "value", "shown", "unit"))
        yield [name, *facts, len(figure["records"]), figure["definition"]]


def _checks(balances: Sequence[dict[str, Any]], reason: str) -> Iterator[list[Any]]:
    yield [Head(word) for word in ("勾稽", "类别", "左", "右", "结果", "差在何处")]
    for balance in balances:
        found = balance["left"], balance["right"], HOLDS[balance["holds"]], "；".join(balance["shortfall"])
        yield [balance["words"], KINDS[balance["kind"]], *found]
    if reason:
        yield []
        yield [Head("带着不符签发的理由"), reason]


def _figure(commission: str, on: str, figure: dict[str, Any]) -> Iterator[list[Any]]:
    for word, value in (
        ("单位", commission), ("指标", figure["key"]), ("名称", figure["title"]), ("口径", figure["definition"]),
        ("截至", on), ("数值", figure["value"]), ("计量单位", figure["unit"]),
    ):  # fmt: skip
        yield [Head(word), value]
    yield []
    yield [Head("记录"), *(Head(column) for column in figure["columns"])]
    for number, row in zip(figure["records"], figure["rows"], strict=True):
        yield [number, *row]


def _without_time(book: bytes) -> bytes:
    """The workbook packed anew without the moment of its making, so that the same ledger gives the same bytes."""
    with zipfile.ZipFile(BytesIO(book)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    members[CORE] = _CORE_WORDS
    return Archive().with_members(members, level=6).to_bytes()
