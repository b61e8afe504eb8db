"""What a decision costs: the same number of questions, however many signers a step has and however many took part."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.approvals.office import LONG_AGO, NUMBERS, Office, act, apply, form_of, now_of, office
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.accounts.models import User
from xiezuo.approvals.api import Approval, approve
from xiezuo.approvals.states import ApprovalState, Mode
from xiezuo.shared import clock
from xiezuo.zones.api import renew_rights

pytestmark = pytest.mark.django_db


def crowded(leaders: int) -> Office:
    """An office in whose unit so many more leaders are in charge, each with an account."""
    here = office()
    with acting_as(OPERATOR):
        for number in range(leaders):
            name = f"leader{number}"
            person = here.people[name] = make.person(here.county)
            here.accounts[name] = User.objects.create_user(
                f"{name}-{next(NUMBERS)}", commission=here.county.pk, person=person.pk, person_named_by="system",
                person_confirmed_by="security",
            )  # fmt: skip
            make.assignment(person, here.unit, "科员", starts=LONG_AGO)
            here.lead(name)
        renew_rights(accounts=[user.pk for user in here.accounts.values()], now=clock.now())
    return here


def questions(work: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        work()
    return [each["sql"] for each in asked.captured_queries]


@pytest.mark.parametrize("mode", [Mode.ALL_OF, Mode.ANY_OF])
def test_a_decision_asks_as_much_among_two_signers_as_among_fourteen(actor: None, mode: Mode) -> None:
    cost = {}
    for leaders in (0, 12):
        here = crowded(leaders)
        approval = apply(here, mode, Mode.ANY_OF)
        form = form_of(approval)
        asked = questions(
            lambda here=here, approval=approval, form=form: act(here, approve, approval, "first", form=form)
        )
        assert len(signers(approval)) == leaders + 2
        cost[leaders] = asked
    assert len(cost[0]) == len(cost[12]), difference(cost[0], cost[12])


def signers(approval: Approval) -> list[int]:
    with acting_as(OPERATOR):
        return list(approval.steps.get(position=0).signers.values_list("account", flat=True))


def difference(few: list[str], many: list[str]) -> list[str]:
    """Statements that are asked more often among many, without the values in them."""
    return list((shapes(many) - shapes(few)).elements())


def shapes(asked: list[str]) -> Counter[str]:
    return Counter(re.sub(r"'[^']*'|[0-9]+", "?", sql)[:200] for sql in asked)


def test_the_last_decision_asks_as_much_after_many_moves_as_after_few(actor: None) -> None:
    cost = []
    for leaders in (0, 6):
        here = crowded(leaders)
        approval = apply(here, Mode.ALL_OF)
        for name in [name for name in here.accounts if name.startswith("leader")]:
            act(here, approve, approval, name)
        act(here, approve, approval, "first")
        form = form_of(approval)
        asked = questions(
            lambda here=here, approval=approval, form=form: act(here, approve, approval, "second", form=form)
        )
        assert now_of(approval).state == ApprovalState.APPROVED
        cost.append(len(asked))
    assert cost[0] == cost[1]
