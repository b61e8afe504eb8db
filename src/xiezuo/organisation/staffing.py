"""How many people the kinds of unit have over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from xiezuo.organisation.models import Commission
from xiezuo.organisation.states import LENT, UnitKind

# One question for all days: the days are the rows that assignments are joined to.
_HEADCOUNT = """
SELECT r.kind, d.day, count(DISTINCT a.person_id),
       count(DISTINCT a.person_id) FILTER (WHERE a.engagement = '专职'),
       count(DISTINCT a.person_id) FILTER (WHERE a.status = ANY(%(lent)s))
FROM unnest(%(days)s::date[]) AS d(day)
JOIN organisation_assignment a ON a.commission_id = %(commission)s AND a.known_until IS NULL
 AND a.starts <= d.day AND a.ends > d.day
JOIN organisation_unitrecord r ON r.unit_id = a.unit_id AND r.known_until IS NULL
 AND r.starts <= d.day AND r.ends > d.day
GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Headcount:
    """People of one kind of unit on one day, each counted once; `lent` are those who belong to another unit."""

    people: int = 0
    full_time: int = 0
    lent: int = 0


def staffing_over_time(commission: Commission, days: Sequence[date]) -> dict[UnitKind, list[Headcount]]:
    """A series per kind of unit that has anybody on one of `days`, in official order. One query."""
    asked = {"lent": list(LENT), "days": list(days), "commission": commission.pk}
    with connection.cursor() as cursor:
        cursor.execute(_HEADCOUNT, asked)
        found = {(kind, day): Headcount(*counts) for kind, day, *counts in cursor.fetchall()}
    kinds = [kind for kind in UnitKind if any(key[0] == kind for key in found)]
    return {kind: [found.get((kind.value, day), Headcount()) for day in days] for kind in kinds}
