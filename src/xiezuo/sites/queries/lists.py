"""Sites on a day: list, talk rooms with their equipment, works."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from xiezuo.organisation.api import unit_names
from xiezuo.organisation.models import Commission
from xiezuo.shared.asof import grouped, official, record_on, text_at
from xiezuo.sites.equipment import EquipmentState, state_of
from xiezuo.sites.models import Equipment, SiteRecord, Works
from xiezuo.sites.states import FIRST_AID, RECORDER, SAFE, Grade, SiteKind
from xiezuo.sites.works import WorksState, works_state

Rows = QuerySet[Any, dict[str, Any]]

SITE_ORDER = ("kind_order", "unit_order", "position", "id")
SITE_FIELDS = (
    "id", "site_id", "name", "kind", "unit_id", "unit_name", "zone_id", "zone_name", "grade", "planned_on",
    "opened_on", "padded", "separate", "users", "in_use", "being_upgraded", "starts", "basis", "position",
    "kind_order", "unit_order",
)  # fmt: skip


def sites(commission: Commission, on: date) -> Rows:
    """Sites that stand on the day, planned ones too. Order: kind, official order of the unit, order of the book.

    One query.
    """
    rows = SiteRecord.objects.on(on).filter(commission=commission)
    working = Works.objects.on(on).filter(site_id=OuterRef("site_id"))
    return rows.annotate(
        unit_on=record_on("unit__records", on),
        zone_on=record_on("zone__records", on),
    ).annotate(
        unit_name=text_at("unit_on__name"),
        zone_name=text_at("zone_on__name"),
        unit_order=official("unit_on__order_no"),
        kind_order=_kind_order(),
        in_use=Case(When(Q(opened_on__lte=on), then=Value(True)), default=Value(False)),
        being_upgraded=Exists(working),
    ).order_by(*SITE_ORDER).values(*SITE_FIELDS)  # fmt: skip


def _kind_order() -> Case:
    whens = [When(kind=kind.value, then=Value(number)) for number, kind in enumerate(SiteKind)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


@dataclass(frozen=True)
class KindCount:
    """Sites of one kind that stand on the day: in use, only planned yet, and of a high standard."""

    kind: str
    in_use: int
    planned: int
    high: int


def kind_counts(rows: list[dict[str, Any]]) -> list[KindCount]:
    """Counts by kind of the rows of `sites`, in the order of kinds. No query."""
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    return [_counted(kind, [row for row in rows if row["kind"] == kind]) for kind in kinds]


def _counted(kind: str, rows: list[dict[str, Any]]) -> KindCount:
    used = sum(row["in_use"] for row in rows)
    return KindCount(kind, used, len(rows) - used, sum(row["grade"] == Grade.HIGH for row in rows))


@dataclass(frozen=True)
class Room:
    """One talk room with the state of what it must have; None where an item is not there."""

    site: int
    name: str
    unit: int
    unit_name: str
    padded: bool | None
    grade: str
    in_use: bool
    being_upgraded: bool
    recorder: EquipmentState | None
    safe: EquipmentState | None
    first_aid: EquipmentState | None

    @property
    def complete(self) -> bool:
        """Whether recorder, safe and first aid are all there, sound and in date."""
        return all(item is EquipmentState.SOUND for item in (self.recorder, self.safe, self.first_aid))


def talk_rooms(commission: Commission, on: date) -> list[Room]:
    """Talk rooms that stand on the day with their equipment, in the order of `sites`. Two queries."""
    rows = list(sites(commission, on).filter(kind=SiteKind.TALK_ROOM))
    items = Equipment.objects.on(on).filter(commission=commission, item__in=(RECORDER, SAFE, FIRST_AID))
    there = grouped(items.order_by("position", "id"), "site_id")
    return [_room(row, there.get(row["site_id"], []), on) for row in rows]


def _room(row: dict[str, Any], items: list[Equipment], on: date) -> Room:
    def best(item: str) -> EquipmentState | None:
        states = [state_of(one, on) for one in items if one.item == item]
        return min(states, key=list(EquipmentState).index) if states else None

    return Room(
        site=row["site_id"], name=row["name"], unit=row["unit_id"], unit_name=row["unit_name"], padded=row["padded"],
        grade=row["grade"], in_use=row["in_use"], being_upgraded=row["being_upgraded"],
        recorder=best(RECORDER), safe=best(SAFE), first_aid=best(FIRST_AID),
    )  # fmt: skip


@dataclass(frozen=True)
class WorksRow:
    """One piece of works with its state on the day; `days` are those overdue, left, or taken too long."""

    id: int
    site: int
    site_name: str
    unit: int
    unit_name: str
    contents: tuple[str, ...]
    starts: date
    due_on: date
    ends: date
    state: WorksState
    days: int


def works(commission: Commission, on: date) -> list[WorksRow]:
    """Works begun by the day, those under way first, then by day of finishing, latest first. Three queries."""
    rows = list(
        Works.objects.current().filter(commission=commission, starts__lte=on).order_by("position", "id")
    )
    places = _places(rows)
    units = unit_names({record.unit_id for record in places.values()}, on)
    drawn = [_works_row(row, places[row.site_id], units, on) for row in rows if row.site_id in places]
    return sorted(
        drawn, key=lambda row: (row.state.finished, -row.ends.toordinal() if row.state.finished else 0)
    )


def _places(rows: list[Works]) -> dict[int, SiteRecord]:
    found = SiteRecord.objects.current().filter(site_id__in={row.site_id for row in rows}).order_by("starts")
    return {record.site_id: record for record in found}


def _works_row(row: Works, place: SiteRecord, units: dict[int, str], on: date) -> WorksRow:
    state, days = works_state(row.due_on, row.ends, on)
    return WorksRow(
        id=row.pk, site=row.site_id, site_name=place.name, unit=place.unit_id,
        unit_name=units.get(place.unit_id, ""), contents=tuple(row.contents),
        starts=row.starts, due_on=row.due_on, ends=row.ends, state=state, days=days,
    )  # fmt: skip
