"""A regulation from its draft to its repeal: who may do what, and that it has one status throughout."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.once import fresh, once
from tests.rules.drafting import TEXT, Drafting, drafting, now_of, status_of
from xiezuo.accounts.api import OPERATOR, acting_as, set_actor
from xiezuo.approvals.api import TO_APPLICANT, add_signer, refuse_approval, send_back, submit_again, withdraw
from xiezuo.rules import clauses
from xiezuo.rules import regulation_operations as operations
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.consultation_operations import Paper, close_answer, give_opinion, settle_opinion
from xiezuo.rules.models import Edition, Opinion, RegulationRecord
from xiezuo.rules.states import RegulationStatus
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused

pytestmark = pytest.mark.usefixtures("actor")
TODAY = clock.today()


built = once(drafting)


@pytest.fixture
def here(built: Drafting, actor: None) -> Drafting:
    return fresh(built)


def codes(refused: "pytest.ExceptionInfo[Refused]") -> set[str]:
    return {reason.code for reason in refused.value.reasons}


def parts(edition: Edition) -> list[tuple[str, int]]:
    with acting_as(OPERATOR):
        return [(each.label, each.anchor) for each in queries.clauses_of(edition)]


def text_of(edition: Edition) -> str:
    with acting_as(OPERATOR):
        return clauses.joined(queries.clauses_of(edition))


def test_a_regulation_goes_from_draft_over_consultation_and_review_to_trial_and_into_force(
    here: Drafting,
) -> None:
    edition = here.draft()
    assert status_of(edition) == RegulationStatus.DRAFT
    edition = here.consulted(edition)
    assert status_of(edition) == RegulationStatus.CONSULTATION
    edition = here.apply(edition, document_no="虚构〔2026〕1号")
    assert status_of(edition) == RegulationStatus.REVIEW
    edition = here.pass_review(edition)
    assert (edition.stage, status_of(edition)) == ("试行", RegulationStatus.TRIAL)
    edition = here.pass_review(here.apply(edition, "施行"))
    assert (edition.stage, status_of(edition)) == ("施行", RegulationStatus.IN_FORCE)
    set_actor(OPERATOR)
    [record] = RegulationRecord.objects.current().filter(regulation=edition.regulation_id)
    assert (record.document_no, record.drafted_on, record.trial_on) == ("虚构〔2026〕1号", TODAY, TODAY)
    assert record.basis.startswith("制度-")


def test_what_was_known_of_a_regulation_before_each_act_is_not_lost(here: Drafting) -> None:
    edition = here.consulted(here.draft())
    set_actor(OPERATOR)
    rows = RegulationRecord.objects.filter(regulation=edition.regulation_id).order_by("known_from")
    assert [row.consulted_on for row in rows] == [None, TODAY]
    assert [row.known_until is None for row in rows] == [False, True]


def test_the_same_form_posted_twice_begins_one_regulation(here: Drafting) -> None:
    about, key = operations.About("虚构规则", unit=here.office.unit.pk), uuid4()
    made = [
        here.do("drafter", operations.begin_regulation, commission=here.office.county, about=about, key=key)
        for _ in range(2)
    ]
    assert made[0] == made[1]


def test_only_the_head_of_the_drafting_unit_and_case_management_draft(here: Drafting) -> None:
    about = operations.About("虚构规则", unit=here.office.unit.pk)
    with pytest.raises(Refused) as refused:
        here.do("head0", operations.begin_regulation, commission=here.office.county, about=about, key=uuid4())
    assert codes(refused) == {"not-yours"}
    here.do("clerk", operations.begin_regulation, commission=here.office.county, about=about, key=uuid4())


def test_a_draft_is_seen_by_who_drafts_who_is_asked_and_case_management_and_after_issue_by_all(
    here: Drafting,
) -> None:
    def sees(name: str, edition: Edition) -> bool:
        with acting_as(here.office.actor(name)):
            return Edition.objects.filter(pk=edition.pk).exists() and bool(queries.clauses_of(edition))

    edition = here.draft()
    names = ("drafter", "clerk", "head0", "outsider")
    assert [sees(name, edition) for name in names] == [True, True, False, False]
    edition = here.consulted(edition)
    assert [sees(name, edition) for name in names] == [True, True, True, False]
    edition = here.apply(edition)
    here.decide(edition, add_signer, account=here.office.at("outsider"))
    assert sees("outsider", edition)
    here.decide(edition, refuse_approval, by="outsider", said="时机不成熟")
    assert not sees("outsider", edition)
    edition = here.pass_review(here.apply(now_of(edition)))
    assert [sees(name, edition) for name in names] == [True] * 4


def test_a_unit_sees_its_own_opinions_and_not_those_of_others(here: Drafting) -> None:
    edition = here.ask(here.draft())
    for number, unit in enumerate(here.asked):
        here.do(
            here.head(number),
            give_opinion,
            edition=edition,
            unit=unit.pk,
            anchor=None,
            text="虚构意见",
            key=uuid4(),
        )

    def seen(name: str) -> int:
        with acting_as(here.office.actor(name)):
            return len(queries.opinions_of(edition))

    assert [seen(name) for name in ("drafter", "clerk", "head0", "head1", "outsider")] == [2, 2, 1, 1, 0]


def test_a_clause_is_changed_alone_and_of_two_who_change_it_the_second_is_told(here: Drafting) -> None:
    edition = here.draft()
    [anchor] = [anchor for label, anchor in parts(edition) if label == "第二条"]
    change = {"edition": edition, "anchor": anchor, "seen": 1}
    here.do("drafter", operations.save_clause, text="第二条　由轴心单位统筹协调。", **change)
    with pytest.raises(Refused) as refused:
        here.do("clerk", operations.save_clause, text="第二条　另一种写法。", **change)
    assert codes(refused) == {"text-moved-on"}
    assert text_of(edition) == TEXT.replace("协作事项由轴心单位统筹", "由轴心单位统筹协调")
    # The very same words sent again are no second change.
    here.do("drafter", operations.save_clause, text="第二条　由轴心单位统筹协调。", **change)


def test_a_clause_may_become_several_or_none(here: Drafting) -> None:
    edition = here.draft()
    [anchor] = [anchor for label, anchor in parts(edition) if label == "第二条"]
    here.do("drafter", operations.save_clause, edition=edition, anchor=anchor, seen=1,
            text="第二条　协作事项由轴心单位统筹。\n第二条之一　协作区设联络员。")  # fmt: skip
    labels = [label for label, _anchor in parts(edition)]
    assert labels == ["", "第一章", "第一条", "第二条", "第二条之一", "第二章", "第三条"]
    assert dict(parts(edition))["第二条"] == anchor
    here.do("drafter", operations.save_clause, edition=edition, anchor=anchor, seen=1, text=" ")
    assert "第二条" not in dict(parts(edition))


def test_a_whole_text_pasted_anew_keeps_the_anchors_and_the_second_to_paste_is_told(here: Drafting) -> None:
    edition = here.draft()
    before = dict(parts(edition))
    later = TEXT.replace("第三条", "第四条").replace("第二章", "第三条　协作区每季度开会一次。\n第二章")
    here.do("drafter", operations.save_text, edition=edition, text=later, seen=edition.version)
    after = dict(parts(edition))
    assert (after["第四条"], after["第一条"]) == (before["第三条"], before["第一条"])
    assert after["第三条"] not in before.values()
    with pytest.raises(Refused) as refused:
        here.do("clerk", operations.save_text, edition=edition, text=TEXT, seen=edition.version)
    assert codes(refused) == {"text-moved-on"}


def test_an_opinion_is_given_by_the_head_of_a_unit_that_was_asked_or_entered_from_paper(
    here: Drafting,
) -> None:
    edition, [first, second] = here.ask(here.draft()), here.asked
    given = {"edition": edition, "anchor": None, "text": "建议明确时限。"}
    opinion = here.do("head0", give_opinion, unit=first.pk, key=uuid4(), **given)
    assert opinion.paper_no == ""
    with pytest.raises(Refused) as refused:
        here.do("head0", give_opinion, unit=second.pk, key=uuid4(), **given)
    assert codes(refused) == {"not-yours"}
    paper = Paper("虚构函1号", TODAY)
    entered = here.do("clerk", give_opinion, unit=second.pk, key=uuid4(), paper=paper, **given)
    assert (entered.paper_no, entered.entered_by) == ("虚构函1号", here.office.at("clerk"))
    ahead = Paper("虚构函2号", TODAY + timedelta(days=1))
    with pytest.raises(BadInput):
        here.do("clerk", give_opinion, unit=second.pk, key=uuid4(), paper=ahead, **given)
    with pytest.raises(Refused):
        here.do("clerk", give_opinion, unit=here.office.unit.pk, key=uuid4(), paper=paper, **given)


def test_a_closed_answer_takes_no_more_opinions(here: Drafting) -> None:
    edition, unit = here.ask(here.draft()), here.asked[0]
    here.do("head0", close_answer, edition=edition, unit=unit.pk)
    with pytest.raises(Refused) as refused:
        here.do("head0", give_opinion, edition=edition, unit=unit.pk, anchor=None, text="虚构", key=uuid4())
    assert codes(refused) == {"answered"}


def test_the_same_opinion_posted_twice_is_one(here: Drafting) -> None:
    edition, key = here.ask(here.draft()), uuid4()
    for _ in range(2):
        here.do(
            "head0", give_opinion, edition=edition, unit=here.asked[0].pk, anchor=None, text="虚构", key=key
        )
    set_actor(OPERATOR)
    assert Opinion.objects.filter(edition=edition).count() == 1


def test_review_waits_for_every_answer_and_every_opinion(here: Drafting) -> None:
    edition = here.draft()
    with pytest.raises(Refused) as refused:
        here.apply(edition)
    assert codes(refused) == {"purpose"}
    edition = here.ask(edition)
    opinion = here.do(
        "head0", give_opinion, edition=edition, unit=here.asked[0].pk, anchor=None, text="虚构", key=uuid4()
    )
    with pytest.raises(Refused) as refused:
        here.apply(edition)
    assert codes(refused) == {"unanswered", "unsettled"}
    for number, unit in enumerate(here.asked):
        here.do(here.head(number), close_answer, edition=edition, unit=unit.pk)
    here.do("drafter", settle_opinion, opinion=opinion, outcome="采纳", reason="", seen="")
    assert here.apply(edition).stage == "审核"


def test_an_opinion_that_is_not_adopted_needs_a_reason_and_is_settled_once(here: Drafting) -> None:
    edition = here.ask(here.draft())
    opinion = here.do(
        "head0", give_opinion, edition=edition, unit=here.asked[0].pk, anchor=None, text="虚构", key=uuid4()
    )
    with pytest.raises(Refused) as refused:
        here.do("drafter", settle_opinion, opinion=opinion, outcome="未采纳", reason=" ", seen="")
    assert codes(refused) == {"reason"}
    here.do("drafter", settle_opinion, opinion=opinion, outcome="未采纳", reason="与上位规定不一致", seen="")
    with pytest.raises(Refused) as refused:
        here.do("clerk", settle_opinion, opinion=opinion, outcome="采纳", reason="", seen="")
    assert codes(refused) == {"settled-meanwhile"}


def test_the_text_is_frozen_under_review_open_once_returned_and_frozen_again(here: Drafting) -> None:
    edition = here.apply(here.consulted(here.draft()))
    version = edition.version

    def save(text: str) -> Edition:
        return here.do("drafter", operations.save_text, edition=edition, text=text, seen=version)

    with pytest.raises(Refused) as refused:
        save("第一条　另一种写法。")
    assert codes(refused) == {"frozen"}
    here.decide(edition, send_back, to=TO_APPLICANT, said="请修改第一条。")
    assert status_of(edition) == RegulationStatus.REVIEW
    save(TEXT.replace("制定本规则", "特制定本规则"))
    here.decide(edition, submit_again, by="drafter")
    with pytest.raises(Refused) as refused:
        save(TEXT)
    assert codes(refused) == {"frozen"}


@pytest.mark.parametrize(
    ("verb", "by", "more"), [(refuse_approval, "", {"said": "时机不成熟"}), (withdraw, "drafter", {})]
)
def test_what_was_refused_or_taken_back_is_open_again_at_the_consultation(
    here: Drafting, verb, by, more
) -> None:  # type: ignore[no-untyped-def]
    edition = here.apply(here.consulted(here.draft()))
    here.decide(edition, verb, by=by, **more)
    edition = now_of(edition)
    assert (edition.stage, edition.frozen, edition.waits) == ("征求意见", False, False)
    assert status_of(edition) == RegulationStatus.CONSULTATION
    assert here.apply(edition).stage == "审核"
