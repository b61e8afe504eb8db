"""Deadlines as a calendar that other programs read (RFC 5545). Knows no table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """One day by which something is to be done. `key` stays the same as long as it is the same thing; `href` is whole."""

    key: str
    words: str
    due: date
    href: str


def calendar_of(deadlines: Iterable[Deadline], *, title: str, site: str, now: datetime) -> bytes:
    """The calendar as a file: an event of one whole day for each deadline.

    Events and no to-dos (VTODO), which the commonest calendars leave out of what they subscribe to. They take no time
    (TRANSP), so that nobody seems busy.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Xiezuo//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for deadline in deadlines:
        calendar.add_component(_event(deadline, site, now))
    return calendar.to_ical()


def _event(deadline: Deadline, site: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{site} {deadline.key}")))
    event.add("dtstamp", now)
    event.add("dtstart", deadline.due)
    event.add("dtend", deadline.due + ONE_DAY)
    event.add("summary", deadline.words)
    event.add("url", deadline.href)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
