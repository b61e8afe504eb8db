"""Puts the facts into the sixteen sheets of a ledger book; the same facts give the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import chain
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xiezuo.book.demonstration import (
    culture,
    groups,
    meetings,
    offices,
    organs,
    regulations,
    rooms,
    townships,
    units,
    zones,
)
from xiezuo.book.demonstration.sheets import COLUMNS, DAYS, DEGREES, MONTHS, WHOLE_NUMBERS
from xiezuo.book.demonstration.tables import Row, completed

Value = str | int | float | date

# Fixed, so that no clock gets into the bytes; without a zone, because a workbook's times have none.
WRITTEN = datetime(2024, 1, 2, 9, 0)  # noqa: DTZ001
HEADING = Font(bold=True)
HEADING_FILL = PatternFill("solid", fgColor="DDE6F0")


def write_book(path: Path) -> None:
    """Write the demonstration county's ledger book to `path`; an existing file is replaced."""
    path.write_bytes(book_bytes())


def book_bytes() -> bytes:
    """The demonstration county's ledger book as the bytes of an xlsx file, the same at every call."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "安澜县（虚构演示单位）"
    workbook.properties.created = WRITTEN
    facts = sheets()
    for name, columns in COLUMNS.items():
        _fill(workbook.create_sheet(name), columns, facts[name])
    return _without_clock(workbook)


def sheets() -> dict[str, list[Row]]:
    """The rows of each sheet, as text, in the order of the book."""
    return {
        "单位信息": units.COMMISSION,
        "机构": units.UNITS,
        "领导分工": zones.DIVISION,
        "配备标准": units.ESTABLISHMENT,
        "人员": _people(),
        "任职": [*organs.POSTS, *groups.POSTS, *townships.POSTS],
        "协作区": zones.ZONES,
        "协作区成员": zones.ALL_MEMBERS,
        "协作区领导": zones.LEADERS,
        "制度": regulations.REGULATIONS,
        "场所": [*rooms.ROOMS, *offices.OFFICES, *offices.AREAS, *culture.SITES],
        "设备": rooms.EQUIPMENT,
        "改造": [*rooms.WORKS, *culture.WORKS],
        "上级部署": meetings.DEMANDS,
        "会议调研": [*meetings.VISITS, *meetings.MEETINGS],
        "工作谋划": completed(meetings.PLAN, meetings.PROGRESS, by="名称"),
    }


def _people() -> list[Row]:
    """Everyone, in official order: leadership, offices, groups, townships, stations.

    Telephone numbers begin with 000, which no telephone has.
    """
    everyone = chain(organs.PEOPLE, groups.PEOPLE, townships.PEOPLE)
    return [
        {**row, "排序号": str(place), "联系电话": f"000-1{row['人员编号'].removeprefix('P')}"}
        for place, row in enumerate(everyone, start=1)
    ]


def _fill(sheet: Worksheet, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    sheet.append(list(columns))
    for row in rows:
        _refuse_strange_columns(sheet.title, columns, row)
        sheet.append([_value(column, row.get(column, "")) for column in columns])
    _style(sheet, columns)


def _refuse_strange_columns(title: str, columns: tuple[str, ...], row: Mapping[str, str]) -> None:
    strange = set(row) - set(columns)
    if strange:
        raise ValueError(f"{title} has no column {sorted(strange)}: {row}")


def _value(column: str, text: str) -> Value | None:
    """What stands in the cell: a day, a number or text; nothing for a blank."""
    if not text:
        return None
    if column in DAYS:
        return date.fromisoformat(text)
    if column in MONTHS:
        return date.fromisoformat(f"{text}-01")
    if column in WHOLE_NUMBERS:
        return int(text)
    return float(text) if column in DEGREES else text


def _style(sheet: Worksheet, columns: tuple[str, ...]) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        heading = sheet.cell(row=1, column=place)
        heading.font, heading.fill = HEADING, HEADING_FILL
        heading.alignment = Alignment(vertical="center")
        _style_column(sheet, place, column)


def _style_column(sheet: Worksheet, place: int, column: str) -> None:
    formats = {**dict.fromkeys(DAYS, "yyyy-mm-dd"), **dict.fromkeys(MONTHS, "yyyy-mm")}
    written = [sheet.cell(row=row, column=place) for row in range(1, sheet.max_row + 1)]
    for cell in written[1:]:
        cell.number_format = formats.get(column, "General")
    # A Chinese character is as wide as two digits.
    longest = max(len(str(cell.value or "")) for cell in written)
    sheet.column_dimensions[get_column_letter(place)].width = min(12 + longest, 48)


def _without_clock(workbook: Workbook) -> bytes:
    """Save the workbook, then write the archive again with one fixed time and in one fixed order.

    Entries are stored, not deflated: another build of zlib would give other bytes.
    """
    saved, fixed = io.BytesIO(), io.BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, date_time=WRITTEN.timetuple()[:6])
            target.writestr(entry, _with_fixed_time(name, source.read(name)))
    return fixed.getvalue()


def _with_fixed_time(name: str, content: bytes) -> bytes:
    """Put WRITTEN in the place of the moment of saving, which openpyxl stamps into docProps/core.xml."""
    if name != "docProps/core.xml":
        return content
    stamp = rb"\g<1>" + f"{WRITTEN:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>"
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)", stamp, content)
