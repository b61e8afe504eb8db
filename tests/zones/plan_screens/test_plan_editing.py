"""What one act of the editor does to a scheme; values alone."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.organisation.models import UnitRecord
from xiezuo.shared.errors import BadInput
from xiezuo.zones.plans.editing import ACTS, Board, Sent, edited
from xiezuo.zones.queries.schemes import Known
from xiezuo.zones.scheme import PlannedLeader, PlannedMember, PlannedZone, Scheme

LEDGER = Scheme(
    (PlannedZone("Y1", "第一", "一级"), PlannedZone("E1", "东片", "二级", "乡镇", "Y1"), PlannedZone("E2", "西片", "二级", "乡镇", "Y1")),
    (PlannedMember("E1", 1, "轴"), PlannedMember("E1", 2, "成员"), PlannedMember("E2", 3, "轴"), PlannedMember("E2", 2, "支援")),
    (PlannedLeader("Y1", 7), PlannedLeader("E1", 8)),
)  # fmt: skip
UNITS = {unit: UnitRecord(unit_id=unit, name=f"虚构{unit}镇", kind="乡镇纪委") for unit in (1, 2, 3, 4)}
KNOWN = Known(UNITS, {7: "安一", 8: "安二", 9: "安三"})


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def board(scheme: Scheme = LEDGER) -> Board:
    return Board(scheme, LEDGER, KNOWN, (7, 8, 9), ("E9",))


def done(
    verb: str, scheme: Scheme = LEDGER, several: dict[str, Sequence[str]] | None = None, **values: str
) -> Any:
    return edited(verb, Sent(values, several or {}), board(scheme))


def test_a_unit_is_put_into_a_zone_and_it_is_said_in_a_sentence() -> None:
    found = done("put", unit="4", zone="E2", role="成员")
    assert found.scheme.place(4) == PlannedMember("E2", 4, "成员")
    assert found.said == "虚构4镇 is now in 西片 as member."


def test_a_unit_leaves_all_zones() -> None:
    assert done("put", unit="2", zone="", role="成员").scheme.places(2) == ()


def test_a_unit_goes_back_to_where_the_ledger_has_it_helping_included() -> None:
    moved = done("put", unit="2", zone="E2", role="成员").scheme
    back = done("back", moved, unit="2").scheme
    assert {(each.zone, each.role) for each in back.members if each.unit == 2} == {
        ("E1", "成员"),
        ("E2", "支援"),
    }


def test_who_stops_helping_stays_a_member_elsewhere() -> None:
    found = done("stop-helping", unit="2", zone="E2").scheme
    assert [(each.zone, each.role) for each in found.members if each.unit == 2] == [("E1", "成员")]


def test_a_zone_that_is_added_gets_a_code_that_no_zone_ever_had() -> None:
    found = done("add-zone", name="南片", level="二级", kind="乡镇", parent="Y1").scheme
    [new] = [each for each in found.zones if each.name == "南片"]
    assert new.code not in {"Y1", "E1", "E2", "E9"}
    assert (new.level, new.kind, new.parent) == ("二级", "乡镇", "Y1")


def test_a_zone_is_described_anew_and_keeps_its_code_and_level() -> None:
    found = done("describe-zone", zone="E1", name="城东片", kind="县直", parent="", level="一级").scheme
    assert found.zone("E1") == PlannedZone("E1", "城东片", "二级", "县直", "")


def test_a_zone_is_taken_out_and_what_it_leaves_is_counted() -> None:
    found = done("close-zone", zone="E1")
    assert found.scheme.zone("E1") is None
    assert found.said == "东片 has been taken out of the plan; 2 units of it are now in no zone."


def test_leaders_are_named_in_place_of_those_before() -> None:
    found = done("lead", zone="E1", several={"person": ["9", "9"]})
    assert found.scheme.leaders_of("E1") == (9,)
    assert found.said == "东片 is now led by 安三."


WRONG = {
    "an unknown verb": ("sing", {}),
    "no unit": ("put", {"zone": "E1", "role": "成员"}),
    "a unit in letters": ("put", {"unit": "甲", "zone": "E1", "role": "成员"}),
    "a unit in other digits": ("put", {"unit": "１", "zone": "E1", "role": "成员"}),
    "a unit that is none": ("put", {"unit": "99", "zone": "E1", "role": "成员"}),
    "a zone that is none": ("put", {"unit": "1", "zone": "E7", "role": "成员"}),
    "a role that is none": ("put", {"unit": "1", "zone": "E1", "role": "区长"}),
    "a zone without a name": ("add-zone", {"name": "  ", "level": "二级", "kind": "乡镇"}),
    "a name too long": ("add-zone", {"name": "长" * 61, "level": "二级", "kind": "乡镇"}),
    "a name that cannot be read": ("add-zone", {"name": "东\u0000片", "level": "二级", "kind": "乡镇"}),
    "a name that another zone has": ("add-zone", {"name": "东片", "level": "二级", "kind": "乡镇"}),
    "a level that is none": ("add-zone", {"name": "新片", "level": "三级", "kind": "乡镇"}),
    "a kind that is none": ("add-zone", {"name": "新片", "level": "二级", "kind": "园区"}),
    "a parent of the second level": (
        "add-zone",
        {"name": "新片", "level": "二级", "kind": "乡镇", "parent": "E1"},
    ),
    "nobody's zone to lead": ("lead", {"zone": "E7"}),
}


@pytest.mark.parametrize(("verb", "values"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_meant_is_refused_in_words(verb: str, values: dict[str, str]) -> None:
    with pytest.raises(BadInput, match=r"\w{4}"):
        done(verb, **values)


def test_somebody_who_may_not_lead_is_refused() -> None:
    with pytest.raises(BadInput, match="cannot be chosen"):
        done("lead", zone="E1", several={"person": ["12"]})


WORDS = st.sampled_from(
    [
        "",
        "1",
        "2",
        "3",
        "4",
        "E1",
        "E2",
        "Y1",
        "一级",
        "二级",
        "乡镇",
        "县直",
        "轴",
        "成员",
        "支援",
        "新片",
        "-1",
        "\u0000",
    ]
)


@given(
    st.sampled_from([*ACTS, "sing"]),
    st.dictionaries(st.sampled_from(["unit", "zone", "role", "name", "level", "kind", "parent"]), WORDS),
)
def test_whatever_is_sent_gives_a_scheme_of_known_zones_or_a_refusal(
    verb: str, values: dict[str, str]
) -> None:
    try:
        found = edited(verb, Sent(values, {"person": [values.get("unit", "7")]}), board()).scheme
    except BadInput:
        return
    codes = {each.code for each in found.zones}
    assert len(codes) == len(found.zones)
    assert {each.zone for each in (*found.members, *found.leaders)} <= codes
    assert len(set(found.members)) == len(found.members)
