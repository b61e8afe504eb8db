"""Parts of the pages of zones: tables, the map, the lanes of a zone's timeline."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiezuo.organisation.api import withheld
from xiezuo.organisation.states import CountyType, UnitKind
from xiezuo.shared.lists import listed
from xiezuo.ui.absence import period_words
from xiezuo.ui.choices import filled, words_of
from xiezuo.ui.links import linker
from xiezuo.ui.parts import Link, State, joined
from xiezuo.ui.table import Column, Table
from xiezuo.ui.timeline import Fact, Lane
from xiezuo.zones.queries import InZone, Matrix, MatrixRow, Named, Span, ZoneMap, ZonePage, ZoneRow
from xiezuo.zones.queries.lists import together
from xiezuo.zones.queries.zone import Part
from xiezuo.zones.states import Level, Role, ZoneKind

ROLE_TONES = {Role.AXIS: "good", Role.LEAD: "good", Role.MEMBER: "quiet", Role.HELPER: "wait"}

NO_MARKS: Mapping[int, str] = {}


def kind_words(kind: str, county_type: str) -> Any:
    """The kind of a second-level zone; a city calls its direct zones 市直, a district 区直."""
    if kind == ZoneKind.DIRECT and county_type == CountyType.CITY:
        return _("direct zone of the city")
    if kind == ZoneKind.DIRECT and county_type == CountyType.DISTRICT:
        return _("direct zone of the district")
    return words_of(ZoneKind, kind) if kind else ""


def role_state(role: str) -> State:
    """The role of a unit in a zone, with a shape of its own."""
    return State(
        words_of(Role, role), ROLE_TONES.get(Role(role), "quiet") if role in Role.values else "quiet"
    )


def people_links(request: HttpRequest, people: Iterable[Named]) -> Any:
    """Names of people, each linked."""
    to = linker(request, "organisation:person")
    return joined(Link(one.name, to(one.id)) for one in people)


def unit_links(request: HttpRequest, units: Iterable[Named]) -> Any:
    """Names of units, each linked."""
    to = linker(request, "organisation:unit")
    return joined(Link(one.name, to(one.id)) for one in units)


def zone_links(request: HttpRequest, zones: Iterable[Named]) -> Any:
    """Names of zones, each linked."""
    to = linker(request, "zones:zone")
    return joined(Link(one.name, to(one.id)) for one in zones)


def number(people: int | None, opens: str = "") -> Any:
    """A number of people, opening to their list; a dash that says why where it is not for the reader."""
    if people is None:
        return withheld()
    return Link(str(people), opens) if opens else people


def list_columns(request: HttpRequest) -> list[Column]:
    """Zones on a day. Columns of numbers cannot be sorted: zones are never ranked."""
    to = linker(request, "zones:zone")
    return [
        Column("name", gettext_lazy("Zone"), searchable=True, link=lambda row: to(row["zone"])),
        Column("level", gettext_lazy("Level"), filterable=True),
        Column("kind", gettext_lazy("Kind"), filterable=True),
        Column("parent", gettext_lazy("Belongs to"), filterable=True),
        Column("leaders", gettext_lazy("Contact leaders"), searchable=True, sortable=False),
        Column("centre", gettext_lazy("Axis or lead units"), searchable=True, sortable=False),
        Column("units", gettext_lazy("Units"), kind="number", sortable=False),
        Column("people", gettext_lazy("People"), kind="number", sortable=False),
        Column("full_time", gettext_lazy("Full-time"), kind="number", sortable=False),
        Column("starts", gettext_lazy("Since"), kind="date"),
        Column("basis", gettext_lazy("Basis"), optional=True),
    ]  # fmt: skip


def list_row(request: HttpRequest, row: ZoneRow, county_type: str) -> dict[str, Any]:
    """One zone as a row."""
    return {
        "zone": row.zone, "name": row.name, "level": words_of(Level, row.level), "kind": kind_words(row.kind, county_type),
        "parent": row.parent.name if row.parent else "", "leaders": _Names(people_links(request, row.leaders), row.leaders),
        "centre": _Names(unit_links(request, (*row.axis, *row.leads)), (*row.axis, *row.leads)),
        "units": row.units, "people": number(row.people), "full_time": number(row.full_time), "starts": row.starts, "basis": row.basis,
    }  # fmt: skip


class _Names:
    """Linked names on screen, plain names in an export and a search."""

    def __init__(self, drawn: Any, named: Sequence[Named]) -> None:
        self._drawn, self.plain = drawn, listed(one.name for one in named)

    def __html__(self) -> str:
        return str(self._drawn)


def level_totals(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """How many zones are listed; sums over both levels would count a unit twice."""
    number = len(list(rows))
    return {"name": ngettext("%(number)s zone", "%(number)s zones", number) % {"number": number}}


def matrix_columns(request: HttpRequest, matrix: Matrix, marks: Mapping[int, str] = NO_MARKS) -> list[Column]:
    """One column a second-level zone, between the unit and its first-level zone; `marks` name those that act as one."""
    to = linker(request, "organisation:unit")
    return [
        Column("name", gettext_lazy("Unit"), searchable=True, link=lambda row: to(row["unit"])),
        Column("kind", gettext_lazy("Kind"), filterable=True, choices=filled(UnitKind),
               value=lambda row: words_of(UnitKind, row["kind"])),
        Column("first", gettext_lazy("First-level zone"), filterable=True),
        *(Column(f"zone{record.zone_id}", _marked(record, marks), sortable=False, kind="state") for record in matrix.columns),
        Column("differs", gettext_lazy("Leaders and division of work"), sortable=False, kind="state"),
    ]  # fmt: skip


def _marked(record: Any, marks: Mapping[int, str]) -> str:
    mark = listed(filter(None, (marks.get(record.zone_id), marks.get(record.parent_id))))
    return f"{record.name} [{mark}]" if mark else record.name


def matrix_row(row: MatrixRow, columns: Sequence[Any]) -> dict[str, Any]:
    """One unit with its role under each zone that it belongs to or helps."""
    places = {place.zone: place for place in row.helps}
    if row.second:
        places[row.second.zone] = row.second
    cells = {
        f"zone{record.zone_id}": role_state(places[record.zone_id].role) if record.zone_id in places else ""
        for record in columns
    }
    return {
        "unit": row.unit,
        "name": row.name,
        "kind": row.kind,
        "first": row.first.name if row.first else "",
        **cells,
    }


def spans_table(request: HttpRequest, spans: Iterable[Span], most: int | None = None) -> Table:
    """Who leads which zones, with how many units and people under them; `most` second-level zones are allowed."""
    to = linker(request, "organisation:person")
    columns = [
        Column("name", gettext_lazy("Leader")), Column("first", gettext_lazy("First-level zones")),
        Column("second", gettext_lazy("Second-level zones")), Column("units", gettext_lazy("Units"), kind="number"),
        Column("people", gettext_lazy("People"), kind="number"),
        Column("state", gettext_lazy("Zones led"), kind="state"),
    ]  # fmt: skip
    rows = [
        {"name": Link(span.name, to(span.person)), "first": zone_links(request, span.first),
         "second": zone_links(request, span.second), "units": span.units, "people": number(span.people),
         "state": _span_state(span, most)}
        for span in spans
    ]  # fmt: skip
    return Table(
        columns,
        rows,
        id="spans",
        caption=_("Leaders and their zones"),
        empty=_("Nobody leads a zone on this day."),
    )


def _span_state(span: Span, most: int | None) -> Any:
    number = max(len(span.first), len(span.second))
    words = ngettext("%(number)s zone", "%(number)s zones", number) % {"number": number}
    if most is not None and len(span.second) > most:
        return State(_("%(zones)s, more than %(most)s") % {"zones": words, "most": most}, "bad")
    if most is not None and span.second:
        words = _("%(zones)s of at most %(most)s") % {"zones": words, "most": most}
    return State(words, "wait" if span.several else "quiet")


def map_list(request: HttpRequest, drawing: ZoneMap) -> list[tuple[Link, list[tuple[Link, State, bool]]]]:
    """What stands beside the map and says the same: each zone with its units, their role, and whether they are drawn."""
    to_zone, to_unit = linker(request, "zones:zone"), linker(request, "organisation:unit")
    return [
        (Link(zone.name, to_zone(zone.id)),
         [(Link(node.name, to_unit(node.unit)), role_state(node.role), node.placed) for node in drawing.of(zone.id)])
        for zone in drawing.zones
    ]  # fmt: skip


def members_table(request: HttpRequest, members: Sequence[Part]) -> Table:
    """The units of a zone on the day, by role; for a first-level zone with the zone under it that each stands in."""
    to, to_zone = linker(request, "organisation:unit"), linker(request, "zones:zone")
    under = [Column("through", gettext_lazy("Through"))] if any(part.through for part in members) else []
    columns = [
        Column("name", gettext_lazy("Unit")), *under, Column("role", gettext_lazy("Role"), kind="state"),
        Column("kind", gettext_lazy("Kind")), Column("people", gettext_lazy("People"), kind="number"),
        Column("full_time", gettext_lazy("Full-time"), kind="number"),
        Column("starts", gettext_lazy("Since"), kind="date"), Column("basis", gettext_lazy("Basis")),
    ]  # fmt: skip
    rows = [
        {"name": Link(part.name, to(part.id)), "role": role_state(part.role), "kind": words_of(UnitKind, part.kind),
         "through": Link(part.through.name, to_zone(part.through.id)) if part.through else "",
         "people": number(part.strength.people), "full_time": number(part.strength.full_time), "starts": part.starts, "basis": part.basis}
        for part in members
    ]  # fmt: skip
    inside = {part.id: part for part in members if part.role != Role.HELPER}.values()
    strength = together(part.strength for part in inside)
    total = {
        "name": _("Total without helpers"), "people": number(strength.people), "full_time": number(strength.full_time),
    } if members else None  # fmt: skip
    return Table(columns, rows, id="members", caption=_("Units"), total=total,
                 empty=_("No unit belongs to this zone on this day."))  # fmt: skip


def leaders_table(request: HttpRequest, leaders: Sequence[Part]) -> Table:
    """Who leads a zone on the day."""
    to = linker(request, "organisation:person")
    columns = [
        Column("name", gettext_lazy("Leader")), Column("starts", gettext_lazy("Since"), kind="date"),
        Column("basis", gettext_lazy("Basis")),
    ]  # fmt: skip
    rows = [
        {"name": Link(part.name, to(part.id)), "starts": part.starts, "basis": part.basis} for part in leaders
    ]
    return Table(
        columns,
        rows,
        id="leaders",
        caption=_("Contact leaders"),
        empty=_("Nobody leads this zone on this day."),
    )


def zone_lanes(request: HttpRequest, page: ZonePage) -> list[Lane]:
    """The history of a zone: its name, its leaders, its units in their roles."""
    to_person, to_unit = linker(request, "organisation:person"), linker(request, "organisation:unit")
    own = Lane(
        _("Zone"), [Fact(record.name, record.starts, record.ends, record.basis) for record in page.records]
    )
    leaders = _lanes(page.leaders, to_person, _("leads"), "good")
    own_members = [part for part in page.members if part.through is None]
    return [own, *leaders, *_lanes(own_members, to_unit)]


def _lanes(parts: Sequence[Part], to: Any, words: Any = "", tone: str = "") -> list[Lane]:
    grouped: dict[int, list[Part]] = {}
    for part in parts:
        grouped.setdefault(part.id, []).append(part)
    return [
        Lane(rows[0].name, [_fact(row, words, tone) for row in rows], to(key))
        for key, rows in grouped.items()
    ]


def _fact(part: Part, words: Any, tone: str) -> Fact:
    role = words or words_of(Role, part.role)
    return Fact(role, part.starts, part.ends, part.basis, tone=tone or role_state(part.role).tone)


def in_zones_table(request: HttpRequest, found: Sequence[InZone], *, roles: bool) -> Table:
    """The zones of one unit or one leader, past ones too."""
    to = linker(request, "zones:zone")
    columns = [Column("name", gettext_lazy("Zone")), Column("level", gettext_lazy("Level"))]
    columns += [Column("role", gettext_lazy("Role"), kind="state")] if roles else []
    columns += [Column("period", gettext_lazy("Period")), Column("basis", gettext_lazy("Basis"))]
    rows = [
        {"name": Link(one.name, to(one.zone)), "level": words_of(Level, one.level),
         "role": role_state(one.role) if roles else "", "period": period_words(one.starts, one.ends), "basis": one.basis}
        for one in found
    ]  # fmt: skip
    return Table(columns, rows, id="zones", caption=_("Zones"))
