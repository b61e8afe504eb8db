"""The ledger of a day as a scheme, and the words by which schemes are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xiezuo.organisation.api import Commission, person_names
from xiezuo.organisation.models import UnitRecord
from xiezuo.zones.models import Zone, ZoneRecord
from xiezuo.zones.queries.lists import leaders_on, members_on, standing, units_on
from xiezuo.zones.scheme import PlannedLeader, PlannedMember, PlannedZone, Scheme


def scheme_on(commission: Commission, on: date) -> Scheme:
    """What the ledger says of the zones on a day. Four queries."""
    records = standing(commission, on)
    codes = dict(Zone.objects.filter(commission=commission).values_list("pk", "code"))
    here = {record.zone_id for record in records}
    return Scheme(
        tuple(_planned(record, codes) for record in records),
        tuple(
            PlannedMember(codes[row.zone_id], row.unit_id, row.role)
            for row in members_on(commission, on)
            if row.zone_id in here
        ),
        tuple(
            PlannedLeader(codes[row.zone_id], row.person_id)
            for row in leaders_on(commission, on)
            if row.zone_id in here
        ),
    ).in_order()


def _planned(record: ZoneRecord, codes: dict[int, str]) -> PlannedZone:
    parent = codes[record.parent_id] if record.parent_id else ""
    return PlannedZone(codes[record.zone_id], record.name, record.level, record.kind, parent)


@dataclass(frozen=True)
class Known:
    """What schemes are shown with on a day: units that stand (in official order), and the names of people."""

    units: dict[int, UnitRecord]
    people: dict[int, str]

    def unit(self, number: int) -> str:
        """The name of a unit."""
        record = self.units.get(number)
        return record.name if record else f"#{number}"

    def person(self, number: int) -> str:
        """The name of a person."""
        return self.people.get(number, f"#{number}")


def known_on(commission: Commission, on: date, schemes: Iterable[Scheme]) -> Known:
    """Units that stand on the day, and the people who lead in any of the schemes. Two queries."""
    people = {leader.person for scheme in schemes for leader in scheme.leaders}
    return Known({record.unit_id: record for record in units_on(commission, on)}, person_names(people, on))
