"""工作台: what is mine today — my units with what they lack, my zones, what ends soon, what waits, what was left behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q

from xiezuo.accounts.api import DUTIES, Ability, Actor, Role, Scope, rights_of
from xiezuo.accounts.models import Grant, Right, User
from xiezuo.book.api import Draft, drafts_waiting
from xiezuo.figures.api import Asking
from xiezuo.home.consoles.queries.names import Names, names_of
from xiezuo.home.queries.zone_work import ZoneWork, zone_work_of
from xiezuo.organisation.api import Commission, Line, against_standards, person_names, unit_names
from xiezuo.organisation.models import Assignment
from xiezuo.organisation.states import LENT
from xiezuo.reports.api import Run, runs_not_issued
from xiezuo.zones.api import ZoneRow, zone_rows
from xiezuo.zones.models import ZoneMember
from xiezuo.zones.states import Role as Part

SOON = timedelta(days=30)
"""What ends within so many days is told beforehand."""


@dataclass(frozen=True)
class MyUnit:
    """One unit over which I hold a role: its people in post, and what the establishment asks of it."""

    unit: int
    name: str
    people: int
    standards: tuple[Line, ...]

    @property
    def short(self) -> list[Line]:
        """What is missing."""
        return [line for line in self.standards if line.short]


@dataclass(frozen=True)
class MyZone:
    """One zone that my unit belongs to or that I lead, with the other units of it."""

    row: ZoneRow
    members: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class LoanEnding:
    """One person lent to or by a unit of mine whose loan ends soon."""

    person: int
    name: str
    unit: int
    unit_name: str
    ends: date


@dataclass(frozen=True)
class Waiting:
    """What waits for me: uploads not loaded, reports not issued, grants that I may decide."""

    drafts: Sequence[Draft]
    reports: Sequence[Run]
    grants: Sequence[Grant]

    def __bool__(self) -> bool:
        return bool(self.drafts or self.reports or self.grants)


@dataclass(frozen=True)
class Work:
    """Everything of the page, in the order in which it is read."""

    units: Sequence[MyUnit]
    zones: Sequence[MyZone]
    rights: Sequence[Right]
    ending: Sequence[Right]
    loans: Sequence[LoanEnding]
    waiting: Waiting
    left: Sequence[Run]
    names: Names
    zone_work: ZoneWork


def work_of(user: User, actor: Actor, commission: Commission, today: date) -> Work:
    """What is mine in a commission on a day. A fixed number of queries, however many units and zones."""
    rights = [each for each in rights_of(user) if each.starts <= today < each.ends]
    units, led = (held_over(rights, commission.pk, kind) for kind in (Scope.UNIT, Scope.ZONE))
    own = [each.scope_id for each in _each_once(rights) if each.scope_kind == Scope.UNIT]
    zones = _zones(units, led, commission, today)
    asked = zone_work_of(actor, commission, own, [each.row.zone for each in zones], led, today)
    return Work(
        units=_units(units, commission, today), zones=zones,
        rights=_each_once(rights), ending=[each for each in _each_once(rights) if each.ends <= today + SOON],
        loans=_loans(units, today), waiting=_waiting(actor, commission), left=left_behind(actor, commission),
        names=names_of(rights, today), zone_work=asked,
    )  # fmt: skip


def _each_once(rights: Sequence[Right]) -> list[Right]:
    """The rights without those over single units that only follow from a zone that is among them.

    A right to read one matter is the matter itself in the inbox, and says nothing more here.
    """
    lasting = [each for each in rights if each.scope_kind != Scope.MATTER]
    return [each for each in lasting if not (each.scope_kind == Scope.UNIT and "zone" in each.because)]


def held_over(rights: Iterable[Right], commission: int, kind: Scope) -> list[int]:
    """The units, or zones, of a commission over which the rights are held, each once."""
    found = (each.scope_id for each in rights if each.scope_kind == kind and each.commission == commission)
    return list(dict.fromkeys(found))


def _units(units: Sequence[int], commission: Commission, today: date) -> list[MyUnit]:
    names = unit_names(units, today)
    lines = against_standards(Asking((commission.pk,), today)) if units else []
    held = Assignment.objects.on(today).filter(unit_id__in=units)
    pairs = set(held.values_list("unit_id", "person_id"))
    return [
        MyUnit(unit, name, sum(unit == at for at, _who in pairs), tuple(line for line in lines if line.unit == unit))
        for unit, name in names.items()
    ]  # fmt: skip


def _zones(units: Sequence[int], led: Sequence[int], commission: Commission, today: date) -> list[MyZone]:
    members = list(ZoneMember.objects.on(today).filter(commission=commission).order_by("position", "id"))
    inside = {row.zone_id for row in members if row.unit_id in units and row.role != Part.HELPER}
    mine = [row for row in zone_rows(commission, today) if row.zone in {*inside, *led}]
    names = unit_names({row.unit_id for row in members}, today)
    return [
        MyZone(row, tuple((each.unit_id, names.get(each.unit_id, "")) for each in members if each.zone_id == row.zone))
        for row in mine
    ]  # fmt: skip


def _loans(units: Sequence[int], today: date) -> list[LoanEnding]:
    mine = Q(unit_id__in=units) | Q(from_unit_id__in=units)
    rows = (
        Assignment.objects.on(today)
        .filter(mine, status__in=LENT, ends__lte=today + SOON)
        .order_by("ends", "id")
    )
    found = list(rows)
    people = person_names({row.person_id for row in found}, today)
    names = unit_names({row.unit_id for row in found}, today)
    return [
        LoanEnding(row.person_id, people.get(row.person_id, ""), row.unit_id, names.get(row.unit_id, ""), row.ends)
        for row in found
    ]  # fmt: skip


def _waiting(actor: Actor, commission: Commission) -> Waiting:
    reports = runs_not_issued(commission).filter(written_by=actor.name)
    grants: list[Grant] = []
    if any(held.role == Role.SECRETARY and held.commission == commission.pk for held in actor.held):
        asked = Grant.objects.filter(outcome="", approval=None, commission=commission.pk).exclude(
            proposed_by=actor.name
        )
        grants = list(asked.exclude(user=actor.user_id).select_related("user").order_by("proposed_at", "id"))
    return Waiting(drafts_waiting(actor), list(reports), grants)


def left_behind(actor: Actor, commission: Commission) -> list[Run]:
    """Reports not issued whose writers left or lost the right to write them; for whoever may take them over."""
    runs = [run for run in runs_not_issued(commission) if run.written_by != actor.name]
    able = _still_able({run.written_by for run in runs}, commission) if runs else set()
    return [run for run in runs if run.written_by not in able]


def _still_able(names: set[str], commission: Commission) -> set[str]:
    roles = list(DUTIES[Ability.WRITE_REPORTS].scoped)
    # Others' rights are not for this reader; whether they hold one that would do is all that is asked.
    asked = """SELECT u.username FROM accounts_user u WHERE u.username = ANY(%s) AND EXISTS (
        SELECT 1 FROM xz_held(u.id, xz_today()) h WHERE h.role = ANY(%s) AND h.commission = %s)"""
    with connection.cursor() as cursor:
        cursor.execute(asked, [list(names), roles, commission.pk])
        return {name for (name,) in cursor.fetchall()}
