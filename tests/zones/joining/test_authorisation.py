"""A deputy secretary coordinates a support office by authority: when it is needed, who decides, when it ends."""

from typing import Any
from uuid import uuid4

import pytest

from tests import factories as make
from tests.once import fresh, once
from tests.zones.joining.acting import DAY, TODAY, Acting, acting, now_of
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.organisation.models import Portfolio
from xiezuo.shared.errors import Refused
from xiezuo.shared.periods import OPEN
from xiezuo.zones.joining.holding import Holds, held_days, state_on

pytestmark = pytest.mark.usefixtures("actor")


built = once(acting)


@pytest.fixture
def here(built: Acting, actor: None) -> Acting:
    return fresh(built)


def refused(here: Acting, person: str = "first", **more: Any) -> list[str]:
    with pytest.raises(Refused) as raised:
        here.authorise(person, **more)
    return [reason.code for reason in raised.value.reasons]


def test_the_secretary_decides_and_it_holds_from_the_first_day_to_the_last(here: Acting) -> None:
    row = here.authorise()
    assert here.asked_now(row) == ["secretary"]
    row = here.pass_it(row)
    days = (row.starts - DAY, row.starts, row.ends - DAY, row.ends)
    assert [state_on(row, day) for day in days] == [Holds.AHEAD, Holds.NOW, Holds.NOW, Holds.OVER]


def test_who_is_in_charge_of_the_office_on_a_day_of_the_term_needs_none(here: Acting) -> None:
    assert refused(here, unit=here.units["own office"]) == ["person"]
    set_actor(OPERATOR)
    Portfolio.objects.create(
        commission=here.office.county, person=here.office.people["first"], unit=here.units["office"], mode="分管",
        starts=TODAY + 10 * DAY, ends=OPEN, known_from=make.KNOWN,
    )  # fmt: skip
    assert refused(here) == ["person"]
    assert here.authorise(ends=TODAY + 10 * DAY).number == 1


def test_only_support_offices_are_coordinated_by_authority(here: Acting) -> None:
    assert refused(here, unit=here.units["axis E1"]) == ["unit", "person"]
    assert refused(here, unit=here.units["axis E3"]) == ["unit"]


def test_only_deputy_secretaries_are_authorised(here: Acting) -> None:
    assert refused(here, person="stranger") == ["person"]


def test_a_deputy_who_asks_for_themselves_does_not_decide_and_a_secretary_who_asks_leaves_nobody(
    here: Acting,
) -> None:
    assert here.asked_now(here.authorise("first", by="first")) == ["secretary"]
    assert refused(here, by="secretary", matter="另一专项") == ["nobody-asked"]


def test_who_is_to_be_authorised_never_decides_it_even_as_the_secretary(here: Acting) -> None:
    from tests.approvals.office import give_role
    from xiezuo.accounts.api import Role
    from xiezuo.shared import clock
    from xiezuo.zones.api import renew_rights

    set_actor(OPERATOR)
    give_role(here.office, "first", Role.SECRETARY)
    renew_rights(accounts=[here.office.at("first")], now=clock.now())
    assert here.asked_now(here.authorise("first")) == ["secretary"]


@pytest.mark.parametrize("name", ["head", "stranger"])
def test_who_draws_no_zones_may_not_ask(here: Acting, name: str) -> None:
    assert refused(here, by=name) == ["not-yours"]


def test_the_same_matter_and_office_are_not_authorised_twice_on_a_day(here: Acting) -> None:
    here.authorise()
    assert refused(here, person="second") == ["matter"]
    assert here.authorise("second", matter="另一专项").number == 2
    assert here.authorise("first", starts=TODAY + 11 * DAY, ends=TODAY + 12 * DAY).number == 3


def test_it_is_ended_early_with_a_reason(here: Acting) -> None:
    row = here.pass_it(here.authorise(starts=TODAY))
    with pytest.raises(Refused):
        here.end(row, TODAY + DAY, reason=" ")
    here.end(row, TODAY + DAY)
    assert held_days(now_of(row)) == (TODAY, TODAY + 2 * DAY)


def test_who_came_to_be_in_charge_meanwhile_needs_none_any_more(here: Acting) -> None:
    row = here.authorise()
    set_actor(OPERATOR)
    Portfolio.objects.create(
        commission=here.office.county, person=here.office.people["first"], unit=here.units["office"], mode="分管",
        starts=TODAY, ends=OPEN, known_from=make.KNOWN,
    )  # fmt: skip
    with pytest.raises(Refused):
        here.decide(row)
    assert now_of(row).decided_on is None


def test_the_same_form_posted_again_makes_one(here: Acting) -> None:
    key = uuid4()
    assert here.authorise(key=key).pk == here.authorise(key=key).pk
