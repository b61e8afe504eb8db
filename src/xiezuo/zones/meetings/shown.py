"""Parts of the pages of zone meetings: states in words and shape, tables, what may be done now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from xiezuo.accounts.api import Actor
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.ui.choices import filled, words_of
from xiezuo.ui.links import address, linker
from xiezuo.ui.parts import Link, State, joined
from xiezuo.ui.table import Column, Table
from xiezuo.ui.withheld import Withheld
from xiezuo.ui.words import Words, long_day
from xiezuo.zones.meetings import policies
from xiezuo.zones.meetings.cadence import Cadence, Due, Standing
from xiezuo.zones.meetings.policies import Seat
from xiezuo.zones.models import AgendaItem, Attendance, ZoneMeeting
from xiezuo.zones.queries.meetings import ZoneDue
from xiezuo.zones.states import Level, MeetingState, Presence

TONES = {MeetingState.PLANNED: "wait", MeetingState.HELD: "good", MeetingState.CANCELLED: "quiet"}
PRESENT = {Presence.CAME: "good", Presence.EXCUSED: "quiet", Presence.ABSENT: "warn"}


@dataclass(frozen=True)
class Step:
    """One thing that may be done with a meeting, or may not and why."""

    words: Words
    href: str
    against: Sequence[Reason] = field(default=())
    name: str = ""


def meeting_state(meeting: ZoneMeeting) -> State:
    """How a meeting stands, in words and shape."""
    return State(words_of(MeetingState, meeting.state), TONES[MeetingState(meeting.state)])


def cadence_words(cadence: Cadence | None) -> str:
    """How often a zone is to meet, with the rule that says so."""
    if cadence is None:
        return _("no rule says how often")
    words = _("every month") if cadence.months == 1 else _("every %(number)s months")
    every = words % {"number": cadence.months}
    return _("%(every)s (rule %(code)s)") % {"every": every, "code": cadence.code}


def due_state(due: Due) -> State:
    """How a zone stands by its cadence on a day, in words and shape."""
    if due.standing == Standing.OVERDUE:
        days = ngettext("overdue by %(number)s day", "overdue by %(number)s days", due.days_late)
        return State(days % {"number": due.days_late}, "bad")
    if due.standing == Standing.NONE:
        return State(_("no meeting recorded yet"), "warn")
    if due.standing == Standing.DUE and due.by:
        return State(_("due by %(day)s") % {"day": long_day(due.by)}, "wait")
    if due.standing == Standing.FREE:
        return State(_("no day due"), "quiet")
    return State(_("in time"), "good")


def item_state(item: AgendaItem, meeting: ZoneMeeting, on: date) -> State | str:
    """Whether what was decided is done on a day; nothing for an item on which nothing is to be done."""
    if item.done_on and item.done_on <= on:
        return State(_("done on %(day)s") % {"day": long_day(item.done_on)}, "good")
    if meeting.state != MeetingState.HELD or not (item.decision and item.unit_id):
        return ""
    return open_state(item, on)


def open_state(item: AgendaItem, on: date) -> State:
    """How an item that is not done stands on a day."""
    if item.due_on is None:
        return State(_("open, without a day"), "wait")
    if item.due_on < on:
        late = (on - item.due_on).days
        return State(ngettext("overdue by %(number)s day", "overdue by %(number)s days", late) % {"number": late}, "bad")  # fmt: skip
    return State(_("open"), "wait")


def list_columns(request: HttpRequest) -> list[Column]:
    """Meetings. They are told by their days; nothing here counts a zone's matters."""
    to, to_zone = linker(request, "zones:meeting"), linker(request, "zones:zone")
    return [
        Column("day", gettext_lazy("Day"), kind="date", link=lambda row: to(row["meeting"])),
        Column("zone_name", gettext_lazy("Zone"), filterable=True, searchable=True, link=lambda row: to_zone(row["zone"])),
        Column("level", gettext_lazy("Level"), filterable=True),
        Column("state", gettext_lazy("State"), kind="state", filterable=True, choices=filled(MeetingState)),
        Column("place", pgettext_lazy("zone meeting", "Place"), searchable=True),
        Column("minutes_no", gettext_lazy("Number of the minutes"), kind="code", searchable=True),
    ]  # fmt: skip


def agenda_table(request: HttpRequest, meeting: ZoneMeeting, items: Iterable[AgendaItem], names: Mapping[int, str], on: date) -> Table:  # fmt: skip
    """The agenda, and of a meeting whose minutes are begun what was decided, who does it by when, and whether it is done."""
    rows = [_agenda_row(request, meeting, item, names, on) for item in items]
    decided = any(row["decision"] for row in rows)
    columns = [
        Column("place", pgettext_lazy("minutes", "No."), kind="number"), Column("topic", pgettext_lazy("minutes", "Item")),
        *([
            Column("decision", pgettext_lazy("minutes", "Decision")), Column("unit", pgettext_lazy("minutes", "Done by")),
            Column("due_on", pgettext_lazy("minutes", "By the day"), kind="date"), Column("state", gettext_lazy("State"), kind="state"),
        ] if decided else []),
    ]  # fmt: skip
    return Table(columns, rows, id="agenda", caption=_("Agenda"), empty=_("There is no item on the agenda."))


def _agenda_row(request: HttpRequest, meeting: ZoneMeeting, item: AgendaItem, names: Mapping[int, str], on: date) -> dict[str, Any]:  # fmt: skip
    return {
        "place": item.position, "topic": topic_shown(request, item), "decision": item.decision,
        "unit": names.get(item.unit_id, "") if item.unit_id else "", "due_on": item.due_on,
        "state": item_state(item, meeting, on),
    }  # fmt: skip


