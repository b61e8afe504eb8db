"""The writes of a team: chosen, exchanged, released, sent, given back. Nobody acts in it before they have declared.

Lock order: the ledger where people are chosen, the request, then members, then the journal. One person is in one team at a time: the database keeps it, for two
requests may choose the same person at the same moment.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.events import member_changed
from xiezuo.collaboration.models import Member, Request
from xiezuo.collaboration.queries.teams import ground_of
from xiezuo.collaboration.recusal.asking_operations import ask_declaration
from xiezuo.collaboration.requests.clocks import begin_clock
from xiezuo.collaboration.requests.moving_operations import held, move, spent
from xiezuo.collaboration.states import RequestState, RequestVerb, TeamRole, WhyLeft
from xiezuo.collaboration.teams.candidates import Ground
from xiezuo.collaboration.teams.joining_operations import join_if_clear, leave, sitting_in
from xiezuo.collaboration.teams.picks import Pick
from xiezuo.collaboration.teams.policies import (
    against_picks,
    against_roles,
    against_sending,
    may_choose,
    may_form_team,
    may_give_back,
    may_send,
)
from xiezuo.organisation.api import Commission
from xiezuo.rules.api import edition_begun_under
from xiezuo.shared.errors import NotThere, Reason, refuse, refuse_if


@transaction.atomic
def form_team(*, request: Request, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """Begin to put the team of an approved request together. Raises `Refused`, `NotThere`."""
    if earlier := spent(key, by):
        return earlier.request
    row = held(request, seen=seen)
    refuse_if(may_form_team(by, row))
    return move(row, RequestVerb.FORM, RequestState.TEAMING, by=by, now=now, key=key)


@transaction.atomic
def choose(*, request: Request, picks: Sequence[Pick], by: Actor, now: datetime) -> list[Member]:
    """Choose people, by hand or as a proposal has them; each is asked to declare. The same picks again change nothing.

    Raises `Refused` with everything that stands against any of them, and if another request was quicker; nobody is chosen then.
    """
    _hold_ledger(request)
    row = held(request)
    refuse_if(may_choose(by, row))
    sitting = sitting_in(row)
    if picks and (same := _chosen_before(sitting, picks, by)):
        return same
    ground = ground_of(row, timezone.localdate(now))
    refuse_if(against_picks(row, ground, sitting, picks))
    made = [_seat(row, ground, pick, None, by, now) for pick in picks]
    told = {"people": [each.person_id for each in made]}
    _note(Act.TEAM_CHOSEN, row, told, by, now)
    return made


def _hold_ledger(request: Request) -> None:
    """No post changes until this act has ended. Before the request: whoever changes a post holds the ledger, then their teams."""
    with as_the_product():
        Commission.objects.select_for_update(no_key=True).get(pk=request.commission_id)


def _chosen_before(sitting: Sequence[Member], picks: Sequence[Pick], by: Actor) -> list[Member]:
    """The members whom this very form made already."""
    mine = {member.person_id: member for member in sitting if member.chosen_by == by.name}
    found = [mine.get(pick.person) for pick in picks]
    return [each for each in found if each] if all(found) else []


def _seat(row: Request, ground: Ground, pick: Pick, replaces: Member | None, by: Actor, now: datetime) -> Member:  # noqa: PLR0917 - who sits down, where, in whose place  # fmt: skip
    person = ground.by_person[pick.person]
    roles = list(dict.fromkeys(pick.roles)) or [TeamRole.MEMBER.value]
    with as_the_product():
        try:
            with transaction.atomic():
                made = Member.objects.create(
                    request=row, person_id=person.person, unit_id=person.unit, roles=roles, standing=person.standing,
                    loan=person.loan, starts=ground.days[0], ends=ground.days[1], reasons=list(pick.reasons), replaces=replaces,
                    chosen_by=by.name, chosen_at=now,
                )  # fmt: skip
        except IntegrityError:
            words = _("%(who)s was chosen by another request meanwhile; choose somebody else.")
            refuse("busy", words % {"who": person.name})
    member_changed.publish(member=made, by=by, now=now)
    ask_declaration(request=row, person=person.person, by=by, now=now)
    return join_if_clear(made, by=by, now=now)


@transaction.atomic
def swap(*, member: Member, pick: Pick, by: Actor, now: datetime) -> Member:
    """Exchange a member for somebody else. Raises `Refused` if the member has left or the other cannot go."""
    _hold_ledger(member.request)
    row, mine = _held_member(member, by, may_choose)
    ground = ground_of(row, timezone.localdate(now))
    others = [each for each in sitting_in(row) if each.pk != mine.pk]
    refuse_if(against_picks(row, ground, others, [pick]))
    leave(mine, WhyLeft.SWAPPED, by=by, now=now)
    made = _seat(row, ground, Pick(pick.person, pick.roles or tuple(mine.roles), pick.reasons), mine, by, now)
    _note(Act.TEAM_CHANGED, row, {"left": mine.person_id, "came": made.person_id}, by, now)
    return made


@transaction.atomic
def name_roles(*, member: Member, roles: Sequence[str], by: Actor, now: datetime) -> Member:
    """Say what a member is in the team. Raises `Refused` for what the member cannot be."""
    row, mine = _held_member(member, by, may_choose)
    person = ground_of(row, timezone.localdate(now)).by_person.get(mine.person_id)
    refuse_if(against_roles(person, roles) if person else [])
    mine.roles = list(dict.fromkeys(roles)) or [TeamRole.MEMBER.value]
    with as_the_product():
        mine.save(update_fields=["roles"])
    _note(Act.TEAM_CHANGED, row, {"person": mine.person_id, "roles": mine.roles}, by, now)
    return mine


@transaction.atomic
def release(*, member: Member, by: Actor, now: datetime) -> Member:
    """Let somebody go who was chosen. Their place is free."""
    row, mine = _held_member(member, by, may_choose)
    leave(mine, WhyLeft.SWAPPED, by=by, now=now)
    _note(Act.TEAM_CHANGED, row, {"left": mine.person_id, "why": mine.why_left}, by, now)
    return mine


@transaction.atomic
def give_back(*, member: Member, by: Actor, now: datetime) -> Member:
    """A member has done the work and returns to their unit; what they may read of the request ends."""
    row, mine = _held_member(member, by, may_give_back)
    leave(mine, WhyLeft.DONE, by=by, now=now)
    _note(Act.TEAM_CHANGED, row, {"left": mine.person_id, "why": mine.why_left}, by, now)
    return mine


def _held_member(
    member: Member, by: Actor, may: Callable[[Actor, Request], list[Reason]]
) -> tuple[Request, Member]:
    row = held(member.request)
    refuse_if(may(by, row))
    mine = next((each for each in sitting_in(row) if each.pk == member.pk), None)
    if mine is None:
        if not Member.objects.filter(pk=member.pk).exists():
            raise NotThere(_("There is no such member, or it is not for you."))
        refuse("left", _("This member has left the team meanwhile; look at the team again."))
    return row, mine


@transaction.atomic
def send_team(*, request: Request, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """Send the team: everybody has declared and joined, nobody must stand out, and nothing that the rules ask is missing.

    Raises `Refused` with everything that the team lacks.
    """
    if earlier := spent(key, by):
        return earlier.request
    row = held(request, seen=seen)
    refuse_if(may_send(by, row))
    today = timezone.localdate(now)
    sitting = sitting_in(row)
    refuse_if(against_sending(row, ground_of(row, today), sitting))
    row.sent_on = today
    begin_clock(row, edition_begun_under(row.commission, row.rule or 0), today)
    row.next_due_on = row.due_on
    told = {"people": [each.person_id for each in sitting]}
    return move(row, RequestVerb.SEND, RequestState.SENT, by=by, now=now, key=key, details=told)


def _note(act: Act, row: Request, told: dict[str, Any], by: Actor, now: datetime) -> None:
    """Who was chosen, exchanged or let go is signed in the chain of the request, as every step is (§2A P13), and in the journal."""
    move(row, RequestVerb.CHOOSE, RequestState(row.state), by=by, now=now, details=told)
    record(act, by=by, at=now, commission_code=row.commission.code, target=f"request:{row.pk}", details=told)
