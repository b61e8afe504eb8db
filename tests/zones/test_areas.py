"""Areas that a county gives: whatever is wrong is refused with its place; what is taken is drawn as it was given."""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from xiezuo.zones.areas import (
    MOST_BYTES,
    AreasRefused,
    County,
    KnownUnit,
    as_geojson,
    kept_areas,
    read_areas,
)
from xiezuo.zones.rings import crossing, is_flat, thinned

UNITS = [KnownUnit(1, "XZ01", "甲镇纪委"), KnownUnit(2, "XZ02", "乙镇纪委")]
COUNTY = County.around(UNITS, [(110.0, 30.0), (110.4, 30.3)])
SQUARE = [[110.0, 30.0], [110.1, 30.0], [110.1, 30.1], [110.0, 30.1], [110.0, 30.0]]


@pytest.fixture(autouse=True)
def english(_language_of_the_product: None) -> Iterator[None]:
    """Places are told in the reader's language; these tests read English."""
    with translation.override("en"):
        yield


def feature(ring: Any = SQUARE, kind: str = "Polygon", **named: Any) -> dict[str, Any]:
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "type": "Feature",
        "properties": named or {"code": "XZ01"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def wrong(content: bytes) -> list[tuple[str, str, str]]:
    with pytest.raises(AreasRefused) as raised:
        read_areas(content, COUNTY)
    return [(each.place, each.found, each.expected) for each in raised.value.wrong]


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
@pytest.mark.parametrize(
    "named", [{"code": "XZ02"}, {"name": "乙镇纪委"}, {"机构编号": "XZ02", "name": "乙镇纪委"}]
)
def test_a_unit_is_named_by_code_or_name(kind: str, named: dict[str, str]) -> None:
    [area] = read_areas(collection(feature(kind=kind, **named)), COUNTY)
    assert (area.unit, area.polygons) == (2, ((tuple((x, y) for x, y in SQUARE),),))


def test_what_is_kept_is_read_as_it_was_given() -> None:
    areas = read_areas(collection(feature(), feature(code="XZ02", kind="MultiPolygon")), COUNTY)
    assert kept_areas(json.loads(json.dumps(as_geojson(areas))), {"XZ01": 1, "XZ02": 2}) == areas


CASES = {
    "no JSON": (b'{"type": "FeatureCollection", features}', "line 1, column 31"),
    "no text": (b"\xff\xfe{}", "byte 1"),
    "a list": (b"[]", "the file"),
    "empty": (collection(), "features"),
    "another type": (json.dumps({"type": "Topology"}).encode(), "the file"),
    "not a number": (collection(feature()).replace(b"110.0,", b"NaN,", 1), "the file"),
    "without end": (b"[" * 200_000, "the file"),
    "huge": (collection(feature([[1e999, 30], *SQUARE[1:4], [1e999, 30]])).replace(b"Infinity", b"1e999"), "feature 1 (甲镇纪委) coordinates[0][0]"),
    "too large": (b" " * (MOST_BYTES + 1), "the file"),
    "another projection": (collection(feature(), crs={"properties": {"name": "EPSG:3857"}}), "crs"),
    "a line": (collection({**feature(), "geometry": {"type": "LineString", "coordinates": SQUARE}}), "feature 1 (甲镇纪委)"),
    "no geometry": (collection({"type": "Feature", "properties": {"code": "XZ01"}, "geometry": None}), "feature 1"),
    "no name": (collection(feature(title="甲")), "feature 1"),
    "an unknown unit": (collection(feature(), feature(code="XZ99")), "feature 2"),
    "two units": (collection(feature(code="XZ01", name="乙镇纪委")), "feature 1"),
    "twice": (collection(feature(), feature(name="甲镇纪委")), "feature 2"),
    "open": (collection(feature(SQUARE[:4])), "feature 1 (甲镇纪委) coordinates[0]"),
    "short": (collection(feature([*SQUARE[:2], SQUARE[0]])), "feature 1 (甲镇纪委) coordinates[0]"),
    "flat": (collection(feature([SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[0]])), "feature 1 (甲镇纪委) coordinates[0]"),
    "crossing": (collection(feature([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]])), "feature 1 (甲镇纪委) coordinates[0][2]"),
    "text": (collection(feature([["110", "30"], *SQUARE[1:]])), "feature 1 (甲镇纪委) coordinates[0][0]"),
    "truth": (collection(feature([[True, 30], *SQUARE[1:]])), "feature 1 (甲镇纪委) coordinates[0][0]"),
    "elsewhere": (collection(feature([[120.0, 30.0], *SQUARE[1:4], [120.0, 30.0]], kind="MultiPolygon")), "feature 1 (甲镇纪委) coordinates[0][0][0]"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_with_its_place(case: str) -> None:
    content, place = CASES[case]
    assert [each[0] for each in wrong(content)] == [place]


def test_swapped_coordinates_are_said_to_be_swapped() -> None:
    swapped = [[y, x] for x, y in SQUARE]
    [(place, found, expected)] = wrong(collection(feature(swapped)))
    assert (place, found, expected) == (
        "feature 1 (甲镇纪委) coordinates[0][0]",
        "30, 110",
        "east before north; these two are swapped",
    )


def test_metres_are_said_to_be_metres() -> None:
    [(_place, _found, expected)] = wrong(collection(feature([[x * 111_000, y * 111_000] for x, y in SQUARE])))
    assert "metres" in expected


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_taken() -> None:
    assert len(wrong(collection(feature(SQUARE[:4]), feature(code="XZ99"), feature(code="XZ02")))) == 2


def test_more_positions_than_can_be_drawn_are_refused() -> None:
    ring = [[110 + number / 1e6, 30.0] for number in range(200_001)]
    assert [each[0] for each in wrong(collection(feature([*ring, [110.0, 30.1], ring[0]])))] == [
        "feature 1 (甲镇纪委) coordinates[0]"
    ]


ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=5), inner, max_size=4), max_leaves=20,
)  # fmt: skip
SPOILT = some.sampled_from(["type", "features", "geometry", "coordinates", "properties", "code"])


