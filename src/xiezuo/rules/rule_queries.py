"""Questions about the work rules and the work calendar on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.organisation.api import Commission
from xiezuo.rules.defaults import default_rules
from xiezuo.rules.models import CalendarDay, CalendarYear, WorkRule
from xiezuo.rules.states import DayKind, RuleKind
from xiezuo.rules.working_days import WorkCalendar
from xiezuo.shared.errors import NotThere

GAP_MATTERS_FROM = 11
"""The month from which a limit of a few weeks may end in the next year."""


def rules_on(commission: Commission, kind: str, on: date) -> list[WorkRule]:
    """The rules of a kind in force on a day, in their own order. One query."""
    rows = WorkRule.objects.on(on).filter(commission=commission, kind=kind)
    return list(rows.order_by("position", "code", "id"))


def editions(commission: Commission, kind: str, code: str) -> list[WorkRule]:
    """Every edition of one rule by its first day, those still ahead too. Raises `NotThere`. One query."""
    rows = WorkRule.objects.current().filter(commission=commission, kind=kind, code=code)
    found = list(rows.order_by("starts"))
    if not found:
        raise NotThere(_("There is no work rule “%(code)s” in this commission.") % {"code": code})
    return found


def procedure_for(commission: Commission, situation: str, method: str, on: date) -> WorkRule:
    """Who approves a situation by a method, and within what time. One query.

    Raises `NotThere` if no procedure in force that day names the pair.
    """
    rows = WorkRule.objects.on(on).filter(commission=commission, kind=RuleKind.PROCEDURE, situation=situation)
    found = rows.filter(methods__contains=[method]).first()
    if found is None:
        words = _("No work rule in force on %(day)s says who approves situation %(situation)s by method %(method)s. The case-management office can add one under Regulations, Work rules.")  # fmt: skip
        raise NotThere(words % {"day": on, "situation": situation, "method": method})
    return found


def internal_on(commission: Commission, code: str, on: date) -> WorkRule:
    """Who decides an internal matter as it stands on a day. Raises `NotThere`. One query."""
    found = WorkRule.objects.on(on).filter(commission=commission, kind=RuleKind.INTERNAL, code=code).first()
    if found is None:
        words = _("No work rule %(code)s is in force on %(day)s, so nobody can decide this. The case-management office can add it under Regulations, Work rules.")  # fmt: skip
        raise NotThere(words % {"code": code, "day": on})
    return found


def deadline_on(commission: Commission, code: str, on: date) -> WorkRule:
    """A deadline of the library as it stands on a day. Raises `NotThere`. One query."""
    found = WorkRule.objects.on(on).filter(commission=commission, kind=RuleKind.DEADLINE, code=code).first()
    if found is None:
        raise NotThere(_("No deadline “%(code)s” is in force on %(day)s.") % {"code": code, "day": on})
    return found


def edition_begun_under(commission: Commission, rule: int) -> WorkRule:
    """The very edition that a matter began under, whatever was changed since. Raises `NotThere`. One query."""
    found = WorkRule.objects.filter(commission=commission, pk=rule).first()
    if found is None:
        raise NotThere(
            _("There is no edition %(number)s of a work rule in this commission.") % {"number": rule}
        )
    return found


def calendar_of(commission: Commission) -> WorkCalendar:
    """The work calendar of a commission, to count with. Two queries."""
    years = CalendarYear.objects.current().filter(commission=commission).values_list("starts", flat=True)
    days = CalendarDay.objects.current().filter(commission=commission).values_list("starts", "kind")
    return WorkCalendar(
        frozenset(first.year for first in years), {day: kind == DayKind.MAKE_UP for day, kind in days}
    )


@dataclass(frozen=True)
class YearPage:
    """One year of the calendar: the row that says it is held (None if it is not), its days, and all years held."""

    year: int
    held: CalendarYear | None
    days: tuple[CalendarDay, ...]
    years: tuple[int, ...]


def year_page(commission: Commission, year: int) -> YearPage:
    """One year of the work calendar, whether it is held or not. Two queries."""
    held = list(CalendarYear.objects.current().filter(commission=commission).order_by("starts"))
    days = CalendarDay.objects.current().filter(commission=commission, starts__year=year).order_by("starts")
    here = next((row for row in held if row.starts.year == year), None)
    return YearPage(year, here, tuple(days), tuple(row.starts.year for row in held))


@dataclass(frozen=True)
class CalendarGap:
    """The next year is not held, or held provisionally, while limits begin to run into it."""

    year: int
    missing: bool

    @property
    def words(self) -> str:
        """What follows from it, in the reader's language."""
        if self.missing:
            words = _("The work calendar does not hold %(year)s yet. What would have to be counted into it cannot be applied for until the year is added.")  # fmt: skip
        else:
            words = _("The work calendar holds %(year)s provisionally, with weekends only. Enter its days off once they are published: limits counted now may move.")  # fmt: skip
        return words % {"year": self.year}

    @property
    def name(self) -> str:
        """What the year's page is called."""
        return _("Work calendar %(year)s") % {"year": self.year}


def calendar_gap(commission: Commission, today: date) -> CalendarGap | None:
    """What the calendar lacks of the next year, from November on, when its days off are published. One query."""
    if today.month < GAP_MATTERS_FROM:
        return None
    year = today.year + 1
    rows = CalendarYear.objects.current().filter(commission=commission, starts=date(year, 1, 1))
    held = rows.first()
    return None if held is not None and not held.provisional else CalendarGap(year, missing=held is None)


def lacks_defaults(commission: Commission) -> bool:
    """Whether there are default rules that the commission never had, such as those of a newer package. One query."""
    had = set(WorkRule.objects.filter(commission=commission).values_list("kind", "code"))
    return any((rule["kind"], rule["code"]) not in had for rule in default_rules())


def day_known(commission: Commission, day: int) -> CalendarDay:
    """A day of the calendar by its number. Raises `NotThere` if it is not, or no longer, entered. One query."""
    found = CalendarDay.objects.current().filter(commission=commission, pk=day).first()
    if found is None:
        raise NotThere(_("This day is not in the work calendar, or no longer."))
    return found


def in_force(rows: Iterable[WorkRule], on: date) -> WorkRule | None:
    """The edition among `rows` that is in force on a day."""
    return next((row for row in rows if row.starts <= on < row.ends), None)
