"""From which units people of a request may come at each level, by the zones that received it and those that act as one with them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils import timezone

from xiezuo.collaboration.models import Request
from xiezuo.collaboration.states import LEVELS, RequestLevel
from xiezuo.collaboration.teams.reach import Reach
from xiezuo.zones.api import joined_with
from xiezuo.zones.models import Authorisation, ZoneMember, ZoneRecord


def reach_of(request: Request, on: date) -> Reach:
    """How far a request reaches for people who come on a day. As the product; seven queries at most.

    The zones stay with it as they stood when it was received, whatever was redrawn since; zones that act as one (合) with
    them on the day itself reach together, and part again by themselves.
    """
    zones = {RequestLevel.FIRST: request.first_zone, RequestLevel.SECOND: request.zone}
    units, level, joined = dict[int, RequestLevel](), RequestLevel(request.level), False
    for each, zone in ((each, zone) for each, zone in zones.items() if zone is not None):
        others = joined_with(request.commission_id, [zone], on)
        units |= dict.fromkeys(_of_zone(request, zone, others, on), each)
        joined = joined or bool(others and LEVELS.index(each) <= LEVELS.index(level))
    units |= dict.fromkeys(_named(request), RequestLevel.SECOND)
    return Reach(level, units, request.zone is not None, joined)


def _of_zone(request: Request, zone: int, others: Collection[int], on: date) -> set[int]:
    received = timezone.localdate(request.submitted_at or request.begun_at)
    return _units(request, [zone], received) | (_units(request, others, on) if others else set())


def _units(request: Request, zones: Collection[int], day: date) -> set[int]:
    """The units of zones and of the zones below them."""
    below = ZoneRecord.objects.on(day).filter(commission=request.commission_id, parent__in=zones).values("zone")  # fmt: skip
    rows = ZoneMember.objects.on(day).filter(commission=request.commission_id)
    return set(rows.filter(Q(zone__in=zones) | Q(zone__in=below)).values_list("unit", flat=True))


def _named(request: Request) -> set[int]:
    """The unit that asks, the one in the lead, those wanted by name, and the offices that are authorised to help."""
    offices = Authorisation.objects.filter(commission=request.commission_id, pk__in=request.authorisations)
    authorised = offices.values_list("unit", flat=True) if request.authorisations else ()
    return {request.unit_id, *request.wanted_units, *authorised, *([request.lead_id] if request.lead_id else [])}  # fmt: skip
