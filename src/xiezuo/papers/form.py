"""What a one-page office form says: labels with values, tables, room for handwriting, and a code that leads back."""

import datetime as dt
from dataclasses import dataclass

from xiezuo.papers.model import Column

LONGEST_CODE = 300
"""Characters that the square code holds at most: more would be too fine to be read from office paper."""


MOST_COLUMNS = 16
"""Columns of a grid that a page can hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A label with its value. Two entries share a row unless `wide`; `by_hand` leaves room to write the value."""

    label: str
    value: str = ""
    wide: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels and values, in the order in which they are read."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a grid, with a cell for each column; `by_hand` makes it high enough to be signed."""

    cells: tuple[str, ...]
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table within a form. Every line has one cell for each column."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    caption: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.columns) <= MOST_COLUMNS:
            raise ValueError(f"the grid has {len(self.columns)} columns, expected 1 to {MOST_COLUMNS}")
        for number, line in enumerate(self.lines, 1):
            if len(line.cells) != len(self.columns):
                raise ValueError(f"line {number} has {len(line.cells)} cells, expected {len(self.columns)}")


FormBlock = Fields | Grid


@dataclass(frozen=True, slots=True)
class Form:
    """One form on one page of A4. Empty fields take no room.

    `office` stands over the title; `number` is that of the record, `mark` a note beside it (such as 补录待确认); `foot`
    are small lines under the tables; `code` is what the square code says, at most `LONGEST_CODE` characters. `cut` ends
    a value that had to be shortened, `left_out` stands for `{}` rows that found no room.
    """

    title: str
    blocks: tuple[FormBlock, ...]
    code: str
    number: str = ""
    office: str = ""
    mark: str = ""
    foot: tuple[str, ...] = ()
    date: dt.date | None = None
    cut: str = "……（全文见记录）"
    left_out: str = "（此处略去{}行，见记录）"

    def __post_init__(self) -> None:
        if not 1 <= len(self.code) <= LONGEST_CODE:
            raise ValueError(f"the code has {len(self.code)} characters, expected 1 to {LONGEST_CODE}")
