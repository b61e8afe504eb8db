"""One site on a day: what it is, what stands in it, who uses it, works, history."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xiezuo.organisation.api import person_names, unit_names
from xiezuo.organisation.models import Commission
from xiezuo.shared.asof import on_exactly, on_or_nearest
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import covers
from xiezuo.sites.equipment import EquipmentState, state_of
from xiezuo.sites.models import Equipment, Site, SiteRecord, Works
from xiezuo.sites.states import SiteKind
from xiezuo.sites.works import WorksState, works_state


class Linked(NamedTuple):
    """Something with a page of its own."""

    id: int
    name: str


@dataclass(frozen=True)
class Item:
    """One item of equipment; `state` is None for a day on which it is not in place."""

    item: str
    state: EquipmentState | None
    faulty_from: date | None
    repaired_on: date | None
    valid_until: date | None
    starts: date
    ends: date


@dataclass(frozen=True)
class Work:
    """One piece of works on the site with its state on the day."""

    contents: tuple[str, ...]
    starts: date
    due_on: date
    ends: date
    state: WorksState
    days: int


@dataclass(frozen=True)
class SitePage:
    """Everything that one site's page shows; `record` is None when it does not stand on the day."""

    site: int
    code: str
    on: date
    record: SiteRecord | None
    records: tuple[SiteRecord, ...]
    unit: Linked | None
    parent: Linked | None
    inside: tuple[Linked, ...]
    zone: Linked | None
    users: tuple[Linked, ...]
    equipment: tuple[Item, ...]
    works: tuple[Work, ...]

    @property
    def named(self) -> str:
        """Its name on the day, or the one it last had."""
        record = self.record or on_or_nearest(self.records, self.on)
        return record.name if record else self.code

    @property
    def in_use(self) -> bool:
        """Whether it stands and has been opened by the day."""
        return bool(self.record and self.record.opened_on and self.record.opened_on <= self.on)

    @property
    def equipment_now(self) -> list[Item]:
        """What is in place on the day."""
        return [item for item in self.equipment if item.state is not None]


def site_page(commission: Commission, site: int, on: date) -> SitePage:
    """One site on a day with its whole history. At most nine queries, whatever its size.

    Raises `NotThere` if the commission has no such site on any day.
    """
    anchor = Site.objects.filter(commission=commission, pk=site).first()
    if anchor is None:
        raise NotThere(_("There is no site number %(number)s in this commission.") % {"number": site})
    records = tuple(SiteRecord.objects.current().filter(site=anchor).order_by("starts"))
    record = on_exactly(records, on)
    shown = record or on_or_nearest(records, on)
    return SitePage(
        site=anchor.pk, code=anchor.code, on=on, record=record, records=records,
        unit=_unit(shown, on), parent=_parent(shown, on), inside=_inside(anchor.pk, on), zone=_zone(record, on),
        users=_users(record, on), equipment=_equipment(anchor.pk, on), works=_works(anchor.pk, on),
    )  # fmt: skip


def _unit(record: SiteRecord | None, on: date) -> Linked | None:
    return (
        Linked(record.unit_id, unit_names({record.unit_id}, on).get(record.unit_id, "")) if record else None
    )


def _parent(record: SiteRecord | None, on: date) -> Linked | None:
    parent = record.parent_id if record else None
    rows = SiteRecord.objects.current().filter(site_id=parent).order_by("starts") if parent else []
    found = on_or_nearest(list(rows), on)
    return Linked(found.site_id, found.name) if found else None


def _inside(site: int, on: date) -> tuple[Linked, ...]:
    rows = SiteRecord.objects.on(on).filter(parent_id=site).order_by("position", "id")
    return tuple(Linked(row.site_id, row.name) for row in rows)


def _zone(record: SiteRecord | None, on: date) -> Linked | None:
    if record is None or record.zone_id is None:
        return None
    named = SiteRecord.objects.filter(pk=record.pk, zone__records__known_until__isnull=True,
                                      zone__records__starts__lte=on, zone__records__ends__gt=on)  # fmt: skip
    name = named.values_list("zone__records__name", flat=True).first()
    return Linked(record.zone_id, name or "")


