"""What is asked of zone plans costs the same for one plan and for three, and gives a total order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.once import fresh, once
from tests.zones.plans.planning import Planning, planning
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.zones.models import Plan
from xiezuo.zones.queries import plans as queries
from xiezuo.zones.queries.weighing import against_content

pytestmark = pytest.mark.usefixtures("actor")


built = once(planning)


@pytest.fixture
def here(built: Planning, actor: None) -> Planning:
    return fresh(built)


def cost(here: Planning, plan: Plan) -> list[int]:
    """Queries of the list, the timeline, the page and the effects."""
    county, found = here.office.county, []
    with acting_as(OPERATOR):
        for ask in (
            lambda: queries.standings(county, queries.plans_of(county), here.today),
            lambda: queries.timeline(county),
            lambda: queries.plan_page(queries.plan_of(plan.pk), here.today),
            lambda: queries.effects(queries.plan_of(plan.pk)),
            lambda: queries.overview(plan),
            lambda: queries.consulted_units(queries.plans_of(county)),
            lambda: against_content(plan),
        ):
            with CaptureQueriesContext(connection) as caught:
                ask()
            found.append(len(caught))
    return found


def test_lists_and_pages_cost_the_same_for_one_plan_and_for_three(here: Planning) -> None:
    plan = here.moved()
    here.ask(plan, [here.mover])
    alone = cost(here, plan)
    for unit in here.groups[:2]:
        here.ask(here.begin(here.ledger(here.ahead).put(unit.pk, "E4")), here.groups)
    here.ask(plan, [*here.groups, *here.offices])
    assert cost(here, plan) == alone


def test_plans_are_listed_by_first_day_and_then_the_latest_begun(here: Planning) -> None:
    days = (3, 1, 3, 2)
    plans = [here.moved(here.today + timedelta(days=n)) for n in days]
    with acting_as(OPERATOR):
        assert queries.plans_of(here.office.county) == [plans[2], plans[0], plans[3], plans[1]]


def test_what_changes_on_a_plans_first_day_was_decided_by_it(here: Planning) -> None:
    plan = here.decided(here.moved())
    here.moved(here.ahead + timedelta(days=1))
    with acting_as(OPERATOR):
        assert queries.plans_by_first_day(here.office.county) == {here.ahead: plan}
        assert queries.before_of(plan) == here.ledger()


def test_a_person_without_units_gained_or_lost_has_no_other_reach(here: Planning) -> None:
    before = here.ledger()
    swapped = before.led("E1", [here.standing[1].pk]).led("E2", [here.standing[0].pk])
    found = {each.person: (set(each.gains), set(each.loses)) for each in queries.reaches(before, swapped)}
    one, two = set(before.inside("E1")), set(before.inside("E2"))
    assert found == {here.standing[0].pk: (two, one), here.standing[1].pk: (one, two)}
    above = queries.reaches(before, before.put(here.groups[0].pk, "E4"))
    assert {each.person for each in above} == {here.standing[2].pk, here.standing[3].pk}
    assert queries.people_concerned(before, before.led("Y1", [here.deputies[1].pk])) == sorted(
        person.pk for person in here.deputies
    )
