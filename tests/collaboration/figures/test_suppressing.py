"""Small counts are not shown, and nobody can reckon them back from what is."""

from collections.abc import Iterator
from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from xiezuo.collaboration.figures.suppressing import (
    LEAST,
    Mark,
    Shown,
    Suppressed,
    share,
    suppressed,
    suppressed_line,
)

COUNTS = st.one_of(st.integers(0, 8), st.integers(0, 60))
LINES = st.lists(COUNTS, min_size=1, max_size=6)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=4)
)
SMALL = st.integers(1, 2).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 7), min_size=width, max_size=width), min_size=1, max_size=3
    )
)


def every(found: Suppressed) -> list[Shown]:
    return [*(each for row in found.cells for each in row), *found.rows, *found.columns, found.whole]


def real(table: list[list[int]]) -> list[int]:
    columns = [sum(row[at] for row in table) for at in range(len(table[0]))]
    rows = [sum(row) for row in table]
    return [*(each for row in table for each in row), *rows, *columns, sum(rows)]


@given(TABLES)
def test_no_count_of_one_to_four_is_shown_and_what_is_shown_is_true(table: list[list[int]]) -> None:
    for shown, value in zip(every(suppressed(table)), real(table), strict=True):
        assert shown == value if not isinstance(shown, Mark) else shown == Mark.MORE or 0 < value < LEAST
        assert isinstance(shown, Mark) or value == 0 or value >= LEAST


@given(TABLES)
def test_the_whole_is_withheld_only_if_it_is_small_itself(table: list[list[int]]) -> None:
    whole = sum(map(sum, table))
    assert suppressed(table).whole == (Mark.SMALL if 0 < whole < LEAST else whole)


@given(TABLES)
def test_the_same_table_is_always_shown_the_same(table: list[list[int]]) -> None:
    assert suppressed(table) == suppressed([list(row) for row in table])


@given(TABLES)
def test_without_small_counts_everything_is_shown(table: list[list[int]]) -> None:
    large = [[each and each + LEAST for each in row] for row in table]
    assert every(suppressed(large)) == real(large)


TOP = 10
"""Further than that no hidden count of a table of counts up to 7 needs to be tried."""


def agreeing(found: Suppressed) -> Iterator[list[int]]:
    """Every table that agrees with what is shown, as somebody would try who knows how counts are hidden."""
    inside = {shown for row in found.cells for shown in row}
    everything = Mark.SMALL not in inside
    width = len(found.columns)
    # The bottom line is hidden by itself: a star there may stand for any number, a small one too.
    bottom = range(
        len(found.cells) * width + len(found.rows), len(found.cells) * width + len(found.rows) + width
    )
    tried = [_may_be(shown, everything) for row in found.cells for shown in row]
    for guess in product(*tried):
        table = [list(guess[at : at + width]) for at in range(0, len(guess), width)]
        if all(
            value in _fits(shown, everything or place in bottom)
            for place, (shown, value) in enumerate(zip(every(found), real(table), strict=True))
        ):
            yield real(table)


def _may_be(shown: Shown, everything: bool) -> range:
    if isinstance(shown, Mark):
        return range(1, LEAST) if shown == Mark.SMALL else range(0 if everything else LEAST, TOP)
    return range(shown, shown + 1)


def _fits(shown: Shown, everything: bool) -> range:
    if shown == Mark.MORE:
        return range(0 if everything else LEAST, 10_000)
    return _may_be(shown, everything)


@given(SMALL)
def test_nobody_recovers_a_hidden_count_from_the_totals(table: list[list[int]]) -> None:
    found = suppressed(table)
    values = [set() for _ in every(found)]  # type: list[set[int]]
    for guess in agreeing(found):
        for known, value in zip(values, guess, strict=True):
            known.add(value)
        if all(
            len(known) > 1
            for known, shown in zip(values, every(found), strict=True)
            if isinstance(shown, Mark)
        ):
            return
    alone = [place for place, (known, shown) in enumerate(zip(values, every(found), strict=True)) if isinstance(shown, Mark) and len(known) < 2]  # fmt: skip
    assert alone == []


@given(TABLES.filter(lambda table: len(table) > 1), st.randoms(use_true_random=False))
def test_the_bottom_line_is_the_same_however_its_counts_are_split(
    table: list[list[int]], random: Random
) -> None:
    columns = [sum(row[at] for row in table) for at in range(len(table[0]))]
    other = [[random.randint(0, each) for each in columns]]
    other.append([whole - part for whole, part in zip(columns, other[0], strict=True)])
    first, second = suppressed(table), suppressed(other)
    assert (first.columns, first.whole) == (second.columns, second.whole)


@given(LINES)
def test_a_line_hides_no_single_count(counts: list[int]) -> None:
    shown, whole = suppressed_line(counts)
    hidden = [each for each in shown if isinstance(each, Mark)]
    assert len(hidden) != 1 or whole == Mark.SMALL


def test_the_second_count_that_is_withheld_is_the_smallest_one() -> None:
    assert suppressed_line([3, 20, 9, 0]) == ((Mark.SMALL, 20, Mark.MORE, 0), 32)


def test_two_fours_beside_their_total_would_be_known_and_are_withheld_with_the_noughts() -> None:
    assert suppressed_line([4, 4, 0]) == ((Mark.MORE, Mark.MORE, Mark.MORE), 8)


def test_of_a_small_total_no_part_is_shown() -> None:
    assert suppressed_line([1, 1, 1, 1]) == ((Mark.MORE,) * 4, Mark.SMALL)
    assert suppressed_line([0, 0]) == ((0, 0), 0)


def test_a_share_is_shown_only_where_both_its_parts_are() -> None:
    assert (share(9, 3), share(Mark.SMALL, 9), share(9, Mark.MORE), share(0, 0)) == (75, None, None, None)
