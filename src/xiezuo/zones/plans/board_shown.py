"""The board of the editor: both levels as cards of zones with their units, what is wrong where, and what may be chosen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from xiezuo.organisation.states import UnitKind
from xiezuo.shared.lists import listed
from xiezuo.ui.choices import words_of
from xiezuo.ui.parts import State
from xiezuo.zones.judged import Breach, Judged
from xiezuo.zones.judged_words import told
from xiezuo.zones.parts import kind_words, role_state
from xiezuo.zones.queries.schemes import Known
from xiezuo.zones.scheme import FIRST, HELPER, ROLES, SECOND, PlannedMember, PlannedZone, Scheme
from xiezuo.zones.states import Role, ZoneKind

Choice = tuple[str, Any]


@dataclass(frozen=True)
class UnitCard:
    """One unit in one zone, or in none: its role, where the ledger has it if that is elsewhere, what is wrong with it."""

    unit: int
    name: str
    kind: Any
    zone: str
    role: str
    state: State | None
    was: str
    moved: bool
    marks: tuple[State, ...]

    @property
    def helps(self) -> bool:
        """Whether it only helps here."""
        return self.role == HELPER

    @property
    def key(self) -> str:
        """Its place on the page."""
        return f"u{self.unit}-{self.zone}" if self.helps else f"u{self.unit}"


@dataclass(frozen=True)
class LeaderChoice:
    """One person who may lead, and how many second-level zones they lead in this plan."""

    person: int
    name: str
    span: str
    chosen: bool


@dataclass(frozen=True)
class ZoneCard:
    """One zone with its leaders, units and what is wrong with it; a first-level one holds those under it."""

    zone: PlannedZone
    kind: Any
    is_new: bool
    leaders: tuple[str, ...]
    choices: tuple[LeaderChoice, ...]
    units: tuple[UnitCard, ...]
    size: str
    marks: tuple[State, ...]
    under: tuple["ZoneCard", ...] = ()

    @property
    def first(self) -> bool:
        """Whether it is of the first level."""
        return self.zone.level == FIRST


@dataclass(frozen=True)
class Drawing:
    """Everything a board is drawn from. `offered` are the people who may be chosen as leaders."""

    scheme: Scheme
    before: Scheme
    known: Known
    judged: Sequence[Judged]
    county_type: str
    offered: Sequence[int] = ()

    @cached_property
    def _names(self) -> dict[str, str]:
        return {each.code: each.name for each in (*self.before.zones, *self.scheme.zones)}

    @cached_property
    def _marks(self) -> tuple[Mapping[int, list[State]], Mapping[str, list[State]]]:
        """What breaks a rule, by unit and, where no unit is named, by zone."""
        units: dict[int, list[State]] = defaultdict(list)
        zones: dict[str, list[State]] = defaultdict(list)
        for judged, breach in breaches(self.judged):
            mark = State(
                told(breach, self.scheme, self.known).found, "bad" if judged.rule.binding else "warn"
            )
            if breach.unit is not None:
                units[breach.unit].append(mark)
            elif breach.zone:
                zones[breach.zone].append(mark)
            for code in () if breach.zone or breach.unit is not None else breach.zones:
                zones[code].append(mark)
        return units, zones

    @cached_property
    def _order(self) -> dict[int, int]:
        return {unit: place for place, unit in enumerate(self.known.units)}

    @cached_property
    def _spans(self) -> Counter[int]:
        second = {each.code for each in self.scheme.at_level(SECOND)}
        return Counter(each.person for each in self.scheme.leaders if each.zone in second)

    def cards(self) -> list[ZoneCard]:
        """The first-level zones with those under each, then the second-level zones that are under none."""
        under: dict[str, list[ZoneCard]] = {each.code: [] for each in self.scheme.at_level(FIRST)}
        loose: list[ZoneCard] = []
        for zone in self.scheme.at_level(SECOND):
            under.get(zone.parent, loose).append(self._card(zone))
        firsts = [self._card(zone, tuple(under[zone.code])) for zone in self.scheme.at_level(FIRST)]
        return [*firsts, *loose]

    def _card(self, zone: PlannedZone, under: tuple[ZoneCard, ...] = ()) -> ZoneCard:
        leaders = self.scheme.leaders_of(zone.code)
        members = self.scheme.members_of(zone.code)
        return ZoneCard(
            zone, kind_words(zone.kind, self.county_type), self.before.zone(zone.code) is None,
            tuple(self._led_by(each, zone) for each in leaders), self._leaders(leaders),
            tuple(self._unit_card(each) for each in self._in_order(members)), self._size(zone), tuple(self._marks[1].get(zone.code, ())), under,
        )  # fmt: skip

    def _leaders(self, chosen: Sequence[int]) -> tuple[LeaderChoice, ...]:
        people = [*self.offered, *(each for each in chosen if each not in self.offered)]
        return tuple(
            LeaderChoice(each, self.known.person(each), self._span(each), each in chosen) for each in people
        )

    def _led_by(self, person: int, zone: PlannedZone) -> str:
        """A leader by name; of a second-level zone with the span, which the rule bounds."""
        name = self.known.person(person)
        return name if zone.level == FIRST else f"{name}（{self._span(person)}）"

    def _span(self, person: int) -> str:
        count = self._spans[person]
        return ngettext("%(count)s second-level zone", "%(count)s second-level zones", count) % {
            "count": count
        }

    def _size(self, zone: PlannedZone) -> str:
        count = len(self.scheme.inside(zone.code))
        return ngettext("%(count)s unit", "%(count)s units", count) % {"count": count}

    def _in_order(self, members: Iterable[PlannedMember]) -> list[PlannedMember]:
        return sorted(
            members, key=lambda each: (ROLES.index(each.role), self._order.get(each.unit, len(self._order)))
        )

    def _unit_card(self, place: PlannedMember) -> UnitCard:
        was = {(each.zone, each.role) for each in self.before.members if each.unit == place.unit}
        moved = (place.zone, place.role) not in was
        return self._shown(place.unit, place.zone, place.role, moved=moved)

    def _shown(self, unit: int, zone: str, role: str, *, moved: bool) -> UnitCard:
        record = self.known.units.get(unit)
        kind = words_of(UnitKind, record.kind) if record else ""
        marks = () if role == HELPER else tuple(self._marks[0].get(unit, ()))
        state = role_state(role) if role else None
        return UnitCard(
            unit,
            self.known.unit(unit),
            kind,
            zone,
            role,
            state,
            self._was(unit) if moved else "",
            moved,
            marks,
        )

    def _was(self, unit: int) -> str:
        """Where the ledger has the unit, in words."""
        places = [each for each in self.before.members if each.unit == unit]
        told_places = listed(
            f"{self._names.get(each.zone, each.zone)}（{Role(each.role).label}）" for each in places
        )
        return told_places or pgettext("unit", "in no zone")

    def outside(self) -> list[UnitCard]:
        """The units that stand on the day and are in no zone of the plan, helpers too, in official order."""
        inside = {each.unit for each in self.scheme.members if each.role != HELPER}
        was = {each.unit for each in self.before.members if each.role != HELPER}
        return [
            self._shown(unit, "", "", moved=unit in was) for unit in self.known.units if unit not in inside
        ]

    def zone_choices(self) -> list[tuple[Any, list[Choice]]]:
        """Where a unit may be put: under each first-level zone its second-level zones and itself; then the others."""
        groups = [(first.name, self._under(first)) for first in self.scheme.at_level(FIRST)]
        loose = [
            (each.code, each.name)
            for each in self.scheme.at_level(SECOND)
            if self.scheme.zone(each.parent) is None
        ]
        return [*groups, *([(_("Under no first-level zone"), loose)] if loose else [])]

    def _under(self, first: PlannedZone) -> list[Choice]:
        own = (first.code, _("directly in %(zone)s") % {"zone": first.name})
        return [*((each.code, each.name) for each in self.scheme.under(first.code)), own]

    def parents(self) -> list[Choice]:
        """The first-level zones, to be chosen from."""
        return [(each.code, each.name) for each in self.scheme.at_level(FIRST)]


def breaches(judged: Iterable[Judged]) -> list[tuple[Judged, Breach]]:
    """Everything that is not as a rule has it, each with its rule."""
    return [(each, breach) for each in judged for breach in each.breaches]


def role_choices() -> list[Choice]:
    """The roles of a unit in a zone."""
    return [(each.value, each.label) for each in Role]


def kind_choices(county_type: str) -> list[Choice]:
    """The kinds of a second-level zone."""
    return [(each.value, kind_words(each, county_type)) for each in (ZoneKind.TOWNSHIP, ZoneKind.DIRECT)]