@given(ANYTHING)
def test_whatever_a_file_holds_it_is_taken_or_refused_with_a_place(told: Any) -> None:
    with pytest.raises(AreasRefused) as raised:
        read_areas(json.dumps(told).encode(), COUNTY)
    assert all(each.place and each.expected for each in raised.value.wrong)


@given(SPOILT, ANYTHING)
def test_whichever_part_is_spoilt_it_is_taken_or_refused_with_a_place(part: str, told: Any) -> None:
    whole = json.loads(collection(feature()))
    spoil(whole, part, told)
    wrong: list[Any] = []
    try:
        taken = read_areas(json.dumps(whole).encode(), COUNTY)
    except AreasRefused as refused:
        taken, wrong = [], refused.wrong
    assert len(taken) == (0 if wrong else 1)
    assert all(each.place and each.expected for each in wrong)


def spoil(node: Any, part: str, told: Any) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == part:
                node[key] = told
            else:
                spoil(value, part, told)
    elif isinstance(node, list):
        for each in node:
            spoil(each, part, told)


@given(some.binary(max_size=200))
def test_any_bytes_are_refused_and_break_nothing(content: bytes) -> None:
    with pytest.raises(AreasRefused):
        read_areas(content, COUNTY)


POINTS = some.tuples(some.integers(0, 12), some.integers(0, 12)).map(lambda p: (float(p[0]), float(p[1])))


@given(some.lists(POINTS, min_size=3, max_size=9, unique=True))
def test_crossings_are_those_that_comparing_all_pairs_finds(points: list[tuple[float, float]]) -> None:
    ring = [*points, points[0]]
    pairs = list(pairwise(ring))

    def turn(a: Any, b: Any, c: Any) -> float:
        return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

    crossed = any(
        turn(*pairs[i], pairs[j][0]) * turn(*pairs[i], pairs[j][1]) < 0 and turn(*pairs[j], pairs[i][0]) * turn(*pairs[j], pairs[i][1]) < 0
        for i in range(len(pairs)) for j in range(i)
    )  # fmt: skip
    assert (crossing(ring) is not None) == crossed


def test_a_ring_that_vanishes_on_the_grid_is_left_out_and_a_flat_one_encloses_nothing() -> None:
    small = ((0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.0))
    assert (thinned(small, 1.0), is_flat(((0, 0), (1, 1), (2, 2), (0, 0)))) == ((), True)
