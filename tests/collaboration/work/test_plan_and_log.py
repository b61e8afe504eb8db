"""Plan, tasks, log, minutes and index of a team: who writes them, what is refused, and what is never changed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.collaboration.work.working import DAY, TODAY, Working, now_of, refused, working
from tests.once import fresh, once
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.audit.models import Entry
from xiezuo.collaboration.models import LogEntry, Paper, WorkPlan
from xiezuo.collaboration.queries.work import papers_of
from xiezuo.collaboration.work.chain import digest_of_index
from xiezuo.collaboration.work.plan_operations import drop_task, finish_task
from xiezuo.shared.errors import NotThere

pytestmark = pytest.mark.django_db
DIGEST = "ab" * 32


built = once(working)


@pytest.fixture
def work(built: Working, db: None) -> Working:
    return fresh(built)


def test_members_and_the_head_in_the_lead_write_the_plan_and_nobody_else(work: Working) -> None:
    assert work.plan("second").version == 1
    assert work.plan("head", seen=1).version == 2
    assert refused(work.plan, "asker", 2) == ["not-of-the-team"]
    with pytest.raises(NotThere):
        work.plan("outsider", 2)


@pytest.mark.parametrize("decision", ["", "回避"])
def test_who_must_or_may_have_to_stand_out_neither_sees_nor_writes(work: Working, decision: str) -> None:
    work.recuse("second", decision)
    for act in (work.plan, work.task, work.log, work.meet, work.paper, work.letter):
        with pytest.raises(NotThere):
            act("second")


def test_who_was_not_recused_goes_on(work: Working) -> None:
    work.recuse("second", "不予回避")
    assert work.plan("second").version == 1


def test_of_two_who_change_the_plan_the_second_is_told(work: Working) -> None:
    work.plan()
    work.plan("second", seen=1, steps="第一步")
    assert refused(work.plan, "chief", 1, steps="另一步") == ["changed-meanwhile"]
    with acting_as(OPERATOR):
        assert WorkPlan.objects.get(request=work.row).steps == "第一步"


def test_a_plan_keeps_to_the_measures_that_were_approved(work: Working) -> None:
    assert refused(work.plan, measures=("谈话", "检查")) == ["measures"]
    assert refused(work.plan, measures=("留置",)) == ["measures"]


def test_a_plan_holds_no_identity_number_and_no_contents(work: Working) -> None:
    assert refused(work.plan, questions="身份证号110101199003071234") == ["questions"]
    assert refused(work.plan, questions="涉嫌问题") == ["questions"]
    assert work.plan(questions="涉嫌问题台账的名称", sure=True).version == 1
    with acting_as(OPERATOR):
        assert WorkPlan.objects.get(request=work.row).questions == "涉嫌问题台账的名称"


def test_a_refused_plan_leaves_no_trace(work: Working) -> None:
    before = _journal()
    refused(work.plan, measures=("留置",))
    assert _journal() == before


def _journal() -> int:
    with acting_as(OPERATOR):
        return Entry.objects.count()


def test_a_task_is_done_once_or_dropped_with_a_reason(work: Working) -> None:
    first, second = work.task(member=work.members["second"].pk, due_on=TODAY), work.task()
    assert (first.position, second.position) == (1, 2)
    assert work.do("second", finish_task, task=first, done_on=TODAY).settled_by
    assert refused(work.do, "chief", finish_task, task=first, done_on=TODAY) == ["settled"]
    assert refused(work.do, "chief", drop_task, task=second, because=" ") == ["because"]
    assert work.do("chief", drop_task, task=second, because="并入任务1").dropped_on == TODAY


def test_a_task_is_not_done_tomorrow_and_not_due_yesterday(work: Working) -> None:
    assert refused(work.do, "chief", finish_task, task=work.task(), done_on=TODAY + DAY) == ["done_on"]
    assert refused(work.task, due_on=TODAY - DAY) == ["due_on"]
    assert work.task(due_on=TODAY).due_on == TODAY


def test_a_task_goes_to_a_member_of_this_team(work: Working) -> None:
    assert refused(work.task, member=0) == ["member"]


def test_one_form_sent_twice_is_written_once(work: Working) -> None:
    key = uuid4()
    assert work.task(key=key) == work.task(key=key)
    assert work.log(key=key) == work.log(key=key)
    assert work.meet(key=key) == work.meet(key=key)
    assert work.paper(key=key) == work.paper(key=key)
    assert refused(work.task, "second", key=key) == ["foreign-form"]


def test_members_enter_their_own_hours_and_the_leader_those_on_paper(work: Working) -> None:
    assert work.log("second").member_id == work.members["second"].pk
    assert work.log("chief", member=work.members["lent"].pk).member_id == work.members["lent"].pk
    assert refused(work.log, "second", member=work.members["lent"].pk) == ["not-of-the-team"]
    assert refused(work.log, "asker") == ["not-of-the-team"]


@pytest.mark.parametrize(("hours", "codes"), [("0", []), ("24", []), ("24.5", ["hours"]), ("-1", ["hours"]), ("1.2", ["hours"])])  # fmt: skip
def test_hours_are_of_one_day_by_halves(work: Working, hours: str, codes: list[str]) -> None:
    assert (refused(work.log, hours=hours) if codes else [] if work.log(hours=hours) else None) == codes


def test_a_day_has_24_hours_however_often_it_is_entered(work: Working) -> None:
    work.log(hours="16")
    assert refused(work.log, hours="8.5") == ["hours"]
    assert work.log(hours="8").hours == 8


def test_hours_lie_within_the_days_in_the_team(work: Working) -> None:
    assert work.log(day=TODAY - 5 * DAY).pk
    assert refused(work.log, day=TODAY - 6 * DAY) == ["day"]
    assert refused(work.log, day=TODAY + DAY) == ["day"]


def test_minutes_tell_who_stood_out_as_a_number_only(work: Working) -> None:
    met = work.meet(stood_out=1, chair=work.members["chief"].pk, owner=work.units["next"].pk, due_on=TODAY)
    assert (met.stood_out, met.present) == (1, [work.members["chief"].pk])
    assert met.chair
    assert refused(work.meet, present=()) == ["present"]
    assert refused(work.meet, present=(0,)) == ["present"]
    assert refused(work.meet, stood_out=99) == ["stood_out"]


def test_minutes_are_of_a_day_that_was_and_of_deeds_with_an_owner(work: Working) -> None:
    assert refused(work.meet, day=TODAY + DAY) == ["day"]
    assert refused(work.meet, due_on=TODAY) == ["owner"]
    assert refused(work.meet, owner=work.units["next"].pk, due_on=TODAY - DAY) == ["due_on"]
    assert refused(work.meet, owner=0) == ["owner"]
    assert refused(work.meet, resolved=" ") == ["resolved"]


def test_the_index_chains_its_papers_and_shows_a_change(work: Working) -> None:
    work.paper(digest=DIGEST.upper(), handed_by="甲某", taken_by="乙某", handed_on=TODAY)
    work.paper(name="协作意见", pages=1)
    with acting_as(OPERATOR):
        rows = papers_of(work.row)
        whole = digest_of_index(rows)
        assert (rows[0].digest, len(whole), digest_of_index([])) == (DIGEST, 64, "")
        rows[0].pages += 1
        assert digest_of_index(rows) != whole
        assert digest_of_index(rows[1:]) != whole


def test_the_index_takes_a_whole_digest_and_two_signatures(work: Working) -> None:
    assert refused(work.paper, digest="ab" * 31) == ["digest"]
    assert refused(work.paper, digest="zz" * 32) == ["digest"]
    assert refused(work.paper, handed_by="甲某") == ["taken_by"]
    assert refused(work.paper, pages=0) == ["pages"]
    assert refused(work.paper, name="") == ["name"]
    assert refused(work.paper, handed_on=TODAY + timedelta(days=1)) == ["handed_on"]


def test_work_is_written_while_the_team_is_at_it(work: Working) -> None:
    work.stands("归档")
    for act in (work.plan, work.task, work.log, work.meet, work.paper, work.letter):
        assert refused(act, "chief") == ["wrong-state"]
    with acting_as(OPERATOR):
        assert (LogEntry.objects.count(), Paper.objects.count()) == (0, 0)


def test_work_does_not_move_the_request(work: Working) -> None:
    version = now_of(work.row).version
    work.plan(), work.task(), work.log()
    assert now_of(work.row).version == version
