"""Both sides' evaluation, and what stands against closing a request."""

from uuid import uuid4

import pytest

from tests.collaboration.work.working import TODAY, Working, now_of, refused, working
from tests.once import fresh, once
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Evaluation, Request
from xiezuo.collaboration.queries.work import evaluations_for, part_of
from xiezuo.collaboration.requests.carrying_operations import close_request, report_result
from xiezuo.collaboration.states import Result
from xiezuo.collaboration.work.asked import Marks, Problem
from xiezuo.collaboration.work.closing import against_closing
from xiezuo.collaboration.work.plan_operations import drop_task, finish_task

pytestmark = pytest.mark.django_db


built = once(working)


@pytest.fixture
def work(built: Working, db: None) -> Working:
    return fresh(built)


def report(work: Working, result: str = "完成") -> None:
    work.here.act(work.row, report_result, result=result, problems=0)
    work.row = now_of(work.row)


def against(work: Working) -> list[str]:
    with acting_as(OPERATOR):
        return [reason.code for reason in against_closing(now_of(work.row))]


def both(work: Working) -> None:
    work.evaluate("asker", "申请方")
    work.evaluate("chief", "协作方")


def test_each_side_evaluates_the_other_once(work: Working) -> None:
    report(work)
    assert work.evaluate("asker", "申请方", said="按期办结").side == "申请方"
    assert refused(work.evaluate, "asker", "申请方") == ["evaluated"]
    assert work.evaluate("head", "协作方").side == "协作方"
    assert now_of(work.row).state == "评价"


def test_nobody_evaluates_for_the_other_side_and_a_member_does_not_speak_for_it(work: Working) -> None:
    report(work)
    assert refused(work.evaluate, "asker", "协作方") == ["not-side"]
    assert refused(work.evaluate, "chief", "申请方") == ["not-side"]
    assert refused(work.evaluate, "second", "协作方") == ["not-side"]


def test_who_belongs_to_both_sides_evaluates_for_neither(work: Working) -> None:
    report(work)
    with acting_as(OPERATOR):
        Request.objects.filter(pk=work.row.pk).update(applicant=work.here.office.accounts["chief"].pk)
    assert refused(work.evaluate, "chief", "申请方") == ["both-sides"]
    assert refused(work.evaluate, "chief", "协作方") == ["both-sides"]


@pytest.mark.parametrize("mark", [0, 6])
def test_a_mark_is_one_to_five(work: Working, mark: int) -> None:
    report(work)
    assert refused(work.evaluate, "asker", "申请方", marks=Marks(5, mark, 5, 5)) == ["marks"]


def test_before_the_report_nothing_is_evaluated(work: Working) -> None:
    assert refused(work.evaluate, "asker", "申请方") == ["wrong-state"]


def test_an_evaluation_sent_twice_is_written_once(work: Working) -> None:
    report(work)
    key = uuid4()
    assert work.evaluate("asker", "申请方", key=key) == work.evaluate("asker", "申请方", key=key)


def test_evaluations_are_for_the_two_sides_and_the_case_management_office(work: Working) -> None:
    report(work)
    both(work)
    seen = {}
    stored = {}
    for name in ("asker", "chief", "lent", "head", "leader", "station", "clerk"):
        actor = work.here.actor(name)
        with acting_as(actor):
            assert Request.objects.filter(pk=work.row.pk).exists()
            seen[name] = len(evaluations_for(actor, work.row, part_of(actor, work.row, TODAY)))
            stored[name] = Evaluation.objects.filter(request=work.row).count()
    assert seen == {"asker": 2, "chief": 2, "lent": 2, "head": 2, "leader": 0, "station": 0, "clerk": 2}
    assert stored == seen
    # The head of the axis closes requests all the same.
    with acting_as(work.here.actor("station")):
        assert [reason.code for reason in against_closing(now_of(work.row))] == ["index"]


def test_everything_open_stands_against_closing(work: Working) -> None:
    task, line = work.task(), work.letter()[0]
    report(work)
    assert against(work) == ["tasks", "letters", "evaluation-asker", "evaluation-helper", "index"]
    work.do("chief", finish_task, task=task, done_on=TODAY)
    work.verify(line, "部分整改")
    both(work)
    work.paper()
    assert against(work) == ["again"]
    repeat = work.letter(problems=(Problem("清单第1项", again=line.pk),))[0]
    assert against(work) == ["letters"]
    work.verify(repeat, "未改")
    assert against(work) == []
    done = work.here.act(work.row, close_request, note="材料齐全")
    assert done.state == "归档"


def test_a_result_unfounded_needs_its_clearing_done(work: Working) -> None:
    report(work, Result.UNFOUNDED)
    both(work)
    work.paper()
    assert against(work) == ["tasks", "clearing"]
    with acting_as(OPERATOR):
        clearing = work.row.tasks.get(clears=True)
    assert refused(work.do, "chief", drop_task, task=clearing, because="不需要") == ["clears"]
    work.do("chief", finish_task, task=clearing, done_on=TODAY)
    assert against(work) == []


def test_a_unit_kept_out_of_its_own_matter_does_not_evaluate(work: Working) -> None:
    report(work)
    work.stands("报告", blocked=True)
    assert against(work) == ["evaluation-helper", "index"]
