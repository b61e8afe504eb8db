"""What is asked of the meetings of zones: lists, one meeting, when the next is due, what is still to be done.

The database shows a reader the meetings to which a unit of theirs was invited, and to who sees all matters every one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.accounts.api import Role as AccountRole
from xiezuo.organisation.api import Commission, person_names, role_of_post
from xiezuo.organisation.models import Assignment, Person, PersonRecord, UnitRecord
from xiezuo.rules.api import LimitUnit, RuleKind, rules_on
from xiezuo.shared.errors import NotThere
from xiezuo.zones.meetings.cadence import Cadence, Due, due_on
from xiezuo.zones.meetings.policies import Seat, Sees, may_run
from xiezuo.zones.models import AgendaItem, Attendance, Zone, ZoneLeader, ZoneMeeting, ZoneMember, ZoneRecord
from xiezuo.zones.queries.lists import members_on, standing
from xiezuo.zones.states import Level, MeetingState, Role

CADENCE_RULES = {Level.SECOND.value: "Z15", Level.FIRST.value: "Z16"}
"""Level → the work rule that says how often its zones meet. Source: domain.md §2C."""


def meetings_of(commission: Commission) -> QuerySet[ZoneMeeting]:
    """Every meeting that is shown to the reader, the newest day first."""
    rows = ZoneMeeting.objects.filter(commission=commission).select_related("zone", "commission")
    return rows.order_by("-day", "zone__code", "-id")


def meeting_shown(commission: Commission, meeting: int) -> ZoneMeeting:
    """One meeting. Raises `NotThere`, in one wording for unknown and for hidden ones."""
    found = meetings_of(commission).filter(pk=meeting).first()
    if found is None:
        raise NotThere(_("There is no such meeting, or it is not for you."))
    return found


def item_shown(commission: Commission | None, item: int) -> AgendaItem:
    """One item of an agenda, with its meeting, of a commission or of any. Raises `NotThere`."""
    rows = AgendaItem.objects.filter(pk=item)
    if commission is not None:
        rows = rows.filter(meeting__commission=commission)
    found = rows.select_related("meeting__zone", "meeting__commission").first()
    if found is None:
        raise NotThere(_("There is no such item of a meeting, or it is not for you."))
    return found


def levels_of(zones: Collection[int]) -> dict[int, str]:
    """The level of each zone, which never changes. One query."""
    rows = ZoneRecord.objects.current().filter(zone__in=zones)
    return dict(rows.values_list("zone_id", "level"))


def items_of(meeting: ZoneMeeting) -> list[AgendaItem]:
    """The agenda in its order, each item with what it was carried from. One query."""
    rows = AgendaItem.objects.filter(meeting=meeting).select_related("carried_from__meeting")
    return list(rows.order_by("position"))


def attendances_of(meeting: ZoneMeeting) -> dict[int, Attendance]:
    """Who came, by unit. One query."""
    return {row.unit_id: row for row in Attendance.objects.filter(meeting=meeting).order_by("id")}


def not_done(*, zones: Collection[int] | None = None, units: Collection[int] | None = None, on: date) -> list[AgendaItem]:  # fmt: skip
    """Decided by the day, to be done by a unit, and not done by then, the earliest day first; those without a day last.

    An item that a later meeting took up and decided on anew stands there. As far as the reader sees the meetings. One query.
    """
    anew = AgendaItem.objects.filter(
        carried_from=OuterRef("pk"), meeting__state=MeetingState.HELD, meeting__day__lte=on
    ).exclude(decision="")
    rows = AgendaItem.objects.filter(
        meeting__state=MeetingState.HELD, meeting__day__lte=on, unit__isnull=False
    )
    rows = rows.exclude(decision="").exclude(done_on__lte=on).filter(~Exists(anew))
    if zones is not None:
        rows = rows.filter(meeting__zone__in=zones)
    if units is not None:
        rows = rows.filter(unit__in=units)
    found = rows.select_related("meeting__zone").order_by("meeting__day", "position", "id")
    return sorted(found, key=lambda item: item.due_on or date.max)


def cadences(commission: Commission, on: date) -> dict[str, Cadence]:
    """By level how often its zones meet, by the rules in force on the day; nothing of a level without a rule. One query."""
    rules = {rule.code: rule for rule in rules_on(commission, RuleKind.ZONING, on)}
    return {
        level: Cadence(rule.code, rule.name, rule.limit, rule.clause, rule.badge)
        for level, code in CADENCE_RULES.items()
        if (rule := rules.get(code)) is not None and rule.limit and rule.limit_unit == LimitUnit.MONTHS
    }


@dataclass(frozen=True)
class ZoneDue:
    """One zone with how it stands by its cadence; `due` is None where its meetings are not for the reader.

    `waiting` are meetings whose day has come and whose minutes are not closed.
    """

    record: ZoneRecord
    cadence: Cadence | None
    due: Due | None
    next: ZoneMeeting | None
    held: tuple[ZoneMeeting, ...]
    waiting: tuple[ZoneMeeting, ...] = ()


def zones_due(commission: Commission, on: date, zones: Collection[int] | None, sees: Sees) -> list[ZoneDue]:
    """How zones that stand on the day stand by their cadence, in their own order. Five queries.

    `zones` are those asked about, None all of them. What is planned counts from the day on.
    """
    every = standing(commission, on)
    records = [each for each in every if zones is None or each.zone_id in zones]
    members = _members(commission, on)
    by_level = cadences(commission, on)
    rows: dict[int, list[ZoneMeeting]] = defaultdict(list)
    for meeting in meetings_of(commission).filter(zone__in=[each.zone_id for each in records]):
        rows[meeting.zone_id].append(meeting)
    return [
        _zone_due(each, by_level.get(each.level), rows[each.zone_id], on)
        if sees.zone(each.zone_id, _inside(each, every, members))
        else ZoneDue(each, by_level.get(each.level), None, None, ())
        for each in records
    ]


def _zone_due(
    record: ZoneRecord, cadence: Cadence | None, meetings: Sequence[ZoneMeeting], on: date
) -> ZoneDue:
    held = [each for each in meetings if each.state == MeetingState.HELD and each.day <= on]
    ahead = [each for each in meetings if each.state == MeetingState.PLANNED and each.day >= on]
    following = ahead[-1] if ahead else None
    last = held[0].day if held else None
    due = due_on(cadence, on, last, following.day if following else None)
    past = [each for each in meetings if each.state == MeetingState.PLANNED and each.day < on]
    return ZoneDue(record, cadence, due, following, tuple(held), tuple(past))


def _members(commission: Commission, on: date) -> dict[int, set[int]]:
    inside: dict[int, set[int]] = defaultdict(set)
    rows = ZoneMember.objects.on(on).filter(commission=commission).exclude(role=Role.HELPER)
    for zone, unit in rows.values_list("zone_id", "unit_id"):
        inside[zone].add(unit)
    return inside


def _inside(record: ZoneRecord, records: Iterable[ZoneRecord], members: dict[int, set[int]]) -> set[int]:
    under = [each.zone_id for each in records if each.parent_id == record.zone_id]
    return set().union(*(members.get(zone, set()) for zone in (record.zone_id, *under)))


def seat_of(commission: Commission, zone: int, on: date) -> Seat:
    """Who runs a zone by the ledger of a day: its axis or lead units, and the zone above it. Three queries.

    Raises `NotThere` for a zone that is not the commission's.
    """
    if not Zone.objects.filter(commission=commission, pk=zone).exists():
        raise NotThere(_("There is no zone number %(number)s in this commission.") % {"number": zone})
    record = ZoneRecord.objects.on(on).filter(commission=commission, zone=zone).first()
    centre = ZoneMember.objects.on(on).filter(
        commission=commission, zone=zone, role__in=(Role.AXIS, Role.LEAD)
    )
    units = tuple(centre.order_by("position", "id").values_list("unit_id", flat=True))
    return Seat(commission.pk, zone, record.parent_id if record else None, units)


def seats(commission: Commission, on: date) -> dict[int, Seat]:
    """Who runs each zone that stands on a day, in the order of the zones. Two queries."""
    centre: dict[int, list[int]] = defaultdict(list)
    for row in members_on(commission, on):
        if row.role in (Role.AXIS, Role.LEAD):
            centre[row.zone_id].append(row.unit_id)
    return {
        record.zone_id: Seat(commission.pk, record.zone_id, record.parent_id, tuple(centre[record.zone_id]))
        for record in standing(commission, on)
    }


def chairs_offered(commission: Commission, zone: int, on: date) -> dict[int, str]:
    """Who can be in the chair: the leaders of a zone, and the heads of its axis or lead units. At most six queries.

    Names as far as they are for the reader.
    """
    centre = seat_of(commission, zone, on).centre
    kinds = dict(UnitRecord.objects.on(on).filter(unit__in=centre).values_list("unit_id", "kind"))
    posts = Assignment.objects.on(on).filter(unit__in=centre).order_by("position", "id")
    heads = [
        post.person_id for post in posts
        if role_of_post(kind=kinds.get(post.unit_id, ""), name="", post=post.post) == AccountRole.UNIT_HEAD
    ]  # fmt: skip
    people = list(dict.fromkeys([*leaders_of(commission, zone, on), *heads]))
    names = person_names(people, on)
    return {person: names[person] for person in people if person in names}


def is_person_of(commission: Commission, person: int) -> bool:
    """Whether a person is one of the commission's. One query."""
    return Person.objects.filter(pk=person, commission=commission).exists()


