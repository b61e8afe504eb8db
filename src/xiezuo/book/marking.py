"""The marked copy: the book as it was given, its wrong cells coloured with what was expected, and a list of them all."""

import io
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from xiezuo.book.errors import Problem
from xiezuo.book.exporting import text_cell
from xiezuo.book.reading import HEADING_ROWS, heading_of
from xiezuo.book.sheets import FOUND

_WRONG = PatternFill("solid", fgColor="FFC7CE")
MOST_MARKS = 5_000
"""Comments past this number make the copy slow to open; the rest are told in the loader's answer."""
LARGE_BYTES = 1_500_000
"""A larger book is copied row by row, without its formats, so that memory stays bounded."""


def marked_copy(source: Path | bytes, problems: Sequence[Problem]) -> bytes:
    """A copy of a book that was opened safely before, with every wrong cell marked."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    told = problems[:MOST_MARKS]
    workbook = _streamed(content, told) if len(content) > LARGE_BYTES else _kept(content, told)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _by_sheet(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.sheet].append(problem)
    return found


def _kept(content: bytes, problems: Sequence[Problem]) -> Workbook:
    workbook = load_workbook(io.BytesIO(content))
    told = _by_sheet(problems)
    for page in workbook.worksheets:
        _mark(page, told.get(heading_of(page.title), ()))
    if FOUND in workbook.sheetnames:
        del workbook[FOUND]
    _fill_list(workbook.create_sheet(FOUND, 0), problems)
    workbook.active = 0
    return workbook


def _mark(page: Any, problems: Sequence[Problem]) -> None:
    columns: dict[str, int] = {}
    for row in page.iter_rows(min_row=1, max_row=HEADING_ROWS):
        for cell in row:
            if cell.value is not None:
                columns.setdefault(heading_of(cell.value), cell.column)
    for problem in problems:
        if problem.row > 0 and problem.column in columns:
            _part(page, problem.row, columns[problem.column])
            cell = page.cell(problem.row, columns[problem.column])
            _colour(cell, problem, already=cell.comment.text if cell.comment and cell.fill == _WRONG else "")


def _part(page: Any, row: int, column: int) -> None:
    """A cell inside merged cells can carry neither colour nor comment: the copy shows them apart."""
    for merged in list(page.merged_cells.ranges):
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            page.unmerge_cells(str(merged))


def _colour(cell: Any, problem: Problem, already: str = "") -> None:
    cell.fill = _WRONG
    words = _words(problem)
    cell.comment = Comment(f"{already}\n{words}".strip(), _("Xiezuo"), height=120, width=320)


def _words(problem: Problem) -> str:
    return _("Found: %(found)s\nExpected: %(expected)s") % {
        "found": problem.found,
        "expected": problem.expected,
    }


def _fill_list(page: Any, problems: Sequence[Problem]) -> None:
    headings = [_("Sheet"), _("Row"), _("Column"), _("Found"), _("Expected")]
    lines: list[list[Any]] = [[p.sheet, p.row or "", p.column, p.found, p.expected] for p in problems]
    for number, line in enumerate([headings, *lines], start=1):
        for column, value in enumerate(line, start=1):
            cell = page.cell(number, column, value)
            if isinstance(value, str):
                text_cell(cell, value)
            cell.font = Font(bold=number == 1)
    for letter, width in zip("ABCDE", (14, 8, 16, 36, 60), strict=True):
        page.column_dimensions[letter].width = width


def _streamed(content: bytes, problems: Sequence[Problem]) -> Workbook:
    given = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(FOUND)
    page.append([_("Sheet"), _("Row"), _("Column"), _("Found"), _("Expected")])
    for problem in problems:
        line = [problem.sheet, problem.row, problem.column, problem.found, problem.expected]
        page.append([_plain(page, value) for value in line])
    told = _by_sheet(problems)
    for sheet in given.worksheets:
        if sheet.title != FOUND:
            _copy_rows(sheet, workbook.create_sheet(sheet.title), told.get(heading_of(sheet.title), ()))
    return workbook


def _plain(page: Any, value: Any) -> Any:
    return text_cell(WriteOnlyCell(page, ""), value) if isinstance(value, str) else WriteOnlyCell(page, value)


def _copy_rows(given: Any, page: Any, problems: Sequence[Problem]) -> None:
    wrong: dict[int, dict[str, Problem]] = defaultdict(dict)
    for problem in problems:
        wrong[problem.row][problem.column] = problem
    columns: dict[int, str] = {}
    for number, values in enumerate(given.iter_rows(values_only=True), start=1):
        if number <= HEADING_ROWS:
            columns.update(
                {i: heading_of(v) for i, v in enumerate(values) if v is not None and i not in columns}
            )
        cells = [_plain(page, value) for value in values]
        for index, heading in columns.items() if number in wrong else ():
            if heading in wrong[number] and index < len(cells):
                _colour(cells[index], wrong[number][heading])
        page.append(cells)
