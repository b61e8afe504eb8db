"""Choosing people is a step of the request, signed in its chain like every other."""

import pytest

from tests.collaboration.asking import asking, now_of
from tests.collaboration.teaming_up import helpers, member_of, pick, teaming, two_chosen
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import RequestMove
from xiezuo.collaboration.requests.moving_operations import stood_of
from xiezuo.collaboration.teams.operations import release, swap
from xiezuo.collaboration.work.chain import verify_chain

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def test_p13_who_was_chosen_exchanged_and_let_go_is_signed_in_the_chain_of_the_request(db: None) -> None:
    here = asking()
    helpers(here)
    row = teaming(here)
    two_chosen(here, row)
    two_chosen(here, row)  # The same form again signs nothing more.
    came = here.do("head", swap, member=member_of(here, row, "chief"), pick=pick(here, "second helper"))
    here.do("head", release, member=came)
    people = {name: here.office.people[name].pk for name in ("chief", "first helper", "second helper")}
    with acting_as(OPERATOR):
        moves = list(RequestMove.objects.filter(request=row).order_by("version"))
    signed = [(move.by, move.state, move.details) for move in moves if move.verb == "choose"]
    head = here.actor("head").name
    assert signed == [
        (head, "组队", {"people": [people["chief"], people["first helper"]]}),
        (head, "组队", {"left": people["chief"], "came": people["second helper"]}),
        (head, "组队", {"left": people["second helper"], "why": "调换"}),
    ]
    with acting_as(OPERATOR):
        assert verify_chain(moves, stood_of(now_of(row))) == []
