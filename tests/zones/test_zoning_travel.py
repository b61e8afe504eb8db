"""Ways and coordinates: each fault is found, named with its places and numbers, and sound input has none."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.zones.zoning.travel import (
    Fault,
    faults_of_points,
    faults_of_ways,
    great_circle,
    ways_from_points,
)

COUNTY = {f"t{at}": (32.0 + at % 4 * 0.1, 109.0 + at // 4 * 0.15) for at in range(12)}
"""A fictional county of twelve townships in four rows."""


def _ways(**changed):
    ways = {(one, other): 20.0 for one in "abc" for other in "abc" if one != other}
    return {**ways, **{(key[0], key[1]): value for key, value in changed.items()}}


@pytest.mark.parametrize(
    ("ways", "fault", "places", "found"),
    [
        (_ways(ab=None), Fault.HOLE, ("a", "b"), ()),
        (_ways(ab=-3.0), Fault.NEGATIVE, ("a", "b"), (-3.0,)),
        (_ways(bc=math.inf), Fault.NOT_A_NUMBER, ("b", "c"), (math.inf,)),
        (_ways(ac=90.0), Fault.LOPSIDED, ("a", "c"), (90.0, 20.0)),
    ],
)
def test_a_faulty_way_is_named(ways, fault, places, found):
    (only,) = faults_of_ways(ways, ("a", "b", "c"), ("a", "b", "c"))
    assert (only.fault, only.places, only.found) == (fault, places, found)
    assert str(only).startswith(f"{places[0]} → {places[1]}: {fault.value}")


def test_ways_that_differ_within_reason_are_sound():
    assert faults_of_ways(_ways(ab=55.0, ac=2.0, ca=9.0), ("a", "b", "c"), ("a", "b", "c")) == []


def test_stations_are_not_asked_for_ways_back():
    assert faults_of_ways({("a", "x"): 5.0, ("b", "x"): 500.0}, ("a", "b"), ("x",)) == []


@pytest.mark.parametrize("code", sorted(COUNTY))
def test_swapped_coordinates_are_told_from_places_far_outside(code):
    swapped = {**COUNTY, code: COUNTY[code][::-1]}
    assert [(each.fault, each.places) for each in faults_of_points(swapped)] == [(Fault.SWAPPED, (code,))]
    outside = {**COUNTY, code: (36.0, 117.0)}
    assert [(each.fault, each.places) for each in faults_of_points(outside)] == [(Fault.OUTSIDE, (code,))]


def test_swapped_coordinates_within_the_range_of_latitudes_are_found():
    moved = {code: (x, y - 49) for code, (x, y) in COUNTY.items()}
    moved["t3"] = moved["t3"][::-1]
    assert [(each.fault, each.places) for each in faults_of_points(moved)] == [(Fault.SWAPPED, ("t3",))]


def test_no_degrees_on_earth_are_named():
    (only,) = faults_of_points({**COUNTY, "t1": (200.0, 300.0)})
    assert (only.fault, only.places, only.found) == (Fault.NO_DEGREES, ("t1",), (200.0, 300.0))


def test_a_county_as_it_is_has_no_fault():
    assert faults_of_points(COUNTY) == []
    assert faults_of_points({"only": (32.0, 109.0)}) == []
    assert faults_of_points(dict.fromkeys("abc", (32.0, 109.0))) == []


def test_a_quarter_of_the_equator_is_a_quarter_of_the_earth_round():
    assert great_circle((0, 0), (0, 90)) == pytest.approx(math.pi / 2 * 6371.0088)
    assert ways_from_points({"a": (0, 0)}, {"b": (0, 90)}, factor=1.5, speed=60.0)["a", "b"] == pytest.approx(
        math.pi / 2 * 6371.0088 * 1.5
    )


points = st.tuples(st.floats(-89, 89), st.floats(-179, 179))


@given(points, points, points)
def test_the_great_circle_is_a_distance(one, other, third):
    assert great_circle(one, one) == 0
    assert great_circle(one, other) == pytest.approx(great_circle(other, one), abs=1e-6)
    assert great_circle(one, third) <= great_circle(one, other) + great_circle(other, third) + 1e-6