def first_name_among(commission: Commission, words: Iterable[str], on: date) -> str | None:
    """The first of the words that is the name of a person, as far as the reader sees people. One query."""
    rows = PersonRecord.objects.on(on).filter(commission=commission, name__in=list(words))
    return rows.values_list("name", flat=True).first()


def units_invited(commission: Commission, zone: int, on: date) -> list[int]:
    """The members of a zone on a day, of a first-level one those of the zones under it too; helpers are none. Two queries."""
    under = ZoneRecord.objects.on(on).filter(commission=commission, parent=zone).order_by("position", "id")
    zones = [zone, *under.values_list("zone_id", flat=True)]
    rows = ZoneMember.objects.on(on).filter(commission=commission, zone__in=zones).exclude(role=Role.HELPER)
    return list(dict.fromkeys(rows.order_by("position", "id").values_list("unit_id", flat=True)))


def leaders_of(commission: Commission, zone: int, on: date) -> list[int]:
    """Who leads a zone on a day, in the order of the book. One query."""
    rows = ZoneLeader.objects.on(on).filter(commission=commission, zone=zone)
    return list(rows.order_by("position", "id").values_list("person_id", flat=True))


def ahead_of_units(commission: Commission, units: Collection[int], zones: Collection[int], on: date) -> list[ZoneMeeting]:  # fmt: skip
    """Meetings planned from the day on to which one of the units is invited or that are of one of the zones, the next first."""
    rows = meetings_of(commission).filter(state=MeetingState.PLANNED, day__gte=on)
    found = [each for each in rows if each.zone_id in zones or set(each.units) & set(units)]
    return sorted(found, key=lambda each: (each.day, each.zone.code, each.pk))


def minutes_waiting(actor: Actor, commission: Commission, today: date) -> list[ZoneMeeting]:
    """Meetings of zones that the actor runs whose day has come and whose minutes are not closed, by day. Three queries."""
    rows = list(meetings_of(commission).filter(state=MeetingState.PLANNED, day__lte=today))
    run = seats(commission, today) if rows else {}
    mine = [each for each in rows if each.zone_id in run and not may_run(actor, run[each.zone_id])]
    return sorted(mine, key=lambda each: (each.day, each.pk))
