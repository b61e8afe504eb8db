"""How much memory a command takes, its children included."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from bench.homes import environment
from bench.lines import Line, NotMeasured

INTERVAL = 0.03
LIMIT = 300


@dataclass(frozen=True)
class Used:
    """Peaks in MB of the largest process and of all together (pages that processes share are counted once)."""

    largest: float
    together: float
    seconds: float


def load_line(home: Path, book: Path) -> Line:
    """Load `book` by the product's own command, for good, and say what it took."""
    used = watched(home, "load", str(book))
    ours = f"{used.largest:.0f} MB"
    note = f"all processes of the command together {used.together:.0f} MB; the whole command {used.seconds:.1f} s"
    return Line("peak memory of that load", "", ours, None, f"≤ {LIMIT} MB", used.largest <= LIMIT, 1, note)


def watched(home: Path, *arguments: str) -> Used:
    """Run the product's own command and look at its memory all the while."""
    command = [sys.executable, "-m", "xiezuo.config.command", *arguments]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL)
    largest = together = 0.0
    while process.poll() is None:
        now = _now(process.pid)
        together, largest = max(together, now[0]), max(largest, now[1])
        time.sleep(INTERVAL)
    if process.returncode:
        raise NotMeasured(f"{' '.join(arguments)} ended with {process.returncode}")
    return Used(largest, together, time.perf_counter() - started)


def _now(pid: int) -> tuple[float, float]:
    """Shared-out memory of the process and its children, and resident memory of the largest, in MB."""
    proportional, resident = 0.0, 0.0
    try:
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            found = process.memory_full_info()
            proportional, resident = proportional + found.pss / 1e6, max(resident, found.rss / 1e6)
    except psutil.NoSuchProcess:
        pass
    return proportional, resident
