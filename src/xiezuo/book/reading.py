"""From the sheets of a workbook to columns of ledger values, noting every cell that cannot be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.book import cells
from xiezuo.book.columns import Column, Columns, Sheet
from xiezuo.book.errors import Problems
from xiezuo.book.words import Meanings
from xiezuo.book.workbook import RawBook, RawSheet
from xiezuo.shared.lists import listed

HEADING_ROWS = 20
"""The headings stand in one of the first rows; titles may stand above them."""


@dataclass
class Table:
    """One sheet as read: columns of ledger values, the book's row number of each, and which rows hold an error."""

    sheet: Sheet
    rows: list[int] = field(default_factory=list)
    columns: Columns = field(default_factory=dict)
    bad: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.rows)


class _Unread:
    """Stands in a column where a cell could not be read."""

    def __init__(self, found: str, expected: str) -> None:
        self.found = found
        self.expected = expected


class _Readings(dict[Any, Any]):
    """Reads each distinct cell once: a ledger's columns repeat themselves."""

    def __init__(self, read: Callable[[Any], Any], blank: Any) -> None:
        super().__init__({"": blank})
        self._read = read
        self.failed = False

    def __missing__(self, value: Any) -> Any:
        try:
            result = self._read(value)
        except cells.Unreadable as error:
            self.failed = True
            result = _Unread(shown(value), error.expected)
        self[value] = result
        return result


def shown(value: Any) -> str:
    """A cell as the user sees it, shortened."""
    if isinstance(value, (date, datetime)):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)[:80]


def heading_of(value: Any) -> str:
    """A heading without blanks, signs of duty and full-width forms."""
    return "".join(cells.narrow(str(value)).split()).rstrip("*").removesuffix("(必填)")


def read_tables(book: RawBook, sheets: Mapping[str, Sheet], meanings: Meanings, problems: Problems,
                unread: frozenset[str]) -> dict[str, Table]:  # fmt: skip
    """Read every known sheet; unknown ones are named in a warning, repeated ones refused."""
    tables: dict[str, Table] = {}
    for raw in book.sheets:
        name = heading_of(raw.name)
        if name in unread:
            continue
        if name not in sheets:
            problems.warn(
                _("Sheet %(sheet)s is not part of the ledger book and was kept out.") % {"sheet": raw.name}
            )
        elif name in tables:
            problems.error(name, 0, "", raw.name, _("one sheet of this name"))
        else:
            tables[name] = _read_table(raw, sheets[name], meanings, problems, book)
    return tables


def _read_table(raw: RawSheet, sheet: Sheet, meanings: Meanings, problems: Problems, book: RawBook) -> Table:
    table = Table(sheet)
    header = _header_row(raw, sheet)
    if header is None:
        if any(any(cell != "" for cell in column) for column in raw.columns):
            problems.error(
                sheet.name, 1, "", _("no row of headings"), listed(c.heading for c in sheet.columns)
            )
        return _blank(table)
    found = _find_columns(raw, sheet, header, problems)
    cells_of = {column.field: _cleaned(raw.columns[index][header + 1 :]) for column, index in found.items()}
    kept = [
        number for number, row in enumerate(zip(*cells_of.values(), strict=True)) if any(c != "" for c in row)
    ]
    table.rows = [header + 2 + number for number in kept]
    if len(kept) < raw.height - header - 1:
        cells_of = {name: [column[number] for number in kept] for name, column in cells_of.items()}
    _note_container(raw, table, found, book, problems)
    for column in sheet.columns:
        _read_column(table, column, cells_of.get(column.field), meanings, problems)
    return table


def _blank(table: Table) -> Table:
    table.columns = {column.field: [] for column in table.sheet.columns}
    return table


def _header_row(raw: RawSheet, sheet: Sheet) -> int | None:
    known = {column.heading for column in sheet.columns}
    best, most = None, 0
    for row in range(min(HEADING_ROWS, raw.height)):
        matches = sum(heading_of(column[row]) in known for column in raw.columns if column[row] != "")
        if matches > most:
            best, most = row, matches
    return best


