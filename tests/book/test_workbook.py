"""Files that nobody vouches for: the right data or clear words, in bounded time and memory, and nothing written."""

import io
import random
import zipfile
import zlib
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.book.sample import put, sample, written
from xiezuo.accounts.api import OPERATOR
from xiezuo.book.api import NotABook, load_book
from xiezuo.book.errors import Problems
from xiezuo.book.workbook import LARGE_BYTES, open_book
from xiezuo.organisation.models import Assignment, Commission

pytestmark = pytest.mark.usefixtures("actor")
NOW = datetime(2023, 1, 5, 8, tzinfo=UTC)


def load(content):
    return load_book(content, by=OPERATOR, now=NOW)


def members(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts, *extra):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*parts.items(), *extra]:
            archive.writestr(name, content)
    return out.getvalue()


def with_part(name, content):
    parts = members(written(sample()))
    parts[name] = content if isinstance(content, bytes) else content(parts[name])
    return packed(parts)


def overlapping():
    content = bytearray(written(sample()))
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    return bytes(content)


DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
HOSTILE = {
    "an empty file": lambda: b"",
    "one byte": lambda: b"P",
    "text": lambda: b"hello, world" * 100,
    "a zip of something else": lambda: packed({"a.txt": b"x"}),
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "an encrypted workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
    "a cut workbook": lambda: written(sample())[:-200],
    "a macro": lambda: with_part("xl/vbaProject.bin", b"macro"),
    "a macro by its type": lambda: with_part("[Content_Types].xml", lambda part: part.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")),
    "a declaration in the workbook": lambda: with_part("xl/workbook.xml", lambda part: DTD + part),
    "a declaration in a sheet": lambda: with_part("xl/worksheets/sheet1.xml", lambda part: DTD + part),
    "a declaration in UTF-16": lambda: with_part("xl/styles.xml", lambda part: (DTD + part).decode().encode("utf-16")),
    "a bomb": lambda: with_part("xl/worksheets/sheet1.xml", lambda part: part + b" " * 60_000_000),
    "overlapping members": overlapping,
    "two thousand members": lambda: packed(members(written(sample())), *((f"x/{n}", b"") for n in range(2_100))),
    "a spreadsheet of another format": lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
    "broken XML": lambda: with_part("xl/workbook.xml", b"<workbook><sheets>"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_ledger_book_is_refused_in_words(case):
    with pytest.raises(NotABook) as refused:
        load(HOSTILE[case]())
    assert str(refused.value)
    assert not Commission.objects.exists()


def test_a_wrong_checksum_is_damage():
    content = bytearray(written(sample()))
    start = content.find(b"xl/workbook.xml") + len("xl/workbook.xml")
    content[start + 20] ^= 0xFF
    with pytest.raises(NotABook):
        load(bytes(content))
    assert zlib.crc32(bytes(content))


def edited(change):
    workbook = load_workbook(io.BytesIO(written(sample())))
    change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_a_million_formatted_empty_rows_cost_nothing():
    def fill(workbook):
        workbook["人员"]["A1048576"].fill = PatternFill("solid", fgColor="FF0000")

    assert load(edited(fill)).added["人员"] == 3


def test_a_value_a_million_rows_below_is_refused_in_words():
    def fill(workbook):
        workbook["人员"]["A1048576"] = "P9"

    with pytest.raises(NotABook):
        load(edited(fill))


def test_a_hidden_sheet_is_read_and_named():
    def hide(workbook):
        workbook["人员"].sheet_state = "hidden"

    result = load(edited(hide))
    assert result.added["人员"] == 3
    assert any("人员" in words for words in result.warnings)


def test_merged_cells_that_hide_a_row_s_value_are_refused():
    result = load(edited(lambda workbook: workbook["任职"].merge_cells("B2:B3")))
    assert ("任职", 3, "机构编码") in {(p.sheet, p.row, p.column) for p in result.errors}


def test_a_formula_that_was_never_calculated_is_refused_and_named():
    def put_formula(workbook):
        workbook["任职"]["J2"] = '="任"&"1"'

    result = load(edited(put_formula))
    assert ("任职", 2, "依据") in {(p.sheet, p.row, p.column) for p in result.errors}


def test_a_formula_s_last_value_is_taken_with_a_warning():
    sheets = sample()
    put(sheets, "任职", 2, "依据", "@@")
    parts = members(written(sheets))
    name = next(
        n
        for n, part in parts.items()
        if n.startswith("xl/worksheets/")
        and b'r="J2"' in part
        and b"<v>" in part
        and "任职" in _sheet(n, parts)
    )
    start = parts[name].find(b'<c r="J2"')
    end = parts[name].find(b"</c>", start)
    parts[name] = (
        parts[name][:start]
        + '<c r="J2" t="str"><f>CONCAT("任","9")</f><v>任9</v>'.encode()
        + parts[name][end:]
    )
    result = load(packed(parts))
    assert result.errors == []
    assert any("J2" in words for words in result.warnings)
    assert Assignment.objects.get(post="主任").basis == "任9"


def _sheet(name, parts):
    return list(sample())[int("".join(filter(str.isdigit, name))) - 1] if parts else ""


def test_an_error_value_is_refused_and_named():
    def fault(workbook):
        workbook["任职"]["J2"] = "#N/A"
        workbook["任职"]["J2"].data_type = "e"

    result = load(edited(fault))
    assert ("任职", 2, "依据") in {(p.sheet, p.row, p.column) for p in result.errors}


def test_links_to_other_files_are_named():
    result = load(with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>"))
    assert result.errors == []
    assert result.warnings


def test_days_counted_from_1904_are_read_right():
    def epoch(workbook):
        workbook.epoch = CALENDAR_MAC_1904

    load(edited(epoch))
    assert str(Assignment.objects.get(post="主任").starts) == "2020-01-01"


def test_a_workbook_of_nothing_known_says_what_was_expected():
    workbook = Workbook()
    workbook.active["A1"] = "x"
    out = io.BytesIO()
    workbook.save(out)
    result = load(out.getvalue())
    assert result.errors
    assert not Commission.objects.exists()


def large(parts):
    return packed(parts, ("docProps/thumbnail.bin", random.Random(1).randbytes(LARGE_BYTES)))


def test_a_large_book_that_two_processes_read_says_the_same():
    small = written(sample())
    alone = load_book(small, by=OPERATOR, now=NOW, dry_run=True)
    shared = load_book(large(members(small)), by=OPERATOR, now=NOW, dry_run=True)
    assert shared.added == alone.added
    assert (shared.errors, shared.warnings) == ([], alone.warnings)


def test_the_sheets_of_a_large_book_stay_in_their_order():
    content = large(members(written(sample())))
    expected = load_workbook(io.BytesIO(content)).sheetnames
    assert [sheet.name for sheet in open_book(content, Problems()).sheets] == expected


@pytest.mark.parametrize("sheet", ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"])
def test_a_damaged_sheet_of_a_large_book_is_refused_whichever_process_reads_it(sheet):
    parts = members(written(sample()))
    parts[sheet] = parts[sheet][: len(parts[sheet]) // 2].replace(b"<row", b"<row <")
    with pytest.raises(NotABook):
        load(large(parts))
