"""What a county's zones are drawn on, on a day: its own sheets, and what the ledger says where these say nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.organisation.api import Commission
from xiezuo.organisation.models import PersonRecord, Unit, UnitRecord
from xiezuo.zones.judged import IN_CHARGE, OFFICES, STATION, TOWNSHIPS, ZONED, Ground
from xiezuo.zones.models import GroundEdition
from xiezuo.zones.proposals.ground_reading import Named
from xiezuo.zones.queries.judging import judging_ground
from xiezuo.zones.queries.lists import units_on
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import AXIS, FIRST, HELPER, SECOND, Scheme
from xiezuo.zones.states import GroundKind
from xiezuo.zones.valuing import STAFF, CountyGround, UnitPair, Weights
from xiezuo.zones.zoning.travel import Fault, Finding, Point, faults_of_points, ways_from_points

LOOSELY_ZONED = ("派出监察办公室", "国有企业纪委")
"""Kinds of units that may be in a zone without having to."""


def county_ground(
    commission: Commission, on: date, *, weights: Weights | None = None, today: Scheme | None = None
) -> CountyGround:
    """The ground of a day, as far as it is for the reader. Seventeen queries, four fewer where `today` is given.

    Ways come from the county's sheet; where it gives none, from coordinates (great circle times a road factor).
    """
    today = today or scheme_on(commission, on)
    facts, records = judging_ground(commission, on), units_on(commission, on)
    ways, guessed = _ways(facts, records, today)
    contacts, chiefs = _leading(commission, on, facts, today)
    return CountyGround(
        facts, ways, guessed, _loads(facts), _neighbours(commission, facts),
        {each.unit_id: frozenset(each.functions) for each in records if each.functions},
        contacts, chiefs, _assisted(facts, contacts, chiefs), weights or Weights(),
    )  # fmt: skip


def _ways(
    facts: Ground, records: Iterable[UnitRecord], today: Scheme
) -> tuple[dict[UnitPair, float], frozenset[UnitPair]]:
    """Ways between whatever may belong to a township zone; a way of the sheet goes before one from coordinates."""
    points = {
        each.unit_id: point
        for each in records
        if each.unit_id in _travelling(facts, today) and (point := _point(each))
    }
    named = {str(unit): point for unit, point in points.items()}
    guessed = {(int(one), int(other)): way for (one, other), way in ways_from_points(named, named).items()}
    given = {pair: way for pair, way in facts.ways.items() if set(pair) <= facts.units.keys()}
    return {**guessed, **given}, frozenset(guessed.keys() - given.keys())


def _travelling(facts: Ground, today: Scheme) -> set[int]:
    """Stations, townships and offices, and everybody in a zone around an axis."""
    around = {each.zone for each in today.members if each.role == AXIS}
    inside = {each.unit for each in today.members if each.zone in around and each.role != HELPER}
    kinds = (STATION, *TOWNSHIPS, *OFFICES)
    return inside | {each.unit for each in facts.units.values() if each.kind in kinds}


def _point(record: UnitRecord) -> Point | None:
    if record.latitude is None or record.longitude is None:
        return None
    return record.latitude, record.longitude


def _loads(facts: Ground) -> dict[int, dict[str, float]]:
    found: dict[int, dict[str, float]] = {unit: dict(facts.loads.get(unit, {})) for unit in facts.units}
    for unit, each in facts.units.items():
        found[unit].setdefault(STAFF, float(each.staff or 0))
    return found


def _neighbours(commission: Commission, facts: Ground) -> frozenset[UnitPair]:
    codes = {each.code: unit for unit, each in facts.units.items()}
    last = last_edition(commission, GroundKind.NEIGHBOURS)
    pairs = last.content.get("pairs", []) if last else []
    return frozenset((codes[one], codes[other]) for one, other in pairs if one in codes and other in codes)


def last_edition(commission: Commission, kind: GroundKind) -> GroundEdition | None:
    """The edition that counts. One query."""
    return GroundEdition.objects.filter(commission=commission, kind=kind).order_by("-id").first()


def _leading(
    commission: Commission, on: date, facts: Ground, today: Scheme
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who may lead zones of the second level: whoever does today, and whoever's post it is; and who leads the first."""
    levels = {each.code: each.level for each in today.zones}
    leading = {
        level: {each.person for each in today.leaders if levels[each.zone] == level}
        for level in (FIRST, SECOND)
    }
    contacts = (leading[SECOND] | facts.standing) & facts.in_post
    chiefs = (leading[FIRST] & facts.in_post) or (facts.deputies & facts.in_post)
    order = _order(commission, on, contacts | chiefs)
    return tuple(sorted(contacts, key=order.__getitem__)), tuple(sorted(chiefs, key=order.__getitem__))


