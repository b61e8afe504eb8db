"""Loans: a profile and no names, decided by the rule, agreed to by home, ended by themselves."""

from datetime import datetime, time
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import factories as make
from tests.collaboration.asking import DAY, TODAY, now_of
from tests.collaboration.loans.lending import PAPER, SOON, THREE_MONTHS, Lending, lent_now
from tests.once import fresh, once
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.approvals.api import refuse_approval, send_back
from xiezuo.collaboration.api import (
    attend_loans,
    choose_candidate,
    consent,
    decide_trial,
    decline,
    evaluate_lent,
    extend_loan,
    judge_candidate,
    lend,
    note_shown,
    offer_candidate,
    register_loan,
    return_early,
)
from xiezuo.collaboration.events import loan_told
from xiezuo.collaboration.loans.operations import change_loan, close_loan
from xiezuo.collaboration.models import Loan
from xiezuo.rules.api import months_after
from xiezuo.rules.models import WorkRule
from xiezuo.shared.errors import NotThere, Refused

pytestmark = pytest.mark.django_db


built = once(Lending)


@pytest.fixture
def here(built: Lending, actor: None) -> Lending:
    return fresh(built)


def codes(refused: "pytest.ExceptionInfo[Refused]") -> list[str]:
    return [each.code for each in refused.value.reasons]


def at(day: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8)))  # type: ignore[arg-type]


class TestAsking:
    def test_it_goes_to_the_offices_of_the_rule_without_the_home_unit(self, here: Lending) -> None:
        row = here.ask(by="clerk")
        with acting_as(OPERATOR):
            titles = list(here.approval(row).steps.order_by("position").values_list("title", flat=True))
        assert titles == ["单位负责人", "组织部", "书记"]

    def test_who_heads_the_unit_has_signed_by_applying(self, here: Lending) -> None:
        row = here.ask(by="head")
        with acting_as(OPERATOR):
            titles = list(here.approval(row).steps.order_by("position").values_list("title", flat=True))
        assert titles == ["组织部", "书记"]

    def test_the_organisation_department_agrees_with_the_number_of_its_paper(self, here: Lending) -> None:
        row = here.ask()
        with pytest.raises(Refused) as refused:
            here.decide(row, said="同意")
        assert codes(refused) == ["paper"]
        assert here.approval(row).current == 0
        assert here.approval(here.decide(row, said=PAPER)).current == 1

    def test_approved_refused_returned(self, here: Lending) -> None:
        assert here.approved().state == "已批准"
        assert here.decide(here.ask(), refuse_approval).state == "不予批准"
        back = here.ask()
        here.decide(back, send_back, to=-1)
        again = here.do("head", change_loan, loan=back, asked=here.asked(people=2), seen=now_of(back).version, key=uuid4())  # fmt: skip
        assert (again.people, here.approval(back).state) == (2, "审批中")

    def test_the_same_form_twice_is_one_loan(self, here: Lending) -> None:
        key = uuid4()
        assert here.ask(key=key).pk == here.ask(key=key).pk
        with acting_as(OPERATOR):
            assert Loan.objects.count() == 1

    @pytest.mark.parametrize(
        ("more", "found"),
        [
            ({"ends": THREE_MONTHS + DAY}, ["ends"]),
            ({"ends": SOON}, ["ends"]),
            ({"acts": ("谈话",)}, ["acts"]),
            ({"acts": ()}, ["acts"]),
            ({"people": 0}, ["people"]),
            ({"reason": " "}, ["reason"]),
            ({"basis": ""}, ["basis"]),
            ({"criteria": ""}, ["criteria"]),
            ({"post": ""}, ["post"]),
            ({"reason": "电话13800138000"}, ["reason"]),
            ({"kind": "专案借调"}, ["request"]),
            ({"kind": "跟班", "plan": "跟班学习初核", "ends": SOON + 20 * DAY}, ["mentor"]),
            ({"kind": "怎么都行"}, ["kind"]),
        ],
    )
    def test_what_breaks_a_rule_is_refused_at_its_field(self, here: Lending, more: dict[str, object], found: list[str]) -> None:  # fmt: skip
        with pytest.raises(Refused) as refused:
            here.ask(**more)
        assert sorted(set(codes(refused)) & set(found)) == found
        with acting_as(OPERATOR):
            assert Loan.objects.count() == 0

    def test_a_refusal_says_found_expected_and_the_rule_with_its_badge(self, here: Lending) -> None:
        with pytest.raises(Refused) as refused:
            here.ask(ends=THREE_MONTHS + DAY)
        text = refused.value.reasons[0].text
        days = (THREE_MONTHS + DAY - SOON).days
        assert f"{days} " in text
        assert "3 个月：R12 借调" in text

    def test_the_limit_is_the_countys_rule(self, here: Lending) -> None:
        with acting_as(OPERATOR):
            rule = WorkRule.objects.current().get(commission=here.office.county, code="R12")
            WorkRule.objects.filter(pk=rule.pk).update(known_until=timezone.now())
            rule.pk, rule.limit = None, 6
            rule.known_from = timezone.now()
            rule.save(force_insert=True)
        assert here.ask(ends=THREE_MONTHS + DAY).state == "审批中"

    def test_one_matter_one_loan(self, here: Lending) -> None:
        request = here.here.approved(by="asker")
        given = {"kind": "专案借调", "request": request.pk, "unit": "town", "by": "asker"}
        first = here.ask(**given)
        with pytest.raises(Refused) as refused:
            here.ask(**given)
        assert codes(refused) == ["request"]
        assert f"{first.year}-{first.number}" in refused.value.reasons[0].text

    def test_a_matter_that_one_may_not_see_is_no_matter(self, here: Lending) -> None:
        request = here.here.approved(by="asker")
        with pytest.raises(Refused) as refused:
            here.ask(by="far head", unit="far axis", kind="专案借调", request=request.pk)
        assert codes(refused) == ["request"]

    def test_somebody_without_the_unit_does_not_ask_for_it(self, here: Lending) -> None:
        with pytest.raises(Refused):
            here.ask(by="far head")

    def test_training_goes_by_its_own_rule(self, here: Lending) -> None:
        row = here.ask(kind="跟班", plan="学习初核程序", mentor=here.person("head").pk, acts=())
        with acting_as(OPERATOR):
            titles = list(here.approval(row).steps.order_by("position").values_list("title", flat=True))
        assert titles == ["轴心单位负责人", "联系常委"]


