"""What follows for accounts from the ledger: from the posts of their persons, and from the zones that these lead."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xiezuo.accounts.api import Days, Holding, Role, Scope, common, without
from xiezuo.organisation.api import is_of_the_commission, role_of_post
from xiezuo.organisation.models import Assignment, UnitRecord
from xiezuo.organisation.states import LENT
from xiezuo.zones.models import ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.states import Level


@dataclass
class FromLedger:
    """What the ledger gives one person, and the days of each unit in which the person holds a post."""

    holdings: list[Holding] = field(default_factory=list)
    posts: dict[int, list[Days]] = field(default_factory=lambda: defaultdict(list))


def from_ledger(persons: Sequence[int]) -> dict[int, FromLedger]:
    """What the ledger as it is now gives each of these persons, on any day."""
    found = {person: FromLedger() for person in persons}
    _read_posts(found)
    _read_zones(found)
    return found


def _read_posts(found: dict[int, FromLedger]) -> None:
    posts = list(Assignment.objects.current().filter(person__in=found))
    units = _units({post.unit_id for post in posts})
    lent = _lent(posts)
    for post in posts:
        here = found[post.person_id]
        away = [] if post.status in LENT else lent[post.person_id]
        for days in without((post.starts, post.ends), away):
            here.posts[post.unit_id].append(days)
            here.holdings += _of_post(post, units[post.unit_id], days)


def _lent(posts: Iterable[Assignment]) -> dict[int, list[Days]]:
    """The days on which each person is lent: the unit that lends sees them again when they are back."""
    lent: dict[int, list[Days]] = defaultdict(list)
    for post in posts:
        if post.status in LENT:
            lent[post.person_id].append((post.starts, post.ends))
    return lent


def _units(units: Iterable[int]) -> dict[int, list[UnitRecord]]:
    records: dict[int, list[UnitRecord]] = defaultdict(list)
    for record in UnitRecord.objects.current().filter(unit__in=units):
        records[record.unit_id].append(record)
    return records


def _of_post(post: Assignment, records: Iterable[UnitRecord], days: Days) -> list[Holding]:
    because = {"post": post.post, "unit": post.unit_id}
    given = []
    for record in records:
        stood = common(days, (record.starts, record.ends))
        role = role_of_post(kind=record.kind, name=record.name, post=post.post)
        if stood and is_of_the_commission(role):
            given.append(
                Holding(role, post.commission_id, Scope.COMMISSION, post.commission_id, *stood, because)
            )
        elif stood:
            given.append(Holding(role, post.commission_id, Scope.UNIT, post.unit_id, *stood, because))
    return given


def _read_zones(found: dict[int, FromLedger]) -> None:
    leaders = list(ZoneLeader.objects.current().filter(person__in=found))
    commissions = {leader.commission_id for leader in leaders}
    zones = list(ZoneRecord.objects.current().filter(commission__in=commissions))
    members = list(ZoneMember.objects.current().filter(commission__in=commissions, level=Level.SECOND))
    for leader in leaders:
        for zone in zones:
            days = common((leader.starts, leader.ends), (zone.starts, zone.ends))
            if zone.zone_id == leader.zone_id and days:
                found[leader.person_id].holdings += _of_zone(zone, days, zones, members)


def _of_zone(
    zone: ZoneRecord, days: Days, zones: Iterable[ZoneRecord], members: Iterable[ZoneMember]
) -> list[Holding]:
    role = Role.DEPUTY_SECRETARY if zone.level == Level.FIRST else Role.CONTACT_LEADER
    because = {"zone": zone.zone_id}
    over = Holding(role, zone.commission_id, Scope.ZONE, zone.zone_id, *days, because)
    inside = _inside(zone, days, zones)
    units = [
        Holding(role, zone.commission_id, Scope.UNIT, member.unit_id, *stay, because)
        for member in members
        for held in inside.get(member.zone_id, ())
        if (stay := common(held, (member.starts, member.ends)))
    ]
    return [over, *units]


def _inside(zone: ZoneRecord, days: Days, zones: Iterable[ZoneRecord]) -> dict[int, list[Days]]:
    """The second-level zones that a leader of `zone` leads, and on which days."""
    if zone.level == Level.SECOND:
        return {zone.zone_id: [days]}
    below: dict[int, list[Days]] = defaultdict(list)
    for each in zones:
        held = common(days, (each.starts, each.ends))
        if each.parent_id == zone.zone_id and held:
            below[each.zone_id].append(held)
    return below