def _order(commission: Commission, on: date, people: set[int]) -> dict[int, tuple[int, int]]:
    rows = PersonRecord.objects.on(on).filter(commission=commission, person__in=people)
    known = {
        person: (order if order is not None else 10**9, person)
        for person, order in rows.values_list("person_id", "order_no")
    }
    return {person: known.get(person, (10**9, person)) for person in people}


def _assisted(facts: Ground, contacts: Iterable[int], chiefs: Iterable[int]) -> dict[int, int]:
    """The deputy secretary whom each contact leader assists: who is in charge of most of the units that are his work."""
    charge: dict[int, set[int]] = {}
    leading = set(chiefs)
    for each in facts.shares:
        if each.mode == IN_CHARGE and each.person in leading:
            charge.setdefault(each.unit, set()).add(each.person)
    found = {}
    for person in set(contacts) - leading:
        mine = {each.unit for each in facts.shares if each.person == person and each.mode != IN_CHARGE}
        counted = Counter(deputy for unit in mine for deputy in charge.get(unit, ()))
        if counted:
            found[person] = min(counted, key=lambda deputy: (-counted[deputy], deputy))
    return found


def units_to_name(commission: Commission, on: date) -> list[Named]:
    """Units that stand on the day and may belong to a zone, with every word that a sheet may call them. Two queries."""
    codes = dict(Unit.objects.filter(commission=commission).values_list("pk", "code"))
    return [
        Named(codes[each.unit_id], each.name, tuple(each.aliases), each.kind == STATION)
        for each in units_on(commission, on)
        if each.kind in ZONED or each.kind in LOOSELY_ZONED
    ]


def content_that_counts(commission: Commission) -> dict[GroundKind, Mapping[str, Any]]:
    """By kind, what the last edition says. Three queries."""
    kinds = (GroundKind.WAYS, GroundKind.LOADS, GroundKind.NEIGHBOURS)
    found = {kind: last_edition(commission, kind) for kind in kinds}
    return {kind: each.content for kind, each in found.items() if each is not None}


def points_told(commission: Commission, on: date) -> list[tuple[str, str]]:
    """Units whose coordinates cannot be right, in official order, with what is wrong in words. One query."""
    records = {str(each.unit_id): each for each in units_on(commission, on)}
    points = {unit: point for unit, each in records.items() if (point := _point(each))}
    faults = {finding.places[0]: finding for finding in faults_of_points(points)}
    return [(each.name, _fault_words(faults[unit], each)) for unit, each in records.items() if unit in faults]


def _fault_words(finding: Finding, record: UnitRecord) -> str:
    found = {"latitude": record.latitude, "longitude": record.longitude}
    words = {
        Fault.SWAPPED: _("Latitude %(latitude)s and longitude %(longitude)s are swapped."),
        Fault.OUTSIDE: _("Latitude %(latitude)s, longitude %(longitude)s lies far outside the county."),
    }.get(finding.fault, _("Latitude %(latitude)s, longitude %(longitude)s are no coordinates on earth."))
    return words % found
