"""The plan, meetings and demands on a day."""

from datetime import date, timedelta

import pytest

from tests import factories as make
from xiezuo.directives import queries
from xiezuo.directives.models import Directive, PlanItem
from xiezuo.directives.progress import Progress, progress_on
from xiezuo.organisation.models import Commission
from xiezuo.shared.changes import ChangeKind
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import OPEN

DAY = date(2022, 8, 15)
BEFORE, AFTER = date(2022, 3, 1), date(2022, 9, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actor")]


@pytest.fixture
def county() -> Commission:
    return make.commission()


@pytest.mark.parametrize(
    ("starts", "due", "ends", "expected"),
    [
        (DAY + timedelta(days=5), None, OPEN, (Progress.TO_COME, 5)),
        (BEFORE, None, OPEN, (Progress.UNDER_WAY, 0)),
        (BEFORE, DAY, OPEN, (Progress.UNDER_WAY, 0)),
        (BEFORE, DAY - timedelta(days=1), OPEN, (Progress.OVERDUE, 1)),
        (BEFORE, DAY, DAY, (Progress.DONE, 0)),
        (BEFORE, DAY - timedelta(days=4), DAY, (Progress.DONE_LATE, 4)),
        (BEFORE, None, DAY, (Progress.DONE, 0)),
    ],
)
def test_an_item_stands_by_the_day_of_the_page(
    starts: date, due: date | None, ends: date, expected: tuple[Progress, int]
) -> None:
    assert progress_on(starts, due, ends, DAY) == expected


def test_what_leads_comes_before_what_is_pushed(county: Commission) -> None:
    make.plan_item(county, "推进", name="推", position=1)
    make.plan_item(county, "带动", name="带", position=2)
    make.plan_item(county, "自定类别", name="自", position=0)
    assert [row.name for row in queries.plan(county, DAY)] == ["带", "推", "自"]


def test_items_of_next_year_are_not_on_the_plan_yet(county: Commission) -> None:
    make.plan_item(county, "推进", starts=date(2023, 1, 1))
    make.plan_item(county, "推进", starts=date(2022, 12, 31))
    assert [row.progress for row in queries.plan(county, DAY)] == [Progress.TO_COME]


def test_meetings_name_leader_and_units_and_come_latest_first(county: Commission) -> None:
    unit, leader = make.unit(county, "乡镇纪委", "东镇纪委"), make.person(county, "虚构壬")
    make.meeting(county, "检查调研", [unit], starts=BEFORE, ends=BEFORE + timedelta(days=1), led_by=leader)
    make.meeting(county, "例会", starts=DAY, ends=DAY + timedelta(days=1))
    make.meeting(county, "例会", starts=AFTER, ends=AFTER + timedelta(days=1))
    rows = queries.meetings(county, DAY)
    assert [row.kind for row in rows] == ["例会", "检查调研"]
    assert rows[1].led_by is not None
    assert (rows[1].led_by.name, [one.name for one in rows[1].units]) == ("虚构壬", ["东镇纪委"])
    assert [row.kind for row in queries.meetings_of_unit(county, unit.pk, DAY)] == ["检查调研"]


def test_a_row_that_a_later_edition_replaced_leads_to_its_successor(county: Commission) -> None:
    old = make.plan_item(county, "带动", name="双提升", aim="旧")
    PlanItem.objects.filter(pk=old.pk).update(known_until=make.KNOWN)
    new = make.plan_item(county, "带动", name="双提升", aim="新")
    assert queries.plan_item(county, old.pk, DAY).id == new.pk


def test_a_record_of_another_commission_is_not_there(county: Commission) -> None:
    foreign = make.plan_item(make.commission(), "带动")
    with pytest.raises(NotThere):
        queries.plan_item(county, foreign.pk, DAY)


@pytest.mark.parametrize("size", [1, 3])
def test_lists_cost_the_same_whatever_their_size(
    county: Commission, size: int, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for _number in range(size):
        unit, leader = make.unit(county, "乡镇纪委"), make.person(county)
        make.meeting(county, "检查调研", [unit], led_by=leader)
        make.plan_item(county, "推进", unit=unit)
    with django_assert_num_queries(3):
        queries.meetings(county, DAY)
    with django_assert_num_queries(2):
        queries.plan(county, DAY)


def test_changes_tell_demands_meetings_and_the_plan(county: Commission) -> None:
    Directive.objects.create(
        commission=county, source="市纪委监委", name="虚构部署", starts=DAY, ends=OPEN, known_from=make.KNOWN
    )
    make.meeting(county, "例会", starts=DAY, ends=DAY + timedelta(days=1))
    make.plan_item(county, "推进", starts=DAY, ends=AFTER)
    kinds = [change.kind for change in queries.changes(county, BEFORE, AFTER)]
    assert kinds == [
        ChangeKind.DIRECTIVE_ISSUED,
        ChangeKind.MEETING_HELD,
        ChangeKind.PLAN_BEGUN,
        ChangeKind.PLAN_DONE,
    ]
