"""The people of the county for one request: who they are, what keeps them busy, what they bore, what keeps them out.

The ledger is asked as the product, because whoever puts a team together need not see the people of every unit. What leaves
this module of a person is the name, unit, post and standing, whether they can go, and the clause that keeps them out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from xiezuo.accounts.api import as_the_product, persons_of
from xiezuo.approvals.api import Approval
from xiezuo.collaboration.models import Lent, Member, Recusal, Request
from xiezuo.collaboration.queries.reach import reach_of
from xiezuo.collaboration.states import (
    LoanKind,
    MemberState,
    RecusalDecision,
    RequestLevel,
    RequestState,
    Standing,
)
from xiezuo.collaboration.teams.barring import Known, Matter, bar_of
from xiezuo.collaboration.teams.candidates import Away, Candidate, Ground, standing_of
from xiezuo.collaboration.teams.clauses import FORMER_UNIT, Clause, clause_of, years_after_leaving
from xiezuo.collaboration.teams.reach import Reach
from xiezuo.organisation.api import Commission, official_key, person_names, unit_names
from xiezuo.organisation.models import Assignment, Leave, PersonRecord, UnitRecord
from xiezuo.organisation.states import LENT, Engagement, UnitKind
from xiezuo.rules.api import RuleKind, rules_on
from xiezuo.rules.models import WorkRule
from xiezuo.shared.asof import LAST_IN_ORDER, grouped
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import OPEN
from xiezuo.zones.api import great_circle
from xiezuo.zones.models import ZoneMember
from xiezuo.zones.states import Level

DAY = timedelta(days=1)
WINDOW = timedelta(days=365)
"""Over which the load of people is looked at."""
ACROSS_METHODS = ("M2",)
"""Methods by which another unit does it: nobody of the unit that asked goes."""
ABOUT_CADRES = "Q18"
OF_PLACES = (UnitKind.TOWNSHIP_COMMISSION, UnitKind.SUBDISTRICT_COMMITTEE)
"""Kinds of units that stand for a place; where the others sit says nothing of whom they know."""
LONGEST_CHAIN = 30


@dataclass(frozen=True)
class _County:
    """What the ledger says of a county for a span of days: one reading serves every request within it."""

    units: Mapping[int, UnitRecord]
    posts: Mapping[int, list[Assignment]]
    people: Mapping[int, PersonRecord]
    members: Mapping[int, list[Member]]
    lent: Mapping[int, list[Lent]]
    leaves: Mapping[int, list[Leave]]
    grounds: Mapping[str, WorkRule]
    years: int


def ground_of(request: Request, on: date) -> Ground:
    """Everybody who might go, in official order, and what the request asks for. About twenty queries for any county."""
    return grounds_of([request], on)[0]


def grounds_of(requests: Sequence[Request], on: date) -> list[Ground]:
    """The same for several requests of one commission: the county is read once."""
    if not requests:
        return []
    days = [days_of(each, on) for each in requests]
    first, last = min(starts for starts, _ends in days), max(ends for _starts, ends in days)
    with as_the_product():
        county = _county(requests[0], first, last, on)
        return [_ground(each, county, on) for each in requests]


def days_of(request: Request, on: date) -> tuple[date, date]:
    """The days for which people are needed from `on` on, with what it was extended by; one day where they have passed."""
    starts = max(request.starts or on, on)
    extended = request.due_on + DAY if request.extensions and request.due_on else starts
    return starts, max(request.ends or starts, extended, starts + DAY)


def _county(request: Request, first: date, last: date, on: date) -> _County:
    commission = request.commission
    grounds = {rule.code: rule for rule in rules_on(commission, RuleKind.GROUND, on)}
    years = years_after_leaving(grounds.get(FORMER_UNIT))
    units = UnitRecord.objects.on(first).filter(commission=commission)
    posts = Assignment.objects.current().filter(commission=commission, ends__gt=back(first, years), starts__lt=last)  # fmt: skip
    people = PersonRecord.objects.on(first).filter(commission=commission)
    members = Member.objects.filter(request__commission=commission, ends__gt=on - WINDOW)
    lent = Lent.objects.filter(loan__commission=commission, ends__gt=first, returned_on=None).select_related("loan")  # fmt: skip
    leaves = Leave.objects.current().filter(commission=commission, ends__gt=first, starts__lt=last)
    return _County(
        {row.unit_id: row for row in units},
        grouped(posts.order_by("person_id", "starts", "position", "pk"), "person_id"),
        {row.person_id: row for row in people},
        grouped(members.order_by("person_id", "starts", "pk"), "person_id"),
        _by_person(lent.order_by("person_id", "starts", "pk")),
        grouped(leaves.order_by("person_id", "starts", "pk"), "person_id"),
        grounds, years,
    )  # fmt: skip


def _by_person(lent: Iterable[Lent]) -> dict[int, list[Lent]]:
    found: dict[int, list[Lent]] = {}
    for row in lent:
        found.setdefault(row.person_id, []).append(row)
    return found


def back(day: date, years: int) -> date:
    """The same day so many years before; the last of February where it has none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _ground(request: Request, county: _County, on: date) -> Ground:
    days = days_of(request, on)
    matter = _matter(request, county, days)
    reach = reach_of(request, days[0])
    made = (_candidate(request, person, county, matter, days, on) for person in county.posts)
    found = [replace(each, beyond=_beyond(each, request, county, reach)) for each in made if each is not None]  # fmt: skip
    found.sort(key=lambda each: (official_key(county.units[each.unit]), each.place, each.person))
    return Ground(request.pk, days, tuple(found), county.years, "" if FORMER_UNIT not in county.grounds else county.grounds[FORMER_UNIT].badge, reach)  # fmt: skip


