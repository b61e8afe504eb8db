"""Two who act upon one meeting at the same moment: of each race exactly one defined outcome, and nothing lost."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests.approvals.office import together
from tests.zones.meetings_county import TODAY, Meeting, items_of, meeting_county, now_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.zones.meetings.minutes_operations import write_minutes
from xiezuo.zones.meetings.operations import Agenda, Call, cancel_meeting, plan_meeting
from xiezuo.zones.models import ZoneMeeting

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def here(transactional_db: None) -> Meeting:
    return meeting_county()


def as_(here: Meeting, name: str, verb: Any, **given: Any) -> Any:
    return partial(here.do, name, verb, **given)


def test_of_two_who_write_minutes_at_once_one_is_told(here: Meeting) -> None:
    meeting = here.called()
    own, other = here.minutes(meeting, decision="甲的写法"), here.minutes(meeting, decision="乙的写法")
    outcomes = together(
        as_(here, "axis", write_minutes, meeting=meeting, minutes=own, seen=1),
        as_(here, "clerk", write_minutes, meeting=meeting, minutes=other, seen=1),
    )
    assert outcomes == ["done", "minutes-moved-on"]
    assert items_of(meeting)[0].decision in {"甲的写法", "乙的写法"}
    assert now_of(meeting).version == 2


def test_one_form_of_minutes_posted_twice_at_once_is_written_once(here: Meeting) -> None:
    meeting = here.called()
    write = as_(here, "axis", write_minutes, meeting=meeting, minutes=here.minutes(meeting), seen=1)
    assert together(write, write) == ["done", "done"]
    assert now_of(meeting).version == 2


def test_of_two_who_call_a_meeting_of_one_day_at_once_there_is_one(here: Meeting) -> None:
    given = {"commission": here.county, "zone": here.zones["east"].pk, "call": Call(TODAY, [here.units["axis"].pk]), "agenda": Agenda()}  # fmt: skip
    outcomes = together(
        as_(here, "axis", plan_meeting, key=uuid4(), **given),
        as_(here, "clerk", plan_meeting, key=uuid4(), **given),
    )
    assert outcomes == ["day", "done"]
    with acting_as(OPERATOR):
        assert ZoneMeeting.objects.filter(commission=here.county).count() == 1


def test_a_meeting_is_either_held_or_called_off(here: Meeting) -> None:
    meeting = here.called()
    outcomes = together(
        as_(here, "axis", write_minutes, meeting=meeting, minutes=here.minutes(meeting), seen=1),
        as_(here, "clerk", cancel_meeting, meeting=meeting, reason="虚构理由"),
    )
    assert outcomes in (["done", "state"], ["done", "minutes-moved-on"])
    assert now_of(meeting).state in {"已召开", "取消"}
