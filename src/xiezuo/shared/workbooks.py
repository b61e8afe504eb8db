"""Opens a workbook that nobody vouches for: a process with bounds of its own reads it, and only plain values come back."""

import io
import pickle
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from xiezuo.shared import unpacking
from xiezuo.shared.unpacking import Unfit

__all__ = [
    "LARGE_BYTES",
    "MOST_BYTES",
    "Progress",
    "RawBook",
    "RawSheet",
    "Unfit",
    "open_workbook",
    "unfit_words",
]

Progress = Callable[[str, int, int], None]

MOST_BYTES = 50_000_000
"""The largest file taken; a hundred thousand rows are about five million bytes."""
LARGE_BYTES = 1_000_000
"""A larger file is read by two processes, each with every other sheet; a small one is read before a second would start."""


@dataclass
class RawSheet:
    """One sheet as the workbook holds it: `columns` of equal length, the first row of the sheet first.

    `place` is where the sheet stands among the others.
    """

    place: int
    name: str
    visible: bool = True
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    first_column: int = 0
    columns: list[list[Any]] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Number of rows, blank ones included."""
        return len(self.columns[0]) if self.columns else 0


@dataclass
class RawBook:
    """A workbook's sheets in their order, and what its container tells."""

    sheets: list[RawSheet]
    formulas: dict[str, list[tuple[str, bool]]]
    faults: dict[str, list[tuple[str, str]]]
    external: bool


def open_workbook(source: Path | bytes, progress: Progress | None = None) -> RawBook:
    """Read a workbook. Raises `Unfit`, whose word says why, if it is none or may not be read."""
    with _on_disk(source) as path:
        return _gather(_frames(path), progress)


@contextmanager
def _on_disk(source: Path | bytes) -> Iterator[Path]:
    if isinstance(source, Path):
        _check_size(source.stat().st_size)
        yield source
        return
    _check_size(len(source))
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(source)
        file.flush()
        yield Path(file.name)


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise Unfit("too-large")


def _frames(path: Path) -> Iterator[Any]:
    shares = 2 if path.stat().st_size > LARGE_BYTES else 1
    with ExitStack() as readers:
        streams = [readers.enter_context(_reader(path, share, shares)) for share in range(shares)]
        # The container is looked at here while other processes read: all are bounded, and there are two cores.
        yield ("container", unpacking.look_at_container(path))
        for stream in streams:
            yield from _read_frames(stream)


@contextmanager
def _reader(path: Path, share: int, shares: int) -> Iterator[IO[bytes]]:
    # A file name that begins with a dash must not become an option, so the path is made absolute.
    script = str(Path(unpacking.__file__).resolve())
    command = [sys.executable, "-I", script, str(path.resolve()), str(share), str(shares)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:  # noqa: S603
        try:
            yield child.stdout  # type: ignore[misc]
        finally:
            child.kill()


def _read_frames(stream: IO[bytes]) -> Iterator[Any]:
    while len(head := stream.read(8)) == 8:
        (size,) = struct.unpack("<Q", head)
        frame = _PlainValues(io.BytesIO(stream.read(size))).load()
        if frame[0] == "done":
            return
        yield frame
    # The process ended without a last word: it ran into its bounds of memory or time.
    raise Unfit("too-large")


class _PlainValues(pickle.Unpickler):
    """Reads days and times beside the built-in values, and nothing that could act."""

    _allowed = {kind.__name__: kind for kind in (date, datetime, time, timedelta)}

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in self._allowed:
            return self._allowed[name]
        raise pickle.UnpicklingError(name)


def _gather(frames: Iterator[Any], progress: Progress | None) -> RawBook:
    book = RawBook([], {}, {}, external=False)
    for frame in frames:
        match frame:
            case ("container", about):
                book = RawBook([], about["formulas"], about["faults"], about["external"])
            case ("sheet", place, name, visible, merged, first_column):
                book.sheets.append(RawSheet(place, name, visible, merged, first_column))
            case ("rows", columns):
                _extend(book.sheets[-1], columns)
                if progress:
                    progress(book.sheets[-1].name, book.sheets[-1].height, 0)
            case ("unfit", word, *_more):
                raise Unfit(word)
    book.sheets.sort(key=lambda sheet: sheet.place)
    return book


def _extend(sheet: RawSheet, columns: list[tuple[Any, ...]]) -> None:
    if not sheet.columns:
        sheet.columns = [[] for _column in columns]
    for column, more in zip(sheet.columns, columns, strict=True):
        column.extend(more)


def unfit_words(word: str) -> str:
    """Why a file may not be read as a workbook, for the user."""
    return {
        "empty": _("The file is empty; expected an Excel workbook (.xlsx)."),
        "not-a-workbook": _("The file is not an Excel workbook; expected the ledger book as .xlsx."),
        "old-format": _("The file is a workbook of the old format (.xls); save it as .xlsx and load that."),
        "other-format": _("The file is a spreadsheet of another format; save it as .xlsx and load that."),
        "encrypted": _("The workbook is encrypted; save it without a password and load that."),
        "macro": _("The workbook carries a macro; save it as .xlsx without macros and load that."),
        "declarations": _(
            "The workbook carries XML declarations that could hide other content; it was not opened."
        ),
        "bomb": _("The workbook inflates to far more than its size; it was not opened."),
        "too-large": _(
            "The workbook is too large to read within the bounds of memory and time; split it or save it anew."
        ),
        "far-cell": _(
            "A sheet holds a value far below its last row of data; delete the rows in between and save again."
        ),
        "damaged": _(
            "The workbook is damaged or was not written by a spreadsheet program; save it anew and load that."
        ),
    }[word]
