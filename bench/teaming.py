"""Teams for many requests at once: how soon they are proven best, beside plain CP-SAT and a greedy in the same run.

`python -m bench.teaming` prints the lines. Gaps are those of the sum of squared loads above our bound, with every place filled.
"""

import statistics
import time

from bench.lines import Line, say, send, shown_time
from bench.teaming_questions import SIZES, question
from bench.teaming_rivals import ask, greedy, squares
from xiezuo.collaboration.teaming.checking import broken_plan
from xiezuo.collaboration.teaming.problem import Need, Person, Proposal, Weights
from xiezuo.collaboration.teaming.proposing import propose

NOTHING = Weights(part_time=0, travel=0, same_unit=0, change=0)
LIMITS = {"65 × 8": 0.05, "650 × 60": 0.2, "3,000 × 250": 2.0}
"""Seconds of one processor, on which all of it runs, in which an answer must be there."""
ROUNDS = {"65 × 8": 15, "650 × 60": 9, "3,000 × 250": 3}
LARGEST_GAP = {"3,000 × 250": 2e-4}
"""Of the largest one a gap may be left, and its time is over after the limit; the others are to be proven."""
OF_GREEDY = 0.1
OURS = 60.0
"""Seconds in which ours would be cut off; no more than a guard on a busy machine."""
GIVEN = 10.0
"""Seconds for CP-SAT."""


def measure() -> list[Line]:
    """A line for each size and each rival."""
    propose(*question("65 × 8"), weights=NOTHING)
    return [line for name in SIZES for line in _lines(name)]


def _lines(name: str) -> list[Line]:
    say(f"teams: {name}")
    people, needs = question(name)
    found, seconds, spent = _timed(name, people, needs)
    if broken_plan(people, needs, found.teams) or found.unfilled:
        return [Line(f"teams: {name}", "", "places unfilled or a rule broken", None, "", False, 1)]
    gap = found.goals.squares / found.bound.squares - 1
    begun = time.perf_counter()
    teams = greedy(people, needs)
    greedy_seconds = time.perf_counter() - begun
    theirs = squares(people, teams) / found.bound.squares - 1
    lost = sum(need.size for need in needs if need.id not in teams)
    words = f"greedy {theirs:.2%}, {lost} places unfilled, {shown_time(greedy_seconds)}"
    told = "proven" if found.proven else f"{gap:.4%} above the bound"
    met = spent <= LIMITS[name] and gap <= LARGEST_GAP.get(name, 0.0)
    wanted = f"≤ {LARGEST_GAP[name]:.2%}" if name in LARGEST_GAP else "proven"
    return [
        Line(
            f"teams: {name}", _rival(name, found), f"{told}, {shown_time(spent)}", None,
            f"{wanted} in {shown_time(LIMITS[name])}", met, ROUNDS[name],
            f"{shown_time(seconds)} until it was there; the rest is waiting for a processor, of which one is used",
        ),
        Line(
            f"teams: {name}, gap against a greedy", words, f"{gap:.4%}", gap / theirs if theirs > 0 else None,
            f"≤ {OF_GREEDY} ×", lost > 0 or gap <= OF_GREEDY * theirs, 1,
        ),
    ]  # fmt: skip


def _timed(name: str, people: list[Person], needs: list[Need]) -> tuple[Proposal, float, float]:
    """The answer, the median seconds until it was there, and those of the processor."""
    found, seconds, spent = None, [], []
    for _round in range(ROUNDS[name]):
        begun, used = time.perf_counter(), time.process_time()
        found = propose(people, needs, seconds=LIMITS[name] if name in LARGEST_GAP else OURS, weights=NOTHING)
        seconds.append(time.perf_counter() - begun)
        spent.append(time.process_time() - used)
    assert found is not None
    return found, statistics.median(seconds), statistics.median(spent)


def _rival(name: str, found: Proposal) -> str:
    reached = ask(name, GIVEN)
    if reached is None:
        return "CP-SAT: not installed, or no answer"
    seconds, unfilled, theirs = reached
    gap = theirs / found.bound.squares - 1
    lost = f", {unfilled} places unfilled" if unfilled else ""
    return f"CP-SAT {gap:.3%}{lost}, {shown_time(seconds)}"


if __name__ == "__main__":
    send(measure())
