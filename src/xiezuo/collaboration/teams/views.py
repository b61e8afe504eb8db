"""Screens of teams: one request's team with its roster and proposals, one member, several requests at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import Actor, actor_of, origin_of
from xiezuo.collaboration.models import Member, Request
from xiezuo.collaboration.queries import teams as queries
from xiezuo.collaboration.queries.recusal import of_request
from xiezuo.collaboration.queries.requests import request_shown
from xiezuo.collaboration.requests.policies import may_form
from xiezuo.collaboration.requests.wording import number_words
from xiezuo.collaboration.states import MemberState, RequestState, TeamRole
from xiezuo.collaboration.teams import operations, policies, shown
from xiezuo.collaboration.teams.candidates import Ground
from xiezuo.collaboration.teams.picks import Pick
from xiezuo.collaboration.teams.proposals import (
    concessions,
    proposals_for,
    proposed_for_several,
    with_roles,
)
from xiezuo.collaboration.teams.words import gives_words
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused, refuse_if
from xiezuo.ui.links import address, linker


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


@require_safe
@never_cache
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """The team of one request: who is in it, what it lacks, up to three proposals, and who can go and who cannot."""
    row, actor, today = request_shown(request.commission, pk), by(request), clock.today()
    refuse_if(may_form(actor, row))
    ground, members = queries.ground_of(row, today), queries.members_of(row)
    sitting = [each for each in members if each.state != MemberState.LEFT]
    names = queries.names_of({each.person_id for each in members}, {each.unit_id for each in members}, today)
    can, cannot = shown.roster_of(ground, [each.person_id for each in sitting])
    against = policies.may_choose(actor, row)
    context = {
        **_head(request, row), "facts": shown.asked_facts(row, ground), "seats": shown.seats_of(members, names, of_request(row)[0], ground),
        "free": max(row.people - len(sitting), 0), "can": can, "cannot": cannot, "beyond": shown.beyond_of(ground), "against_choosing": against,
        "against_forming": policies.may_form_team(actor, row), "begun": row.state != RequestState.APPROVED,
        "may_send": not policies.may_send(actor, row), "lacks": policies.against_sending(row, ground, sitting) if sitting else [],
        "years": ground.years, **(_proposed(row, ground, sitting) if not against else {}),
    }  # fmt: skip
    return render(request, "collaboration/teams/team.html", context)


def _head(request: HttpRequest, row: Request) -> dict[str, Any]:
    return {
        "page_title": _("Team of %(number)s") % {"number": number_words(row.year, row.number)}, "row": row, "key": uuid4(), "day": None,
        "back": address(request, "collaboration:request", row.pk),
    }  # fmt: skip


def _proposed(row: Request, ground: Ground, sitting: list[Member]) -> dict[str, Any]:
    found = proposals_for(row, ground, sitting)
    if found or row.people <= len(sitting):
        return {"columns": shown.columns_of(found, ground)}
    gives = [gives_words(one, ground) for one in concessions(row, ground, sitting)]
    return {"gives": gives, "nobody_fits": True}


@require_POST
def form_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to put the team together."""
    row = request_shown(request.commission, pk)

    def act() -> None:
        operations.form_team(request=row, seen=_seen(request), key=_key(request), by=by(request), now=clock.now())  # fmt: skip

    return _done(request, pk, act, _("The team is being put together."))


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose people, ticked in the roster or as a proposal has them; roles that are missing are given to who can be it."""
    row, today = request_shown(request.commission, pk), clock.today()
    people = _numbers(request.POST.getlist("person"))

    def act() -> None:
        refuse_if(policies.may_choose(by(request), row))
        ground = queries.ground_of(row, today)
        sitting = [each for each in queries.members_of(row) if each.state != MemberState.LEFT]
        picks = _explained(with_roles(row, ground, sitting, people), row, ground, sitting, "proposed" in request.POST)  # fmt: skip
        operations.choose(request=row, picks=picks, by=by(request), now=clock.now())

    return _done(request, pk, act, _("They have been chosen, and are asked to declare."))


def _explained(picks: list[Pick], row: Request, ground: Ground, sitting: list[Member], proposed: bool) -> list[Pick]:  # noqa: FBT001 - whether a proposal is followed  # fmt: skip
    """Of a proposal the reasons are kept with the members; reckoned anew, never taken from the form."""
    if not proposed:
        return picks
    wanted = {pick.person for pick in picks}
    for each in proposals_for(row, ground, sitting):
        if {pick.person for pick in each.picks} == wanted:
            return list(each.picks)
    return picks


@require_POST
def send_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the team."""
    row = request_shown(request.commission, pk)

    def act() -> None:
        operations.send_team(request=row, seen=_seen(request), key=_key(request), by=by(request), now=clock.now())  # fmt: skip

    return _done(request, pk, act, _("The team has been sent."))


