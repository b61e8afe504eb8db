"""Meetings of zones: who calls them, what minutes hold, what is carried on, what is refused."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests import factories as make
from tests.once import fresh, once
from tests.reading import journal
from tests.zones.meetings_county import TODAY, Meeting, days_ago, items_of, meeting_county, monthly, now_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.shared.errors import BadInput, NotThere, Refused
from xiezuo.zones.meetings import policies
from xiezuo.zones.meetings.cadence import Standing
from xiezuo.zones.meetings.minutes_operations import Came, Minutes, Said, write_minutes
from xiezuo.zones.meetings.operations import (
    Agenda,
    Call,
    Topic,
    cancel_meeting,
    change_meeting,
    mark_done,
    plan_meeting,
)
from xiezuo.zones.models import AgendaItem, Attendance, ZoneMeeting
from xiezuo.zones.queries import meetings as queries

pytestmark = pytest.mark.usefixtures("actor")


built = once(meeting_county)


@pytest.fixture
def here(built: Meeting, actor: None) -> Meeting:
    return fresh(built)


def refused(act: Any, *args: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return [reason.code for reason in caught.value.reasons]


@pytest.mark.parametrize("name", ["axis", "leader", "clerk"])
def test_whoever_runs_the_zone_calls_its_meeting(here: Meeting, name: str) -> None:
    assert here.called(by=name).zone_id == here.zones["east"].pk


@pytest.mark.parametrize("name", ["member", "other"])
def test_nobody_else_calls_it(here: Meeting, name: str) -> None:
    assert refused(here.called, by=name) == ["not-yours"]


def test_the_same_form_posted_twice_calls_one_meeting(here: Meeting) -> None:
    given = {"commission": here.county, "zone": here.zones["east"].pk, "call": Call(TODAY, [here.units["axis"].pk]), "agenda": Agenda([]), "key": uuid4()}  # fmt: skip
    assert here.do("axis", plan_meeting, **given) == here.do("axis", plan_meeting, **given)
    with acting_as(OPERATOR):
        assert ZoneMeeting.objects.count() == 1


def test_a_zone_meets_once_a_day_and_only_while_it_stands(here: Meeting) -> None:
    here.called()
    assert refused(here.called) == ["day"]
    assert refused(here.called, day=date(1990, 1, 1)) == ["day"]
    assert refused(here.called, day=TODAY + timedelta(days=400)) == ["day"]


def test_a_meeting_without_units_is_refused(here: Meeting) -> None:
    assert refused(here.called, units=[]) == ["units"]


def test_units_people_and_items_of_others_are_refused(here: Meeting) -> None:
    with acting_as(OPERATOR):
        foreign = make.commission()
        unit, person = make.unit(foreign, "乡镇纪委"), make.person(foreign)
    with pytest.raises(BadInput):
        here.called(units=[unit.pk])
    with pytest.raises(BadInput):
        here.called(chair=person.pk)
    with pytest.raises(BadInput):
        here.called(topics=[Topic("虚构", carried_from=999_999)])


@pytest.mark.parametrize(
    "href", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "javascript:x"]
)
def test_an_item_leads_to_a_page_of_the_installation_only(here: Meeting, href: str) -> None:
    with pytest.raises(BadInput):
        here.called(topics=[Topic("虚构", href)])


@pytest.mark.parametrize("text", ["电话13800138000", "王小明、李小红、张大力", "被举报人情况"])
def test_what_looks_like_a_matter_is_asked_about_once_more(here: Meeting, text: str) -> None:
    assert refused(here.called, topics=[text]) == [policies.LOOKS_LIKE_A_MATTER]
    assert here.called(agenda=Agenda([Topic(text)], checked=True)).pk


def test_an_identity_number_is_refused_whoever_looked_again(here: Meeting) -> None:
    agenda = Agenda([Topic("11010519491231002X")], checked=True)
    assert refused(here.called, agenda=agenda) == ["identity"]


def test_minutes_close_a_meeting_with_who_came_and_what_was_decided(here: Meeting) -> None:
    meeting = here.called()
    with journal() as acts:
        held = here.held(meeting, due_on=TODAY)
    assert (held.state, items_of(meeting)[0].decision) == ("已召开", "按期办理")
    with acting_as(OPERATOR):
        assert set(Attendance.objects.values_list("presence", "spoke")) == {("到会", "书记")}
    assert len(acts) == 1
    assert "zone_meeting.held" in acts[0]


def test_minutes_are_kept_half_done(here: Meeting) -> None:
    meeting = here.called()
    minutes = Minutes({here.units["axis"].pk: Came("到会")}, [])
    here.do("axis", write_minutes, meeting=meeting, minutes=minutes, seen=1)
    assert now_of(meeting).state == "拟召开"


def test_minutes_do_not_close_while_a_unit_is_without_a_word(here: Meeting) -> None:
    meeting = here.called()
    minutes = Minutes({here.units["axis"].pk: Came("到会")}, [], held=True)
    assert refused(here.do, "axis", write_minutes, meeting=meeting, minutes=minutes, seen=1) == ["came"]
    assert now_of(meeting).version == 1


def test_minutes_are_not_written_before_the_day(here: Meeting) -> None:
    meeting = here.called(day=TODAY + timedelta(days=1))
    assert refused(here.held, meeting) == ["day"]


@pytest.mark.parametrize(("said", "code"), [
    ({"decision": "", "unit": True}, "said"), ({"decision": "办", "due_on": TODAY}, "said"),
    ({"decision": "办", "unit": True, "due_on": days_ago(1)}, "said"),
])  # fmt: skip
def test_an_item_to_be_done_has_a_decision_a_unit_and_a_day_that_is_not_past(here: Meeting, said: dict[str, Any], code: str) -> None:  # fmt: skip
    meeting = here.called()
    unit = here.units["member"].pk if said.get("unit") else None
    told = Said(items_of(meeting)[0].pk, "", said["decision"], unit, said.get("due_on"))
    assert refused(here.held, meeting, said=[told]) == [code]


def test_whoever_spoke_is_told_by_post_and_not_by_name(here: Meeting) -> None:
    with acting_as(OPERATOR):
        make.assignment(make.person(here.county, "安某"), here.units["axis"], "书记")
    meeting = here.called()
    came = {unit: Came("到会", "安某") for unit in meeting.units}
    assert refused(here.held, meeting, came=came) == ["came"]


def test_a_number_of_minutes_stands_once(here: Meeting) -> None:
    here.held(here.called(day=days_ago(1)), number="安纪协纪〔2026〕1号")
    assert refused(here.held, here.called(), number="安纪协纪〔2026〕1号") == ["number"]


def test_after_the_meeting_minutes_are_corrected_with_a_reason_that_stays(here: Meeting) -> None:
    meeting = here.called()
    here.held(meeting)
    minutes = here.minutes(meeting, decision="延后办理")
    correct = {"meeting": meeting, "minutes": minutes, "seen": 2}
    assert refused(here.do, "axis", write_minutes, **correct) == ["reason"]
    assert refused(here.do, "axis", change_meeting, meeting=meeting, call=Call(TODAY, meeting.units), agenda=Agenda([]), seen=2) == ["state"]  # fmt: skip
    here.do("axis", write_minutes, reason="录入有误", **correct)
    assert [each["why"] for each in now_of(meeting).corrections] == ["录入有误"]
    assert items_of(meeting)[0].decision == "延后办理"


def test_of_two_who_write_minutes_the_second_is_told_and_nothing_is_lost(here: Meeting) -> None:
    meeting = here.called()
    here.held(meeting)
    other = here.minutes(meeting, decision="另一种写法")
    assert refused(here.do, "clerk", write_minutes, meeting=meeting, minutes=other, seen=1) == [
        policies.MOVED_ON
    ]
    assert items_of(meeting)[0].decision == "按期办理"


def test_the_same_minutes_posted_twice_are_written_once(here: Meeting) -> None:
    meeting = here.called()
    minutes = here.minutes(meeting)
    for _time in range(2):
        here.do("axis", write_minutes, meeting=meeting, minutes=minutes, seen=1)
    assert now_of(meeting).version == 2


def test_a_changed_agenda_keeps_what_the_minutes_say_already(here: Meeting) -> None:
    meeting = here.called(topics=["一", "二"])
    here.do("axis", write_minutes, meeting=meeting, minutes=here.minutes(meeting, held=False), seen=1)
    call = Call(TODAY, meeting.units, place="会议室")
    here.do(
        "axis", change_meeting, meeting=meeting, call=call, agenda=Agenda([Topic("二"), Topic("三")]), seen=2
    )
    assert [(each.topic, each.decision) for each in items_of(meeting)] == [("二", "按期办理"), ("三", "")]


def test_a_meeting_is_called_off_with_a_reason(here: Meeting) -> None:
    meeting = here.called()
    assert refused(here.do, "axis", cancel_meeting, meeting=meeting, reason=" ") == ["reason"]
    here.do("axis", cancel_meeting, meeting=meeting, reason="与全县会议冲突")
    assert refused(here.held, meeting) == ["state"]
    assert here.called().pk != meeting.pk


def open_ones(here: Meeting, on: date = TODAY) -> list[str]:
    with acting_as(OPERATOR):
        return [each.topic for each in queries.not_done(zones=[here.zones["east"].pk], on=on)]


def test_what_is_decided_stays_open_until_it_is_done(here: Meeting) -> None:
    meeting = here.held(here.called(day=days_ago(9)))
    item = items_of(meeting)[0]
    assert open_ones(here, days_ago(10)) == []
    assert open_ones(here, days_ago(9)) == ["虚构事项"]
    here.do("member", mark_done, item=item, done_on=days_ago(2))
    assert open_ones(here, days_ago(3)) == ["虚构事项"]
    assert open_ones(here, days_ago(2)) == []


def test_an_item_is_done_by_its_unit_or_who_runs_the_zone_and_not_before_the_meeting(here: Meeting) -> None:
    item = items_of(here.held(here.called()))[0]
    with pytest.raises(NotThere):
        here.do("other", mark_done, item=item, done_on=TODAY)
    assert refused(here.do, "member", mark_done, item=item, done_on=days_ago(1)) == ["done_on"]
    assert here.do("axis", mark_done, item=item, done_on=TODAY).done_on == TODAY
    assert here.do("axis", mark_done, item=item, done_on=TODAY).done_on == TODAY


def test_an_item_taken_up_again_is_open_at_the_later_meeting_only(here: Meeting) -> None:
    first = here.held(here.called(day=days_ago(9)))
    again = Topic("虚构事项", carried_from=items_of(first)[0].pk)
    second = here.called(day=days_ago(2), topics=[again])
    with acting_as(OPERATOR):
        assert [each.meeting_id for each in queries.not_done(on=TODAY)] == [first.pk]
    here.held(second)
    with acting_as(OPERATOR):
        assert [each.meeting_id for each in queries.not_done(on=TODAY)] == [second.pk]
        assert [each.meeting_id for each in queries.not_done(on=days_ago(3))] == [first.pk]


def standing(here: Meeting, on: date) -> tuple[Standing, date | None]:
    with acting_as(OPERATOR):
        rows = queries.zones_due(here.county, on, {here.zones["east"].pk}, policies.Sees(everything=True))
    due = rows[0].due
    assert due is not None
    return due.standing, due.by


def test_the_next_meeting_is_due_by_the_rule_in_force(here: Meeting) -> None:
    assert standing(here, TODAY) == (Standing.FREE, None)
    monthly(here)
    assert standing(here, TODAY)[0] == Standing.NONE
    here.held(here.called(day=date(2026, 1, 31)))
    assert standing(here, date(2026, 1, 31)) == (Standing.IN_TIME, date(2026, 2, 28))
    assert standing(here, date(2026, 2, 28)) == (Standing.DUE, date(2026, 2, 28))
    assert standing(here, date(2026, 3, 1)) == (Standing.OVERDUE, date(2026, 2, 28))


def test_meetings_are_seen_by_invited_units_and_leaders_alone(here: Meeting) -> None:
    meeting = here.called()
    seen = {}
    for name in ("axis", "member", "leader", "clerk", "other"):
        with acting_as(here.actor(name)):
            seen[name] = (ZoneMeeting.objects.filter(pk=meeting.pk).count(), AgendaItem.objects.count())
    assert seen == {"axis": (1, 1), "member": (1, 1), "leader": (1, 1), "clerk": (1, 1), "other": (0, 0)}
