"""What breaks a rule of zone plans, in the reader's words: where, what was found, what was expected."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.shared.lists import listed
from xiezuo.zones.judged import Breach, Fault
from xiezuo.zones.scheme import Scheme

if TYPE_CHECKING:
    from xiezuo.zones.queries.schemes import Known


@dataclass(frozen=True)
class Told:
    """One breach in words: where (a unit, a zone or a person), what was found and what was expected."""

    where: str
    found: str
    expected: str

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        words = _("%(where)s: %(found)s (expected: %(expected)s)")
        return words % {"where": self.where, "found": self.found, "expected": self.expected}


def told(breach: Breach, scheme: Scheme, known: "Known") -> Told:
    """One breach in words; zones by their names in the scheme, units and people by those of the day."""
    names = _names(breach, scheme, known)
    found, expected = PHRASES[breach.fault]
    where = names["unit"] or names["zone"] or names["person"] or _("the plan")
    return Told(where, found() % names, expected() % names)


def _names(breach: Breach, scheme: Scheme, known: "Known") -> dict[str, str]:
    return {
        "code": breach.zone,
        "codes": _row((breach.zone, *breach.zones)),
        "zone": _zone(breach.zone, scheme),
        "zones": _row(_zone(each, scheme) for each in breach.zones),
        "unit": "" if breach.unit is None else known.unit(breach.unit),
        "other": "" if breach.other is None else known.unit(breach.other),
        "person": "" if breach.person is None else known.person(breach.person),
        "people": _row(known.person(each) for each in breach.people),
        "number": _number(breach.number),
        "wanted": _number(breach.wanted),
    }


def _zone(code: str, scheme: Scheme) -> str:
    zone = scheme.zone(code)
    return (zone.name.strip() if zone else "") or code


def _row(names: Iterable[str]) -> str:
    return listed(names)


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


Phrase = Callable[[], str]
PHRASES: dict[Fault, tuple[Phrase, Phrase]] = {
    Fault.NO_CODE: (
        lambda: _("a zone has no code"),
        lambda: _("each zone has a code of its own"),
    ),
    Fault.CODE_TWICE: (
        lambda: _("%(number)s zones have the code %(code)s"),
        lambda: _("each zone has a code of its own"),
    ),
    Fault.NAME_TWICE: (
        lambda: _("the zones with the codes %(codes)s have one name"),
        lambda: _("each zone has a name of its own"),
    ),
    Fault.NO_NAME: (lambda: _("the zone has no name"), lambda: _("a name")),
    Fault.NO_LEVEL: (
        lambda: _("the zone has no level"),
        lambda: _("first level or second level"),
    ),
    Fault.KIND: (
        lambda: _("the kind of the zone does not go with its level"),
        lambda: _("a second-level zone is a township zone or a direct zone; a first-level zone has no kind and no zone above it"),
    ),
    Fault.ZONE_UNKNOWN: (
        lambda: _("is put into a zone %(code)s that the plan does not have"),
        lambda: _("a zone of the plan"),
    ),
    Fault.UNIT_GONE: (
        lambda: _("does not stand on the day from which the plan holds, and is in %(zone)s"),
        lambda: _("units that stand on that day"),
    ),
    Fault.ROLE_UNKNOWN: (
        lambda: _("has no known role in %(zone)s"),
        lambda: _("axis, lead unit, member or helper"),
    ),
    Fault.MEMBER_TWICE: (
        lambda: _("is in %(zone)s more than once"),
        lambda: _("once, in one role"),
    ),
    Fault.LEADER_TWICE: (
        lambda: _("%(person)s is named as its leader more than once"),
        lambda: _("once"),
    ),
    Fault.IN_NO_ZONE: (
        lambda: _("is in no second-level zone"),
        lambda: _("exactly one"),
    ),
    Fault.IN_SEVERAL: (
        lambda: _("is in %(number)s second-level zones: %(zones)s"),
        lambda: _("exactly one"),
    ),
    Fault.UNDER_NONE: (
        lambda: _("is under no first-level zone"),
        lambda: _("one first-level zone of the plan"),
    ),
    Fault.AXIS_COUNT: (
        lambda: _("has %(number)s axes"),
        lambda: _("exactly one axis"),
    ),
    Fault.AXIS_NO_STATION: (
        lambda: _("is the axis of %(zone)s and no township station"),
        lambda: _("a township station as axis"),
    ),
    Fault.AXIS_NO_HUB: (
        lambda: _("is the axis of %(zone)s, in a county without township stations"),
        lambda: _("a supervision or investigation office, or a central township"),
    ),
    Fault.NO_LEAD_OFFICE: (
        lambda: _("no supervision or investigation office leads here"),
        lambda: _("at least one"),
    ),
    Fault.SPAN: (
        lambda: _("leads %(number)s second-level zones: %(zones)s"),
        lambda: _("at most %(wanted)s"),
    ),
    Fault.SUPPORT_MEMBER: (
        lambda: _("is a support office and a member of %(zone)s"),
        lambda: _("in no zone, or as a helper"),
    ),
    Fault.HOST_ELSEWHERE: (
        lambda: _("houses the axis %(other)s and is not in %(zone)s"),
        lambda: _("in the zone of the axis that it houses"),
    ),
    Fault.TOO_FEW: (lambda: _("has %(number)s units"), lambda: _("at least %(wanted)s")),
    Fault.TOO_MANY: (lambda: _("has %(number)s units"), lambda: _("at most %(wanted)s")),
    Fault.UNEVEN: (
        lambda: _("has %(number)s people in post"),
        lambda: _("closer to the mean of the zones of its kind, %(wanted)s"),
    ),
    Fault.NO_LEADER: (lambda: _("has no leader"), lambda: _("exactly one leader")),
    Fault.SEVERAL_LEADERS: (
        lambda: _("has %(number)s leaders: %(people)s"),
        lambda: _("exactly one leader"),
    ),
    Fault.NO_DEPUTY: (
        lambda: _("is led by %(person)s, who is no deputy secretary on that day"),
        lambda: _("a deputy secretary"),
    ),
    Fault.LEADER_GONE: (
        lambda: _("is led by %(person)s, who holds no post on that day"),
        lambda: _("somebody in post"),
    ),
    Fault.OTHER_CHARGE: (
        lambda: _("%(person)s leads its first-level zone (%(zone)s), and %(people)s is in charge of it"),
        lambda: _("whoever is in charge of a unit leads its first-level zone"),
    ),
    Fault.OTHER_SHARE: (
        lambda: _("%(person)s leads its second-level zone (%(zone)s), and %(people)s assists with it or keeps contact with it"),
        lambda: _("whoever assists with a unit or keeps contact with it leads its second-level zone"),
    ),
    Fault.OTHER_DEPUTY: (
        lambda: _("%(person)s leads it and assists %(people)s, who does not lead %(zones)s above it"),
        lambda: _("a zone under the first-level zone of the deputy secretary assisted"),
    ),
    Fault.FAR: (
        lambda: _("it is %(number)s minutes to the axis %(other)s of %(zone)s"),
        lambda: _("at most %(wanted)s minutes"),
    ),
}  # fmt: skip
"""What is found and what is expected, for each fault."""
