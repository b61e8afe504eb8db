"""The pages of teams: who is in it and what it lacks, proposals beside each other, the roster in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.collaboration.requests.against import gathers_evidence
from xiezuo.collaboration.states import (
    Duty,
    Measure,
    MemberState,
    RequestLevel,
    RequestState,
    Standing,
    WhyLeft,
)
from xiezuo.collaboration.teams.candidates import (
    Away,
    Candidate,
    Ground,
    own_needed,
    roles_needed,
)
from xiezuo.collaboration.teams.picks import Pick
from xiezuo.collaboration.teams.policies import Seated, broken_by
from xiezuo.collaboration.teams.proposals import Proposed
from xiezuo.collaboration.teams.reach import levels_above
from xiezuo.collaboration.teams.words import (
    away_words,
    broken_words,
    level_words,
    reasons_words,
    roles_words,
    rule_words,
    why_not_words,
)
from xiezuo.shared.lists import clauses, listed
from xiezuo.ui.choices import words_of
from xiezuo.ui.parts import State
from xiezuo.ui.words import Words, long_day

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Declaration, Member, Request

TONES = {MemberState.CHOSEN: "wait", MemberState.JOINED: "good", MemberState.LEFT: "quiet"}


@dataclass(frozen=True)
class Seat:
    """One member as a page shows them."""

    pk: int
    name: str
    unit: str
    standing: Words
    roles: str
    state: State
    more: str
    reasons: Sequence[str] = ()
    left: bool = False
    away: Sequence[str] = ()


def seats_of(members: Sequence["Member"], names: tuple[Mapping[int, str], Mapping[int, str]], declarations: Iterable["Declaration"], ground: Ground | None = None) -> list[Seat]:  # fmt: skip
    """The team, in the order in which its people were chosen; who left comes last. With its ground, who is on leave too."""
    asked = {each.person_id: each for each in declarations}
    people, units = names
    rows = sorted(members, key=lambda each: (each.state == MemberState.LEFT, each.pk))
    return [
        Seat(
            each.pk, people.get(each.person_id, ""), units.get(each.unit_id, ""), words_of(Standing, each.standing), roles_words(each.roles),
            State(MemberState(each.state).label, TONES[MemberState(each.state)]), _more(each, asked.get(each.person_id)),
            reasons_words(each.reasons), each.state == MemberState.LEFT, _on_leave(each, ground),
        )
        for each in rows
    ]  # fmt: skip


def _on_leave(member: "Member", ground: Ground | None) -> list[str]:
    """The days of the team on which somebody in it is on leave; never for which reason."""
    person = ground.by_person.get(member.person_id) if ground else None
    if ground is None or person is None or member.state == MemberState.LEFT:
        return []
    return [away_words(each) for each in person.away_in(ground.days) if each.why == Away.LEAVE]


def _more(member: "Member", asked: "Declaration | None") -> str:
    """What is waited for, or why and when somebody left; of a recusal no more than the word."""
    if member.state == MemberState.LEFT:
        day = long_day(member.left_on) if member.left_on else ""
        left = f"{WhyLeft(member.why_left).label} {day}".strip()
        hand_over = _("papers and open tasks are to be handed over (form F7)")
        return f"{left}；{hand_over}" if member.why_left == WhyLeft.MOVED else left
    if member.state == MemberState.JOINED:
        return pgettext("member of a team", "until %(day)s") % {
            "day": long_day(member.ends - member.ends.resolution)
        }
    if asked is None or asked.shown_on is None:
        return _("the case-management office has to show the paper")
    return _("has to declare") if asked.answered_at is None else _("recusal being decided")


@dataclass(frozen=True)
class Column:
    """One proposal: its members with their reasons, what binds, and what the form sends."""

    title: str
    members: Sequence[tuple[str, str, str, Sequence[str]]]
    binding: Sequence[str]
    picks: Sequence[str]


def columns_of(found: Sequence[Proposed], ground: Ground) -> list[Column]:
    """The proposals beside each other, best first."""
    return [
        Column(
            _("Team %(number)s") % {"number": number},
            [_member(ground.by_person[pick.person], pick) for pick in each.picks],
            [_binding(rule_words(rule), by, ground) for rule, by in each.binding],
            [str(pick.person) for pick in each.picks],
        )
        for number, each in enumerate(found, 1)
    ]  # fmt: skip


def _member(person: Candidate, pick: Pick) -> tuple[str, str, str, Sequence[str]]:
    return person.name, person.unit_name, roles_words(pick.roles), reasons_words(pick.reasons)


def _binding(rule: str, by: Sequence[int], ground: Ground) -> str:
    who = listed(ground.by_person[each].name for each in by if each in ground.by_person)
    return _("%(rule)s: only just, with %(who)s") % {"rule": rule, "who": who}


@dataclass(frozen=True)
class Line:
    """One person of the roster."""

    person: int
    name: str
    unit: str
    post: str
    standing: Words
    skills: str
    days: int
    way: str
    can_be: str
    why: str = ""
    after: Sequence[str] = field(default=())
    """What the team would lack with this person in the place that is exchanged."""


def roster_of(ground: Ground, but: Iterable[int] = ()) -> tuple[list[Line], list[Line]]:
    """Who can go and who cannot, each in official order, without those who sit in the team and those beyond the level."""
    inside = set(but)
    lines = [
        line_of(each, why_not_words(each, ground.days))
        for each in ground.people
        if each.person not in inside and each.beyond is None
    ]
    return [line for line in lines if not line.why], [line for line in lines if line.why]


def beyond_of(ground: Ground) -> str:
    """What the levels above would bring, in one line; nobody is named. Empty where there is none."""
    ways = [level_words(level, ground) for level in levels_above(ground.reach.level)]
    words = _("Beyond the level of the request; whoever applied can take it further: %(ways)s")
    return words % {"ways": clauses(ways)} if ways else ""


def line_of(each: Candidate, why: str = "", after: Sequence[str] = ()) -> Line:
    """One person in words."""
    way = "" if each.kilometres is None else _("%(kilometres)s km") % {"kilometres": round(each.kilometres)}
    standing = str(words_of(Standing, each.standing)) + ("" if each.full_time else f" · {_('part-time')}")
    able = [role for role in ("组长", "安全员", "专业人员") if role in each.roles]
    return Line(
        each.person, each.name, each.unit_name, each.post, standing, listed(each.skills), each.days_in_teams, way,
        roles_words(able), why, after,
    )  # fmt: skip


def lines_for_exchange(
    row: "Request", ground: Ground, sitting: Sequence["Member"], mine: "Member"
) -> list[Line]:
    """Who could take the place of a member, each with what the team would then lack beside today: who adds nothing first."""
    inside = {each.person_id for each in sitting}
    names = {each.person: each.name for each in ground.people}
    now = {broken_words(each, names) for each in broken_by(row, ground, sitting)}
    found = []
    for each in ground.people:
        if each.person in inside or why_not_words(each, ground.days):
            continue
        if not set(mine.roles) <= each.roles:
            continue
        after = _lacking_after(row, ground, sitting, mine, each)
        found.append(line_of(each, after=[words for words in after if words not in now]))
    return sorted(found, key=lambda line: len(line.after))


def _lacking_after(row: "Request", ground: Ground, sitting: Sequence["Member"], mine: "Member", other: Candidate) -> list[str]:  # fmt: skip
    place = _Place(other.person, list(mine.roles))
    team: list[Seated] = [place if each.pk == mine.pk else each for each in sitting]
    names = {each.person: each.name for each in ground.people}
    return [broken_words(each, names) for each in broken_by(row, ground, team)]


@dataclass(frozen=True)
class _Place:
    """Somebody as a member they are not yet."""

    person_id: int
    roles: list[str]


def _from_words(row: "Request", ground: Ground) -> str:
    """How far the request reaches for people."""
    if not ground.reach.in_zone:
        return _("the whole county: the unit that asks is in no zone")
    if ground.reach.level == RequestLevel.COMMISSION:
        return _("the whole county")
    words = _("%(level)s, the unit in the lead and units named in the request")
    if ground.reach.joined:
        words = _(
            "%(level)s with the zones that act as one with it, the unit in the lead and units named in the request"
        )
    return words % {"level": RequestLevel(row.level).label}


def asked_facts(row: "Request", ground: Ground) -> list[tuple[Any, Any]]:
    """What the team must have, in words."""
    roles = listed(f"{roles_words([role])} {least}" for role, least in roles_needed(row).items())
    last = ground.days[1] - date.resolution
    return [
        (pgettext("request", "State"), RequestState(row.state).label),
        (_("People come from"), _from_words(row, ground)), (_("People approved"), str(row.people)),
        (_("Own staff"), _("at least %(least)s") % {"least": own_needed(row)} if own_needed(row) else ""),
        (_("Women"), _("at least %(least)s") % {"least": row.women} if row.women else ""),
        (_("Roles"), roles), (_("Specialities"), listed(row.skills)),
        (_("Duty of the team"), f"{Duty(row.duty).label}{'（' + '、'.join(str(Measure(each).label) for each in row.measures) + '）' if row.measures else ''}"),
        (_("Gathers evidence"), _("yes: two own staff and a safety officer") if gathers_evidence(row) else ""),
        (_("Days asked for"), f"{long_day(ground.days[0])}—{long_day(last)}"),
    ]  # fmt: skip
