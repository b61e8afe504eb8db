"""What stands against an act on a team: who acts, who is chosen, and what a team lacks before it is sent."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.requests.policies import against_verb, may_form
from xiezuo.collaboration.states import AT_WORK, CHOOSING, MemberState, RequestState, RequestVerb, TeamRole
from xiezuo.collaboration.teaming.checking import Broken, broken
from xiezuo.collaboration.teaming.problem import Kind
from xiezuo.collaboration.teams.candidates import Candidate, Ground, named_as, need_of, people_of
from xiezuo.collaboration.teams.picks import Pick
from xiezuo.collaboration.teams.words import broken_words, why_not_words
from xiezuo.shared.errors import Reason

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Member, Request


class Seated(Protocol):
    """Somebody in a team, or in a place that they would take."""

    @property
    def person_id(self) -> int: ...

    @property
    def roles(self) -> list[str]: ...


def may_form_team(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may begin to put the team together."""
    return [*against_verb(row, RequestVerb.FORM), *may_form(actor, row)]


def may_choose(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may choose, exchange and release people now."""
    found = []
    if row.state not in CHOOSING:
        words = _("People are chosen while the team is put together or at work; the request is “%(state)s”.")
        found.append(Reason("wrong-state", words % {"state": RequestState(row.state).label}))
    return [*found, *may_form(actor, row)]


def may_give_back(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may give a member back whose work is done."""
    if row.state not in AT_WORK:
        return against_verb(row, RequestVerb.REPORT)
    return may_form(actor, row)


def may_send(actor: Actor, row: "Request") -> list[Reason]:
    """Whether `actor` may send the team at all; what the team lacks is `against_sending`."""
    return [*against_verb(row, RequestVerb.SEND), *may_form(actor, row)]


def against_picks(row: "Request", ground: Ground, sitting: Sequence["Member"], picks: Sequence[Pick]) -> list[Reason]:  # fmt: skip
    """What stands against choosing these people beside who sits in the team."""
    in_team = {member.person_id for member in sitting}
    chosen = [reason for pick in picks for reason in against_pick(ground, pick, in_team)]
    return [*chosen, *_against_number(row, len(in_team | {pick.person for pick in picks}), picks)]


def _against_number(row: "Request", number: int, picks: Sequence[Pick]) -> list[Reason]:
    if not picks:
        return [Reason("people", _("Nobody is chosen."))]
    if number <= row.people:
        return []
    words = _("The approval covers %(most)s people; with this choice there would be %(found)s. To send more, change the scope of the request, which is then approved anew.")  # fmt: skip
    return [Reason("people", words % {"most": row.people, "found": number})]


def against_pick(ground: Ground, pick: Pick, in_team: Collection[int] = ()) -> list[Reason]:
    """What stands against one person: not of the county, to stand out, busy, or not able to be what they are named for."""
    person = ground.by_person.get(pick.person)
    if person is None:
        return [Reason("people", _("Somebody chosen holds no post here on the first day, or leads the commission."))]  # fmt: skip
    if pick.person in in_team:
        return [Reason("chosen", _("%(who)s is in the team already.") % {"who": person.name})]
    if why := why_not_words(person, ground.days):
        return [Reason(_why_not(person), _("%(who)s cannot go: %(why)s.") % {"who": person.name, "why": why})]
    return against_roles(person, pick.roles)


def _why_not(person: Candidate) -> str:
    if person.bar is not None:
        return "recusal"
    return "busy" if person.beyond is None else "beyond-level"


def against_roles(person: Candidate, roles: Collection[str]) -> list[Reason]:
    """Whether somebody can be what they are named for."""
    wrong = [role for role in roles if role not in person.roles]
    words = _("%(who)s cannot be %(role)s: a leader and a safety officer are own staff, an expert has a speciality.")  # fmt: skip
    return [
        Reason("roles", words % {"who": person.name, "role": TeamRole(role).label if role in TeamRole.values else role}) for role in wrong
    ]  # fmt: skip


def against_sending(row: "Request", ground: Ground, sitting: Sequence["Member"]) -> list[Reason]:
    """Everything that the team still lacks: who has not joined, who must stand out, and what it must have by rule."""
    names = {each.person: each.name for each in ground.people}
    waiting = [names.get(each.person_id, "") for each in sitting if each.state != MemberState.JOINED]
    found = [
        Reason("not-joined", _("%(who)s has not declared and joined yet.") % {"who": who}) for who in waiting
    ]
    return [*found, *(_reason(each, ground, names) for each in broken_by(row, ground, sitting))]


def broken_by(row: "Request", ground: Ground, sitting: Sequence[Seated]) -> list[Broken]:
    """What the team breaks, each in the roles for which they were named."""
    roles = {member.person_id: member.roles for member in sitting}
    people = named_as(people_of([ground]), roles)
    found = broken(people, need_of(row, ground), [str(member.person_id) for member in sitting])
    leaders = sum(TeamRole.LEADER in member.roles for member in sitting)
    if leaders > 1:
        found.append(Broken(str(row.pk), Kind.ROLE, TeamRole.LEADER.value, found=leaders, expected=1))
    return found


def _reason(each: Broken, ground: Ground, names: dict[int, str]) -> Reason:
    person = ground.by_person.get(int(each.person)) if each.person else None
    if person is not None and (why := why_not_words(person, ground.days)):
        return Reason("cannot-go", _("%(who)s cannot go: %(why)s.") % {"who": person.name, "why": why})
    return Reason(each.kind.value, broken_words(each, names))
