"""Whoever moves to another post leaves the team by itself, on the day of the move, whatever is done with the team meanwhile."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Event
from time import sleep
from typing import Any

import pytest

from tests.approvals.office import together
from tests.collaboration.asking import DAY, TODAY, Asking, asking, now_of
from tests.collaboration.teaming_up import helpers, joined, member_of, pick, teaming
from xiezuo.accounts.api import OPERATOR, Actor, acting_as
from xiezuo.collaboration.api import leave_after_moves
from xiezuo.collaboration.models import Member, Request
from xiezuo.collaboration.teams.operations import choose
from xiezuo.home.notices.models import Notice
from xiezuo.organisation.entry_operations import move_person
from xiezuo.organisation.models import Assignment
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def here(transactional_db: None) -> Asking:
    built = asking()
    helpers(built)
    return built


def moved(here: Asking, name: str, unit: str, on: date = TODAY) -> Callable[..., Assignment]:
    """The entry of the office that somebody moves to a unit."""
    with acting_as(OPERATOR):
        held = Assignment.objects.current().get(person=here.office.people[name])

    def move(*, by: Actor, now: Any) -> Assignment:
        post = {"post": "科员", "engagement": "专职", "status": "在编"}
        return move_person(assignment=held, on=on, unit=here.units[unit], by=by, now=now, **post)

    return move


def told(here: Asking, kind: str) -> list[str]:
    names = {user.pk: name for name, user in here.office.accounts.items()}
    with acting_as(OPERATOR):
        return sorted(names[each.account] for each in Notice.objects.filter(kind=kind, done_at=None))


def test_who_moves_leaves_on_the_day_reads_no_more_and_the_team_is_told_what_to_hand_over(
    here: Asking,
) -> None:
    row = joined(here)
    here.do("clerk", moved(here, "first helper", "next", TODAY + 3 * DAY))
    assert [member_of(here, row, name).state for name in ("chief", "first helper")] == ["在组", "在组"]
    here.do("clerk", moved(here, "chief", "next"))
    gone = member_of(here, row, "chief")
    assert (gone.state, gone.why_left, gone.left_on) == ("离组", "变动", TODAY)
    with acting_as(here.actor("chief")):
        assert not Request.objects.filter(pk=row.pk).exists()
    assert told(here, "member_moved") == ["first helper", "head"]
    assert told(here, "left_team") == ["chief"]
    # What was entered ahead of its day takes effect on it.
    with acting_as(OPERATOR):
        assert leave_after_moves(now=clock.now() + timedelta(days=2)) == 0
        assert leave_after_moves(now=clock.now() + timedelta(days=5)) == 1
        assert leave_after_moves(now=clock.now() + timedelta(days=5)) == 0
    later = member_of(here, row, "first helper")
    assert (later.state, later.why_left, later.left_on) == ("离组", "变动", TODAY + 3 * DAY)


def test_who_changes_the_post_within_the_unit_stays(here: Asking) -> None:
    row = joined(here)
    with acting_as(OPERATOR):
        held = Assignment.objects.current().get(person=here.office.people["chief"])
    again = {"post": "二级主任科员", "engagement": "专职", "status": "在编"}
    here.do("clerk", move_person, assignment=held, on=TODAY, unit=here.units["far axis"], **again)
    assert member_of(here, row, "chief").state == "在组"


@pytest.mark.parametrize("first", ["move", "choice"])
def test_who_is_chosen_while_they_move_is_seated_by_the_post_they_have_then_or_leaves_again(
    here: Asking, first: str
) -> None:
    row, begun = teaming(here), Event()
    move = moved(here, "chief", "next")

    def seat(*, by: Actor, now: Any) -> list[Member]:
        return choose(request=now_of(row), picks=[pick(here, "chief", "组长")], by=by, now=now)

    def leads(act: Callable[..., Any]) -> Callable[..., Any]:
        """The act is done and not yet committed while the other begins."""

        def done(*, by: Actor, now: Any) -> None:
            act(by=by, now=now)
            begun.set()
            sleep(1.5)

        return done

    def follows(act: Callable[..., Any]) -> Callable[..., Any]:
        def done(*, by: Actor, now: Any) -> None:
            begun.wait(30)
            act(by=by, now=now)

        return done

    acts = {"move": ("clerk", move), "choice": ("head", seat)}
    jobs = [(who, (leads if name == first else follows)(act)) for name, (who, act) in acts.items()]
    assert together(*(lambda who=who, act=act: here.do(who, act) for who, act in jobs)) == ["done", "done"]
    with acting_as(OPERATOR):
        live = list(Member.objects.filter(request=row).exclude(state="离组").values_list("unit", flat=True))
    assert live == ([here.units["next"].pk] if first == "move" else [])
    if first == "choice":
        assert member_of(here, row, "chief").why_left == "变动"
