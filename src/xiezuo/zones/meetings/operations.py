"""The writes of zone meetings before they are held: called, changed, called off; and an item that is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.organisation.api import Commission, grow_ledger, units_offered
from xiezuo.shared.errors import BadInput, Reason, refuse_if
from xiezuo.zones.meetings import policies
from xiezuo.zones.models import AgendaItem, ZoneMeeting, ZoneRecord
from xiezuo.zones.queries import meetings as queries
from xiezuo.zones.states import MeetingState


@dataclass(frozen=True)
class Call:
    """When and where a zone meets, who is in the chair, and which units are invited."""

    day: date
    units: Sequence[int]
    place: str = ""
    chair: int | None = None


@dataclass(frozen=True)
class Topic:
    """One item of an agenda: words that point to something, the address of its page, or an item that is taken up again."""

    words: str
    href: str = ""
    carried_from: int | None = None


@dataclass(frozen=True)
class Agenda:
    """What a meeting is to speak of; `checked` says that somebody looked again at words that looked like a matter's."""

    topics: Sequence[Topic] = field(default=())
    checked: bool = False


@transaction.atomic
def plan_meeting(
    *, commission: Commission, zone: int, call: Call, agenda: Agenda, key: UUID, by: Actor, now: datetime
) -> ZoneMeeting:
    """Call a meeting of a zone. The same form posted again gives the same meeting.

    Raises `Refused` for who does not run the zone, a day on which it does not stand or meets already, or words that look
    like the contents of a matter; `BadInput` for units, people or items that are not the commission's.
    """
    today = timezone.localdate(now)
    refuse_if(policies.may_run(by, queries.seat_of(commission, zone, today)))
    with as_the_product():
        # The row of the commission is held, so that of two who call one meeting the second finds the first.
        grow_ledger(commission)
        if earlier := ZoneMeeting.objects.filter(key=key).first():
            return earlier
        refuse_if([*policies.against_day(call.day, today), *_against_call(commission, zone, call, None)])
        _must_be_usable(commission, zone, call, agenda)
        meeting = ZoneMeeting.objects.create(
            commission=commission, zone_id=zone, units=_ordered(call.units), day=call.day, place=call.place.strip(),
            chair_id=call.chair, begun_by=by.name, begun_at=now, key=key,
        )  # fmt: skip
        _write(meeting, agenda)
    note(Act.ZONE_MEETING_PLANNED, meeting, {"items": len(agenda.topics)}, by=by, now=now)
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: ZoneMeeting, call: Call, agenda: Agenda, seen: int, by: Actor, now: datetime
) -> ZoneMeeting:
    """Change day, place, chair, units or agenda of a planned meeting; `seen` is the version that the form showed.

    Raises `Refused`, of two who change it at once for the second, unless both wrote the same.
    """
    must_run(meeting, by, now)
    with as_the_product():
        held = hold(meeting)
        if held.version != seen and _stands_so(held, call, agenda):
            return held
        refuse_if(policies.against_changing(held) or policies.against_version(held, seen))
        against_day = policies.against_day(call.day, timezone.localdate(now))
        refuse_if([*against_day, *_against_call(held.commission, held.zone_id, call, held.pk)])
        _must_be_usable(held.commission, held.zone_id, call, agenda)
        held.units, held.day, held.place, held.chair_id = _ordered(call.units), call.day, call.place.strip(), call.chair  # fmt: skip
        grown(held, "units", "day", "place", "chair")
        _write(held, agenda)
    note(Act.ZONE_MEETING_SAVED, held, {"items": len(agenda.topics)}, by=by, now=now)
    return held


def _stands_so(held: ZoneMeeting, call: Call, agenda: Agenda) -> bool:
    rows = AgendaItem.objects.filter(meeting=held).order_by("position")
    items = list(rows.values_list("topic", "href", "carried_from"))
    wanted = [(each.words.strip(), each.href, each.carried_from) for each in agenda.topics]
    stands = (held.day, list(held.units), held.place, held.chair_id)
    return items == wanted and stands == (call.day, _ordered(call.units), call.place.strip(), call.chair)


@transaction.atomic
def cancel_meeting(*, meeting: ZoneMeeting, reason: str, by: Actor, now: datetime) -> ZoneMeeting:
    """A planned meeting does not take place. Raises `Refused` without a reason."""
    must_run(meeting, by, now)
    with as_the_product():
        held = hold(meeting)
        if held.state == MeetingState.CANCELLED and held.cancelled_because == reason.strip():
            return held
        refuse_if(policies.against_cancelling(held, reason) or policies.against_words([reason], checked=True))
        held.state, held.cancelled_because = MeetingState.CANCELLED, reason.strip()
        grown(held, "state", "cancelled_because")
    note(Act.ZONE_MEETING_CANCELLED, held, {"reason": held.cancelled_because}, by=by, now=now)
    return held


@transaction.atomic
def mark_done(*, item: AgendaItem, done_on: date, by: Actor, now: datetime) -> AgendaItem:
    """What was decided is done, by whoever runs the zone or speaks for the unit that did it; doing it twice changes nothing.

    Raises `Refused` for a day before the meeting or ahead.
    """
    today, shown = timezone.localdate(now), queries.item_shown(None, item.pk)
    seat = queries.seat_of(shown.meeting.commission, shown.meeting.zone_id, today)
    refuse_if(policies.may_finish(by, seat, shown.unit_id))
    with as_the_product():
        meeting = hold(shown.meeting)
        found = AgendaItem.objects.select_related("meeting").get(pk=item.pk)
        if found.done_on is not None:
            return found
        refuse_if(policies.against_done(found, done_on, today))
        found.done_on = done_on
        found.save(update_fields=["done_on"])
        grown(meeting)
    note(Act.ZONE_ITEM_DONE, meeting, {"item": found.pk, "position": found.position, "done_on": done_on}, by=by, now=now)  # fmt: skip
    return found


