"""The way of a request as its page shows it: stages behind, now and ahead; who, when, how much time is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from xiezuo.collaboration.models import Request, RequestMove
from xiezuo.collaboration.requests.wording import light_shown, state_shown
from xiezuo.collaboration.states import ASKED, RequestState
from xiezuo.rules.api import WorkCalendar
from xiezuo.ui.parts import State
from xiezuo.ui.words import Words, long_day

_S = RequestState
STAGES: tuple[tuple[Words, tuple[RequestState, ...]], ...] = (
    (pgettext_lazy("stage", "Asked for"), (_S.DRAFT, _S.RETURNED)),
    (pgettext_lazy("stage", "Decided"), ASKED),
    (pgettext_lazy("stage", "Team put together"), (_S.APPROVED, _S.TEAMING)),
    (pgettext_lazy("stage", "Work"), (_S.SENT, _S.WORKING)),
    (pgettext_lazy("stage", "Reported"), (_S.REPORTED,)),
    (pgettext_lazy("stage", "Evaluated by both sides"), (_S.EVALUATING,)),
    (pgettext_lazy("stage", "Closed and filed"), (_S.CLOSED,)),
)
"""The stages of the way; each request is in one of them, or was ended on the way."""
ENDED_EARLY = (_S.WITHDRAWN, _S.REFUSED, _S.TERMINATED, _S.TRANSFERRED)
BEHIND, NOW, AHEAD = "behind", "now", "ahead"
MARKS = {BEHIND: (gettext_lazy("done"), "good"), NOW: (gettext_lazy("now"), "wait"), AHEAD: (gettext_lazy("still to come"), "quiet")}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One stage: where it stands, who has it, since when or by when."""

    number: int
    words: Words
    place: str
    mark: State
    who: str = ""
    on: str = ""
    due: State | None = None
    due_on: str = ""


@dataclass(frozen=True)
class Way:
    """What the stages of one request are made from: its moves, who has the next step, and the day that is today."""

    row: Request
    moves: Sequence[RequestMove]
    who: str
    calendar: WorkCalendar
    on: date

    def stages(self) -> list[Stage]:
        """Every stage in order; of what ended on the way the stages it came to, and its end."""
        at = self._reached()
        if self.row.state in ENDED_EARLY:
            return [*(self._behind(number) for number in range(at + 1)), self._end(at + 1)]
        return [self._stage(number, at) for number in range(len(STAGES))]

    def _reached(self) -> int:
        """The stage that the request is in, or was in when it ended."""
        states = [*(_S(move.state) for move in self.moves), _S(self.row.state)]
        return next((_stage_of(state) for state in reversed(states) if state not in ENDED_EARLY), 0)

    def _stage(self, number: int, at: int) -> Stage:
        if number < at or self.row.state == _S.CLOSED:
            return self._behind(number)
        words = STAGES[number][0]
        if number > at:
            return Stage(number + 1, words, AHEAD, State(*MARKS[AHEAD]))
        due = self.row.next_due_on
        light = light_shown(due, self.on, self.calendar) if due else None
        return Stage(number + 1, words, NOW, state_shown(self.row.state), self.who, "", light, long_day(due) if due else "")  # fmt: skip

    def _behind(self, number: int) -> Stage:
        done = [
            move for move in self.moves if _S(move.state) in ENDED_EARLY or _stage_of(_S(move.state)) > number
        ]
        last = done[0] if done else (self.moves[-1] if self.moves else None)
        on = long_day(timezone.localdate(last.at)) if last else ""
        return Stage(
            number + 1, STAGES[number][0], BEHIND, State(*MARKS[BEHIND]), last.by if last else "", on
        )

    def _end(self, number: int) -> Stage:
        on = long_day(self.row.ended_on) if self.row.ended_on else ""
        by = self.moves[-1].by if self.moves else ""
        return Stage(number + 1, _("Ended on the way"), NOW, state_shown(self.row.state), by, on)


def _stage_of(state: RequestState) -> int:
    return next((number for number, (_words, states) in enumerate(STAGES) if state in states), 0)