@require_safe
@never_cache
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member: what they are in the team, and who could take their place, each with what the team would then lack."""
    mine, actor, today = queries.member_shown(pk), by(request), clock.today()
    row = request_shown(request.commission, mine.request_id)
    refuse_if(may_form(actor, row))
    ground = queries.ground_of(row, today)
    sitting = [each for each in queries.members_of(row) if each.state != MemberState.LEFT]
    people, units = queries.names_of([mine.person_id], [mine.unit_id], today)
    left = mine.state == MemberState.LEFT
    person = ground.by_person.get(mine.person_id)
    context = {
        **_head(request, row), "page_title": people.get(mine.person_id, ""), "unit": units.get(mine.unit_id, ""), "number": number_words(row.year, row.number), "member": mine, "left": left,
        "roles": [(role.value, role.label, role in mine.roles, person is None or role in person.roles) for role in TeamRole],
        "lines": [] if left else shown.lines_for_exchange(row, ground, sitting, mine), "against": policies.may_choose(actor, row),
        "against_giving_back": policies.may_give_back(actor, row), "back": address(request, "collaboration:team", row.pk),
        "was_sent": row.sent_on is not None,
    }  # fmt: skip
    return render(request, "collaboration/teams/member.html", context)


@require_POST
def swap_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Exchange a member for somebody else."""
    mine = queries.member_shown(pk)
    people = _numbers(request.POST.getlist("person"))
    if len(people) != 1:
        raise BadInput(_("Found %(found)s people; expected one who takes the place.") % {"found": len(people)})  # fmt: skip

    def act() -> None:
        operations.swap(member=mine, pick=Pick(people[0]), by=by(request), now=clock.now())

    return _done(request, mine.request_id, act, _("Exchanged; whoever came is asked to declare."))


@require_POST
def name_member_roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a member is in the team."""
    mine, roles = queries.member_shown(pk), request.POST.getlist("roles")

    def act() -> None:
        operations.name_roles(member=mine, roles=roles, by=by(request), now=clock.now())

    return _done(request, mine.request_id, act, _("Kept."))


@require_POST
def release_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a member go; their place is free."""
    mine = queries.member_shown(pk)

    def act() -> None:
        operations.release(member=mine, by=by(request), now=clock.now())

    return _done(request, mine.request_id, act, _("Their place is free."))


@require_POST
def give_member_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A member whose work is done returns to their unit."""
    mine = queries.member_shown(pk)

    def act() -> None:
        operations.give_back(member=mine, by=by(request), now=clock.now())

    return _done(request, mine.request_id, act, _("They return to their unit."))


@require_safe
@never_cache
def plan_teams(request: HttpRequest) -> HttpResponse:
    """Several requests at once: every request without a team that the reader puts together, in one run."""
    actor, today = by(request), clock.today()
    rows = [row for row in queries.without_team(request.commission) if not policies.may_choose(actor, row)]
    grounds = queries.grounds_of(rows, today)
    picks = proposed_for_several(rows, grounds)
    to = linker(request, "collaboration:team")
    planned = [
        (row, number_words(row.year, row.number), to(row.pk), _planned(picks.get(row.pk, []), ground), [pick.person for pick in picks.get(row.pk, [])])
        for row, ground in zip(rows, grounds, strict=True)
    ]  # fmt: skip
    context = {"page_title": _("Teams for several requests"), "planned": planned, "day": None}
    return render(request, "collaboration/teams/plan.html", context)


def _planned(picks: list[Pick], ground: Ground) -> list[tuple[str, str, str]]:
    found = [(ground.by_person[pick.person], pick) for pick in picks]
    return [(each.name, each.unit_name, shown.roles_words(pick.roles)) for each, pick in found]


def _done(request: HttpRequest, pk: int, act: Callable[[], None], told: str) -> HttpResponse:
    """Do it and go back to the team, with what was done or what stands against it."""
    try:
        act()
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason.text)
    else:
        messages.success(request, told)
    return HttpResponseRedirect(address(request, "collaboration:team", pk))


def _numbers(given: list[str]) -> list[int]:
    wrong = [each for each in given if not (each.isascii() and each.isdigit() and len(each) <= 12)]
    if wrong:
        raise BadInput(_("“%(found)s” is no number.") % {"found": wrong[0][:20]})
    return list(dict.fromkeys(int(each) for each in given))


def _seen(request: HttpRequest) -> int:
    return next(iter(_numbers([request.POST.get("seen", "")])), 0)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise BadInput(_("This form was not made by this page; open it anew.")) from None
