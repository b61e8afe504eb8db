"""What a template may see of a county on a day, beside the figures: records with plain fields, in official order."""

from dataclasses import dataclass, field
from datetime import date

from xiezuo.reports.language.values import Fact


@dataclass(frozen=True, slots=True)
class County(Fact):
    """The commission. `type` is 县, 市 or 区, `direct` how its direct zones are called, `above` its superior's name."""

    name: str
    region: str
    type: str
    direct: str
    above: str


@dataclass(frozen=True, slots=True)
class Unit(Fact):
    """A unit with its people on the day, each once; `lent` are those who belong elsewhere, `headed`: a 组长 is in post."""

    name: str
    kind: str
    staff: int
    full_time: int
    part_time: int
    lent: int
    headed: bool
    zoned: bool


@dataclass(frozen=True, slots=True)
class Zone(Fact):
    """A zone with the names of its units by role, and how many people lead it."""

    name: str
    level: str
    kind: str
    axis: str
    leads: str
    members: str
    leaders: int


@dataclass(frozen=True, slots=True)
class Regulation(Fact):
    """A regulation with its one status on the day, `stage` being that status in words of a report."""

    name: str
    document_no: str
    status: str
    stage: str


@dataclass(frozen=True, slots=True)
class Site(Fact):
    """A room or place. `built`: in use on the day; otherwise it is planned. `due`: when works on it end; `near` in words."""

    name: str
    unit: str
    kind: str
    built: bool
    due: date | None
    near: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Works(Fact):
    """Works that are going on at a site. `contents` is what is done; `overdue`: the due day has passed."""

    name: str
    unit: str
    kind: str
    contents: str
    due: date | None
    near: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class PlanItem(Fact):
    """An item of the year's plan; `near` says when it was done, or is due."""

    name: str
    category: str
    aim: str
    progress: str
    unit: str
    done: bool
    due: date | None
    near: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Directive(Fact):
    """A demand of a superior that stands on the day."""

    name: str
    source: str
    document_no: str
    issued: date


@dataclass(frozen=True, slots=True)
class Meeting(Fact):
    """A meeting or visit of the year up to the day."""

    name: str
    kind: str
    held: date
    attended: str
    units: int


@dataclass(frozen=True, slots=True)
class Month(Fact):
    """A month of the year, up to the day."""

    name: str
    number: int


@dataclass(slots=True)
class State:
    """Everything of one county on one day, by the name under which a template asks for it."""

    county: County
    townships: list[Unit] = field(default_factory=list)
    groups: list[Unit] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    regulations: list[Regulation] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    works: list[Works] = field(default_factory=list)
    plan: list[PlanItem] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    lent_to_groups: int = 0
