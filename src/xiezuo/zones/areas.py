"""The areas of units as a county gives them in GeoJSON: checked strictly, with the place of whatever is wrong.

Values alone, no tables. What is drawn as a border has to come from the county; nothing here is mended or guessed.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from xiezuo.shared.errors import BadInput
from xiezuo.shared.lists import listed
from xiezuo.zones.rings import crossing, is_flat

MOST_BYTES = 5_000_000
MOST_POINTS = 200_000
MOST_FEATURES = 2_000
MOST_WRONG = 20
MARGIN = 1.0
"""So many degrees around the coordinates of the units lie the county's surroundings."""
CHINA = (73.0, 3.0, 136.0, 54.0)
"""Where a county lies whose units have no coordinates yet: west, south, east, north."""
NAMED_BY = ("code", "机构编号", "编号", "name", "机构名称", "名称")
"""Properties that may name the unit of a feature, in this order."""
KNOWN_CRS = ("CRS84", "4326", "4490")

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
"""An outer ring and its holes."""


@dataclass(frozen=True)
class KnownUnit:
    """A unit that a feature may name."""

    unit: int
    code: str
    name: str


@dataclass(frozen=True)
class County:
    """What areas are checked against: the units, and the box (west, south, east, north) in which the county lies."""

    units: Sequence[KnownUnit]
    box: tuple[float, float, float, float] = CHINA

    @classmethod
    def around(cls, units: Sequence[KnownUnit], places: Sequence[Point]) -> "County":
        """The county whose units stand at these coordinates."""
        if not places:
            return cls(units)
        xs, ys = zip(*places, strict=True)
        return cls(units, (min(xs) - MARGIN, min(ys) - MARGIN, max(xs) + MARGIN, max(ys) + MARGIN))


@dataclass(frozen=True)
class Area:
    """The area of one unit: polygons in degrees, east and north."""

    unit: int
    code: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with a file: where, what was found, what was expected."""

    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        told = {"place": self.place, "found": self.found, "expected": self.expected}
        return _("%(place)s: found %(found)s; expected %(expected)s.") % told


class AreasRefused(BadInput):
    """The file cannot be used; `wrong` says everything that was found, up to a limit."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__("\n".join(map(str, wrong)))
        self.wrong = tuple(wrong)


def read_areas(content: bytes, county: County) -> list[Area]:
    """The areas in a file. Raises `AreasRefused`."""
    features = _features(_parsed(content))
    reading = _Reading(county)
    areas = [
        area for place, each in enumerate(features) if (area := reading.feature(place, each)) is not None
    ]
    if reading.wrong:
        raise AreasRefused(reading.wrong)
    return areas