def _find_columns(raw: RawSheet, sheet: Sheet, header: int, problems: Problems) -> dict[Column, int]:
    known = {column.heading: column for column in sheet.columns}
    found: dict[Column, int] = {}
    for index, column in enumerate(raw.columns):
        heading = heading_of(column[header])
        if heading in known and known[heading] in found:
            problems.error(sheet.name, header + 1, heading, heading, _("one column of this heading"))
        elif heading in known:
            found[known[heading]] = index
        elif heading or any(cell != "" for cell in column[header + 1 :]):
            _warn_of_column(sheet, heading, index + raw.first_column, problems)
    for missing in sheet.columns:
        if missing.required and missing not in found:
            problems.error(
                sheet.name, header + 1, missing.heading, _("no such column"), _("this column is required")
            )
    return found


def _warn_of_column(sheet: Sheet, heading: str, index: int, problems: Problems) -> None:
    told = {"sheet": sheet.name, "column": heading or letters(index)}
    problems.warn(
        _("Sheet %(sheet)s: column %(column)s is not part of the ledger book and was kept out.") % told
    )


def letters(index: int) -> str:
    """The letters of a column counted from 0: A, B … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cleaned(column: list[Any]) -> list[Any]:
    """Cells of blanks only count as blank; truth values become text, because Python takes True for 1."""
    kinds = set(map(type, column))
    odd = {cell: "" for cell in set(column) if cell.__class__ is str and cell and not cell.strip()}
    if bool in kinds:
        column = [("TRUE" if cell else "FALSE") if cell.__class__ is bool else cell for cell in column]
    return [odd.get(cell, cell) for cell in column] if odd else column


def _read_column(
    table: Table, column: Column, found: list[Any] | None, meanings: Meanings, problems: Problems
) -> None:
    if found is None:
        table.columns[column.field] = [column.blank] * len(table)
        return
    readings = _Readings(
        partial(column.read, meanings=meanings) if column.mapped else column.read, column.blank
    )
    values = [readings[cell] for cell in found]
    if readings.failed:
        _note_unread(table, column, values, problems)
    if column.required and (("" in found) or column.blank in values):
        _note_missing(table, column, found, values, problems)
    table.columns[column.field] = values


def _note_unread(table: Table, column: Column, values: list[Any], problems: Problems) -> None:
    for index, value in enumerate(values):
        if value.__class__ is _Unread:
            problems.error(table.sheet.name, table.rows[index], column.heading, value.found, value.expected)
            table.bad.add(index)
            values[index] = None if column.blank != () else ()


def _note_missing(
    table: Table, column: Column, found: list[Any], values: list[Any], problems: Problems
) -> None:
    for index, (cell, value) in enumerate(zip(found, values, strict=True)):
        if cell == "" or (value == column.blank and value is not None and index not in table.bad):
            problems.error(
                table.sheet.name, table.rows[index], column.heading, shown(cell), _("a value: it is required")
            )
            table.bad.add(index)


def _note_container(
    raw: RawSheet, table: Table, found: dict[Column, int], book: RawBook, problems: Problems
) -> None:
    """Errors that the cell's value does not show: error values, formulas never calculated, cells hidden by a merge."""
    headings = {letters(index + raw.first_column): column.heading for column, index in found.items()}
    first = table.rows[0] if table.rows else 0
    wrong = [
        (cell, value, _("a value in place of the error")) for cell, value in book.faults.get(raw.name, [])
    ]
    bare = [cell for cell, known in book.formulas.get(raw.name, []) if not known]
    wrong += [
        (cell, _("a formula without a value"), _("a value, or the book saved by a spreadsheet program"))
        for cell in bare
    ]
    wrong += [(cell, _("hidden by merged cells"), _("one cell for each row")) for cell in _hidden(raw, table)]
    at = {row: index for index, row in enumerate(table.rows)} if wrong else {}
    for cell, value, expected in dict.fromkeys(wrong):
        column, row = cell.rstrip("0123456789"), int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if column in headings and row >= first and row in at:
            problems.error(raw.name, row, headings[column], value, expected)
            table.bad.add(at[row])


def _hidden(raw: RawSheet, table: Table) -> list[str]:
    if not raw.merged or not table.rows:
        return []
    first, last = table.rows[0], table.rows[-1]
    return [
        f"{letters(column)}{row + 1}"
        for (top, left), (bottom, right) in raw.merged
        for row in range(max(top, first - 1), min(bottom, last - 1) + 1)
        for column in range(left, min(right, left + 60) + 1)
        if (row, column) != (top, left)
    ]
