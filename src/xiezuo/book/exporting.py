"""The ledger as a book, and the empty book: the same sheets as are read, written from the same declarations.

A book shows an entity once, with its whole life and its last description. What earlier descriptions said otherwise
stands in the sheet 沿革, one line for each field and each day until which it held, so that the book loads back to the
same ledger.
"""

import io
import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from xiezuo.book import cells, words
from xiezuo.book.checking import HISTORIES, WORDS_OF_BOOK
from xiezuo.book.columns import Column, Sheet
from xiezuo.book.queries import Known, Row, known_rows, segments
from xiezuo.book.sheets import EXPLANATION, IN_THE_BOOK, INFORMATION, PORTFOLIOS
from xiezuo.organisation.api import Commission
from xiezuo.shared.lists import clauses, listed
from xiezuo.shared.periods import ALWAYS, OPEN

_REQUIRED = PatternFill("solid", fgColor="FDE9D9")
_OPTIONAL = PatternFill("solid", fgColor="E8EEF7")
_BOLD = Font(bold=True)
_WIDTH = 14
_LAST_DROP_DOWN_ROW = 5_000
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def ledger_book(commission: Commission) -> bytes:
    """The present knowledge of a commission's ledger as a workbook."""
    workbook = Workbook(write_only=True)
    histories: list[tuple[Any, ...]] = []
    posts: set[str] = set()
    for sheet in IN_THE_BOOK:
        page = _page(workbook, sheet)
        for line in _lines(sheet, commission, histories, posts):
            page.append([_cell(page, value) for value in line])
    _add_page(workbook, HISTORIES, histories)
    own = [("职务", post, post) for post in sorted(posts - set(words.KNOWN_POSTS))]
    _add_page(workbook, WORDS_OF_BOOK, own)
    return _bytes_of(workbook)


def empty_book() -> bytes:
    """The empty book with its drop-downs, and a sheet that explains every column."""
    workbook = Workbook(write_only=True)
    lists = _choices_of_all()
    explanation = workbook.create_sheet(EXPLANATION)
    explanation.column_dimensions["C"].width = 60
    for line in _explanations(lists):
        explanation.append([_cell(explanation, value) for value in line])
    for sheet in IN_THE_BOOK:
        page = _page(workbook, sheet)
        for index, column in enumerate(sheet.columns, start=1):
            if column.choices:
                _add_drop_down(page, column, index, lists)
    return _bytes_of(workbook)


def _page(workbook: Workbook, sheet: Sheet) -> Any:
    page = workbook.create_sheet(sheet.name)
    page.freeze_panes = "A2"
    for index in range(1, len(sheet.columns) + 1):
        page.column_dimensions[get_column_letter(index)].width = _WIDTH
    page.append([_heading(page, column) for column in sheet.columns])
    return page


def _heading(page: Any, column: Column) -> Any:
    cell = WriteOnlyCell(page, column.heading)
    cell.font = _BOLD
    cell.fill = _REQUIRED if column.required else _OPTIONAL
    return cell


def _add_page(workbook: Workbook, sheet: Sheet, lines: list[tuple[Any, ...]]) -> None:
    if lines:
        page = _page(workbook, sheet)
        for line in lines:
            page.append([_cell(page, value) for value in line])


def _lines(
    sheet: Sheet, commission: Commission, histories: list[tuple[Any, ...]], posts: set[str]
) -> Iterator[list[Any]]:
    if sheet is INFORMATION:
        yield [getattr(commission, column.field) for column in sheet.columns]
        return
    for row in _rows(sheet, known_rows(sheet, commission), histories):
        if "post" in sheet.place:
            posts.add(row[sheet.place["post"]])
        yield [shown(_value(sheet, row, column)) for column in sheet.columns]


def _value(sheet: Sheet, row: Row, column: Column) -> Any:
    if sheet is PORTFOLIOS and column.field == "target":
        return row[sheet.place["unit"]] or row[sheet.place["line"]]
    return row[sheet.place[column.field]]


