"""Opening + taken up − given up = closing: posts of every unit between two days, those lent shown apart."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from xiezuo.organisation.models import Assignment, Commission
from xiezuo.organisation.queries.names import unit_names
from xiezuo.organisation.states import LENT


@dataclass(frozen=True)
class Flow:
    """Posts of one unit, or of all: held at the end of the first day, taken up, given up, held on the last day.

    Each `lent_…` is of the number beside it.
    """

    unit: int | None
    name: str
    opening: int
    begun: int
    ended: int
    closing: int
    lent_opening: int
    lent_begun: int
    lent_ended: int
    lent_closing: int

    @property
    def holds(self) -> bool:
        """Whether the balance is kept, for all and for those lent."""
        whole = self.opening + self.begun - self.ended == self.closing
        return whole and self.lent_opening + self.lent_begun - self.lent_ended == self.lent_closing


COUNTS = ("opening", "begun", "ended", "closing", "lent_opening", "lent_begun", "lent_ended", "lent_closing")


def staffing_between(commission: Commission, first: date, last: date) -> list[Flow]:
    """One flow a unit that held a post on either day or between them, in official order. Two queries."""
    rows = list(_asked(commission, first, last))
    names = unit_names({row["unit_id"] for row in rows}, last)
    order = {unit: number for number, unit in enumerate(names)}
    flows = [Flow(row["unit_id"], names.get(row["unit_id"], ""), *(row[count] for count in COUNTS)) for row in rows]
    return sorted(flows, key=lambda flow: order.get(flow.unit or 0, len(order)))


def all_units(flows: list[Flow]) -> Flow:
    """The sum of flows."""
    return Flow(None, "", *(sum(getattr(flow, count) for flow in flows) for count in COUNTS))


def _asked(commission: Commission, first: date, last: date):  # type: ignore[no-untyped-def]
    on_first, on_last = Q(starts__lte=first, ends__gt=first), Q(starts__lte=last, ends__gt=last)
    begun, ended = Q(starts__gt=first, starts__lte=last), Q(ends__gt=first, ends__lte=last)
    conditions = {"opening": on_first, "begun": begun, "ended": ended, "closing": on_last}
    counts = {name: Count("id", filter=condition) for name, condition in conditions.items()}
    lent = {f"lent_{name}": Count("id", filter=condition & Q(status__in=LENT)) for name, condition in conditions.items()}
    touched = Assignment.objects.current().filter(commission=commission, ends__gt=first, starts__lte=last)
    return touched.order_by().values("unit_id").annotate(**counts, **lent)
