"""What a measurement says, and the one table in which all of them stand."""

import gc
import json
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

HEADS = ("path", "anchor", "ours", "ratio", "target", "met", "n")


class NotMeasured(Exception):
    """A measurement could not be made; says why."""


@dataclass(frozen=True)
class Line:
    """One line of the table. `met` is None where there is no target; `note` stands under the table."""

    path: str
    anchor: str
    ours: str
    ratio: float | None
    target: str
    met: bool | None
    n: int
    note: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as text."""
        ratio = "" if self.ratio is None else f"{self.ratio:.3g} ×"
        met = "—" if self.met is None else "yes" if self.met else "NO"
        return self.path, self.anchor, self.ours, ratio, self.target, met, str(self.n)


def at_most(
    path: str, anchor: float, ours: float, *, limit: float, n: int, words: str, note: str = ""
) -> Line:
    """Ours may take `limit` times the seconds of its anchor."""
    shown, ratio = f"{shown_time(anchor)} {words}", ours / anchor
    return Line(path, shown, shown_time(ours), ratio, f"≤ {limit:g} ×", ratio <= limit, n, note)


def within(path: str, ours: float, limit: float, n: int, note: str = "") -> Line:
    """Ours may take `limit` seconds."""
    return Line(path, "", shown_time(ours), None, f"≤ {limit:g} s", ours <= limit, n, note)


def shown_time(seconds: float) -> str:
    """Seconds with a unit that keeps three digits."""
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"


def side_by_side(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median seconds of each work. They take turns, so that a noisy minute falls on all of them."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, times in zip(works, taken, strict=True):
            # Nobody sweeps up what the one before left behind.
            gc.collect()
            started = time.perf_counter()
            work()
            times.append(time.perf_counter() - started)
    return [statistics.median(times) for times in taken]


def send(lines: Iterable[Line]) -> None:
    """Hand the lines of this process to the one that prints the table."""
    for line in lines:
        print(json.dumps(asdict(line), ensure_ascii=False), flush=True)


def receive(text: str) -> list[Line]:
    """The lines that a process sent."""
    return [Line(**json.loads(line)) for line in text.splitlines() if line.startswith("{")]


def say(words: str) -> None:
    """Progress, beside the table and not in it."""
    print(words, file=sys.stderr, flush=True)


def print_table(lines: Sequence[Line]) -> None:
    """The table, then the notes."""
    rows = [HEADS, *(line.cells for line in lines)]
    widths = [max(_width(row[place]) for row in rows) for place in range(len(HEADS))]
    rows.insert(1, tuple("-" * width for width in widths))
    for row in rows:
        print("| " + " | ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) + " |")
    for line in lines:
        if line.note:
            print(f"\n{line.path}: {line.note}")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
