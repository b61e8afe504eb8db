"""Two who act on the safety of one request at the same moment: one outcome, nothing lost, nothing double."""

from functools import partial
from uuid import uuid4

import pytest

from tests.approvals.office import together
from tests.collaboration.safety.talking import Working, incident, report, stretch, talk, the_round, working
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Incident, IncidentStep, Talk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def work(transactional_db: None) -> Working:
    return working()


def steps(of: Incident) -> list[str]:
    with acting_as(OPERATOR):
        return list(IncidentStep.objects.filter(incident=of).order_by("pk").values_list("verb", flat=True))


def test_p12_each_race_has_one_outcome(work: Working) -> None:
    """One county for all of them: what is raced for are different rows."""
    first = incident(work)
    both = together(partial(report, work, first, "second"), partial(report, work, first, "clerk"))
    assert (both, steps(first)) == (["done", "wrong-state"], ["report"])

    second = incident(work)
    late = second.due_at
    rounds = together(partial(the_round, late), partial(the_round, late), partial(the_round, late))
    assert (rounds, steps(second)) == (["done", "done", "done"], ["escalate"])

    third = incident(work)
    together(partial(the_round, third.due_at), partial(report, work, third, "second"))
    assert steps(third) in (["report"], ["escalate", "report"])

    key = uuid4()
    assert together(partial(talk, work, stretch(120, 70), key=key), partial(talk, work, stretch(120, 70), key=key)) == ["done", "done"]  # fmt: skip
    one = together(partial(talk, work, back=2), partial(talk, work, by="second", back=2))
    assert one == ["done", "started"]
    assert together(partial(talk, work, back=4), partial(talk, work, by="head", back=6)) == ["done", "done"]
    with acting_as(OPERATOR):
        assert list(Talk.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4]
        assert list(Incident.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4]
