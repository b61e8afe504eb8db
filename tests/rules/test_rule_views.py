"""The screens of the work rules and the work calendar."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.once import fresh, once
from tests.reading import questions_of, workbook_rows
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Role
from xiezuo.approvals.api import Approval
from xiezuo.organisation.models import Commission
from xiezuo.rules import rule_operations as operations
from xiezuo.rules import rule_queries as queries
from xiezuo.rules.defaults import default_rules
from xiezuo.rules.models import CalendarDay, WorkRule
from xiezuo.rules.states import RuleKind
from xiezuo.shared import clock
from xiezuo.shared.periods import ALWAYS

pytestmark = pytest.mark.django_db
TODAY = clock.today()
NEXT_MONTH = TODAY + timedelta(days=30)


@once
def ruled() -> Commission:
    made = make.commission()
    operations.load_defaults(commission=made, by=OPERATOR, now=clock.now())
    return made


@pytest.fixture
def county(ruled: Commission, reader: Client) -> Commission:
    return fresh(ruled)


def rule_of(
    county: Commission, code: str = "R01", kind: str = RuleKind.PROCEDURE, on: date = TODAY
) -> WorkRule:
    return WorkRule.objects.on(on).get(commission=county, kind=kind, code=code)


def page(reader: Client, route: str, *args: int, **query: str) -> str:
    response = reader.get(reverse(route, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def sent(rule: WorkRule, **changes: Any) -> dict[str, Any]:
    """What a browser sends of an unchanged form, and the changes."""
    steps = {f"approver_{level}": each for level, each in enumerate(rule.approvers, 1)}
    told = {
        "name": rule.name, "situation": rule.situation, "methods": rule.methods, "approval_note": rule.approval_note,
        "decide_days": rule.decide_days or "", "limit": rule.limit or "", "limit_unit": rule.limit_unit,
        "extensions": rule.extensions, "extended_by": "".join(rule.extended_by), "rule": rule.rule,
        "records": rule.records, "badge": rule.badge, "starts": NEXT_MONTH.isoformat(), **steps,
    }  # fmt: skip
    return {**told, **changes}


def test_an_empty_county_is_offered_the_defaults_and_has_them_then(reader: Client) -> None:
    county = make.commission()
    assert "装入默认规则" in page(reader, "rules:work-rules")
    response = reader.post(reverse("rules:load-defaults"), follow=True)
    text = response.content.decode()
    assert "装入默认规则" not in text
    assert "单位负责人 → 轴心单位负责人" in text
    assert "会商指导、协助" in text
    assert len(queries.rules_on(county, RuleKind.PROCEDURE, TODAY)) == 18


def test_each_kind_has_its_list_with_what_each_rule_rests_on(reader: Client, county: Commission) -> None:
    expected = {"procedures": "人手不足", "deadlines": "待核对原文", "grounds": "监察法第六十七条", "methods": "提级", "situations": "突发情况"}  # fmt: skip
    for kind, words in expected.items():
        assert words in page(reader, "rules:work-rules", kind=kind)
    assert reader.get(reverse("rules:work-rules"), {"kind": "nonsense"}).status_code == 400


def test_the_list_is_taken_out_as_it_stands(reader: Client, county: Commission) -> None:
    rows = workbook_rows(reader.get(reverse("rules:work-rules"), {"kind": "deadlines", "format": "xlsx"}))
    found = {row[0]: row[1:] for row in rows[1:]}
    assert list(found["T10"]) == ["收到处理决定至本人申请复审", "1个月", None, "监察法第五十六条", "法规原文"]


def test_a_change_is_shown_before_it_is_made_and_made_only_then(reader: Client, county: Commission) -> None:
    rule = rule_of(county)
    address = reverse("rules:change-rule", args=[rule.pk])
    shown = reader.post(address, {**sent(rule, decide_days="5"), "step": "check"}).content.decode()
    assert "<del>2个工作日</del>" in shown
    assert "<ins>5个工作日</ins>" in shown
    assert rule_of(county, on=NEXT_MONTH).decide_days == 2
    done = reader.post(address, {**sent(rule, decide_days="5"), "step": "confirm", "seen": rule.pk})
    assert done.status_code == 302
    assert (rule_of(county).decide_days, rule_of(county, on=NEXT_MONTH).decide_days) == (2, 5)


def test_the_form_sent_twice_changes_the_rule_once(reader: Client, county: Commission) -> None:
    rule = rule_of(county)
    address = reverse("rules:change-rule", args=[rule.pk])
    told = {**sent(rule, decide_days="5"), "step": "confirm", "seen": rule.pk}
    first, second = reader.post(address, told), reader.post(address, told)
    assert (first.status_code, second.status_code) == (302, 422)
    assert "刚刚被他人修改" in second.content.decode()
    assert len(queries.editions(county, RuleKind.PROCEDURE, "R01")) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts": "2020-01-01"}, "已经过去"),
        ({"starts": "someday"}, "2022-08-15"),
        ({"situation": "Q02"}, "已经规定了"),
        ({"approver_1": "", "approver_2": ""}, "至少应选一个"),
        ({}, "至少应有一处修改"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    reader: Client, county: Commission, changes: dict[str, str], words: str
) -> None:
    rule = rule_of(county)
    address = reverse("rules:change-rule", args=[rule.pk])
    response = reader.post(address, {**sent(rule, **changes), "step": "check"})
    assert response.status_code == 422
    assert words in response.content.decode()


def test_the_page_of_a_rule_shows_its_editions_and_the_one_of_the_day(
    reader: Client, county: Commission
) -> None:
    rule = rule_of(county)
    address = reverse("rules:change-rule", args=[rule.pk])
    reader.post(address, {**sent(rule, decide_days="5"), "step": "confirm", "seen": rule.pk})
    now, then = (page(reader, "rules:work-rule", rule.pk, on=day.isoformat()) for day in (TODAY, NEXT_MONTH))
    assert "<dd>2个工作日</dd>" in now
    assert "<dd>5个工作日</dd>" in then
    assert NEXT_MONTH.isoformat() in now


def test_a_rule_is_added_and_ended(reader: Client, county: Commission) -> None:
    told = {"code": "M12", "name": "虚构方式", "badge": "本地默认", "starts": TODAY.isoformat(), "step": "confirm", "seen": ""}  # fmt: skip
    assert reader.post(f"{reverse('rules:add-rule')}?kind=methods", told).status_code == 302
    rule = rule_of(county, "M12", RuleKind.METHOD)
    ended = reader.post(
        reverse("rules:end-rule", args=[rule.pk]), {"ends": NEXT_MONTH.isoformat(), "basis": "虚构"}
    )
    assert ended.status_code == 302
    assert rule_of(county, "M12", RuleKind.METHOD).ends == NEXT_MONTH
    again = reader.post(f"{reverse('rules:add-rule')}?kind=methods", told)
    assert again.status_code == 422


def test_a_day_and_a_year_are_added_and_a_day_removed(reader: Client, county: Commission) -> None:
    address = reverse("rules:calendar")
    assert "遇到时系统会说明" in page(reader, "rules:calendar", year="2027")
    reader.post(address, {"act": "year", "year": "2027", "provisional": "on", "basis": "虚构"})
    reader.post(address, {"act": "day", "day": "2027-01-01", "kind": "放假", "name": "元旦", "basis": "虚构"})
    shown = page(reader, "rules:calendar", year="2027")
    assert "暂定" in shown
    assert "元旦" in shown
    day = CalendarDay.objects.get(commission=county, starts=date(2027, 1, 1))
    refused = reader.post(reverse("rules:remove-day", args=[day.pk]), {"reason": " "})
    assert refused.status_code == 422
    reader.post(reverse("rules:remove-day", args=[day.pk]), {"reason": "误录"})
    assert queries.calendar_of(county).is_working(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"act": "day", "day": "2026-10-01", "kind": "放假", "basis": "虚构"}, "已登记为"),
        ({"act": "day", "day": "2031-10-01", "kind": "放假", "basis": "虚构"}, "请先增加该年度"),
        ({"act": "year", "year": "2026", "basis": "虚构"}, "已有 2026 年"),
        ({"act": "year", "year": "20266", "basis": "虚构"}, "2199"),
    ],
)
def test_what_the_calendar_does_not_take_is_told(
    reader: Client, county: Commission, told: dict[str, str], words: str
) -> None:
    response = reader.post(reverse("rules:calendar"), told)
    assert response.status_code == 422
    assert words in response.content.decode()


@pytest.mark.parametrize("year", ["abc", "1999", "99999999", "²⁰²⁶"])
def test_what_is_no_year_is_refused(reader: Client, county: Commission, year: str) -> None:
    assert reader.get(reverse("rules:calendar"), {"year": year}).status_code == 400


def test_who_does_not_keep_the_ledger_reads_and_changes_nothing(county: Commission) -> None:
    visitor = Visitor("staff").holds(Role.SITE_KEEPER, county)
    rule = rule_of(county)
    assert "增加这一天" not in visitor.get(reverse("rules:calendar"), {"year": "2026"}).content.decode()
    assert visitor.get(reverse("rules:work-rule", args=[rule.pk])).status_code == 200
    assert visitor.get(reverse("rules:change-rule", args=[rule.pk])).status_code in (403, 404)
    told = {**sent(rule, decide_days="5"), "step": "confirm", "seen": rule.pk}
    assert visitor.post(reverse("rules:change-rule", args=[rule.pk]), told).status_code in (403, 404)
    assert rule_of(county, on=NEXT_MONTH).decide_days == 2


def test_lists_ask_the_same_number_of_questions_whatever_they_hold(
    reader: Client, county: Commission
) -> None:
    asked = {
        kind: questions_of(reader, f"{reverse('rules:work-rules')}?kind={kind}")
        for kind in ("procedures", "grounds")
    }
    assert asked["procedures"] == asked["grounds"]


def test_internal_matters_have_their_list_their_form_and_their_end(
    reader: Client, county: Commission
) -> None:
    """By the names that a county office uses, on the form as in the list."""
    shown = page(reader, "rules:work-rules", kind="internal")
    assert all(
        words in shown
        for words in ("内部事项", "台账更正", "授予权限", "制度审定", "单位负责人 → 分管副书记 → 书记")
    )
    told = {
        "code": "N09", "name": "虚构事项", "approver_1": "书记", "decide_days": "3", "badge": "本地默认",
        "starts": TODAY.isoformat(), "step": "confirm", "seen": "",
    }  # fmt: skip
    form = page(reader, "rules:add-rule", kind="internal")
    assert "第 1 级审批人" in form
    assert reader.post(f"{reverse('rules:add-rule')}?kind=internal", told).status_code == 302
    rule = rule_of(county, "N09", RuleKind.INTERNAL)
    assert "每级" not in page(reader, "rules:work-rule", rule.pk)
    ended = reader.post(
        reverse("rules:end-rule", args=[rule.pk]), {"ends": NEXT_MONTH.isoformat(), "basis": "虚构"}
    )
    assert ended.status_code == 302
    assert rule_of(county, "N09", RuleKind.INTERNAL).ends == NEXT_MONTH


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"approver_1": "上级纪委监委"}, "上级纪委监委"),
        ({"approver_1": ""}, "必填"),
        ({"decide_days": ""}, "必填"),
        ({"decide_days": "0"}, "0"),
    ],
)
def test_an_internal_matter_that_nobody_could_decide_in_time_is_told_at_its_field(
    reader: Client, county: Commission, changes: dict[str, str], words: str
) -> None:
    rule = rule_of(county, "N02", RuleKind.INTERNAL)
    response = reader.post(
        reverse("rules:change-rule", args=[rule.pk]), {**sent(rule, **changes), "step": "check"}
    )
    assert response.status_code == 422
    assert words in response.content.decode()


def test_default_rules_are_offered_only_to_a_county_that_never_had_some(
    reader: Client, county: Commission
) -> None:
    assert "装入默认规则" not in page(reader, "rules:work-rules", kind="internal")
    other = make.commission("other")
    rows = [rule for rule in default_rules() if rule["kind"] != RuleKind.INTERNAL]
    WorkRule.objects.bulk_create(
        WorkRule(**rule, commission=other, starts=ALWAYS, known_from=clock.now()) for rule in rows
    )
    session = reader.session
    session["commission"] = other.code
    session.save()
    assert "从未装入" in page(reader, "rules:work-rules", kind="procedures")
    reader.post(reverse("rules:load-defaults"))
    assert "台账更正" in page(reader, "rules:work-rules", kind="internal")


def test_the_page_of_the_edition_that_a_matter_keeps_shows_what_it_said_then(
    reader: Client, county: Commission
) -> None:
    kept = rule_of(county, "N02", RuleKind.INTERNAL)
    told = {**sent(kept, decide_days="7", starts=TODAY.isoformat()), "step": "confirm", "seen": kept.pk}
    assert reader.post(reverse("rules:change-rule", args=[kept.pk]), told).status_code == 302
    now, then = page(reader, "rules:work-rule", kept.pk), page(reader, "rules:work-rule", kept.pk, kept="1")
    assert "<dd>7个工作日</dd>" in now
    assert "<dd>2个工作日</dd>" in then
    assert "始终按这一版本办理" in then


@pytest.mark.parametrize(
    ("kind", "code", "words"), [("procedure", "R01", "还没有协作申请"), ("deadline", "T10", "没有可供试算")]
)
def test_a_rule_that_decides_nothing_kept_here_says_so_instead_of_a_trial(
    reader: Client, county: Commission, kind: str, code: str, words: str
) -> None:
    rule = rule_of(county, code, RuleKind[kind.upper()])
    response = reader.post(
        reverse("rules:change-rule", args=[rule.pk]), {**sent(rule, name="虚构新名"), "step": "check"}
    )
    assert words in response.content.decode()


def test_a_change_of_an_internal_rule_shows_its_trial_before_it_is_made(
    reader: Client, county: Commission
) -> None:
    rule = rule_of(county, "N02", RuleKind.INTERNAL)
    told = {**sent(rule, approver_1="书记", decide_days="3"), "step": "check"}
    shown = reader.post(reverse("rules:change-rule", args=[rule.pk]), told).content.decode()
    assert "没有按这条规则申请的事项" in shown
    assert "那一天没有人担任书记" in shown


def test_in_november_the_calendar_and_the_work_of_its_keeper_tell_of_the_next_year(
    reader: Client, county: Commission, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = Visitor("keeper").holds(Role.CASE_MANAGEMENT, county)
    head = Visitor("head").holds(Role.SITE_KEEPER, county)
    year = max(queries.calendar_of(county).years) + 1
    for month, told in ((10, False), (11, True)):
        monkeypatch.setattr(clock, "today", lambda month=month: date(year - 1, month, 20))
        assert (f"尚无 {year} 年" in page(reader, "rules:calendar", year=str(year - 1))) is told
        assert (f"尚无 {year} 年" in keeper.get(reverse("home:work")).content.decode()) is told
        assert f"尚无 {year} 年" not in head.get(reverse("home:work")).content.decode()
    reader.post(
        reverse("rules:calendar"), {"act": "year", "year": str(year), "provisional": "on", "basis": "虚构"}
    )
    assert f"{year} 年为暂定" in page(reader, "rules:calendar", year=str(year))


def test_an_application_that_would_run_into_a_year_not_held_is_told_on_its_page_and_nothing_is_kept(
    county: Commission,
) -> None:
    """Which year is missing, and who can add it; with the year it goes its way."""
    year = TODAY.year
    if year not in queries.calendar_of(county).years:
        added(county, year)
    until_new_year = queries.calendar_of(county).between(TODAY, date(year, 12, 31)) + 5
    rule = rule_of(county, "N02", RuleKind.INTERNAL)
    operations.state_rule(
        commission=county, kind=rule.kind, code=rule.code, values={"decide_days": until_new_year}, starts=TODAY,
        seen=rule.pk, by=OPERATOR, now=clock.now(),
    )  # fmt: skip
    keeper, _other = (Visitor(name).holds(Role.CASE_MANAGEMENT, county) for name in ("keeper", "other"))
    post = make.assignment(make.person(county), make.unit(county, "乡镇纪委"), starts=date(2020, 1, 1))
    told = {"reason": "虚构", "step": "confirm", "key": str(uuid4())}
    words = keeper.post(reverse("organisation:strike-post", args=[post.pk]), told).content.decode()
    assert f"工作日历还没有 {year + 1} 年" in words
    assert "案件监督管理室" in words
    assert not Approval.objects.exists()
    added(county, year + 1)
    assert keeper.post(reverse("organisation:strike-post", args=[post.pk]), told).status_code == 302
    assert Approval.objects.get().commission_id == county.pk


def added(county: Commission, year: int) -> None:
    operations.add_year(
        commission=county, year=year, provisional=True, basis="虚构", by=OPERATOR, now=clock.now()
    )
