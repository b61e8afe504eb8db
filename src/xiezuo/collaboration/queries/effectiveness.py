"""The parts of the effectiveness page in official order: second-level zones, situations, methods; and units' zones."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from xiezuo.organisation.api import Commission
from xiezuo.rules.models import WorkRule
from xiezuo.rules.states import RuleKind
from xiezuo.zones.models import ZoneMember, ZoneRecord
from xiezuo.zones.states import Level, Role


def parts_in_order(commission: Commission, by: str, on: date, also: Iterable[Any]) -> dict[Any, str]:
    """The names of the parts of a breakdown in official order; those of `also` that stand no more follow. Two queries.

    What belongs to no part, such as requests of units outside the zones, comes last without a name.
    """
    found = _zones(commission, on) if by == "zone" else _rules(commission, by, on)
    others = sorted({each for each in also if each is not None and each not in found})
    names = _last_names(others) if by == "zone" and others else {}
    last = {None: ""} if None in set(also) else {}
    return found | {each: names.get(each, str(each)) for each in others} | last


def _zones(commission: Commission, on: date) -> dict[Any, str]:
    rows = ZoneRecord.objects.on(on).filter(commission=commission, level=Level.SECOND)
    return dict(rows.order_by("position", "zone_id").values_list("zone_id", "name"))


def _last_names(zones: list[int]) -> dict[Any, str]:
    """What zones that stand no more were called last."""
    rows = ZoneRecord.objects.current().filter(zone_id__in=zones).order_by("starts")
    return dict(rows.values_list("zone_id", "name"))


def _rules(commission: Commission, by: str, on: date) -> dict[Any, str]:
    kind = RuleKind.SITUATION if by == "situation" else RuleKind.METHOD
    rows = WorkRule.objects.on(on).filter(commission=commission, kind=kind)
    named = {row.code: row.name for row in rows}
    return {code: named[code] for code in sorted(named, key=lambda code: (len(code), code))}


def zone_of_units(commission: Commission, on: date) -> dict[int, int]:
    """The second-level zone of each unit on a day; helpers belong to none. One query."""
    rows = (
        ZoneMember.objects.on(on).filter(commission=commission, level=Level.SECOND).exclude(role=Role.HELPER)
    )
    return dict(rows.order_by("-position", "-pk").values_list("unit_id", "zone_id"))
