"""Zones that act as one, and support offices coordinated by authority: on a day, one of them, and what they rest on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xiezuo.organisation.api import Commission, person_names, unit_names
from xiezuo.organisation.models import Assignment, Portfolio, UnitRecord
from xiezuo.organisation.states import DEPUTY_SECRETARY, Mode, UnitKind
from xiezuo.shared.asof import grouped
from xiezuo.shared.errors import NotThere
from xiezuo.zones.joining.asked import AuthorisationGround, JoiningGround
from xiezuo.zones.joining.holding import held_days, holding
from xiezuo.zones.models import Authorisation, Joining, ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.queries.lists import Named, leaders_on, members_on, standing
from xiezuo.zones.queries.zone import zone_names
from xiezuo.zones.states import Level, Role


@dataclass(frozen=True)
class ActingAsOne:
    """Zones that act as one on a day: the first of `zones` leads. `level` is theirs, `last` their last day together."""

    joining: int
    number: int
    title: str
    purpose: str
    level: str
    zones: tuple[Named, ...]
    coordinator: Named
    starts: date
    last: date

    def holds(self, zones: Collection[int]) -> bool:
        """Whether one of these zones is among them."""
        return any(each.id in zones for each in self.zones)


def acting_as_one(commission: Commission, on: date) -> list[ActingAsOne]:
    """Zones that act as one on the day, as far as they stand, in the order in which they were asked for. Three queries
    at most; one if none do."""
    rows = list(Joining.objects.filter(holding(on), commission=commission).order_by("number"))
    if not rows:
        return []
    stand = {record.zone_id: record.name for record in standing(commission, on)}
    people = person_names({row.coordinator_id for row in rows}, on)
    found = [_acting(row, stand, people) for row in rows]
    return [each for each in found if len(each.zones) > 1]


def joined_with(commission: int, zones: Collection[int], on: date) -> set[int]:
    """The other zones that act as one with any of these on the day. One query."""
    rows = Joining.objects.filter(holding(on), commission=commission, zones__overlap=list(zones))
    return {other for found in rows.values_list("zones", flat=True) for other in found} - set(zones)


def _acting(row: Joining, stand: dict[int, str], people: dict[int, str]) -> ActingAsOne:
    days = held_days(row) or (row.starts, row.ends)
    return ActingAsOne(
        row.pk, row.number, row.title, row.purpose, row.level,
        tuple(Named(zone, stand[zone]) for zone in row.zones if zone in stand),
        Named(row.coordinator_id, people.get(row.coordinator_id, "")), days[0], days[1] - date.resolution,
    )  # fmt: skip


def joinings_of(commission: Commission, on: date) -> QuerySet[Joining]:
    """Joinings that had been asked for by the day, as far as the reader may see them: the latest first. One query."""
    return Joining.objects.filter(commission=commission, asked_at__date__lte=on).order_by("-starts", "-number")  # fmt: skip


def joining_shown(commission: Commission, pk: int) -> Joining:
    """One joining, if the reader may see it. Raises `NotThere`. One query."""
    found = Joining.objects.select_related("commission").filter(commission=commission, pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such joining of zones, or it is not for you."))
    return found


def authorisations_of(commission: Commission, on: date) -> QuerySet[Authorisation]:
    """Authorisations that had been asked for by the day, as far as the reader may see them: the latest first."""
    rows = Authorisation.objects.filter(commission=commission, asked_at__date__lte=on)
    return rows.order_by("-starts", "-number")


def authorisations_on(commission: Commission, on: date, *, people: Iterable[int] = (), unit: int | None = None) -> list[Authorisation]:  # fmt: skip
    """Authorisations of these people, or for this office, that hold on the day or will. One query."""
    rows = Authorisation.objects.filter(commission=commission, refused=False, decided_on__lte=on, ends__gt=on)
    narrowed = rows.filter(person__in=list(people)) if unit is None else rows.filter(unit=unit)
    found = narrowed.order_by("starts", "number")
    return [row for row in found if (days := held_days(row)) is not None and days[1] > on]


def leaders_of_zone(zone: int, on: date) -> list[int]:
    """Who leads a zone on the day. One query."""
    rows = ZoneLeader.objects.on(on).filter(zone=zone).order_by("position", "pk")
    return list(rows.values_list("person_id", flat=True))


def authorisation_shown(commission: Commission, pk: int) -> Authorisation:
    """One authorisation, if the reader may see it. Raises `NotThere`. One query."""
    found = Authorisation.objects.select_related("commission").filter(commission=commission, pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such authorisation, or it is not for you."))
    return found


def names_for(rows: Sequence[Joining], on: date) -> tuple[dict[int, str], dict[int, str]]:
    """What the zones and the coordinators of joinings are called. Two queries."""
    zones = zone_names({zone for row in rows for zone in row.zones}, on)
    return zones, person_names({row.coordinator_id for row in rows}, on)


def names_authorised(rows: Sequence[Authorisation], on: date) -> tuple[dict[int, str], dict[int, str]]:
    """What the units and the people of authorisations are called. Two queries."""
    units = unit_names({row.unit_id for row in rows}, on)
    return units, person_names({row.person_id for row in rows}, on)


# What a new one rests on


def joining_ground(commission: Commission, zones: Sequence[int], on: date) -> JoiningGround:
    """What the ledger says of zones of this commission; a zone that it does not have stands on no day. Three queries."""
    records = list(ZoneRecord.objects.current().filter(commission=commission, zone__in=zones).order_by("starts"))  # fmt: skip
    leaders = ZoneLeader.objects.current().filter(commission=commission, zone__in=zones)
    return JoiningGround(
        zone_names({record.zone_id for record in records}, on),
        {zone: [(row.level, (row.starts, row.ends)) for row in rows] for zone, rows in grouped(records, "zone_id").items()},
        {zone: [(row.person_id, (row.starts, row.ends)) for row in rows]
         for zone, rows in grouped(leaders.order_by("starts", "pk"), "zone_id").items()},
    )  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """The zones of a day with their units: who would answer for a zone, and which units are inside."""

    records: tuple[ZoneRecord, ...]
    members: tuple[ZoneMember, ...]

    def below(self, zone: int) -> list[int]:
        """The zone and those under it, in order."""
        return [zone, *(each.zone_id for each in self.records if each.parent_id == zone)]

    def above(self, zone: int) -> int:
        """The first-level zone that a zone stands under; a first-level zone itself, and one under none."""
        record = next((each for each in self.records if each.zone_id == zone), None)
        return record.parent_id or zone if record else zone

    def leads(self, zone: int) -> list[int]:
        """The axis and lead units of a zone: axes first."""
        rows = [row for under in self.below(zone) for row in self.members if row.zone_id == under]
        return list(dict.fromkeys(row.unit_id for role in (Role.AXIS, Role.LEAD) for row in rows if row.role == role))  # fmt: skip

    def inside(self, zones: Iterable[int]) -> list[int]:
        """The units of zones, each once; helpers are no members."""
        under = {each for zone in zones for each in self.below(zone)}
        rows = (row for row in self.members if row.zone_id in under and row.role != Role.HELPER)
        return list(dict.fromkeys(row.unit_id for row in rows))

    def decided_for(self, zones: Sequence[int]) -> list[int]:
        """The units over which somebody must agree: one axis or lead unit of the first zone, then one of the first zone
        under each other first-level zone."""
        first_of: dict[int, int] = {}
        for zone in zones:
            first_of.setdefault(self.above(zone), zone)
        leads = (self.leads(zone) for zone in first_of.values())
        return list(dict.fromkeys(each[0] for each in leads if each))


def standing_on(commission: Commission, on: date) -> Standing:
    """The zones of the day with their units. Two queries."""
    return Standing(tuple(standing(commission, on)), tuple(members_on(commission, on)))


def joinings_beside(commission: int, zones: Sequence[int], but: int = 0) -> list[Joining]:
    """Every joining of these zones that was asked for and not refused, without one. One query."""
    rows = Joining.objects.filter(commission=commission, refused=False, zones__overlap=list(zones))
    return list(rows.exclude(pk=but).order_by("number"))


def authorisation_ground(commission: Commission, person: int, unit: int, on: date) -> AuthorisationGround:
    """What the ledger says of an office and of a person of this commission. Five queries."""
    kinds = UnitRecord.objects.current().filter(commission=commission, unit=unit)
    posts = Assignment.objects.current().filter(
        commission=commission,
        person=person,
        unit__in=UnitRecord.objects.filter(commission=commission, kind=UnitKind.LEADERSHIP).values("unit"),
    )
    shares = Portfolio.objects.current().filter(commission=commission, person=person, unit=unit, mode=Mode.IN_CHARGE)  # fmt: skip
    return AuthorisationGround(
        unit_names([unit], on).get(unit, f"#{unit}"), person_names([person], on).get(person, f"#{person}"),
        [(kind, (starts, ends)) for kind, starts, ends in kinds.values_list("kind", "starts", "ends")],
        [(post, (starts, ends)) for post, starts, ends in posts.values_list("post", "starts", "ends")],
        list(shares.values_list("starts", "ends").order_by("starts")),
    )  # fmt: skip


def authorisations_beside(commission: int, unit: int, but: int = 0) -> list[Authorisation]:
    """Every authorisation for an office that was asked for and not refused, without one. One query."""
    rows = Authorisation.objects.filter(commission=commission, refused=False, unit=unit)
    return list(rows.exclude(pk=but).order_by("number"))


# What forms offer


def zones_offered(commission: Commission, on: date) -> list[ZoneRecord]:
    """The zones of a day, first level first. One query."""
    return standing(commission, on)


def leaders_offered(commission: Commission, on: date) -> list[Named]:
    """Whoever leads a zone on the day, in the order of the zones. Two queries."""
    people = list(dict.fromkeys(row.person_id for row in leaders_on(commission, on)))
    names = person_names(people, on)
    return [Named(person, names[person]) for person in people if person in names]


def deputies_offered(commission: Commission, on: date) -> list[Named]:
    """The deputy secretaries of the day, in the order of the book. Three queries."""
    among = UnitRecord.objects.on(on).filter(commission=commission, kind=UnitKind.LEADERSHIP).values("unit")
    posts = Assignment.objects.on(on).filter(commission=commission, unit__in=among, post__contains=DEPUTY_SECRETARY)  # fmt: skip
    people = list(dict.fromkeys(posts.order_by("position", "pk").values_list("person", flat=True)))
    names = person_names(people, on)
    return [Named(person, names[person]) for person in people if person in names]


@dataclass(frozen=True)
class Helping:
    """One unit that helps a zone without being a member, and for which days."""

    unit: Named
    zone: Named
    starts: date
    ends: date
    basis: str


def helpers_on(commission: Commission, on: date) -> list[Helping]:
    """Units that help a zone on the day, in the order of the zones and of the book. Three queries."""
    rows = [row for row in members_on(commission, on) if row.role == Role.HELPER]
    units, zones = (
        unit_names({row.unit_id for row in rows}, on),
        zone_names({row.zone_id for row in rows}, on),
    )
    order = {record.zone_id: place for place, record in enumerate(standing(commission, on))}
    rows.sort(key=lambda row: order.get(row.zone_id, len(order)))
    return [
        Helping(Named(row.unit_id, units.get(row.unit_id, "")), Named(row.zone_id, zones.get(row.zone_id, "")), row.starts,
                row.ends, row.basis)
        for row in rows
    ]  # fmt: skip


def due_to_be_told(today: date) -> tuple[list[Joining], list[Authorisation]]:
    """What may have begun or ended since it was last looked at, of every commission. Two queries."""
    since = today - 14 * date.resolution
    narrow = {"refused": False, "decided_on__isnull": False, "starts__lte": today, "ends__gte": since}
    joinings = Joining.objects.select_related("commission").filter(**narrow).order_by("pk")
    return list(joinings), list(Authorisation.objects.select_related("commission").filter(**narrow).order_by("pk"))  # fmt: skip


def level_of(stands: Iterable[tuple[str, tuple[date, date]]], on: date) -> str:
    """The level of a zone on a day, from what a ground says of it."""
    return next((level for level, (starts, ends) in stands if starts <= on < ends), Level.SECOND.value)