def _rows(sheet: Sheet, known: list[Known], histories: list[tuple[Any, ...]]) -> Iterable[Row]:
    if not sheet.entity:
        return [row.values for row in known]
    rows = []
    for code, life in segments(known, sheet).items():
        whole = list(life[-1].values)
        whole[sheet.place["starts"]] = life[0].values[sheet.place["starts"]]
        rows.append(tuple(whole))
        histories += _history(sheet, code, life)
    return rows


def _history(sheet: Sheet, code: str, life: list[Known]) -> Iterator[tuple[Any, ...]]:
    headings = {column.field: column.heading for column in sheet.columns}
    for earlier, later in itertools.pairwise(life):
        for name in sheet.described:
            before = earlier.values[sheet.place[name]]
            if before != later.values[sheet.place[name]]:
                yield sheet.name, code, earlier.values[sheet.place["ends"]], headings[name], as_text(before)


def shown(value: Any) -> Any:
    """A value of the ledger as a cell of the book: an open end is blank, a list is joined by 、."""
    if value in (OPEN, ALWAYS) or value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, tuple) else value


def as_text(value: Any) -> str:
    """The same as text."""
    found = shown(value)
    if found is None:
        return ""
    return found.isoformat() if isinstance(found, date) else str(found)


def _cell(page: Any, value: Any) -> Any:
    """Text stays text: what begins like a formula is stored as a string and marked as one."""
    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value)
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return cell
    return text_cell(WriteOnlyCell(page, ""), value)


def text_cell(cell: Any, value: str) -> Any:
    """Put text into a cell so that no program takes it for a formula."""
    cell.value = value
    cell.data_type = "s"
    if value.startswith(_DANGEROUS):
        cell.quotePrefix = True
    return cell


def _bytes_of(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _choices_of_all() -> dict[tuple[str, ...], int]:
    """Each closed list and the column of the explaining sheet where it stands."""
    lists = dict.fromkeys(
        column.choices for sheet in IN_THE_BOOK for column in sheet.columns if column.choices
    )
    return {choices: 6 + index for index, choices in enumerate(lists)}


def _explanations(lists: dict[tuple[str, ...], int]) -> Iterator[list[Any]]:
    lines: list[list[Any]] = [[_("Sheet"), _("Column"), _("What to fill in")]]
    lines += [
        [sheet.name, column.heading, _what(column)] for sheet in IN_THE_BOOK for column in sheet.columns
    ]
    height = max(len(lines), 1 + max(map(len, lists)))
    for index in range(height):
        line = [*(lines[index] if index < len(lines) else [None] * 3), None, None]
        line += [choices[index - 1] if 0 < index <= len(choices) else None for choices in lists]
        yield line


def _what(column: Column) -> str:
    parts = [_("required") if column.required else _("may be blank")]
    if column.read is cells.day:
        parts.append(_("a day, such as 2022-04-01"))
    if column.choices:
        parts.append(_("one of: %(words)s") % {"words": listed(column.choices)})
    if column.refers_to:
        parts.append(
            _("a code of the sheet %(sheet)s, or a name that only one has") % {"sheet": column.refers_to}
        )
    if column.blank == ():
        parts.append(_("several are parted by 、"))
    return clauses(parts)


def _add_drop_down(page: Any, column: Column, index: int, lists: dict[tuple[str, ...], int]) -> None:
    letter, rows = get_column_letter(lists[column.choices]), len(column.choices) + 1
    validation = DataValidation(
        type="list", formula1=f"'{EXPLANATION}'!${letter}$2:${letter}${rows}", allow_blank=True,
        showErrorMessage=not column.mapped and column.field != "category", errorTitle=column.heading,
        error=_("one of: %(words)s") % {"words": listed(column.choices)[:200]},
    )  # fmt: skip
    validation.add(f"{get_column_letter(index)}2:{get_column_letter(index)}{_LAST_DROP_DOWN_ROW}")
    page.data_validations.append(validation)
