"""What changed in the sites between two days."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiezuo.organisation.models import Commission
from xiezuo.shared.asof import grouped
from xiezuo.shared.changes import Change, ChangeKind, begun_or_ended, between, in_order
from xiezuo.shared.lists import listed
from xiezuo.sites.models import Equipment, SiteRecord, Works

Days = tuple[date, date]


def changes(commission: Commission, first: date, last: date) -> list[Change]:
    """Sites planned, opened and closed, equipment placed, removed, faulty and repaired, works begun and finished,
    after `first` and up to `last`. By day. Three queries."""
    days = (first, last)
    known = SiteRecord.objects.current().filter(commission=commission, starts__lte=last)
    records = list(known.order_by("starts", "position", "id"))
    names = {record.site_id: record.name for record in records}
    found = [*_sites(records, days), *_equipment(commission, names, days), *_works(commission, names, days)]
    return in_order(found)


def _sites(records: list[SiteRecord], days: Days) -> Iterator[Change]:
    for site, rows in grouped(records, "site_id").items():
        opens, last = ("site", site), rows[-1]
        for day in _days(days, (row.planned_on for row in rows)):
            yield Change(day, ChangeKind.SITE_PLANNED, _("%(site)s was planned"), {"site": last.name}, opens)
        for day in _days(days, (row.opened_on for row in rows)):
            yield Change(day, ChangeKind.SITE_OPENED, _("%(site)s came into use"), {"site": last.name}, opens)
        if between(days, last.ends):
            yield Change(
                last.ends, ChangeKind.SITE_CLOSED, _("%(site)s was closed"), {"site": last.name}, opens
            )


def _days(days: Days, happened: Iterable[date | None]) -> list[date]:
    """Each day on which it happened between the two, once: every description repeats it."""
    return sorted({day for day in happened if day is not None and between(days, day)})


def _equipment(commission: Commission, sites: dict[int, str], days: Days) -> Iterator[Change]:
    inside = Equipment.objects.current().filter(commission=commission, ends__gt=days[0], starts__lte=days[1])
    failed = (Q(**{f"{day}__gt": days[0], f"{day}__lte": days[1]}) for day in ("faulty_from", "repaired_on"))
    rows = inside.filter(reduce(or_, failed, begun_or_ended(days)))
    for row in rows.order_by("position", "id"):
        names = {"site": sites.get(row.site_id, ""), "item": row.item}
        happened = (
            (row.starts, ChangeKind.EQUIPMENT_PLACED, _("%(site)s was given %(item)s")),
            (row.faulty_from, ChangeKind.EQUIPMENT_FAULTY, _("%(item)s in %(site)s became faulty")),
            (row.repaired_on, ChangeKind.EQUIPMENT_REPAIRED, _("%(item)s in %(site)s was repaired")),
            (row.ends, ChangeKind.EQUIPMENT_REMOVED, _("%(item)s was taken out of %(site)s")),
        )
        for day, kind, words in happened:
            if day is not None and between(days, day):
                yield Change(day, kind, words, names, ("site", row.site_id))


def _works(commission: Commission, sites: dict[int, str], days: Days) -> Iterator[Change]:
    rows = Works.objects.current().filter(commission=commission, ends__gte=days[0], starts__lte=days[1])
    for row in rows.order_by("position", "id"):
        names = {"site": sites.get(row.site_id, ""), "what": listed(row.contents)}
        opens = ("site", row.site_id)
        if between(days, row.starts):
            yield Change(
                row.starts, ChangeKind.WORKS_BEGUN, _("Works began in %(site)s: %(what)s"), names, opens
            )
        if between(days, row.ends):
            words = _("Works were finished in %(site)s: %(what)s")
            yield Change(row.ends, ChangeKind.WORKS_FINISHED, words, names, opens)