def topic_shown(request: HttpRequest, item: AgendaItem) -> Any:
    """The words of an item; they lead to what they point to, or to the meeting from which they are taken up again."""
    earlier = item.carried_from
    if earlier is None:
        return Link(item.topic, item.href) if item.href else item.topic
    words = _("%(topic)s (from the meeting of %(day)s)") % {"topic": item.topic, "day": long_day(earlier.meeting.day)}  # fmt: skip
    return Link(words, item.href or address(request, "zones:meeting", earlier.meeting_id))


def attendance_table(meeting: ZoneMeeting, came: Mapping[int, Attendance], names: Mapping[int, str]) -> Table:
    """Which units were invited, whether they came, and which post spoke for each."""
    known = bool(came)
    columns = [
        Column("unit", gettext_lazy("Unit")),
        *([Column("presence", pgettext_lazy("minutes", "Came"), kind="state"),
           Column("spoke", gettext_lazy("Who spoke for it"))] if known else []),
    ]  # fmt: skip
    units = [unit for unit in names if unit in {*meeting.units, *came}]
    rows = [
        {"unit": names[unit], "presence": _presence(came[unit]) if unit in came else "—",
         "spoke": came[unit].spoke if unit in came else ""}
        for unit in units
    ]  # fmt: skip
    return Table(columns, rows, id="attendance", caption=_("Units invited"), empty=_("No unit is invited."))


def _presence(row: Attendance) -> State:
    return State(words_of(Presence, row.presence), PRESENT[Presence(row.presence)])


def open_table(
    request: HttpRequest, items: Iterable[AgendaItem], names: Mapping[int, str], on: date
) -> Table:
    """What was decided and is not done on a day, by its day; without the zone where all are of one."""
    to = linker(request, "zones:meeting")
    columns = [
        Column("topic", pgettext_lazy("minutes", "Item")), Column("decision", pgettext_lazy("minutes", "Decision")),
        Column("unit", pgettext_lazy("minutes", "Done by")), Column("due_on", pgettext_lazy("minutes", "By the day"), kind="date"),
        Column("state", gettext_lazy("State"), kind="state"),
    ]  # fmt: skip
    rows = [
        {"topic": Link(each.topic, to(each.meeting_id)), "decision": each.decision, "unit": names.get(each.unit_id or 0, ""),
         "due_on": each.due_on, "state": open_state(each, on)}
        for each in items
    ]  # fmt: skip
    return Table(
        columns, rows, id="open-items", caption=_("Decided and not done"), empty=_("Nothing is open.")
    )


def due_columns(request: HttpRequest) -> list[Column]:
    """The month of all zones, in official order; no column can be sorted by how often a zone met."""
    to = linker(request, "zones:zone")
    return [
        Column("name", gettext_lazy("Zone"), searchable=True, sortable=False, link=lambda row: to(row["zone"])),
        Column("level", gettext_lazy("Level"), filterable=True, sortable=False),
        Column("cadence", gettext_lazy("To meet"), sortable=False),
        Column("met", gettext_lazy("Met on"), sortable=False), Column("planned", gettext_lazy("Planned for"), sortable=False),
        Column("last", gettext_lazy("Last meeting"), kind="date", sortable=False),
        Column("by", gettext_lazy("Next due by"), kind="date", sortable=False),
        Column("state", gettext_lazy("State"), kind="state", sortable=False),
    ]  # fmt: skip


def due_row(request: HttpRequest, row: ZoneDue, met: Sequence[ZoneMeeting], planned: Sequence[ZoneMeeting]) -> dict[str, Any]:  # fmt: skip
    """One zone in a month: the days on which it met, those planned, and how it stands."""
    told = {"zone": row.record.zone_id, "name": row.record.name, "level": words_of(Level, row.record.level), "cadence": cadence_words(row.cadence)}  # fmt: skip
    if row.due is None:
        dash = Withheld(_("The meetings of this zone are for its leaders and units."))
        return {**told, "met": dash, "planned": dash, "last": None, "by": None, "state": dash}
    state = State(pgettext("zone in a month", "met"), "good") if met else due_state(row.due)
    return {
        **told, "met": Days(request, met), "planned": Days(request, planned), "last": row.due.last, "by": row.due.by,
        "state": state,
    }  # fmt: skip


class Days:
    """Days of meetings, each linked on screen, plain in an export."""

    def __init__(self, request: HttpRequest, meetings: Sequence[ZoneMeeting]) -> None:
        to = linker(request, "zones:meeting")
        self._links = [Link(long_day(each.day), to(each.pk)) for each in meetings]
        self.plain = listed(each.day.isoformat() for each in meetings)

    def __html__(self) -> str:
        return joined(self._links)

    def __str__(self) -> str:
        return self.__html__()


def steps_of(request: HttpRequest, by: Actor, meeting: ZoneMeeting, seat: Seat, today: date) -> list[Step]:
    """What may be done with a meeting now, the next step first; nothing for who does not run the zone."""
    if policies.may_run(by, seat) or meeting.state == MeetingState.CANCELLED:
        return []
    held = meeting.state == MeetingState.HELD
    minutes = Step(
        _("Correct the minutes") if held else _("Write the minutes"), address(request, "zones:meeting-minutes", meeting.pk),
        policies.against_minutes(meeting, "?", today), "minutes",
    )  # fmt: skip
    if held:
        following = address(request, "zones:plan-meeting", zone=str(meeting.zone_id))
        return [Step(_("Call the next meeting"), following, name="next"), minutes]
    changing = Step(_("Change day or agenda"), address(request, "zones:change-meeting", meeting.pk), name="change")  # fmt: skip
    calling_off = Step(_("Call it off"), address(request, "zones:cancel-meeting", meeting.pk), name="cancel")
    return [changing, minutes, calling_off] if minutes.against else [minutes, changing, calling_off]
