"""Reads a ledger book the plain way: each sheet is a list of dictionaries, heading to cell."""

import re
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

Row = dict[str, object]

WRITTEN_DAY = re.compile(r"(\d{4})\D(\d{1,2})(?:\D(\d{1,2}))?\D?")


class Book:
    """The rows of each sheet as dictionaries; a sheet that is absent is empty."""

    def __init__(self, path: Path | str) -> None:
        workbook = load_workbook(path, data_only=True)
        self._sheets = {name.strip(): rows_of(workbook[name]) for name in workbook.sheetnames}
        self.kinds = {code(row, "机构"): text(row, "机构类型") for row in self["机构"]}
        self._names = {
            (sheet, text(row, name)): code(row, sheet)
            for sheet, name in (("机构", "机构名称"), ("人员", "姓名"), ("协作区", "名称"), ("场所", "名称"))
            for row in self[sheet]
        }

    def __getitem__(self, sheet: str) -> list[Row]:
        return self._sheets.get(sheet, [])

    def named(self, sheet: str, value: str) -> str:
        """The code that a cell means; a unique name may stand where a code is asked for."""
        return self._names.get((sheet, value), value)

    def unit(self, row: Row, column: str = "机构编码") -> str:
        return self.named("机构", text(row, column))

    def kind(self, row: Row, column: str = "机构编码") -> str:
        return self.kinds.get(self.unit(row, column), "")

    def person(self, row: Row) -> str:
        return self.named("人员", text(row, "人员编号"))


def rows_of(sheet: Worksheet) -> list[Row]:
    lines = sheet.iter_rows(values_only=True)
    headings = [str(cell or "").strip() for cell in next(lines, ())]
    rows: list[Row] = [dict(zip(headings, line, strict=False)) for line in lines]
    return [row for row in rows if any(value not in (None, "") for value in row.values())]


def text(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip()


def code(row: Row, sheet: str) -> str:
    """A row's own code, or its name where the code is blank."""
    own, name = {
        "机构": ("机构编码", "机构名称"),
        "人员": ("人员编号", "姓名"),
        "协作区": ("协作区编码", "名称"),
        "场所": ("场所编码", "名称"),
    }[sheet]
    return text(row, own) or text(row, name)


def items(row: Row, column: str) -> list[str]:
    return [item.strip() for item in re.split("[、;；,，]", text(row, column)) if item.strip()]


def day(row: Row, column: str) -> date | None:
    value = row.get(column)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = WRITTEN_DAY.fullmatch(text(row, column))
    return date(int(written[1]), int(written[2]), int(written[3] or 1)) if written else None


def last_of(first: date) -> date:
    """The last day of the month that begins on `first`."""
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def holds(row: Row, on: date, starts: str, ends: str) -> bool:
    """Whether starts ≤ on < ends; a blank start does not hold, a blank end is open."""
    first, end = day(row, starts), day(row, ends)
    return first is not None and first <= on and (end is None or on < end)


def within(row: Row, column: str, first: date, last: date) -> bool:
    when = day(row, column)
    return when is not None and first <= when <= last


def in_year(row: Row, column: str, on: date) -> bool:
    return within(row, column, date(on.year, 1, 1), on)
