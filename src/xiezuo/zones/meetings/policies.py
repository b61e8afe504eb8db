"""Who may do what with a meeting of a zone, and what stands against it. An empty list means yes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import DUTIES, Ability, Actor, Scope, has, may
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.shared.suspect import Found, Looks, suspicions
from xiezuo.zones.states import MeetingState

if TYPE_CHECKING:
    from xiezuo.zones.models import AgendaItem, ZoneMeeting

MOVED_ON = "minutes-moved-on"
LOOKS_LIKE_A_MATTER = "checked"
"""The code is the name of the field that says that somebody looked again."""

FARTHEST = timedelta(days=366)
LONGEST_LINE = 200
LONGEST_WORDS = 2_000
MOST_ITEMS = 60


@dataclass(frozen=True)
class Seat:
    """Who runs a zone: the axis or lead units of it, and who leads it or the zone above it."""

    commission: int
    zone: int
    parent: int | None
    centre: tuple[int, ...]


def may_run(actor: Actor, seat: Seat) -> list[Reason]:
    """Whether `actor` may call the meetings of a zone and write their minutes."""
    reasons = may(actor, Ability.RUN_ZONE, commission=seat.commission)
    over_units = any(
        has(actor, Ability.RUN_ZONE, commission=seat.commission, unit=unit) for unit in seat.centre
    )
    return [] if over_units or _leads(actor, seat) else reasons


def _leads(actor: Actor, seat: Seat) -> bool:
    roles = DUTIES[Ability.RUN_ZONE].scoped
    return any(
        held.scope_kind == Scope.ZONE and held.scope_id in {seat.zone, seat.parent} and held.role in roles
        for held in actor.held
    )


@dataclass(frozen=True)
class Sees:
    """Whose meetings are for a reader: everybody's, or those of zones that they lead or that have units of theirs."""

    everything: bool
    units: frozenset[int] = frozenset()
    led: frozenset[int] = frozenset()

    def zone(self, zone: int, inside: Collection[int]) -> bool:
        """Whether the meetings of a zone with these units are."""
        return self.everything or zone in self.led or bool(self.units & set(inside))


def sees_of(actor: Actor, commission: int) -> Sees:
    """Whose meetings are for the actor, as the database has it too."""
    roles = DUTIES[Ability.SEE_MATTERS].scoped
    mine = [held for held in actor.held if held.commission == commission and held.role in roles]
    over = {kind: frozenset(held.scope_id for held in mine if held.scope_kind == kind) for kind in Scope}
    return Sees(has(actor, Ability.SEE_MATTERS, commission=commission), over[Scope.UNIT], over[Scope.ZONE])


def may_finish(actor: Actor, seat: Seat, unit: int | None) -> list[Reason]:
    """Whether `actor` may say that an item is done: who runs the zone, and who speaks for the unit that does it."""
    speaks = unit is not None and has(actor, Ability.SPEAK_FOR_UNIT, commission=seat.commission, unit=unit)
    return [] if speaks else may_run(actor, seat)


def against_day(day: date, today: date) -> list[Reason]:
    """What stands against a meeting on that day."""
    if day > today + FARTHEST:
        words = _("%(day)s is too far ahead; expected a day within a year.")
        return [Reason("day", words % {"day": day})]
    return []


def against_changing(meeting: "ZoneMeeting") -> list[Reason]:
    """Whether day, place and agenda can be changed now."""
    if meeting.state == MeetingState.PLANNED:
        return []
    words = _("This meeting is “%(state)s”; only a planned one can be changed.")
    return [Reason("state", words % {"state": MeetingState(meeting.state).label})]


def against_minutes(meeting: "ZoneMeeting", reason: str, today: date) -> list[Reason]:
    """Whether minutes can be written: not before the day; of a meeting that was held only with a reason."""
    if meeting.state == MeetingState.CANCELLED:
        words = _("This meeting was cancelled: %(why)s")
        return [Reason("state", words % {"why": meeting.cancelled_because})]
    if meeting.state == MeetingState.HELD and not reason.strip():
        words = _("The minutes of a meeting that was held are corrected only with a reason.")
        return [Reason("reason", words)]
    if meeting.day > today:
        words = _("The meeting is on %(day)s; its minutes are written from that day on.")
        return [Reason("day", words % {"day": meeting.day})]
    return []


def against_cancelling(meeting: "ZoneMeeting", reason: str) -> list[Reason]:
    """Whether the meeting can be cancelled, for that reason."""
    found = against_changing(meeting)
    return found if reason.strip() else [*found, Reason("reason", _("Say why the meeting does not take place."))]  # fmt: skip


def against_version(meeting: "ZoneMeeting", seen: int) -> list[Reason]:
    """Of two who write one meeting at once the second is told."""
    if meeting.version == seen:
        return []
    words = _("Somebody else changed this meeting meanwhile. What they wrote stands below; your words are kept in the form. Compare, and save again.")  # fmt: skip
    return [Reason(MOVED_ON, words)]


def against_done(item: "AgendaItem", done_on: date, today: date) -> list[Reason]:
    """What stands against marking an item done on that day."""
    if item.meeting.state != MeetingState.HELD or not item.decision:
        return [Reason("state", _("Nothing was decided on this item yet."))]
    if not item.meeting.day <= done_on <= today:
        words = _("%(day)s is found; expected a day from %(first)s to %(last)s.")
        named = {"day": done_on, "first": item.meeting.day, "last": today}
        return [Reason("done_on", words % named)]
    return []


def against_words(texts: Iterable[str], *, checked: bool) -> list[Reason]:
    """Identity numbers are refused; what only looks like contents of a matter is refused until somebody looked again."""
    found = suspicions(texts)
    certain = [each for each in found if each.looks == Looks.IDENTITY]
    if certain:
        words = _(
            "This holds an identity number (%(shown)s). Minutes hold no data of persons concerned; take it out."
        )
        return [Reason("identity", words % {"shown": certain[0].shown})]
    return [] if checked or not found else [_looks_like(found)]


def _looks_like(found: Sequence[Found]) -> Reason:
    words = _("This looks like contents of a matter: %(found)s. Only numbers and kinds of matters belong here. If it is something else, tick the box and save again.")  # fmt: skip
    told = listed(f"{_NAMES[each.looks]()} {each.shown}" for each in found)
    return Reason(LOOKS_LIKE_A_MATTER, words % {"found": told})


_NAMES = {
    Looks.IDENTITY: lambda: _("an identity number"),
    Looks.TELEPHONE: lambda: _("a telephone number"),
    Looks.NAMES: lambda: _("a list of names"),
    Looks.CONTENT: lambda: _("a word for what a matter is about"),
}
