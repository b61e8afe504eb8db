"""Writes the county's workbook of what zones are drawn on: empty with its units, or as it counts now. What is written can be
read again and says the same."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from xiezuo.ui.exporters import safe_cell
from xiezuo.zones.proposals.ground_reading import LOADS, LOADS_KNOWN, NEIGHBOURS, PAIR, UNIT, WAYS, Named
from xiezuo.zones.states import GroundKind

Content = Mapping[GroundKind, Mapping[str, Any]]


def ground_book(units: Sequence[Named], content: Content) -> bytes:
    """The workbook with this content; a kind without content has its head, and the units that it asks about."""
    book = Workbook(write_only=True)
    _sheet(book, WAYS, _ways(units, content.get(GroundKind.WAYS, {}).get("minutes", {})))
    _sheet(book, LOADS, _loads(units, content.get(GroundKind.LOADS, {}).get("loads", {})))
    _sheet(book, NEIGHBOURS, [PAIR, *content.get(GroundKind.NEIGHBOURS, {}).get("pairs", [])])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def edition_book(kind: GroundKind, content: Mapping[str, Any]) -> bytes:
    """One edition as a workbook of its one sheet, by codes."""
    book = Workbook(write_only=True)
    rows: Iterable[Sequence[Any]]
    if kind is GroundKind.WAYS:
        rows = _ways([], content["minutes"])
    elif kind is GroundKind.LOADS:
        rows = _loads([], content["loads"])
    else:
        rows = [PAIR, *content["pairs"]]
    _sheet(book, kind.value, rows)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _sheet(book: Workbook, name: str, rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for row in rows:
        sheet.append([safe_cell(sheet, each) for each in row])


def _ways(units: Sequence[Named], minutes: Mapping[str, Mapping[str, float]]) -> list[list[Any]]:
    """Rows and columns in official order; of the empty matrix, townships across stations."""
    rows = _ordered(units, minutes) if minutes else [each.code for each in units if not each.axis]
    across = {other for ways in minutes.values() for other in ways}
    columns = _ordered(units, across) if minutes else [each.code for each in units if each.axis]
    return [
        [UNIT, *columns],
        *([one, *(minutes.get(one, {}).get(other) for other in columns)] for one in rows),
    ]


def _loads(units: Sequence[Named], loads: Mapping[str, Mapping[str, float]]) -> list[list[Any]]:
    named = {name for each in loads.values() for name in each}
    known = [name for name in LOADS_KNOWN if name in named or not named]
    names = [*known, *sorted(named - set(LOADS_KNOWN))]
    rows = _ordered(units, loads) if loads else [each.code for each in units]
    return [[UNIT, *names], *([code, *(loads.get(code, {}).get(name) for name in names)] for code in rows)]


def _ordered(units: Sequence[Named], codes: Iterable[str]) -> list[str]:
    """Codes in the order of the units; those of none that stands behind them."""
    wanted = set(codes)
    first = [each.code for each in units if each.code in wanted]
    return [*first, *sorted(wanted - set(first))]
