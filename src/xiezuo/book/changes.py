"""The difference between a book and the ledger, sheet by sheet: what a load would add, end, change and correct.

Rows of the ledger are never edited. Whatever differs is a row that is no longer held true and a row that takes its
place; an entity's new description holds from the edition's day on, so that the old one stays true before it.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Any

from xiezuo.book.columns import Sheet
from xiezuo.book.queries import Known, Row
from xiezuo.shared.periods import OPEN, overlap
from xiezuo.sites.states import Condition

STEP = 1_000
"""Room between the positions of neighbours, so that a later edition can put rows in between."""


class Kind(StrEnum):
    """How a row of the book stands to the ledger."""

    ADDED = "added"
    ENDED = "ended"
    CHANGED = "changed"
    CORRECTED = "corrected"
    MISSING = "missing"


@dataclass(frozen=True)
class Difference:
    """One row that differs: its row in the book (0 if it is not there), and each field before and after."""

    kind: Kind
    row: int
    label: str
    fields: tuple[tuple[str, Any, Any], ...] = ()


@dataclass
class Changes:
    """What a book does to one sheet of the ledger.

    `standing` is the whole sheet afterwards, with the book's row of each (0 if only the ledger has it); entities stand
    once each, with their whole life and last description. `adding` are new rows with their positions.
    """

    sheet: Sheet
    standing: list[Row] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    closing: list[int] = field(default_factory=list)
    adding: list[Row] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, kind: Kind, row: int, label: str, fields: tuple[tuple[str, Any, Any], ...] = ()) -> None:
        """Count one differing row and keep what differs."""
        self.counts[kind] += 1
        self.differences.append(Difference(kind, row, label, fields))

    def add(self, values: Row, position: int) -> None:
        """State a row anew."""
        self.adding.append(values)
        self.positions.append(position)


class Positions:
    """Positions of rows in the order of the book: known rows keep theirs, new ones follow the one before them."""

    def __init__(self) -> None:
        self.last = 0
        self.offset = 0

    def known(self, position: int) -> int:
        self.last, self.offset = position, 0
        return position

    def new(self, index: int, *, ledger_is_empty: bool) -> int:
        if ledger_is_empty:
            return (index + 1) * STEP
        self.offset += 1
        return self.last + self.offset


def compare_facts(
    sheet: Sheet, rows: Sequence[Row], numbers: Sequence[int], known: list[Known], cutoff: date
) -> Changes:
    """Compare the rows of a sheet of facts with the ledger's."""
    changes = Changes(sheet)
    if not known:
        return _all_new(changes, rows, numbers)
    key_of = itemgetter(*(sheet.place[name] for name in sheet.key))
    left = {key_of(row.values): row for row in known}
    matched = [left.pop(key_of(row), None) for row in rows]
    _pair_corrections(sheet, rows, matched, left)
    positions = Positions()
    for index, (row, number, old) in enumerate(zip(rows, numbers, matched, strict=True)):
        if old is None:
            changes.note(Kind.ADDED, number, label(sheet, row))
            changes.add(row, positions.new(index, ledger_is_empty=False))
            changes.standing.append(row)
        else:
            positions.known(old.position)
            _replace(changes, row, number, old, cutoff)
        changes.rows.append(number)
    _keep(changes, sheet, left.values())
    return changes


def _all_new(changes: Changes, rows: Sequence[Row], numbers: Sequence[int]) -> Changes:
    changes.standing = changes.adding = list(rows)
    changes.rows = list(numbers)
    changes.positions = list(range(STEP, (len(rows) + 1) * STEP, STEP))
    if rows:
        changes.counts[Kind.ADDED] = len(rows)
    return changes


