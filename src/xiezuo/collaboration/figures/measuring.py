"""What the effectiveness page counts, by zone, situation and method: the registry's own rows, grouped. Fixed queries.

Totals are asked for inside `counting`, so that a reader of totals need not see a record.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, SupportsInt

from django.db.models import Aggregate, Case, Count, F, IntegerField, QuerySet, Sum, When
from django.db.models.functions import ExtractMonth, ExtractYear

from xiezuo.collaboration.figures import help_given, matters, recusals
from xiezuo.collaboration.figures.periods import MONTHS_A_YEAR, Period
from xiezuo.figures.api import Asked, Asking, Question, counting

Rows = QuerySet[Any, Any]
Key = Hashable
"""A zone's number, or the code of a situation or method; None where there is none."""


class Median(Aggregate):
    """The middle of whole numbers; of two middle ones the smaller (PostgreSQL percentile_disc)."""

    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = IntegerField()


def _month(day: str) -> Any:
    """Months since the year 0, which the database answers as a plain number."""
    return ExtractYear(day) * MONTHS_A_YEAR + ExtractMonth(day) - 1


def _first_day(month: SupportsInt) -> date:
    year, number = divmod(int(month), MONTHS_A_YEAR)
    return date(year, number + 1, 1)


def _grouped(rows: Callable[[Asked], Rows], path: str = "", *, day: str = "day", split: str = "") -> Question:
    def build(asked: Asked) -> Rows:
        by = [f"{path}zone", f"{path}situation", f"{path}method"]
        found = rows(asked).order_by().annotate(month=_month(day) if day else F(by[0]))
        more = [split] if split else []
        return found.values_list(*by, "month", *more).annotate(total=Count("pk"))

    return Question(build)


def _decided(asked: Asked) -> Rows:
    return matters.decided(asked).annotate(late=Case(When(matters.LATE, then=1), default=0, output_field=IntegerField()))  # fmt: skip


def _middle(by: str) -> Question:
    def build(asked: Asked) -> Rows:
        rows = matters.decided(asked).annotate(hours=matters.hours_taken()).order_by()
        return rows.values_list(by).annotate(middle=Median("hours"))

    return Question(build)


def _help(asked: Asked) -> Rows:
    rows = help_given.helped(asked).order_by()
    return rows.values_list("unit_id", "request__zone", "request__situation", "request__method").annotate(total=Sum("days"))  # fmt: skip


SUBMITTED = _grouped(matters.submitted)
DECIDED = _grouped(_decided, split="late")
OVERDUE = _grouped(matters.overdue, day="")
RECUSALS = _grouped(recusals.raised, "request__")
FOUND = _grouped(matters.found, "request__", split="rectified")
SENT = _grouped(help_given.sent, "request__")
HELP = Question(_help)
MIDDLES = {by: _middle(by) for by in ("zone", "situation", "method", "commission_id")}
GROUPS = ("zone", "situation", "method")


@dataclass
class Counted:
    """Counts of one period by the parts of one breakdown, with those of months; nothing is hidden yet."""

    submitted: Counter[Key] = field(default_factory=Counter)
    in_time: Counter[Key] = field(default_factory=Counter)
    late: Counter[Key] = field(default_factory=Counter)
    overdue: Counter[Key] = field(default_factory=Counter)
    recusals: Counter[Key] = field(default_factory=Counter)
    rectified: Counter[Key] = field(default_factory=Counter)
    not_rectified: Counter[Key] = field(default_factory=Counter)
    sent: Counter[Key] = field(default_factory=Counter)
    given: Counter[Key] = field(default_factory=Counter)
    received: Counter[Key] = field(default_factory=Counter)
    middles: Mapping[Key, int] = field(default_factory=dict)
    middle: int | None = None
    months: dict[str, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))

    def parts(self) -> set[Key]:
        """Every part of which anything was counted."""
        counters = (getattr(self, name) for name in _COUNTERS)
        return {part for counter in counters for part, count in counter.items() if count}


_COUNTERS = (
    "submitted", "in_time", "late", "overdue", "recusals", "rectified", "not_rectified", "sent", "given", "received",
)  # fmt: skip


def counted(commission: int, period: Period, on: date, by: str, zone_of_unit: Mapping[int, int]) -> Counted:
    """Counts of a period as known at the end of the day `on`, by zone, situation or method. Nine queries and three more."""
    asking = Asking((commission,), min(on, period.last), during=(period.starts, period.ends))
    at, found = GROUPS.index(by), Counted()
    with counting(asking.commissions) as known:
        if not known:
            return found
        _count(found, asking, at)
        _count_help(found, asking, at, zone_of_unit)
        found.middles = dict(MIDDLES[by].ask(asking))
        found.middle = dict(MIDDLES["commission_id"].ask(asking)).get(commission)
    return found


def _count(found: Counted, asking: Asking, at: int) -> None:
    plain = {"submitted": SUBMITTED, "recusals": RECUSALS, "sent": SENT, "overdue": OVERDUE}
    for name, question in plain.items():
        for row in question.ask(asking):
            getattr(found, name)[row[at]] += row[-1]
            if name != "overdue":
                found.months[name][_first_day(row[3])] += row[-1]
    for question, names in ((DECIDED, ("in_time", "late")), (FOUND, ("not_rectified", "rectified"))):
        for row in question.ask(asking):
            getattr(found, names[row[4]])[row[at]] += row[-1]
            found.months["decided" if question is DECIDED else "found"][_first_day(row[3])] += row[-1]


def _count_help(found: Counted, asking: Asking, at: int, zone_of_unit: Mapping[int, int]) -> None:
    """Received where the request is; given, among zones, where the member's unit is."""
    for unit, *groups, days in HELP.ask(asking):
        found.received[groups[at]] += days
        found.given[zone_of_unit.get(unit) if at == 0 else groups[at]] += days
