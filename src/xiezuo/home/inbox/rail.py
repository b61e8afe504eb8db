"""The steps of an application as its page shows them: behind, now, ahead; who, when, how much time is left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.approvals.api import Approval, Course, Seat, Step
from xiezuo.approvals.states import ApprovalState, Mode, SeatKind, SeatState, Verb
from xiezuo.home.inbox.names import Called
from xiezuo.home.inbox.wording import SEAT_TONES, due_state, step_words
from xiezuo.rules.api import WorkCalendar
from xiezuo.ui.parts import State
from xiezuo.ui.words import Words, long_day

BEHIND, NOW, AHEAD = "behind", "now", "ahead"


@dataclass(frozen=True)
class SignerShown:
    """One signer: name, what became of it and when, in whose place, and the paper if it was given on paper."""

    name: str
    state: State
    notes: Sequence[str]
    paper: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True)
class StepShown:
    """One step of the rail. `due` is empty unless its clock runs."""

    number: int
    title: Words
    place: str
    how: Words
    limit: str
    signers: Sequence[SignerShown]
    due: State | None = None
    due_on: str = ""

    @property
    def mark(self) -> State:
        """Where it stands, in words."""
        words = {BEHIND: _("done"), NOW: _("now"), AHEAD: _("still to come")}
        return State(words[self.place], {BEHIND: "good", NOW: "wait", AHEAD: "quiet"}[self.place])


@dataclass(frozen=True)
class Rail:
    """What the steps of one approval are shown from."""

    approval: Approval
    course: Course
    titles: Sequence[str]
    signed: Mapping[tuple[int, int], date]
    called: Called
    calendar: WorkCalendar
    on: date

    def steps(self) -> list[StepShown]:
        """Every step in order."""
        return [self._step(number, step) for number, step in enumerate(self.course.steps)]

    def _step(self, number: int, step: Step) -> StepShown:
        place = self._place(number)
        runs = place == NOW and step.due_on is not None
        limit = ngettext("%(days)d working day", "%(days)d working days", step.working_days)
        return StepShown(
            number + 1, step_words(self.titles[number]), place, Mode(step.mode).label if len(step.seats) > 1 else "",
            limit % {"days": step.working_days}, [self._signer(number, seat) for seat in step.seats],
            due_state(step.light(self.on), step.due_on, self.on, self.calendar) if runs else None,
            long_day(step.due_on) if runs and step.due_on else "",
        )  # fmt: skip

    def _place(self, number: int) -> str:
        state, current = self.course.state, self.course.current
        if state in (ApprovalState.APPROVED, ApprovalState.CONFIRMING) or (number < current):
            return BEHIND
        return NOW if state == ApprovalState.PENDING and number == current else AHEAD

    def _signer(self, number: int, seat: Seat) -> SignerShown:
        return SignerShown(
            self.called.party(seat.party), self._state(number, seat),
            list(self._notes(number, seat)), self._paper(seat), seat.live and seat.waits_for_confirmation,
        )  # fmt: skip

    def _state(self, number: int, seat: Seat) -> State:
        # A step that is done asks nobody any more, whatever its last signer was.
        if seat.state == SeatState.WAITING and self._place(number) == BEHIND:
            return State(_("no longer needed"), "quiet")
        return State(seat.state.label, SEAT_TONES[seat.state])

    def _notes(self, number: int, seat: Seat) -> Iterator[str]:
        if seat.kind != SeatKind.ASKED:
            yield str(seat.kind.label)
        if seat.why is not None:
            yield str(seat.why.label)
        other = seat.decided_by
        if other is not None and seat.paper is None and not other.same_as(seat.party):
            yield _("signed by %(name)s in their place") % {"name": self.called.party(other)}
        signed = self.signed.get((number, other.account)) if other and other.account is not None else None
        if seat.state == SeatState.APPROVED and signed and seat.paper is None:
            yield long_day(signed)

    def _paper(self, seat: Seat) -> str:
        if seat.paper is None:
            return ""
        told = {
            "number": seat.paper.number, "day": long_day(seat.paper.on), "name": self.called.party(seat.paper.entered_by),
        }  # fmt: skip
        if seat.paper.confirmed_by is None:
            return _("on paper %(number)s of %(day)s, entered by %(name)s; not yet confirmed") % told
        words = _("on paper %(number)s of %(day)s, entered by %(name)s, confirmed by %(other)s")
        return words % {**told, "other": self.called.party(seat.paper.confirmed_by)}


def days_signed(moves: Sequence[Any]) -> dict[tuple[int, int], date]:
    """(step, account) → the day on which it agreed. A move names the step after it, so the one before tells where."""
    found: dict[tuple[int, int], date] = {}
    at = 0
    for move in moves:
        if move.verb == Verb.APPROVE and move.account is not None:
            found[at, move.account] = local_day(move.at)
        at = move.step
    return found


def local_day(at: datetime) -> date:
    """The day of an instant where the office is."""
    return timezone.localdate(at)
