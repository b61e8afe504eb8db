"""Two who act upon one regulation at the same moment: of each race exactly one defined outcome, and nothing lost."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests.approvals.office import together
from tests.rules.drafting import TEXT, Drafting, drafting, now_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.approvals.models import Approval
from xiezuo.rules import clauses
from xiezuo.rules import regulation_operations as operations
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.consultation_operations import close_answer, give_opinion, settle_opinion
from xiezuo.rules.models import Edition, Opinion, RegulationRecord

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ROUNDS = 3


@pytest.fixture
def here(transactional_db: None) -> Drafting:
    return drafting()


def text_of(edition: Edition) -> str:
    with acting_as(OPERATOR):
        return clauses.joined(queries.clauses_of(edition))


def as_(here: Drafting, name: str, verb: Any, **given: Any) -> Any:
    return partial(here.do, name, verb, **given)


def test_of_two_who_save_one_clause_at_once_one_is_told(here: Drafting) -> None:
    for _round in range(ROUNDS):
        edition = here.draft()
        with acting_as(OPERATOR):
            place = next(each.anchor for each in queries.clauses_of(edition) if each.label == "第二条")
        save = {"edition": edition, "anchor": place, "seen": 1}
        outcomes = together(
            as_(here, "drafter", operations.save_clause, text="第二条　甲的写法。", **save),
            as_(here, "clerk", operations.save_clause, text="第二条　乙的写法。", **save),
        )
        assert outcomes == ["done", "text-moved-on"]
        assert text_of(edition).count("第二条") == 1


def test_two_who_save_different_clauses_at_once_both_do(here: Drafting) -> None:
    for _round in range(ROUNDS):
        edition = here.draft()
        with acting_as(OPERATOR):
            place = {each.label: each.anchor for each in queries.clauses_of(edition)}
        outcomes = together(
            as_(
                here,
                "drafter",
                operations.save_clause,
                edition=edition,
                anchor=place["第二条"],
                seen=1,
                text="第二条　甲。",
            ),
            as_(
                here,
                "clerk",
                operations.save_clause,
                edition=edition,
                anchor=place["第三条"],
                seen=1,
                text="第三条　乙。",
            ),
        )
        assert outcomes == ["done", "done"]
        assert "第二条　甲。" in text_of(edition)
        assert "第三条　乙。" in text_of(edition)


def test_of_two_revisions_begun_at_once_there_is_one(here: Drafting) -> None:
    first = here.pass_review(here.apply(here.consulted(here.draft()), "施行"))
    for _round in range(ROUNDS):
        begin = {"regulation": first.regulation, "unit": here.office.unit.pk}
        outcomes = together(
            as_(here, "drafter", operations.begin_edition, key=uuid4(), **begin),
            as_(here, "clerk", operations.begin_edition, key=uuid4(), **begin),
        )
        assert outcomes == ["done", "drafting"]
        with acting_as(OPERATOR):
            draft = queries.draft_of(first.regulation_id)
        here.do("drafter", operations.drop, edition=draft, reason="虚构")


def test_one_form_posted_twice_at_once_begins_one_regulation(here: Drafting) -> None:
    for _round in range(ROUNDS):
        about, key = operations.About("虚构规则", unit=here.office.unit.pk), uuid4()
        begin = as_(
            here,
            "drafter",
            operations.begin_regulation,
            commission=here.office.county,
            about=about,
            text=TEXT,
            key=key,
        )
        assert together(begin, begin) == ["done", "done"]
        with acting_as(OPERATOR):
            assert Edition.objects.filter(key=key).count() == 1


def test_of_two_who_send_a_draft_at_once_one_application_is_made(here: Drafting) -> None:
    for _round in range(ROUNDS):
        edition = here.consulted(here.draft())
        send = [partial(here.apply, edition, by=name) for name in ("drafter", "clerk")]
        assert together(*send) == ["done", "under-way"]
        with acting_as(OPERATOR):
            assert Approval.objects.filter(subject_app="rules.edition", subject_id=edition.pk).count() == 1


def test_a_text_saved_while_it_is_sent_is_either_in_what_is_read_or_refused(here: Drafting) -> None:
    for _round in range(ROUNDS):
        edition = here.consulted(here.draft())
        changed = TEXT.replace("两个", "三个")
        outcomes = together(
            partial(here.apply, edition),
            as_(here, "clerk", operations.save_text, edition=edition, text=changed, seen=edition.version),
        )
        assert "done" in outcomes
        assert set(outcomes) <= {"done", "frozen"}
        assert (text_of(edition) == changed) == (outcomes == ["done", "done"])
        assert now_of(edition).frozen


def test_an_opinion_and_the_close_of_the_answer_at_once(here: Drafting) -> None:
    for _round in range(ROUNDS):
        edition, unit = here.ask(here.draft()), here.asked[0]
        outcomes = together(
            as_(
                here,
                "head0",
                give_opinion,
                edition=edition,
                unit=unit.pk,
                anchor=None,
                text="虚构",
                key=uuid4(),
            ),
            as_(here, "head0", close_answer, edition=edition, unit=unit.pk),
        )
        with acting_as(OPERATOR):
            given = Opinion.objects.filter(edition=edition).count()
        assert outcomes == (["done", "done"] if given else ["answered", "done"])


def test_of_two_who_settle_an_opinion_otherwise_one_is_told(here: Drafting) -> None:
    for _round in range(ROUNDS):
        edition, unit = here.ask(here.draft()), here.asked[0]
        row = here.do(
            "head0", give_opinion, edition=edition, unit=unit.pk, anchor=None, text="虚构", key=uuid4()
        )
        outcomes = together(
            as_(here, "drafter", settle_opinion, opinion=row, outcome="采纳", reason="", seen=""),
            as_(here, "clerk", settle_opinion, opinion=row, outcome="未采纳", reason="虚构理由", seen=""),
        )
        assert outcomes == ["done", "settled-meanwhile"]


def test_however_many_act_at_once_a_regulation_has_one_record_that_holds(here: Drafting) -> None:
    edition = here.consulted(here.draft())
    about = operations.About("虚构规则（新名）", unit=here.office.unit.pk)
    together(
        partial(here.apply, edition),
        as_(here, "clerk", operations.describe, edition=edition, about=about),
        as_(here, "drafter", operations.drop, edition=edition, reason="虚构"),
    )
    with acting_as(OPERATOR):
        assert RegulationRecord.objects.current().filter(regulation=edition.regulation_id).count() == 1
