"""Rooms that a zone plan concerns: of the units that it moves, and those that serve a zone which they leave."""

import pytest

from tests import factories as make
from xiezuo.sites.queries import rooms_touched

pytestmark = pytest.mark.usefixtures("actor")


def test_rooms_of_units_that_move_and_of_zones_that_they_leave_are_named_and_no_others() -> None:
    county = make.commission()
    moved, left, other = (make.unit(county, "乡镇纪委") for _ in range(3))
    zone, elsewhere = (make.zone(county, "二级", "乡镇") for _ in range(2))
    for unit in (moved, left):
        make.zone_member(zone, unit, "成员")
    make.zone_member(elsewhere, other, "成员")
    own, serving = make.site(moved, "谈话室"), make.site(left, "办公室", zone=zone)
    make.site(other, "谈话室", zone=elsewhere)
    make.site(left, "谈话室")
    found = rooms_touched([moved.pk], make.BEGINNING)
    assert [(room.site, room.unit, room.zone) for room in found] == [
        (own.pk, moved.pk, None), (serving.pk, left.pk, zone.pk),
    ]  # fmt: skip


def test_a_plan_that_moves_nobody_concerns_no_room() -> None:
    county = make.commission()
    make.site(make.unit(county, "乡镇纪委"), "谈话室")
    assert rooms_touched([], make.BEGINNING) == []
