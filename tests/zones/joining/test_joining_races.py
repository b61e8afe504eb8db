"""Two who act upon zones that act as one at the same moment: of each race exactly one defined outcome."""

from functools import partial

import pytest

from tests.approvals.office import form_of, together
from tests.zones.joining.acting import DAY, TODAY, Acting, acting, now_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.approvals.api import approve, withdraw
from xiezuo.rules.api import calendar_of
from xiezuo.zones.models import Joining

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def here(transactional_db: None) -> Acting:
    return acting()


def test_of_two_joinings_of_one_zone_for_one_matter_asked_for_at_once_one_is_told(here: Acting) -> None:
    outcomes = together(
        partial(here.ask, "E1", "E2", by="clerk"),
        partial(here.ask, "E2", "E3", by="secretary", coordinator="leader E2"),
    )
    assert outcomes == ["done", "zones"]
    with acting_as(OPERATOR):
        assert Joining.objects.count() == 1


def test_numbers_given_at_once_differ(here: Acting) -> None:
    acts = [partial(here.ask, "E1", "E2", title=f"专项〔2023〕{number}号") for number in range(3)]
    assert together(*acts) == ["done"] * 3
    with acting_as(OPERATOR):
        assert sorted(Joining.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_ended_twice_at_once_it_is_ended_once(here: Acting) -> None:
    row = here.together(starts=TODAY)
    outcomes = together(
        partial(here.end, row, TODAY + DAY, by="clerk"),
        partial(here.end, row, TODAY + 2 * DAY, by="secretary"),
    )
    assert outcomes == ["done", "ended"]


def test_approved_while_somebody_ends_it_it_is_ended_only_if_it_was_decided_first(here: Acting) -> None:
    row = here.ask(starts=TODAY)
    outcomes = together(partial(here.decide, row), partial(here.end, row, TODAY + DAY))
    now = now_of(row)
    assert now.decided_on == TODAY
    assert outcomes == (["done", "done"] if now.ended_on else ["done", "not-held"])


def test_approved_while_it_is_withdrawn_one_of_both_counts(here: Acting) -> None:
    row = here.ask()
    approval = here.approval(row)
    form = form_of(approval)
    with acting_as(OPERATOR):
        after = calendar_of(here.office.county).after
    given = {"approval": approval, "form": form, "after": after}
    outcomes = together(
        partial(here.do, "first", approve, **given), partial(here.do, "clerk", withdraw, **given)
    )
    now = now_of(row)
    assert outcomes.count("done") == 1
    assert (now.decided_on is None) == now.refused
