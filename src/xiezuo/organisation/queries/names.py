"""What units and people are called, for pages that name many of them."""

from collections.abc import Collection
from datetime import date

from xiezuo.organisation.models import PersonRecord, UnitRecord
from xiezuo.organisation.states import UnitKind
from xiezuo.shared.asof import LAST_IN_ORDER, grouped, on_or_nearest

KIND_ORDER = {kind.value: number for number, kind in enumerate(UnitKind)}


def unit_names(units: Collection[int], on: date) -> dict[int, str]:
    """Name of each unit on the day, in official order; one that does not stand is called as when it last did.

    One query.
    """
    rows = (
        UnitRecord.objects.current()
        .filter(unit_id__in=set(units))
        .defer("aliases", "supervised", "functions")
    )
    found = [
        record for records in grouped(rows, "unit_id").values() if (record := on_or_nearest(records, on))
    ]
    return {record.unit_id: record.name for record in sorted(found, key=official_key)}


def official_key(record: UnitRecord) -> tuple[int, int, int]:
    """Where a unit stands: kind, then 排序号, then the order of the book."""
    order = LAST_IN_ORDER if record.order_no is None else record.order_no
    return KIND_ORDER.get(record.kind, len(KIND_ORDER)), order, record.position


def person_names(people: Collection[int], on: date) -> dict[int, str]:
    """Name of each person on the day, or as last known before it. One query."""
    rows = (
        PersonRecord.objects.current()
        .filter(person_id__in=set(people))
        .only("person_id", "name", "starts", "ends")
    )
    found = {person: on_or_nearest(records, on) for person, records in grouped(rows, "person_id").items()}
    return {person: record.name for person, record in found.items() if record}
