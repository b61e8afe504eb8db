"""Opening + in − out = closing: the people of every unit between two days, told from the moves themselves.

A person counts once in a unit, however many posts they hold there: someone arrives on the day on which their first
post begins that no other post of theirs in the unit adjoins, and departs when the last one ends. So a change of post
inside a unit, or from part-time to full-time, is neither. People lent by other units are told apart the same way.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from xiezuo.figures.api import Asked, Asking, Question
from xiezuo.organisation.models import Assignment, UnitRecord
from xiezuo.organisation.states import LENT, MoveIn

Rows = QuerySet[Any, Any]

SAYS_LITTLE = (MoveIn.NEW.value, MoveIn.MADE_FULL_TIME.value)
"""Words that tell more about a move than how the person came; they speak only where no other word does."""


@dataclass(frozen=True)
class Movement:
    """People of one unit: on the first day, come and gone after it up to the last day, on the last day.

    `came` and `went` count by the words of the ledger (变动方式, 离任方式; "" where none is given).
    """

    commission: int
    unit: int
    kind: str
    opening: int
    came: Mapping[str, int]
    went: Mapping[str, int]
    closing: int
    lent: "Movement | None" = None

    @property
    def arrivals(self) -> int:
        """People who came."""
        return sum(self.came.values())

    @property
    def departures(self) -> int:
        """People who went."""
        return sum(self.went.values())

    @property
    def holds(self) -> bool:
        """Whether the balance is kept, for all and for those lent."""
        mine = self.opening + self.arrivals - self.departures == self.closing
        return mine and (self.lent is None or self.lent.holds)


def between_days(commissions: tuple[int, ...], first: date, last: date) -> Asking:
    """The asking for movements after `first` and up to `last`."""
    return Asking(commissions, last, during=(first, last + timedelta(days=1)))


def movements(asking: Asking) -> list[Movement]:
    """One movement for each unit with people on either day or between. The first day is that of the asking's period,
    1 January unless it says otherwise. Nine queries for any number of commissions."""
    kinds = dict(KINDS.ask(asking))
    everyone, lent = _told(EVERYONE, asking, kinds), _told(LENT_ONES, asking, kinds)
    return [replace(movement, lent=lent.get(unit)) for unit, movement in everyone.items()]


def flows(asking: Asking) -> dict[int, dict[tuple[str, bool], list[int]]]:
    """Opening + in − out, and closing, of each commission by kind of unit, all people and (True) those lent.

    The sums of `movements`, without one for each unit; the kinds come in the order of their first units.
    """
    kinds = dict(KINDS.ask(asking))
    found: dict[tuple[int, str, bool], list[int]] = {}
    for lent, questions in ((False, EVERYONE), (True, LENT_ONES)):
        for question, side, sign in questions.sides():
            for commission, unit, *_word, people in question.ask(asking):
                line = found.setdefault((commission, kinds.get(unit, ""), lent), [0, 0, unit])
                line[side] += sign * people
                line[2] = min(line[2], unit)
    lines: dict[int, dict[tuple[str, bool], list[int]]] = {
        commission: {} for commission in asking.commissions
    }
    for commission, kind, lent in sorted(found, key=lambda key: (found[key][2], key[2])):
        lines[commission][kind, lent] = found[commission, kind, lent][:2]
    return lines


def _present(day: str, of: Mapping[str, Any]) -> Question:
    def build(asked: Asked) -> Rows:
        held = asked.at(getattr(asked, day), Assignment).filter(**of).order_by()
        return held.values_list("commission_id", "unit_id").annotate(people=Count("person_id", distinct=True))

    return Question(build)


def _arrivals(asked: Asked, of: Mapping[str, Any]) -> Rows:
    """One row for each arrival: a post begun that neither adjoins an earlier one nor has a twin begun that day."""
    begun = asked.every(Assignment).filter(starts__gt=asked.first, starts__lte=asked.last, **of)
    same = _same_person_and_unit(asked, of)
    already = same.filter(starts__lt=OuterRef("starts"), ends__gte=OuterRef("starts"))
    twin = same.filter(starts=OuterRef("starts"), id__lt=OuterRef("id"))
    return begun.filter(~Exists(already), ~Exists(twin)).order_by()


def _departures(asked: Asked, of: Mapping[str, Any]) -> Rows:
    """One row for each departure: a post ended that neither adjoins a later one nor has a twin ended that day."""
    ended = asked.every(Assignment).filter(ends__gt=asked.first, ends__lte=asked.last, **of)
    same = _same_person_and_unit(asked, of)
    still = same.filter(starts__lte=OuterRef("ends"), ends__gt=OuterRef("ends"))
    twin = same.filter(ends=OuterRef("ends"), id__lt=OuterRef("id"))
    return ended.filter(~Exists(still), ~Exists(twin)).order_by()


def _same_person_and_unit(asked: Asked, of: Mapping[str, Any]) -> Rows:
    mine = asked.of_outer(Assignment, person_id=OuterRef("person_id"), unit_id=OuterRef("unit_id"), **of)
    # Posts outside the period can adjoin none inside it; saying so spares a pass over the whole table.
    return mine.filter(ends__gt=asked.first, starts__lte=asked.last)


def _by(moved: Rows, word: str) -> Rows:
    return moved.values_list("commission_id", "unit_id", word).annotate(people=Count("id"))


@dataclass(frozen=True)
class _Questions:
    opening: Question
    came: Question
    went: Question
    closing: Question

    def sides(self) -> tuple[tuple[Question, int, int], ...]:
        """Each question, the side of the balance (0, 1) that it adds to, and its sign."""
        return (self.opening, 0, 1), (self.came, 0, 1), (self.went, 0, -1), (self.closing, 1, 1)


def _questions(**of: Any) -> _Questions:
    return _Questions(
        opening=_present("first", of),
        came=Question(lambda asked: _by(_arrivals(asked, of), "moves")),
        went=Question(lambda asked: _by(_departures(asked, of), "leaving")),
        closing=_present("last", of),
    )


EVERYONE = _questions()
LENT_ONES = _questions(status__in=LENT)
KINDS = Question(
    lambda asked: (
        asked.every(UnitRecord)
        .filter(starts__lte=asked.last)
        .order_by("starts")
        .values_list("unit_id", "kind")
    )
)


def _told(questions: _Questions, asking: Asking, kinds: Mapping[int, str]) -> dict[int, Movement]:
    """Movements by unit."""
    opening, closing = _by_unit(questions.opening, asking), _by_unit(questions.closing, asking)
    came = _by_word(questions.came.ask(asking))
    went = _by_word(questions.went.ask(asking))
    units = sorted({*opening, *closing, *came, *went})
    return {
        unit: Movement(
            commission, unit, kinds.get(unit, ""), opening.get((commission, unit), 0),
            came.get((commission, unit), {}), went.get((commission, unit), {}), closing.get((commission, unit), 0),
        )
        for commission, unit in units
    }  # fmt: skip


def _by_unit(question: Question, asking: Asking) -> dict[tuple[int, int], int]:
    return {(commission, unit): people for commission, unit, people in question.ask(asking)}


def _by_word(rows: list[tuple[Any, ...]]) -> dict[tuple[int, int], Counter[str]]:
    found: dict[tuple[int, int], Counter[str]] = {}
    for commission, unit, words, people in rows:
        found.setdefault((commission, unit), Counter())[_word(words)] += people
    return found


def _word(words: list[str] | str) -> str:
    if isinstance(words, str):
        return words
    return min(words, key=lambda word: 1 + SAYS_LITTLE.index(word) if word in SAYS_LITTLE else 0, default="")
