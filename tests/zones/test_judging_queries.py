"""What judging reads from the ledger of a day, and how a judgement is said to a reader."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import factories as make
from tests.factories import KNOWN
from tests.zones.judged_county import PEOPLE, RULES, UNITS, county_on
from xiezuo.accounts.api import OPERATOR, as_the_product
from xiezuo.organisation.models import Commission, Portfolio, Unit, UnitRecord
from xiezuo.rules.models import WorkRule
from xiezuo.rules.rule_operations import end_rule, load_defaults, state_rule
from xiezuo.rules.states import RuleKind
from xiezuo.shared import clock
from xiezuo.zones.breach_words import PHRASES, told
from xiezuo.zones.judged import Breach, Fault, Ground, Judged, RuleSaid, Share, Standing, UnitFacts
from xiezuo.zones.judged_words import all_told, counted, reasons, rule_words, standing_note, standing_state
from xiezuo.zones.judging import SOUND
from xiezuo.zones.models import GroundEdition
from xiezuo.zones.queries.judging import judged_on, judging_ground, known_of, zoning_rules
from xiezuo.zones.queries.schemes import Known, scheme_on

DAY = date(2023, 1, 1)
TODAY = clock.today()


@pytest.fixture
def county(actor: None) -> Commission:
    return make.commission()


def shared(person: Any, unit: Unit, mode: str, **days: Any) -> None:
    row = {"commission": unit.commission, "starts": date(2020, 1, 1), "known_from": KNOWN, **days}
    Portfolio.objects.create(person=person, unit=unit, mode=mode, **row)


def given(county: Commission, kind: str, content: dict[str, Any]) -> None:
    with as_the_product():
        GroundEdition.objects.create(
            commission=county, kind=kind, content=content, file_name="虚构.xlsx", sha256="", by="虚构",
            at=datetime(2023, 1, 1, tzinfo=UTC),
        )  # fmt: skip


def a_zone(county: Commission, number: int) -> None:
    """One second-level zone of three units, with staff and a leader."""
    zone = make.zone(county, "二级", "乡镇", code=f"ET{number}", name=f"虚构第{number}协作区")
    for role, kind in (("轴", "驻乡镇纪检监察工作室"), ("成员", "乡镇纪委"), ("成员", "乡镇纪委")):
        unit = make.unit(county, kind)
        make.zone_member(zone, unit, role)
        make.assignment(make.person(county), unit)
    leader = make.person(county, f"虚构领导{number}")
    make.zone_leader(zone, leader)
    shared(leader, unit, "联系")


def test_the_ground_of_a_day_is_what_the_ledger_says_of_it(county: Commission):
    leaders = make.unit(county, "领导班子", code="LD")
    station = make.unit(
        county, "驻乡镇纪检监察工作室", "虚构工作室", code="GZ", host="虚构镇人民政府", place="虚构镇"
    )
    secretary, deputy, member, left = (make.person(county) for _each in range(4))
    for person, post, days in (
        (secretary, "书记", {}), (deputy, "副书记", {}), (member, "常委", {}), (left, "副书记", {"ends": DAY}),
    ):  # fmt: skip
        make.assignment(person, leaders, post, **days)
    shared(deputy, station, "分管")
    shared(member, station, "协管", ends=DAY)
    given(county, "行程", {"minutes": {"GZ": {"LD": 5, "no-unit": 1}}})
    given(county, "行程", {"minutes": {"GZ": {"LD": 7}, "no-unit": {"LD": 1}}})
    given(county, "负荷", {"loads": {"GZ": {"村": 12}, "no-unit": {"村": 1}}})
    assert judging_ground(county, DAY) == Ground(
        units={
            leaders.pk: UnitFacts(leaders.pk, "LD", "领导班子LD", "领导班子", staff=3),
            station.pk: UnitFacts(
                station.pk, "GZ", "虚构工作室", "驻乡镇纪检监察工作室", "虚构镇人民政府", "虚构镇", 0
            ),
        },
        shares=(Share(deputy.pk, station.pk, "分管"),),
        deputies=frozenset({deputy.pk}),
        standing=frozenset({member.pk}),
        in_post=frozenset({secretary.pk, deputy.pk, member.pk}),
        ways={(station.pk, leaders.pk): 7},
        loads={station.pk: {"村": 12}},
    )


def test_the_rules_of_a_day_are_those_in_force_on_it_in_their_order(county: Commission):
    assert zoning_rules(county, DAY) == []
    load_defaults(commission=county, by=OPERATOR, now=clock.now())
    before = zoning_rules(county, DAY)
    assert [(each.code, each.name, each.binding, each.limit, each.unit) for each in before] == [
        (each.code, each.name, each.binding, each.limit, each.unit) for each in RULES
    ]
    rows = {row.code: row for row in WorkRule.objects.filter(commission=county, kind=RuleKind.ZONING)}
    asked = {
        "commission": county,
        "kind": RuleKind.ZONING,
        "starts": TODAY,
        "by": OPERATOR,
        "now": clock.now(),
    }
    state_rule(code="Z05", values={"limit": 3, "binding": False}, seen=rows["Z05"].pk, **asked)
    state_rule(code="Z90", values={"name": "虚构规则", "badge": "本地默认"}, seen=None, **asked)
    end_rule(rule=rows["Z14"], ends=TODAY, basis="虚构", by=OPERATOR, now=clock.now())
    after = {each.code: each for each in zoning_rules(county, TODAY)}
    assert [after["Z05"].limit, after["Z05"].binding] == [3, False]
    assert after.keys() == {each.code for each in before} - {"Z14"} | {"Z90"}


def test_a_county_is_judged_by_the_same_number_of_questions_whatever_it_holds(county: Commission):
    load_defaults(commission=county, by=OPERATOR, now=clock.now())

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            scheme = scheme_on(county, DAY)
            judged = judged_on(county, scheme, DAY)
            known_of(county, DAY, [scheme], judged)
        return len(questions)

    a_zone(county, 1)
    one = asked()
    a_zone(county, 2)
    a_zone(county, 3)
    assert asked() == one


SEED = county_on(date(2022, 6, 20))
NAMES = {number: code for code, number in PEOPLE.items()}
KNOWN_UNITS = Known({unit: UnitRecord(unit_id=unit, name=each.name) for unit, each in SEED.ground.units.items()}, NAMES)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_is_told_with_where_it_is_what_was_found_and_what_was_expected(
    language: str, fault: Fault
):
    assert PHRASES.keys() == set(Fault)
    breach = Breach(
        fault, "ET3", UNITS["XZ03"], PEOPLE["P006"], ("ET1",), (PEOPLE["P002"],), UNITS["GZ03"], 61, 60
    )
    with translation.override(language):
        words = told(breach, SEED.scheme, KNOWN_UNITS)
    assert words.where == "双槐镇纪委"
    assert words.found
    assert words.expected
    assert "%(" not in words.sentence


def test_a_breach_reads_as_a_sentence_in_both_languages():
    breach = Breach(Fault.HOST_ELSEWHERE, "ET3", UNITS["XZ03"], zones=("ET1",), other=UNITS["GZ03"])
    with translation.override("zh-hans"):
        assert told(breach, SEED.scheme, KNOWN_UNITS).sentence == (
            "双槐镇纪委：是轴心单位驻双槐镇纪检监察工作室的驻在乡镇，却没有归入双槐片区协作区（应为：归入所驻轴心单位的协作区）"
        )
    with translation.override("en"):
        assert told(breach, SEED.scheme, KNOWN_UNITS).sentence == (
            "双槐镇纪委: houses the axis 驻双槐镇纪检监察工作室 and is not in 双槐片区协作区 (expected: in the zone of the axis that it houses)"
        )


def test_what_is_no_thing_of_the_ledger_is_still_told():
    breach = Breach(Fault.LEADER_GONE, "ED9", person=7)
    with translation.override("en"):
        assert told(breach, SEED.scheme, Known({}, {})).sentence == (
            "ED9: is led by #7, who holds no post on that day (expected: somebody in post)"
        )
        assert told(Breach(Fault.NO_CODE), SEED.scheme, Known({}, {})).where == "the plan"


def test_each_standing_has_its_words_and_tone():
    rule, hint = RuleSaid("Z05", "虚构规则", binding=True), RuleSaid("Z09", "虚构规则", binding=False)
    breach = (Breach(Fault.NO_LEADER, "Y1"),)
    every = [
        Judged(rule), Judged(rule, breach, Standing.BROKEN), Judged(hint, breach, Standing.BROKEN),
        Judged(rule, standing=Standing.UNKNOWN), Judged(rule, standing=Standing.PEOPLE),
        Judged(rule, standing=Standing.MEETINGS),
    ]  # fmt: skip
    with translation.override("zh-hans"):
        assert [(standing_state(each).plain, standing_state(each).tone) for each in every] == [
            ("达到", "good"), ("违反，不能审定", "bad"), ("未达到，提示", "warn"), ("缺少数据，无法评判", "quiet"),
            ("由人工评判", "wait"), ("用于例会安排", "quiet"),
        ]  # fmt: skip
        assert [bool(standing_note(each)) for each in every] == [False, False, False, True, True, True]
        assert [rule_words(rule), rule_words(SOUND)] == ["Z05 虚构规则", "方案完整、没有自相矛盾之处"]
    found = counted(every)
    assert (found.met, found.hints, found.blocking) == (1, 1, 1)


def test_breaches_are_told_by_zone_and_unit_in_the_order_of_the_reader():
    faults = [("ET3", "XZ07"), ("ET1", "XZ04"), ("ET1", "XZ01"), ("ET1", "GZ01")]
    breaches = tuple(Breach(Fault.UNIT_GONE, zone, UNITS[unit]) for zone, unit in faults)
    judged = Judged(SOUND, breaches, Standing.BROKEN)
    names = [each.where for each in all_told(judged, SEED.scheme, KNOWN_UNITS)]
    assert names == ["驻澜城镇纪检监察工作室", "澜城镇纪委", "鹤鸣镇纪委", "云岫乡纪委"]
    told_of = reasons([judged, Judged(RULES[8], breaches, Standing.BROKEN)], SEED.scheme, KNOWN_UNITS)
    assert [reason.code for reason in told_of] == ["Z00"] * 4  # a hint is no reason
