"""A changed rule tried against matters of the past: what each would have met under it. Values alone, no tables.

Both sides are reckoned the same way, so that they can be compared: each office uses all of its days, one after the
other, from the day on which the matter began. A matter is late if it was decided, or still runs, after the last of
these days. What an office that was never asked would really have taken, nobody can know.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from xiezuo.rules.working_days import YearMissing

After = Callable[[date, int], date]
"""The n-th working day after a day; raises `YearMissing`."""


class Office(NamedTuple):
    """One step of a rule: the office that is asked, and its working days."""

    title: str
    days: int


@dataclass(frozen=True)
class Past:
    """One matter that was applied for. `ended` is None while it runs; `judged` is false for one that nobody decided.

    `steps` are the offices that it was given to, each with its days.
    """

    approval: int
    number: str
    title: str
    unit: int | None
    begun: date
    ended: date | None
    judged: bool
    steps: tuple[Office, ...]

    @property
    def runs(self) -> bool:
        """Whether it is still under way."""
        return self.ended is None


@dataclass(frozen=True)
class Course:
    """Offices with the last day of each, and whether the matter was later than the last of them (None: not judged)."""

    steps: tuple[tuple[str, date], ...]
    late: bool | None

    @property
    def due(self) -> date:
        """The last day of the whole."""
        return self.steps[-1][1]

    @property
    def offices(self) -> tuple[str, ...]:
        """Who is asked, in turn."""
        return tuple(title for title, _day in self.steps)


@dataclass(frozen=True)
class Tried:
    """One matter as it was and as it would have been. `would` is None where the calendar lacks a year (`lacks`)."""

    past: Past
    was: Course | None
    would: Course | None
    lacks: int | None = None

    @property
    def asked_instead(self) -> tuple[str, ...]:
        """Offices that would have been asked and were not."""
        return _without(self.would, self.was)

    @property
    def not_asked(self) -> tuple[str, ...]:
        """Offices that were asked and would not have been."""
        return _without(self.was, self.would)

    @property
    def days_moved(self) -> int:
        """By how many days of the calendar the last day moves; 0 where it cannot be told."""
        return (self.would.due - self.was.due).days if self.was and self.would else 0

    @property
    def becomes_late(self) -> bool:
        """In time as it was, late under the draft."""
        return self._turns(was=False)

    @property
    def becomes_timely(self) -> bool:
        """Late as it was, in time under the draft."""
        return self._turns(was=True)

    def _turns(self, *, was: bool) -> bool:
        if self.was is None or self.would is None or self.was.late is None:
            return False
        return self.was.late is was and self.would.late is not was


@dataclass(frozen=True)
class Trial:
    """What a draft would have made of the matters; `total` counts those too that are older than the ones tried."""

    tried: tuple[Tried, ...]
    total: int

    @property
    def running(self) -> list[Tried]:
        """Those under way: they all stay under the edition that they began under."""
        return [each for each in self.tried if each.past.runs]

    @property
    def becomes_late(self) -> list[Tried]:
        """Those that were in time and would have been late."""
        return [each for each in self.tried if each.becomes_late]

    @property
    def becomes_timely(self) -> list[Tried]:
        """Those that were late and would have been in time."""
        return [each for each in self.tried if each.becomes_timely]

    @property
    def lacking(self) -> list[int]:
        """Years that the calendar lacks."""
        return sorted({each.lacks for each in self.tried if each.lacks is not None})

    def offices(self, pick: Callable[[Tried], Iterable[str]]) -> list[tuple[str, int]]:
        """Offices that `pick` gives, each with the number of matters, in the order in which they come first."""
        return list(Counter(title for each in self.tried for title in pick(each)).items())


def try_against(
    draft: Sequence[Office], matters: Iterable[Past], total: int, today: date, after: After
) -> Trial:
    """Try what a draft says against matters of the past."""
    return Trial(tuple(_tried(draft, past, today, after) for past in matters), total)


def _tried(draft: Sequence[Office], past: Past, today: date, after: After) -> Tried:
    try:
        return Tried(past, _course(past.steps, past, today, after), _course(draft, past, today, after))
    except YearMissing as missing:
        return Tried(past, None, None, missing.year)


def _course(steps: Sequence[Office], past: Past, today: date, after: After) -> Course:
    day, made = past.begun, []
    for office in steps:
        day = after(day, office.days)
        made.append((office.title, day))
    return Course(tuple(made), (past.ended or today) > day if past.judged else None)


def _without(these: Course | None, those: Course | None) -> tuple[str, ...]:
    if these is None or those is None:
        return ()
    return tuple(title for title in dict.fromkeys(these.offices) if title not in those.offices)
