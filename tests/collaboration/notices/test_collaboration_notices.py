"""What the collaboration tells: to whom, once, without contents; and nobody who must stand out is reminded of a request."""

from datetime import timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.collaboration import matters_told as tell
from tests.collaboration.asking import Asking, asking, now_of
from tests.once import fresh, once
from xiezuo.accounts.api import OPERATOR, acting_as, as_the_product
from xiezuo.collaboration.events import (
    declaration_asked,
    letter_sent,
    loan_told,
    member_changed,
    recusal_decided,
    recusal_raised,
)
from xiezuo.collaboration.models import Declaration, Request
from xiezuo.collaboration.requests.moving_operations import move
from xiezuo.collaboration.states import RequestState, RequestVerb
from xiezuo.home.api import notices
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.words import told
from xiezuo.shared import clock

TODAY = clock.today()
DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("actor")


county = once(asking)


@pytest.fixture
def here(county: Asking, actor: None) -> Asking:
    return fresh(county)


def open_ones(here: Asking, kind: str, **more: Any) -> list[str]:
    """Whose notices of a kind are open."""
    names = {user.pk: name for name, user in here.office.accounts.items()}
    with acting_as(OPERATOR):
        rows = Notice.objects.filter(kind=kind, done_at=None, **more).order_by("pk")
        return sorted(names.get(each.account, "?") for each in rows)


def to_state(row: Request, verb: RequestVerb, to: RequestState, **fields: Any) -> Request:
    """Move it on, as whoever does it would."""
    with acting_as(OPERATOR) as by, as_the_product():
        held = Request.objects.select_related("commission").get(pk=row.pk)
        for name, value in fields.items():
            setattr(held, name, value)
        return move(held, verb, to, by=by, now=clock.now())


def test_the_unit_in_the_lead_is_asked_for_a_team_until_it_is_put_together(here: Asking) -> None:
    row = here.approved()
    assert open_ones(here, "form_team") == ["head"]
    to_state(row, RequestVerb.FORM, RequestState.TEAMING)
    assert open_ones(here, "form_team") == []


def test_members_are_told_that_they_go(here: Asking) -> None:
    person = here.add("comes", "next")
    row = to_state(here.approved(), RequestVerb.FORM, RequestState.TEAMING)
    with acting_as(OPERATOR):
        tell.member(row, person, here.units["next"], TODAY, TODAY + DAY)
    to_state(row, RequestVerb.SEND, RequestState.SENT)
    assert open_ones(here, "team_sent") == ["comes"]


def test_a_candidate_is_asked_to_declare_until_they_have_joined(here: Asking) -> None:
    row, person = here.approved(), here.add("comes", "next")
    with acting_as(OPERATOR) as by:
        asked = Declaration.objects.create(request=row, person=person, asked_by="made", asked_at=clock.now())
        declaration_asked.publish(declaration=asked, by=by, now=clock.now())
        assert open_ones(here, "declare", subject=asked.pk) == ["comes"]
        member = tell.member(row, person, here.units["next"], TODAY, TODAY + DAY)
        member_changed.publish(member=member, by=by, now=clock.now())
    assert open_ones(here, "declare") == []


def test_who_has_no_account_declares_on_a_paper_that_the_head_prints(here: Asking) -> None:
    row = here.approved()
    with acting_as(OPERATOR) as by:
        person = make.person(here.office.county)
        tell.member(row, person, here.units["far axis"], TODAY, TODAY + DAY, state="拟派", joined_at=None)
        asked = Declaration.objects.create(request=row, person=person, asked_by="made", asked_at=clock.now())
        declaration_asked.publish(declaration=asked, by=by, now=clock.now())
    assert (open_ones(here, "declare"), open_ones(here, "declare_on_paper")) == ([], ["far head"])


def test_whoever_decides_a_question_has_a_task_and_the_person_is_reminded_of_nothing(here: Asking) -> None:
    person = here.add("comes", "next")
    row = to_state(here.approved(), RequestVerb.FORM, RequestState.TEAMING)
    mine = here.office.accounts["comes"].pk
    with acting_as(OPERATOR) as by:
        tell.member(row, person, here.units["next"], TODAY, TODAY + DAY)
    to_state(row, RequestVerb.SEND, RequestState.SENT)
    with acting_as(OPERATOR) as by:
        question = tell.recusal(row, person, TODAY, account=mine, decider=here.office.accounts["head"].pk)
        recusal_raised.publish(recusal=question, by=by, now=clock.now())
    assert open_ones(here, "decide_recusal") == ["head"]
    with acting_as(OPERATOR):
        assert list(Notice.objects.filter(account=mine).values_list("about", flat=True)) == [""]
        assert not Notice.objects.filter(account=mine, done_at=None).exists()


def test_a_question_that_goes_one_rung_up_is_the_next_deciders_task_alone(here: Asking) -> None:
    row, person = here.approved(), here.add("comes", "next")
    with acting_as(OPERATOR) as by:
        question = tell.recusal(row, person, TODAY, decider=here.office.accounts["head"].pk)
        recusal_raised.publish(recusal=question, by=by, now=clock.now())
        question.decider = here.office.accounts["secretary"].pk
        recusal_raised.publish(recusal=question, by=by, now=clock.now())
    assert open_ones(here, "decide_recusal") == ["secretary"]


