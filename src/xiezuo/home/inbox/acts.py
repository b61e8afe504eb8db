"""What the reader of an application may do with it now, and why not: the lists that the verbs themselves ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, may
from xiezuo.approvals.api import (
    TO_APPLICANT,
    Course,
    Party,
    Seat,
    against_verb,
    may_apply,
    may_decide,
    may_enter_paper,
    may_settle_paper,
    seat_of,
)
from xiezuo.approvals.states import Verb
from xiezuo.home.inbox.names import Called
from xiezuo.home.inbox.rail import local_day
from xiezuo.home.inbox.wording import step_words
from xiezuo.shared.errors import Reason
from xiezuo.ui.words import Words

DECIDING = (Verb.APPROVE, Verb.RETURN, Verb.REFUSE, Verb.ADD_SIGNER)
APPLYING = (Verb.URGE, Verb.WITHDRAW, Verb.RESUBMIT)


@dataclass(frozen=True)
class Button:
    """One thing to do: its words, and what stands against it."""

    verb: Verb
    reasons: Sequence[Reason]

    @property
    def words(self) -> Words:
        """What stands on it."""
        return self.verb.label


@dataclass(frozen=True)
class Part:
    """One signer's part, as a clerk or the signer deals with it."""

    row: int
    name: str
    step: Words
    note: str = ""
    mine: bool = False
    reasons: Sequence[Reason] = ()


@dataclass(frozen=True)
class Acts:
    """Everything that may be done on the page of an approval by its reader."""

    deciding: Sequence[Button]
    applying: Sequence[Button]
    returns: Sequence[tuple[int, Words]]
    for_whom: str
    own_part: Part | None
    papers: Sequence[Part]
    entries: Sequence[Part]
    others: Sequence[Part]

    @property
    def may_decide(self) -> bool:
        """Whether the reader is asked."""
        return not self.deciding[0].reasons

    @property
    def against_deciding(self) -> Sequence[Reason]:
        """Why the reader decides nothing here."""
        return self.deciding[0].reasons


@dataclass(frozen=True)
class Reader:
    """Who looks at an approval: as an actor, as a party, for whom they stand in today."""

    actor: Actor
    party: Party
    stands_for: Sequence[Party]
    on: date


def acts_of(
    course: Course,
    titles: Sequence[str],
    moves: Sequence[Any],
    reader: Reader,
    *,
    commission: int,
    called: Called,
) -> Acts:
    """What `reader` may do now, from the rows of the approval as they stand."""
    keeps = not may(reader.actor, Ability.KEEP_LEDGER, commission=commission)
    whom = _whom(course, reader)
    return Acts(
        [Button(verb, may_decide(course, reader.party, verb, reader.stands_for)) for verb in DECIDING],
        [Button(verb, _against_applying(course, moves, reader, verb)) for verb in APPLYING],
        _returns(course, titles), called.party(whom) if whom else "", _own_part(course, titles, reader, called),
        _papers(course, titles, reader, called) if keeps else [], _entries(course, titles, reader, called, keeps=keeps),
        _others(course, titles, reader, called) if keeps else [],
    )  # fmt: skip


def _whom(course: Course, reader: Reader) -> Party | None:
    """Whom the reader decides for, if it is not their own part."""
    place = seat_of(course, reader.party, reader.stands_for)
    if place is None or course.step.seats[place].party.same_as(reader.party):
        return None
    return course.step.seats[place].party


def _against_applying(course: Course, moves: Sequence[Any], reader: Reader, verb: Verb) -> list[Reason]:
    told = may_apply(course, reader.party, verb)
    urged = any(move.verb == Verb.URGE and local_day(move.at) == reader.on for move in moves)
    if verb == Verb.URGE and urged and not told:
        return [Reason("urged-today", _("It was urged today already; once a day is enough."))]
    return told


def _returns(course: Course, titles: Sequence[str]) -> list[tuple[int, Words]]:
    """Where it can go back to, the nearest first."""
    earlier = [(number, step_words(titles[number])) for number in reversed(range(course.current))]
    return [*earlier, (TO_APPLICANT, _("the applicant"))]


def _part(titles: Sequence[str], number: int, seat: Seat, called: Called, **more: Any) -> Part:
    return Part(seat.row or 0, called.party(seat.party), step_words(titles[number]), **more)


def _own_part(course: Course, titles: Sequence[str], reader: Reader, called: Called) -> Part | None:
    """The reader's own seat that still takes part, from which they may recuse themselves."""
    if against_verb(course, Verb.RECUSE):
        return None
    for number, _place, seat in course.seats():
        if seat.live and seat.party.same_as(reader.party):
            return _part(titles, number, seat, called, mine=True)
    return None


def _papers(course: Course, titles: Sequence[str], reader: Reader, called: Called) -> list[Part]:
    """The signers whose agreement on paper can be entered now."""
    if against_verb(course, Verb.ENTER_PAPER):
        return []
    return [
        _part(titles, course.current, course.step.seats[place], called,
              reasons=may_enter_paper(course, reader.party, place))
        for place in course.step.in_turn()
    ]  # fmt: skip


def _entries(
    course: Course, titles: Sequence[str], reader: Reader, called: Called, *, keeps: bool
) -> list[Part]:
    """The paper entries that wait to be confirmed, for the leader who signed and for a second person of the office."""
    return [
        _part(titles, number, seat, called, note=seat.paper.number if seat.paper else "",
              mine=seat.party.same_as(reader.party),
              reasons=may_settle_paper(course, reader.party, seat, Verb.CONFIRM_PAPER))
        for number, _place, seat in course.seats()
        if seat.live and seat.waits_for_confirmation and (keeps or seat.party.same_as(reader.party))
    ]  # fmt: skip


def _others(course: Course, titles: Sequence[str], reader: Reader, called: Called) -> list[Part]:
    """Signers whom the case-management office may enter as recused; not in its own matter."""
    if against_verb(course, Verb.RECUSE) or reader.party.same_as(course.applicant):
        return []
    return [
        _part(titles, number, seat, called)
        for number, _place, seat in course.seats()
        if seat.live and not seat.party.same_as(reader.party)
    ]