class TestCandidates:
    def test_whoever_asked_names_nobody(self, here: Lending) -> None:
        row = here.approved()
        with pytest.raises(Refused) as refused:
            here.do("head", offer_candidate, loan=row, person=here.person("guest").pk)
        assert codes(refused) == ["own-loan"]

    def test_the_home_head_and_the_office_name_them(self, here: Lending) -> None:
        row = here.approved(people=2)
        first = here.do("far head", offer_candidate, loan=row, person=here.person("guest").pk)
        second = here.do("clerk", offer_candidate, loan=row, person=here.person("outsider").pk, home_outside="虚构县审计局")  # fmt: skip
        assert first.home_id == here.here.units["far axis"].pk
        assert (second.home_id, second.home_outside) == (None, "虚构县审计局")
        with pytest.raises((Refused, NotThere)):
            here.do("next head", offer_candidate, loan=row, person=here.person("guest").pk)

    def test_no_more_are_chosen_than_were_approved(self, here: Lending) -> None:
        row = here.approved()
        first = here.do("clerk", offer_candidate, loan=row, person=here.person("guest").pk)
        second = here.do("clerk", offer_candidate, loan=row, person=here.person("second").pk)
        here.act(first, judge_candidate, "head", words="财务工作三年，符合条件")
        here.act(first, choose_candidate)
        with pytest.raises(Refused) as refused:
            here.act(second, choose_candidate)
        assert codes(refused) == ["people"]
        here.act(first, choose_candidate, chosen=False)
        assert here.act(second, choose_candidate).chosen

    def test_only_the_head_of_home_agrees(self, here: Lending) -> None:
        lent = here.do("clerk", offer_candidate, loan=here.approved(), person=here.person("guest").pk)
        here.act(lent, choose_candidate)
        for name in ("clerk", "head"):
            with pytest.raises(Refused):
                here.do(name, consent, lent=lent, no="1号", on=TODAY)
        with pytest.raises(Refused) as refused:
            here.act(lent_now(lent), lend, starts=SOON, ends=THREE_MONTHS)
        assert codes(refused) == ["no-consent"]
        here.do("far head", consent, lent=lent, no="1号", on=TODAY)
        assert lent_now(lent).consent_on == TODAY

    def test_a_home_that_does_not_agree_says_why(self, here: Lending) -> None:
        lent = here.do("clerk", offer_candidate, loan=here.approved(), person=here.person("guest").pk)
        with pytest.raises(Refused):
            here.do("far head", decline, lent=lent, said=" ")
        here.do("far head", decline, lent=lent, said="本单位同期有巡察任务")
        with pytest.raises(Refused) as refused:
            here.act(lent_now(lent), choose_candidate)
        assert codes(refused) == ["declined"]


