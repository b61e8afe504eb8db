"""The writes of minutes: who came, what was decided, who does it by when. After the meeting only as a correction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act
from xiezuo.shared.errors import BadInput, Reason, refuse, refuse_if
from xiezuo.shared.lists import listed
from xiezuo.zones.meetings import policies
from xiezuo.zones.meetings.operations import grown, hold, must_be_units, must_fit, must_run, note
from xiezuo.zones.models import AgendaItem, Attendance, ZoneMeeting
from xiezuo.zones.queries import meetings as queries
from xiezuo.zones.states import MeetingState, Presence


@dataclass(frozen=True)
class Came:
    """Whether a unit came, and who spoke for it: a post (职务), never a name."""

    presence: str
    spoke: str = ""


@dataclass(frozen=True)
class Said:
    """What was decided on an item: on one of the agenda, or (`item` None) on other business with its own `topic`."""

    item: int | None = None
    topic: str = ""
    decision: str = ""
    unit: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Minutes:
    """The minutes of a meeting. `held` closes them; `checked` says that somebody looked again at suspicious words."""

    came: Mapping[int, Came] = field(default_factory=dict)
    said: Sequence[Said] = ()
    number: str = ""
    held: bool = False
    checked: bool = False


@transaction.atomic
def write_minutes(
    *, meeting: ZoneMeeting, minutes: Minutes, seen: int, reason: str = "", by: Actor, now: datetime
) -> ZoneMeeting:
    """Keep minutes half done, close them (`held`), or correct those of a meeting that was held, with a reason.

    `seen` is the version that the form showed. Raises `Refused`, of two who write at once for the second, unless both
    wrote the same: one form posted twice is written once.
    """
    must_run(meeting, by, now)
    _must_name_nobody(meeting, minutes, timezone.localdate(now))
    with as_the_product():
        held = hold(meeting)
        was = held.state
        items = {each.pk: each for each in AgendaItem.objects.filter(meeting=held)}
        if held.version != seen and _says_already(held, minutes, items):
            return held
        refuse_if(policies.against_version(held, seen))
        refuse_if(policies.against_minutes(held, reason, timezone.localdate(now)))
        refuse_if(_against(held, minutes, items))
        _must_be_usable(held, minutes, reason)
        _write(held, minutes, items)
        _close(held, minutes, reason, by, now)
    act = Act.ZONE_MEETING_HELD if held.state != was else Act.ZONE_MEETING_SAVED
    note(act, held, {"minutes_no": held.minutes_no, "reason": reason.strip()}, by=by, now=now)
    return held


def _says_already(held: ZoneMeeting, minutes: Minutes, items: Mapping[int, AgendaItem]) -> bool:
    rows = Attendance.objects.filter(meeting=held).values_list("unit_id", "presence", "spoke")
    came = {(unit, said.presence, said.spoke.strip()) for unit, said in minutes.came.items()}
    kept = {(each.topic, each.decision, each.unit_id, each.due_on) for each in items.values()}
    said = {
        (_topic(each, items).strip(), each.decision.strip(), each.unit, each.due_on) for each in minutes.said
    }  # fmt: skip
    closed = held.state == MeetingState.HELD or not minutes.held
    return closed and held.minutes_no == minutes.number.strip() and set(rows) == came and said <= kept


def _close(held: ZoneMeeting, minutes: Minutes, reason: str, by: Actor, now: datetime) -> None:
    if held.state == MeetingState.HELD:
        told = {"on": timezone.localdate(now).isoformat(), "by": by.name, "why": reason.strip()}
        held.corrections = [*held.corrections, told]
    elif minutes.held:
        held.state = MeetingState.HELD
    held.minutes_no = minutes.number.strip()
    grown(held, "state", "minutes_no", "corrections")


def _must_name_nobody(meeting: ZoneMeeting, minutes: Minutes, today: date) -> None:
    """Whoever spoke is told by post. Asked with the eyes of who writes, so that the answer gives away no name."""
    spoken = {unit: came.spoke.strip() for unit, came in minutes.came.items() if came.spoke.strip()}
    if name := queries.first_name_among(meeting.commission, spoken.values(), today):
        words = _("“%(found)s” is a name; expected the post of whoever spoke, such as 书记.")
        refuse("came", words % {"found": name})


def _against(held: ZoneMeeting, minutes: Minutes, items: Mapping[int, AgendaItem]) -> list[Reason]:
    found = []
    closes = minutes.held or held.state == MeetingState.HELD
    missing = [unit for unit in held.units if unit not in minutes.came]
    if closes and missing:
        words = _("%(count)s invited units are without a word whether they came.")
        found.append(Reason("came", words % {"count": len(missing)}))
    if closes and not any(came.presence == Presence.CAME for came in minutes.came.values()):
        found.append(Reason("came", _("No unit came; call the meeting off instead.")))
    number = minutes.number.strip()
    others = ZoneMeeting.objects.filter(commission=held.commission_id, minutes_no=number).exclude(pk=held.pk)
    if number and others.exists():
        words = _("The number %(number)s is that of other minutes already.")
        found.append(Reason("number", words % {"number": number}))
    return [*found, *(reason for each in minutes.said for reason in _against_said(each, held, items))]


def _against_said(said: Said, held: ZoneMeeting, items: Mapping[int, AgendaItem]) -> list[Reason]:
    name, item = _topic(said, items), items.get(said.item or 0)
    found = []
    if (said.unit or said.due_on) and not said.decision.strip():
        words = _("“%(topic)s”: a unit or a day is given, but not what was decided.")
        found.append(Reason("said", words % {"topic": name}))
    if said.due_on and not said.unit:
        words = _("“%(topic)s”: say which unit does it by %(day)s.")
        found.append(Reason("said", words % {"topic": name, "day": said.due_on}))
    if said.due_on and said.due_on < held.day:
        words = _("“%(topic)s”: %(day)s lies before the meeting.")
        found.append(Reason("said", words % {"topic": name, "day": said.due_on}))
    if item and item.done_on and not said.decision.strip():
        words = _("“%(topic)s” is marked as done; its decision cannot be taken out.")
        found.append(Reason("said", words % {"topic": name}))
    return found


def _must_be_usable(held: ZoneMeeting, minutes: Minutes, reason: str) -> None:
    must_be_units(held.commission, [*minutes.came, *(each.unit for each in minutes.said if each.unit)])
    if unknown := [came.presence for came in minutes.came.values() if came.presence not in Presence.values]:
        words = _("“%(found)s” says not whether a unit came; expected one of %(known)s.")
        raise BadInput(words % {"found": unknown[0][:20], "known": listed(Presence.values)})
    lines = [
        minutes.number,
        *(came.spoke for came in minutes.came.values()),
        *(each.topic for each in minutes.said),
    ]
    must_fit(lines, policies.LONGEST_LINE)
    decisions = [each.decision for each in minutes.said]
    must_fit([*decisions, reason], policies.LONGEST_WORDS)
    refuse_if(policies.against_words([*lines, *decisions, reason], checked=minutes.checked))


def _write(held: ZoneMeeting, minutes: Minutes, items: Mapping[int, AgendaItem]) -> None:
    for unit, came in minutes.came.items():
        told = {"presence": came.presence, "spoke": came.spoke.strip()}
        Attendance.objects.update_or_create(meeting=held, unit_id=unit, defaults=told)
    place = max((each.position for each in items.values()), default=0)
    for said in minutes.said:
        if item := items.get(said.item or 0):
            _decide(item, said)
        elif said.item is None and said.topic.strip():
            place += 1
            _decide(AgendaItem(meeting=held, position=place, topic=said.topic.strip()), said)


def _topic(said: Said, items: Mapping[int, AgendaItem]) -> str:
    """What was spoken of: an item of the agenda, or other business."""
    item = items.get(said.item or 0)
    return item.topic if item else said.topic


def _decide(item: AgendaItem, said: Said) -> None:
    item.decision, item.unit_id, item.due_on = said.decision.strip(), said.unit, said.due_on
    item.save()
