"""Meetings of the fictional county's zones: monthly ones that were held, one to be minuted, one ahead, one zone overdue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from xiezuo.config.demonstrated.director import Scene, Story, on
from xiezuo.zones.meetings.cadence import month_end
from xiezuo.zones.meetings.minutes_operations import Came, Minutes, Said, write_minutes
from xiezuo.zones.meetings.operations import Agenda, Call, Topic, cancel_meeting, mark_done, plan_meeting
from xiezuo.zones.models import AgendaItem, ZoneMeeting
from xiezuo.zones.queries.meetings import items_of, not_done, units_invited

TOPICS = (
    ("上月协作事项办理情况通报", "逾期事项逐项说明，本周内补齐台账", 10),
    ("谈话场所检查结果", "检查清单所列问题限期整改", 20),
    ("交叉互查分组安排", "按名单回避后分组，轴心单位汇总", 15),
    ("专项监督进度", "未完成的点位月底前走完", 25),
    ("资料归档和移交", "按移交办法核对一次台账", 12),
    ("人员借用需求", "需求报轴心单位统筹", 8),
)
"""What is spoken of, what is decided on it, and within how many days; pointers only, and all of it fictional."""
ITEMS_EACH = 3
SPOKE = {"GZ": "主任", "XZ": "书记", "JD": "主任", "SC": "主任", "PZ": "组长"}
"""Who speaks for a unit, by the letters of its code."""


@dataclass(frozen=True)
class Series:
    """The meetings of one zone: who runs them, how many months back they begin and how many ago they end, on which day."""

    zone: str
    by: str
    back: int
    ends: int
    day: int
    step: int = 1


HELD = (
    Series("ET1", "gongzuoshi", 12, 1, 12),
    Series("ET3", "fushuji", 6, 1, 14),
    Series("ED6", "anguanshi", 4, 1, 10),
    Series("ET2", "anguanshi", 5, 3, 16),
    Series("Y1", "fushuji", 10, 1, 20, 3),
)
"""ET2 has not met for two months: it is overdue."""


def stories(scene: Scene) -> Iterator[Story]:
    """Every meeting of the last months, and those of these days."""
    yield from (_series(scene, each) for each in HELD)
    yield _to_be_minuted(scene)
    yield _ahead(scene)
    yield _called_off(scene)


def _series(scene: Scene, series: Series) -> Story:
    for months in range(series.back, series.ends - 1, -series.step):
        day = _working(scene, month_end(scene.today, -months).replace(day=series.day))
        yield (now := on(day - timedelta(days=4), 10))
        meeting = _call(scene, series.zone, day, series.by, now, months)
        yield (then := on(day, 16))
        _minute(scene, meeting, series.by, then, months)
        # What a deputy or the clerk asked for is told as done by them; the axis leaves its last ones open.
        if months > series.ends:
            yield (done := on(_working(scene, day + timedelta(days=9)), 11))
            _finish(scene, meeting, series.by, done)


def _working(scene: Scene, day: date) -> date:
    while not scene.calendar.is_working(day):
        day += timedelta(days=1)
    return day


def _call(scene: Scene, zone: str, day: date, by: str, now: datetime, turn: int) -> ZoneMeeting:  # noqa: PLR0917
    number = scene.zones[zone]
    again = not_done(zones=[number], on=now.date())
    topics = [Topic(each.topic, each.href, each.pk) for each in again]
    topics += [Topic(words) for words, _decision, _days in _turn(turn)]
    units = units_invited(scene.commission, number, day)
    chair = {"ET1": "P004", "Y1": "P002", "ET3": "P007", "ED6": "P006", "ET2": "P005"}[zone]
    call = Call(
        day, units, "县纪委三楼会议室" if zone != "ET1" else "澜城镇纪检监察工作室", scene.person(chair)
    )
    return plan_meeting(
        commission=scene.commission, zone=number, call=call, agenda=Agenda(topics), key=uuid4(), by=scene.actor(by, now),
        now=now,
    )  # fmt: skip


def _turn(turn: int) -> Sequence[tuple[str, str, int]]:
    return [TOPICS[(turn * ITEMS_EACH + place) % len(TOPICS)] for place in range(ITEMS_EACH)]


def _minute(scene: Scene, meeting: ZoneMeeting, by: str, now: datetime, turn: int) -> None:
    codes = {number: code for code, number in scene.units.items()}
    came = {
        unit: Came("请假" if (place + turn) % 7 == 6 else "到会", SPOKE.get(codes[unit][:2], ""))
        for place, unit in enumerate(meeting.units)
    }
    said = [_said(meeting, item, place) for place, item in enumerate(items_of(meeting))]
    held = meeting.day
    number = f"安纪协纪〔{held.year}〕{meeting.zone.code}-{held.month}号"
    minutes = Minutes(came, said, number, held=True)
    write_minutes(meeting=meeting, minutes=minutes, seen=meeting.version, by=scene.actor(by, now), now=now)


def _said(meeting: ZoneMeeting, item: AgendaItem, place: int) -> Said:
    decision, days = next(
        ((told, days) for words, told, days in TOPICS if words == item.topic), ("按期办理", 10)
    )
    unit = meeting.units[place % len(meeting.units)]
    return Said(item.pk, "", decision, unit, meeting.day + timedelta(days=days))


def _finish(scene: Scene, meeting: ZoneMeeting, by: str, now: datetime) -> None:
    for item in items_of(meeting):
        if item.decision and item.done_on is None:
            mark_done(item=item, done_on=now.date(), by=scene.actor(by, now), now=now)


def _to_be_minuted(scene: Scene) -> Story:
    """This month's meeting of the first zone was yesterday; nobody has written its minutes yet."""
    yield (now := scene.ago(6, 9))
    _call(scene, "ET1", scene.ago(1).date(), "gongzuoshi", now, 0)


def _ahead(scene: Scene) -> Story:
    """The deputy secretary's quarterly meeting is ahead."""
    yield (now := scene.ago(2, 9))
    _call(scene, "Y1", _working(scene, scene.today + timedelta(days=6)), "fushuji", now, 0)


def _called_off(scene: Scene) -> Story:
    yield (now := scene.ago(8, 9))
    meeting = _call(scene, "ED6", _working(scene, scene.today + timedelta(days=2)), "anguanshi", now, 0)
    yield (then := scene.ago(2, 15))
    cancel_meeting(
        meeting=meeting, reason="与全县工作会议冲突，改期召开。", by=scene.actor("anguanshi", then), now=then
    )
