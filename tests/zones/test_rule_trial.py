"""A rule of zone plans changed on its screens: what it says before and after, and what it would make of the zones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from tests.reading import questions_of, workbook_rows
from tests.zones.judged_county import PEOPLE as P
from tests.zones.judged_county import RULES, UNITS, county_on
from xiezuo.accounts.api import OPERATOR, as_the_product
from xiezuo.organisation.models import Commission
from xiezuo.rules.models import WorkRule
from xiezuo.rules.rule_operations import load_defaults
from xiezuo.rules.states import RuleKind
from xiezuo.shared import clock
from xiezuo.zones.judged import Breach, Fault
from xiezuo.zones.models import Plan
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.rule_trial import Turn, Turned, turned

TODAY = clock.today()
NEXT_MONTH = TODAY + timedelta(days=30)
SEED = county_on(date(2022, 6, 20))
RULE = {rule.code: rule for rule in RULES}


# What becomes of breaches


def turns(code: str, **changes: Any) -> list[Turned]:
    return turned(SEED.scheme, SEED.ground, RULE[code], replace(RULE[code], **changes))


def test_a_lower_number_makes_breaches_and_the_seeds_own_makes_none():
    several = [("P004", ("ED1", "ET1")), ("P005", ("ED2", "ET2")), ("P006", ("ED3", "ET3"))]
    breaches = [Breach(Fault.SPAN, person=P[who], zones=zones, number=2, wanted=1) for who, zones in several]
    assert turns("Z05", limit=1) == [Turned(None, each, Turn.BLOCKS) for each in breaches]
    assert turns("Z05", limit=1, binding=False) == [Turned(None, each, Turn.HINTS) for each in breaches]
    assert turns("Z05", name="虚构") == []


def test_what_is_broken_either_way_stays_blocks_or_eases():
    scheme = SEED.scheme.put(UNITS["PZ03"], "ED1")
    few = RULE["Z08"]
    told = Breach(Fault.TOO_FEW, "ED3", number=2, wanted=3)

    def turn(before: Any, after: Any) -> list[Turn]:
        return [each.turn for each in turned(scheme, SEED.ground, before, after)]

    assert turned(scheme, SEED.ground, few, few) == [Turned(told, told, Turn.STAYS)]
    assert turn(few, replace(few, binding=True)) == [Turn.BLOCKS]
    assert turn(replace(few, binding=True), few) == [Turn.EASES]
    assert turn(few, replace(few, limit=2)) == [Turn.GONE]
    assert turn(None, few) == [Turn.HINTS]
    # Of two zones that are too small by the new number, one was too small before: the same breach, another bound.
    assert turn(few, replace(few, limit=4)) == [Turn.STAYS, Turn.HINTS]


@given(st.sampled_from(["Z05", "Z08", "Z09", "Z10"]), st.integers(1, 8), st.integers(1, 8), st.booleans())
def test_a_change_and_its_way_back_turn_the_same_breaches(code: str, one: int, other: int, binding: bool):
    before, after = replace(RULE[code], limit=one), replace(RULE[code], limit=other, binding=binding)
    there = turned(SEED.scheme, SEED.ground, before, after)
    back = turned(SEED.scheme, SEED.ground, after, before)
    assert {(each.before, each.after) for each in there} == {(each.after, each.before) for each in back}


# Screens


@pytest.fixture
def county(reader: Client) -> Commission:
    made = make.commission()
    load_defaults(commission=made, by=OPERATOR, now=clock.now())
    return made


def rule_of(county: Commission, code: str, on: date = TODAY) -> WorkRule:
    return WorkRule.objects.on(on).get(commission=county, kind=RuleKind.ZONING, code=code)


def sent(rule: WorkRule, **changes: str) -> dict[str, str]:
    """What a browser sends of an unchanged form, and the changes; a box that is not ticked is not sent."""
    told = {
        "name": rule.name, "limit": str(rule.limit or ""), "limit_unit": rule.limit_unit, "rule": rule.rule,
        "clause": rule.clause, "badge": rule.badge, "source": rule.source, "starts": NEXT_MONTH.isoformat(),
        **({"binding": "on"} if rule.binding else {}), **changes,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value != "off"}


def posted(reader: Client, rule: WorkRule, step: str, **changes: str) -> Any:
    told = {**sent(rule, **changes), "step": step, "seen": str(rule.pk)}
    return reader.post(reverse("rules:change-rule", args=[rule.pk]), told)


def a_zone(county: Commission, number: int) -> None:
    zone = make.zone(county, "二级", "县直", code=f"ED{number}", name=f"虚构第{number}协作区")
    make.zone_member(zone, make.unit(county, "派驻纪检监察组"), "成员")
    make.zone_leader(zone, make.person(county, f"虚构领导{number}"))


def a_draft(county: Commission, number: int) -> Plan:
    """A plan under draft that has the zones of today."""
    told = {
        "commission": county,
        "number": number,
        "name": f"虚构方案{number}",
        "starts": NEXT_MONTH,
        "key": uuid4(),
    }
    with as_the_product():
        return Plan.objects.create(
            content=scheme_on(county, TODAY).as_json(), begun_by="虚构", begun_at=datetime(2023, 1, 1, tzinfo=UTC), **told
        )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ("划区规则", "一名领导联系的二级协作区不超过规定个数", "硬性", "提示", "60分钟", "50%", "本地默认")),
        ("en", ("Rule of zone plans", "binding", "hint", "60 minutes", "50 percent", "local default")),
    ],
)  # fmt: skip
def test_rules_of_zone_plans_have_their_list_in_both_languages(
    reader: Client, county: Commission, language: str, words: tuple[str, ...]
):
    reader.cookies["django_language"] = language
    shown = reader.get(reverse("rules:work-rules"), {"kind": "zoning"}).content.decode()
    assert [each for each in words if each not in shown] == []
    rule = reader.get(reverse("rules:work-rule", args=[rule_of(county, "Z05").pk])).content.decode()
    assert words[2 if language == "zh-hans" else 1] in rule


def test_the_list_is_taken_out_with_force_and_number(reader: Client, county: Commission):
    rows = workbook_rows(reader.get(reverse("rules:work-rules"), {"kind": "zoning", "format": "xlsx"}))
    assert list(rows[0]) == ["编码", "名称", "约束力", "数值", "说明", "条款", "依据性质"]
    found = {row[0]: list(row[1:4]) for row in rows[1:]}
    assert found["Z05"] == ["一名领导联系的二级协作区不超过规定个数", "硬性", "2个"]
    assert found["Z15"] == ["二级协作区例会", "例会频次", "1个月"]
    assert len(found) == 16


def test_a_changed_rule_is_shown_before_and_after_and_tried_on_zones_and_drafts(
    reader: Client, county: Commission
):
    for number in (1, 2):
        a_zone(county, number)
    a_draft(county, 1)
    rule = rule_of(county, "Z08")
    shown = posted(reader, rule, "check", limit="1", binding="on").content.decode()
    assert "<del>3个</del>" in shown
    assert "<ins>1个</ins>" in shown
    assert "<ins>硬性</ins>" in shown
    assert shown.count("修改后不再违反") == 4  # two zones, in force and in the draft
    assert "虚构方案1" in shown
    assert rule_of(county, "Z08", NEXT_MONTH).limit == 3
    stricter = posted(reader, rule, "check", binding="on").content.decode()
    assert stricter.count("修改后不能审定") == 4
    assert "已经审定的方案继续有效" in stricter
    assert posted(reader, rule, "confirm", limit="1", binding="on").status_code == 302
    after = rule_of(county, "Z08", NEXT_MONTH)
    assert (after.limit, after.binding, rule_of(county, "Z08").binding) == (1, True, False)


def test_a_change_that_turns_nothing_says_so(reader: Client, county: Commission):
    shown = posted(reader, rule_of(county, "Z05"), "check", limit="3").content.decode()
    assert "修改前后均没有违反这条规则的情形" in shown


@pytest.mark.parametrize(
    ("code", "changes", "words"),
    [
        ("Z05", {"limit": "", "limit_unit": ""}, "应当填写数值"),
        ("Z05", {"limit_unit": "个月"}, "计量单位应为"),
        ("Z10", {"limit": "0"}, "0"),
        ("Z05", {}, "至少应有一处修改"),
    ],
)
def test_a_rule_that_is_judged_by_its_number_keeps_one_in_its_unit(
    reader: Client, county: Commission, code: str, changes: dict[str, str], words: str
):
    response = posted(reader, rule_of(county, code), "check", **changes)
    assert response.status_code == 422
    assert words in response.content.decode()


@pytest.mark.parametrize(
    ("code", "status", "words"), [("Z90", 200, "由人工评判"), ("Z00", 422, "请换一个编号")]
)
def test_a_county_adds_a_rule_that_people_judge_and_none_under_the_products_own_code(
    reader: Client, county: Commission, code: str, status: int, words: str
):
    told = {"code": code, "name": "虚构规则", "badge": "本地默认", "starts": TODAY.isoformat(), "seen": "", "step": "check"}  # fmt: skip
    response = reader.post(f"{reverse('rules:add-rule')}?kind=zoning", told)
    assert response.status_code == status
    assert words in response.content.decode()


def test_a_cadence_is_changed_for_the_meetings_and_a_rule_can_end(reader: Client, county: Commission):
    shown = posted(reader, rule_of(county, "Z15"), "check", limit="2").content.decode()
    assert "协作区例会按修改后的频次安排" in shown
    rule = rule_of(county, "Z14")
    told = {"ends": NEXT_MONTH.isoformat(), "basis": "虚构"}
    assert reader.post(reverse("rules:end-rule", args=[rule.pk]), told).status_code == 302
    assert rule_of(county, "Z14").ends == NEXT_MONTH


def test_rules_of_other_kinds_are_not_counted_in_units_of_zone_plans(reader: Client, county: Commission):
    rule = WorkRule.objects.on(TODAY).get(commission=county, kind=RuleKind.DEADLINE, code="T10")
    form = reader.get(reverse("rules:change-rule", args=[rule.pk])).content.decode()
    assert "分钟" not in form
    assert posted(reader, rule, "check", limit_unit="分钟").status_code == 422


def test_a_trial_asks_as_much_for_three_zones_and_drafts_as_for_one(reader: Client, county: Commission):
    rule = rule_of(county, "Z08")

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert posted(reader, rule, "check", limit="9").status_code == 200
        return len(questions)

    a_zone(county, 1)
    a_draft(county, 1)
    asked()
    one = asked()
    for number in (2, 3):
        a_zone(county, number)
        a_draft(county, number)
    assert asked() == one


def test_the_list_asks_as_much_as_that_of_other_rules(reader: Client, county: Commission):
    addresses = [f"{reverse('rules:work-rules')}?kind={kind}" for kind in ("grounds", "zoning")]
    assert questions_of(reader, addresses[0]) == questions_of(reader, addresses[1])
