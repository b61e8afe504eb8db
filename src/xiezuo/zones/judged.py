"""What a scheme is judged by, and what the judgement says: rules, the facts of a day, and what is not as a rule has it.

Values alone, no tables and no words: a breach names numbers and codes, and `judged_words` says them to a reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

STRUCTURE = "Z00"
"""The code under which faults of the scheme itself are told; no rule of a county can have it, and none can be ended."""

STATION = "驻乡镇纪检监察工作室"
OFFICES = ("监督检查室", "审查调查室")
TOWNSHIPS = ("乡镇纪委", "街道纪工委")
SUPPORT = "综合科室"
ZONED = (*OFFICES, "派驻纪检监察组", STATION, *TOWNSHIPS, "开发区纪检监察工委")
"""Kinds of units that must each be in a zone. Enterprise commissions and dispatched offices, often one team with a
township's, may be in one. The words are those of `organisation.states.UnitKind`."""

IN_CHARGE, ASSISTING, CONTACT = "分管", "协管", "联系"


@dataclass(frozen=True)
class RuleSaid:
    """One rule of zone plans as in force on a day; `edition` is the number of its row, 0 for faults of the scheme itself.

    `limit` is its number, counted in `unit` (a `LimitUnit`), None where it has none.
    """

    code: str
    name: str
    binding: bool
    limit: int | None = None
    unit: str = ""
    clause: str = ""
    badge: str = ""
    basis: str = ""
    edition: int = 0


@dataclass(frozen=True)
class UnitFacts:
    """One unit that stands on the day. `host` and `place` say where a station is; `staff` is None where it is not for
    the reader."""

    unit: int
    code: str
    name: str
    kind: str
    host: str = ""
    place: str = ""
    staff: int | None = None


@dataclass(frozen=True)
class Share:
    """One leader's share in the division of work: a unit, in charge (分管), assisting (协管) or keeping contact (联系)."""

    person: int
    unit: int
    mode: str


@dataclass(frozen=True)
class Ground:
    """The facts of a day that schemes are judged on. Units are in official order.

    `deputies` are the deputy secretaries, `standing` the other leaders but the secretary, `in_post` everybody who holds
    a post. `ways` are minutes from a unit to one that may be an axis, `loads` what the county's sheet says of a unit;
    both are empty where the county gave none.
    """

    units: Mapping[int, UnitFacts] = field(default_factory=dict)
    shares: tuple[Share, ...] = ()
    deputies: frozenset[int] = frozenset()
    standing: frozenset[int] = frozenset()
    in_post: frozenset[int] = frozenset()
    ways: Mapping[tuple[int, int], float] = field(default_factory=dict)
    loads: Mapping[int, Mapping[str, float]] = field(default_factory=dict)

    def kind(self, unit: int) -> str:
        """The kind of a unit, empty for one that does not stand."""
        return self.units[unit].kind if unit in self.units else ""

    def sharing(self, unit: int, *modes: str) -> set[int]:
        """Whose work a unit is in any of these ways."""
        return {each.person for each in self.shares if each.unit == unit and each.mode in modes}


class Fault(StrEnum):
    """What is wrong. Each says which fields of its `Breach` are filled."""

    CODE_TWICE = "code-twice"  # zone; number of zones with the code
    NO_CODE = "no-code"  # nothing
    NAME_TWICE = "name-twice"  # zone, zones: the others of the same name
    NO_NAME = "no-name"  # zone
    NO_LEVEL = "no-level"  # zone
    KIND = "kind"  # zone: a second-level zone is of townships or direct, a first-level one neither
    ZONE_UNKNOWN = "zone-unknown"  # zone, unit or person
    UNIT_GONE = "unit-gone"  # zone, unit
    ROLE_UNKNOWN = "role-unknown"  # zone, unit
    MEMBER_TWICE = "member-twice"  # zone, unit
    LEADER_TWICE = "leader-twice"  # zone, person
    IN_NO_ZONE = "in-no-zone"  # unit
    IN_SEVERAL = "in-several"  # unit, zones
    UNDER_NONE = "under-none"  # zone
    AXIS_COUNT = "axis-count"  # zone, number
    AXIS_NO_STATION = "axis-no-station"  # zone, unit
    AXIS_NO_HUB = "axis-no-hub"  # zone, unit: in a county without stations, neither an office nor a township
    NO_LEAD_OFFICE = "no-lead-office"  # zone
    SPAN = "span"  # person, zones, number, wanted
    SUPPORT_MEMBER = "support-member"  # zone, unit
    HOST_ELSEWHERE = "host-elsewhere"  # zone, unit (the township), other (the axis), zones (where it is)
    TOO_FEW = "too-few"  # zone, number, wanted
    TOO_MANY = "too-many"  # zone, number, wanted
    UNEVEN = "uneven"  # zone, number (staff), wanted (the mean)
    NO_LEADER = "no-leader"  # zone
    SEVERAL_LEADERS = "several-leaders"  # zone, people
    NO_DEPUTY = "no-deputy"  # zone, person
    LEADER_GONE = "leader-gone"  # zone, person
    OTHER_CHARGE = "other-charge"  # unit, zone (first level), people (in charge), person (who leads)
    OTHER_SHARE = "other-share"  # unit, zone, people (assisting or keeping contact), person (who leads)
    OTHER_DEPUTY = "other-deputy"  # zone, person, people (deputies assisted), zones (the first-level zone)
    FAR = "far"  # zone, unit, other (the axis), number, wanted


@dataclass(frozen=True)
class Breach:
    """One thing that is not as a rule has it: where, and the numbers found and wanted."""

    fault: Fault
    zone: str = ""
    unit: int | None = None
    person: int | None = None
    zones: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    other: int | None = None
    number: float | None = None
    wanted: float | None = None


class Standing(StrEnum):
    """How a scheme stands to a rule."""

    MET = "met"
    BROKEN = "broken"
    UNKNOWN = "unknown"  # what the rule needs is not known: no number, no ways, no staff for the reader
    PEOPLE = "people"  # a rule that the county added: for people to judge
    MEETINGS = "meetings"  # a cadence that meetings go by; nothing of a scheme


@dataclass(frozen=True)
class Judged:
    """One rule with what breaks it."""

    rule: RuleSaid
    breaches: tuple[Breach, ...] = ()
    standing: Standing = Standing.MET

    @property
    def met(self) -> bool:
        """Whether the rule was judged and nothing breaks it."""
        return self.standing is Standing.MET

    @property
    def broken(self) -> bool:
        """Whether something breaks the rule."""
        return self.standing is Standing.BROKEN

    @property
    def blocks(self) -> bool:
        """Whether the scheme cannot be decided on because of it."""
        return self.broken and self.rule.binding
