"""What the page of the map shows: the zones of a day, those that act as one, the county's areas, and another day beside it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.accounts.api import Ability, actor_of, may
from xiezuo.organisation.api import Commission
from xiezuo.shared.lists import listed
from xiezuo.ui.asof import day_query, parse_day
from xiezuo.ui.links import address, linker
from xiezuo.ui.parts import Link
from xiezuo.ui.schematic import Sheet
from xiezuo.ui.table import Column, Table
from xiezuo.ui.words import long_day
from xiezuo.zones import parts, queries
from xiezuo.zones.drawing import Joined, drawn, drawn_scheme
from xiezuo.zones.joining.shown import Banner, joined_on
from xiezuo.zones.queries.areas import areas_of
from xiezuo.zones.queries.lists import standing
from xiezuo.zones.queries.schemes import Known, known_on, scheme_on
from xiezuo.zones.scheme import Scheme, difference

HALF = Sheet(width=560, height=460, margin=44, name="half")
"""For two maps beside each other."""


def map_context(request: HttpRequest) -> dict[str, Any]:
    """The map of the day with its list; with `beside` in the address also that of another day, and who moved between."""
    commission, day = request.commission, request.day  # type: ignore[attr-defined]
    found = queries.zone_map(commission, day)
    areas, joined = areas_of(commission), joined_on(request, commission, day)
    to = linker(request, "organisation:unit")
    return {
        "zones": parts.map_list(request, found), "outside": [Link(unit.name, to(unit.id)) for unit in found.outside],
        "map": drawn(found, day_query(request), areas=areas, joined=tied(commission, day, joined)),
        "areas": areas, "joined": joined, "beside": _beside(request, commission, day), "day_shown": long_day(day),
        "areas_href": "" if may(actor_of(request.user), Ability.DRAW_ZONES, commission=commission.pk) else address(request, "zones:areas"),
    }  # fmt: skip


def tied(commission: Commission, day: date, joined: Sequence[Banner]) -> list[Joined]:
    """What acts as one, in second-level zones: of first-level ones all those under them. One query, none if nothing does."""
    if not joined:
        return []
    under: dict[int, list[int]] = {}
    for record in standing(commission, day):
        if record.parent_id:
            under.setdefault(record.parent_id, []).append(record.zone_id)
    return [
        Joined(each.mark, tuple(below for zone in each.zone_ids for below in under.get(zone, [zone])))
        for each in joined
    ]


def _beside(request: HttpRequest, commission: Commission, day: date) -> dict[str, Any] | None:
    asked = request.GET.get("beside", "").strip()
    if not asked:
        return None
    other = parse_day(asked)
    first, last = sorted((other, day))
    schemes = {each: scheme_on(commission, each) for each in (first, last)}
    before, after = schemes[first], schemes[last]
    # The names of the later day, then those that only the earlier one has.
    known = known_on(commission, last, schemes.values())
    known.units.update(
        {
            unit: record
            for unit, record in known_on(commission, first, ()).units.items()
            if unit not in known.units
        }
    )
    maps = [
        (long_day(each), drawn_scheme(commission, schemes[each], each, f"on={each.isoformat()}", beside=[before, after],
                                      title=_("Zone map of %(day)s") % {"day": long_day(each)}, name=f"map-{number}", sheet=HALF))
        for number, each in enumerate((first, last))
    ]  # fmt: skip
    return {"day": other, "maps": maps, "moved": moved_table(request, before, after, known)}


def moved_table(request: HttpRequest, before: Scheme, after: Scheme, known: Known) -> Table:
    """Which units are in another zone, in official order."""
    to = linker(request, "organisation:unit")
    changed = difference(before, after)
    order = {unit: place for place, unit in enumerate(known.units)}
    moved = sorted(changed.moved, key=lambda each: (order.get(each.unit, len(order)), each.unit))
    columns = [
        Column("unit", gettext_lazy("Unit")), Column("before", gettext_lazy("Before")), Column("after", gettext_lazy("After")),
    ]  # fmt: skip
    rows = [
        {"unit": Link(known.unit(each.unit), to(each.unit)), "before": _places(before, each.before), "after": _places(after, each.after)}
        for each in moved
    ]  # fmt: skip
    return Table(
        columns,
        rows,
        id="moved",
        caption=_("Units whose place differs"),
        empty=_("Every unit has the same place on both days."),
    )


def _places(scheme: Scheme, places: Sequence[tuple[str, str]]) -> str:
    """Zones with roles; a helper is said to be one."""
    told = []
    for code, role in places:
        zone = scheme.zone(code)
        told.append(f"{zone.name if zone else code}（{parts.role_state(role).words}）")
    return listed(told) or _("in no zone")
