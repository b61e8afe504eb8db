"""Units are asked for their opinion on a zone plan, answer on paper or on screen, and each opinion is settled."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.once import fresh, once
from tests.zones.plans.planning import Planning, now_of, planning
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.home.notices.models import Notice
from xiezuo.rules.api import OpinionOnPaper
from xiezuo.shared.errors import BadInput, NotThere, Refused
from xiezuo.zones.models import Plan, PlanOpinion
from xiezuo.zones.plans.consultation_operations import ask_units, close_answer, give_opinion, settle_opinion
from xiezuo.zones.plans.operations import drop_plan
from xiezuo.zones.queries import plans as queries

pytestmark = pytest.mark.usefixtures("actor")


built = once(planning)


@pytest.fixture
def here(built: Planning, actor: None) -> Planning:
    return fresh(built)


def codes(refused: "pytest.ExceptionInfo[Refused]") -> set[str]:
    return {reason.code for reason in refused.value.reasons}


def say(here: Planning, plan: Plan, text: str = "虚构意见", zone: str = "E2", **more: object) -> PlanOpinion:
    given = {"plan": plan, "unit": here.mover.pk, "zone": zone, "text": text, "key": uuid4()} | more
    return here.do(str(given.pop("by", here.head(here.mover))), give_opinion, **given)


def open_tasks(here: Planning) -> set[str]:
    names = {user.pk: name for name, user in here.office.accounts.items()}
    with acting_as(OPERATOR):
        rows = Notice.objects.filter(kind="plan_opinion", done_at__isnull=True)
        return {names[row.account] for row in rows}


def test_units_are_concerned_whose_zone_role_first_level_zone_or_leader_changes(here: Planning) -> None:
    before = here.ledger()
    town, group, lead = here.mover, here.groups[0], here.offices[1]
    assert queries.units_concerned(before, before) == []
    assert queries.units_concerned(before, before.put(town.pk, "E2")) == [town.pk]
    assert queries.units_concerned(before, before.put(lead.pk, "E4", "成员")) == [lead.pk]
    led = queries.units_concerned(before, before.led("E3", [here.standing[3].pk]))
    assert led == sorted([here.offices[0].pk, group.pk, here.groups[1].pk])
    above = queries.units_concerned(before, before.led("Y2", [here.deputies[0].pk]))
    assert above == sorted(unit.pk for unit in (*here.offices, *here.groups))


def test_who_is_asked_has_a_task_until_the_unit_has_answered(here: Planning) -> None:
    plan = here.ask(here.moved(), [here.mover, here.groups[0]])
    assert (plan.stage, plan.consulted_on, plan.invited) == ("征求意见", here.today, sorted([here.mover.pk, here.groups[0].pk]))  # fmt: skip
    assert open_tasks(here) == {here.head(here.mover), here.head(here.groups[0])}
    here.do(here.head(here.mover), close_answer, plan=plan, unit=here.mover.pk)
    assert open_tasks(here) == {here.head(here.groups[0])}
    here.do("clerk", drop_plan, plan=plan, reason="虚构")
    assert open_tasks(here) == set()


def test_a_notice_holds_kind_number_and_day_alone(here: Planning) -> None:
    plan = here.ask(here.moved())
    with acting_as(OPERATOR):
        notice = Notice.objects.get(kind="plan_opinion")
    day = (here.today + timedelta(days=7)).isoformat()
    assert (notice.about, notice.subject) == (str(plan.number), plan.pk)
    assert notice.particulars == {"last_day": day, "units": [here.mover.pk]}


def test_asked_again_a_unit_has_the_new_last_day_and_its_task_once(here: Planning) -> None:
    plan = here.ask(here.moved())
    here.ask(plan, days=9)
    with acting_as(OPERATOR):
        assert [row.last_day for row in queries.consultations_of(plan)] == [here.today + timedelta(days=9)]
        notice = Notice.objects.get(kind="plan_opinion")
    assert notice.particulars["last_day"] == (here.today + timedelta(days=9)).isoformat()
    here.do(here.head(here.mover), close_answer, plan=plan, unit=here.mover.pk)
    here.ask(plan, days=12)
    assert open_tasks(here) == set()


def test_asking_needs_units_a_zone_and_a_day_that_has_not_passed(here: Planning) -> None:
    plan = here.moved()
    ask = {"plan": plan, "last_day": here.today}
    for units, day, code in (
        ([], here.today, "units"),
        ([here.mover.pk], here.today - timedelta(days=1), "last_day"),
    ):
        with pytest.raises(Refused) as refused:
            here.do("clerk", ask_units, plan=plan, units=units, last_day=day)
        assert codes(refused) == {code}
    with pytest.raises(BadInput):
        here.do("clerk", ask_units, units=[987654321], **ask)
    with pytest.raises(Refused) as refused:
        here.do(here.head(here.mover), ask_units, units=[here.mover.pk], **ask)
    assert codes(refused) == {"not-yours"}


def test_only_the_unit_asked_speaks_and_only_until_it_has_answered(here: Planning) -> None:
    plan = here.ask(here.moved())
    opinion = say(here, plan)
    assert (opinion.zone, opinion.text, opinion.outcome) == ("E2", "虚构意见", "")
    with pytest.raises(NotThere):
        say(here, plan, by=here.head(here.groups[0]), unit=here.groups[0].pk)
    with pytest.raises(Refused) as refused:
        say(here, plan, unit=here.groups[0].pk)
    assert codes(refused) == {"not-yours"}
    with pytest.raises(BadInput):
        say(here, plan, text="  ")
    with pytest.raises(BadInput, match="E9"):
        say(here, plan, zone="E9")
    here.do(here.head(here.mover), close_answer, plan=plan, unit=here.mover.pk)
    with pytest.raises(Refused) as refused:
        say(here, plan)
    assert codes(refused) == {"answered"}


def test_one_form_posted_twice_is_one_opinion(here: Planning) -> None:
    plan, key = here.ask(here.moved()), uuid4()
    assert say(here, plan, key=key).pk == say(here, plan, key=key).pk


def test_what_a_unit_said_on_paper_is_entered_by_case_management(here: Planning) -> None:
    plan = here.ask(here.moved(), [here.mover, here.groups[0]])
    paper = OpinionOnPaper("虚字〔2026〕3号", here.today)
    on_paper = {"unit": here.groups[0].pk, "paper": paper, "zone": ""}
    opinion = say(here, plan, by="clerk", **on_paper)
    assert (opinion.paper_no, opinion.paper_on) == ("虚字〔2026〕3号", here.today)
    with pytest.raises(Refused) as refused:
        say(here, plan, by=here.head(here.mover), **on_paper)
    assert codes(refused) == {"not-yours"}
    for number, day in ((" ", here.today), ("3号", here.today + timedelta(days=1))):
        with pytest.raises(BadInput):
            say(here, plan, by="clerk", **(on_paper | {"paper": OpinionOnPaper(number, day)}))
    here.do("clerk", close_answer, plan=plan, unit=here.groups[0].pk, on_paper=True)
    with acting_as(OPERATOR):
        row = queries.consultation_of(plan, here.groups[0].pk)
    assert row is not None
    assert (row.on_paper, row.answered_on) == (True, here.today)


def test_each_opinion_is_adopted_in_part_or_not_with_a_reason(here: Planning) -> None:
    plan = here.ask(here.moved())
    opinion = say(here, plan)
    settle = {"opinion": opinion, "seen": ""}
    for outcome, reason, code in (
        ("", "x", "outcome"),
        ("未采纳", " ", "reason"),
        ("部分采纳", "", "reason"),
    ):
        with pytest.raises(Refused) as refused:
            here.do("clerk", settle_opinion, outcome=outcome, reason=reason, **settle)
        assert codes(refused) == {code}
    here.do("clerk", settle_opinion, outcome="未采纳", reason="虚构理由", **settle)
    with pytest.raises(Refused) as refused:
        here.do("checker", settle_opinion, outcome="采纳", reason="", **settle)
    assert codes(refused) == {"settled-meanwhile"}
    row = here.do("checker", settle_opinion, opinion=opinion, outcome="采纳", reason="", seen="未采纳")
    assert (row.outcome, row.settled_by) == ("采纳", here.office.at("checker"))
    with pytest.raises(Refused) as refused:
        here.do(here.head(here.mover), settle_opinion, outcome="采纳", reason="", **settle)
    assert codes(refused) == {"not-yours"}


def test_a_unit_reads_its_own_opinions_and_no_others(here: Planning) -> None:
    plan = here.ask(here.moved(), [here.mover, here.groups[0]])
    say(here, plan, text="甲的意见")
    say(here, plan, text="乙的意见", by=here.head(here.groups[0]), unit=here.groups[0].pk)
    read = {}
    for name in ("clerk", here.head(here.mover), here.head(here.groups[1])):
        with acting_as(here.office.actor(name)):
            asked = len(queries.consultations_of(plan))
            read[name] = (sorted(each.text for each in queries.opinions_of(plan)), asked)
    assert read == {
        "clerk": (["乙的意见", "甲的意见"], 2),
        here.head(here.mover): (["甲的意见"], 1),
        here.head(here.groups[1]): ([], 0),
    }


def test_the_overview_counts_what_became_of_opinions(here: Planning) -> None:
    plan = here.ask(here.moved(), [here.mover, here.groups[0]])
    for outcome in ("采纳", "部分采纳", "未采纳", ""):
        row = say(here, plan)
        if outcome:
            here.do("clerk", settle_opinion, opinion=row, outcome=outcome, reason="虚构", seen="")
    with acting_as(OPERATOR):
        count = queries.counted(queries.opinions_of(plan))
        rows = queries.overview(plan)
        page = queries.plan_page(now_of(plan), here.today)
    assert (count.given, count.adopted, count.partly, count.not_adopted, count.open) == (4, 1, 1, 1, 1)
    assert [(row.row.unit_id, len(row.opinions)) for row in rows] == [
        (here.mover.pk, 4),
        (here.groups[0].pk, 0),
    ]
    assert page.concerned == (here.mover.pk,)
    assert [each.unit for each in page.changes.moved] == [here.mover.pk]