def _users(record: SiteRecord | None, on: date) -> tuple[Linked, ...]:
    if record is None or not record.users:
        return ()
    names = person_names(set(record.users), on)
    return tuple(Linked(person, names[person]) for person in record.users if person in names)


def _equipment(site: int, on: date) -> tuple[Item, ...]:
    rows = Equipment.objects.current().filter(site_id=site).order_by("position", "item", "starts", "id")
    return tuple(_item(row, on) for row in rows)


def _item(row: Equipment, on: date) -> Item:
    state = state_of(row, on) if covers(row.starts, row.ends, on) else None
    return Item(row.item, state, row.faulty_from, row.repaired_on, row.valid_until, row.starts, row.ends)


def _works(site: int, on: date) -> tuple[Work, ...]:
    rows = Works.objects.current().filter(site_id=site, starts__lte=on).order_by("starts", "id")
    return tuple(
        Work(tuple(row.contents), row.starts, row.due_on, row.ends, *works_state(row.due_on, row.ends, on))
        for row in rows
    )


class SiteOf(NamedTuple):
    """One site that stands on the day, for the page of its unit, zone or user."""

    site: int
    name: str
    kind: str
    grade: str
    opened_on: date | None


def sites_of_unit(unit: int, on: date) -> list[SiteOf]:
    """Sites of the unit that stand on the day, by kind and order of the book. One query."""
    return _brief(SiteRecord.objects.on(on).filter(unit_id=unit))


def sites_of_zone(zone: int, units: Collection[int], on: date) -> list[SiteOf]:
    """Sites that serve the zone or belong to one of its `units`, and stand on the day. One query."""
    return _brief(SiteRecord.objects.on(on).filter(Q(zone_id=zone) | Q(unit_id__in=units)))


class RoomTouched(NamedTuple):
    """One room that a zone plan concerns: the zone that it serves closes or changes, or its unit moves."""

    site: int
    name: str
    kind: str
    unit: int
    unit_name: str
    zone: int | None
    zone_name: str


def rooms_touched(units: Collection[int], on: date) -> list[RoomTouched]:
    """Sites on the day that belong to one of the units, or serve a zone of which one of them is a member: if the units
    move, these zones close or change. By kind and order of the book. At most four queries."""
    member = Q(
        zone__members__unit_id__in=units, zone__members__known_until__isnull=True, zone__members__starts__lte=on,
        zone__members__ends__gt=on,
    )  # fmt: skip
    changed = SiteRecord.objects.on(on).filter(member).values("zone_id")
    rows = SiteRecord.objects.on(on).filter(Q(zone_id__in=changed) | Q(unit_id__in=units))
    found = list(rows.order_by("position", "id"))
    names = unit_names({row.unit_id for row in found}, on)
    named = SiteRecord.objects.filter(
        pk__in=[row.pk for row in found if row.zone_id], zone__records__known_until__isnull=True,
        zone__records__starts__lte=on, zone__records__ends__gt=on,
    )  # fmt: skip
    zones = dict(named.order_by().values_list("zone_id", "zone__records__name"))
    kinds = list(SiteKind.values)
    return [
        RoomTouched(row.site_id, row.name, row.kind, row.unit_id, names.get(row.unit_id, ""), row.zone_id, zones.get(row.zone_id, ""))
        for row in sorted(found, key=lambda each: kinds.index(each.kind))
    ]  # fmt: skip


def sites_of_person(person: int, on: date) -> list[SiteOf]:
    """Rooms that name the person as a user on the day. One query."""
    return _brief(SiteRecord.objects.on(on).filter(users__contains=[person]))


def _brief(rows: QuerySet[SiteRecord]) -> list[SiteOf]:
    found = rows.order_by("position", "id").values_list("site_id", "name", "kind", "grade", "opened_on")
    kinds = list(SiteKind.values)
    return sorted((SiteOf(*row) for row in found), key=lambda site: kinds.index(site.kind))
