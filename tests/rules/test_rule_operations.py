"""Work rules and the work calendar as dated data: what is written, what is refused, what stays readable."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from tests import factories as make
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.audit.models import Entry
from xiezuo.organisation.models import Commission
from xiezuo.rules import rule_operations as operations
from xiezuo.rules import rule_queries as queries
from xiezuo.rules.defaults import default_rules, published_years
from xiezuo.rules.models import CalendarDay, WorkRule
from xiezuo.rules.states import Approver, Badge, DayKind, LimitUnit, RuleKind
from xiezuo.rules.working_days import YearMissing, clock
from xiezuo.shared import clock as wall_clock
from xiezuo.shared.errors import NotThere, Refused
from xiezuo.shared.periods import ALWAYS, OPEN

TODAY = wall_clock.today()
NEXT_MONTH = TODAY + timedelta(days=30)
CODES = {kind: {rule["code"] for rule in default_rules() if rule["kind"] == kind} for kind in RuleKind}


@pytest.fixture
def county(actor: None) -> Commission:
    made = make.commission()
    operations.load_defaults(commission=made, by=OPERATOR, now=wall_clock.now())
    return made


def stated(
    county: Commission, values: dict[str, Any], starts: date, code: str = "R01", **more: Any
) -> WorkRule:
    """The rule as the page of that day would have changed it."""
    kind = more.pop("kind", RuleKind.PROCEDURE)
    rows = WorkRule.objects.on(starts).filter(commission=county, kind=kind, code=code)
    seen = rows.values_list("pk", flat=True).first()
    asked = {"seen": seen, "by": OPERATOR, "now": wall_clock.now(), **more}
    return operations.state_rule(
        commission=county, kind=kind, code=code, values=values, starts=starts, **asked
    )


@pytest.mark.parametrize("rule", default_rules(), ids=lambda rule: f"{rule['kind']} {rule['code']}")
def test_every_default_rule_speaks_in_the_words_of_the_product(rule: dict[str, Any]) -> None:
    assert {*rule.get("approvers", ()), *rule.get("extended_by", ())} <= set(Approver.values)
    assert rule["badge"] in Badge.values
    assert rule.get("limit_unit", LimitUnit.DAYS) in LimitUnit.values
    assert set(rule.get("methods", ())) <= CODES[RuleKind.METHOD]
    assert rule.get("situation") in (
        {None} if rule["kind"] != RuleKind.PROCEDURE else CODES[RuleKind.SITUATION]
    )
    assert rule["badge"] != Badge.STATUTE or (rule["clause"] and rule["source"])
    assert rule["badge"] == Badge.LOCAL or rule["source"]


def test_a_new_county_has_the_default_rules_and_the_published_years(county: Commission) -> None:
    counts = {kind: len(queries.rules_on(county, kind, TODAY)) for kind in RuleKind}
    assert counts[RuleKind.PROCEDURE] == counts[RuleKind.SITUATION] == 18
    assert (counts[RuleKind.METHOD], counts[RuleKind.GROUND]) == (11, 8)
    calendar = queries.calendar_of(county)
    assert calendar.years == frozenset(published_years())
    assert not calendar.is_working(date(2026, 10, 1))
    assert calendar.is_working(date(2026, 10, 10))


def test_defaults_loaded_again_add_nothing_and_bring_nothing_back(county: Commission) -> None:
    rule = queries.rules_on(county, RuleKind.PROCEDURE, TODAY)[0]
    operations.end_rule(rule=rule, ends=TODAY, basis="虚构", by=OPERATOR, now=wall_clock.now())
    again = operations.load_defaults(commission=county, by=OPERATOR, now=wall_clock.now())
    assert again == operations.Loaded(0, 0, 0)
    assert queries.in_force(WorkRule.objects.current().filter(code=rule.code, kind=rule.kind), TODAY) is None


def test_a_changed_rule_holds_from_its_day_and_the_one_before_until_then(county: Commission) -> None:
    stated(county, {"decide_days": 5}, NEXT_MONTH)
    days = [NEXT_MONTH - timedelta(days=1), NEXT_MONTH]
    assert [queries.procedure_for(county, "Q01", "M1", day).decide_days for day in days] == [2, 5]
    assert [row.ends for row in queries.editions(county, RuleKind.PROCEDURE, "R01")] == [NEXT_MONTH, OPEN]


def test_a_running_matter_keeps_the_edition_it_began_under(county: Commission) -> None:
    begun_under = queries.procedure_for(county, "Q01", "M1", TODAY)
    stated(county, {"decide_days": 5, "approvers": [Approver.SECRETARY]}, TODAY)
    kept = queries.edition_begun_under(county, begun_under.pk)
    assert (kept.decide_days, kept.approvers) == (2, [Approver.UNIT_HEAD, Approver.AXIS])
    assert queries.procedure_for(county, "Q01", "M1", TODAY).decide_days == 5
    with pytest.raises(NotThere):
        queries.edition_begun_under(make.commission("other"), begun_under.pk)


def test_a_change_between_two_editions_ends_where_the_next_begins(county: Commission) -> None:
    stated(county, {"decide_days": 5}, NEXT_MONTH)
    between = TODAY + timedelta(days=10)
    stated(county, {"decide_days": 3}, between)
    found = [(row.starts, row.decide_days) for row in queries.editions(county, RuleKind.PROCEDURE, "R01")[1:]]
    assert found == [(between, 3), (NEXT_MONTH, 5)]


def test_an_edition_that_has_not_begun_can_be_put_right(county: Commission) -> None:
    stated(county, {"decide_days": 5}, NEXT_MONTH)
    stated(county, {"decide_days": 4}, NEXT_MONTH)
    assert [row.decide_days for row in queries.editions(county, RuleKind.PROCEDURE, "R01")] == [2, 4]


def test_a_rule_that_ends_has_no_edition_from_then_on(county: Commission) -> None:
    stated(county, {"decide_days": 5}, NEXT_MONTH)
    rule = queries.procedure_for(county, "Q01", "M1", TODAY)
    ends = TODAY + timedelta(days=5)
    operations.end_rule(rule=rule, ends=ends, basis="虚构", by=OPERATOR, now=wall_clock.now())
    assert queries.procedure_for(county, "Q01", "M1", ends - timedelta(days=1))
    for day in (ends, NEXT_MONTH):
        with pytest.raises(NotThere, match=r"Q01.*M1"):
            queries.procedure_for(county, "Q01", "M1", day)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": ""}, "name"),
        ({"approvers": []}, "approvers"),
        ({"methods": []}, "methods"),
        ({"methods": ["M99"]}, "situation"),
        ({"situation": "Q99"}, "situation"),
        ({"situation": "Q02"}, "methods"),  # whose procedure already has the method
        ({"limit": 3, "limit_unit": ""}, "limit_unit"),
        ({"limit": 0, "limit_unit": "日"}, "limit"),
        ({"limit": 1001, "limit_unit": "日"}, "limit"),
        ({"decide_days": 0}, "decide_days"),
        ({"extensions": 1, "extended_by": []}, "extended_by"),
        ({}, "nothing-changed"),
    ],
)
def test_what_makes_no_rule_is_refused_with_its_reason(
    county: Commission, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        stated(county, values, NEXT_MONTH)
    assert code in [reason.code for reason in refused.value.reasons]


def test_days_gone_by_keep_their_rules(county: Commission) -> None:
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Refused, match=str(yesterday)):
        stated(county, {"decide_days": 5}, yesterday)
    rule = queries.procedure_for(county, "Q01", "M1", TODAY)
    with pytest.raises(Refused, match=str(yesterday)):
        operations.end_rule(rule=rule, ends=yesterday, basis="", by=OPERATOR, now=wall_clock.now())


def test_of_two_who_change_the_same_rule_the_second_is_told(county: Commission) -> None:
    seen = queries.procedure_for(county, "Q01", "M1", TODAY).pk
    stated(county, {"decide_days": 5}, TODAY, seen=seen)
    with pytest.raises(Refused) as refused:
        stated(county, {"decide_days": 6}, TODAY, seen=seen)
    assert refused.value.reasons[0].code == "rules-moved-on"


def test_a_change_is_in_the_journal_with_what_was_there_before(county: Commission) -> None:
    stated(county, {"decide_days": 5}, NEXT_MONTH)
    entry = Entry.objects.filter(act="rules.stated").latest("sequence")
    assert entry.details["before"] == {"decide_days": 2}
    assert entry.details["after"] == {"decide_days": 5}
    assert entry.details["ledger_version"] == Commission.objects.get(pk=county.pk).ledger_version


def test_a_year_nobody_entered_is_named_and_can_be_added(county: Commission) -> None:
    begun, limit = date(max(published_years()), 12, 31), (1, LimitUnit.WORKING_DAYS)
    with pytest.raises(YearMissing, match=str(begun.year + 1)):
        clock(begun, *limit, queries.calendar_of(county))
    added(county, begun.year + 1, provisional=True)
    assert clock(begun, *limit, queries.calendar_of(county)).due == date(2027, 1, 1)
    day_of(county, date(2027, 1, 1), DayKind.HOLIDAY)
    assert clock(begun, *limit, queries.calendar_of(county)).due == date(2027, 1, 4)


def added(county: Commission, year: int, *, provisional: bool = False, basis: str = "虚构通知") -> None:
    operations.add_year(
        commission=county, year=year, provisional=provisional, basis=basis, by=OPERATOR, now=wall_clock.now()
    )


def day_of(county: Commission, day: date, kind: DayKind, basis: str = "虚构通知") -> CalendarDay:
    return operations.add_day(
        commission=county, day=day, kind=kind, name="元旦", basis=basis, by=OPERATOR, now=wall_clock.now()
    )


def test_a_provisional_year_can_be_said_published_and_nothing_else_twice(county: Commission) -> None:
    added(county, 2027, provisional=True)
    with pytest.raises(Refused, match="2027"):
        added(county, 2027, provisional=True)
    added(county, 2027)
    assert queries.year_page(county, 2027).held.provisional is False  # type: ignore[union-attr]
    with pytest.raises(Refused, match="2027"):
        added(county, 2027)


@pytest.mark.parametrize(
    ("day", "kind", "basis", "code"),
    [
        (date(2026, 10, 1), DayKind.HOLIDAY, "虚构", "day"),  # there already
        (date(2026, 11, 7), DayKind.HOLIDAY, "虚构", "day"),  # a Saturday is off anyway
        (date(2026, 11, 9), DayKind.MAKE_UP, "虚构", "day"),  # a Monday is worked anyway
        (date(2031, 1, 1), DayKind.HOLIDAY, "虚构", "year"),
        (date(2026, 11, 9), DayKind.HOLIDAY, " ", "basis"),
    ],
)
def test_a_day_that_changes_nothing_or_rests_on_nothing_is_refused(
    county: Commission, day: date, kind: DayKind, basis: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        day_of(county, day, kind, basis)
    assert refused.value.reasons[0].code == code


def test_a_removed_day_counts_no_more_and_stays_known(county: Commission) -> None:
    day = day_of(county, date(2026, 11, 9), DayKind.HOLIDAY)
    operations.remove_day(day=day, reason="误录", by=OPERATOR, now=wall_clock.now())
    assert queries.calendar_of(county).is_working(date(2026, 11, 9))
    assert CalendarDay.objects.get(pk=day.pk).known_until is not None
    with pytest.raises(Refused):
        operations.remove_day(day=day, reason="误录", by=OPERATOR, now=wall_clock.now())
    with pytest.raises(NotThere):
        queries.day_known(county, day.pk)


def test_the_database_itself_holds_one_edition_of_a_rule_at_a_time(county: Commission) -> None:
    row = queries.procedure_for(county, "Q01", "M1", TODAY)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.fixture
def committed_county(transactional_db: None) -> Commission:
    with transaction.atomic():
        set_actor(OPERATOR)
        made = make.commission()
        operations.load_defaults(commission=made, by=OPERATOR, now=wall_clock.now())
    return made


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_changes_of_one_rule_at_once_leave_one_of_them(committed_county: Commission) -> None:
    with transaction.atomic():
        set_actor(OPERATOR)
        seen = queries.procedure_for(committed_county, "Q01", "M1", TODAY).pk
    together = Barrier(2)

    def change(days: int) -> str:
        try:
            with transaction.atomic():
                set_actor(OPERATOR)
                together.wait(10)
                stated(committed_county, {"decide_days": days}, TODAY, seen=seen)
        except Refused as refused:
            return refused.reasons[0].code
        finally:
            connections["default"].close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, (5, 6))) == ["done", "rules-moved-on"]
    with transaction.atomic():
        set_actor(OPERATOR)
        assert len(queries.editions(committed_county, RuleKind.PROCEDURE, "R01")) == 2


@pytest.mark.parametrize(
    ("today", "held", "missing"),
    [
        (date(2026, 10, 31), None, None),
        (date(2026, 11, 1), None, True),
        (date(2026, 12, 31), "provisional", False),
        (date(2026, 12, 31), "published", None),
        (date(2027, 1, 1), None, None),
    ],
)
def test_from_november_on_it_is_told_that_the_next_year_is_missing_or_provisional(
    county: Commission, today: date, held: str | None, missing: bool | None
) -> None:
    if held is not None:
        added(county, 2027, provisional=held == "provisional")
    found = queries.calendar_gap(county, today)
    assert (found and found.missing) == missing
    assert found is None or found.year == 2027


def test_a_county_that_never_had_some_default_rules_is_offered_them_and_has_them_then(actor: None) -> None:
    """As after an update that brought the internal matters: what the county changed or ended stays."""
    county, now = make.commission(), wall_clock.now()
    own = {"commission": county, "starts": ALWAYS, "known_from": now}
    older = [rule for rule in default_rules() if rule["kind"] != RuleKind.INTERNAL]
    WorkRule.objects.bulk_create(WorkRule(**rule, **own) for rule in older)
    stated(county, {"decide_days": 5}, TODAY)
    assert queries.lacks_defaults(county)
    loaded = operations.load_defaults(commission=county, by=OPERATOR, now=now)
    assert loaded.rules == len(CODES[RuleKind.INTERNAL])
    assert {rule.code for rule in queries.rules_on(county, RuleKind.INTERNAL, TODAY)} == CODES[
        RuleKind.INTERNAL
    ]
    assert queries.procedure_for(county, "Q01", "M1", TODAY).decide_days == 5
    assert not queries.lacks_defaults(county)