def _beyond(each: Candidate, request: Request, county: _County, reach: Reach) -> RequestLevel | None:
    """Who was lent for this very matter comes by the decision on the loan, from wherever."""
    lent = any(row.loan.request_id == request.pk for row in county.lent.get(each.person, []))
    return None if lent else reach.beyond(each.unit)


def _candidate(request: Request, person: int, county: _County, matter: Matter, days: tuple[date, date], on: date) -> Candidate | None:  # noqa: PLR0917 - one person out of everything that was read  # fmt: skip
    record, posts = county.people.get(person), county.posts[person]
    here = _first_post([post for post in posts if post.starts <= days[0] < post.ends], county)
    if record is None or here is None:
        return None
    kept = bar_of(Known(person, here.unit_id, _units_of(posts), record.origin), matter)
    bar = clause_of(kept, dict(county.grounds)) if isinstance(kept, str) else kept
    unit, lent = county.units[here.unit_id], county.lent.get(person, [])
    return Candidate(
        person=person, name=record.name, unit=here.unit_id, unit_name=unit.name, post=here.post,
        full_time=here.engagement == Engagement.FULL_TIME, standing=_standing(here, lent, request), loan=_loan(lent, request, days[0]),
        woman=record.sex == "女", skills=tuple(record.skills), bar=bar, days_in_teams=_days_in_teams(county.members.get(person, []), on),
        away=(*_in_teams(county.members.get(person, []), request), *_lent_out(lent, request), *_on_leave(county.leaves.get(person, [])), *_without_post(posts, county, days)),
        kilometres=_way(unit, county.units.get(request.unit_id)), place=LAST_IN_ORDER if record.order_no is None else record.order_no,
        wanted=not request.wanted_units or here.unit_id in request.wanted_units,
    )  # fmt: skip


def _first_post(posts: Iterable[Assignment], county: _County) -> Assignment | None:
    """The post by which somebody is counted: where they are lent to, else full-time before part-time, in the order of the book."""
    standing = [post for post in posts if post.unit_id in county.units]
    if any(county.units[post.unit_id].kind == UnitKind.LEADERSHIP for post in standing):
        return None  # Leaders decide; they do not go.
    return min(
        standing, default=None,
        key=lambda post: (post.status not in LENT, post.engagement != Engagement.FULL_TIME, post.position, post.pk),
    )  # fmt: skip


