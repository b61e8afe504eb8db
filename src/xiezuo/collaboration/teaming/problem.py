"""What is asked and what is answered when teams are composed, as values.

Days are half-open, `[starts, ends)`. Codes are compared as they stand; no order of input decides anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

Days = tuple[date, date]


class Kind(Enum):
    """What a rule of a need is about."""

    SIZE = "size"
    ROLE = "role"
    SKILL = "skill"
    WOMEN = "women"
    OWN = "own"
    PINNED = "pinned"
    MOST_OF_UNIT = "most-of-unit"
    LEAST_UNITS = "least-units"
    PERSON = "person"
    """A member cannot go; or is nobody that is known."""
    TWICE = "twice"
    """A person stands in one team twice, or in two teams at once."""


@dataclass(frozen=True)
class Person:
    """Somebody who may be sent.

    `woman` is False for whom that is not known of, so nobody unknown meets a need. `load` is what the person bore in the
    window that fairness looks at, before any team given now; teams count 1 each. `busy` are days of other teams, posts
    elsewhere, loans and leave.
    """

    id: str
    unit: str
    woman: bool = False
    roles: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    own: bool = False
    full_time: bool = False
    busy: tuple[Days, ...] = ()
    load: float = 0.0
    travel: Mapping[str, float] = field(default_factory=dict)
    """By need: how far, in any unit that is the same for all; a need that is not named costs nothing."""


@dataclass(frozen=True)
class Need:
    """One request for a team: so many places, filled whole or not at all; one person may meet several of its needs.

    `roles` says how many holders of a role there are at least, each of `skills` is held by one member at least, `women`
    and `own` are least numbers. `barred` gives a reason code for each person who must not go, whatever it costs.
    """

    id: str
    size: int
    starts: date
    ends: date
    roles: Mapping[str, int] = field(default_factory=dict)
    skills: frozenset[str] = frozenset()
    women: int = 0
    own: int = 0
    barred: Mapping[str, str] = field(default_factory=dict)
    units_barred: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    """Are in the team if there is one."""
    kept: frozenset[str] = frozenset()
    """Members of the former team when it is planned anew: few of them should change."""
    most_of_unit: int | None = None
    least_units: int = 0
    may_lift: frozenset[str] = frozenset()
    """Reason codes of bars that may be named as something to give. A recusal's is never among them."""
    firm: frozenset[Kind] = frozenset({Kind.OWN})
    """Demands that are never named as something to give, as those of the law."""


@dataclass(frozen=True)
class Weights:
    """What further matters once the three goals are reached: the price of a part-time member, of one unit of travel, of
    each member beyond the first of one unit, and of each former member who does not stay."""

    part_time: float = 4.0
    travel: float = 1.0
    same_unit: float = 1.0
    change: float = 2.0


@dataclass(frozen=True)
class Goals:
    """The three goals in their order: places of needs that are not filled, greatest load of anybody, sum of squared loads.

    Loads are those of all people, with a team or without.
    """

    unfilled: int
    max_load: float
    squares: float


@dataclass(frozen=True)
class Proposal:
    """Teams for several needs. `teams` has the needs that are filled, `unfilled` the missing places of all others.

    No answer has goals better than `bound`, goal by goal; `proven`: none is better than this one. `excluded` names by
    need who cannot go at all, with the reason code.
    """

    teams: Mapping[str, tuple[str, ...]]
    unfilled: Mapping[str, int]
    goals: Goals
    bound: Goals
    proven: bool
    excluded: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Rule:
    """One countable demand of a need: `of` is the role or skill, else empty; `least` of the members must meet it."""

    kind: Kind
    of: str
    least: int

    def met_by(self, person: Person) -> bool:
        """Whether a member counts for it."""
        match self.kind:
            case Kind.ROLE:
                return self.of in person.roles
            case Kind.SKILL:
                return self.of in person.skills
            case Kind.WOMEN:
                return person.woman
            case _:
                return person.own


def rules_of(need: Need) -> tuple[Rule, ...]:
    """The demands that members meet one by one, in the order in which a reader expects them."""
    found = [
        *(Rule(Kind.ROLE, role, least) for role, least in sorted(need.roles.items())),
        *(Rule(Kind.SKILL, skill, 1) for skill in sorted(need.skills)),
        Rule(Kind.OWN, "", need.own),
        Rule(Kind.WOMEN, "", need.women),
    ]
    return tuple(rule for rule in found if rule.least > 0)


@dataclass(frozen=True)
class Member:
    """Why somebody is in a team: what of the need the person meets, and what the choice weighed."""

    person: str
    meets: tuple[Rule, ...]
    load_after: float
    own: bool
    full_time: bool
    travel: float
    stays: bool
    """Was in the former team."""


@dataclass(frozen=True)
class Binding:
    """A demand that this team meets with nobody to spare: without any one of `by` it would break."""

    rule: Rule
    by: tuple[str, ...]


@dataclass(frozen=True)
class Team:
    """One way to fill one need, with its reasons."""

    members: tuple[Member, ...]
    binding: tuple[Binding, ...]
    max_load: float
    squares: float
    price: float
    """Of what further matters, by the weights."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Who is in it."""
        return tuple(each.person for each in self.members)


class Way(Enum):
    """What may be given beside the demands of a need."""

    LIFT = "lift"
    """A bar that the caller said may be lifted: `of` is its reason code."""
    FREE = "free"
    """A person is freed from what keeps them busy on these days."""
    LATER = "later"
    """The same length of work begins on `starts`."""


@dataclass(frozen=True)
class Give:
    """One thing that is let go so that a need can be filled.

    Of a demand (`Kind`, and which role or skill in `of`) that asks for `found`, `enough` would do; else see `Way`.
    """

    kind: Kind | Way
    of: str = ""
    found: int = 0
    enough: int = 0
    person: str = ""
    starts: date | None = None
