"""What units and people are called, for pages that name many of them."""

from collections.abc import Collection
from datetime import date

from xiezuo.accounts.api import as_the_product
from xiezuo.organisation.models import Person, PersonRecord, UnitRecord
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


def official_key(record: UnitRecord) -> tuple[int, int, int, int]:
    """Where a unit stands: kind, then 排序号, then the order of the book; of equal ones whichever was known first."""
    order = LAST_IN_ORDER if record.order_no is None else record.order_no
    return KIND_ORDER.get(record.kind, len(KIND_ORDER)), order, record.position, record.unit_id


def person_names(people: Collection[int], on: date) -> dict[int, str]:
    """Name of each person on the day, or as last known before it. One query."""
    rows = (
        PersonRecord.objects.current()
        .filter(person_id__in=set(people))
        .only("person_id", "name", "starts", "ends")
    )
    found = {person: on_or_nearest(records, on) for person, records in grouped(rows, "person_id").items()}
    return {person: record.name for person, record in found.items() if record}


def person_by_code(commission: str, code: str, on: date) -> tuple[int, int, str] | None:
    """The commission's id, the person's id and name behind a 人员编号; None if there is no such person.

    Asked as the product, for the administrators who say whose an account is: the name and nothing else.
    """
    with as_the_product():
        person = Person.objects.filter(commission__code=commission, code=code).first()
        return (
            (person.commission_id, person.pk, person_names([person.pk], on).get(person.pk, ""))
            if person
            else None
        )


def name_of_person(person: int, on: date) -> str:
    """The name of the person an account was named for, asked as the product; empty if there is none."""
    with as_the_product():
        return person_names([person], on).get(person, "")
