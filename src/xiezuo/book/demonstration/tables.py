"""Facts written as text tables: one line per fact, cells between bars, the first line names the columns."""

from collections.abc import Iterable

Row = dict[str, str]


def table(text: str, **same: str) -> list[Row]:
    """Rows of a text table.

    The first line holds the column names. A column in `same` holds for every row; a cell that is
    written and not blank stands above it. Raises ValueError if a line has more cells than columns.
    """
    lines = [line for line in text.strip().splitlines() if line.strip()]
    columns = _cells(lines[0])
    return [{**same, **_filled(columns, line)} for line in lines[1:]]


def expanded(rows: Iterable[Row], column: str) -> list[Row]:
    """One row for each item of the list that stands in `column` (items between 、)."""
    return [{**row, column: item} for row in rows for item in row[column].split("、")]


def completed(rows: Iterable[Row], more: Iterable[Row], by: str) -> list[Row]:
    """The rows, each with the further cells that `more` has under the same `by`."""
    further = {row[by]: row for row in more}
    return [{**row, **further.get(row[by], {})} for row in rows]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _filled(columns: list[str], line: str) -> Row:
    cells = _cells(line)
    if len(cells) > len(columns):
        raise ValueError(f"{len(cells)} cells for {len(columns)} columns: {line!r}")
    return {column: cell for column, cell in zip(columns, cells, strict=False) if cell}
