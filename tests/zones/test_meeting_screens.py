"""The screens of zone meetings: what each reader is offered, told and kept from, in both languages."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.once import fresh, once
from tests.subjects import Visitor
from tests.zones.meetings_county import TODAY, Meeting, days_ago, items_of, meeting_county, monthly, now_of
from xiezuo.accounts.api import OPERATOR, Role, set_actor
from xiezuo.zones.meetings.minutes_operations import write_minutes
from xiezuo.zones.meetings.operations import Topic
from xiezuo.zones.models import ZoneMeeting

pytestmark = pytest.mark.usefixtures("actor")


built = once(meeting_county)


@pytest.fixture
def here(built: Meeting, actor: None, settings: Any) -> Meeting:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    return fresh(built)


@pytest.fixture
def head(here: Meeting) -> Visitor:
    """The head of the axis of the eastern zone."""
    return here.visitor("head", Role.UNIT_HEAD, "axis")


def page(client: Visitor, route: str, *args: Any, **query: Any) -> Any:
    return client.get(reverse(f"zones:{route}", args=args), query)


def words(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def call_form(here: Meeting, **more: Any) -> dict[str, Any]:
    units = [here.units[name].pk for name in ("axis", "member")]
    return {"day": TODAY.isoformat(), "units": units, "topics": "虚构事项", "key": str(uuid4()), **more}


def minutes_form(here: Meeting, meeting: ZoneMeeting, **more: Any) -> dict[str, Any]:
    came = {f"came_{unit}": "到会" for unit in meeting.units}
    decided = {f"decision_{each.pk}": "按期办理" for each in items_of(meeting)}
    return {**came, **decided, "seen": str(now_of(meeting).version), "close": "yes", **more}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(here: Meeting, head: Visitor, language: str) -> None:
    monthly(here)
    held, ahead = here.held(here.called(day=days_ago(1))), here.called()
    head.cookies["django_language"] = language
    for route, args in (("meetings", ()), ("meetings-month", ()), ("meeting", (held.pk,)), ("meeting-minutes", (held.pk,)),
                        ("change-meeting", (ahead.pk,)), ("cancel-meeting", (ahead.pk,)), ("zone", (here.zones["east"].pk,))):  # fmt: skip
        assert "east片区" in words(page(head, route, *args)), route


def test_a_meeting_is_called_minuted_and_its_item_marked_done_on_screen(here: Meeting, head: Visitor) -> None:
    zone = here.zones["east"].pk
    answer = head.post(f"{reverse('zones:plan-meeting')}?zone={zone}", call_form(here))
    assert answer.status_code == 302
    meeting = ZoneMeeting.objects.get()
    item = items_of(meeting)[0].pk
    sent = minutes_form(
        here, meeting, **{f"unit_{item}": here.units["member"].pk, f"due_{item}": TODAY.isoformat()}
    )
    assert head.post(reverse("zones:meeting-minutes", args=[meeting.pk]), sent).status_code == 302
    assert now_of(meeting).state == "已召开"
    assert (
        head.post(reverse("zones:item-done", args=[item]), {"done_on": TODAY.isoformat()}).status_code == 302
    )
    assert items_of(meeting)[0].done_on == TODAY


def test_what_is_open_stands_ticked_on_the_next_agenda(here: Meeting, head: Visitor) -> None:
    item = items_of(here.held(here.called(day=days_ago(3), topics=["续办事项"])))[0]
    shown = words(page(head, "plan-meeting", zone=here.zones["east"].pk))
    assert re.search(rf'value="{item.pk}"[^>]*checked', shown)
    head.post(
        f"{reverse('zones:plan-meeting')}?zone={here.zones['east'].pk}", call_form(here, carried=[item.pk])
    )
    found = ZoneMeeting.objects.get(day=TODAY)
    assert [(each.topic, each.carried_from_id) for each in items_of(found)] == [
        ("续办事项", item.pk),
        ("虚构事项", None),
    ]


def test_words_that_look_like_a_matter_bring_the_box_and_lose_nothing(here: Meeting, head: Visitor) -> None:
    address = f"{reverse('zones:plan-meeting')}?zone={here.zones['east'].pk}"
    sent = call_form(here, topics="联系电话13800138000")
    answer = head.post(address, sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "联系电话13800138000" in shown
    assert re.search(r'type="checkbox" name="checked"', shown)
    assert head.post(address, {**sent, "checked": "on"}).status_code == 302


def test_of_two_who_write_minutes_the_second_sees_both_and_may_save_again(
    here: Meeting, head: Visitor
) -> None:
    meeting = here.called()
    sent = minutes_form(here, meeting, reason="虚构理由")
    here.do(
        "clerk", write_minutes, meeting=meeting, minutes=here.minutes(meeting, decision="先写的决定"), seen=1
    )
    address = reverse("zones:meeting-minutes", args=[meeting.pk])
    answer = head.post(address, sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "先写的决定" in shown
    assert "按期办理" in shown
    seen = answer.context["form"]["seen"].value()
    assert head.post(address, {**sent, "seen": seen}).status_code == 302


def test_who_does_not_run_the_zone_is_offered_nothing_and_refused(here: Meeting) -> None:
    meeting = here.called()
    member = here.visitor("member", Role.UNIT_HEAD, "member")
    shown = words(page(member, "meeting", meeting.pk))
    assert reverse("zones:meeting-minutes", args=[meeting.pk]) not in shown
    assert page(member, "meeting-minutes", meeting.pk).status_code == 403
    assert page(member, "plan-meeting", zone=here.zones["east"].pk).status_code == 403


def test_another_zone_sees_neither_meeting_nor_paper_nor_panel(here: Meeting) -> None:
    meeting = here.held(here.called(topics=["只给东片"]))
    other = here.visitor("other", Role.UNIT_HEAD, "other")
    assert page(other, "meeting", meeting.pk).status_code == 404
    assert page(other, "meeting-paper", meeting.pk, "minutes", "docx").status_code == 404
    for route, args in (("meetings", ()), ("meetings-month", ()), ("zone", (here.zones["east"].pk,))):
        assert reverse("zones:meeting", args=[meeting.pk]) not in words(page(other, route, *args))
        assert "只给东片" not in words(page(other, route, *args))


def test_the_month_lists_all_zones_in_official_order_whoever_met(here: Meeting) -> None:
    monthly(here)
    west = here.called(by="clerk", zone="west", units=[here.units["other"].pk], topics=[])
    here.held(west, by="clerk", said=[])
    clerk = here.visitor("clerk", Role.CASE_MANAGEMENT)
    shown = words(page(clerk, "meetings-month", month=f"{TODAY:%Y-%m}"))
    assert shown.index("east片区") < shown.index("west片区")
    assert page(clerk, "meetings-month", month="2026-13").status_code == 400


def test_agenda_and_minutes_are_printed_with_the_code_of_the_record(here: Meeting, head: Visitor) -> None:
    meeting = here.held(here.called(topics=["打印事项"]))
    for what in ("agenda", "minutes"):
        answer = page(head, "meeting-paper", meeting.pk, what, "pdf")
        assert answer.content[:5] == b"%PDF-"
    assert page(head, "meeting-paper", meeting.pk, "names", "pdf").status_code == 404


def questions(client: Visitor, route: str, *args: Any, **query: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        words(page(client, route, *args, **query))
    return len(asked)


def test_pages_ask_as_many_questions_for_three_as_for_one(here: Meeting, head: Visitor) -> None:
    def all_of_them(meeting: ZoneMeeting) -> list[int]:
        return [questions(head, "meetings"), questions(head, "meetings-month"), questions(head, "meeting", meeting.pk),
                questions(head, "meeting-minutes", meeting.pk), questions(head, "zone", here.zones["east"].pk)]  # fmt: skip

    one = here.held(here.called(day=days_ago(9), topics=["一"]))
    all_of_them(one)
    before = all_of_them(one)
    three = [
        here.held(here.called(day=days_ago(number), topics=["一", "二", Topic("三", "/rules/")]))
        for number in (8, 7)
    ]
    set_actor(OPERATOR)
    assert all_of_them(three[-1]) == before


def test_a_month_without_a_rule_or_a_meeting_says_so(here: Meeting, head: Visitor) -> None:
    assert "没有规则规定会议周期" in words(page(head, "meetings-month"))
    monthly(here)
    assert "尚无会议记录" in words(
        page(head, "meetings-month", month=f"{date(TODAY.year, TODAY.month, 1):%Y-%m}")
    )
