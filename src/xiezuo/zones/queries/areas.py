"""The areas that a county gave for its units, and what a new file is checked against."""

from datetime import date
from functools import partial

from django.core.cache import cache

from xiezuo.organisation.api import Commission
from xiezuo.organisation.models import Unit, UnitRecord
from xiezuo.zones.areas import Area, County, KnownUnit, kept_areas
from xiezuo.zones.models import GroundEdition
from xiezuo.zones.queries.lists import units_on
from xiezuo.zones.rings import thinned
from xiezuo.zones.states import GroundKind

KEPT_SECONDS = 60 * 60
PARTS = 1_500
"""A drawing shows so many different places along the longer side of a county; what lies closer is one place."""


def last_edition(commission: Commission) -> GroundEdition | None:
    """What was given last, without its content. One query."""
    rows = GroundEdition.objects.filter(commission=commission, kind=GroundKind.AREAS).defer("content")
    return rows.order_by("-pk").first()


def areas_of(commission: Commission) -> list[Area]:
    """The areas to draw, as fine as a drawing can show; none if the county gave none. One query, two more if they are
    drawn for the first time in an hour."""
    edition = last_edition(commission)
    if edition is None or not edition.sha256:
        return []
    return (
        cache.get_or_set(f"zone-areas-{edition.pk}", partial(_drawn, commission, edition.pk), KEPT_SECONDS)
        or []
    )


def _drawn(commission: Commission, edition: int) -> list[Area]:
    units = dict(Unit.objects.filter(commission=commission).values_list("code", "pk"))
    areas = kept_areas(GroundEdition.objects.values_list("content", flat=True).get(pk=edition), units)
    places = [point for area in areas for polygon in area.polygons for ring in polygon for point in ring]
    if not places:
        return []
    wide = max(x for x, _y in places) - min(x for x, _y in places)
    high = max(y for _x, y in places) - min(y for _x, y in places)
    grain = max(wide, high) / PARTS or 1.0
    return [Area(area.unit, area.code, _coarse(area, grain)) for area in areas]


def _coarse(area: Area, grain: float) -> tuple[tuple[tuple[tuple[float, float], ...], ...], ...]:
    polygons = (tuple(filter(None, (thinned(ring, grain) for ring in polygon))) for polygon in area.polygons)
    return tuple(polygon for polygon in polygons if polygon)


def county_of(commission: Commission, on: date) -> County:
    """The units of a day with their codes, and where the county lies. Two queries."""
    records = units_on(commission, on)
    codes = dict(Unit.objects.filter(commission=commission).values_list("pk", "code"))
    return County.around(
        [KnownUnit(record.unit_id, codes[record.unit_id], record.name) for record in records],
        [place for record in records if (place := _place(record)) is not None],
    )


def _place(record: UnitRecord) -> tuple[float, float] | None:
    if record.longitude is None or record.latitude is None:
        return None
    return float(record.longitude), float(record.latitude)
