"""By when an incident is reported upward: the deadline T11 of the county's rules, in force when it became known."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from xiezuo.organisation.api import Commission
from xiezuo.rules.api import LimitUnit, YearMissing, calendar_of, clock_of, deadline_on, hour_clock
from xiezuo.shared.errors import NotThere

DEADLINE = "T11"
"""The deadline of a report upward in the library of the rules."""
WITHIN = timedelta(hours=24)
"""The same by the work rule itself (监督执纪工作规则 70), where the county's library has no such row: an incident is filed all the same."""


def due_by_rule(commission: Commission, known_at: datetime) -> tuple[datetime, int | None]:
    """The last instant of a report, and the edition that says so; None for that where the county has none to count by."""
    known = timezone.localtime(known_at)
    try:
        rule = deadline_on(commission, DEADLINE, known.date())
        if rule.limit is not None and rule.limit_unit == LimitUnit.HOURS:
            return hour_clock(known, rule.limit).due, rule.pk
        if rule.limit is not None:
            last = clock_of(rule, known.date(), calendar_of(commission)).due
            return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min)), rule.pk
    except (NotThere, YearMissing):
        pass
    return known + WITHIN, None
