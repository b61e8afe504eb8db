"""The time until a limit in words, counted in working days: said in one way wherever a limit is shown."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.rules.working_days import WorkCalendar, YearMissing
from xiezuo.ui.words import long_day


def time_left(due: date, on: date, calendar: WorkCalendar) -> str:
    """The working days until `due`, or since; the day itself where the calendar has no such year."""
    try:
        return _counted(due, on, calendar)
    except YearMissing:
        return _("due on %(day)s") % {"day": long_day(due)}


def _counted(due: date, on: date, calendar: WorkCalendar) -> str:
    if due == on:
        return _("due today")
    if due > on:
        left = calendar.between(on, due)
        return ngettext("%(days)d working day left", "%(days)d working days left", left) % {"days": left}
    past = calendar.between(due, on)
    if past == 0:
        # It passed on a free day: nobody could have worked since.
        return _("late")
    return ngettext("late by %(days)d working day", "late by %(days)d working days", past) % {"days": past}
