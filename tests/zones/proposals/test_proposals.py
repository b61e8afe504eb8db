"""A question for proposals has one outcome, whatever happens to it; who draws no zones sees none of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from tests.home.inbox.desks import Desk
from tests.zones.plans.planning import Planning, planning
from tests.zones.proposals.books import book_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.audit.api import Act
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused
from xiezuo.zones.api import propose_on
from xiezuo.zones.models import GroundEdition, Plan, Proposals
from xiezuo.zones.proposals import operations, tasks
from xiezuo.zones.proposals.asking import Asked, Wishes
from xiezuo.zones.proposals.ground_operations import FaultyGround, load_ground
from xiezuo.zones.proposals.policies import SILENT
from xiezuo.zones.queries.proposals import moved_on
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.states import ProposalState

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Planning]:
    with translation.override("en"):
        yield planning()


def _ways(here: Planning) -> bytes:
    stations = [each.code for each in here.stations]
    return book_of(
        {
            "行程": [
                ["机构", *stations],
                *([each.code, 10 + 7 * n, 52 - 9 * n] for n, each in enumerate(here.towns)),
            ]
        }
    )


def give(here: Planning, by: str = "clerk", book: bytes | None = None) -> list[GroundEdition]:
    made: list[GroundEdition] = here.do(
        by, load_ground, commission=here.office.county, book=book or _ways(here), file_name="虚构.xlsx"
    )
    return made


def ask(here: Planning, wishes: Wishes | None = None, by: str = "clerk", **more: Any) -> Proposals:
    given = {
        "commission": here.office.county,
        "on": here.today,
        "asked": Asked(wishes or Wishes()),
        "key": uuid4(),
    } | more
    made: Proposals = here.do(by, operations.ask_proposals, **given)
    return made


def work(here: Planning, asked: Proposals) -> Proposals:
    """Let the worker do it, as the account that asked."""
    tasks.propose.func(number=asked.pk, actor=asked.by, language="en")
    return again(asked)


def again(asked: Proposals) -> Proposals:
    with acting_as(OPERATOR):
        return Proposals.objects.select_related("commission").get(pk=asked.pk)


def test_a_question_is_answered_with_proposals_for_the_day(here: Planning) -> None:
    give(here)
    done = work(here, ask(here))
    assert (done.state, done.result["ways"], done.ended_at is not None) == (ProposalState.DONE, "sheet", True)
    assert 1 <= len(done.result["proposals"]) <= 3
    assert done.result["on"] == here.today.isoformat()


def test_the_same_form_twice_is_one_question(here: Planning) -> None:
    key = uuid4()
    assert ask(here, key=key).pk == ask(here, key=key).pk


def test_who_draws_no_zones_asks_for_nothing_and_gives_nothing(here: Planning) -> None:
    head = here.head(here.mover)
    for act in (lambda: ask(here, by=head), lambda: give(here, by=head)):
        with pytest.raises(Refused):
            act()
    with acting_as(OPERATOR):
        assert (Proposals.objects.count(), GroundEdition.objects.count()) == (0, 0)


def test_a_question_cancelled_before_its_turn_is_never_reckoned(here: Planning) -> None:
    asked = ask(here)
    here.do("clerk", operations.cancel_proposals, asked=asked)
    done = work(here, asked)
    assert (done.state, done.result) == (ProposalState.CANCELLED, None)


def test_a_question_cancelled_while_it_is_reckoned_ends_without_an_answer(
    here: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(here)
    told = operations.tell_progress

    def cancel_then_tell(**given: Any) -> bool:
        with acting_as(OPERATOR):
            Proposals.objects.filter(pk=asked.pk).update(cancelled=True)
        return told(**given)

    monkeypatch.setattr(operations, "tell_progress", cancel_then_tell)
    done = work(here, asked)
    assert (done.state, done.result, done.cancelled) == (ProposalState.CANCELLED, None, True)


def test_what_was_answered_cannot_be_cancelled(here: Planning) -> None:
    give(here)
    done = work(here, ask(here))
    with pytest.raises(Refused):
        here.do("clerk", operations.cancel_proposals, asked=done)
    assert again(done).state == ProposalState.DONE


def _killed(here: Planning, asked: Proposals, ago: timedelta) -> None:
    begun = here.do("clerk", operations.begin_reckoning, number=asked.pk, now=clock.now() - ago)
    assert begun is not None


def test_a_job_that_was_killed_is_taken_up_again_once_it_has_been_silent_for_long(here: Planning) -> None:
    give(here)
    asked = ask(here)
    _killed(here, asked, timedelta(seconds=5))
    assert work(here, asked).state == ProposalState.RUNNING
    with acting_as(OPERATOR):
        told = {"step": "乡镇", "at": (clock.now() - SILENT - timedelta(seconds=1)).isoformat()}
        Proposals.objects.filter(pk=asked.pk).update(progress=told)
    assert work(here, asked).state == ProposalState.DONE


def test_a_job_that_was_killed_can_be_cancelled(here: Planning) -> None:
    asked = ask(here)
    _killed(here, asked, SILENT + timedelta(seconds=9))
    assert here.do("clerk", operations.cancel_proposals, asked=asked).state == ProposalState.CANCELLED


def test_a_fault_that_nobody_foresaw_ends_the_question(
    here: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(here)
    monkeypatch.setattr(tasks, "answered", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work(here, asked)
    assert again(asked).state == ProposalState.FAILED


def test_rules_in_conflict_are_the_answer(here: Planning) -> None:
    give(here)
    pair = (here.groups[0].pk, here.groups[1].pk)
    done = work(here, ask(here, Wishes(barred=(pair,), together=(pair,))))
    assert done.state == ProposalState.IMPOSSIBLE
    assert done.result["conflict"]["part"] == "县直"


def test_an_answer_says_when_the_ground_has_changed_since(here: Planning) -> None:
    give(here)
    done = work(here, ask(here))
    with acting_as(OPERATOR):
        before = moved_on(done)
    here.begin(here.ledger())  # a draft changes nothing of it
    with acting_as(OPERATOR):
        drafted = moved_on(done)
    give(here, book=book_of({"相邻": [["机构", "相邻机构"], [here.towns[0].code, here.towns[1].code]]}))
    with acting_as(OPERATOR):
        assert (before, drafted, moved_on(done)) == (False, False, True)


def test_a_question_that_makes_no_sense_is_refused_before_it_is_asked(here: Planning) -> None:
    for wishes in (
        Wishes(fixed=((10**9, "E1"),)),
        Wishes(barred=((here.mover.pk, here.mover.pk),)),
        Wishes(axes=0),
    ):
        with pytest.raises(Refused):
            ask(here, wishes)
    double = Wishes(fixed=((here.mover.pk, "E1"), (here.mover.pk, "E2")))
    with pytest.raises(Refused, match="two zones"):
        ask(here, double)


def test_a_plan_begun_from_a_proposal_has_its_content_and_the_wishes(here: Planning) -> None:
    give(here)
    wishes = Wishes(together=((here.groups[0].pk, here.groups[1].pk),))
    done = work(here, ask(here, wishes))
    key = uuid4()
    given = {"asked": done, "number": 1, "name": "虚构方案", "starts": here.ahead, "key": key}
    plan = here.do("clerk", operations.begin_plan_from, **given)
    assert Scheme.from_json(plan.content) == operations.content_of(done, 1)
    with acting_as(OPERATOR):
        assert Plan.objects.get(pk=plan.pk).wishes["together"] == [[here.groups[0].pk, here.groups[1].pk]]


def test_a_proposal_goes_into_the_plan_that_it_was_asked_for(here: Planning) -> None:
    give(here)
    plan = here.moved()
    done = work(here, ask(here, plan=plan, on=plan.starts))
    with acting_as(OPERATOR):
        kept = Plan.objects.get(pk=plan.pk)
    with pytest.raises(Refused):
        here.do("clerk", operations.put_into_plan, asked=done, number=1, seen=kept.version - 1)
    after = here.do("clerk", operations.put_into_plan, asked=done, number=1, seen=kept.version)
    assert Scheme.from_json(after.content) == operations.content_of(done, 1)


def test_no_plan_can_be_begun_from_a_proposal_that_is_not_there(here: Planning) -> None:
    asked = ask(here)
    with pytest.raises(Refused):
        here.do(
            "clerk",
            operations.begin_plan_from,
            asked=asked,
            number=1,
            name="虚构",
            starts=here.ahead,
            key=uuid4(),
        )


# What zones are drawn on


def test_a_workbook_becomes_editions_with_its_sum(here: Planning) -> None:
    (made,) = give(here)
    assert (made.kind, made.by, len(made.sha256)) == ("行程", here.office.actor("clerk").name, 64)


def test_the_same_workbook_again_changes_nothing(here: Planning) -> None:
    give(here)
    assert give(here) == []


def test_a_workbook_with_one_fault_is_taken_in_no_sheet(here: Planning) -> None:
    stations = [each.code for each in here.stations]
    book = book_of(
        {
            "行程": [["机构", *stations], [here.towns[0].code, 3, 4]],
            "负荷": [["机构", "村数"], [here.towns[0].code, -1]],
        }
    )
    with pytest.raises(FaultyGround) as refusal:
        give(here, book=book)
    assert [(each.sheet, each.row, each.column) for each in refusal.value.problems] == [("负荷", 2, "B")]
    with acting_as(OPERATOR):
        assert GroundEdition.objects.count() == 0


def test_each_act_stands_in_the_journal(here: Planning) -> None:
    from xiezuo.audit.models import Entry

    give(here)
    asked = ask(here)
    work(here, asked)
    acts = [Act.GROUND_LOADED, Act.PROPOSALS_ASKED, Act.PROPOSALS_ANSWERED]
    with acting_as(OPERATOR):
        assert [Entry.objects.filter(act=act).count() for act in acts] == [1, 1, 1]


def test_the_document_names_units_by_code_and_is_the_same_each_time(here: Planning) -> None:
    give(here)
    with acting_as(OPERATOR):
        one, other = (propose_on(here.office.county, here.today, seconds=20, seed=0) for _ in range(2))
    assert one == other
    members = {each["unit"] for zone in one["proposals"][0]["scheme"] for each in zone["members"]}
    assert members >= {each.code for each in here.towns}
    assert "reason" not in one


# Screens


def page(here: Planning, name: str = "clerk") -> Desk:
    client = Desk(here.office, name)
    client.cookies["django_language"] = "en"
    return client


def test_the_form_asks_and_the_page_follows(here: Planning, monkeypatch: pytest.MonkeyPatch) -> None:
    deferred: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.propose, "defer", lambda **given: deferred.append(given))
    give(here)
    client = page(here)
    form = client.get("/zones/proposals/ask/").context["form"]
    sent = {name: "" if value is None else value for name, value in form.initial.items()} | {"load:0": "0.5"}
    answer = client.post("/zones/proposals/ask/", {k: v for k, v in sent.items() if v is not False})
    assert answer.status_code == 302, answer.context["form"].errors
    (job,) = deferred
    shown = client.get(answer["Location"])
    assert (shown.context["progress"].words, shown.status_code) == ("Waiting for its turn", 200)
    assert client.get(f"/zones/proposals/{job['number']}/progress/").status_code == 200
    tasks.propose.func(**job)
    over = client.get(f"/zones/proposals/{job['number']}/progress/")
    assert over["HX-Redirect"] == f"/zones/proposals/{job['number']}/"
    text = client.get(answer["Location"]).content.decode()
    assert "Proposal 1" in text
    assert "proven: nothing is better at these weights" in text
    why = client.get(f"/zones/proposals/{job['number']}/why/{here.mover.pk}/").content.decode()
    assert "What it would cost elsewhere, in points" in why
    taken = client.post(
        f"/zones/proposals/{job['number']}/take/1/",
        {"name": "虚构方案", "starts": here.ahead.isoformat(), "key": uuid4()},
    )
    assert taken["Location"].startswith("/zones/plans/")


def test_wrong_names_in_the_form_are_told_with_their_lines(here: Planning) -> None:
    client = page(here)
    form = client.get("/zones/proposals/ask/").context["form"]
    sent = {name: "" if value is None else value for name, value in form.initial.items()} | {"load:0": "0.5"}
    sent |= {"together": "虚构\n", "barred": "甲、乙、丙", "put": "谁"}
    answer = client.post("/zones/proposals/ask/", {k: v for k, v in sent.items() if v is not False})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"together", "barred", "put"}


def test_a_faulty_workbook_is_shown_cell_by_cell(here: Planning) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    book = SimpleUploadedFile("虚构.xlsx", book_of({"负荷": [["机构", "村数"], ["无此单位", 1]]}))
    answer = page(here).post("/zones/proposals/grounds/", {"book": book})
    assert answer.status_code == 422
    assert "无此单位" in answer.content.decode()


def test_what_is_taken_out_can_be_given_again_and_changes_nothing(here: Planning) -> None:
    give(here)
    out = page(here).get("/zones/proposals/grounds/export/").content
    assert give(here, book=out) == []


def test_the_list_asks_as_much_for_three_questions_as_for_one(
    here: Planning, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = page(here), []
    ask(here)
    client.get("/zones/proposals/")
    for more in (0, 2):
        for _ in range(more):
            ask(here, plan=here.moved())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/zones/proposals/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_head_of_a_unit_sees_nothing_of_it(here: Planning) -> None:
    give(here)
    done = work(here, ask(here))
    client = page(here, here.head(here.mover))
    for path in (
        "",
        "ask/",
        "grounds/",
        "grounds/export/",
        f"{done.pk}/",
        f"{done.pk}/why/{here.mover.pk}/",
        f"{done.pk}/take/1/",
    ):
        assert client.get(f"/zones/proposals/{path}").status_code in {403, 404, 409}