def test_a_decision_is_told_to_the_person_without_a_number_and_to_the_lead_with_it(here: Asking) -> None:
    row, person = here.approved(), here.add("comes", "next")
    with acting_as(OPERATOR) as by:
        question = tell.recusal(row, person, TODAY, "回避", account=here.office.accounts["comes"].pk, decider=here.office.accounts["head"].pk)  # fmt: skip
        recusal_decided.publish(recusal=question, by=by, now=clock.now())
    assert (open_ones(here, "own_recusal"), open_ones(here, "recusal_decided")) == (["comes"], ["head"])
    assert (open_ones(here, "own_recusal", about=""), open_ones(here, "decide_recusal")) == (["comes"], [])


def test_a_letter_is_told_to_the_head_of_the_unit_without_the_request(here: Asking) -> None:
    row = here.approved()
    with acting_as(OPERATOR) as by:
        line = tell.letter(row, here.units["far axis"], TODAY)
        letter_sent.publish(letters=[line], by=by, now=clock.now())
    assert open_ones(here, "letter", about="", particulars__last_day=line.due_on.isoformat()) == ["far head"]


def test_a_loan_is_told_to_the_person_both_units_and_the_office(here: Asking) -> None:
    person = here.add("comes", "far axis")
    with acting_as(OPERATOR) as by:
        row = tell.lent(
            here.office.county, here.units["lead"], here.units["far axis"], person, TODAY, TODAY + 30 * DAY
        )
        loan_told.publish(lent=row, stage="30", by=by, now=clock.now())
        told_once = open_ones(here, "loan_ends")
        loan_told.publish(lent=row, stage="ended", now=clock.now())
    assert {"comes", "far head", "head", "clerk"} <= set(told_once)
    assert (open_ones(here, "loan_ends"), open_ones(here, "loan_ended")) == ([], told_once)


def test_half_of_the_time_and_the_end_of_it_are_told_once_each(here: Asking) -> None:
    row = to_state(here.approved(), RequestVerb.FORM, RequestState.TEAMING)
    to_state(row, RequestVerb.SEND, RequestState.SENT, sent_on=TODAY - 5 * DAY, due_on=TODAY + 5 * DAY)
    for _round in range(2):
        with acting_as(OPERATOR):
            notices.tell_of_limits(now=clock.now())
    assert open_ones(here, "work_half") == ["asker", "head"]
    with acting_as(OPERATOR):
        Notice.objects.filter(kind="work_half").update(done_at=clock.now())
        notices.tell_of_limits(now=clock.now())
    assert (open_ones(here, "work_half"), open_ones(here, "work_late")) == ([], [])
    with acting_as(OPERATOR):
        notices.tell_of_limits(now=clock.now() + 6 * DAY)
    assert open_ones(here, "work_late") == ["asker", "head"]


def test_what_acted_first_is_to_be_written_and_goes_up_if_it_is_not(here: Asking) -> None:
    row = here.approved()
    due = clock.now() + timedelta(hours=20)
    with acting_as(OPERATOR) as by, as_the_product():
        Request.objects.filter(pk=row.pk).update(
            state="组队", urgent=True, written_due=due, oral_by=None, approval=None
        )
        from xiezuo.collaboration.events import request_moved

        request_moved.publish(request=now_of(row), verb=RequestVerb.ACT_FIRST, by=by, now=clock.now())
    assert open_ones(here, "write_request") == ["asker"]
    with acting_as(OPERATOR):
        notices.tell_of_limits(now=clock.now())
        assert open_ones(here, "not_written") == []
        notices.tell_of_limits(now=due + timedelta(minutes=1))
    assert {"asker", "clerk"} <= set(open_ones(here, "not_written"))
    to_state(row, RequestVerb.WRITE, RequestState.TEAMING, written_at=due)
    assert (open_ones(here, "write_request"), open_ones(here, "not_written")) == ([], [])


def test_what_has_ended_asks_nothing_any_more_and_what_is_handed_over_asks_the_heir(here: Asking) -> None:
    here.add("colleague", "town")
    row = here.approved()
    with acting_as(OPERATOR), as_the_product():
        Request.objects.filter(pk=row.pk).update(state="组队", urgent=True, approval=None)
        Notice.objects.create(
            account=row.applicant, kind="write_request", because="own", subject=row.pk, made_at=clock.now()
        )
    to_state(row, RequestVerb.HAND_OVER, RequestState.TEAMING, applicant=here.office.accounts["colleague"].pk)
    assert open_ones(here, "write_request") == ["colleague"]
    to_state(row, RequestVerb.TERMINATE, RequestState.TERMINATED)
    assert open_ones(here, "write_request") == []


def test_every_kind_has_a_page_to_go_to_and_says_nothing_of_a_matter(here: Asking) -> None:
    row = here.approved()
    with acting_as(OPERATOR):
        for notice in Notice.objects.all():
            words = told(notice)
            assert words.href.startswith("/")
            for secret in (row.reason, row.pointer):
                assert secret not in f"{words.what}{words.which}{words.why}{words.step}"
