"""Merge, split and transfer: each gives another scheme in which nobody is lost and nothing else changed."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.zones.plans import policies
from xiezuo.zones.scheme import PlannedLeader, PlannedMember, PlannedZone, Scheme, difference
from xiezuo.zones.scheme_acts import free_code, merged, split, transferred, under

FIRST = (PlannedZone("Y1", "第一协作区", "一级"), PlannedZone("Y2", "第二协作区", "一级"))
TOWN = tuple(PlannedZone(f"E{n}", f"乡镇{n}", "二级", "乡镇", "Y1") for n in (1, 2, 3))
DIRECT = tuple(PlannedZone(f"D{n}", f"县直{n}", "二级", "县直", "Y2") for n in (1, 2))
_CODES = [zone.code for zone in (*TOWN, *DIRECT)]


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Both levels, each unit in one zone, some helping others; an axis in each township zone, a lead in each direct."""
    places = draw(st.lists(st.sampled_from(_CODES), min_size=1, max_size=20))
    members = [PlannedMember(code, unit, "成员") for unit, code in enumerate(places, 100)]
    heads = [
        PlannedMember(zone.code, number, "轴" if zone.kind == "乡镇" else "领办")
        for number, zone in enumerate((*TOWN, *DIRECT))
    ]
    helps = draw(st.sets(st.tuples(st.sampled_from(_CODES), st.integers(100, 99 + len(places))), max_size=5))
    home = {each.unit: each.zone for each in members}
    helping = [PlannedMember(code, unit, "支援") for code, unit in sorted(helps) if home[unit] != code]
    leaders = tuple(
        PlannedLeader(zone.code, number) for number, zone in enumerate((*FIRST, *TOWN, *DIRECT), 900)
    )
    return Scheme((*FIRST, *TOWN, *DIRECT), (*heads, *members, *helping), leaders).in_order()  # fmt: skip


def inside(scheme: Scheme) -> list[int]:
    return sorted(each.unit for each in scheme.members if each.role != "支援")


@given(schemes(), st.permutations(["E1", "E2", "E3"]), st.integers(2, 3), st.booleans())
def test_zones_merge_and_keep_every_unit_one_axis_and_the_leaders_of_the_one_that_goes_on(
    scheme: Scheme, order: Sequence[str], count: int, new: bool
) -> None:
    codes = order[:count]
    into = PlannedZone("E9" if new else codes[1], "合并后", "二级", "乡镇", "Y1")
    made = merged(scheme, codes, into)
    goes_on = codes[0] if new else codes[1]
    assert inside(made) == inside(scheme)
    assert set(made.inside(into.code)) == {unit for code in codes for unit in scheme.inside(code)}
    assert [each.role for each in made.members_of(into.code)].count("轴") == 1
    axis = next(each.unit for each in scheme.members_of(goes_on) if each.role == "轴")
    assert made.place(axis) == PlannedMember(into.code, axis, "轴")
    assert made.leaders_of(into.code) == scheme.leaders_of(goes_on)
    assert {zone.code for zone in made.zones} == {zone.code for zone in scheme.zones} - set(codes) | {
        into.code
    }
    helpers = {each.unit for each in made.members_of(into.code) if each.role == "支援"}
    assert not helpers & set(made.inside(into.code))
    for code in set(_CODES) - set(codes):
        assert made.members_of(code) == scheme.members_of(code)


def test_first_level_zones_merge_with_what_stands_under_them() -> None:
    scheme = Scheme((*FIRST, *TOWN, *DIRECT))
    made = merged(scheme, ["Y1", "Y2"], FIRST[1], leaders=[7])
    assert [zone.code for zone in made.at_level("一级")] == ["Y2"]
    assert {zone.parent for zone in made.at_level("二级")} == {"Y2"}
    assert made.leaders_of("Y2") == (7,)


@given(schemes(), st.data())
def test_a_zone_splits_and_the_new_one_is_taken_in_hand(scheme: Scheme, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(_CODES))
    here = list(scheme.inside(code))
    units = data.draw(st.lists(st.sampled_from(here), min_size=1, unique=True))
    kind = next(zone.kind for zone in scheme.zones if zone.code == code)
    made = split(scheme, code, PlannedZone("E9", "新设", "二级", kind, "Y1"), units, [5])
    assert inside(made) == inside(scheme)
    assert (set(made.inside("E9")), set(made.inside(code))) == (set(units), set(here) - set(units))
    assert made.leaders_of("E9") == (5,)
    assert [each.role for each in made.members_of("E9")].count("轴" if kind == "乡镇" else "领办") == 1
    changed = difference(scheme, made)
    assert [zone.code for zone in changed.opened] == ["E9"]
    assert {each.unit for each in changed.moved} == set(units)


@given(schemes(), st.data())
def test_units_are_transferred_and_leave_no_place_behind(scheme: Scheme, data: st.DataObject) -> None:
    units = data.draw(st.lists(st.sampled_from(inside(scheme)), min_size=1, unique=True))
    code = data.draw(st.sampled_from(_CODES))
    made = transferred(scheme, units, code)
    assert inside(made) == inside(scheme)
    assert all(made.places(unit) == (PlannedMember(code, unit, "成员"),) for unit in units)
    assert {each.unit for each in difference(scheme, made).moved} <= set(units)


def test_zones_are_put_under_another_and_codes_are_never_given_twice() -> None:
    scheme = Scheme((*FIRST, *TOWN))
    assert {z.code: z.parent for z in under(scheme, ["E2"], "Y2").zones} == {"Y1": "", "Y2": "", "E1": "Y1", "E2": "Y2", "E3": "Y1"}  # fmt: skip
    assert free_code(scheme, ["E01", "E02"], "二级") == "E03"
    assert free_code(Scheme((PlannedZone("Y01", "x", "一级"),)), [], "一级") == "Y02"


def test_what_makes_no_sense_is_told_before_and_never_done() -> None:
    scheme = Scheme((*FIRST, *TOWN), (PlannedMember("E1", 1, "轴"), PlannedMember("E1", 2, "成员")))
    into = PlannedZone("E1", "合并后", "二级", "乡镇", "Y1")
    for codes, zone in ((["E1"], into), (["E1", "Y1"], into), (["E1", "E9"], into), (["E2", "E3"], into)):
        assert policies.against_merging(scheme, codes, zone)
        with pytest.raises(ValueError, match="zone"):
            merged(scheme, codes, zone)
    assert policies.against_merging(scheme, ["E1", "E2"], into) == []
    new = PlannedZone("E9", "新设", "二级", "乡镇", "Y1")
    for code, zone, units in (("E8", new, [1]), ("E1", TOWN[1], [1]), ("E1", new, []), ("E1", new, [1, 2])):
        assert policies.against_splitting(scheme, code, zone, units)
    assert policies.against_splitting(scheme, "E1", new, [2]) == []
    assert policies.against_transferring(scheme, [2], "E9")
    assert policies.against_transferring(scheme, [], "E2")
    with pytest.raises(ValueError, match="E9"):
        transferred(scheme, [2], "E9")
