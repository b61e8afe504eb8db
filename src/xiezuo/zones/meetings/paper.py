"""Agenda and minutes of a zone meeting as one page of A4, with a code that leads back to the record. Always in Chinese."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.organisation.api import person_names, unit_names
from xiezuo.papers import Column, Entry, Fields, Form, Grid, Line, chinese_date
from xiezuo.zones.models import AgendaItem, Attendance, ZoneMeeting
from xiezuo.zones.queries import meetings as queries
from xiezuo.zones.queries import zone_names
from xiezuo.zones.states import Presence

LANGUAGE = "zh-hans"
AGENDA, MINUTES = "agenda", "minutes"


def paper_of(meeting: ZoneMeeting, what: str, *, code: str, now: datetime) -> Form:
    """The agenda, with room to write on, or the minutes. Read with the eyes of who prints."""
    with translation.override(LANGUAGE):
        items, came = queries.items_of(meeting), queries.attendances_of(meeting)
        doing = [each.unit_id for each in items if each.unit_id]
        names = unit_names([*meeting.units, *came, *doing], meeting.day)
        zone = zone_names({meeting.zone_id}, meeting.day).get(meeting.zone_id, "")
        printed = _agenda if what == AGENDA else _minutes
        return Form(
            title=_("Agenda of the zone meeting") if what == AGENDA else _("Minutes of the zone meeting"),
            blocks=(_facts(meeting, zone), *printed(meeting, items, came, names)), code=code or reference(meeting),
            number=_("No. %(number)s") % {"number": meeting.minutes_no} if meeting.minutes_no and what == MINUTES else "",
            office=meeting.commission.name, foot=_foot(meeting, now), date=meeting.day if what == MINUTES else None,
        )  # fmt: skip


def reference(meeting: ZoneMeeting) -> str:
    """What a meeting is known by where the installation has no address of its own: zone and day."""
    return f"{meeting.zone.code}-{meeting.day.isoformat()}"


def _facts(meeting: ZoneMeeting, zone: str) -> Fields:
    chair = (
        person_names({meeting.chair_id}, meeting.day).get(meeting.chair_id, "") if meeting.chair_id else ""
    )
    facts = [
        (pgettext("paper", "Zone"), zone), (pgettext("paper", "Day"), chinese_date(meeting.day)),
        (pgettext("paper", "Place"), meeting.place), (pgettext("paper", "In the chair"), chair),
    ]  # fmt: skip
    return Fields(tuple(Entry(label, value) for label, value in facts if value))


def _agenda(meeting: ZoneMeeting, items: Sequence[AgendaItem], _came: Mapping[int, Attendance], names: Mapping[int, str]) -> Sequence[Grid | Fields]:  # fmt: skip
    columns = (Column(pgettext("paper", "No."), 5), Column(pgettext("paper", "Item"), 24), Column(pgettext("paper", "Notes"), 20))  # fmt: skip
    lines = tuple(Line((str(each.position), _topic(each), ""), by_hand=True) for each in items)
    invited = "、".join(names[unit] for unit in names if unit in meeting.units)
    units = Fields((Entry(pgettext("paper", "Units invited"), invited, wide=True),))
    return (units, Grid(columns, lines, pgettext("paper", "Agenda"))) if items else (units,)


def _minutes(meeting: ZoneMeeting, items: Sequence[AgendaItem], came: Mapping[int, Attendance], names: Mapping[int, str]) -> Sequence[Grid | Fields]:  # fmt: skip
    attendance = Fields(tuple(
        Entry(str(Presence(presence).label), words, wide=True)
        for presence in Presence if (words := _units_that(presence, came, names))
    ))  # fmt: skip
    columns = (
        Column(pgettext("paper", "No."), 5), Column(pgettext("paper", "Item"), 14), Column(pgettext("paper", "Decision"), 20),
        Column(pgettext("paper", "Done by"), 12), Column(pgettext("paper", "By the day"), 9),
    )  # fmt: skip
    lines = tuple(
        Line(
            (
                str(each.position),
                _topic(each),
                each.decision,
                names.get(each.unit_id or 0, ""),
                _day(each.due_on),
            )
        )
        for each in items
    )
    grid = (Grid(columns, lines, pgettext("paper", "Decisions")),) if items else ()
    corrected = [f"{each['on']}：{each['why']}" for each in meeting.corrections]
    mended = (
        (Fields((Entry(pgettext("paper", "Corrected"), "；".join(corrected), wide=True),)),)
        if corrected
        else ()
    )
    return (*((attendance,) if attendance.entries else ()), *grid, *mended)


def _units_that(presence: Presence, came: Mapping[int, Attendance], names: Mapping[int, str]) -> str:
    told = [
        f"{name}（{came[unit].spoke}）" if came[unit].spoke else name
        for unit, name in names.items()
        if unit in came and came[unit].presence == presence
    ]
    return "、".join(told)


def _topic(item: AgendaItem) -> str:
    if item.carried_from is None:
        return item.topic
    return _("%(topic)s (from the meeting of %(day)s)") % {"topic": item.topic, "day": chinese_date(item.carried_from.meeting.day)}  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def _foot(meeting: ZoneMeeting, now: datetime) -> tuple[str, ...]:
    told = {"edition": meeting.version, "at": f"{timezone.localtime(now):%Y-%m-%d %H:%M}", "known": reference(meeting)}  # fmt: skip
    return (
        _("%(known)s · edition %(edition)s · printed on %(at)s. The code leads back to the record.") % told,
        _("It points to matters by number and kind only and names no person concerned."),
    )
