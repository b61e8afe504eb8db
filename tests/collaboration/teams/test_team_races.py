"""Two at once over people of teams: of each race exactly one defined outcome, and nothing lost (trials.md T6)."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from tests.approvals.office import together
from tests.collaboration.asking import DAY, TODAY, Asking, asking, now_of
from tests.collaboration.teaming_up import (
    chosen,
    decided,
    declares,
    helpers,
    joined,
    member_of,
    pick,
    raised,
    teaming,
)
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Lent, Loan, Member, Request
from xiezuo.collaboration.teams.joining_operations import leave_with_loans
from xiezuo.collaboration.teams.operations import choose, send_team
from xiezuo.rules.models import WorkRule
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def here(transactional_db: None) -> Asking:
    built = asking()
    helpers(built)
    return built


def test_a_person_chosen_by_two_requests_at_once_is_in_one_team_and_the_other_is_told(here: Asking) -> None:
    rows = [teaming(here), teaming(here, pointer="问〔2026〕98号")]
    picks = [pick(here, "chief", "组长")]
    outcomes = together(*(partial(here.do, "head", choose, request=row, picks=picks) for row in rows))
    assert outcomes == ["busy", "done"]
    with acting_as(OPERATOR):
        assert Member.objects.filter(person=here.office.people["chief"]).count() == 1


def test_places_are_not_given_twice_by_two_who_choose_at_once(here: Asking) -> None:
    row = teaming(here, people=2)
    chosen(here, row, pick(here, "chief", "组长"))
    one, other = [pick(here, "first helper")], [pick(here, "second helper")]
    outcomes = together(
        partial(here.do, "head", choose, request=row, picks=one),
        partial(here.do, "clerk", choose, request=row, picks=other),
    )
    assert outcomes == ["done", "people"]
    with acting_as(OPERATOR):
        assert Member.objects.filter(request=row).count() == 2


def test_a_member_recused_while_the_team_is_sent_leaves_either_way_and_is_never_sent_unseen(
    here: Asking,
) -> None:
    row = joined(here)
    question = raised(here, row, "chief")
    outcomes = together(
        partial(here.do, "head", send_team, request=row, seen=row.version, key=uuid4()),
        partial(decided, here, question, recused=True),
    )
    # The question was open before: whoever comes first, the team is not sent with somebody who stands out.
    assert sorted(outcomes) == sorted(["cannot-go", "done"]) or sorted(outcomes) == sorted(["done", "size"])
    assert (now_of(row).state, member_of(here, row, "chief").why_left) == ("组队", "回避")


def test_a_question_raised_while_the_team_is_sent_keeps_it_back_or_freezes_who_was_sent(here: Asking) -> None:
    row = joined(here)
    outcomes = together(
        partial(here.do, "head", send_team, request=row, seen=row.version, key=uuid4()),
        partial(raised, here, row, "chief", by="asker"),
    )
    sent = now_of(row).state == "派出"
    assert outcomes == (["done", "done"] if sent else ["cannot-go", "done"])
    with acting_as(here.actor("chief")):
        assert not Request.objects.filter(pk=row.pk).exists()


def test_a_loan_that_ends_in_mid_matter_ends_the_membership_on_its_day_and_the_team_lacks_somebody(
    here: Asking,
) -> None:
    row = teaming(here, own=1, measures=(), duty="监督检查")
    chosen(here, row, pick(here, "chief", "组长"), pick(here, "lent"))
    _lent_until(here, row, "lent", TODAY + 5 * DAY)
    for name in ("chief", "lent"):
        declares(here, row, name)
    with acting_as(OPERATOR):
        assert leave_with_loans(now=clock.now()) == 0
        assert leave_with_loans(now=clock.now() + timedelta(days=6)) == 1
        assert leave_with_loans(now=clock.now() + timedelta(days=6)) == 0
    gone = member_of(here, row, "lent")
    assert (gone.state, gone.why_left, gone.left_on) == ("离组", "借调期满", TODAY + 5 * DAY)
    with acting_as(here.actor("lent")):
        assert not Request.objects.filter(pk=row.pk).exists()
    assert member_of(here, row, "chief").state == "在组"


def _lent_until(here: Asking, row: Request, name: str, ends: object) -> None:
    with acting_as(OPERATOR):
        county, person = here.office.county, here.office.people[name]
        loan = Loan.objects.create(
            commission=county, year=2026, number=1, kind="专案借调", unit=here.units["lead"], request=row, people=1, reason="虚构",
            starts=TODAY - DAY, ends=ends, rule=WorkRule.objects.filter(commission=county, code="R12").get().pk, state="在借",
            applicant=1, asked_by="虚构", asked_at=clock.now(), key=uuid4(),
        )  # fmt: skip
        Lent.objects.create(
            loan=loan, person=person, home=here.units["far"], chosen=True, consent_on=TODAY - DAY, starts=TODAY - DAY, ends=ends,
        )  # fmt: skip
        Member.objects.filter(request=row, person=person).update(loan=loan.pk)
