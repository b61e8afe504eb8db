"""Of named rules the fewest that exclude each other.

QuickXplain (Junker, Preferred explanations and relaxations for over-constrained problems, 2004): rules that come first
are kept out of the blame as long as later ones can bear it. Rules are tried whole, as they are named, and not row by row.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

R = TypeVar("R")


def blamed(excluded: Callable[[Sequence[R]], bool], rules: Sequence[R]) -> tuple[R, ...]:
    """The fewest of these rules that cannot be kept together, if all of them cannot; `excluded` says of some whether."""
    return _blame(excluded, [], rules, fresh=False)


def _blame(
    excluded: Callable[[Sequence[R]], bool], kept: Sequence[R], suspects: Sequence[R], *, fresh: bool
) -> tuple[R, ...]:
    """The fewest of the suspects that cannot be kept beside `kept`; `fresh` if `kept` has grown since it was asked."""
    if fresh and excluded(kept):
        return ()
    if len(suspects) <= 1:
        return tuple(suspects)
    half = len(suspects) // 2
    first, later = suspects[:half], suspects[half:]
    from_later = _blame(excluded, [*kept, *first], later, fresh=True)
    from_first = _blame(excluded, [*kept, *from_later], first, fresh=bool(from_later))
    return (*from_first, *from_later)
