"""Opens one workbook in a process of its own, so that a hostile file can only harm that process.

Run as `python -m xiezuo.shared.unpacking FILE SHARE SHARES`, which reads every SHARES-th sheet from SHARE on, so that
several processes can read a large book at once. It bounds its own memory and time and writes frames to standard output:
each is a length and a pickle of plain values (text, numbers, days). Meanwhile its parent looks at the container
(`look_at_container`). It imports neither Django nor the rest of the house, so that it starts in a moment.
"""

import gc
import pickle
import re
import resource
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

MEMORY_BYTES = 1_200_000_000
CPU_SECONDS = 60
BLOCK_ROWS = 4096

MOST_MEMBERS = 2_000
MOST_INFLATED = 400_000_000
MOST_RATIO = 200
"""A member may inflate to this many times its packed size once it is past `FREE_INFLATED` bytes."""
FREE_INFLATED = 20_000_000
MOST_CELLS = 16_000_000
FAR_ROW = 200_000
"""A sheet whose last value stands past this row must hold values in at least a tenth of its rows."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_CELL_IN_ROW = re.compile(rb'\br="[A-Z]{1,3}([0-9]{1,7})"')
_ERROR = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>.{0,400}?<v>([^<]*)', re.DOTALL
)
_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(<v>[^<])?'
)


class Unfit(Exception):
    """The file is not a workbook that may be read; `word` names the reason."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def main(path: str, share: slice, out: BinaryIO) -> None:
    """Read a share of the sheets of the workbook at `path`, writing frames to `out`; the last one says how it went."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # Rows of plain values hold no cycles, and looking for some takes as long as a tenth of the reading.
    gc.disable()
    try:
        for frame in _sheets(path, share):
            _send(out, frame)
        _send(out, ("done",))
    except Unfit as unfit:
        _send(out, ("unfit", unfit.word))
    except MemoryError:
        _send(out, ("unfit", "too-large"))
    except Exception as error:  # noqa: BLE001 - whatever a parser raises over a damaged file means one thing to the user
        _send(out, ("unfit", "damaged", type(error).__name__))


def _send(out: BinaryIO, frame: Any) -> None:
    packed = pickle.dumps(frame, protocol=5)
    out.write(struct.pack("<Q", len(packed)) + packed)
    out.flush()


def look_at_container(path: str | Path) -> dict[str, Any]:
    """Check the container in bounded memory and time: what may not be opened raises `Unfit`; gives what else it tells
    (formulas, error values, references to other files). Nothing is parsed before this has looked for declarations."""
    with Path(path).open("rb") as file:
        _check_magic(file)
        with _archive(file) as archive:
            return _check_members(archive)


def _check_magic(file: BinaryIO) -> None:
    start = file.read(8)
    if start == _OLE:
        rest = file.read(4_000_000)
        encrypted = "EncryptedPackage".encode("utf-16-le") in rest
        raise Unfit("encrypted" if encrypted else "old-format")
    if not start.startswith(b"PK\x03\x04"):
        raise Unfit("empty" if not start else "not-a-workbook")
    file.seek(0)


def _archive(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unfit("damaged") from error


def _check_members(archive: zipfile.ZipFile) -> dict[str, Any]:
    members = archive.infolist()
    names = [member.filename for member in members]
    _check_names(members, names)
    found: dict[str, Any] = {"formulas": {}, "faults": {}}
    left = MOST_INFLATED
    for member in members:
        left -= _check_member(archive, member, left, found)
    named = _sheet_names(archive) if found["formulas"] or found["faults"] else {}
    for kind in ("formulas", "faults"):
        found[kind] = {named.get(member, member): cells for member, cells in found[kind].items()}
    return {**found, "external": any(name.startswith("xl/externalLinks/") for name in names)}


def _check_names(members: list[zipfile.ZipInfo], names: list[str]) -> None:
    if len(names) > MOST_MEMBERS:
        raise Unfit("too-large")
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise Unfit("other-format")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Unfit("not-a-workbook")
    if any(name.lower().rsplit("/", 1)[-1].startswith("vbaproject") for name in names):
        raise Unfit("macro")
    if len({name.lower() for name in names}) < len(names) or any(member.flag_bits & 1 for member in members):
        raise Unfit("damaged")
    _check_overlaps(members)


def _check_overlaps(members: list[zipfile.ZipInfo]) -> None:
    # A bomb of overlapping members inflates the same bytes again and again.
    reached = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < reached:
            raise Unfit("bomb")
        reached = member.header_offset + 30 + len(member.filename.encode()) + member.compress_size


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, found: dict[str, Any]) -> int:
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    sheet = _SheetPart() if is_xml and member.filename.startswith("xl/worksheets/") else None
    size, tail = 0, b""
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                _check_size(member, size, left)
                tail = _look(tail + chunk, member, sheet) if is_xml else b""
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unfit("damaged") from error
    if sheet is not None:
        sheet.report(member.filename, found)
    return size


class _SheetPart:
    """What the raw text of one sheet tells that its values do not: formulas, error values, a value far below the rest."""

    def __init__(self) -> None:
        self.formulas: dict[str, bool] = {}
        self.faults: dict[str, str] = {}
        self.values = 0
        self.last_row = 0

    def look(self, part: bytes) -> bytes:
        self.values += part.count(b"<v>") + part.count(b"<is>")
        self._reach(part, max(part.rfind(b"<v>"), part.rfind(b"<is>")))
        if b"<f>" in part or b"<f " in part or b"<f/" in part:
            self.formulas.update((match[1].decode(), bool(match[2])) for match in _FORMULA.finditer(part))
        if b't="e"' in part:
            self.faults.update(
                (match[1].decode(), match[2].decode("utf-8", "replace")) for match in _ERROR.finditer(part)
            )
        return part[-2000:]

    def _reach(self, part: bytes, position: int) -> None:
        cells = _CELL_IN_ROW.findall(part[max(0, position - 500) : position]) if position > 0 else []
        self.last_row = int(cells[-1]) if cells else self.last_row

    def report(self, member: str, found: dict[str, Any]) -> None:
        if self.last_row > FAR_ROW and self.values * 10 < self.last_row:
            raise Unfit("far-cell")
        if self.formulas:
            found["formulas"][member] = list(self.formulas.items())
        if self.faults:
            found["faults"][member] = list(self.faults.items())


def _check_size(member: zipfile.ZipInfo, size: int, left: int) -> None:
    if size > left or (size > FREE_INFLATED and size > MOST_RATIO * max(member.compress_size, 1)):
        raise Unfit("bomb")


def _look(part: bytes, member: zipfile.ZipInfo, sheet: _SheetPart | None) -> bytes:
    """Look for what may not be in a part; returns the end of it, which may be the beginning of something."""
    # Declarations may also hide in another encoding, so their letters are looked for without what stands between.
    squeezed = part.replace(b"\x00", b"") if b"\x00" in part else part
    if b"<!DOCTYPE" in squeezed or b"<!ENTITY" in squeezed:
        raise Unfit("declarations")
    if member.filename == "[Content_Types].xml" and b"macroEnabled" in squeezed:
        raise Unfit("macro")
    return part[-100:] if sheet is None else sheet.look(part)


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name that the user sees of each member that holds a sheet."""
    workbook = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - declarations were refused above
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): (link.get("Target") or "").lstrip("/") for link in links}
    named = {}
    for sheet in workbook.iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            target = targets.get(link, "")
            named[target if target.startswith("xl/") else f"xl/{target}"] = sheet.get("name") or ""
    return named


def _sheets(path: str, share: slice) -> Iterator[Any]:
    # The checks of the container run without the reader, in the parent.
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    with CalamineWorkbook.from_path(path) as workbook:
        for place, about in list(enumerate(workbook.sheets_metadata))[share]:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise Unfit("too-large")
            merged = [(start, end) for start, end in sheet.merged_cell_ranges or []]
            yield (
                "sheet",
                place,
                about.name,
                about.visible is SheetVisibleEnum.Visible,
                merged,
                (sheet.start or (0, 0))[1],
            )
            yield from _blocks(sheet)


def _blocks(sheet: Any) -> Iterator[Any]:
    # Equal texts become one object here, so that the frame names each of them once.
    known: dict[str, str] = {}
    once = known.setdefault
    rows: list[list[Any]] = []
    for row in sheet.iter_rows():
        rows.append([once(cell, cell) if cell.__class__ is str else cell for cell in row])
        if len(rows) == BLOCK_ROWS:
            yield ("rows", list(zip(*rows, strict=True)))
            rows = []
    if rows:
        yield ("rows", list(zip(*rows, strict=True)))


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(sys.argv[1], slice(int(sys.argv[2]), None, int(sys.argv[3])), sys.stdout.buffer)
