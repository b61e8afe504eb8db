"""`python -m bench [--ten-million] [--counties N] [WHAT …]` measures and prints one table. Without WHAT: everything."""

import argparse
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CalledProcessError

from bench import figures, memory
from bench.homes import HOMES, bench, filled, stop, xiezuo
from bench.lines import Line, NotMeasured, print_table, receive, say

BOOK = HOMES / "large.xlsx"


def main() -> None:
    """Measure what the arguments name."""
    options = _options()
    lines: list[Line] = []
    failed = []
    for name in options.what or MEASURES:
        say(f"measuring: {name}")
        try:
            lines += MEASURES[name](options)
        except (CalledProcessError, NotMeasured) as error:
            failed.append(f"{name} could not be measured: {error}")
    print(
        f"{datetime.now(tz=UTC).date()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n"
    )
    print_table(lines)
    if failed:
        sys.exit("\n".join(failed))


def _options() -> argparse.Namespace:
    """What to measure, and how much of it."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=", ".join(MEASURES))
    parser.add_argument(
        "--ten-million", action="store_true", help="ten million assignments as well; 6 GB of disk"
    )
    parser.add_argument("--minute", action="store_true", help="zones after 60 s as well")
    parser.add_argument("--counties", type=int, default=3000, metavar="N", help="reports written at once")
    return parser.parse_args()


def province() -> Path:
    """The home of a million assignments."""
    return filled("province", "120 counties", lambda home: bench(home, "province", "120"))


def _figures(options: argparse.Namespace) -> list[Line]:
    homes = {"1M": province()}
    if options.ten_million:
        homes["10M"] = filled("nation", "1,200 counties", lambda home: bench(home, "province", "1200"))
    lines = figures.lines_of(homes)
    for home in homes.values():
        stop(home)
    return lines


def _load(_options: argparse.Namespace) -> list[Line]:
    home = _large_book()
    lines = receive(bench(home, "loading", str(BOOK)))
    lines.append(memory.load_line(home, BOOK))
    stop(home)
    return lines


def _large_book() -> Path:
    home = filled("book", "room for the large book", lambda _home: None)
    if not BOOK.exists():
        say("writing a book of 100,000 rows …")
        bench(home, "workbook", str(BOOK))
    return home


def _docx(_options: argparse.Namespace) -> list[Line]:
    home = HOMES / "book"
    return receive(bench(home, "documents")) + receive(bench(home, "forms"))


def _reports(options: argparse.Namespace) -> list[Line]:
    home = filled(
        "counties", f"{options.counties} counties", lambda home: _copy_counties(home, options.counties)
    )
    lines = receive(bench(home, "reports"))
    stop(home)
    return lines


def _copy_counties(home: Path, counties: int) -> None:
    xiezuo(home, "demo")
    bench(home, "counties", str(counties))


def _pages(_options: argparse.Namespace) -> list[Line]:
    home = province()
    xiezuo(home, "collectstatic", "--noinput", "--verbosity", "0")
    lines = receive(bench(home, "pages", "screens"))
    stop(home)
    return lines


def _deep(_options: argparse.Namespace) -> list[Line]:
    home = _large_book()
    bench(home, "loading")
    xiezuo(home, "load", str(BOOK))
    xiezuo(home, "collectstatic", "--noinput", "--verbosity", "0")
    lines = receive(bench(home, "pages", "deep"))
    stop(home)
    return lines


def _journal(_options: argparse.Namespace) -> list[Line]:
    home = filled("journal", "room for a journal", lambda _home: None)
    lines = receive(bench(home, "journal"))
    stop(home)
    return lines


def _rights(_options: argparse.Namespace) -> list[Line]:
    home = province()
    lines = receive(bench(home, "rights"))
    stop(home)
    return lines


def _approvals(_options: argparse.Namespace) -> list[Line]:
    home = filled("approvals", "room for approvals", lambda _home: None)
    lines = receive(bench(home, "approvals"))
    stop(home)
    return lines


def _requests(_options: argparse.Namespace) -> list[Line]:
    home = filled("requests", "room for requests", lambda _home: None)
    lines = receive(bench(home, "requests"))
    stop(home)
    return lines


def _zoning(options: argparse.Namespace) -> list[Line]:
    return receive(bench(HOMES / "zoning", "zoning", *(["1", "10", "60"] if options.minute else ["1", "10"])))


def _teaming(_options: argparse.Namespace) -> list[Line]:
    return receive(bench(HOMES / "teaming", "teaming"))


MEASURES: dict[str, Callable[[argparse.Namespace], list[Line]]] = {
    "figures": _figures,
    "load": _load,
    "docx": _docx,
    "reports": _reports,
    "pages": _pages,
    "deep": _deep,
    "journal": _journal,
    "rights": _rights,
    "approvals": _approvals,
    "requests": _requests,
    "zoning": _zoning,
    "teaming": _teaming,
}

if __name__ == "__main__":
    main()
