"""Public instances of zone drawing with what is known of their optima.

They are not part of the repository. XIEZUO_INSTANCES names their folder, else var/bench/instances: `pmedcap1.txt` and the
generalised assignment files of the OR-Library (Beasley, 1990) and of Yagiura (2006), and the six SJC files of Lorena
and Senne (2004).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.lines import NotMeasured
from xiezuo.zones.zoning.problem import Districting, Giving, Numbers

# Not by the homes, which need Django: a rival's Python has none.
KEPT = Path(__file__).resolve().parents[1] / "var" / "bench" / "instances"
FOLDER = Path(os.environ.get("XIEZUO_INSTANCES", KEPT))
SJC = {
    "SJC1": 17288.99, "SJC2": 33270.94, "SJC3a": 45335.16, "SJC3b": 40635.90, "SJC4a": 61925.51, "SJC4b": 52458.02,
}  # fmt: skip
"""Best known costs."""
ASSIGNMENTS = {"e10400": 45746.0, "d10400": 24961.0, "e40400": 44561.0, "d20200": 12244.0}
"""Best known costs: Yagiura's list."""


@dataclass(frozen=True)
class Known:
    """An instance and the best cost that anybody has found for it."""

    name: str
    asked: Districting
    best: float


def _text(name: str) -> str:
    try:
        return (FOLDER / name).read_text()
    except OSError as error:
        raise NotMeasured(f"{name}: put the public instances into {FOLDER} or name their folder") from error


def pmedcap() -> list[Known]:
    """The twenty problems of pmedcap1: whole distances, 50 or 100 places, 5 or 10 centres."""
    numbers = iter(_text("pmedcap1.txt").split())
    return [_pmedcap(numbers) for _problem in range(int(next(numbers)))]


def _pmedcap(numbers: Iterator[str]) -> Known:
    name, best, places, zones, room = (float(next(numbers)) for _head in range(5))
    table = np.array([[float(next(numbers)) for _cell in range(4)] for _place in range(int(places))])
    ways = np.floor(_ways(table[:, 1:3]))
    asked = Districting(ways, table[:, 3].copy(), np.full(len(ways), room), int(zones))
    return Known(f"pmedcap {name:g}", asked, best)


def _ways(points: Numbers) -> Numbers:
    apart: Numbers = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    return apart


def sjc() -> list[Known]:
    """The six SJC problems: 100 to 402 places, 10 to 40 centres."""
    return [_sjc(name, best) for name, best in SJC.items()]


def _sjc(name: str, best: float) -> Known:
    head, *rows = [
        [float(cell) for cell in line.split()] for line in _text(f"{name}.dat").splitlines() if line.strip()
    ]
    table = np.array([row[:4] for row in rows[: int(head[0])]])
    ways = _ways(table[:, :2])
    return Known(
        name, Districting(ways, table[:, 3].copy(), np.full(len(ways), table[0, 2]), int(head[1])), best
    )


def assignments() -> list[tuple[str, Giving, float]]:
    """Four large generalised assignment problems with their best known costs."""
    return [(name, _assignment(name), best) for name, best in ASSIGNMENTS.items()]


def _assignment(name: str) -> Giving:
    centres, places, *numbers = [float(each) for each in _text(name).split()]
    table = np.array(numbers[: int(2 * places * centres)]).reshape(2, int(centres), int(places))
    room = np.array(numbers[table.size : table.size + int(centres)])
    return Giving(table[0].T.copy(), table[1].T.copy(), room)
