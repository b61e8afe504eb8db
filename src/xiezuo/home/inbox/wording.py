"""States, lights, days and deeds of applications in words."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.approvals.states import ApprovalState, SeatState, Verb
from xiezuo.rules.api import Approver, WorkCalendar, time_left
from xiezuo.ui.parts import State
from xiezuo.ui.words import Words

TONES = {
    ApprovalState.PENDING: "wait", ApprovalState.RETURNED: "warn", ApprovalState.CONFIRMING: "warn",
    ApprovalState.APPROVED: "good", ApprovalState.REFUSED: "bad", ApprovalState.WITHDRAWN: "quiet",
}  # fmt: skip
SEAT_TONES = {
    SeatState.LATER: "quiet", SeatState.WAITING: "wait", SeatState.APPROVED: "good", SeatState.DROPPED: "quiet",
}  # fmt: skip
LIGHT_TONES = {"green": "good", "amber": "warn", "red": "bad"}


def state_of(state: str) -> State:
    """How an approval stands."""
    known = ApprovalState(state)
    return State(known.label, TONES[known])


def light_words(light: str) -> str:
    """A light without its colour."""
    words = {"green": _("in time"), "amber": _("half the time has gone"), "red": _("late")}
    return words.get(light, "")


def due_state(light: str, due: date | None, on: date, calendar: WorkCalendar) -> State:
    """Light and time left as one: a word, a shape and a colour. Empty where no clock runs."""
    if not light or due is None:
        return State("—", "quiet")
    words = time_left(due, on, calendar)
    # A limit that once passed stays red after a return, whatever time the new one leaves.
    return State(
        words if light != "red" or due < on else _("was late; %(left)s") % {"left": words}, LIGHT_TONES[light]
    )


def step_words(title: str) -> Words:
    """The title of a step: an office in the reader's language, or as the rule has it."""
    return Approver(title).label if title in Approver.values else title


_DONE: dict[Verb, Callable[[], str]] = {
    Verb.SUBMIT: lambda: pgettext("done", "applied"),
    Verb.APPROVE: lambda: pgettext("done", "agreed"),
    Verb.RETURN: lambda: pgettext("done", "returned it"),
    Verb.REFUSE: lambda: pgettext("done", "refused it"),
    Verb.ADD_SIGNER: lambda: pgettext("done", "added a signer"),
    Verb.RECUSE: lambda: pgettext("done", "entered a recusal"),
    Verb.WITHDRAW: lambda: pgettext("done", "withdrew it"),
    Verb.URGE: lambda: pgettext("done", "urged"),
    Verb.RESUBMIT: lambda: pgettext("done", "submitted it again"),
    Verb.ENTER_PAPER: lambda: pgettext("done", "entered an agreement given on paper"),
    Verb.CONFIRM_PAPER: lambda: pgettext("done", "confirmed a paper entry"),
    Verb.STRIKE_PAPER: lambda: pgettext("done", "struck a paper entry"),
    Verb.HAND_OVER: lambda: pgettext("done", "handed it over"),
    Verb.READ: lambda: pgettext("done", "read it"),
    Verb.ATTEND: lambda: pgettext("done", "brought it up to the day"),
}


def done_words(verb: str) -> str:
    """What somebody did, as the timeline tells it."""
    known = Verb(verb)
    return _DONE[known]() if known in _DONE else str(known.label)
