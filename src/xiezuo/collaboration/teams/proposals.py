"""Teams proposed for a request, with the reasons for each member, what binds, and what would have to give if nobody fits.

The solver is asked in the request of the page, within a time; people decide.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from xiezuo.collaboration.states import TeamRole
from xiezuo.collaboration.teaming.giving import what_would_give
from xiezuo.collaboration.teaming.problem import Give, Kind, Rule, Team, Way
from xiezuo.collaboration.teaming.proposing import alternatives, propose
from xiezuo.collaboration.teams.candidates import (
    Candidate,
    Ground,
    need_of,
    people_of,
    roles_needed,
)
from xiezuo.collaboration.teams.picks import Pick
from xiezuo.collaboration.teams.reach import code_of, levels_above

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Member, Request

SECONDS = 1.0
"""Within which one request is answered; a county takes some hundredths."""
SECONDS_FOR_SEVERAL = 5.0


@dataclass(frozen=True)
class Proposed:
    """One team: each member with the roles and the reasons, and what it meets with nobody to spare."""

    picks: tuple[Pick, ...]
    binding: tuple[tuple[Rule, tuple[int, ...]], ...]


def proposals_for(row: "Request", ground: Ground, sitting: Sequence["Member"]) -> list[Proposed]:
    """Up to three teams with whoever sits in it already, best first; none where nobody fits or nobody is missing."""
    if row.people <= len(sitting):
        return []
    need = need_of(row, ground, [each.person_id for each in sitting])
    found = alternatives(people_of([ground]), need, seconds=SECONDS)
    return [_proposed(row, ground, sitting, team) for team in found]


def concessions(row: "Request", ground: Ground, sitting: Sequence["Member"]) -> list[tuple[Give, ...]]:
    """What would have to give so that the places can be filled, the least first. Of levels the lowest that would do."""
    need, people = need_of(row, ground, [each.person_id for each in sitting]), people_of([ground])
    above, found = levels_above(ground.reach.level), list[tuple[Give, ...]]()
    for most in range(min(len(above), 1), len(above) + 1):
        lifted = replace(need, may_lift=frozenset(code_of(level) for level in above[:most]))
        found = what_would_give(people, lifted, seconds=SECONDS)
        if any(give.kind is Way.LIFT for gives in found for give in gives):
            break
    return found


def proposed_for_several(requests: Sequence["Request"], grounds: Sequence[Ground]) -> dict[int, list[Pick]]:
    """One run over requests without a team: for each that could be filled, its team."""
    if not requests:
        return {}
    needs = [need_of(row, ground) for row, ground in zip(requests, grounds, strict=True)]
    found = propose(people_of(grounds), needs, seconds=SECONDS_FOR_SEVERAL)
    return {
        row.pk: with_roles(row, ground, [], [int(each) for each in found.teams[str(row.pk)]])
        for row, ground in zip(requests, grounds, strict=True)
        if str(row.pk) in found.teams
    }


def _proposed(row: "Request", ground: Ground, sitting: Sequence["Member"], team: Team) -> Proposed:
    inside = {each.person_id for each in sitting}
    why = {int(each.person): each.meets for each in team.members}
    people = [int(each.person) for each in team.members if int(each.person) not in inside]
    picks = with_roles(row, ground, sitting, people)
    return Proposed(
        tuple(Pick(pick.person, pick.roles, _reasons(ground.by_person[pick.person], why[pick.person])) for pick in picks),
        tuple((each.rule, tuple(int(who) for who in each.by)) for each in team.binding),
    )  # fmt: skip


def _reasons(person: Candidate, meets: Collection[Rule]) -> tuple[Mapping[str, Any], ...]:
    """What of the demands the person meets, beside the roles, and what was weighed."""
    found: list[dict[str, Any]] = [
        {"kind": _MET[rule.kind], "of": rule.of} for rule in meets if rule.kind in _MET
    ]
    if person.full_time:
        found.append({"kind": "full_time"})
    found.append({"kind": "load", "days": person.days_in_teams})
    if person.kilometres is not None:
        found.append({"kind": "way", "kilometres": round(person.kilometres)})
    return tuple(found)


_MET = {Kind.OWN: "own", Kind.WOMEN: "woman", Kind.SKILL: "skill"}


def with_roles(row: "Request", ground: Ground, sitting: Sequence["Member"], people: Sequence[int]) -> list[Pick]:  # fmt: skip
    """People with the roles that the team still lacks: each role to who can be it, to those without one first."""
    roles: dict[int, list[str]] = {person: [] for person in people}
    for role, least in sorted(roles_needed(row).items(), key=lambda each: _ORDER.index(each[0])):
        missing = least - sum(role in member.roles for member in sitting)
        able = [person for person in people if _can(ground, person, role)]
        for person in sorted(able, key=lambda each: len(roles[each]))[: max(missing, 0)]:
            roles[person].append(role)
    return [Pick(person, tuple(roles[person]) or (TeamRole.MEMBER.value,)) for person in people]


_ORDER = [TeamRole.LEADER.value, TeamRole.SAFETY.value, TeamRole.EXPERT.value, TeamRole.RECORDER.value, TeamRole.MEMBER.value]  # fmt: skip


def _can(ground: Ground, person: int, role: str) -> bool:
    found = ground.by_person.get(person)
    return found is not None and role in found.roles
