"""Two who act on the work of one request at the same moment: one is written, the other is told, nothing is lost."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests.approvals.office import together
from tests.collaboration.work.working import Working, working
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Evaluation, Letter, Task, WorkPlan

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def work(transactional_db: None) -> Working:
    return working()


def count(model: Any) -> int:
    with acting_as(OPERATOR):
        return model.objects.count()  # type: ignore[no-any-return]


def test_each_race_has_one_outcome(work: Working) -> None:
    """One county for all of them: what is raced for are different rows."""
    line = work.letter()[0]
    verified = together(
        partial(work.verify, line, "已改", "second"), partial(work.verify, line, "未改", "chief")
    )
    assert verified == ["done", "verified"]
    with acting_as(OPERATOR):
        assert Letter.objects.get(pk=line.pk).outcome in {"已改", "未改"}

    plans = together(partial(work.plan, "chief", 0, steps="甲"), partial(work.plan, "second", 0, steps="乙"))
    assert (plans, count(WorkPlan)) == (["changed-meanwhile", "done"], 1)

    key = uuid4()
    assert (together(partial(work.task, key=key), partial(work.task, key=key)), count(Task)) == (["done", "done"], 1)  # fmt: skip
    assert (together(work.task, work.task), count(Task)) == (["done", "done"], 3)

    before = count(Letter)
    assert together(work.letter, work.letter) == ["done", "done"]
    with acting_as(OPERATOR):
        assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert count(Letter) == before + 2

    work.stands("报告")
    sides = together(partial(work.evaluate, "asker", "申请方"), partial(work.evaluate, "asker", "申请方"))
    assert (sides, count(Evaluation)) == (["done", "evaluated"], 1)
