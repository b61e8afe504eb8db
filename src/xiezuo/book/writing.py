"""How differences reach the tables: each app writes its own, from columns of ids instead of codes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xiezuo.book.changes import Changes
from xiezuo.book.columns import Sheet
from xiezuo.book.queries import anchor_of, ids_of, model_of
from xiezuo.book.sheets import ENTITIES, LEDGER_SHEETS
from xiezuo.directives import api as directives
from xiezuo.organisation import api as organisation
from xiezuo.organisation.api import Commission
from xiezuo.rules import api as rules
from xiezuo.shared.merge import Merge
from xiezuo.sites import api as sites
from xiezuo.zones import api as zones

_OWNERS = {
    "organisation": organisation,
    "zones": zones,
    "sites": sites,
    "rules": rules,
    "directives": directives,
}
Ids = Mapping[str, Mapping[str, int]]
"""Sheet → code → id."""


def write_changes(commission: Commission, changes: Mapping[str, Changes], *, at: datetime, load: int) -> None:
    """Write what every sheet adds and closes; things that are new get their ids first."""
    ids = _all_ids(commission, changes)
    levels = _levels(changes["协作区"])
    for sheet in LEDGER_SHEETS:
        found = changes[sheet.name]
        if found.adding or found.closing:
            columns = _columns(sheet, found, ids)
            if sheet.name == "协作区成员":
                zone = sheet.place["zone"]
                columns["level"] = [levels[row[zone]] for row in found.adding]
            merge = Merge(model_of(sheet), at, load, found.closing, columns, {"commission": commission.pk})
            _OWNERS[sheet.model.split(".")[0]].apply_rows(merge)


def undo_load(load: int, *, at: datetime) -> tuple[int, int]:
    """Undo a load in every table; gives the numbers of rows closed and stated again."""
    closed = restated = 0
    for owner in _OWNERS.values():
        more_closed, more_restated = owner.undo_rows(load=load, at=at)
        closed, restated = closed + more_closed, restated + more_restated
    return closed, restated


def _all_ids(commission: Commission, changes: Mapping[str, Changes]) -> dict[str, dict[str, int]]:
    ids: dict[str, dict[str, int]] = {}
    for sheet in ENTITIES:
        known = ids_of(sheet, commission)
        code = sheet.place["code"]
        new = [row[code] for row in changes[sheet.name].adding if row[code] not in known]
        owner: Any = _OWNERS[sheet.model.split(".")[0]]
        anchors = owner.add_things(anchor_of(sheet), commission=commission.pk, codes=list(dict.fromkeys(new)))
        ids[sheet.name] = {**known, **anchors}
    return ids


def _levels(zones_: Changes) -> dict[str, str]:
    place = zones_.sheet.place
    return {row[place["code"]]: row[place["level"]] for row in zones_.standing}


def _columns(sheet: Sheet, changes: Changes, ids: Ids) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for name, values in (
        zip(sheet.fields, zip(*changes.adding, strict=True), strict=True) if changes.adding else ()
    ):
        if name == "code" and sheet.entity:
            known = ids[sheet.name]
            columns[sheet.entity] = [known[code] for code in values]
        elif name in sheet.refers:
            columns[name] = _as_ids(values, ids[sheet.refers[name]])
        else:
            columns[name] = list(values)
    if columns:
        columns["position"] = changes.positions
    return columns


def _as_ids(values: tuple[Any, ...], known: Mapping[str, int]) -> list[Any]:
    if values and isinstance(values[0], tuple):
        return [tuple(known[code] for code in codes) for codes in values]
    return [known[code] if code else None for code in values]
