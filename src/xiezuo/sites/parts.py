"""Parts of the pages of sites: tables, words of states, the lanes of a site's timeline."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiezuo.shared.lists import listed
from xiezuo.sites.equipment import EquipmentState
from xiezuo.sites.queries import KindCount, Room, RoomTouched, SiteOf, SitePage, WorksRow
from xiezuo.sites.queries.site import Item, Work
from xiezuo.sites.states import Grade, SiteKind
from xiezuo.sites.works import WorksState
from xiezuo.ui.choices import filled, words_of
from xiezuo.ui.links import address, linker
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table
from xiezuo.ui.timeline import Fact, Lane

EQUIPMENT_WORDS = {
    EquipmentState.SOUND: (gettext_lazy("sound"), "good"),
    EquipmentState.OUT_OF_DATE: (gettext_lazy("out of date"), "warn"),
    EquipmentState.FAULTY: (gettext_lazy("faulty"), "bad"),
}


def equipment_state(state: EquipmentState | None) -> State:
    """The state of an item in words; None is an item that is not there."""
    if state is None:
        return State(_("not there"), "bad")
    words, tone = EQUIPMENT_WORDS[state]
    return State(words, tone)


def works_words(state: WorksState, days: int) -> State:
    """The state of works in words with the days that go with it."""
    if state is WorksState.UNDER_WAY:
        return State(
            ngettext("under way, %(days)s day left", "under way, %(days)s days left", days) % {"days": days},
            "wait",
        )
    if state is WorksState.OVERDUE:
        return State(
            ngettext("overdue by %(days)s day", "overdue by %(days)s days", days) % {"days": days}, "bad"
        )
    if state is WorksState.FINISHED_LATE:
        return State(
            ngettext("finished %(days)s day late", "finished %(days)s days late", days) % {"days": days},
            "warn",
        )
    return State(_("finished"), "good")


def use_state(*, in_use: bool, being_upgraded: bool = False) -> State:
    """Whether a standing site is in use, being improved in use, or only planned."""
    if in_use and being_upgraded:
        return State(_("in use, works under way"), "wait")
    return State(_("in use"), "good") if in_use else State(_("planned"), "wait")


def list_columns(request: HttpRequest, units: Mapping[int, str]) -> list[Column]:
    """Sites on a day."""
    to_site, to_unit, to_zone = (
        linker(request, route) for route in ("sites:site", "organisation:unit", "zones:zone")
    )
    return [
        Column("name", gettext_lazy("Site"), searchable=True, link=lambda row: to_site(row["site_id"])),
        Column("kind", gettext_lazy("Kind"), filterable=True, choices=filled(SiteKind), field="kind",
               value=lambda row: words_of(SiteKind, row["kind"])),
        Column("unit_id", gettext_lazy("Unit"), filterable=True, field="unit_id", sortable=False,
               choices=[(str(unit), name) for unit, name in units.items()],
               value=lambda row: row["unit_name"], link=lambda row: to_unit(row["unit_id"])),
        Column("in_use", gettext_lazy("Use"), kind="state", field="in_use", filterable=True,
               choices=[("True", gettext_lazy("in use")), ("False", gettext_lazy("planned"))],
               value=lambda row: use_state(in_use=row["in_use"], being_upgraded=row["being_upgraded"])),
        Column("grade", gettext_lazy("Grade"), filterable=True, choices=filled(Grade), field="grade",
               value=lambda row: words_of(Grade, row["grade"]) if row["grade"] else ""),
        Column("opened_on", gettext_lazy("In use since"), kind="date", field="opened_on",
               value=lambda row: row["opened_on"] if row["in_use"] else None),
        Column("planned_on", gettext_lazy("Planned on"), kind="date", optional=True),
        Column("padded", gettext_lazy("Padded"), optional=True, value=lambda row: yes_no(row["padded"]), field="padded"),
        Column("separate", gettext_lazy("Independent"), optional=True, value=lambda row: yes_no(row["separate"]),
               field="separate"),
        Column("zone_name", gettext_lazy("Serves the zone"), optional=True,
               link=lambda row: to_zone(row["zone_id"]) if row["zone_id"] else ""),
    ]  # fmt: skip


def yes_no(value: bool | None) -> str:  # noqa: FBT001 - the value is the whole question
    """Yes, no, or nothing where nobody recorded it."""
    return "" if value is None else str(_("yes") if value else _("no"))


def kinds_table(request: HttpRequest, counts: Iterable[KindCount]) -> Table:
    """How many sites of each kind stand on the day; each number opens its list."""

    def opened(kind: str, **filters: str) -> str:
        return address(request, "sites:list", f_kind=kind, **filters)

    columns = [
        Column("kind", gettext_lazy("Kind")), Column("in_use", gettext_lazy("In use"), kind="number"),
        Column("planned", gettext_lazy("Planned"), kind="number"),
        Column("high", gettext_lazy("Of high standard"), kind="number"),
    ]  # fmt: skip
    rows = [
        {"kind": Link(words_of(SiteKind, count.kind), address(request, "sites:list", f_kind=count.kind)),
         "in_use": Link(str(count.in_use), opened(count.kind, f_in_use="True")),
         "planned": Link(str(count.planned), opened(count.kind, f_in_use="False")),
         "high": Link(str(count.high), opened(count.kind, f_grade=Grade.HIGH.value))}
        for count in counts
    ]  # fmt: skip
    return Table(
        columns, rows, id="kinds", caption=_("Sites by kind"), empty=_("No site stands on this day.")
    )


def rooms_table(request: HttpRequest, rooms: Sequence[Room]) -> Table:
    """Talk rooms with what each must have."""
    to_site, to_unit = linker(request, "sites:site"), linker(request, "organisation:unit")
    columns = [
        Column("name", gettext_lazy("Talk room")), Column("unit", gettext_lazy("Unit")),
        Column("use", gettext_lazy("Use"), kind="state"), Column("padded", gettext_lazy("Padded")),
        Column("recorder", gettext_lazy("Recording"), kind="state"), Column("safe", gettext_lazy("Safe"), kind="state"),
        Column("first_aid", gettext_lazy("First aid"), kind="state"), Column("grade", gettext_lazy("Grade")),
    ]  # fmt: skip
    rows = [
        {"name": Link(room.name, to_site(room.site)), "unit": Link(room.unit_name, to_unit(room.unit)),
         "use": use_state(in_use=room.in_use, being_upgraded=room.being_upgraded), "padded": yes_no(room.padded),
         "recorder": equipment_state(room.recorder), "safe": equipment_state(room.safe),
         "first_aid": equipment_state(room.first_aid), "grade": words_of(Grade, room.grade) if room.grade else ""}
        for room in rooms
    ]  # fmt: skip
    complete = sum(room.complete for room in rooms)
    total = {"name": _("%(complete)s of %(all)s fully equipped") % {"complete": complete, "all": len(rooms)}}
    return Table(columns, rows, id="rooms", caption=_("Talk rooms and their equipment"),
                 total=total if rooms else None, empty=_("No talk room stands on this day."))  # fmt: skip


def works_table(request: HttpRequest, works: Iterable[WorksRow]) -> Table:
    """Works begun by the day, with what is late in words."""
    to_site, to_unit = linker(request, "sites:site"), linker(request, "organisation:unit")
    columns = [
        Column("site", gettext_lazy("Site")), Column("unit", gettext_lazy("Unit")),
        Column("contents", gettext_lazy("Works")), Column("starts", gettext_lazy("Begun"), kind="date"),
        Column("due", gettext_lazy("Due"), kind="date"), Column("ends", gettext_lazy("Finished"), kind="date"),
        Column("state", gettext_lazy("State"), kind="state"),
    ]  # fmt: skip
    rows = [
        {"site": Link(row.site_name, to_site(row.site)), "unit": Link(row.unit_name, to_unit(row.unit)),
         "contents": listed(row.contents), "starts": row.starts, "due": row.due_on,
         "ends": row.ends if row.state.finished else None, "state": works_words(row.state, row.days)}
        for row in works
    ]  # fmt: skip
    return Table(columns, rows, id="works", caption=_("Works"), empty=_("No works had begun by this day."))


def works_lanes(request: HttpRequest, works: Iterable[WorksRow], day: date) -> list[Lane]:
    """Works as bars, one lane a site: to the day they were finished, else to the day they are due."""
    to = linker(request, "sites:site")
    lanes: dict[int, list[WorksRow]] = {}
    for row in works:
        lanes.setdefault(row.site, []).append(row)
    return [
        Lane(rows[0].site_name, [_works_fact(row, day) for row in rows], to(site))
        for site, rows in lanes.items()
    ]


def _works_fact(row: WorksRow | Work, day: date) -> Fact:
    state, due = works_words(row.state, row.days), _("due %(day)s") % {"day": row.due_on.isoformat()}
    until = row.ends if row.state.finished else max(row.due_on, day)
    last = max(until, row.starts + timedelta(days=1))
    return Fact(listed(row.contents), row.starts, last, f"{due}\n{state.words}", tone=state.tone)


def equipment_table(items: Sequence[Item], day: date) -> Table:
    """What is in place on the day and whether it can be used; of faults only what the day knew."""

    def known(happened: date | None) -> date | None:
        return happened if happened and happened <= day else None

    columns = [
        Column("item", gettext_lazy("Equipment")), Column("state", gettext_lazy("State"), kind="state"),
        Column("starts", gettext_lazy("In place since"), kind="date"),
        Column("faulty", gettext_lazy("Faulty from"), kind="date"), Column("repaired", gettext_lazy("Repaired"), kind="date"),
        Column("valid", gettext_lazy("Valid until"), kind="date"),
    ]  # fmt: skip
    rows = [
        {"item": item.item, "state": equipment_state(item.state), "starts": item.starts, "faulty": known(item.faulty_from),
         "repaired": known(item.repaired_on), "valid": item.valid_until}
        for item in items
    ]  # fmt: skip
    return Table(
        columns,
        rows,
        id="equipment",
        caption=_("Equipment"),
        empty=_("No equipment is in place on this day."),
    )


def site_works_table(works: Sequence[Work]) -> Table:
    """The works of one site."""
    columns = [
        Column("contents", gettext_lazy("Works")), Column("starts", gettext_lazy("Begun"), kind="date"),
        Column("due", gettext_lazy("Due"), kind="date"), Column("ends", gettext_lazy("Finished"), kind="date"),
        Column("state", gettext_lazy("State"), kind="state"),
    ]  # fmt: skip
    rows = [
        {"contents": listed(row.contents), "starts": row.starts, "due": row.due_on,
         "ends": row.ends if row.state.finished else None, "state": works_words(row.state, row.days)}
        for row in works
    ]  # fmt: skip
    return Table(columns, rows, id="site-works", caption=_("Works"))


def site_lanes(page: SitePage) -> list[Lane]:
    """The history of a site: what it was, when it was in use, its equipment with faults, its works."""
    lanes = [Lane(_("Site"), [_record_fact(record) for record in page.records])]
    items: dict[str, list[Item]] = {}
    for item in page.equipment:
        items.setdefault(item.item, []).append(item)
    lanes += [Lane(name, [fact for row in rows for fact in _item_facts(row)]) for name, rows in items.items()]
    works = [_works_fact(row, page.on) for row in page.works]
    return [*lanes, Lane(_("Works"), works)] if works else lanes


def _record_fact(record: Any) -> Fact:
    grade = words_of(Grade, record.grade) if record.grade else words_of(SiteKind, record.kind)
    return Fact(f"{record.name}（{grade}）", record.starts, record.ends, record.basis)


def _item_facts(item: Item) -> list[Fact]:
    facts = [Fact(_("in place"), item.starts, item.ends, tone="good")]
    if item.faulty_from:
        facts.append(Fact(_("faulty"), item.faulty_from, item.repaired_on or item.ends, tone="bad"))
    return facts


def brief_table(request: HttpRequest, sites: Sequence[SiteOf], day: date) -> Table:
    """Sites of a unit, a zone or a user."""
    to = linker(request, "sites:site")
    columns = [
        Column("name", gettext_lazy("Site")), Column("kind", gettext_lazy("Kind")),
        Column("use", gettext_lazy("Use"), kind="state"), Column("grade", gettext_lazy("Grade")),
        Column("opened_on", gettext_lazy("In use since"), kind="date"),
    ]  # fmt: skip
    rows = [
        {"name": Link(site.name, to(site.site)), "kind": words_of(SiteKind, site.kind),
         "use": use_state(in_use=site.opened_on is not None and site.opened_on <= day),
         "grade": words_of(Grade, site.grade) if site.grade else "",
         "opened_on": site.opened_on if site.opened_on and site.opened_on <= day else None}
        for site in sites
    ]  # fmt: skip
    return Table(columns, rows, id="sites", caption=_("Sites"))


def touched_table(request: HttpRequest, rooms: Sequence[RoomTouched]) -> Table:
    """Rooms that a zone plan concerns, with the unit that each belongs to and the zone that it serves."""
    to_site, to_unit, to_zone = (
        linker(request, route) for route in ("sites:site", "organisation:unit", "zones:zone")
    )
    columns = [
        Column("name", gettext_lazy("Site")), Column("kind", gettext_lazy("Kind")), Column("unit", gettext_lazy("Unit")),
        Column("zone", gettext_lazy("Serves the zone")),
    ]  # fmt: skip
    rows = [
        {"name": Link(room.name, to_site(room.site)), "kind": words_of(SiteKind, room.kind),
         "unit": Link(room.unit_name, to_unit(room.unit)), "zone": Link(room.zone_name, to_zone(room.zone)) if room.zone else ""}
        for room in rooms
    ]  # fmt: skip
    return Table(columns, rows, id="rooms-touched", caption=_("Rooms that the plan concerns"))
