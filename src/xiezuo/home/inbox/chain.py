"""The chain of an approval as its printed form has it: what was decided, then what is still to be signed by hand.

Decisions are read from the moves, so that a return stays on the form with everything that was agreed before it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.approvals.api import Course, Party, Seat
from xiezuo.approvals.states import ApprovalState, Mode, SeatKind, SeatState, Verb
from xiezuo.home.inbox.names import Called
from xiezuo.home.inbox.rail import local_day
from xiezuo.home.inbox.wording import step_words
from xiezuo.papers import Column, Grid, Line, chinese_date
from xiezuo.shared.lists import listed

OPEN_STATES = (ApprovalState.PENDING, ApprovalState.RETURNED)
WIDTHS = (7, 7, 13, 7, 6, 8)


@dataclass(frozen=True)
class Chain:
    """What the chain of one approval is written from; `basis` is the clause that its steps rest on."""

    course: Course
    titles: Sequence[str]
    moves: Sequence[Any]
    called: Called
    basis: str

    def grid(self) -> Grid:
        """The table of the form."""
        titles = (
            pgettext("on the form", "Step"), pgettext("on the form", "Signer"), pgettext("on the form", "Opinion"),
            pgettext("on the form", "Date"), pgettext("on the form", "Basis"), pgettext("on the form", "Remarks"),
        )  # fmt: skip
        columns = tuple(Column(title, width) for title, width in zip(titles, WIDTHS, strict=True))
        return Grid(columns, (*self._decided(), *self._open()), _("Course of the approval"))

    def _decided(self) -> Iterator[Line]:
        at = 0
        for move in self.moves:
            if move.verb in _OPINIONS:
                yield self._decision(move, at)
            # A move names the step that it led to, so the one before it tells where it was made.
            at = move.step

    def _decision(self, move: Any, at: int) -> Line:
        seat = self._seat(move.details.get("signer"))
        paper = move.verb == Verb.ENTER_PAPER
        who = self.called.party(seat.party) if paper and seat else self.called.account(move.account)
        day = seat.paper.on if paper and seat and seat.paper else local_day(move.at)
        said = _opinion(_OPINIONS[move.verb](), move.said)
        note = self._paper_note(move, seat) if paper else self._stand_in_note(move, at)
        return Line((self._title(at), who, said, two_lines(chinese_date(day)), self.basis, note))

    def _seat(self, row: int | None) -> Seat | None:
        return next(
            (seat for _n, _p, seat in self.course.seats() if row is not None and seat.row == row), None
        )

    def _paper_note(self, move: Any, seat: Seat | None) -> str:
        """The mark of an entry made from paper, with the number of the paper and who has confirmed it."""
        number = move.details["paper"]
        if seat is None or seat.paper is None or seat.paper.number != number:
            return _("Entered from paper %(number)s; decided anew since") % {"number": number}
        if seat.paper.confirmed_by is None:
            return _("Entered from paper %(number)s; to be confirmed") % {"number": number}
        name = self.called.party(seat.paper.confirmed_by)
        return _("Entered from paper %(number)s; confirmed by %(name)s") % {"number": number, "name": name}

    def _stand_in_note(self, move: Any, at: int) -> str:
        decided = Party(move.account)
        for seat in self.course.steps[at].seats if at < len(self.course.steps) else ():
            by = seat.decided_by
            if by is not None and by.same_as(decided) and not by.same_as(seat.party):
                return _("For %(name)s, who is absent") % {"name": self.called.party(seat.party)}
        return ""

    def _open(self) -> Iterator[Line]:
        """A line to be signed for everybody who is still to decide."""
        if self.course.state not in OPEN_STATES:
            return
        first = self.course.current if self.course.state == ApprovalState.PENDING else 0
        for number in range(first, len(self.course.steps)):
            yield from (self._to_sign(number, *each) for each in self._signers(number))

    def _signers(self, number: int) -> Iterator[tuple[str, str]]:
        """Who signs a step, with a remark: one line for any of several, one for each where all must sign."""
        step = self.course.steps[number]
        waiting = [
            seat for seat in step.seats if seat.live and seat.state in (SeatState.LATER, SeatState.WAITING)
        ]
        asked = [seat for seat in waiting if seat.kind == SeatKind.ASKED and not step.agreed]
        others = [seat for seat in waiting if seat.kind != SeatKind.ASKED]
        if step.mode == Mode.ANY_OF and len(asked) > 1:
            yield listed(self.called.party(seat.party) for seat in asked), _("any one of them")
        else:
            yield from ((self.called.party(seat.party), "") for seat in asked)
        yield from ((self.called.party(seat.party), str(seat.kind.label)) for seat in others)
        if not step.seats:
            yield "", _("whoever is in office on the day")

    def _to_sign(self, number: int, who: str, note: str) -> Line:
        choice = _("□ agreed  □ returned  □ refused\n\nSigned:")
        return Line((self._title(number), who, choice, _("year\nmonth day"), self.basis, note), by_hand=True)

    def _title(self, number: int) -> str:
        return str(step_words(self.titles[number])) if number < len(self.titles) else ""


def _opinion(decision: str, said: str) -> str:
    """The decision with what was said; once only, where the words begin with the decision."""
    return said if said.startswith(decision) else f"{decision}\n{said}".rstrip()


def two_lines(day: str) -> str:
    """A day with its year on a line of its own, as a narrow column takes it."""
    return day.replace("年", "年\n")


_OPINIONS: Mapping[str, Any] = {
    Verb.APPROVE: lambda: pgettext("on the form", "Agreed"),
    Verb.ENTER_PAPER: lambda: pgettext("on the form", "Agreed"),
    Verb.RETURN: lambda: pgettext("on the form", "Returned to be completed"),
    Verb.REFUSE: lambda: pgettext("on the form", "Refused"),
    Verb.STRIKE_PAPER: lambda: pgettext("on the form", "Paper entry struck"),
}
