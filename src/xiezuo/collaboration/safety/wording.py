"""Talks and incidents in words: lengths of time, gaps, the clock of an incident."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from xiezuo.collaboration.models import Incident, IncidentStep, Talk
from xiezuo.collaboration.queries.safety import gaps_in
from xiezuo.collaboration.safety.gaps import Gap, Where
from xiezuo.collaboration.states import IncidentState, IncidentVerb
from xiezuo.shared.lists import clauses
from xiezuo.ui.parts import State
from xiezuo.ui.words import Words

MINUTE = 60
HOUR = 3600


def instant_words(instant: datetime) -> str:
    """A moment to the minute."""
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M}"


def span_words(started: datetime, ended: datetime) -> str:
    """A span to the second; the day of its end only where it is another."""
    first, last = timezone.localtime(started), timezone.localtime(ended)
    return f"{first:%Y-%m-%d %H:%M:%S}–{last:%H:%M:%S}" if first.date() == last.date() else f"{first:%Y-%m-%d %H:%M:%S}–{last:%Y-%m-%d %H:%M:%S}"  # fmt: skip


def length_words(length: timedelta) -> str:
    """A length in hours, minutes and seconds, without those that are nought: 2小时5分."""
    seconds = int(length.total_seconds())
    parts = (
        (seconds // HOUR, _("%(number)s h")), (seconds % HOUR // MINUTE, _("%(number)s min")), (seconds % MINUTE, _("%(number)s s")),
    )  # fmt: skip
    told = [words % {"number": number} for number, words in parts if number]
    apart = "" if (get_language() or "").startswith("zh") else " "
    return apart.join(told) if told else _("%(number)s s") % {"number": 0}


def clock_words(length: timedelta) -> str:
    """The same to the minute, as nobody reads a day in seconds."""
    minutes = int(length.total_seconds()) // MINUTE
    return length_words(timedelta(minutes=minutes)) if minutes else _("less than a minute")


def gap_words(gap: Gap) -> Words:
    """Where nothing was recorded, and for how long."""
    told = {"length": length_words(gap.span.length)}
    return {
        Where.BEFORE: _("%(length)s before the recorder was started"), Where.BETWEEN: _("%(length)s between two stretches"),
        Where.AFTER: _("%(length)s after the recorder was stopped"), Where.ALL: _("%(length)s: the whole talk"),
    }[gap.where] % told  # fmt: skip


def recording_state(talk: Talk) -> State:
    """Whether all of a talk was recorded."""
    missed = gaps_in(talk)
    if not missed:
        return State(_("recorded throughout"), "good")
    words = ngettext("%(count)d gap, %(length)s", "%(count)d gaps, %(length)s in all", len(missed))
    length = sum((each.span.length for each in missed), timedelta())
    return State(words % {"count": len(missed), "length": length_words(length)}, "bad")


def gaps_words(talk: Talk) -> str:
    """Every gap in the recording of a talk in a row; empty where there is none."""
    return clauses(str(gap_words(each)) for each in gaps_in(talk))


def incident_state(incident: Incident, now: datetime) -> State:
    """How an incident stands by its clock, whether or not the round has been: the hours left, or how late it is."""
    if incident.state in (IncidentState.OPEN, IncidentState.ESCALATED):
        return _unreported(incident, now)
    late = lateness(incident)
    words = _("reported in time") if late is None else _("reported late, by %(length)s") % {"length": clock_words(late)}  # fmt: skip
    if incident.state == IncidentState.CLOSED:
        return State(_("closed; %(reported)s") % {"reported": words}, "good" if late is None else "warn")
    return State(_("%(reported)s; to be closed") % {"reported": words}, "wait" if late is None else "warn")


def _unreported(incident: Incident, now: datetime) -> State:
    left = incident.due_at - now
    if left > timedelta():
        half = left * 2 < incident.due_at - incident.known_at
        return State(_("%(length)s left to report it upward") % {"length": clock_words(left)}, "warn" if half else "wait")  # fmt: skip
    return State(_("not reported; late by %(length)s") % {"length": clock_words(-left)}, "bad")


def report_of(incident: Incident) -> IncidentStep | None:
    """The report upward of an incident whose steps are at hand."""
    return next((each for each in incident.steps.all() if each.verb == IncidentVerb.REPORT), None)


def lateness(incident: Incident) -> timedelta | None:
    """By how much an incident was reported too late; None for one that was not late, or not reported."""
    report = report_of(incident)
    if report is None or report.happened_at <= incident.due_at:
        return None
    return report.happened_at - incident.due_at
