"""How many working days decisions took: counted in bands, by the work calendar of the commission.

Days are counted after the day of the application up to the day of the decision, time with the applicant included; of a
year that the calendar does not hold, Monday to Friday are counted.
"""

import statistics
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, Func, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.approvals.api import DECIDED_ON, FIRST_PLACE, Kind, all_kinds, columns_of, decided
from xiezuo.figures.api import Asked, Balance, Column, Figure, between, register, register_balances
from xiezuo.rules.models import CalendarDay
from xiezuo.rules.states import DayKind

Rows = QuerySet[Any, Any]


class _WeekdaysUpTo(Func):
    """Days from Monday to Friday since a Monday long ago, up to a day."""

    output_field = IntegerField()

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Whole weeks of five days, and what is begun of the last one."""
        text, given = compiler.compile(self.source_expressions[0])
        days = f"(({text}) - DATE '2000-01-02')"
        return f"({days} / 7 * 5 + LEAST({days} %% 7, 5))", [*given, *given]


def _taken(asked: Asked) -> Rows:
    """What was decided, each with its working days."""
    return with_working_days(asked, decided(asked).annotate(begun=TruncDate("submitted_at")))


def with_working_days(asked: Asked, rows: Rows, until: str = "starts") -> Rows:
    """Rows of a commission with the working days after their day `begun` up to the day `until`, as `working_days`."""
    off = asked.of_outer(CalendarDay, commission_id=OuterRef("commission_id"))
    between_them = off.filter(starts__gt=OuterRef("begun"), starts__lte=OuterRef(until)).order_by()
    worked = Sum(Case(When(kind=DayKind.MAKE_UP, then=1), default=-1, output_field=IntegerField()))
    differs = between_them.values("commission_id").annotate(worked=worked).values("worked")
    weekdays = _WeekdaysUpTo(F(until)) - _WeekdaysUpTo(F("begun"))
    return rows.annotate(working_days=weekdays + Coalesce(Subquery(differs), Value(0)))


TAKEN = Column("working_days", pgettext_lazy("column", "Working days"), "working_days")
COUNTING = _("Working days are counted after the day of the application up to the day of the decision, time with the applicant included.")  # fmt: skip


def _band(key: str, title: Any, definition: Any, place: int, **days: int) -> Figure:
    narrower = {f"working_days__{how}": number for how, number in days.items()}
    return Figure(
        key=f"approvals.{key}", title=title, definition=definition, unit=pgettext_lazy("unit of count", "matters"),
        order=FIRST_PLACE + place, record="approval", rows=lambda asked: _taken(asked).filter(**narrower),
        columns=(*columns_of(), DECIDED_ON, TAKEN), monthly=True,
    )  # fmt: skip


BANDS = (
    _band("within_1", _("Decided within 1 working day"), _("Applications decided in the period within one working day."), 20, lte=1),
    _band("within_3", _("Decided within 2 to 3 working days"), _("Applications decided in the period within two or three working days."), 21, gte=2, lte=3),
    _band("within_5", _("Decided within 4 to 5 working days"), _("Applications decided in the period within four or five working days."), 22, gte=4, lte=5),
    _band("over_5", _("Decided after more than 5 working days"), _("Applications decided in the period after more than five working days."), 23, gt=5),
)  # fmt: skip


def _middle(days: Sequence[int]) -> int | None:
    return statistics.median_low(days) if days else None


def _longest(days: Sequence[int]) -> int | None:
    return max(days, default=None)


def _derived(key: str, words: tuple[Any, ...], place: int, reduce: Any, kind: str = "") -> Figure:
    title, definition = words

    def rows(asked: Asked) -> Rows:
        return _taken(asked).filter(kind=kind) if kind else _taken(asked)

    return Figure(
        key=f"approvals.{key}", title=title, definition=definition, unit=pgettext_lazy("unit of count", "working days"),
        order=FIRST_PLACE + place, record="approval", rows=rows, columns=(*columns_of(), DECIDED_ON, TAKEN),
        measure="working_days", reduce=reduce,
    )  # fmt: skip


MIDDLE = _(
    "Half of the applications decided in the period took no longer; of two middle ones the shorter is given."
)
LONGEST = _("The most working days that an application decided in the period took.")
MIDDLE_OF_KIND = (
    _("{kind}: middle of the working days to decide"),
    _("Of the applications of the kind {kind} decided in the period, half took no longer; of two middle ones the shorter is given."),
)  # fmt: skip
LONGEST_OF_KIND = (
    _("{kind}: longest working days to decide"),
    _("The most working days that an application of the kind {kind} decided in the period took."),
)
WHOLE = (
    _derived("middle_days", (_("Working days to decide, the middle"), format_lazy("{} {}", MIDDLE, COUNTING)), 30, _middle),
    _derived("longest_days", (_("Working days to decide, the longest"), format_lazy("{} {}", LONGEST, COUNTING)), 31, _longest),
)  # fmt: skip


def _of_kind(kind: Kind, place: int) -> tuple[Figure, ...]:
    """How many of a kind were decided, and how long they took."""
    code, title = kind.code, kind.title
    count = Figure(
        key=f"approvals.{code}_decided", title=format_lazy(_("{kind}: decided"), kind=title), monthly=True,
        definition=format_lazy(_("Of the applications decided in the period, those of the kind {kind}."), kind=title),
        unit=pgettext_lazy("unit of count", "matters"), order=FIRST_PLACE + place, record="approval",
        rows=lambda asked: decided(asked).filter(kind=code), columns=(*columns_of(), DECIDED_ON),
    )  # fmt: skip
    middle, longest = (
        tuple(format_lazy(words, kind=title) for words in pair) for pair in (MIDDLE_OF_KIND, LONGEST_OF_KIND)
    )
    return (
        count,
        _derived(f"{code}_middle_days", middle, place + 1, _middle, code),
        _derived(f"{code}_longest_days", longest, place + 2, _longest, code),
    )


def register_figures_of_kinds() -> None:
    """Called once, when every app has declared its kinds of matters: their figures, and that they add up."""
    declared = all_kinds()
    for number, kind in enumerate(declared):
        register(*_of_kind(kind, 40 + 3 * number))
    keys = [f"approvals.{kind.code}_decided" for kind in declared]
    if keys:
        sides = between("approvals.decided", lambda *terms: sum(terms), *keys)
        rule = _("Applications decided = those of each kind")
        register_balances(Balance(id="approvals.decided_by_kind", kind="identity", rule=rule, order=FIRST_PLACE + 4, **sides))  # fmt: skip


def register_rule_figures() -> None:
    """Called once, when the app is ready."""
    register(*BANDS, *WHOLE)
    keys = [figure.key for figure in BANDS]
    sides = between("approvals.decided", lambda *terms: sum(terms), *keys)
    rule = _("Applications decided = the sum of the bands of working days")
    register_balances(Balance(id="approvals.decided_by_days", kind="identity", rule=rule, order=FIRST_PLACE + 3, **sides))  # fmt: skip
