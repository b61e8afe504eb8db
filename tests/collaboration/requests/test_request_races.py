"""Two who act on one request at the same moment: of each race exactly one defined outcome (trials.md T6)."""

from functools import partial
from uuid import uuid4

import pytest

from tests import factories as make
from tests.approvals.office import form_of, together
from tests.collaboration.asking import Asking, asking, now_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.approvals.api import approve, withdraw
from xiezuo.collaboration.models import Request, RequestMove
from xiezuo.collaboration.requests.carrying_operations import escalate, rescope, terminate
from xiezuo.collaboration.requests.moving_operations import stood_of
from xiezuo.collaboration.requests.operations import change_request, submit_request
from xiezuo.collaboration.work.chain import verify_chain
from xiezuo.organisation.api import Commission
from xiezuo.rules.api import calendar_of
from xiezuo.shared import clock
from xiezuo.zones.models import ZoneMember

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def here(transactional_db: None) -> Asking:
    return asking()


def test_of_two_who_edit_one_request_at_once_the_second_is_told(here: Asking) -> None:
    row = here.draft()

    def edit(people):
        return partial(
            here.do, "asker", change_request, request=row, asked=here.asked(people=people), seen=row.version
        )

    assert sorted(together(edit(3), edit(4))) == ["changed-meanwhile", "done"]
    assert now_of(row).version == row.version + 1


def test_submitted_twice_at_once_from_two_pages_it_is_applied_for_once(here: Asking) -> None:
    row = here.draft()
    send = lambda: partial(here.do, "asker", submit_request, request=row, seen=row.version, key=uuid4())  # noqa: E731
    assert sorted(together(send(), send())) == ["changed-meanwhile", "done"]
    with acting_as(OPERATOR):
        assert RequestMove.objects.filter(request=row, verb="submit").count() == 1


def test_one_form_sent_twice_at_once_is_one_submission(here: Asking) -> None:
    row, key = here.draft(), uuid4()
    send = partial(here.do, "asker", submit_request, request=row, seen=row.version, key=key)
    outcomes = together(send, send)
    assert "done" in outcomes
    with acting_as(OPERATOR):
        assert RequestMove.objects.filter(request=row, verb="submit").count() == 1


def test_requests_submitted_at_once_have_different_numbers(here: Asking) -> None:
    drafts = [here.draft(pointer=f"问〔2026〕{number}号") for number in range(3)]
    sends = [partial(here.do, "asker", submit_request, request=row, seen=row.version, key=uuid4()) for row in drafts]  # fmt: skip
    assert together(*sends) == ["done"] * 3
    with acting_as(OPERATOR):
        assert sorted(Request.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_approved_while_it_is_withdrawn_one_of_both_counts_and_the_request_follows_it(here: Asking) -> None:
    row = here.request()
    given = _given(here, row)
    outcomes = together(
        partial(here.do, "station", approve, **given), partial(here.do, "asker", withdraw, **given)
    )
    assert outcomes.count("done") == 1
    assert now_of(row).state in {"审批中", "撤回"}
    assert (now_of(row).state == "撤回") == (here.approval(row).state == "已撤回")


def test_terminated_while_its_scope_is_changed_one_of_both_counts(here: Asking) -> None:
    row = here.approved()
    given = {"request": row, "seen": row.version}
    outcomes = together(
        partial(here.do, "head", terminate, said="不再需要", key=uuid4(), **given),
        partial(here.do, "asker", rescope, asked=here.asked(people=4), key=uuid4(), **given),
    )
    assert sorted(outcomes) == ["changed-meanwhile", "done"]
    with acting_as(OPERATOR):
        moves = list(RequestMove.objects.filter(request=row).order_by("version"))
        assert verify_chain(moves, stood_of(now_of(row))) == []


def test_escalated_twice_at_once_it_is_one_level_up(here: Asking) -> None:
    row = here.approved()

    def up():
        return partial(
            here.do, "asker", escalate, request=row, said="区内无人", seen=row.version, key=uuid4()
        )

    assert sorted(together(up(), up())) == ["changed-meanwhile", "done"]
    assert now_of(row).level == "一级协作区"


def test_a_zone_redrawn_under_an_open_request_leaves_it_with_the_axis_that_received_it(here: Asking) -> None:
    row = here.request()
    with acting_as(OPERATOR):
        ZoneMember.objects.filter(unit=here.units["town"]).update(known_until=clock.now())
        make.zone_member(here.zones["E2"], here.units["town"], "成员")
    here.decide(row)
    assert here.asked_now(row) == ["leader"]
    assert now_of(row).axis == [here.units["axis"].pk]
    later = here.request(pointer="问〔2026〕99号")
    assert later.axis == [here.units["far axis"].pk]
    assert here.asked_now(later) == ["far head"]


def _given(here: Asking, row: Request) -> dict[str, object]:
    approval = here.approval(row)
    with acting_as(OPERATOR):
        after = calendar_of(Commission.objects.get(pk=row.commission_id)).after
    return {"approval": approval, "form": form_of(approval), "after": after}
