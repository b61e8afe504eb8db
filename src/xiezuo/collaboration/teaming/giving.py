"""What would have to give where nobody fits: the smallest concessions that make a need fillable, found by asking anew.

A recusal is never among them: only bars whose reason the caller says may be lifted, and no barred unit.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from xiezuo.collaboration.teaming.ground import ground_of
from xiezuo.collaboration.teaming.problem import Give, Kind, Need, Person, Way, Weights, rules_of
from xiezuo.collaboration.teaming.roster import Why, colliding, why_not
from xiezuo.collaboration.teaming.solving import Search, fillable

NOTHING = Weights(part_time=0, travel=0, same_unit=0, change=0)
LATER = 90
"""So many days later at most may the work begin."""
TOGETHER = 4
"""So many concessions at most are put together where no single one would do."""


@dataclass(frozen=True)
class Case:
    """Who could be asked, and the need as it stands after some concessions."""

    people: tuple[Person, ...]
    need: Need

    def fillable(self, until: float) -> bool:
        """Whether a team is known to exist."""
        ground = ground_of(self.people, [self.need], seed=0, weights=NOTHING)
        return time.perf_counter() < until and fillable(ground, 0, until)


@dataclass(frozen=True)
class Step:
    """One concession and the case after it."""

    give: Give
    after: Callable[[Case], Case]


def what_would_give(people: Sequence[Person], need: Need, *, seconds: float = 2.0) -> list[tuple[Give, ...]]:
    """The smallest sets of concessions that would make a need fillable: each that does alone, else the first few that do
    together. None if it is fillable, or if nothing that may be given would do, or the time was too short to find any."""
    until, case = time.perf_counter() + seconds, Case(tuple(people), need)
    if case.fillable(until):
        return []
    ladders = [*_ladders(case)]
    alone = [found for ladder in ladders if (found := _least(case, ladder, until))]
    persons = [gives for free in (_bars(case), _busy(case)) if (gives := _fewest(free, until))]
    if alone or persons:
        return sorted([*persons, *((step.give,) for step in alone)], key=len)
    return _together(case, ladders, until)


def _least(case: Case, ladder: Sequence[Step], until: float) -> Step | None:
    """The smallest concession of one kind that does; a ladder goes from the smallest to the greatest."""
    return next((step for step in ladder if step.after(case).fillable(until)), None)


def _ladders(case: Case) -> Iterator[list[Step]]:
    """Of each demand that may give, its concessions from the smallest on."""
    need = case.need
    yield [_asking(Give(Kind.SIZE, "", need.size, less), size=less) for less in range(need.size - 1, 0, -1)]
    for rule in rules_of(need):
        if rule.kind not in need.firm:
            yield [_lower(rule.kind, rule.of, rule.least, less) for less in range(rule.least - 1, -1, -1)]
    if need.most_of_unit is not None and Kind.MOST_OF_UNIT not in need.firm:
        most = need.most_of_unit
        yield [
            _asking(Give(Kind.MOST_OF_UNIT, "", most, more), most_of_unit=more)
            for more in range(most + 1, need.size + 1)
        ]
    if Kind.LEAST_UNITS not in need.firm:
        least = need.least_units
        yield [
            _asking(Give(Kind.LEAST_UNITS, "", least, less), least_units=less)
            for less in range(least - 1, 0, -1)
        ]
    for each in sorted(need.pinned):
        yield [_unpinned(each)]
    yield list(_later(case))


def _asking(give: Give, **changed: object) -> Step:
    return Step(give, lambda case: replace(case, need=replace(case.need, **changed)))  # type: ignore[arg-type]


def _unpinned(person: str) -> Step:
    give = Give(Kind.PINNED, person=person)
    return Step(give, lambda case: replace(case, need=replace(case.need, pinned=case.need.pinned - {person})))


def _lower(kind: Kind, of: str, found: int, less: int) -> Step:
    give = Give(kind, of, found, less)
    match kind:
        case Kind.ROLE:
            return Step(give, lambda case: _with_role(case, of, less))
        case Kind.SKILL:
            return Step(
                give, lambda case: replace(case, need=replace(case.need, skills=case.need.skills - {of}))
            )
        case Kind.WOMEN:
            return _asking(give, women=less)
        case _:
            return _asking(give, own=less)


def _with_role(case: Case, role: str, least: int) -> Case:
    return replace(case, need=replace(case.need, roles={**case.need.roles, role: least}))


def _later(case: Case) -> Iterator[Step]:
    """The days on which somebody is free again are those on which the answer can change."""
    need, length = case.need, case.need.ends - case.need.starts
    again = {ends for person in case.people for _starts, ends in colliding(person, need)}
    for day in sorted(day for day in again if day > need.starts and (day - need.starts).days <= LATER):
        if day.toordinal() + length.days <= date.max.toordinal():
            yield _asking(Give(Way.LATER, starts=day), starts=day, ends=day + length)


@dataclass(frozen=True)
class Freed:
    """A case in which several people may go who may not as it stands, and what to say of each of them."""

    case: Case
    gives: dict[str, Give]


def _bars(case: Case) -> Freed:
    """Bars lifted, of those whose reason may be; who is of a barred unit or busy as well stays."""
    lifted = {each: why for each, why in case.need.barred.items() if why in case.need.may_lift}
    need = replace(
        case.need, barred={each: why for each, why in case.need.barred.items() if each not in lifted}
    )
    could = {person.id for person in case.people if person.id in lifted and why_not(person, need) is None}
    return Freed(
        replace(case, need=need), {each: Give(Way.LIFT, lifted[each], person=each) for each in sorted(could)}
    )


def _busy(case: Case) -> Freed:
    kept = {person.id for person in case.people if why_not(person, case.need) is Why.BUSY}
    people = tuple(replace(person, busy=()) if person.id in kept else person for person in case.people)
    return Freed(replace(case, people=people), {each: Give(Way.FREE, person=each) for each in sorted(kept)})


def _fewest(freed: Freed, until: float) -> tuple[Give, ...]:
    """As few people as possible for whom it is given, by an exact model in which each of them costs 1."""
    if not freed.gives or not freed.case.fillable(until):
        return ()
    ground = ground_of(freed.case.people, [freed.case.need], seed=0, weights=NOTHING)
    price = np.array([[float(person.id in freed.gives)] for person in ground.people])
    level = replace(ground, load=np.zeros(len(ground.people)), price=price)
    search = Search(level, until)
    plan = search.further(search.best())
    sent = {level.people[row].id for row in np.flatnonzero(plan.sent[:, 0])}
    return tuple(give for each, give in freed.gives.items() if each in sent)


def _together(case: Case, ladders: Sequence[Sequence[Step]], until: float) -> list[tuple[Give, ...]]:
    """Concessions of several kinds: the greatest of each kind, and then without those that are not needed, and smaller."""
    chosen = [ladder for ladder in ladders if ladder and ladder[0].give.kind is not Way.LATER]
    if not _after(case, [ladder[-1] for ladder in chosen]).fillable(until):
        return []
    for ladder in list(chosen):
        rest = [each for each in chosen if each is not ladder]
        if _after(case, [each[-1] for each in rest]).fillable(until):
            chosen = rest
    steps = [ladder[-1] for ladder in chosen]
    for at, ladder in enumerate(chosen):
        others = _after(case, [*steps[:at], *steps[at + 1 :]])
        steps[at] = _least(others, ladder, until) or steps[at]
    return [tuple(step.give for step in steps)] if 0 < len(steps) <= TOGETHER else []


def _after(case: Case, steps: Sequence[Step]) -> Case:
    for step in steps:
        case = step.after(case)
    return case