def must_run(meeting: ZoneMeeting, by: Actor, now: datetime) -> None:
    """With the eyes of who acts: what is not shown to them is not there; the others must run the zone."""
    queries.meeting_shown(meeting.commission, meeting.pk)
    refuse_if(
        policies.may_run(by, queries.seat_of(meeting.commission, meeting.zone_id, timezone.localdate(now)))
    )


def hold(meeting: ZoneMeeting) -> ZoneMeeting:
    """The meeting as it stands, held until the transaction ends: of two who write at once one waits here."""
    rows = ZoneMeeting.objects.select_for_update(of=("self",)).select_related("commission", "zone")
    return rows.get(pk=meeting.pk)


def grown(held: ZoneMeeting, *fields: str) -> None:
    """Save these fields as the next version; pages that were kept are drawn anew."""
    held.version += 1
    held.save(update_fields=["version", *fields])
    grow_ledger(held.commission)


def note(act: Act, meeting: ZoneMeeting, told: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """The act in the journal, with the meeting that it was done to; agenda and minutes are not repeated there."""
    said = {key: value.isoformat() if isinstance(value, date) else value for key, value in told.items()}
    details = {"zone": meeting.zone.code, "day": meeting.day.isoformat(), "version": meeting.version, **said}
    record(act, by=by, at=now, commission_code=meeting.commission.code, target=f"zone_meeting:{meeting.pk}", details=details)  # fmt: skip


def _ordered(units: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(units))


def _against_call(commission: Commission, zone: int, call: Call, own: int | None) -> list[Reason]:
    found = []
    if not ZoneRecord.objects.on(call.day).filter(commission=commission, zone=zone).exists():
        words = _("The zone does not stand on %(day)s.")
        found.append(Reason("day", words % {"day": call.day}))
    others = ZoneMeeting.objects.filter(zone=zone, day=call.day).exclude(state=MeetingState.CANCELLED)
    if others.exclude(pk=own or 0).exists():
        words = _("The zone has a meeting on %(day)s already.")
        found.append(Reason("day", words % {"day": call.day}))
    if not call.units:
        found.append(Reason("units", _("No unit is invited; choose at least one.")))
    return found


def _must_be_usable(commission: Commission, zone: int, call: Call, agenda: Agenda) -> None:
    """Everything that a call and an agenda name is the commission's, short enough, and no contents of a matter."""
    must_be_units(commission, call.units)
    if call.chair is not None and not queries.is_person_of(commission, call.chair):
        raise BadInput(_("Whoever is to be in the chair is not one of this commission."))
    must_fit([call.place, *(each.words for each in agenda.topics)], policies.LONGEST_LINE)
    if len(agenda.topics) > policies.MOST_ITEMS:
        words = _("The agenda has %(found)s items; expected at most %(most)s.")
        raise BadInput(words % {"found": len(agenda.topics), "most": policies.MOST_ITEMS})
    _must_lead_inside(agenda.topics)
    carried = {each.carried_from for each in agenda.topics} - {None}
    known = AgendaItem.objects.filter(meeting__zone=zone, pk__in=list(carried)).count()
    if known != len(carried):
        raise BadInput(_("An item that is to be taken up again is not one of this zone's meetings."))
    refuse_if(
        policies.against_words([call.place, *(each.words for each in agenda.topics)], checked=agenda.checked)
    )


def must_be_units(commission: Commission, units: Iterable[int]) -> None:
    """Raises `BadInput` for a unit that is not the commission's."""
    if not set(units) <= {offered.unit for offered in units_offered(commission)}:
        raise BadInput(_("A unit that was chosen is not one of this commission."))


def must_fit(texts: Iterable[str], most: int) -> None:
    """Raises `BadInput` for words that are too long to be a pointer."""
    for text in texts:
        if len(text) > most:
            words = _("“%(begin)s……” has %(found)s characters; expected at most %(most)s.")
            raise BadInput(words % {"begin": text[:20], "found": len(text), "most": most})


def _must_lead_inside(topics: Iterable[Topic]) -> None:
    for each in topics:
        if each.href and (not each.href.startswith("/") or each.href.startswith("//") or "\\" in each.href):
            words = _(
                "“%(found)s” leads elsewhere; expected the address of a page of this installation, from / on."
            )
            raise BadInput(words % {"found": each.href[:60]})


def _write(meeting: ZoneMeeting, agenda: Agenda) -> None:
    """The agenda in its new order; an item whose words stay keeps what the minutes say of it already."""
    before = {each.topic: each for each in AgendaItem.objects.filter(meeting=meeting)}
    AgendaItem.objects.filter(meeting=meeting).delete()
    AgendaItem.objects.bulk_create(
        _item(meeting, place, each, before.get(each.words.strip()))
        for place, each in enumerate(agenda.topics, 1)
    )


def _item(meeting: ZoneMeeting, place: int, topic: Topic, before: AgendaItem | None) -> AgendaItem:
    kept = {"decision": before.decision, "unit_id": before.unit_id, "due_on": before.due_on} if before else {}
    return AgendaItem(
        meeting=meeting, position=place, topic=topic.words.strip(), href=topic.href, carried_from_id=topic.carried_from, **kept
    )  # fmt: skip
