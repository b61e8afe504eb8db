"""A decided plan becomes the ledger: facts end and begin on its first day, in one operation; all others stay untouched."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from psycopg.errors import ExclusionViolation

from xiezuo.organisation.api import Commission
from xiezuo.shared.errors import refuse
from xiezuo.shared.ledger import LedgerRow
from xiezuo.zones.models import Zone, ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.scheme import Scheme

_OF_THE_ROW = ("id", "known_from", "known_until", "load", "closed_by_load")


@dataclass(frozen=True)
class Applied:
    """What was done to the ledger: how many zones, members and leaders there are on the day, before and after, and how
    many rows were closed in knowledge and stated."""

    before: tuple[int, int, int]
    after: tuple[int, int, int]
    closed: int
    stated: int

    def told(self) -> dict[str, Any]:
        """The same for the journal."""
        names = ("zones", "members", "leaders")
        counts = {name: list(pair) for name, pair in zip(names, zip(self.before, self.after, strict=True), strict=True)}  # fmt: skip
        return {**counts, "rows_closed": self.closed, "rows_stated": self.stated}


@dataclass(frozen=True)
class _Turn:
    """Everything that one table is turned with."""

    commission: Commission
    starts: date
    basis: str
    now: datetime


def apply_scheme(
    *, commission: Commission, scheme: Scheme, starts: date, basis: str, now: datetime
) -> Applied:
    """Make the ledger say what the scheme says, from `starts` on. The caller has weighed it and holds the commission.

    A row that says what the scheme says stays as it is. Any other that holds on the day is closed in knowledge and
    stated again with its end on that day; what is new is stated from that day on, resting on `basis`.
    """
    anchors = _anchors(commission, scheme)
    turn = _Turn(commission, starts, basis, now)
    turned = [
        _turn(turn, ZoneRecord, _record_key, _records(scheme, anchors)),
        _turn(turn, ZoneMember, _member_key, _members(scheme, anchors)),
        _turn(turn, ZoneLeader, _leader_key, _leaders(scheme, anchors)),
    ]
    before, after, closed, stated = zip(*turned, strict=True)
    return Applied(before, after, sum(closed), sum(stated))


def _anchors(commission: Commission, scheme: Scheme) -> dict[str, int]:
    """The number of each zone by its code; a zone that there never was is made."""
    known = dict(Zone.objects.filter(commission=commission).values_list("code", "pk"))
    new = [Zone(commission=commission, code=zone.code) for zone in scheme.zones if zone.code not in known]
    return known | {zone.code: zone.pk for zone in Zone.objects.bulk_create(new)}


_Wanted = dict[Hashable, dict[str, Any]]
"""What a row says → its fields, in the order of the scheme."""


def _records(scheme: Scheme, anchors: Mapping[str, int]) -> _Wanted:
    rows = [
        {"zone_id": anchors[zone.code], "name": zone.name, "level": zone.level, "kind": zone.kind,
         "parent_id": anchors[zone.parent] if zone.parent else None}
        for zone in scheme.zones
    ]  # fmt: skip
    return {tuple(row.values()): row for row in rows}


def _record_key(row: Any) -> Hashable:
    return row.zone_id, row.name, row.level, row.kind, row.parent_id


def _members(scheme: Scheme, anchors: Mapping[str, int]) -> _Wanted:
    levels = {zone.code: zone.level for zone in scheme.zones}
    rows = [
        {"zone_id": anchors[each.zone], "unit_id": each.unit, "role": each.role, "level": levels[each.zone]}
        for each in scheme.members
    ]
    return {tuple(row.values()): row for row in rows}


def _member_key(row: Any) -> Hashable:
    return row.zone_id, row.unit_id, row.role, row.level


def _leaders(scheme: Scheme, anchors: Mapping[str, int]) -> _Wanted:
    rows = [{"zone_id": anchors[each.zone], "person_id": each.person} for each in scheme.leaders]
    return {tuple(row.values()): row for row in rows}


def _leader_key(row: Any) -> Hashable:
    return row.zone_id, row.person_id


def _turn(
    turn: _Turn, model: type[LedgerRow], key: Callable[[Any], Hashable], wanted: _Wanted
) -> tuple[int, int, int, int]:
    """One table: how many rows hold on the day before and after, how many were closed and how many stated."""
    rows = list(model.objects.on(turn.starts).filter(commission=turn.commission).order_by("position", "pk"))
    gone = [row for row in rows if key(row) not in wanted]
    there = {key(row) for row in rows}
    new = [fields for said, fields in wanted.items() if said not in there]
    _close(model, gone, turn.now)
    ended = [_ended(row, turn) for row in gone if row.starts < turn.starts]
    begun = _begun(model, new, turn)
    _state(model, [*ended, *begun])
    return len(rows), len(rows) - len(gone) + len(new), len(gone), len(ended) + len(begun)


def _close(model: type[LedgerRow], rows: Sequence[LedgerRow], now: datetime) -> None:
    """Compare and set: a row that somebody closed meanwhile, or that is newer than `now`, was not seen."""
    seen = model.objects.current().filter(pk__in=[row.pk for row in rows], known_from__lte=now)
    if seen.update(known_until=now) != len(rows):
        _moved_on()


def _ended(row: LedgerRow, turn: _Turn) -> LedgerRow:
    """What the row said, until the first day of the plan; a row that began on that day was never true."""
    said = {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in _OF_THE_ROW
    }
    basis = "；".join(dict.fromkeys(text for text in (row.basis, turn.basis) if text))
    return type(row)(**{**said, "ends": turn.starts, "basis": basis, "known_from": turn.now})


def _begun(model: type[LedgerRow], new: Sequence[Mapping[str, Any]], turn: _Turn) -> list[LedgerRow]:
    last = model.objects.current().filter(commission=turn.commission).aggregate(last=Max("position"))["last"]
    return [
        model(
            commission=turn.commission, starts=turn.starts, basis=turn.basis, known_from=turn.now,
            position=(last or 0) + number, **fields,
        )
        for number, fields in enumerate(new, 1)
    ]  # fmt: skip


def _state(model: type[LedgerRow], rows: Sequence[LedgerRow]) -> None:
    try:
        with transaction.atomic():
            model.objects.bulk_create(rows)
    except IntegrityError as error:
        # Whatever was weighed before, the ledger itself never says two things of one day.
        if isinstance(error.__cause__, ExclusionViolation):
            _moved_on()
        raise


def _moved_on() -> None:
    refuse("ledger-moved-on", _("The ledger was changed meanwhile; look at the plan again."))
