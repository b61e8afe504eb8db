"""What a figure was at the end of each month before the day."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from xiezuo.figures.api import Answer, Asking, values
from xiezuo.organisation.api import Commission
from xiezuo.ui.charts import Chart, Series

MONTHS_SHOWN = 12


def month_ends(day: date, months: int) -> list[date]:
    """The last days of the `months` calendar months before that of `day`, then `day` itself, in order."""
    ends = [day]
    first = day.replace(day=1)
    for _count in range(months):
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]


def history_of(commission: Commission, found: Answer, day: date) -> Chart | None:
    """The figure over the last year, one question a month. A figure of one month has no history: it is over."""
    if "@" in found.key:
        return None
    days = month_ends(day, MONTHS_SHOWN)
    known = [
        values(Asking((commission.pk,), each), [found.key])[commission.pk][found.key] for each in days[:-1]
    ]
    line = Series(found.key, found.figure.title, [*known, found.value], slot=0)
    return Chart(
        _("At each month's end"), "line", [each.isoformat() for each in days], [line],
        unit=found.figure.unit, category_name=_("Day"), size="small",
    )  # fmt: skip
