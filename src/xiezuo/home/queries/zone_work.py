"""What the zones ask of me today: their next meetings, minutes to be written, decisions to be carried out, plans to answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from xiezuo.accounts.api import Actor
from xiezuo.organisation.api import Commission, unit_names
from xiezuo.zones.api import items_not_done, meetings_ahead, minutes_waiting
from xiezuo.zones.models import AgendaItem, PlanConsultation, ZoneMeeting


@dataclass(frozen=True)
class ZoneWork:
    """Everything that zones ask of one reader, each list by its days. `names` are those of the units named."""

    ahead: Sequence[ZoneMeeting]
    minutes: Sequence[ZoneMeeting]
    items: Sequence[AgendaItem]
    asked: Sequence[PlanConsultation]
    names: dict[int, str]

    def next_of(self, zone: int) -> ZoneMeeting | None:
        """The next meeting of a zone."""
        return next((each for each in self.ahead if each.zone_id == zone), None)


def zone_work_of(  # noqa: PLR0917 - whose work it is
    actor: Actor,
    commission: Commission,
    units: Collection[int],
    zones: Collection[int],
    led: Collection[int],
    today: date,
) -> ZoneWork:
    """What zones ask of who holds a role over these units and zones; `led` are zones that they lead. At most eight queries."""
    items = items_not_done(units=units, on=today) if units else []
    asked = _asked(commission, units, today) if units else []
    named = {*(each.unit_id for each in items if each.unit_id), *(each.unit_id for each in asked)}
    ahead = meetings_ahead(commission, units, [*zones, *led], today) if units or led else []
    return ZoneWork(ahead, minutes_waiting(actor, commission, today), items, asked, unit_names(named, today))


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
