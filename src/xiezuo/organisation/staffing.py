"""How many people the groups of units have over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from xiezuo.figures.api import counting
from xiezuo.organisation.models import Commission
from xiezuo.organisation.states import INTERNAL_OFFICES, LENT, UnitKind


class StaffGroup(models.TextChoices):
    """Kinds of unit that are read as one force, in official order."""

    LEADERSHIP = "领导班子", _("leadership")
    OFFICES = "机关", _("offices of the commission")
    STATIONED = "派驻组", _("stationed groups")
    STATIONS = "驻乡镇工作室", _("township stations")
    TOWNSHIPS = "乡镇纪委", _("township commissions")
    OTHERS = "其他", _("other units")


_GROUP_OF: Mapping[UnitKind, StaffGroup] = {
    UnitKind.LEADERSHIP: StaffGroup.LEADERSHIP,
    UnitKind.STATIONED_GROUP: StaffGroup.STATIONED,
    UnitKind.TOWNSHIP_STATION: StaffGroup.STATIONS,
    UnitKind.TOWNSHIP_COMMISSION: StaffGroup.TOWNSHIPS,
    **dict.fromkeys(INTERNAL_OFFICES, StaffGroup.OFFICES),
}

# One question for all days: the days are the rows that units are joined to, before their people are: a unit on a day has
# one kind, and to find it for each of its people would cost as much as finding the people.
_HEADCOUNT = """
WITH standing AS MATERIALIZED (
  SELECT d.day, r.unit_id, g.name
  FROM unnest(%(days)s::date[]) AS d(day)
  JOIN organisation_unitrecord r ON r.commission_id = %(commission)s AND r.known_until IS NULL
   AND r.starts <= d.day AND r.ends > d.day
  JOIN unnest(%(kinds)s::text[], %(groups)s::text[]) AS g(kind, name) ON g.kind = r.kind
)
SELECT s.name, s.day, count(DISTINCT a.person_id),
       count(DISTINCT a.person_id) FILTER (WHERE a.engagement = '专职'),
       count(DISTINCT a.person_id) FILTER (WHERE a.status = ANY(%(lent)s))
FROM standing s
JOIN organisation_assignment a ON a.unit_id = s.unit_id AND a.known_until IS NULL
 AND a.starts <= s.day AND a.ends > s.day
GROUP BY GROUPING SETS ((s.name, s.day), (s.day))
"""


@dataclass(frozen=True)
class Headcount:
    """People in post on one day, each counted once; `lent` are those who belong to another unit."""

    people: int = 0
    full_time: int = 0
    lent: int = 0


@dataclass(frozen=True)
class Staffing:
    """A count a day for each group that has anybody, in official order, and for the whole commission.

    Who has posts in two groups is counted in both, and once in the whole.
    """

    groups: Mapping[StaffGroup, Sequence[Headcount]]
    whole: Sequence[Headcount]


def staffing_over_time(commission: Commission, days: Sequence[date]) -> Staffing:
    """People in post on each of `days`, by group of units; nothing where the totals are not for the reader. Three
    queries."""
    kinds = list(UnitKind)
    asked: dict[str, Any] = {
        "lent": list(LENT), "days": list(days), "commission": commission.pk, "kinds": [kind.value for kind in kinds],
        "groups": [_GROUP_OF.get(kind, StaffGroup.OTHERS).value for kind in kinds],
    }  # fmt: skip
    with counting((commission.pk,)) as known, connection.cursor() as cursor:
        if not known:
            return Staffing({}, [])
        cursor.execute(_HEADCOUNT, asked)
        found = {(name, day): Headcount(*counts) for name, day, *counts in cursor.fetchall()}

    def series(name: str | None) -> list[Headcount]:
        return [found.get((name, day), Headcount()) for day in days]

    present = [group for group in StaffGroup if any(name == group for name, _day in found)]
    return Staffing({group: series(group.value) for group in present}, series(None))
