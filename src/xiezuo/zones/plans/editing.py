"""What one form of the editor does to a plan: a scheme and what was sent give another scheme and the sentence that says it.

Values alone, no tables: the page, the drag of a card and the tests go through here. Raises `BadInput` for what cannot be meant.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from xiezuo.shared.errors import BadInput
from xiezuo.shared.lists import listed
from xiezuo.zones.queries.schemes import Known
from xiezuo.zones.scheme import FIRST, HELPER, ROLES, SECOND, PlannedZone, Scheme
from xiezuo.zones.scheme_acts import free_code
from xiezuo.zones.states import Level, Role, ZoneKind

LONGEST_NAME = 60
NOWHERE = ""
"""The zone of who leaves all zones."""

_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True)
class Sent:
    """What a form of the editor sent: single values, and those that may stand several times."""

    values: Mapping[str, str]
    several: Mapping[str, Sequence[str]]

    def word(self, name: str) -> str:
        """One value without blanks around it."""
        return self.values.get(name, "").strip()

    def number(self, name: str) -> int:
        """One value that is a number. Raises `BadInput`."""
        return _number(self.word(name))

    def numbers(self, name: str) -> list[int]:
        """Values that are numbers, each once. Raises `BadInput`."""
        return list(dict.fromkeys(_number(each.strip()) for each in self.several.get(name, ())))


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise BadInput(_("“%(found)s” is no number; choose from the list.") % {"found": text[:20]})
    return int(text)


@dataclass(frozen=True)
class Board:
    """What an act is done on: the plan, the ledger of its first day, and whom and what its units and people are called."""

    scheme: Scheme
    before: Scheme
    known: Known
    leaders: Collection[int] = ()
    """Who may be named as a leader."""
    codes: Collection[str] = ()
    """Every code that a zone ever had, so that a new one is new."""

    def zone(self, code: str) -> PlannedZone:
        """The zone of that code. Raises `BadInput`."""
        found = self.scheme.zone(code)
        if found is None:
            raise BadInput(_("There is no zone “%(found)s” in this plan.") % {"found": code[:20]})
        return found

    def unit(self, number: int) -> int:
        """A unit that stands on the first day, or that the plan holds already. Raises `BadInput`."""
        if number not in self.known.units and not self.scheme.places(number):
            words = _("No unit of this commission has the number %(found)s on the plan's first day.")
            raise BadInput(words % {"found": number})
        return number


@dataclass(frozen=True)
class Edited:
    """What came of an act, and what is said of it in one sentence."""

    scheme: Scheme
    said: str


def edited(verb: str, sent: Sent, board: Board) -> Edited:
    """Do one act of the editor. Raises `BadInput`."""
    act = ACTS.get(verb)
    if act is None:
        raise BadInput(_("“%(found)s” is nothing that can be done with a plan.") % {"found": verb[:20]})
    return act(sent, board)


def _put(sent: Sent, board: Board) -> Edited:
    unit, code = board.unit(sent.number("unit")), sent.word("zone")
    if code == NOWHERE:
        return _out(unit, board)
    zone, role = board.zone(code), sent.word("role")
    if role not in ROLES:
        known = listed(ROLES)
        raise BadInput(
            _("“%(found)s” is no role; expected one of %(known)s.") % {"found": role[:20], "known": known}
        )
    words = _("%(unit)s is now in %(zone)s as %(role)s.")
    named = {"unit": board.known.unit(unit), "zone": zone.name, "role": Role(role).label}
    return Edited(board.scheme.put(unit, code, role), words % named)


def _out(unit: int, board: Board) -> Edited:
    said = _("%(unit)s is now in no zone.") % {"unit": board.known.unit(unit)}
    return Edited(board.scheme.take_out(unit), said)


def _stop_helping(sent: Sent, board: Board) -> Edited:
    unit, zone = board.unit(sent.number("unit")), board.zone(sent.word("zone"))
    words = _("%(unit)s no longer helps %(zone)s.")
    members = tuple(
        each
        for each in board.scheme.members
        if (each.unit, each.zone, each.role) != (unit, zone.code, HELPER)
    )
    said = words % {"unit": board.known.unit(unit), "zone": zone.name}
    return Edited(replace(board.scheme, members=members), said)


def _back(sent: Sent, board: Board) -> Edited:
    """The unit where the ledger has it, as far as those zones are in the plan."""
    unit = board.unit(sent.number("unit"))
    scheme = board.scheme.take_out(unit)
    for place in board.before.members:
        if place.unit == unit and scheme.zone(place.zone) is not None:
            scheme = scheme.put(unit, place.zone, place.role)
    said = _("%(unit)s is back where the ledger has it.") % {"unit": board.known.unit(unit)}
    return Edited(scheme, said)


def _add(sent: Sent, board: Board) -> Edited:
    zone = planned_zone(sent, board, new_code(board, sent.word("level")))
    return Edited(board.scheme.with_zone(zone), _("%(zone)s has been added.") % {"zone": zone.name})


def _describe(sent: Sent, board: Board) -> Edited:
    old = board.zone(sent.word("zone"))
    values = {**sent.values, "level": old.level}
    zone = planned_zone(Sent(values, sent.several), board, old.code)
    return Edited(board.scheme.with_zone(zone), _("%(zone)s has been changed.") % {"zone": zone.name})


def planned_zone(sent: Sent, board: Board, code: str) -> PlannedZone:
    """The zone that a form describes. Raises `BadInput`."""
    name, level = sent.word("name"), sent.word("level")
    if level not in Level.values:
        raise BadInput(_("“%(found)s” is no level of a zone.") % {"found": level[:20]})
    _must_be_a_name(name, code, board)
    if level == FIRST:
        return PlannedZone(code, name, FIRST)
    kind, parent = sent.word("kind"), sent.word("parent")
    if kind not in (ZoneKind.TOWNSHIP, ZoneKind.DIRECT):
        words = _("Say whether %(zone)s is a township zone or a direct zone.")
        raise BadInput(words % {"zone": name})
    if parent and board.zone(parent).level != FIRST:
        raise BadInput(
            _("%(zone)s is no first-level zone; a zone belongs to one of these.")
            % {"zone": board.zone(parent).name}
        )
    return PlannedZone(code, name, SECOND, kind, parent)


def _must_be_a_name(name: str, code: str, board: Board) -> None:
    if not name:
        raise BadInput(_("The zone has no name; write one."))
    if len(name) > LONGEST_NAME or not name.isprintable():
        words = _(
            "The name “%(found)s” has %(length)s characters; expected at most %(most)s, all of them readable."
        )
        raise BadInput(words % {"found": name[:20], "length": len(name), "most": LONGEST_NAME})
    if any(each.name == name and each.code != code for each in board.scheme.zones):
        raise BadInput(_("Another zone of this plan is called “%(name)s” already.") % {"name": name})


def new_code(board: Board, level: str) -> str:
    """A code that no zone of this commission ever had."""
    return free_code(board.scheme, (*board.codes, *(each.code for each in board.before.zones)), level)


def _close(sent: Sent, board: Board) -> Edited:
    zone = board.zone(sent.word("zone"))
    left = len(board.scheme.inside(zone.code)) if zone.level == SECOND else len(board.scheme.under(zone.code))
    words = {
        FIRST: _("%(zone)s has been taken out of the plan; %(left)s zones under it now belong to none."),
        SECOND: _("%(zone)s has been taken out of the plan; %(left)s units of it are now in no zone."),
    }[zone.level]
    return Edited(board.scheme.without_zone(zone.code), words % {"zone": zone.name, "left": left})


def _lead(sent: Sent, board: Board) -> Edited:
    zone, people = board.zone(sent.word("zone")), sent.numbers("person")
    allowed = {*board.leaders, *board.scheme.leaders_of(zone.code)}
    for person in people:
        if person not in allowed:
            raise BadInput(
                _("The person with the number %(found)s cannot be chosen as a leader.") % {"found": person}
            )
    names = listed(board.known.person(each) for each in people) or _("nobody")
    words = _("%(zone)s is now led by %(names)s.")
    return Edited(board.scheme.led(zone.code, people), words % {"zone": zone.name, "names": names})


ACTS: dict[str, Callable[[Sent, Board], Edited]] = {
    "put": _put, "stop-helping": _stop_helping, "back": _back, "add-zone": _add, "describe-zone": _describe, "close-zone": _close,
    "lead": _lead,
}  # fmt: skip
"""The word that a form sends → what it does."""
