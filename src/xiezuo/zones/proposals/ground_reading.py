"""Reads a county's workbook of what zones are drawn on: every fault in one pass, with sheet, row, column, found and expected.

It is taken as a whole or not at all. Units are named by code, name or other name; a name that several units have is refused.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.shared.errors import BadInput
from xiezuo.shared.lists import listed
from xiezuo.shared.workbooks import RawSheet, Unfit, open_workbook, unfit_words
from xiezuo.zones.states import GroundKind
from xiezuo.zones.zoning.travel import ASYMMETRY, SHORT

WAYS, LOADS, NEIGHBOURS = "行程", "负荷", "相邻"
UNIT = "机构"
LOADS_KNOWN = ("村数", "人口", "权重")
PAIR = ("机构", "相邻机构")
MOST_UNITS, MOST_LOADS = 600, 20
LONGEST_WAY = 24 * 60.0
"""Minutes: no way within a county takes more than a day."""
MOST_TOLD = 500


@dataclass(frozen=True)
class Problem:
    """One fault: where, what was found and what was expected. `row` and `column` are as the spreadsheet counts them."""

    sheet: str
    row: int | None
    column: str
    found: str
    expected: str


@dataclass(frozen=True)
class Named:
    """A unit by the words that a sheet may call it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    axis: bool = False