def _units_of(posts: Iterable[Assignment]) -> tuple[tuple[int, date, date], ...]:
    """Units with the days there; who is lent belongs to the unit they came from as well."""
    found = [(post.unit_id, post.starts, post.ends) for post in posts]
    homes = [(post.from_unit_id, post.starts, post.ends) for post in posts if post.from_unit_id and post.status in LENT]  # fmt: skip
    moved = [(post.from_unit_id, post.starts, post.starts + DAY) for post in posts if post.from_unit_id]
    return (*found, *homes, *moved)


def _standing(post: Assignment, lent: Sequence[Lent], request: Request) -> Standing:
    if any(each.loan.request_id == request.pk for each in lent):
        return Standing.LENT
    return standing_of(post.status)


def _loan(lent: Sequence[Lent], request: Request, on: date) -> int | None:
    """The loan by which somebody would come: the one for this very matter, else one that runs."""
    of_this = [each.loan_id for each in lent if each.loan.request_id == request.pk]
    running = [each.loan_id for each in lent if each.starts is not None and each.starts <= on]
    return next(iter([*of_this, *running]), None)


def _in_teams(members: Iterable[Member], request: Request) -> list[Away]:
    return [
        Away(Away.TEAM, row.starts, row.ends) for row in members
        if row.state != MemberState.LEFT and row.request_id != request.pk
    ]  # fmt: skip


def _lent_out(lent: Iterable[Lent], request: Request) -> list[Away]:
    """A loan for one matter keeps its people for that matter; other loans say where somebody works, as posts do."""
    return [
        Away(Away.LENT, row.starts, row.ends) for row in lent
        if row.starts and row.ends and row.loan.kind == LoanKind.MATTER and row.loan.request_id != request.pk
    ]  # fmt: skip


def _on_leave(rows: Iterable[Leave]) -> list[Away]:
    """Days away, never for which reason."""
    return [Away(Away.LEAVE, row.starts, row.ends) for row in rows]


def _without_post(posts: Iterable[Assignment], county: _County, days: tuple[date, date]) -> list[Away]:
    """The days of the request on which somebody holds no post here."""
    at, found = days[0], list[Away]()
    held = sorted((post.starts, post.ends) for post in posts if post.unit_id in county.units)
    for starts, ends in [*held, (days[1], OPEN)]:
        if starts > at and at < days[1]:
            found.append(Away(Away.POST, at, min(starts, days[1])))
        at = max(at, ends)
    return found


def _days_in_teams(members: Iterable[Member], on: date) -> int:
    """Days in teams within the window before `on`."""
    spans = (
        (max(row.starts, on - WINDOW), min(row.left_on or row.ends, row.ends, on)) for row in members if row.joined_at
    )  # fmt: skip
    return sum(max((ends - starts).days, 0) for starts, ends in spans)


def _way(one: UnitRecord, other: UnitRecord | None) -> float | None:
    """Kilometres of the great circle between two units; None where the ledger has no place of one."""
    points = [(row.latitude, row.longitude) for row in (one, other) if row is not None]
    told = [(lat, lon) for lat, lon in points if lat is not None and lon is not None]
    return great_circle(told[0], told[1]) if len(told) == 2 else None


def _matter(request: Request, county: _County, days: tuple[date, date]) -> Matter:
    units = {*request.about_units, *([request.unit_id] if request.blocked else [])}
    before = earlier_requests(request)
    return Matter(
        units=frozenset(units), places=(*request.about_places, *_places(units, county)),
        zone_units=_zone_units(units, request, days[0]) if request.situation == ABOUT_CADRES else frozenset(),
        earlier=_people_of([each.pk for each in before]), other_duty=_people_of_other_duty(request),
        applicant=_person_of(request.applicant), asker=request.unit_id if request.method in ACROSS_METHODS else None,
        days=days, since=back(days[0], county.years), recusals=_recusals(request),
    )  # fmt: skip


def _places(units: Iterable[int], county: _County) -> list[str]:
    records = [county.units[unit] for unit in sorted(units) if unit in county.units]
    return [record.place for record in records if record.kind in OF_PLACES and record.place]


