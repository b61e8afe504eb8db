"""Requests in words: their number, how they stand, how much time is left."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.collaboration.queries.request_lists import IN_TIME, LATE, NONE, SOON
from xiezuo.collaboration.states import RequestState
from xiezuo.rules.api import WorkCalendar, YearMissing, time_left
from xiezuo.ui.parts import State
from xiezuo.ui.words import Words, long_day

_S = RequestState
TONES = {
    _S.DRAFT: "quiet", _S.RETURNED: "warn", _S.APPROVED: "good", _S.CLOSED: "good", _S.REFUSED: "bad", _S.TERMINATED: "bad",
    _S.WITHDRAWN: "quiet", _S.TRANSFERRED: "quiet",
}  # fmt: skip
"""How a state looks; what is under way waits for somebody."""
SOON_DAYS = 2
"""Working days before a limit from which on it is soon."""


def number_words(year: int | None, number: int | None) -> str:
    """The number of a request as it is written on paper; a draft has none."""
    return f"协作〔{year}〕{number}号" if number is not None else pgettext("request", "draft")


def state_shown(state: str) -> State:
    """How a request stands, in word, shape and colour."""
    known = _S(state)
    return State(known.label, TONES.get(known, "wait"))


def light_words(light: str) -> Words:
    """A light without its colour."""
    return {LATE: _("late"), SOON: _("due soon"), IN_TIME: _("in time"), NONE: _("nothing is due")}[light]


def light_shown(due: date | None, on: date, calendar: WorkCalendar) -> State:
    """The time left for the next step as one: a word, a shape and a colour."""
    if due is None:
        return State("—", "quiet")
    if due < on:
        return State(time_left(due, on, calendar), "bad")
    return State(time_left(due, on, calendar), "warn" if due <= soon_day(on, calendar) else "good")


def soon_day(on: date, calendar: WorkCalendar) -> date:
    """The last day that is soon; the day itself where the calendar has no such year."""
    try:
        return calendar.after(on, SOON_DAYS)
    except YearMissing:
        return on


def days_words(starts: date | None, ends: date | None) -> str:
    """Half-open days as their first and last."""
    if starts is None or ends is None:
        return ""
    return _("%(first)s to %(last)s") % {"first": long_day(starts), "last": long_day(ends - ends.resolution)}
