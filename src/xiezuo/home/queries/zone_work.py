"""What the zones ask of me today: their next meetings, minutes to be written, decisions to be carried out, plans to answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from xiezuo.accounts.api import Actor
from xiezuo.organisation.api import Commission, unit_names
from xiezuo.zones.api import items_not_done, meetings_ahead, minutes_waiting
from xiezuo.zones.models import AgendaItem, PlanConsultation, ZoneMeeting, ZoneRecord

MOST_AHEAD = 3
"""Meetings ahead that are told; the list of meetings has all of them."""


@dataclass(frozen=True)
class ZoneWork:
    """Everything that zones ask of one reader, each list by its days. `names` are those of the units named, `zones` those
    of the zones."""

    ahead: Sequence[ZoneMeeting]
    minutes: Sequence[ZoneMeeting]
    items: Sequence[AgendaItem]
    asked: Sequence[PlanConsultation]
    names: dict[int, str]
    zones: dict[int, str]


def zone_work_of(  # noqa: PLR0917 - whose work it is
    actor: Actor,
    commission: Commission,
    units: Collection[int],
    zones: Collection[int],
    led: Collection[int],
    today: date,
) -> ZoneWork:
    """What zones ask of who holds a role over these units and zones; `led` are zones that they lead. At most nine queries."""
    items = items_not_done(units=units, on=today) if units else []
    asked = _asked(commission, units, today) if units else []
    named = {*(each.unit_id for each in items if each.unit_id), *(each.unit_id for each in asked)}
    ahead = meetings_ahead(commission, units, [*zones, *led], today) if units or led else []
    minutes = minutes_waiting(actor, commission, today)
    called = _called(commission, {each.zone_id for each in (*ahead, *minutes)}, today)
    return ZoneWork(ahead[:MOST_AHEAD], minutes, items, asked, unit_names(named, today), called)


def _called(commission: Commission, zones: Collection[int], today: date) -> dict[int, str]:
    """What zones are called today. One query."""
    rows = ZoneRecord.objects.on(today).filter(commission=commission, zone__in=zones)
    return dict(rows.values_list("zone_id", "name"))


def _asked(commission: Commission, units: Collection[int], today: date) -> list[PlanConsultation]:
    """Plans on which one of the units was asked and has not answered, the earliest last day first. One query."""
    rows = PlanConsultation.objects.filter(
        plan__commission=commission,
        unit__in=units,
        answered_on__isnull=True,
        plan__stage="征求意见",
        last_day__gte=today,
    )
    return list(rows.select_related("plan").order_by("last_day", "id"))