def _zone_units(units: Collection[int], request: Request, on: date) -> frozenset[int]:
    rows = ZoneMember.objects.on(on).filter(commission=request.commission_id, level=Level.SECOND)
    zones = rows.filter(unit__in=units).values("zone")
    return frozenset({*units, *rows.filter(zone__in=zones).values_list("unit", flat=True)})


def earlier_requests(request: Request) -> list[Request]:
    """The requests before this one of the same matter: its chain, and those of the same pointer. As the product."""
    found: dict[int, Request] = {}
    at = request.earlier
    while at is not None and at.pk not in found and len(found) < LONGEST_CHAIN:
        found[at.pk] = at
        at = at.earlier
    if request.pointer:
        same = Request.objects.filter(
            commission=request.commission_id, pointer=request.pointer, duty=request.duty
        )
        found |= {each.pk: each for each in same.exclude(pk=request.pk)}
    return list(found.values())


def _people_of(requests: Collection[int]) -> frozenset[int]:
    """Whoever joined one of these teams, whatever became of them."""
    rows = Member.objects.filter(request__in=requests, joined_at__isnull=False)
    return frozenset(rows.values_list("person_id", flat=True)) if requests else frozenset()


def _people_of_other_duty(request: Request) -> frozenset[int]:
    """Whoever is or was in a team of another duty for the same pointer (监察法 39; §2A P6)."""
    if not request.pointer:
        return frozenset()
    rows = Member.objects.filter(request__commission=request.commission_id, request__pointer=request.pointer)
    others = rows.exclude(request__duty=request.duty).filter(~Q(state=MemberState.LEFT) | Q(joined_at__isnull=False))  # fmt: skip
    return frozenset(others.values_list("person_id", flat=True))


def _person_of(account: int) -> int | None:
    return persons_of(accounts=[account]).get(account)


def _recusals(request: Request) -> dict[int, Clause]:
    """Who must stand out of this request or may have to: person → clause. The latest question of each decides."""
    latest: dict[int, Recusal] = {}
    for row in Recusal.objects.filter(request=request).order_by("pk"):
        latest[row.person_id] = row
    out = (RecusalDecision.OPEN, RecusalDecision.RECUSED)
    return {
        person: Clause(f"recusal:{row.clause}", row.clause, "", open=row.decision == RecusalDecision.OPEN)
        for person, row in latest.items()
        if row.decision in out
    }


def members_of(request: Request) -> list[Member]:
    """The team as far as the reader may see it, in the order in which they were chosen. One query."""
    return list(Member.objects.filter(request=request).order_by("pk"))


def member_shown(pk: int) -> Member:
    """One member, if the reader may see them. Raises `NotThere`. One query."""
    found = Member.objects.select_related("request__commission").filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such member, or it is not for you."))
    return found


def taking_part(request: Request) -> list[int]:
    """Who takes part in a request as a person: its team, and who is asked to decide it. As the product. Three queries."""
    with as_the_product():
        team = Member.objects.filter(request=request).exclude(state=MemberState.LEFT).order_by("pk")
        approval = Approval.objects.filter(pk=request.approval or 0).first()
        deciding = persons_of(accounts=approval.waiting_for) if approval else {}
        people = [*team.values_list("person_id", flat=True), *(each for each in deciding.values() if each)]
    return list(dict.fromkeys(people))


def without_team(commission: Commission) -> list[Request]:
    """Requests whose team is being put together and has nobody yet, as far as the reader may see them. One query."""
    rows = Request.objects.filter(commission=commission, state=RequestState.TEAMING).select_related(
        "commission"
    )
    empty = rows.exclude(members__in=Member.objects.exclude(state=MemberState.LEFT))
    return list(empty.order_by("next_due_on", "pk"))


def names_of(
    people: Collection[int], units: Collection[int], on: date
) -> tuple[dict[int, str], dict[int, str]]:
    """Names of people and of units, asked as the product: who is in a team is for whoever reads its request. Two queries."""
    with as_the_product():
        return person_names(people, on), unit_names(units, on)
