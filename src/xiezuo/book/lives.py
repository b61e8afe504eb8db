"""The difference for entities: units, people, zones, regulations and sites, whose descriptions follow each other in time.

A book gives an entity one row: its whole life and its last description. Where an earlier description differed, our own
exports say so in the sheet 沿革; a book that carries it states the entity's whole history.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xiezuo.book.changes import Changes, Kind, Positions, differing, kind_of_change, label
from xiezuo.book.columns import Sheet
from xiezuo.book.queries import Known, Row, segments

Earlier = Mapping[str, Sequence[tuple[date, dict[str, Any]]]]
"""Code → (the day until which, field → value that it had before), the latest day first."""


def compare_entities(
    sheet: Sheet,
    rows: Sequence[Row],
    numbers: Sequence[int],
    known: list[Known],
    *,
    cutoff: date,
    earlier: Earlier,
) -> Changes:
    """Compare the rows of a sheet of entities with the ledger's."""
    changes = Changes(sheet)
    lives = segments(known, sheet)
    positions = Positions()
    code = sheet.place["code"]
    for index, (row, number) in enumerate(zip(rows, numbers, strict=True)):
        life = lives.pop(row[code], None)
        told = earlier.get(row[code], ())
        if life is None:
            changes.note(Kind.ADDED, number, label(sheet, row)) if known else changes.counts.update(
                [Kind.ADDED]
            )
            position = positions.new(index, ledger_is_empty=not known)
            for part in _history(sheet, row, told):
                changes.add(part, position)
        else:
            _compare_life(changes, row, number, life, cutoff=cutoff, earlier=told)
            positions.known(life[0].position)
        changes.standing.append(row)
        changes.rows.append(number)
    for life in lives.values():
        changes.standing.append(_whole(sheet, life))
        changes.rows.append(0)
        changes.note(Kind.MISSING, 0, label(sheet, life[-1].values))
    return changes


def _whole(sheet: Sheet, life: list[Known]) -> Row:
    """An entity's whole life with its last description."""
    return _with(sheet, life[-1].values, {"starts": life[0].values[sheet.place["starts"]]})


def _with(sheet: Sheet, row: Row, values: Mapping[str, Any]) -> Row:
    changed = list(row)
    for name, value in values.items():
        changed[sheet.place[name]] = value
    return tuple(changed)


def _history(sheet: Sheet, row: Row, earlier: Sequence[tuple[date, dict[str, Any]]]) -> list[Row]:
    """The descriptions of an entity in the order of time, rebuilt from the last one backwards."""
    parts: list[Row] = []
    starts, ends = row[sheet.place["starts"]], row[sheet.place["ends"]]
    description = row
    for until, values in earlier:
        if not starts < until < ends:
            continue
        parts.insert(0, _with(sheet, description, {"starts": until, "ends": ends}))
        description, ends = _with(sheet, description, values), until
    parts.insert(0, _with(sheet, description, {"starts": starts, "ends": ends}))
    return parts


def _compare_life(
    changes: Changes, row: Row, number: int, life: list[Known], *, cutoff: date,
    earlier: Sequence[tuple[date, dict[str, Any]]],
) -> None:  # fmt: skip
    sheet = changes.sheet
    fields = differing(sheet, _whole(sheet, life), row)
    wanted = _history(sheet, row, earlier) if earlier else _continued(sheet, row, life, fields, cutoff)
    held = [part.values for part in life]
    if wanted == held:
        changes.counts["unchanged"] += 1
        return
    stay = {part for part in wanted if part in held}
    changes.closing += [part.id for part in life if part.values not in stay]
    for part in wanted:
        if part not in stay:
            changes.add(part, life[0].position)
    kind = kind_of_change(sheet, fields) if fields else Kind.CORRECTED
    changes.note(kind, number, label(sheet, row), fields)


def _continued(
    sheet: Sheet, row: Row, life: list[Known], fields: tuple[tuple[str, Any, Any], ...], cutoff: date
) -> list[Row]:
    """The life after the book: what holds for all of it is put right everywhere, a new description begins on `cutoff`."""
    everywhere = {
        name: after for name, _before, after in fields if name not in (*sheet.described, "starts", "ends")
    }
    described = {name: after for name, _before, after in fields if name in sheet.described}
    starts, ends = row[sheet.place["starts"]], row[sheet.place["ends"]]
    parts = [_with(sheet, part.values, everywhere) for part in life]
    parts = _fitted(sheet, parts, starts, ends)
    if described:
        last = parts.pop()
        begins = last[sheet.place["starts"]]
        if begins < cutoff < ends:
            parts.append(_with(sheet, last, {"ends": cutoff}))
            begins = cutoff
        parts.append(_with(sheet, last, {**described, "starts": begins}))
    return parts


def _fitted(sheet: Sheet, parts: list[Row], starts: date, ends: date) -> list[Row]:
    """Descriptions within the whole life `[starts, ends)`: the first begins it, the last ends it."""
    place_starts, place_ends = sheet.place["starts"], sheet.place["ends"]
    inside = [part for part in parts[:-1] if part[place_ends] > starts and part[place_starts] < ends]
    last = parts[-1]
    if last[place_starts] >= ends and inside:
        last = inside.pop()
    fitted = [*inside, _with(sheet, last, {"ends": ends})]
    fitted[0] = _with(sheet, fitted[0], {"starts": starts})
    return fitted
