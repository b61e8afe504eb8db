"""Recusal: declared against a paper, decided by the right person in time, access cut at once; the ground is the decider's alone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.collaboration.asking import DAY, TODAY, Asking, asking, now_of
from tests.collaboration.teaming_up import (
    bar,
    chosen,
    decided,
    declaration_of,
    declares,
    helpers,
    joined,
    member_of,
    pick,
    raised,
    sent,
    teaming,
    two_chosen,
)
from tests.once import fresh, once
from tests.reading import journal
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Access, Recusal, RecusalGround, Request
from xiezuo.collaboration.recusal.deciding_operations import (
    decide_recusal,
    escalate_recusals,
    override_recusal,
)
from xiezuo.collaboration.recusal.declaring_operations import answer_declaration, show_paper
from xiezuo.collaboration.requests.access_operations import let_read
from xiezuo.collaboration.teams.operations import send_team
from xiezuo.rules.api import calendar_of
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@once
def county() -> Asking:
    built = asking()
    helpers(built)
    return built


@pytest.fixture
def here(county: Asking, db: None) -> Asking:
    return fresh(county)


def codes(refused: "pytest.ExceptionInfo[Refused]") -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def sees(here: Asking, row: Request, name: str) -> bool:
    with acting_as(here.actor(name)):
        return Request.objects.filter(pk=row.pk).exists()


def ground_seen_by(here: Asking, question: Recusal, name: str) -> int:
    with acting_as(here.actor(name)):
        return RecusalGround.objects.filter(recusal=question).count()


def question_of(row: Request) -> Recusal:
    with acting_as(OPERATOR):
        return Recusal.objects.get(request=row)


def test_a_declaration_is_answered_against_a_paper_that_the_office_showed(here: Asking) -> None:
    row = teaming(here)
    two_chosen(here, row)
    asked = declaration_of(here, row, "chief")
    with pytest.raises(Refused) as refused:
        here.do("chief", answer_declaration, declaration=asked, key=uuid4())
    assert codes(refused) == ["not-shown"]
    with pytest.raises(Refused) as refused:
        here.do("head", show_paper, declaration=asked, on=TODAY)
    assert codes(refused) == ["not-yours"]
    with pytest.raises(Refused) as refused:
        here.do("clerk", show_paper, declaration=asked, on=TODAY + DAY)
    assert codes(refused) == ["on"]
    answered = declares(here, row, "chief")
    assert (answered.none, answered.shown_on, answered.shown_by) == (True, TODAY, here.office.at("clerk"))


def test_a_signed_paper_is_entered_by_the_office_with_its_number(here: Asking) -> None:
    row = teaming(here)
    two_chosen(here, row)
    asked = declaration_of(here, row, "chief")
    here.do("clerk", show_paper, declaration=asked, on=TODAY)
    with pytest.raises(Refused) as refused:
        here.do("clerk", answer_declaration, declaration=asked, key=uuid4())
    assert codes(refused) == ["paper_no"]
    here.do("clerk", answer_declaration, declaration=asked, paper_no="申报〔2026〕3号", key=uuid4())
    assert member_of(here, row, "chief").state == "在组"


def test_a_tie_that_is_declared_opens_a_question_for_the_head_of_the_unit(here: Asking) -> None:
    row = teaming(here)
    two_chosen(here, row)
    declares(here, row, "first helper", "G1")
    question = question_of(row)
    assert (question.clause, question.source, question.decider) == (
        "监察法第六十七条",
        "本人申报",
        here.office.at("far head"),
    )
    with acting_as(OPERATOR):
        due = calendar_of(here.office.county).after(TODAY, 1)
    assert question.due_on == due
    assert member_of(here, row, "first helper").state == "拟派"
    assert bar(here, row, "first helper").startswith("recusal:")


def test_the_ground_is_read_by_its_decider_alone(here: Asking) -> None:
    row = joined(here)
    question = raised(here, row, "chief")
    readers = {name: ground_seen_by(here, question, name) for name in ("far head", "head", "chief", "clerk", "secretary", "asker")}  # fmt: skip
    assert readers == {"far head": 1, "head": 0, "chief": 0, "clerk": 0, "secretary": 0, "asker": 0}


def test_the_journal_holds_the_clause_and_never_the_ground(here: Asking) -> None:
    row = joined(here)
    with journal() as acts:
        decided(here, raised(here, row, "chief"), recused=True)
    written = "".join(acts)
    assert "来往密切" not in written
    assert "已核实" not in written
    assert "G4" not in written
    assert len(acts.of("recusal.raised")) == len(acts.of("recusal.decided")) == 1


def test_p1_a_member_with_an_undecided_question_cannot_act_and_others_can(here: Asking) -> None:
    row = joined(here)
    assert sees(here, row, "chief")
    question = raised(here, row, "chief")
    assert (sees(here, row, "chief"), sees(here, row, "first helper")) == (False, True)
    with pytest.raises(Refused) as refused:
        here.act(row, send_team)
    assert codes(refused) == ["cannot-go"]
    decided(here, question, recused=False)
    assert sees(here, row, "chief")
    assert here.act(row, send_team).state == "派出"


def test_recused_means_out_of_the_team_and_of_everything_that_could_be_read(here: Asking) -> None:
    row = sent(here)
    let_in(here, row, "chief")
    decided(here, raised(here, row, "chief"), recused=True)
    gone = member_of(here, row, "chief")
    assert (gone.state, gone.why_left, gone.left_on) == ("离组", "回避", TODAY)
    assert not sees(here, row, "chief")
    with acting_as(OPERATOR):
        assert not Access.objects.filter(request=row, account=here.office.at("chief"), cut_at=None).exists()
    assert chosen(here, row, pick(here, "second helper"))[0].state == "拟派"


def test_a_refusal_is_kept_and_lets_in_who_was_waiting(here: Asking) -> None:
    row = teaming(here)
    two_chosen(here, row)
    declares(here, row, "chief", "G4")
    question = decided(here, question_of(row), recused=False)
    assert (question.decision, question.decided_by) == ("不予回避", here.office.at("far head"))
    assert member_of(here, row, "chief").state == "在组"


def test_only_the_decider_decides_and_never_the_person(here: Asking) -> None:
    row = joined(here)
    question = raised(here, row, "first helper")
    with pytest.raises(Refused) as refused:
        decided(here, question, recused=True, by="head")
    assert codes(refused) == ["not-decider"]


def test_a_heads_own_recusal_is_decided_above(here: Asking) -> None:
    row = teaming(here)
    chosen(here, row, pick(here, "far head", "组长"))
    declares(here, row, "far head", "G4")
    assert question_of(row).decider == here.office.at("secretary")


def test_silence_past_the_day_goes_one_rung_up_and_the_day_stays(here: Asking) -> None:
    question = raised(here, joined(here), "chief")
    later = clock.now() + timedelta(days=(question.due_on - TODAY).days + 4)
    with acting_as(OPERATOR):
        assert (escalate_recusals(now=clock.now()), escalate_recusals(now=later)) == (0, 1)
    again = now_of_question(question)
    assert (again.due_on, again.decider != question.decider) == (question.due_on, True)


def now_of_question(question: Recusal) -> Recusal:
    with acting_as(OPERATOR):
        return Recusal.objects.get(pk=question.pk)


def test_only_the_secretary_lets_somebody_take_part_all_the_same_and_says_why(here: Asking) -> None:
    row = joined(here)
    question = decided(here, raised(here, row, "chief"), recused=True)
    for name, code in (("head", "not-secretary"), ("clerk", "not-secretary")):
        with pytest.raises(Refused) as refused:
            here.do(name, override_recusal, recusal=question, said="确有需要")
        assert codes(refused) == [code]
    let_in(here, row, "secretary")
    with pytest.raises(Refused) as refused:
        here.do("secretary", override_recusal, recusal=question, said="")
    assert codes(refused) == ["said"]
    here.do("secretary", override_recusal, recusal=question, said="无其他人员可派")
    assert (now_of_question(question).decision, bar(here, row, "chief")) == ("特批参加", "")
    assert chosen(here, row, pick(here, "chief", "组长"))[0].state == "在组"


def let_in(here: Asking, row: Request, name: str) -> None:
    with acting_as(OPERATOR):
        let_read(now_of(row), [here.office.at(name)], "widened", TODAY)


def test_whoever_decided_does_not_set_it_aside(here: Asking) -> None:
    row = teaming(here)
    chosen(here, row, pick(here, "far head", "组长"))
    declares(here, row, "far head", "G4")
    question = here.do("secretary", decide_recusal, recusal=question_of(row), recused=True, said="已核实")
    with pytest.raises(Refused) as refused:
        here.do("secretary", override_recusal, recusal=question, said="确有需要")
    assert codes(refused) == ["own-decision"]


def test_one_question_at_a_time_is_open_about_somebody(here: Asking) -> None:
    row = joined(here)
    raised(here, row, "chief")
    with pytest.raises(Refused) as refused:
        raised(here, row, "chief", by="asker")
    assert codes(refused) == ["open"]


def test_a_ground_names_nobody_and_no_number_of_theirs(here: Asking) -> None:
    row = joined(here)
    with pytest.raises(Refused) as refused:
        raised(here, row, "chief", ground="电话13800001111")
    assert codes(refused) == ["ground"]


def test_a_signer_who_must_stand_out_signs_nothing_of_it_any_more(here: Asking) -> None:
    row = here.request()
    assert here.asked_now(row) == ["station"]
    question = raised(here, row, "station", by="asker")
    decided(here, question, recused=True, by="secretary")
    assert "station" not in here.asked_now(row)


def test_p10_who_is_not_in_the_matter_finds_nothing(here: Asking) -> None:
    row = joined(here)
    question = raised(here, row, "chief")
    with acting_as(here.actor("second helper")):
        seen = [model.objects.count() for model in (Request, Recusal, RecusalGround, Access)]
    assert seen == [0, 0, 0, 0]
    assert question.pk


def test_p18_no_name_of_anybody_concerned_can_be_kept_with_a_declaration() -> None:
    from xiezuo.collaboration.models import Declaration

    kept = {field.name for field in Declaration._meta.concrete_fields}
    assert kept == {
        "id", "request", "person", "asked_by", "asked_at", "shown_on", "shown_by", "answered_at", "none", "paper_no", "key",
    }  # fmt: skip
