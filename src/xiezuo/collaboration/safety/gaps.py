"""What the recorder missed of a talk. Pure: spans of time in, spans of time out.

A recording may begin before a talk, end after it, and run on two devices at once; what counts is whether each moment of the
talk was recorded by any of them. Source: 监督执纪工作规则 49; domain.md §2A P3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, order=True)
class Span:
    """A half-open span of time `[started, ended)`, both with their time zone."""

    started: datetime
    ended: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.ended - self.started


class Where(StrEnum):
    """Where in a talk nothing was recorded."""

    BEFORE = "before"
    BETWEEN = "between"
    AFTER = "after"
    ALL = "all"


@dataclass(frozen=True)
class Gap:
    """A span of a talk that no recorder ran in."""

    span: Span
    where: Where


def recorded_of(talk: Span, stretches: Iterable[Span]) -> list[Span]:
    """The spans of a talk that were recorded, in their order, none touching the next."""
    found: list[Span] = []
    for each in sorted(_within(talk, stretches)):
        if found and each.started <= found[-1].ended:
            found[-1] = Span(found[-1].started, max(found[-1].ended, each.ended))
        else:
            found.append(each)
    return found


def _within(talk: Span, stretches: Iterable[Span]) -> Iterable[Span]:
    """What of each stretch lies within the talk, if anything does."""
    cut = (Span(max(each.started, talk.started), min(each.ended, talk.ended)) for each in stretches)
    return (each for each in cut if each.started < each.ended)


def gaps_of(talk: Span, stretches: Iterable[Span]) -> list[Gap]:
    """The spans of a talk that were not recorded, in their order; together with those that were they are the talk."""
    recorded = recorded_of(talk, stretches)
    begins = [talk.started, *(each.ended for each in recorded)]
    ends = [*(each.started for each in recorded), talk.ended]
    spans = [Span(begin, end) for begin, end in zip(begins, ends, strict=True) if begin < end]
    return [Gap(each, _where(talk, each)) for each in spans]


def _where(talk: Span, gap: Span) -> Where:
    if gap == talk:
        return Where.ALL
    if gap.started == talk.started:
        return Where.BEFORE
    return Where.AFTER if gap.ended == talk.ended else Where.BETWEEN
