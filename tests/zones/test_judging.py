"""Each rule of zone plans met and broken: what is told, of which zone, unit or person, with which numbers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zones.judged_county import PEOPLE as P
from tests.zones.judged_county import RULES, UNITS, County, county_on
from xiezuo.organisation.states import Mode, UnitKind
from xiezuo.zones import judged as facts
from xiezuo.zones.judged import Breach, Fault, Ground, RuleSaid, Standing
from xiezuo.zones.judging import SOUND, blocking, judge
from xiezuo.zones.judging_rules import CADENCES, CHECKS, host_of
from xiezuo.zones.scheme import PlannedLeader, PlannedMember, PlannedZone, Scheme

U = UNITS
SEED = county_on(date(2022, 6, 20))
TODAY = county_on(date(2024, 1, 1))


def test_the_plan_of_the_seed_keeps_every_rule_that_is_judged():
    standings = {each.rule.code: each.standing for each in SEED.judged()}
    told = {"Z14": Standing.UNKNOWN, "Z15": Standing.MEETINGS, "Z16": Standing.MEETINGS}
    assert standings == {"Z00": Standing.MET} | {
        rule.code: told.get(rule.code, Standing.MET) for rule in RULES
    }


@pytest.mark.parametrize(
    ("day", "code", "breaches"),
    [
        # A new committee belongs to no zone for some weeks.
        (date(2023, 5, 1), "Z01", (Breach(Fault.IN_NO_ZONE, unit=U["KF01"]),)),
        # Who led it has left: the zone is without a leader, and is then the third one of a leader who has two.
        (date(2023, 11, 5), "Z11", (Breach(Fault.NO_LEADER, "ED5"),)),
        (
            date(2023, 11, 20), "Z05",
            (Breach(Fault.SPAN, person=P["P005"], zones=("ED2", "ED5", "ET2"), number=3, wanted=2),),
        ),
    ],
)  # fmt: skip
def test_later_days_of_the_county_break_the_rules_that_they_are_made_to_break(
    day: date, code: str, breaches: tuple[Breach, ...]
):
    county = county_on(day)
    assert county.broken()[code] == breaches
    assert [each.rule.code for each in blocking(county.judged())] == [code]


def test_the_zones_in_force_today_break_no_binding_rule_and_two_have_more_units_than_advised():
    assert blocking(TODAY.judged()) == []
    assert TODAY.broken() == {
        "Z09": tuple(Breach(Fault.TOO_MANY, code, number=7, wanted=6) for code in ("ED5", "ED6"))
    }


def led(zone: str, *people: str) -> Callable[[Scheme], Scheme]:
    return lambda scheme: scheme.led(zone, [P[each] for each in people])


def put(unit: str, zone: str, role: str = "成员") -> Callable[[Scheme], Scheme]:
    return lambda scheme: scheme.put(U[unit], zone, role)


def added(*rows: PlannedMember) -> Callable[[Scheme], Scheme]:
    return lambda scheme: replace(scheme, members=(*scheme.members, *rows))


def told_of(code: str, change: Callable[[Scheme], Scheme], county: County = SEED) -> tuple[Breach, ...]:
    return county.broken(change(county.scheme)).get(code, ())


CHANGES: list[tuple[str, Callable[[Scheme], Scheme], tuple[Breach, ...]]] = [
    ("Z01", lambda scheme: scheme.take_out(U["PZ03"]), (Breach(Fault.IN_NO_ZONE, unit=U["PZ03"]),)),
    ("Z01", put("PZ03", "ED1", "支援"), ()),  # who helps stays where it is
    ("Z01", put("PZ03", "ED1"), ()),
    (
        "Z01", added(PlannedMember("ED1", U["PZ03"], "成员")),
        (Breach(Fault.IN_SEVERAL, unit=U["PZ03"], zones=("ED1", "ED3"), number=2),),
    ),
    (
        # A unit that need be in no zone may not be in two either.
        "Z01", added(PlannedMember("ED1", U["XC01"], "成员"), PlannedMember("ED3", U["XC01"], "成员")),
        (Breach(Fault.IN_SEVERAL, unit=U["XC01"], zones=("ED1", "ED3"), number=2),),
    ),
    (
        "Z02", lambda scheme: scheme.without_zone("Y2"),
        tuple(Breach(Fault.UNDER_NONE, code) for code in ("ED2", "ED4", "ED5", "ET2")),
    ),
    ("Z03", put("GZ03", "ET3"), (Breach(Fault.AXIS_COUNT, "ET3", number=0, wanted=1),)),
    ("Z03", put("GZ02", "ET1", "轴"), (
        Breach(Fault.AXIS_COUNT, "ET1", number=2, wanted=1), Breach(Fault.AXIS_COUNT, "ET2", number=0, wanted=1),
    )),
    (
        "Z03", lambda scheme: scheme.put(U["GZ03"], "ET3").put(U["XZ03"], "ET3", "轴"),
        (Breach(Fault.AXIS_NO_STATION, "ET3", U["XZ03"]),),
    ),
    ("Z04", lambda scheme: scheme.put(U["JD03"], "ED3").put(U["SC02"], "ED3"), (Breach(Fault.NO_LEAD_OFFICE, "ED3"),)),
    ("Z04", put("PZ03", "ED3", "领办"), ()),
    ("Z04", lambda scheme: put("PZ03", "ED3", "领办")(scheme.put(U["JD03"], "ED3").put(U["SC02"], "ED3")), (Breach(Fault.NO_LEAD_OFFICE, "ED3"),)),
    (
        "Z05", led("ED4", "P004"),
        (Breach(Fault.SPAN, person=P["P004"], zones=("ED1", "ED4", "ET1"), number=3, wanted=2),),
    ),
    ("Z05", led("Y1", "P004"), ()),
    ("Z06", put("ZH04", "ED1"), (Breach(Fault.SUPPORT_MEMBER, "ED1", U["ZH04"]),)),
    ("Z06", put("ZH04", "ED1", "支援"), ()),
    (
        "Z07", put("XZ03", "ET1"),
        (Breach(Fault.HOST_ELSEWHERE, "ET3", U["XZ03"], zones=("ET1",), other=U["GZ03"]),),
    ),
    ("Z07", put("XZ07", "ET1"), ()),
    ("Z08", put("PZ03", "ED1"), (Breach(Fault.TOO_FEW, "ED3", number=2, wanted=3),)),
    ("Z08", put("XC01", "ET3", "支援"), ()),
    ("Z09", put("PZ09", "ED5"), (Breach(Fault.TOO_MANY, "ED5", number=7, wanted=6),)),
    ("Z11", led("ED4"), (Breach(Fault.NO_LEADER, "ED4"),)),
    (
        "Z11", led("ED4", "P007", "P008"),
        (Breach(Fault.SEVERAL_LEADERS, "ED4", people=(P["P007"], P["P008"]), number=2),),
    ),
    ("Z11", led("Y1", "P004"), (Breach(Fault.NO_DEPUTY, "Y1", person=P["P004"]),)),
    ("Z11", led("ED4", "P011"), (Breach(Fault.LEADER_GONE, "ED4", person=P["P011"]),)),
    ("Z12", put("PZ03", "ED1"), (Breach(Fault.OTHER_SHARE, "ED1", U["PZ03"], P["P004"], people=(P["P006"],)),)),
    (
        "Z12", put("SC03", "ED3"),
        (
            Breach(Fault.OTHER_SHARE, "ED3", U["SC03"], P["P006"], people=(P["P007"],)),
            Breach(Fault.OTHER_CHARGE, "Y1", U["SC03"], P["P002"], people=(P["P003"],)),
        ),
    ),
    (
        "Z13", lambda scheme: scheme.with_zone(replace(scheme.zone("ED4"), parent="Y1")),
        (Breach(Fault.OTHER_DEPUTY, "ED4", person=P["P007"], people=(P["P003"],), zones=("Y1",)),),
    ),
    ("Z13", led("ED4", "P010"), ()),  # whom he assists, nothing says
]  # fmt: skip


@pytest.mark.parametrize(("code", "change", "breaches"), CHANGES)
def test_a_change_of_the_plan_breaks_its_rule_and_names_what_breaks_it(
    code: str, change: Callable[[Scheme], Scheme], breaches: tuple[Breach, ...]
):
    assert told_of(code, change) == breaches


def without_stations(county: County) -> County:
    units = {unit: each for unit, each in county.ground.units.items() if each.kind != facts.STATION}
    members = tuple(each for each in county.scheme.members if each.unit in units)
    return County(replace(county.scheme, members=members), replace(county.ground, units=units))


@pytest.mark.parametrize(
    ("axis", "breaches"),
    [
        ("XZ03", ()),
        ("JD03", ()),
        ("PZ03", (Breach(Fault.AXIS_NO_HUB, "ET3", U["PZ03"]),)),
    ],
)
def test_a_county_without_stations_names_an_office_or_a_township_as_axis(axis: str, breaches: tuple[Breach]):
    county = without_stations(SEED)
    named = county.scheme.put(U["XZ01"], "ET1", "轴").put(U["XZ02"], "ET2", "轴").put(U[axis], "ET3", "轴")
    assert county.broken(named).get("Z03", ()) == breaches
    assert "Z07" not in county.broken(named)


def ground(**changes: object) -> County:
    return County(SEED.scheme, replace(SEED.ground, **changes))


def test_a_way_longer_than_the_limit_is_told_only_where_ways_are_known():
    ways = {(U["XZ05"], U["GZ02"]): 61.0, (U["XZ08"], U["GZ02"]): 60.0, (U["XZ05"], U["GZ01"]): 300.0}
    far = Breach(Fault.FAR, "ET2", U["XZ05"], other=U["GZ02"], number=61, wanted=60)
    assert ground(ways=ways).broken() == {"Z14": (far,)}


def test_staff_is_judged_within_the_zones_of_a_kind_and_not_where_it_is_withheld():
    def staffed(**more: int | None) -> County:
        units = {
            unit: replace(each, staff=more.get(each.code, 2)) for unit, each in SEED.ground.units.items()
        }
        return ground(units=units)

    # Township zones of 8, 8 and 6 people have a mean of 22/3: half as much again is 11.
    assert "Z10" not in staffed(XZ01=5).broken()
    assert staffed(XZ01=9).broken()["Z10"] == (Breach(Fault.UNEVEN, "ET1", number=15, wanted=9.7),)
    standing = {each.rule.code: each.standing for each in staffed(XZ01=None).judged()}
    assert standing["Z10"] is Standing.UNKNOWN


def test_a_zone_exactly_on_the_bound_of_the_load_is_inside():
    codes = {"GZ01": 1, "XZ01": 4, "XZ04": 4, "XZ06": 0, "GZ02": 6, "XZ02": 0, "XZ05": 0, "XZ08": 0, "GZ03": 3, "XZ03": 0, "XZ07": 0}  # fmt: skip
    units = {unit: replace(each, staff=codes.get(each.code, 0)) for unit, each in SEED.ground.units.items()}
    assert ground(units=units).broken() == {}  # 9, 6, 3: the mean is 6, half of it is 3


@pytest.mark.parametrize("code", ["Z05", "Z08", "Z09", "Z10", "Z14"])
def test_a_rule_without_its_number_is_not_judged(code: str):
    rules = tuple(replace(rule, limit=None) for rule in RULES if rule.code == code)
    found = judge(SEED.scheme, replace(SEED.ground, ways={(1, 2): 999.0}), rules)
    assert [each.standing for each in found] == [Standing.MET, Standing.UNKNOWN]


def test_a_rule_that_the_county_added_is_for_people_and_blocks_nothing():
    own = RuleSaid("Z90", "虚构规则", binding=True)
    found = judge(Scheme(), Ground(), [own])
    assert [(each.rule, each.standing) for each in found] == [(SOUND, Standing.MET), (own, Standing.PEOPLE)]
    assert blocking(found) == []


def test_only_what_is_binding_blocks_and_the_county_says_what_is():
    change = SEED.scheme.put(U["PZ03"], "ED1").led("ED4", [])
    codes = [each.rule.code for each in blocking(SEED.judged(change))]
    assert codes == ["Z11"]
    turned = tuple(replace(rule, binding=not rule.binding) for rule in RULES)
    assert [each.rule.code for each in blocking(SEED.judged(change, turned))] == ["Z08", "Z12"]


ZONE = PlannedZone("ED9", "虚构协作区", "二级", "县直", "Y1")


@pytest.mark.parametrize(
    ("change", "breaches"),
    [
        (lambda s: replace(s, zones=(*s.zones, s.zones[0])), (Breach(Fault.CODE_TWICE, "Y1", number=2),)),
        (lambda s: s.with_zone(replace(ZONE, code=" ")), (Breach(Fault.NO_CODE),)),
        (lambda s: s.with_zone(replace(ZONE, name="县直政法协作区 ")), (Breach(Fault.NAME_TWICE, "ED3", zones=("ED9",)),)),
        (lambda s: s.with_zone(replace(ZONE, name=" ")), (Breach(Fault.NO_NAME, "ED9"),)),
        (lambda s: s.with_zone(replace(ZONE, level="三级")), (Breach(Fault.NO_LEVEL, "ED9"),)),
        (lambda s: s.with_zone(replace(ZONE, kind="")), (Breach(Fault.KIND, "ED9"),)),
        (lambda s: s.with_zone(replace(ZONE, level="一级")), (Breach(Fault.KIND, "ED9"),)),
        (lambda s: s.with_zone(PlannedZone("Y9", "虚构", "一级", "", "Y1")), (Breach(Fault.KIND, "Y9"),)),
        (added(PlannedMember("ED9", U["XC01"], "成员")), (Breach(Fault.ZONE_UNKNOWN, "ED9", U["XC01"]),)),
        (added(PlannedMember("ED1", U["KF01"], "成员")), (Breach(Fault.UNIT_GONE, "ED1", U["KF01"]),)),
        (added(PlannedMember("ED1", U["XC01"], "组员")), (Breach(Fault.ROLE_UNKNOWN, "ED1", U["XC01"]),)),
        (added(PlannedMember("ED1", U["JD01"], "成员")), (Breach(Fault.MEMBER_TWICE, "ED1", U["JD01"]),)),
        (lambda s: replace(s, leaders=(*s.leaders, PlannedLeader("ED9", 1))), (Breach(Fault.ZONE_UNKNOWN, "ED9", person=1),)),
        (
            lambda s: replace(s, leaders=(*s.leaders, *s.leaders[:1])),
            (Breach(Fault.LEADER_TWICE, "Y1", person=P["P002"]),),
        ),
    ],
)  # fmt: skip
def test_a_scheme_that_contradicts_itself_blocks_whatever_the_rules_say(
    change: Callable[[Scheme], Scheme], breaches: tuple[Breach, ...]
):
    found = SEED.judged(change(SEED.scheme), ())
    assert [(each.rule, each.breaches, each.blocks) for each in found] == [(SOUND, breaches, True)]


@pytest.mark.parametrize(
    ("host", "place", "township"),
    [
        ("双槐镇人民政府", "双槐镇", "XZ03"),
        ("", "双槐镇", "XZ03"),
        ("青石渡镇人民政府", "双槐镇", "XZ02"),  # the host says more than the place
        ("虚构镇人民政府", "", None),
        ("", "", None),
    ],
)
def test_the_host_township_of_a_station_is_found_by_its_host_and_else_by_its_place(
    host: str, place: str, township: str | None
):
    station = replace(SEED.ground.units[U["GZ03"]], host=host, place=place)
    there = replace(SEED.ground, units={**SEED.ground.units, U["GZ03"]: station})
    assert host_of(U["GZ03"], there) == (U[township] if township else None)


def test_of_two_townships_whose_names_begin_alike_the_longer_one_is_the_host():
    named = {"XZ03": "双槐镇纪委", "XZ07": "双槐镇北纪委"}
    units = {u: replace(each, name=named.get(each.code, each.name), place="" if each.code in named else each.place)
             for u, each in SEED.ground.units.items()}  # fmt: skip
    station = replace(units[U["GZ03"]], host="双槐镇北人民政府")
    assert host_of(U["GZ03"], replace(SEED.ground, units={**units, U["GZ03"]: station})) == U["XZ07"]


def test_the_words_of_judging_are_those_of_the_ledger():
    assert {*facts.ZONED, facts.SUPPORT} <= set(UnitKind.values)
    assert Mode.values == [facts.IN_CHARGE, facts.ASSISTING, facts.CONTACT]
    assert {*CHECKS, *CADENCES} == {rule.code for rule in RULES}


# Any scheme


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """The seed's scheme after a few changes of any sort, sensible or not."""
    scheme = SEED.scheme
    codes = [zone.code for zone in scheme.zones]
    units, people = list(SEED.ground.units), sorted(SEED.ground.deputies | SEED.ground.standing)
    for _step in range(draw(st.integers(0, 8))):
        unit, zone = draw(st.sampled_from(units)), draw(st.sampled_from(codes))
        role = draw(st.sampled_from(["轴", "领办", "成员", "支援"]))
        act = draw(st.sampled_from(["put", "add", "out", "lead", "close"]))
        if act == "put":
            scheme = scheme.put(unit, zone, role)
        elif act == "add":
            scheme = added(PlannedMember(zone, unit, role))(scheme)
        elif act == "out":
            scheme = scheme.take_out(unit)
        elif act == "lead":
            scheme = scheme.led(zone, draw(st.lists(st.sampled_from(people), max_size=2, unique=True)))
        else:
            scheme = scheme.without_zone(zone)
    return scheme


