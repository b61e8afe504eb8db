"""What a decision on a regulation brings about: revisions, repeal, what leans on clauses, who is told and who has read."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests import factories as make
from tests.once import fresh, once
from tests.rules.drafting import TEXT, Drafting, drafting, status_of
from xiezuo.accounts.api import OPERATOR, acting_as, set_actor
from xiezuo.rules import clauses
from xiezuo.rules import regulation_operations as operations
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.consultation_operations import ask_units
from xiezuo.rules.events import clause_ended, consultation_opened, regulation_issued, trial_ending
from xiezuo.rules.models import Edition, RegulationRecord
from xiezuo.rules.queries import status_on
from xiezuo.rules.regulation_status import holding_on
from xiezuo.rules.review_operations import Asked, announce_trial_ends, apply_for_decision
from xiezuo.rules.states import RegulationStatus
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, Refused

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


def in_force(here: Drafting) -> Edition:
    return here.pass_review(here.apply(here.consulted(here.draft()), "施行"))


def test_while_a_revision_is_drafted_what_is_in_force_stays_in_force(here: Drafting) -> None:
    first = in_force(here)
    second = here.do(
        "drafter",
        operations.begin_edition,
        regulation=first.regulation,
        unit=here.office.unit.pk,
        key=uuid4(),
    )
    assert text_of(second) == TEXT
    assert status_of(second) == RegulationStatus.IN_FORCE
    second = here.apply(here.consulted(second), "施行", starts=TODAY + timedelta(days=10))
    assert status_of(second) == RegulationStatus.IN_FORCE
    second = here.pass_review(second)
    set_actor(OPERATOR)
    both = queries.editions_of(first.regulation_id)
    assert [each.stage for each in both] == ["已修订", "施行"]
    assert [holding_on(both, TODAY + timedelta(days=days)).number for days in (9, 10)] == [1, 2]  # type: ignore[union-attr]
    record = RegulationRecord.objects.on(TODAY + timedelta(days=10)).get(regulation=first.regulation_id)
    assert (record.revised_on, record.in_force_on) == (TODAY + timedelta(days=10), TODAY)


def test_two_editions_are_never_under_draft_at_once(here: Drafting) -> None:
    first = in_force(here)
    begin = {"regulation": first.regulation, "unit": here.office.unit.pk}
    here.do("drafter", operations.begin_edition, key=uuid4(), **begin)
    with pytest.raises(Refused) as refused:
        here.do("clerk", operations.begin_edition, key=uuid4(), **begin)
    assert codes(refused) == {"drafting"}


def test_a_draft_given_up_leaves_what_holds_and_a_first_draft_leaves_a_plan(here: Drafting) -> None:
    draft = here.draft()
    here.do("drafter", operations.drop, edition=draft, reason="不再需要")
    assert status_of(draft) == RegulationStatus.PLANNED
    first = in_force(here)
    second = here.do(
        "drafter",
        operations.begin_edition,
        regulation=first.regulation,
        unit=here.office.unit.pk,
        key=uuid4(),
    )
    here.do("drafter", operations.drop, edition=second, reason="不再需要")
    assert status_of(first) == RegulationStatus.IN_FORCE


def test_a_clause_that_ends_tells_whoever_leans_on_it(here: Drafting) -> None:
    told: list[tuple[str, object]] = []

    def listen(**particulars: object) -> None:
        told.append((str(particulars["label"]), particulars["leanings"]))

    clause_ended.handled_by(listen)
    first = in_force(here)
    anchor = dict(parts(first))["第三条"]
    leaning = here.do(
        "clerk",
        operations.link,
        regulation=first.regulation,
        anchor=anchor,
        kind="表单",
        code="F1",
        name="协作申请表",
    )
    second = here.do(
        "drafter",
        operations.begin_edition,
        regulation=first.regulation,
        unit=here.office.unit.pk,
        key=uuid4(),
    )
    here.do("drafter", operations.save_clause, edition=second, anchor=anchor, seen=1, text="")
    second = here.pass_review(here.apply(here.consulted(second), "施行"))
    assert told == [("第三条", [leaning.pk])]
    set_actor(OPERATOR)
    [before] = queries.leanings_of(first.regulation, TODAY)
    [after] = queries.leanings_of(first.regulation, TODAY + timedelta(days=1))
    assert (before.ended, after.ended, after.label) == (False, True, "第三条")


def test_repeal_ends_the_record_and_warns_everything_that_leans_on_the_text(here: Drafting) -> None:
    edition = in_force(here)
    anchor = dict(parts(edition))["第一条"]
    here.do(
        "clerk",
        operations.link,
        regulation=edition.regulation,
        anchor=anchor,
        kind="工作规则",
        rule_kind="程序",
        code="R01",
    )
    edition = here.pass_review(here.apply(edition, "废止"))
    tomorrow = TODAY + timedelta(days=1)
    assert (status_of(edition), status_of(edition, tomorrow)) == (
        RegulationStatus.IN_FORCE,
        RegulationStatus.REPEALED,
    )
    set_actor(OPERATOR)
    [leant] = queries.leanings_of_rule(here.office.county, "程序", "R01", tomorrow)
    assert (leant.ended, leant.label) == (True, "第一条")


def test_units_asked_and_an_issued_text_are_told_of(here: Drafting) -> None:
    asked: list[object] = []
    issued: list[object] = []

    def on_asked(**particulars: object) -> None:
        asked.append(particulars["units"])

    def on_issued(**particulars: object) -> None:
        issued.append((particulars["purpose"], particulars["starts"]))

    consultation_opened.handled_by(on_asked)
    regulation_issued.handled_by(on_issued)
    edition = here.ask(here.draft())
    here.do(
        "drafter", ask_units, edition=edition, units=[here.asked[0].pk], last_day=TODAY + timedelta(days=9)
    )
    assert asked == [[unit.pk for unit in here.asked], []]
    here.pass_review(here.apply(here.consulted(here.draft())))
    assert issued == [("试行", TODAY)]


def test_a_trial_is_told_of_once_thirty_days_before_it_ends(here: Drafting) -> None:
    told: list[object] = []

    def listen(**particulars: object) -> None:
        told.append(particulars["edition"])

    trial_ending.handled_by(listen)
    edition = here.apply(here.consulted(here.draft()), until=TODAY + timedelta(days=31))
    edition = here.pass_review(edition)
    for days in (0, 1, 2):
        announce_trial_ends(now=clock.now() + timedelta(days=days))
    assert told == [edition.pk]
    set_actor(OPERATOR)
    assert queries.trials_ending(here.office.county, TODAY) == []
    assert queries.trials_ending(here.office.county, TODAY + timedelta(days=1)) == [edition]


def test_taking_note_is_for_issued_texts_and_counts_once(here: Drafting) -> None:
    edition = here.draft()
    with pytest.raises(Refused):
        here.do("drafter", operations.mark_read, edition=edition)
    with pytest.raises(NotThere):
        here.do("head0", operations.mark_read, edition=edition)
    edition = in_force(here)
    for _ in range(2):
        here.do("head0", operations.mark_read, edition=edition)
    set_actor(OPERATOR)
    readers = queries.readers_of(edition, [unit.pk for unit in here.asked], TODAY)
    assert [reader.read_at is not None for reader in readers] == [True, False]


def test_a_regulation_of_the_ledger_takes_its_text_and_is_revised(here: Drafting) -> None:
    set_actor(OPERATOR)
    known = make.regulation(here.office.county, "虚构旧规则", trial_on=TODAY - timedelta(days=100))
    with pytest.raises(Refused):
        here.do("drafter", operations.file_text, regulation=known, text=TEXT)
    filed = here.do("clerk", operations.file_text, regulation=known, text=TEXT)
    assert (filed.stage, status_of(filed), text_of(filed)) == ("试行", RegulationStatus.TRIAL, TEXT)
    second = here.do(
        "drafter", operations.begin_edition, regulation=known, unit=here.office.unit.pk, key=uuid4()
    )
    assert status_of(second) == RegulationStatus.TRIAL
    second = here.pass_review(here.apply(here.consulted(second)))
    set_actor(OPERATOR)
    record = RegulationRecord.objects.current().filter(regulation=known).latest("starts")
    assert (status_on(record, TODAY), record.revised_on) == (RegulationStatus.TRIAL, TODAY)


def test_a_regulation_of_the_ledger_is_repealed_once_a_unit_answers_for_it(here: Drafting) -> None:
    set_actor(OPERATOR)
    known = make.regulation(here.office.county, "虚构旧规则", in_force_on=TODAY - timedelta(days=100))
    filed = here.do("clerk", operations.file_text, regulation=known, text=TEXT)
    repeal = {"edition": filed, "key": uuid4()}
    with pytest.raises(Refused) as refused:
        here.do("clerk", apply_for_decision, asked=Asked("废止", TODAY), **repeal)
    assert codes(refused) == {"unit"}
    asked = Asked("废止", TODAY, unit=here.office.unit.pk)
    ended = here.pass_review(here.do("drafter", apply_for_decision, asked=asked, **repeal))
    assert (ended.stage, ended.unit_id) == ("废止", here.office.unit.pk)
    assert status_of(ended) == RegulationStatus.REPEALED