@dataclass
class Read:
    """What a workbook holds, by kind, as kept; and every fault. Nothing is to be taken while there is one."""

    content: dict[GroundKind, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_ground(book: bytes, units: Sequence[Named]) -> Read:
    """Read a workbook. Raises `BadInput` for a file that is no workbook or may not be opened."""
    try:
        raw = open_workbook(book)
    except Unfit as unfit:
        raise BadInput(_unfit(unfit.word)) from unfit
    sheets, found = {each.name.strip(): each for each in raw.sheets}, Read()
    for name, cells in raw.faults.items():
        found.problems += [
            Problem(name, None, cell, value, _("a value; the cell holds an error")) for cell, value in cells
        ]
    known, readers = _Units(units), {WAYS: _ways, LOADS: _loads, NEIGHBOURS: _neighbours}
    if not sheets.keys() & readers.keys():
        told = listed(sheets) or _("none")
        found.problems.append(
            Problem(
                "", None, "", told, _("one at least of the sheets %(names)s") % {"names": listed(readers)}
            )
        )
    for name, read in readers.items():
        if name in sheets and (content := read(_Sheet(sheets[name], found.problems), known)) is not None:
            found.content[GroundKind(name)] = content
    if not found.content and not found.problems:
        found.problems.append(
            Problem("", None, "", _("only empty sheets"), _("travel times, loads or neighbours"))
        )
    return found


def _unfit(word: str) -> str:
    if word == "not-a-workbook":
        return _(
            "The file is not an Excel workbook; expected the workbook of what zones are drawn on, as .xlsx."
        )
    return unfit_words(word)


class _Units:
    """Units by every word that they are called."""

    def __init__(self, units: Sequence[Named]) -> None:
        self.all = {each.code: each for each in units}
        self._by: dict[str, set[str]] = defaultdict(set)
        for each in units:
            for word in (each.name, *each.aliases):
                self._by[word.strip()].add(each.code)

    def called(self, word: str) -> list[str]:
        """The codes of the units that a word may mean; a code goes before a name."""
        return [word] if word in self.all else sorted(self._by.get(word, ()))


class _Sheet:
    """One sheet as rows of cells, and where faults in it are told."""

    def __init__(self, raw: RawSheet, problems: list[Problem]) -> None:
        self.name, self._problems, self._first = raw.name.strip(), problems, raw.first_column
        height, width = raw.height, len(raw.columns)
        self.rows = [[_plain(raw.columns[at][row]) for at in range(width)] for row in range(height)]
        while self.rows and not any(cell != "" for cell in self.rows[-1]):
            self.rows.pop()

    @property
    def empty(self) -> bool:
        """Whether there is nothing below the head."""
        return len(self.rows) < 2

    @property
    def blank(self) -> bool:
        """Whether heads and names are all that there is, as in the empty workbook."""
        return all(cell == "" for row in self.rows[1:] for cell in row[1:])

    def tell(self, row: int, column: int, found: Any, expected: str) -> None:
        """Note a fault in a cell, counted from 0."""
        if len(self._problems) < MOST_TOLD:
            self._problems.append(
                Problem(self.name, row + 1, _letters(column + self._first), _shown(found), expected)
            )


def _plain(cell: Any) -> Any:
    return cell.strip() if isinstance(cell, str) else "" if cell is None else cell


def _shown(found: Any) -> str:
    if found == "":
        return _("nothing")
    return f"{found:g}" if isinstance(found, float) else str(found)[:60]


def _letters(column: int) -> str:
    """A column as a spreadsheet names it."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _unit(sheet: _Sheet, known: _Units, row: int, column: int) -> str | None:
    """The code of the unit that a cell names; None, told, if there is none or several."""
    word = sheet.rows[row][column]
    text = f"{word:g}" if isinstance(word, float) else str(word)
    codes = known.called(text)
    if len(codes) == 1:
        return codes[0]
    if codes:
        sheet.tell(
            row,
            column,
            text,
            _("the code of one unit: the name is that of %(codes)s") % {"codes": listed(codes)},
        )
    else:
        sheet.tell(row, column, word, _("code or name of a unit that stands"))
    return None


def _once(sheet: _Sheet, cells: Iterable[tuple[int, int, str | None]]) -> None:
    """Tell each unit that is named a second time."""
    seen: set[str] = set()
    for row, column, code in cells:
        if code is not None and code in seen:
            sheet.tell(row, column, code, _("each unit once"))
        seen |= {code} if code else set()


def _number(sheet: _Sheet, row: int, column: int, most: float) -> float | None:
    """The number of a cell, not negative and no more than there can be; None, told, for anything else."""
    cell = sheet.rows[row][column]
    number = _as_number(cell)
    if number is None:
        sheet.tell(row, column, cell, _("a number, 0 or more"))
    elif number < 0:
        sheet.tell(row, column, cell, _("0 or more"))
    elif number > most:
        sheet.tell(row, column, cell, _("at most %(most)g") % {"most": most})
    else:
        return number
    return None


def _as_number(cell: Any) -> float | None:
    if isinstance(cell, bool) or cell == "":
        return None
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _ways(sheet: _Sheet, known: _Units) -> dict[str, Any] | None:
    """A matrix of minutes: units down the first column, units across the first row."""
    if sheet.empty or sheet.blank or not _fits(sheet, MOST_UNITS):
        return None
    columns = {at: _unit(sheet, known, 0, at) for at, cell in enumerate(sheet.rows[0]) if at and cell != ""}
    rows = {at: _unit(sheet, known, at, 0) for at in range(1, len(sheet.rows)) if _filled(sheet.rows[at])}
    _once(sheet, [(0, at, code) for at, code in columns.items()])
    _once(sheet, [(at, 0, code) for at, code in rows.items()])
    minutes: dict[str, dict[str, float]] = {}
    places: dict[tuple[str, str], tuple[int, int]] = {}
    for row, one in rows.items():
        for column, other in columns.items():
            if one is not None and other is not None:
                way = _way(sheet, row, column, same=one == other)
                if way is not None:
                    minutes.setdefault(one, {})[other] = way
                    places[one, other] = (row, column)
    _lopsided(sheet, minutes, places)
    return {"minutes": minutes}


def _filled(row: list[Any]) -> bool:
    return any(cell != "" for cell in row)


def _fits(sheet: _Sheet, most: int) -> bool:
    height, width = len(sheet.rows), len(sheet.rows[0])
    if height - 1 > most or width - 1 > most:
        sheet.tell(0, 0, f"{height - 1} × {width - 1}", _("at most %(most)d units") % {"most": most})
        return False
    return True


def _way(sheet: _Sheet, row: int, column: int, *, same: bool) -> float | None:
    """A hole is a fault, but on the diagonal, where there is no way; from a unit to itself nothing else than 0 is right."""
    cell = sheet.rows[row][column]
    if cell == "":
        if same:
            return None
        sheet.tell(row, column, cell, _("minutes: no way may be missing"))
        return None
    way = _number(sheet, row, column, LONGEST_WAY)
    if same and way:
        sheet.tell(row, column, way, _("0 or nothing, from a unit to itself"))
    return way


def _lopsided(
    sheet: _Sheet,
    minutes: Mapping[str, Mapping[str, float]],
    places: Mapping[tuple[str, str], tuple[int, int]],
) -> None:
    for (one, other), (row, column) in places.items():
        there, back = minutes[one][other], minutes.get(other, {}).get(one)
        if one < other and back is not None:
            shorter, longer = sorted((there, back))
            if longer > SHORT and longer > ASYMMETRY * shorter:
                words = _("not more than %(times)g times the way back, which is %(back)g")
                sheet.tell(row, column, there, words % {"times": ASYMMETRY, "back": back})


def _loads(sheet: _Sheet, known: _Units) -> dict[str, Any] | None:
    """A row for each unit, a column for each load by its name."""
    if sheet.empty or sheet.blank:
        return None
    names = {at: str(cell) for at, cell in enumerate(sheet.rows[0]) if at and cell != ""}
    _check_head(sheet, names)
    found: dict[str, dict[str, float]] = {}
    cells = []
    for row in range(1, len(sheet.rows)):
        if not _filled(sheet.rows[row]):
            continue
        code = _unit(sheet, known, row, 0)
        cells.append((row, 0, code))
        loads = {name: _load(sheet, row, at) for at, name in names.items()}
        given = {name: load for name, load in loads.items() if load is not None}
        if code is not None and given:
            found[code] = given
    _once(sheet, cells)
    return {"loads": found}


def _check_head(sheet: _Sheet, names: Mapping[int, str]) -> None:
    if not names:
        sheet.tell(0, 1, "", _("the name of a load, such as %(names)s") % {"names": listed(LOADS_KNOWN)})
    if len(names) > MOST_LOADS:
        sheet.tell(0, 0, len(names), _("at most %(most)d loads") % {"most": MOST_LOADS})
    for at, name in names.items():
        if list(names.values()).index(name) != list(names).index(at):
            sheet.tell(0, at, name, _("each load once"))


def _load(sheet: _Sheet, row: int, column: int) -> float | None:
    """Nothing said is nothing known."""
    return None if sheet.rows[row][column] == "" else _number(sheet, row, column, 1e9)


def _neighbours(sheet: _Sheet, known: _Units) -> dict[str, Any] | None:
    """Pairs of units that lie beside each other; one direction is enough."""
    if sheet.empty:
        return None
    pairs: set[tuple[str, str]] = set()
    for row in range(1, len(sheet.rows)):
        if _filled(sheet.rows[row]):
            pairs |= set(_pair(sheet, known, row))
    return {"pairs": [list(each) for each in sorted(pairs)]}


def _pair(sheet: _Sheet, known: _Units, row: int) -> Iterator[tuple[str, str]]:
    if len(sheet.rows[row]) < 2 or sheet.rows[row][1] == "":
        sheet.tell(row, 1, "", _("the unit that lies beside it"))
        return
    one, other = (_unit(sheet, known, row, column) for column in (0, 1))
    if one is not None and one == other:
        sheet.tell(row, 1, sheet.rows[row][1], _("another unit than in the first column"))
    elif one is not None and other is not None:
        yield min(one, other), max(one, other)
