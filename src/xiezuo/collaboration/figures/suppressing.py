"""Small counts that must not be read, nor be reckoned back from totals: pure values, no Django.

A count of 1 to 4 shows as `<5`; nobody stands behind a nought, so it stays. Where totals would still give a hidden count
away, other counts are withheld as well (`*`), until for every hidden one at least two values agree with all that is shown:
the totals, that `<5` is 1 to 4, and that a withheld count is 5 or more. Other tables show the bottom line too, split by other
parts: it is hidden by itself first, the same everywhere, and what it shows is never withheld for a count above it. If the
whole is itself below 5, no part of it is shown.

A table with totals is a network: a row or a column is a place, a count a way between its row and its column. A hidden
count can be another one exactly if a round of hidden counts leads through it that can all be moved by one.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

LEAST = 5
"""The smallest count of persons or matters that is shown (design, people concerned)."""
ENDLESS = 10**12


class Mark(StrEnum):
    """What stands in the place of a count."""

    SMALL = "<5"
    MORE = "*"


Shown = int | Mark


@dataclass(frozen=True)
class Suppressed:
    """A table as it may be shown, with its totals."""

    cells: tuple[tuple[Shown, ...], ...]
    rows: tuple[Shown, ...]
    columns: tuple[Shown, ...]
    whole: Shown


@dataclass
class _Cell:
    """One count between two places; a total runs the other way round (`sign`). `low` and `high` are what a reader knows."""

    row: int
    column: int
    value: int
    sign: int
    total: bool
    hidden: Mark | None = None
    low: int = field(init=False, default=0)
    high: int = field(init=False, default=ENDLESS)

    def hide(self, mark: Mark) -> None:
        """Withhold the count under a mark, which says between what it lies."""
        self.hidden = mark
        self.low, self.high = (1, LEAST - 1) if mark == Mark.SMALL else (LEAST, ENDLESS)

    @property
    def shown(self) -> Shown:
        """The count, or its mark."""
        return self.value if self.hidden is None else self.hidden

    def moved(self, by: int) -> tuple[tuple[str, int], tuple[str, int]] | None:
        """The way that the count takes when it grows or shrinks by one; None if a reader knows that it cannot."""
        if not self.low <= self.value + by <= self.high:
            return None
        ends = ("row", self.row), ("column", self.column)
        return ends if by * self.sign > 0 else ends[::-1]


def suppressed(table: Sequence[Sequence[int]]) -> Suppressed:
    """A table of two or more rows and columns as it may be shown beside its totals; a single line has no others."""
    if len(table) == 1 or all(len(row) == 1 for row in table):
        return _of_line(table)
    cells = _cells(table)
    upper, bottom = cells[: -len(table[0]) - 1], cells[-len(table[0]) - 1 :]
    _hide_line(bottom)
    if 0 < bottom[-1].value < LEAST:
        _withhold(upper)
    else:
        _protect(cells, upper)
    return _shown(table, cells)


def suppressed_line(counts: Sequence[int]) -> tuple[tuple[Shown, ...], Shown]:
    """Counts that add up to one total, as they may be shown, and the total."""
    # All of them run between the same two places: what one loses any other can gain.
    cells = [_Cell(0, 0, value, 1, total=False) for value in counts]
    whole = _Cell(0, 0, sum(counts), -1, total=True)
    if len(cells) == 1:
        cells = [whole]
    _hide([*cells, whole])
    return tuple(cell.shown for cell in cells), whole.shown


def _hide_line(bottom: list[_Cell]) -> None:
    """Hide the totals of the columns beside the whole, as if there were nothing above them."""
    parts, whole = suppressed_line([cell.value for cell in bottom[:-1]])
    for cell, shown in zip(bottom, [*parts, whole], strict=True):
        if isinstance(shown, Mark):
            cell.hide(shown)
            # Of a line that is withheld as a whole nothing is known but that it is no less than nothing.
            cell.low = cell.low if Mark.SMALL in parts or shown == Mark.SMALL else 0


def _of_line(table: Sequence[Sequence[int]]) -> Suppressed:
    lies = len(table) == 1
    parts, whole = suppressed_line(table[0] if lies else [row[0] for row in table])
    if lies:
        return Suppressed((parts,), (whole,), parts, whole)
    return Suppressed(tuple((each,) for each in parts), parts, (whole,), whole)


def _hide(cells: list[_Cell]) -> None:
    """Hide what must not be read; the last of the cells is the whole."""
    whole = cells[-1]
    if 0 < whole.value < LEAST:
        _withhold(cell for cell in cells if cell is not whole)
        whole.hide(Mark.SMALL)
    else:
        _protect(cells, cells[:-1])


def share(part: Shown, rest: Shown) -> int | None:
    """Per cent that `part` is of both; None where one of them is hidden, or there is nothing."""
    if isinstance(part, Mark) or isinstance(rest, Mark) or part + rest == 0:
        return None
    return round(100 * part / (part + rest))


def _cells(table: Sequence[Sequence[int]]) -> list[_Cell]:
    """Every count and every total in the order of the table; the whole comes last."""
    width, height = max((len(row) for row in table), default=0), len(table)
    sums = [*table, [sum(row[at] for row in table) for at in range(width)]]
    found = []
    for number, row in enumerate(sums):
        below = number == height
        found += [_Cell(number, at, value, -1 if below else 1, total=below) for at, value in enumerate(row)]
        found.append(_Cell(number, width, sum(row), 1 if below else -1, total=True))
    return found


def _protect(cells: list[_Cell], free: list[_Cell]) -> None:
    """Hide what is small among the `free` cells, and more of them as long as one is given away."""
    for cell in free:
        if 0 < cell.value < LEAST:
            cell.hide(Mark.SMALL)
    while (bare := next(_given_away(cells, free), None)) is not None:
        more = min(_to_hide(free, bare), key=lambda each: each[0], default=None)
        if more is None:
            # Any count can then have come from any other place of its column; a column of noughts has none to give.
            empty = {cell.column for cell in cells if cell.total and cell.value == 0 and cell not in free}
            _withhold(cell for cell in free if cell.column not in empty)
            return
        more[1].hide(Mark.MORE)


def _withhold(cells: Iterable[_Cell]) -> None:
    for cell in cells:
        cell.hide(Mark.MORE)
        cell.low = 0


def _to_hide(free: list[_Cell], bare: _Cell) -> Iterator[tuple[tuple[bool, bool, int, int, int], _Cell]]:
    """What can be withheld beside a count that is given away: near it first, no totals if it can be helped, the smallest."""
    for cell in free:
        if cell.hidden is None and cell.value:
            near = cell.column == bare.column or cell.row == bare.row
            yield (not near, cell.total, cell.value, cell.row, cell.column), cell


def _given_away(cells: list[_Cell], free: list[_Cell]) -> Iterator[_Cell]:
    """Hidden counts among the `free` ones of which only one value agrees with all that is shown."""
    hidden = [cell for cell in cells if cell.hidden]
    for cell in (each for each in free if each.hidden):
        others = [each for each in hidden if each is not cell]
        if not any(_leads_round(cell.moved(by), others) for by in (1, -1)):
            yield cell


def _leads_round(way: tuple[tuple[str, int], tuple[str, int]] | None, others: list[_Cell]) -> bool:
    """Whether other hidden counts lead from the end of a way back to where it begins."""
    if way is None:
        return False
    goal, start = way
    seen, waiting = {start}, deque([start])
    while waiting:
        here = waiting.popleft()
        if here == goal:
            return True
        for end in _ends(here, others):
            if end not in seen:
                seen.add(end)
                waiting.append(end)
    return False


def _ends(here: tuple[str, int], others: list[_Cell]) -> Iterator[tuple[str, int]]:
    for cell in others:
        for by in (1, -1):
            way = cell.moved(by)
            if way and way[0] == here:
                yield way[1]


def _shown(table: Sequence[Sequence[int]], cells: list[_Cell]) -> Suppressed:
    width = max((len(row) for row in table), default=0) + 1
    rows = [tuple(cell.shown for cell in cells[at : at + width]) for at in range(0, len(cells), width)]
    return Suppressed(
        tuple(row[:-1] for row in rows[:-1]), tuple(row[-1] for row in rows[:-1]), rows[-1][:-1], rows[-1][-1]
    )
