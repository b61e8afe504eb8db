"""How arrangements are shown: lists, facts, what may be done, and the banner of a day on which zones act as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from xiezuo.approvals.api import Approval, number_of
from xiezuo.organisation.api import Commission
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import OPEN
from xiezuo.ui.choices import filled, words_of
from xiezuo.ui.links import linker
from xiezuo.ui.parts import Link, State, joined
from xiezuo.ui.table import Column, Table
from xiezuo.ui.timeline import Fact, Lane
from xiezuo.ui.words import Words, long_day
from xiezuo.zones.joining.holding import Holds, held_days, state_on
from xiezuo.zones.joining.wording import printed_number
from xiezuo.zones.models import Authorisation, Joining
from xiezuo.zones.models.joining import Arranged
from xiezuo.zones.queries.joining import (
    ActingAsOne,
    Helping,
    acting_as_one,
    names_authorised,
    names_for,
)
from xiezuo.zones.states import JoiningFor, Level

TONES = {
    Holds.ASKED: "wait", Holds.REFUSED: "bad", Holds.AHEAD: "wait", Holds.NOW: "good", Holds.ENDED: "quiet", Holds.OVER: "quiet",
}  # fmt: skip
DAY = date.resolution


def holds_state(row: Arranged, day: date) -> State:
    """How an arrangement stands on a day, in words and shape."""
    state = state_on(row, day)
    return State(state.label, TONES[state])


class _Names:
    """Linked names on screen, plain names in an export and a search."""

    def __init__(self, links: Sequence[Link]) -> None:
        self._links, self.plain = links, listed(str(link.words) for link in links)

    def __html__(self) -> str:
        return str(joined(self._links))

    __str__ = __html__


def zones_linked(request: HttpRequest, zones: Sequence[int], names: Mapping[int, str]) -> _Names:
    """The zones of a joining, the leading one first."""
    to = linker(request, "zones:zone")
    return _Names([Link(names.get(zone, f"#{zone}"), to(zone)) for zone in zones])


def joining_columns(request: HttpRequest) -> list[Column]:
    """Joinings: the latest first, never by how much they are about."""
    to = linker(request, "zones:joining")
    return [
        Column("number", pgettext_lazy("arrangement", "Number"), kind="code", sortable=False, link=lambda row: to(row["pk"])),
        Column("zones", gettext_lazy("Zones, the leading one first"), searchable=True, sortable=False),
        Column("level", gettext_lazy("Level"), filterable=True, choices=filled(Level), value=lambda row: words_of(Level, row["level"])),
        Column("purpose", gettext_lazy("For"), filterable=True, choices=filled(JoiningFor), value=lambda row: words_of(JoiningFor, row["purpose"])),
        Column("title", gettext_lazy("Pointer"), searchable=True),
        Column("coordinator", gettext_lazy("Coordinator"), searchable=True, sortable=False),
        Column("starts", pgettext_lazy("arrangement", "First day"), kind="date"), Column("last", pgettext_lazy("arrangement", "Last day"), kind="date"),
        Column("state", gettext_lazy("State"), kind="state", filterable=True, choices=filled(Holds), sortable=False, value=lambda row: row["shown"]),
        Column("basis", gettext_lazy("Basis"), optional=True),
    ]  # fmt: skip


def joining_rows(request: HttpRequest, rows: Sequence[Joining], day: date) -> list[dict[str, Any]]:
    """Joinings as rows. Two queries."""
    zones, people = names_for(rows, day)
    to = linker(request, "organisation:person")
    return [
        {"pk": row.pk, "number": printed_number(row), "zones": zones_linked(request, row.zones, zones), "level": row.level,
         "purpose": row.purpose, "title": row.title, "basis": row.basis,
         "coordinator": Link(people.get(row.coordinator_id, ""), to(row.coordinator_id)), **_days(row, day)}
        for row in rows
    ]  # fmt: skip


def _days(row: Arranged, day: date) -> dict[str, Any]:
    starts, ends = held_days(row) or (row.starts, row.ends)
    return {
        "starts": starts,
        "last": ends - DAY,
        "state": state_on(row, day).value,
        "shown": holds_state(row, day),
    }


def authorisation_columns(request: HttpRequest) -> list[Column]:
    """Authorisations: the latest first."""
    to, to_unit = linker(request, "zones:authorisation"), linker(request, "organisation:unit")
    to_person = linker(request, "organisation:person")
    return [
        Column("number", pgettext_lazy("arrangement", "Number"), kind="code", sortable=False, link=lambda row: to(row["pk"])),
        Column("person", gettext_lazy("Deputy secretary"), searchable=True, sortable=False, link=lambda row: to_person(row["person_id"])),
        Column("unit", gettext_lazy("Support office"), searchable=True, sortable=False, link=lambda row: to_unit(row["unit_id"])),
        Column("matter", gettext_lazy("Pointer"), searchable=True),
        Column("starts", pgettext_lazy("arrangement", "First day"), kind="date"), Column("last", pgettext_lazy("arrangement", "Last day"), kind="date"),
        Column("state", gettext_lazy("State"), kind="state", filterable=True, choices=filled(Holds), sortable=False, value=lambda row: row["shown"]),
        Column("basis", gettext_lazy("Basis"), optional=True),
    ]  # fmt: skip


def authorisation_rows(rows: Sequence[Authorisation], day: date) -> list[dict[str, Any]]:
    """Authorisations as rows. Two queries."""
    units, people = names_authorised(rows, day)
    return [
        {"pk": row.pk, "number": printed_number(row), "person": people.get(row.person_id, ""), "person_id": row.person_id,
         "unit": units.get(row.unit_id, ""), "unit_id": row.unit_id, "matter": row.matter, "basis": row.basis, **_days(row, day)}
        for row in rows
    ]  # fmt: skip


def authorisations_table(request: HttpRequest, rows: Sequence[Authorisation], day: date) -> Table:
    """Authorisations on the page of an office, a person or a zone. Two queries."""
    columns = [each for each in authorisation_columns(request) if not each.optional]
    return Table(
        columns, authorisation_rows(rows, day), id="authorisations", caption=_("Coordinated by authority")
    )


def helpers_table(request: HttpRequest, helpers: Sequence[Helping]) -> Table:
    """Units that help a zone without being members."""
    to_unit, to_zone = linker(request, "organisation:unit"), linker(request, "zones:zone")
    columns = [
        Column("unit", gettext_lazy("Unit")), Column("zone", gettext_lazy("Helps")),
        Column("starts", pgettext_lazy("arrangement", "First day"), kind="date"), Column("last", pgettext_lazy("arrangement", "Last day"), kind="date"),
        Column("basis", gettext_lazy("Basis")),
    ]  # fmt: skip
    rows = [
        {"unit": Link(each.unit.name, to_unit(each.unit.id)), "zone": Link(each.zone.name, to_zone(each.zone.id)),
         "starts": each.starts, "last": each.ends if each.ends == OPEN else each.ends - DAY, "basis": each.basis}
        for each in helpers
    ]  # fmt: skip
    return Table(
        columns,
        rows,
        id="helpers",
        caption=_("Units that help"),
        empty=_("No unit helps a zone on this day."),
    )


@dataclass(frozen=True)
class Banner:
    """What a page of a day says of zones that act as one; `mark` is the sign by which drawings name them (合1)."""

    mark: str
    link: Link
    zones: _Names
    zone_ids: tuple[int, ...]
    level: Words
    purpose: Words
    title: str
    coordinator: str
    last: str


def banners(request: HttpRequest, acting: Sequence[ActingAsOne]) -> list[Banner]:
    """Every joining of the day. No query."""
    to = linker(request, "zones:joining")
    return [
        Banner(
            f"合{place}", Link(f"合-{each.number}", to(each.joining)),
            zones_linked(request, [zone.id for zone in each.zones], {zone.id: zone.name for zone in each.zones}),
            tuple(zone.id for zone in each.zones), words_of(Level, each.level), words_of(JoiningFor, each.purpose), each.title,
            each.coordinator.name, long_day(each.last),
        )
        for place, each in enumerate(acting, 1)
    ]  # fmt: skip


def joined_on(
    request: HttpRequest, commission: Commission, day: date, zones: Sequence[int] = ()
) -> list[Banner]:
    """What acts as one on a day; of some zones only what concerns them. One query if nothing does, else three."""
    acting = acting_as_one(commission, day)
    return banners(request, [each for each in acting if not zones or each.holds(zones)])


def marks_of(joined: Sequence[Banner]) -> dict[int, str]:
    """The signs of everything that each zone takes part in."""
    found: dict[int, list[str]] = {}
    for each in joined:
        for zone in each.zone_ids:
            found.setdefault(zone, []).append(each.mark)
    return {zone: listed(marks) for zone, marks in found.items()}


@dataclass(frozen=True)
class Step:
    """One thing that may be done, or may not and why."""

    words: Words
    href: str
    against: Sequence[Reason] = field(default=())
    name: str = ""


def approval_shown(row: Arranged) -> tuple[str, int] | None:
    """The number of its application, for who may see it. One query."""
    found = (
        Approval.objects.filter(pk=row.approval).select_related("commission").first()
        if row.approval
        else None
    )
    return (number_of(found), found.pk) if found else None


def facts_of(row: Arranged, day: date) -> list[tuple[Any, Any]]:
    """The days of an arrangement and what it rests on."""
    days = held_days(row)
    return [
        (_("State"), holds_state(row, day)),
        (pgettext("arrangement", "First day"), long_day(days[0] if days else row.starts)),
        (pgettext("arrangement", "Last day"), long_day((days[1] if days else row.ends) - DAY)),
        (_("Asked for until"), long_day(row.ends - DAY) if row.ended_on else ""),
        (_("Decided on"), long_day(row.decided_on) if row.decided_on else ""),
        (_("Ended early because"), row.ended_because),
        (_("Basis"), row.basis),
    ]


def lanes_of(row: Arranged, words: Words) -> list[Lane]:
    """Its days as a bar; of what never held, the days that were asked for."""
    starts, ends = held_days(row) or (row.starts, row.ends)
    tone = "good" if held_days(row) else "quiet"
    return [Lane(words, [Fact(words, starts, ends, row.basis, tone=tone)])]
