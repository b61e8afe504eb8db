"""The people of the county as they stand to one request, and the same for the solver. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from xiezuo.collaboration.requests.against import FEWEST_OWN, gathers_evidence
from xiezuo.collaboration.states import LEVELS, RequestLevel, Standing, TeamRole
from xiezuo.collaboration.teaming.problem import Need, Person
from xiezuo.collaboration.teams.clauses import Clause
from xiezuo.collaboration.teams.reach import EVERYWHERE, Reach, code_of
from xiezuo.organisation.states import LENT, Status
from xiezuo.shared.periods import overlap

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Request

DAYS_OF_A_TEAM = 30
"""Days in teams that weigh as much as one more team. [D]."""
KILOMETRES = 10.0
"""Kilometres that weigh as one unit of travel. [D]."""
UNWANTED = 3.0
"""Units of travel that it weighs to come from a unit that the request did not name. [D]."""


class AwayFor(Enum):
    """What keeps somebody busy."""

    TEAM = "team"
    LENT = "lent"
    POST = "post"
    LEAVE = "leave"


@dataclass(frozen=True)
class Away:
    """Days on which somebody is not there, and why in general; never for which matter."""

    why: AwayFor
    starts: date
    ends: date

    TEAM: ClassVar = AwayFor.TEAM
    LENT: ClassVar = AwayFor.LENT
    POST: ClassVar = AwayFor.POST
    LEAVE: ClassVar = AwayFor.LEAVE


@dataclass(frozen=True)
class Candidate:
    """One person of the county as they stand to one request. `kilometres` from their unit to the unit that asks."""

    person: int
    name: str
    unit: int
    unit_name: str
    post: str
    full_time: bool
    standing: Standing
    loan: int | None = None
    woman: bool = False
    skills: tuple[str, ...] = ()
    bar: Clause | None = None
    away: tuple[Away, ...] = ()
    days_in_teams: int = 0
    kilometres: float | None = None
    place: int = 0
    wanted: bool = True
    beyond: RequestLevel | None = None
    """The level that the request would have to be taken to for them to come; None within its level."""

    @property
    def own(self) -> bool:
        """Whether they count among the two own staff."""
        return self.standing == Standing.OWN

    @property
    def roles(self) -> frozenset[str]:
        """What they may be in a team: own staff lead and see to safety; whoever has a speciality is an expert."""
        found = {TeamRole.MEMBER.value, TeamRole.RECORDER.value}
        found |= {TeamRole.LEADER.value, TeamRole.SAFETY.value} if self.own else set()
        return frozenset(found | ({TeamRole.EXPERT.value} if self.skills else set()))

    def away_in(self, days: tuple[date, date]) -> list[Away]:
        """What keeps them busy on these days."""
        return [each for each in self.away if overlap((each.starts, each.ends), days)]


@dataclass(frozen=True)
class Ground:
    """Everybody who might go to one request, in official order; `years` is how long a former unit counts, with its badge."""

    request: int
    days: tuple[date, date]
    people: tuple[Candidate, ...]
    years: int
    years_badge: str = ""
    reach: Reach = EVERYWHERE

    @cached_property
    def by_person(self) -> Mapping[int, Candidate]:
        """Everybody by number."""
        return {each.person: each for each in self.people}

    def further(self, level: RequestLevel) -> int:
        """How many more could go if the request were taken to that level: neither recused nor busy."""
        levels = LEVELS[: LEVELS.index(level) + 1]
        found = (each for each in self.people if each.beyond in levels and each.bar is None)
        return sum(not each.away_in(self.days) for each in found)


def standing_of(status: str) -> Standing:
    """As what somebody of that status comes: on the establishment, lent, or auxiliary as a trainee is."""
    if status in (Status.ESTABLISHED, Status.INSTITUTION):
        return Standing.OWN
    return Standing.LENT if status in LENT and status != Status.SHADOWING else Standing.TRAINEE


def roles_needed(request: "Request") -> dict[str, int]:
    """How many of each role the team must have: a leader where there are several, a safety officer where evidence is gathered,
    and what was asked for."""
    least = {str(role): int(number) for role, number in request.roles.items() if role != TeamRole.MEMBER}
    if request.people > 1:
        least[TeamRole.LEADER.value] = max(least.get(TeamRole.LEADER.value, 0), 1)
    if gathers_evidence(request):
        least[TeamRole.SAFETY.value] = max(least.get(TeamRole.SAFETY.value, 0), 1)
    return least


def own_needed(request: "Request") -> int:
    """How many own staff the team must have."""
    return max(request.own, min(FEWEST_OWN, request.people)) if gathers_evidence(request) else request.own


def need_of(request: "Request", ground: Ground, sitting: Collection[int] = ()) -> Need:
    """The request for the solver: who sits in the team already stays in it."""
    return Need(
        id=str(request.pk), size=request.people, starts=ground.days[0], ends=ground.days[1], roles=roles_needed(request),
        skills=frozenset(request.skills), women=request.women, own=own_needed(request),
        barred={str(each.person): code for each in ground.people if (code := _barred(each))},
        pinned=frozenset(str(each) for each in sitting),
    )  # fmt: skip


def _barred(each: Candidate) -> str:
    """The code that bars somebody: a recusal before the level, for a level can be given and a recusal cannot."""
    if each.bar is not None:
        return each.bar.code
    return code_of(each.beyond) if each.beyond else ""


def people_of(grounds: Sequence[Ground]) -> list[Person]:
    """Everybody for the solver, with the way to each request. Grounds of one commission on one day."""
    first = grounds[0]
    ways = {
        each.person: {str(ground.request): _cost(each) for ground in grounds for each in [ground.by_person.get(who, None)] if each}
        for who in first.by_person for each in [first.by_person[who]]
    }  # fmt: skip
    return [_person(each, ways[each.person]) for each in first.people]


def _person(each: Candidate, travel: Mapping[str, float]) -> Person:
    return Person(
        id=str(each.person), unit=str(each.unit), woman=each.woman, roles=each.roles, skills=frozenset(each.skills),
        own=each.own, full_time=each.full_time, busy=tuple((row.starts, row.ends) for row in each.away),
        load=round(each.days_in_teams / DAYS_OF_A_TEAM, 2), travel=travel,
    )  # fmt: skip


def _cost(each: Candidate) -> float:
    return round((each.kilometres or 0) / KILOMETRES, 1) + (0.0 if each.wanted else UNWANTED)


def named_as(people: Sequence[Person], roles: Mapping[int, Collection[str]]) -> list[Person]:
    """The same people with the roles that they were named for, to check a team as it stands."""
    return [
        replace(each, roles=frozenset(roles[int(each.id)])) if int(each.id) in roles else each for each in people
    ]  # fmt: skip