class TestLending:
    def test_the_ledger_has_them_until_the_day_and_no_longer(self, here: Lending) -> None:
        here.lent()
        assert here.posts("guest", SOON) == [("科员", "在编"), ("纪检监察员", "借调")]
        assert here.posts("guest", THREE_MONTHS) == [("科员", "在编")]

    def test_not_beyond_the_days_that_were_approved(self, here: Lending) -> None:
        lent = here.chosen(ends=SOON + 30 * DAY)
        with pytest.raises(Refused) as refused:
            here.act(lent, lend, starts=SOON, ends=SOON + 31 * DAY)
        assert codes(refused) == ["starts"]

    def test_nobody_is_lent_to_two(self, here: Lending) -> None:
        second = here.chosen(people=1)
        other = here.chosen(unit="town", by="asker")
        here.act(second, lend, starts=SOON, ends=SOON + 30 * DAY)
        with pytest.raises(Refused) as refused:
            here.act(other, lend, starts=SOON + 29 * DAY, ends=THREE_MONTHS)
        assert "starts" in codes(refused)

    def test_not_twice_in_a_row_whatever_it_is_called(self, here: Lending) -> None:
        with acting_as(OPERATOR):
            make.assignment(here.person("guest"), here.here.units["next"], "学员", status="跟班", starts=TODAY - 60 * DAY, ends=SOON - 20 * DAY)  # fmt: skip
        row = here.approved()
        with pytest.raises(Refused) as refused:
            here.do("clerk", offer_candidate, loan=row, person=here.person("guest").pk)
        assert codes(refused) == ["starts"]
        assert "T12-3" in refused.value.reasons[0].text

    def test_not_longer_than_twelve_months_in_all(self, here: Lending) -> None:
        with acting_as(OPERATOR):
            make.assignment(here.person("guest"), here.here.units["next"], "学员", status="借调", starts=TODAY - 500 * DAY, ends=TODAY - 200 * DAY)  # fmt: skip
        row = here.approved()
        with pytest.raises(Refused) as refused:
            here.do("clerk", offer_candidate, loan=row, person=here.person("guest").pk)
        assert codes(refused) == ["ends"]
        assert "T12-2" in refused.value.reasons[0].text

    def test_extended_once_by_the_secretary_and_no_longer_than_the_term(self, here: Lending) -> None:
        lent = here.lent()
        later = months_after(THREE_MONTHS, 3)
        for name, ends, code in (("clerk", later, "extended_by"), ("secretary", later + DAY, "ends"), ("secretary", THREE_MONTHS, "ends")):  # fmt: skip
            with pytest.raises(Refused) as refused:
                here.act(lent, extend_loan, name, ends=ends, basis="工作需要")
            assert codes(refused) == [code]
        assert here.act(lent, extend_loan, "secretary", ends=later, basis="工作需要").ends == later
        assert here.posts("guest", later - DAY) == [("科员", "在编"), ("纪检监察员", "借调")]
        assert here.posts("guest", later) == [("科员", "在编")]
        with pytest.raises(Refused) as refused:
            here.act(lent, extend_loan, "secretary", ends=later + DAY, basis="工作需要")
        assert codes(refused) == ["extensions"]

    def test_ended_early_the_rights_end_on_that_day(self, here: Lending) -> None:
        lent = here.act(here.lent(), return_early, "far head", on=SOON + 10 * DAY, said="本单位工作需要")
        assert (lent.ends, lent.loan.state) == (SOON + 10 * DAY, "已结束")
        assert here.posts("guest", SOON + 10 * DAY) == [("科员", "在编")]

    def test_an_approved_loan_to_which_nobody_comes_is_closed(self, here: Lending) -> None:
        row = here.approved()
        assert here.do("clerk", close_loan, loan=row, said="不再需要", seen=row.version).state == "已结束"


