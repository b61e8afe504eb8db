"""Drawing zones: public instances with known optima, beside plain HiGHS, plain CP-SAT and spopt; and a county's own question.

`python -m bench.zoning [SECONDS …]` measures the gap to the best known cost after so many seconds, 1 and 10 if none are
named. Compiling is excluded: it happens once in an installation.
"""

import statistics
import sys
import time
from dataclasses import dataclass

import numpy as np

from bench.instances import SJC, Known, assignments, pmedcap, sjc
from bench.lines import Line, say, send, within
from bench.rivals import RIVALS, Reached, ask, at
from bench.zoning_county import prove_county
from xiezuo.zones.zoning.districting import draw
from xiezuo.zones.zoning.given import give
from xiezuo.zones.zoning.problem import Districting, Drawn, Giving

ROUNDS = 100_000
SJC_TARGETS = {1.0: 0.5, 10.0: 0.1}
"""Percent of mean gap at most, by seconds."""
BOUND_TARGET = 0.3


@dataclass(frozen=True)
class Reach:
    """Percents above the best known cost after some seconds: ours, our bound below it, and each rival's."""

    ours: float
    bound: float
    rivals: dict[str, float]


def measure(limits: list[float]) -> list[Line]:
    """The lines of zone drawing."""
    _compile()
    lines = [*_pmedcap(), _fixed(), *prove_county()]
    for seconds in limits:
        lines += [_sjc_line(seconds, [_sjc(each, seconds) for each in sjc()])]
    for name, asked, best in assignments():
        lines += [_assignment_line(name, asked, best, seconds) for seconds in limits]
    return lines


def _compile() -> None:
    """Call every compiled loop once."""
    ways = np.abs(np.arange(70.0)[:, None] - np.arange(70.0)[None])
    draw(Districting(ways, np.ones(70), np.full(70, 20.0), 5), rounds=1)
    draw(Districting(ways[:, ::7].copy(), np.ones(70), np.full(10, 8.0), 10))


def _pmedcap() -> list[Line]:
    """Twenty problems in two seconds each, and the proof of those with fifty places."""
    known = pmedcap()
    hits = sum(
        _percent(draw(each.asked, rounds=ROUNDS, seconds=2.0).cost, each.best) < 1e-6 for each in known
    )
    small = [each for each in known if len(each.asked.load) == 50]
    timed = [_timed(each) for each in small]
    proven = sum(found.gap == 0 for found, _seconds in timed)
    slowest = max(seconds for _found, seconds in timed)
    best = "best known"
    return [
        Line("zones: pmedcap, 20 problems, 2 s each", best, f"{hits} of 20", None, "20 of 20", hits == 20, 20),
        Line(
            "zones: pmedcap with 50 places, proven", "", f"{proven} of {len(small)}, the slowest {slowest:.1f} s", None,
            "≤ 20 s", proven == len(small) and slowest <= 20, len(small),
        ),
    ]  # fmt: skip


def _timed(known: Known) -> tuple[Drawn, float]:
    begun = time.perf_counter()
    found = draw(known.asked, rounds=ROUNDS, seconds=60.0)
    return found, time.perf_counter() - begun


def _percent(cost: float, best: float) -> float:
    return (cost / best - 1) * 100


def _fixed() -> Line:
    """The places of SJC4a and thirty stations: the best thirty that are known to us."""
    (asked,) = (each.asked for each in sjc() if each.name == "SJC4a")
    centres = np.unique(draw(asked, rounds=20, seconds=10.0).centre_of)
    fixed = Districting(asked.cost[:, centres].copy(), asked.load, asked.room[centres], len(centres))
    begun = time.perf_counter()
    found = draw(fixed, seconds=10.0)
    line = within("zones: 402 places, 30 fixed stations, exact", time.perf_counter() - begun, 0.5, 1)
    return line if found.gap == 0 else Line(line.path, "", "not proven", None, line.target, False, 1)


def _sjc(known: Known, seconds: float) -> Reach:
    say(f"zones: {known.name}, {seconds:g} s")
    found = draw(known.asked, rounds=ROUNDS, seconds=seconds)
    rivals = {name: ask(name, known.name, seconds) for name in RIVALS}
    return Reach(
        _percent(found.cost, known.best),
        -_percent(found.bound, known.best),
        _reached(rivals, seconds, known.best),
    )


def _reached(rivals: dict[str, Reached | None], seconds: float, best: float) -> dict[str, float]:
    """A second of grace for those whose own clock begins after the model is built."""
    return {
        name: _percent(at(reached, seconds + 1), best)
        for name, reached in rivals.items()
        if reached is not None
    }


def _sjc_line(seconds: float, reaches: list[Reach]) -> Line:
    ours = statistics.mean(each.ours for each in reaches)
    bound, target = max(each.bound for each in reaches), SJC_TARGETS.get(seconds)
    rivals = {name: statistics.mean(each.rivals[name] for each in reaches) for name in reaches[0].rivals}
    met = None if target is None else ours <= target and (seconds < 10 or bound <= BOUND_TARGET)
    return Line(
        f"zones: SJC, {len(SJC)} problems, mean gap after {seconds:g} s", _words(rivals), f"{ours:.3f} %", None,
        "" if target is None else f"≤ {target:g} %", met, len(reaches),
        f"bound at most {bound:.2f} % below; each: " + ", ".join(f"{each.ours:.2f}" for each in reaches),
    )  # fmt: skip


def _words(rivals: dict[str, float]) -> str:
    return ", ".join(f"{name} {gap:.2f} %" if gap < 1e6 else f"{name} none" for name, gap in rivals.items())


def _assignment_line(name: str, asked: Giving, best: float, seconds: float) -> Line:
    say(f"zones: {name}, {seconds:g} s")
    found = give(asked, seconds=seconds)
    gap, plain = _percent(found.cost, best), ask("HiGHS", name, seconds)
    reached = _reached({"HiGHS": plain}, seconds, best)
    return Line(
        f"zones: assignment {name} after {seconds:g} s", _words(reached), f"{gap:.2f} %", None, "≤ plain HiGHS",
        gap <= reached["HiGHS"] + 1e-9, 1,
    )  # fmt: skip


if __name__ == "__main__":
    send(measure([float(each) for each in sys.argv[1:]] or [1.0, 10.0]))
