"""Workbooks that leave the house: plain cells, nothing a spreadsheet would run."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, cast
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from xiezuo.ui.parts import plain_of

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet takes for the start of a formula or a command.
RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_TEXT = 32_767
"""Characters that a cell may hold; the file format's limit."""


def workbook_bytes(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet: a head row of `columns`, then `rows` as they come."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    sheet.append([_head_cell(sheet, str(column)) for column in columns])
    for row in rows:
        sheet.append([safe_cell(sheet, value) for value in row])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def workbook_response(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The workbook as a download named after `title`."""
    response = HttpResponse(workbook_bytes(title, columns, rows), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = (
        f"attachment; filename=\"export.xlsx\"; filename*=UTF-8''{quote(title)}.xlsx"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def safe_cell(sheet: WriteOnlyWorksheet, value: Any) -> Cell:
    """A cell whose text stays text, whatever character it starts with."""
    plain = plain_of(value)
    if isinstance(plain, datetime):
        plain = plain.replace(tzinfo=None)
    if isinstance(plain, Decimal):
        plain = int(plain) if plain == plain.to_integral_value() else float(plain)
    if not isinstance(plain, str):
        return WriteOnlyCell(sheet, value=cast(Any, plain))
    text = ILLEGAL_CHARACTERS_RE.sub("", plain)[:LONGEST_TEXT]
    cell = WriteOnlyCell(sheet, value=text)
    # openpyxl reads a leading "=" as a formula; say that it is a string, and tell the spreadsheet too.
    cell.data_type = "s"
    if text.startswith(RISKY_STARTS):
        cell.quotePrefix = 1
    return cell


def _head_cell(sheet: WriteOnlyWorksheet, words: str) -> Cell:
    cell = safe_cell(sheet, words)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="center")
    return cell


def _sheet_name(title: str) -> str:
    kept = "".join(" " if character in "[]:*?/\\" else character for character in title)
    return kept.strip(" '")[:31] or "export"