def _replace(changes: Changes, given: Row, number: int, old: Known, cutoff: date) -> None:
    sheet = changes.sheet
    row = _fault_from_cutoff(sheet, given, old.values, cutoff) if sheet.name == "设备" else given
    changes.standing.append(row)
    if row == old.values:
        changes.counts["unchanged"] += 1
        return
    changes.closing.append(old.id)
    changes.add(row, old.position)
    fields = differing(sheet, old.values, row)
    changes.note(kind_of_change(sheet, fields), number, label(sheet, row), fields)


def _fault_from_cutoff(sheet: Sheet, row: Row, old: Row, cutoff: date) -> Row:
    """状态 without days that differs from the ledger's: the fault began, or was mended, on the edition's day."""
    place = sheet.place
    was, now = old[place["condition"]], row[place["condition"]]
    fault, mended, starts = row[place["faulty_from"]], row[place["repaired_on"]], row[place["starts"]]
    undated = mended is None and fault in (None, starts)
    if not undated:
        return row
    days = (old[place["faulty_from"]], old[place["repaired_on"]])
    if was != now and now == Condition.FAULTY:
        days = (max(cutoff, starts), None)
    elif was == Condition.FAULTY and now == Condition.SOUND:
        days = (days[0], max(cutoff, days[0] or starts))
    changed = list(row)
    changed[place["faulty_from"]], changed[place["repaired_on"]] = days
    return tuple(changed)


def differing(sheet: Sheet, old: Row, new: Row) -> tuple[tuple[str, Any, Any], ...]:
    """Each field that differs, before and after."""
    return tuple(
        (name, before, after)
        for name, before, after in zip(sheet.fields, old, new, strict=True)
        if before != after
    )


def kind_of_change(sheet: Sheet, fields: tuple[tuple[str, Any, Any], ...]) -> Kind:
    """An end newly given ends; a described field changes; anything else corrects what was wrong."""
    names = {name for name, _before, _after in fields}
    ended = any(name == "ends" and before == OPEN for name, before, _after in fields)
    filled = {name for name, before, _after in fields if name in sheet.lasting and before is None}
    corrected = names - set(sheet.described) - filled - ({"ends"} if ended else set())
    if sheet.lasting or sheet.name == "会议调研":
        corrected -= {"starts", "ends"} if filled or sheet.name == "会议调研" else set()
    if corrected:
        return Kind.CORRECTED
    return Kind.ENDED if ended and sheet.name != "会议调研" else Kind.CHANGED


def _pair_corrections(
    sheet: Sheet, rows: Sequence[Row], matched: list[Known | None], left: dict[Any, Known]
) -> None:
    """A new row that takes the place of a missing one, and cannot be true beside it, is its correction."""
    for names in sheet.same:
        places = [sheet.place[name] for name in names]
        new, old = defaultdict(list), defaultdict(list)
        for index, row in enumerate(rows):
            if matched[index] is None:
                new[tuple(row[place] for place in places)].append(index)
        for key, known in left.items():
            old[tuple(known.values[place] for place in places)].append(key)
        for shared, indexes in new.items():
            if len(indexes) == 1 and len(old.get(shared, ())) == 1:
                key = old[shared][0]
                if _could_not_both(sheet, rows[indexes[0]], left[key].values):
                    matched[indexes[0]] = left.pop(key)


def _could_not_both(sheet: Sheet, row: Row, old: Row) -> bool:
    if sheet.name == "会议调研":
        return True
    starts, ends = sheet.place["starts"], sheet.place["ends"]
    return overlap((row[starts], row[ends]), (old[starts], old[ends]))


def _keep(changes: Changes, sheet: Sheet, left: Any) -> None:
    for old in left:
        changes.standing.append(old.values)
        changes.rows.append(0)
        changes.note(Kind.MISSING, 0, label(sheet, old.values))


def label(sheet: Sheet, row: Row) -> str:
    """What identifies a row, in words."""
    parts = [row[sheet.place[name]] for name in (("code", "name") if sheet.entity else sheet.key)]
    return " ".join(str(part) for part in parts if part not in (None, "", ()))
