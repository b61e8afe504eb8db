"""What a recorder missed of a talk, for any talk and any stretches."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.collaboration.safety.gaps import Gap, Span, Where, gaps_of, recorded_of

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def span(first: int, last: int) -> Span:
    """From so many minutes after nine to so many."""
    return Span(NINE + timedelta(minutes=first), NINE + timedelta(minutes=last))


SPANS = st.tuples(st.integers(-60, 180), st.integers(1, 120)).map(lambda told: span(told[0], told[0] + told[1]))  # fmt: skip


@given(talk=SPANS, stretches=st.lists(SPANS, max_size=6))
def test_p3_gaps_and_recorded_stretches_are_the_talk_exactly(talk: Span, stretches: list[Span]) -> None:
    gaps, recorded = gaps_of(talk, stretches), recorded_of(talk, stretches)
    tiles = sorted([*recorded, *(each.span for each in gaps)])
    assert all(each.started < each.ended for each in tiles)
    assert [talk.started, *(each.ended for each in tiles)] == [*(each.started for each in tiles), talk.ended]
    missed = [each for each in gaps for other in stretches if other.started < each.span.ended and each.span.started < other.ended]  # fmt: skip
    assert missed == []
    assert all(any(each.started >= other.started for other in stretches) for each in recorded)


@given(talk=SPANS, stretches=st.lists(SPANS, max_size=4), more=SPANS)
def test_p3_another_recorder_never_makes_a_gap_longer(talk: Span, stretches: list[Span], more: Span) -> None:
    def missed(of: list[Span]) -> timedelta:
        return sum((each.span.length for each in gaps_of(talk, of)), timedelta())

    assert missed([*stretches, more]) <= missed(stretches)


@pytest.mark.parametrize(
    ("stretches", "gaps"),
    [
        ([], [(0, 60, Where.ALL)]),
        ([(0, 60)], []),
        ([(-5, 70)], []),
        ([(5, 60)], [(0, 5, Where.BEFORE)]),
        ([(0, 50)], [(50, 60, Where.AFTER)]),
        ([(0, 20), (25, 60)], [(20, 25, Where.BETWEEN)]),
        ([(0, 40), (30, 60)], []),
        ([(30, 60), (0, 30)], []),
        ([(2, 20), (25, 58)], [(0, 2, Where.BEFORE), (20, 25, Where.BETWEEN), (58, 60, Where.AFTER)]),
    ],
)
def test_p3_each_kind_of_gap_is_told(stretches: list[tuple[int, int]], gaps: list[tuple[int, int, Where]]) -> None:  # fmt: skip
    expected = [Gap(span(first, last), where) for first, last, where in gaps]
    assert gaps_of(span(0, 60), [span(*each) for each in stretches]) == expected
