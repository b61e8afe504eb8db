"""What changed in the zones between two days."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from xiezuo.organisation.api import person_names, unit_names
from xiezuo.organisation.models import Commission
from xiezuo.shared.asof import grouped
from xiezuo.shared.changes import Change, ChangeKind, begun_or_ended, between, in_order
from xiezuo.shared.ledger import LedgerQuerySet
from xiezuo.zones.models import ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.queries.zone import zone_names

Days = tuple[date, date]


def changes(commission: Commission, first: date, last: date) -> list[Change]:
    """Zones set up, closed and renamed, units that joined and left, leaders who began and ended, after `first` and up
    to `last`. By day. Seven queries."""
    days = (first, last)
    return in_order([*_zones(commission, days), *_members(commission, days), *_leaders(commission, days)])


def _zones(commission: Commission, days: Days) -> Iterator[Change]:
    rows = ZoneRecord.objects.current().filter(commission=commission, ends__gte=days[0], starts__lte=days[1])
    for zone, records in grouped(rows.order_by("starts"), "zone_id").items():
        ends = {record.ends: record for record in records}
        begins = {record.starts for record in records}
        for record in records:
            yield from _life(zone, record, ends.get(record.starts), days, followed=record.ends in begins)


def _life(
    zone: int, record: ZoneRecord, before: ZoneRecord | None, days: Days, *, followed: bool
) -> Iterator[Change]:
    names, opens = {"zone": record.name}, ("zone", zone)
    if between(days, record.starts) and before is None:
        yield Change(record.starts, ChangeKind.ZONE_OPENED, _("%(zone)s was set up"), names, opens)
    if between(days, record.starts) and before is not None and before.name != record.name:
        words = _("%(old)s is now called %(zone)s")
        yield Change(record.starts, ChangeKind.ZONE_RENAMED, words, names | {"old": before.name}, opens)
    if between(days, record.ends) and not followed:
        yield Change(record.ends, ChangeKind.ZONE_CLOSED, _("%(zone)s was closed"), names, opens)


def _touched(rows: LedgerQuerySet, commission: Commission, days: Days) -> list:  # type: ignore[type-arg]
    touched = rows.current().filter(begun_or_ended(days), commission=commission)
    return list(touched.order_by("position", "id"))


def _members(commission: Commission, days: Days) -> Iterator[Change]:
    rows = _touched(ZoneMember.objects.all(), commission, days)
    zones = zone_names({row.zone_id for row in rows}, days[1])
    units = unit_names({row.unit_id for row in rows}, days[1])
    for row in rows:
        names = {"unit": units.get(row.unit_id, ""), "zone": zones.get(row.zone_id, ""), "role": row.role}
        opens = ("zone", row.zone_id)
        if between(days, row.starts):
            words = _("%(unit)s joined %(zone)s as %(role)s")
            yield Change(row.starts, ChangeKind.MEMBER_JOINED, words, names, opens)
        if between(days, row.ends):
            words = _("%(unit)s left %(zone)s (%(role)s)")
            yield Change(row.ends, ChangeKind.MEMBER_LEFT, words, names, opens)


def _leaders(commission: Commission, days: Days) -> Iterator[Change]:
    rows = _touched(ZoneLeader.objects.all(), commission, days)
    zones = zone_names({row.zone_id for row in rows}, days[1])
    people = person_names({row.person_id for row in rows}, days[1])
    for row in rows:
        names = {"person": people.get(row.person_id, ""), "zone": zones.get(row.zone_id, "")}
        opens = ("zone", row.zone_id)
        if between(days, row.starts):
            words = _("%(person)s began to lead %(zone)s")
            yield Change(row.starts, ChangeKind.LEADER_BEGUN, words, names, opens)
        if between(days, row.ends):
            words = _("%(person)s no longer leads %(zone)s")
            yield Change(row.ends, ChangeKind.LEADER_ENDED, words, names, opens)