class TestTheEnd:
    def test_evaluated_and_shown_with_the_day(self, here: Lending) -> None:
        lent = here.lent()
        with pytest.raises(Refused) as refused:
            here.do("guest", note_shown, lent=lent, on=TODAY)
        assert codes(refused) == ["not-evaluated"]
        here.act(lent, evaluate_lent, "head", words="工作认真，遵守纪律")
        here.do("guest", note_shown, lent=lent, on=TODAY)
        assert lent_now(lent).shown_on == TODAY
        with pytest.raises(Refused) as refused:
            here.act(lent, evaluate_lent, "head", words="改一改")
        assert codes(refused) == ["shown"]

    def test_kept_by_a_meeting_the_ledger_moves_them(self, here: Lending) -> None:
        lent = here.act(here.lent(), evaluate_lent, "head", words="符合岗位要求")
        on = SOON + 60 * DAY
        for meeting, code in (("", "meeting"), ("张三、李四、王五参加", "meeting")):
            with pytest.raises(Refused) as refused:
                here.act(lent, decide_trial, outcome="留用", meeting=meeting, on=on)
            assert codes(refused) == [code]
        kept = here.act(lent, decide_trial, outcome="留用", meeting="2026年第12次常委会", on=on)
        assert (kept.outcome, kept.loan.state) == ("留用", "已结束")
        assert here.posts("guest", on - DAY) == [("科员", "在编"), ("纪检监察员", "借调")]
        assert here.posts("guest", on) == [("纪检监察员", "在编")]

    def test_nobody_is_decided_on_before_the_evaluation(self, here: Lending) -> None:
        with pytest.raises(Refused) as refused:
            here.act(here.lent(), decide_trial, outcome="返回", meeting="第1次会议", on=SOON + DAY)
        assert codes(refused) == ["not-evaluated"]

    def test_told_once_at_thirty_and_seven_days_and_at_the_end(self, here: Lending) -> None:
        lent, told = here.lent(), []
        listener = lambda lent, stage, **_more: told.append((lent.pk, stage))  # noqa: E731
        before = list(loan_told._handlers)
        loan_told.handled_by(listener)
        try:
            for left in (31, 30, 29, 7, 7, 1, 0, -1):
                attend_loans(now=at(THREE_MONTHS - left * DAY))
        finally:
            loan_told._handlers[:] = before
        assert told == [(lent.pk, "30"), (lent.pk, "7"), (lent.pk, "ended")]
        assert (lent_now(lent).returned_on, lent_now(lent).loan.state) == (THREE_MONTHS, "已结束")


class TestLedger:
    def test_a_loan_of_the_ledger_that_breaks_the_limits_is_registered_as_it_is(self, here: Lending) -> None:
        began = TODAY - 300 * DAY
        with acting_as(OPERATOR):
            post = make.assignment(
                here.person("outsider"), here.here.units["lead"], "工作人员", status="借调", starts=began,
                from_outside="虚构县审计局", moves=["借调"], basis="安借〔2026〕1号",
            )  # fmt: skip
        given = {"commission": here.office.county, "assignment": post.pk, "key": uuid4()}
        with pytest.raises(Refused) as refused:
            here.do("clerk", register_loan, kind="跟班", **given)
        assert codes(refused) == ["kind"]
        with pytest.raises(Refused):
            here.do("head", register_loan, kind="试岗", **given)
        row = here.do("clerk", register_loan, kind="试岗", criteria="熟悉审计", reason="编制空缺", **given)
        lent = row.lent.get()
        assert (row.state, lent.starts, lent.home_outside) == ("在借", began, "虚构县审计局")
        here.act(lent, evaluate_lent, "head", words="符合岗位要求")
        here.act(lent, decide_trial, outcome="留用", meeting="2026年第12次常委会", on=TODAY)
        assert here.posts("outsider", TODAY) == [("工作人员", "在编")]

    def test_what_the_book_said_already_is_not_said_twice(self, here: Lending) -> None:
        began, over = TODAY - 200 * DAY, TODAY - 20 * DAY
        with acting_as(OPERATOR):
            post = make.assignment(
                here.person("outsider"), here.here.units["lead"], "工作人员", status="借调", starts=began, ends=over,
                from_outside="虚构县审计局", moves=["借调"], leaving="调整",
            )  # fmt: skip
            make.assignment(here.person("outsider"), here.here.units["lead"], "纪检监察员", starts=over, moves=["调入"])  # fmt: skip
        row = here.do("clerk", register_loan, commission=here.office.county, assignment=post.pk, kind="试岗", key=uuid4())  # fmt: skip
        lent = row.lent.get()
        now = at(over - DAY)
        here.act(lent, evaluate_lent, "head", words="符合岗位要求", now=now)
        here.act(lent, decide_trial, outcome="留用", meeting="2026年第2次常委会", on=over, now=now)
        assert here.posts("outsider", over) == [("纪检监察员", "在编")]
        assert here.spells("outsider") == [(here.spells("outsider")[0][0], "借调", began, over)]