@given(schemes(), st.randoms(use_true_random=False))
def test_judging_depends_on_no_order(scheme: Scheme, random: Random):
    def mixed(rows: tuple) -> tuple:
        return tuple(random.sample(rows, len(rows)))

    other = Scheme(mixed(scheme.zones), mixed(scheme.members), mixed(scheme.leaders))
    assert SEED.judged(other) == SEED.judged(scheme)
    assert SEED.judged(scheme.in_order()) == SEED.judged(scheme)


@given(schemes())
def test_what_is_judged_allowed_answers_each_unit_and_zone_with_exactly_one(scheme: Scheme):
    """Counted here by the members themselves, without the product's own words for it."""
    if blocking(SEED.judged(scheme)):
        return
    second = {zone.code: zone for zone in scheme.zones if zone.level == "二级"}
    for unit, each in SEED.ground.units.items():
        inside = [m for m in scheme.members if m.unit == unit and m.role != "支援" and m.zone in second]
        assert len(inside) <= 1
        assert inside or each.kind not in facts.ZONED
        assert not inside or each.kind != facts.SUPPORT
    first = [zone.code for zone in scheme.zones if zone.level == "一级"]
    leaders = [leader.zone for leader in scheme.leaders]
    for zone in second.values():
        assert first.count(zone.parent) == 1
    assert sorted(leaders) == sorted(zone.code for zone in scheme.zones)
    for person in {leader.person for leader in scheme.leaders}:
        assert sum(leader.person == person and leader.zone in second for leader in scheme.leaders) <= 2


@given(schemes(), st.sampled_from(sorted(U.values())), st.sampled_from(["ET1", "ET2", "ED1", "ED3", "ED5"]))
def test_a_move_never_puts_a_unit_of_one_zone_into_none_or_several(scheme: Scheme, unit: int, zone: str):
    if scheme.zone(zone) is None or unit not in SEED.ground.units:
        return
    moved = SEED.broken(scheme.put(unit, zone)).get("Z01", ())
    assert unit not in {breach.unit for breach in moved}


@given(schemes())
def test_every_breach_names_a_zone_a_unit_or_a_person_of_the_scheme_or_its_ground(scheme: Scheme):
    codes = {each.code for each in scheme.zones} | {each.zone for each in (*scheme.members, *scheme.leaders)}
    for judged in SEED.judged(scheme):
        assert judged.broken == bool(judged.breaches)
        for breach in judged.breaches:
            assert breach.zone or breach.unit or breach.person
            assert {breach.zone, *breach.zones} <= codes | {"", *(zone.parent for zone in scheme.zones)}
