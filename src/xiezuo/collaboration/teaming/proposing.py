"""Teams proposed: for several needs at once, up to three different ones for one need, or what would have to give.

People decide; this proposes. The same people, needs, seconds and seed give the same answer, in whatever order they come.
Needs loaded HiGHS only where a question is asked.
"""

from collections.abc import Sequence

from xiezuo.collaboration.teaming.problem import Give, Need, Person, Proposal, Team, Weights

USUAL = Weights()


def propose(
    people: Sequence[Person],
    needs: Sequence[Need],
    *,
    seconds: float = 10.0,
    seed: int = 0,
    weights: Weights = USUAL,
) -> Proposal:
    """The best teams found within so many seconds: every place filled, then the least greatest load, then the least sum of
    squared loads, then what further matters by its weights. `seed` decides between people who are equally good."""
    raise NotImplementedError


def alternatives(
    people: Sequence[Person],
    need: Need,
    *,
    count: int = 3,
    seconds: float = 2.0,
    weights: Weights = USUAL,
    seed: int = 0,
) -> list[Team]:
    """Up to `count` teams for one need, best first, each with at least half of its free places filled by others than in each
    better one where that is possible, and by one other at least; none where nobody fits."""
    raise NotImplementedError


def what_would_give(people: Sequence[Person], need: Need, *, seconds: float = 2.0) -> list[tuple[Give, ...]]:
    """The smallest sets of concessions that would make a need fillable, smallest first; none if it is fillable, or if nothing
    that may be given would do. A bar is named only if its reason may be lifted: never a recusal, never a barred unit."""
    raise NotImplementedError
