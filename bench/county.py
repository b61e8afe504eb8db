"""Units and zones of one fictional county, as rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from bench.copying import Rows
from bench.people import SHAPE
from xiezuo.organisation.states import UnitKind

OPEN = date(9999, 12, 31)
ZONES = 6
"""Zones of the first level; each holds two of the second."""


class Unit(NamedTuple):
    """A unit that was made: its id, its kind and the posts in it."""

    key: int
    kind: UnitKind
    posts: tuple[str, ...]


@dataclass(frozen=True)
class County:
    """A county that is being made: where its rows gather, its id, and the day on which everything in it began."""

    rows: Rows
    key: int
    since: date

    def thing(self, table: str, letter: str) -> tuple[int, int]:
        """A new unit, person, zone, site or regulation: its id, and its number in the county."""
        number = self.rows.new(f"{table} of {self.key}")
        return self.rows.add(table, commission_id=self.key, code=f"{letter}{number:04}"), number

    def state(self, table: str, starts: date | None = None, ends: date = OPEN, **values: Any) -> None:
        """A row of the ledger, from the county's first day if no other is given."""
        self.rows.add_ledger(table, self.key, starts or self.since, ends, **values)


def of_kind(units: list[Unit], *kinds: UnitKind) -> list[int]:
    """The ids of the units of some kinds."""
    return [unit.key for unit in units if unit.kind in kinds]


def add_units(county: County) -> list[Unit]:
    """Every unit of the county, and the standards of its kinds."""
    units: list[Unit] = []
    for kind, standing, posts in SHAPE:
        county.state("organisation_establishment", kind=kind, post=posts[0], people=1, full_time=1)
        units += [Unit(_add_unit(county, kind, place), kind, posts) for place in range(1, standing + 1)]
    return units


def _add_unit(county: County, kind: UnitKind, place: int) -> int:
    unit, number = county.thing("organisation_unit", "J")
    county.state(
        "organisation_unitrecord", unit_id=unit, name=f"第{place}{kind}", kind=kind, aliases=[], order_no=number,
        place=f"某地{number}号", host="", supervised=[], longitude=110 + number / 97, latitude=30 + number / 89,
        functions=[],
    )  # fmt: skip
    return unit


def add_zones(county: County, units: list[Unit], people: list[int]) -> None:
    """Zones of two levels; townships and groups are members, offices lead, leaders are the first people."""
    townships = of_kind(units, UnitKind.TOWNSHIP_COMMISSION)
    groups = of_kind(units, UnitKind.STATIONED_GROUP)
    offices = of_kind(units, UnitKind.SUPERVISION_OFFICE, UnitKind.INVESTIGATION_OFFICE)
    for place in range(ZONES):
        first = _add_zone(county, "一级", "", None, people[place])
        township = _add_zone(county, "二级", "乡镇", first, people[place])
        direct = _add_zone(county, "二级", "县直", first, people[place])
        _add_members(county, township, "成员", townships[place::ZONES])
        _add_members(county, direct, "成员", groups[place::ZONES])
        _add_members(county, direct, "领办", [offices[place]])


def _add_zone(county: County, level: str, kind: str, parent: int | None, leader: int) -> int:
    zone, number = county.thing("zones_zone", "Z")
    name = f"第{number}{kind}协作区"
    county.state("zones_zonerecord", zone_id=zone, name=name, level=level, kind=kind, parent_id=parent)
    county.state("zones_zoneleader", zone_id=zone, person_id=leader)
    return zone


def _add_members(county: County, zone: int, role: str, units: list[int]) -> None:
    for unit in units:
        county.state("zones_zonemember", zone_id=zone, unit_id=unit, role=role, level="二级")
