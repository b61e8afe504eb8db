"""A rule tried against past matters before it takes effect: pure reckoning, and what is found for it in the ledger."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.approvals.office import KIND, Office, act, now_of, office
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.approvals.api import Approval, approve, withdraw
from xiezuo.approvals.states import ApprovalState
from xiezuo.organisation.models import Portfolio
from xiezuo.rules import rule_operations as operations
from xiezuo.rules import rule_queries as queries
from xiezuo.rules.api import apply_for, edition_cited
from xiezuo.rules.models import WorkRule
from xiezuo.rules.rule_trial import Office as Asked
from xiezuo.rules.rule_trial import Past, Trial, try_against
from xiezuo.rules.rule_trial_queries import MOST, Tryout, tryout
from xiezuo.rules.states import Approver, RuleKind
from xiezuo.rules.working_days import WorkCalendar
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused

TODAY = clock.today()
NEXT_MONTH = TODAY + timedelta(days=30)
WEEKDAYS = WorkCalendar(frozenset({2025, 2026}), {})
CLERKS, SECRETARY = Approver.CASE_MANAGEMENT.value, Approver.SECRETARY.value


def matter(
    *steps: Asked, begun: date = date(2026, 3, 2), ended: date | None = None, judged: bool = True
) -> Past:
    return Past(1, "虚构-2026-1", "虚构事项", None, begun, ended, judged, steps)


def tried(draft: list[Asked], *matters: Past, today: date = date(2026, 3, 20)) -> Trial:
    return try_against(draft, matters, len(matters), today, WEEKDAYS.after)


def test_each_office_uses_all_of_its_days_one_after_the_other() -> None:
    """Monday 2 March and two days is Wednesday; three more for the secretary is the Monday after."""
    [each] = tried([Asked(CLERKS, 2), Asked(SECRETARY, 3)], matter(Asked(CLERKS, 2))).tried
    assert each.was is not None
    assert each.would is not None
    assert (each.was.due, each.would.due) == (date(2026, 3, 4), date(2026, 3, 9))
    assert each.would.steps[0] == (CLERKS, date(2026, 3, 4))
    assert (each.asked_instead, each.not_asked, each.days_moved) == ((SECRETARY,), (), 5)


@pytest.mark.parametrize(
    ("ended", "days", "late", "timely"),
    [
        (date(2026, 3, 4), 1, 1, 0),  # in time with two days, late with one
        (date(2026, 3, 5), 3, 0, 1),
        (date(2026, 3, 4), 2, 0, 0),
        (None, 20, 0, 1),  # still running on the 20th
        (None, 1, 0, 0),  # late either way
    ],
)
def test_a_matter_turns_late_or_timely_by_the_day_it_was_decided(
    ended: date | None, days: int, late: int, timely: int
) -> None:
    trial = tried([Asked(CLERKS, days)], matter(Asked(CLERKS, 2), ended=ended))
    assert (len(trial.becomes_late), len(trial.becomes_timely)) == (late, timely)
    assert len(trial.running) == (ended is None)


def test_what_nobody_decided_is_neither_late_nor_in_time() -> None:
    trial = tried([Asked(CLERKS, 1)], matter(Asked(CLERKS, 2), ended=date(2026, 3, 4), judged=False))
    assert (trial.becomes_late, trial.becomes_timely) == ([], [])


def test_a_matter_whose_days_reach_into_a_year_not_held_is_told_and_the_others_are_tried() -> None:
    far = matter(Asked(CLERKS, 2), begun=date(2026, 12, 31))
    trial = tried([Asked(CLERKS, 1)], far, matter(Asked(CLERKS, 2)))
    assert trial.lacking == [2027]
    assert [each.would is None for each in trial.tried] == [True, False]


OFFICES = st.lists(
    st.builds(Asked, st.sampled_from([CLERKS, SECRETARY, Approver.DEPUTY.value]), st.integers(1, 5)), min_size=1, max_size=4
)  # fmt: skip
ENDS = st.one_of(st.none(), st.dates(date(2026, 3, 2), date(2026, 4, 30)))


@given(OFFICES, ENDS)
def test_a_draft_that_says_what_was_done_changes_nothing(steps: list[Asked], ended: date | None) -> None:
    [each] = tried(steps, matter(*steps, ended=ended)).tried
    assert each.was == each.would
    assert (each.asked_instead, each.not_asked, each.days_moved) == ((), (), 0)
    assert (each.becomes_late, each.becomes_timely) == (False, False)


@given(OFFICES, OFFICES, ENDS, st.integers(1, 5))
def test_more_days_never_make_a_matter_late(
    steps: list[Asked], draft: list[Asked], ended: date | None, more: int
) -> None:
    longer = [each._replace(days=each.days + more) for each in draft]
    [short] = tried(draft, matter(*steps, ended=ended)).tried
    [long] = tried(longer, matter(*steps, ended=ended)).tried
    assert not long.becomes_late or short.becomes_late
    assert not short.becomes_timely or long.becomes_timely


@pytest.fixture
def here(actor: None) -> Iterator[Office]:
    """A fictional county with the default rules and this year and the next in its calendar."""
    made = office()
    with acting_as(OPERATOR):
        set_up(made)
        yield made


def set_up(made: Office) -> None:
    operations.load_defaults(commission=made.county, by=OPERATOR, now=clock.now())
    held = queries.calendar_of(made.county).years
    for year in {TODAY.year - 1, TODAY.year, TODAY.year + 1} - held:
        operations.add_year(commission=made.county, year=year, provisional=True, basis="虚构", by=OPERATOR, now=clock.now())  # fmt: skip


Applying = Callable[..., Approval]


@pytest.fixture
def applied(here: Office) -> Applying:
    """Applies for a correction (N02), so many days ago."""

    def apply(days_ago: int = 0, thing: int | None = None, rule: str = "N02", **more: Any) -> Approval:
        now = clock.now() - timedelta(days=days_ago)
        with acting_as(here.actor("applicant")) as by:
            return apply_for(
                kind=KIND, rule=rule, subject=("fictional", thing or uuid4().int % 10**9), title="虚构更正",
                commission=here.county, unit=here.unit.pk, key=uuid4(), by=by, now=more.get("now", now),
            )  # fmt: skip

    return apply


def draft_of(here: Office, *offices: Approver, days: int = 2, starts: date = NEXT_MONTH) -> WorkRule:
    """N02 as a change would say it, written nowhere."""
    rule = queries.internal_on(here.county, "N02", TODAY)
    rule.pk, rule.starts, rule.approvers, rule.decide_days = None, starts, [*offices], days
    return rule


def tried_out(draft: WorkRule) -> Tryout:
    with acting_as(OPERATOR):
        return tryout(draft, TODAY)


def test_matters_of_every_edition_of_the_last_twelve_months_are_tried_and_no_others(
    here: Office, applied: Applying
) -> None:
    old, older = applied(200), applied(370)
    other = applied(10, rule="N01")
    changed(here, days=4, starts=TODAY)
    new = applied(0)
    found = [each.past.approval for each in tried_out(draft_of(here, Approver.CASE_MANAGEMENT)).trial.tried]
    assert found == [new.pk, old.pk]
    assert {older.pk, other.pk}.isdisjoint(found)


def changed(here: Office, *, days: int, starts: date) -> WorkRule:
    with acting_as(OPERATOR):
        seen = queries.internal_on(here.county, "N02", starts).pk
        return operations.state_rule(
            commission=here.county, kind=RuleKind.INTERNAL, code="N02", values={"decide_days": days}, starts=starts,
            seen=seen, by=OPERATOR, now=clock.now(),
        )  # fmt: skip


def test_what_a_matter_was_given_and_when_it_was_decided_are_read_from_its_own_steps(
    here: Office, applied: Applying
) -> None:
    running, decided, taken_back = applied(20), applied(30), applied(40)
    after = queries.calendar_of(here.county).after
    act(here, approve, decided, "clerk", after=after)
    act(here, withdraw, taken_back, "applicant", after=after)
    by_pk = {
        each.past.approval: each.past for each in tried_out(draft_of(here, Approver.SECRETARY)).trial.tried
    }
    assert by_pk[running.pk].steps == (Asked(CLERKS, 2),)
    assert by_pk[running.pk].ended is None
    assert by_pk[decided.pk].ended == TODAY
    assert by_pk[decided.pk].begun == TODAY - timedelta(days=30)
    assert [by_pk[each.pk].judged for each in (running, decided, taken_back)] == [True, True, False]


def test_an_office_that_nobody_holds_on_the_first_day_is_named_with_its_unit(
    here: Office, applied: Applying
) -> None:
    applied(20)
    asked = (Approver.CASE_MANAGEMENT, Approver.DEPUTY, Approver.CONTACT, Approver.SECRETARY)
    found = tried_out(draft_of(here, *asked))
    assert [(each.office, each.unit) for each in found.empty] == [(Approver.CONTACT, here.unit.pk)]
    with acting_as(OPERATOR):
        Portfolio.objects.filter(unit=here.unit).update(known_until=clock.now())
        here.lead("first", ends=NEXT_MONTH)
    offices = [each.office for each in tried_out(draft_of(here, *asked)).empty]
    assert offices == [Approver.DEPUTY, Approver.CONTACT]
    before = draft_of(here, *asked, starts=NEXT_MONTH - timedelta(days=1))
    assert [each.office for each in tried_out(before).empty] == [Approver.CONTACT]


def test_the_newest_are_tried_all_are_counted_and_the_questions_are_as_many_for_one_as_for_all(
    here: Office, applied: Applying
) -> None:
    one = applied(5)
    draft = draft_of(here, Approver.CASE_MANAGEMENT, Approver.DEPUTY)
    few = questions(lambda: tried_out(draft))
    with acting_as(OPERATOR):
        copies(one, MOST + 5)
    many = questions(lambda: tried_out(draft))
    found = tried_out(draft).trial
    assert (len(found.tried), found.total) == (MOST, MOST + 6)
    assert few == many


def questions(ask: Callable[[], object]) -> int:
    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def copies(one: Approval, number: int) -> None:
    """More matters like this one, each a minute earlier."""
    step = one.steps.get()
    for place in range(1, number + 1):
        at = one.submitted_at - timedelta(minutes=place)
        approval = replace_row(one, number=one.number + place, subject_id=place, submitted_at=at)
        replace_row(step, approval=approval)


def replace_row(row: Any, **changes: Any) -> Any:
    said = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name != "id"
    }
    named = {
        f"{name}_id" if name == "approval" else name: getattr(value, "pk", value)
        for name, value in changes.items()
    }
    return type(row).objects.create(**{**said, **named})


def test_matters_of_no_unit_are_counted_where_the_draft_asks_an_office_that_a_unit_has(
    here: Office, applied: Applying
) -> None:
    one = applied(5)
    with acting_as(OPERATOR):
        Approval.objects.filter(pk=one.pk).update(unit=None)
    assert tried_out(draft_of(here, Approver.DEPUTY)).of_no_unit == 1
    assert tried_out(draft_of(here, Approver.SECRETARY)).of_no_unit == 0


def test_a_running_matter_keeps_its_edition_and_a_new_one_takes_that_of_its_day(
    here: Office, applied: Applying
) -> None:
    running = applied(0)
    changed(here, days=5, starts=NEXT_MONTH)
    before = applied(now=instant(NEXT_MONTH - timedelta(days=1)))
    after = applied(now=instant(NEXT_MONTH))
    days = [each.steps.get().working_days for each in (running, before, after)]
    assert days == [2, 2, 5]
    kept = [queries.edition_begun_under(here.county, int(each.rule_edition)).decide_days for each in (running, before, after)]  # fmt: skip
    assert kept == days
    with acting_as(here.actor("clerk")):
        cited = [edition_cited(now_of(each)) for each in (running, after)]
    assert [each.rule for each in cited if each] == [int(running.rule_edition), int(after.rule_edition)]
    assert all(each and "N02" in each.words for each in cited)
    act(here, approve, running, "clerk", after=queries.calendar_of(here.county).after)
    assert now_of(running).state == ApprovalState.APPROVED


def instant(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def test_an_application_that_runs_into_a_year_not_held_is_refused_with_the_year_and_leaves_no_number(
    here: Office, applied: Applying
) -> None:
    last = max(queries.calendar_of(here.county).years)
    with pytest.raises(Exception, match=str(last + 1)) as missing:
        applied(now=instant(date(last, 12, 31)))
    assert "案件监督管理室" in str(missing.value) or "case-management" in str(missing.value)
    assert not Approval.objects.filter(year=last).exists()


def test_a_rule_that_is_not_in_force_lets_nobody_apply(here: Office, applied: Applying) -> None:
    rule = queries.internal_on(here.county, "N02", TODAY)
    operations.end_rule(rule=rule, ends=TODAY, basis="虚构", by=OPERATOR, now=clock.now())
    with pytest.raises(Exception, match="N02"):
        applied(0)


def test_an_internal_rule_that_the_ledger_cannot_follow_is_refused(here: Office) -> None:
    seen = queries.internal_on(here.county, "N02", TODAY).pk
    told = {"commission": here.county, "kind": RuleKind.INTERNAL, "code": "N02", "starts": TODAY, "seen": seen,
            "by": OPERATOR, "now": clock.now()}  # fmt: skip
    for values, code in (
        ({"approvers": [Approver.UPPER]}, "approvers"),
        ({"decide_days": None}, "decide_days"),
    ):
        with pytest.raises(Refused) as refused:
            operations.state_rule(**told, values=values)
        assert [reason.code for reason in refused.value.reasons] == [code]