def as_geojson(areas: Sequence[Area]) -> dict[str, Any]:
    """The areas as they are kept: degrees to the metre."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"code": area.code},
             "geometry": {"type": "MultiPolygon", "coordinates": [_rounded(polygon) for polygon in area.polygons]}}
            for area in areas
        ],
    }  # fmt: skip


def _rounded(polygon: Polygon) -> list[list[list[float]]]:
    return [[[round(x, 6), round(y, 6)] for x, y in ring] for ring in polygon]


def kept_areas(content: Mapping[str, Any], units: Mapping[str, int]) -> list[Area]:
    """Areas as `as_geojson` wrote them; of units that are no longer known none."""
    return [
        Area(units[code], code, tuple(tuple(tuple((x, y) for x, y in ring) for ring in polygon)
                                      for polygon in feature["geometry"]["coordinates"]))
        for feature in content["features"] if (code := feature["properties"]["code"]) in units
    ]  # fmt: skip


def _refuse(place: str, found: str, expected: str) -> NoReturn:
    raise AreasRefused([Wrong(place, found, expected)])


def _parsed(content: bytes) -> Any:
    whole = _("the file")
    if len(content) > MOST_BYTES:
        _refuse(
            whole,
            _("%(size)s bytes") % {"size": len(content)},
            _("at most %(size)s bytes") % {"size": MOST_BYTES},
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        _refuse(
            _("byte %(place)s") % {"place": wrong.start + 1},
            _("bytes that are no UTF-8"),
            _("a text in UTF-8"),
        )
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as wrong:
        place = _("line %(line)s, column %(column)s") % {"line": wrong.lineno, "column": wrong.colno}
        _refuse(place, repr(text[wrong.pos : wrong.pos + 12]), _("valid JSON"))
    except RecursionError:
        _refuse(whole, _("lists in lists without end"), _("the depth of GeoJSON"))
    except ValueError as wrong:
        _refuse(whole, str(wrong)[:60], _("numbers of degrees"))


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _features(told: Any) -> list[Any]:
    if not isinstance(told, dict) or told.get("type") != "FeatureCollection":
        _refuse(_("the file"), _shown(told), _("an object of the type FeatureCollection"))
    _must_be_degrees(told.get("crs"))
    features = told.get("features")
    if not isinstance(features, list) or not features:
        _refuse("features", _shown(features), _("a list of features that is not empty"))
    if len(features) > MOST_FEATURES:
        _refuse("features", str(len(features)), _("at most %(most)s features") % {"most": MOST_FEATURES})
    return features


def _must_be_degrees(crs: Any) -> None:
    if crs is not None and not any(name in json.dumps(crs) for name in KNOWN_CRS):
        _refuse("crs", _shown(crs), _("degrees of WGS 84 or CGCS 2000 (EPSG 4326 or 4490)"))


def _shown(value: Any) -> str:
    """A value cut short, for a message."""
    if isinstance(value, list):
        return _("a list of %(count)s") % {"count": len(value)}
    if isinstance(value, dict):
        return _("an object (%(keys)s)") % {"keys": listed(map(str, list(value)[:4]))}
    return _("nothing") if value is None else str(value)[:40]


class _Stop(Exception):
    """The feature has been said to be wrong."""


@dataclass
class _Reading:
    """What has been read so far, and what is wrong with it."""

    county: County
    wrong: list[Wrong] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)
    points: int = 0

    def feature(self, place: int, told: Any) -> Area | None:
        """One feature; None if it is wrong."""
        if len(self.wrong) >= MOST_WRONG:
            return None
        where = _("feature %(number)s") % {"number": place + 1}
        try:
            unit, geometry = self._unit(where, place, told), told["geometry"]
            return Area(unit.unit, unit.code, tuple(self._polygons(f"{where} ({unit.name})", geometry)))
        except _Stop:
            return None

    def _stop(self, place: str, found: str, expected: str) -> NoReturn:
        self.wrong.append(Wrong(place, found, expected))
        raise _Stop

    def _unit(self, where: str, place: int, told: Any) -> KnownUnit:
        if (
            not isinstance(told, dict)
            or told.get("type") != "Feature"
            or not isinstance(told.get("geometry"), dict)
        ):
            self._stop(where, _shown(told), _("a Feature with a geometry"))
        named = told.get("properties")
        given = (
            [str(named[key]).strip() for key in NAMED_BY if named.get(key)] if isinstance(named, dict) else []
        )
        found = [unit for words in given for unit in self.county.units if words in (unit.code, unit.name)]
        if not found:
            self._stop(where, listed(given)[:60] or _("no name"), _("the code or name of a unit in the property code or name"))  # fmt: skip
        if len({unit.unit for unit in found}) > 1:
            self._stop(where, listed(given)[:60], _("code and name of one unit"))
        if (earlier := self.seen.setdefault(found[0].unit, place)) != place:
            self._stop(
                where,
                found[0].name,
                _("each unit once; it is feature %(number)s too") % {"number": earlier + 1},
            )
        return found[0]

    def _polygons(self, where: str, geometry: Mapping[str, Any]) -> Iterator[Polygon]:
        kind, told = geometry.get("type"), geometry.get("coordinates")
        if kind not in ("Polygon", "MultiPolygon"):
            self._stop(where, _shown(kind), _("a Polygon or a MultiPolygon"))
        polygons = [told] if kind == "Polygon" else told
        if not isinstance(polygons, list) or not polygons:
            self._stop(where, _shown(polygons), _("polygons"))
        for number, polygon in enumerate(polygons):
            here = f"{where} coordinates[{number}]" if kind == "MultiPolygon" else f"{where} coordinates"
            if not isinstance(polygon, list) or not polygon:
                self._stop(here, _shown(polygon), _("an outer ring, and holes"))
            yield tuple(self._ring(f"{here}[{ring}]", each) for ring, each in enumerate(polygon))

    def _ring(self, where: str, told: Any) -> Ring:
        if not isinstance(told, list) or len(told) < 4:
            self._stop(where, _shown(told), _("a ring of at least four positions"))
        self.points += len(told)
        if self.points > MOST_POINTS:
            self._stop(
                where,
                _("more than %(most)s positions") % {"most": MOST_POINTS},
                _("a file with fewer positions"),
            )
        ring = tuple(self._point(f"{where}[{number}]", each) for number, each in enumerate(told))
        if ring[0] != ring[-1]:
            self._stop(where, _("a ring that is open"), _("a last position equal to the first"))
        if (place := crossing(ring)) is not None:
            self._stop(f"{where}[{place}]", _("a ring that crosses itself"), _("a ring that does not"))
        if is_flat(ring):
            self._stop(where, _("a ring without an area"), _("a ring around an area"))
        return ring

    def _point(self, where: str, told: Any) -> Point:
        if not isinstance(told, list) or not 2 <= len(told) <= 3 or not all(map(_is_number, told)):
            self._stop(where, _shown(told), _("two numbers: east and north"))
        x, y = float(told[0]), float(told[1])
        if not self._inside(x, y):
            self._stop(where, f"{x:g}, {y:g}", self._place_expected(x, y))
        return x, y

    def _place_expected(self, x: float, y: float) -> str:
        if self._inside(y, x):
            return _("east before north; these two are swapped")
        if abs(x) > 180 or abs(y) > 90:
            return _("degrees; these look like metres of a projection")
        west, south, east, north = self.county.box
        box = _(
            "a place in or near the county: %(west).2f to %(east).2f east, %(south).2f to %(north).2f north"
        )
        return box % {"west": west, "east": east, "south": south, "north": north}

    def _inside(self, x: float, y: float) -> bool:
        west, south, east, north = self.county.box
        return west <= x <= east and south <= y <= north


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return isfinite(value)
    except OverflowError:
        return False
