"""A request from its draft to its decision: who may, what is missing, who decides, and what each act leaves behind."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.collaboration.asking import DAY, TODAY, Asking, asking, now_of
from tests.once import fresh, once
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.approvals.api import TO_APPLICANT, refuse_approval, send_back, withdraw
from xiezuo.collaboration.models import Request, RequestMove
from xiezuo.collaboration.requests.carrying_operations import (
    close_request,
    escalate,
    extend,
    report_result,
    rescope,
    start_work,
    terminate,
    transfer,
)
from xiezuo.collaboration.requests.clocks import begin_clock
from xiezuo.collaboration.requests.moving_operations import stood_of
from xiezuo.collaboration.requests.operations import act_first, change_request, drop_request, write_after
from xiezuo.collaboration.states import REQUEST_MOVES, RequestState
from xiezuo.collaboration.work.chain import Broken, verify_chain
from xiezuo.rules.api import Approver, edition_begun_under
from xiezuo.rules.models import WorkRule
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused

pytestmark = pytest.mark.django_db


county = once(asking)


@pytest.fixture
def here(county: Asking, db: None) -> Asking:
    return fresh(county)


def refused(act: object) -> list[str]:
    """The codes of what stood against it."""
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    return [reason.code for reason in caught.value.reasons]


def seen_by(here: Asking, name: str, row: Request) -> bool:
    """Whether somebody sees the request."""
    with acting_as(here.actor(name)):
        return Request.objects.filter(pk=row.pk).exists()


def at_work(here: Asking, row: Request, state: str = "执行") -> Request:
    """Sent today, as the team's page would leave it."""
    with acting_as(OPERATOR):
        held = Request.objects.select_related("commission").get(pk=row.pk)
        begin_clock(held, edition_begun_under(held.commission, held.rule or 0), TODAY)
        held.state, held.sent_on = state, TODAY
        held.save()
    return now_of(row)


def test_a_request_goes_through_its_unit_its_zone_and_the_leader_of_its_rule(here: Asking) -> None:
    row = here.request()
    assert (row.state, here.asked_now(row)) == ("协作区研判", ["station"])
    assert (here.decide(row).state, here.asked_now(row)) == ("审批中", ["leader"])
    done = here.decide(row)
    assert (done.state, done.number, done.year) == ("已批准", 1, TODAY.year)
    assert done.decided_at is not None


def test_who_is_no_head_needs_the_head_to_sign_for_the_unit(here: Asking) -> None:
    here.add("aide", "town")
    row = here.request(by="aide")
    assert (row.state, here.asked_now(row)) == ("单位签发", ["asker"])


def test_who_screens_and_asks_is_not_who_decides(here: Asking) -> None:
    row = here.request(by="station", unit="axis", about_units=(here.units["next"].pk,))
    assert here.asked_now(row) == ["leader"]


def test_a_returned_request_is_mended_and_keeps_its_number_and_edition(here: Asking) -> None:
    row = here.request()
    back = here.decide(row, send_back, to=TO_APPLICANT, said="请写明人数")
    assert back.state == "补正"
    here.do("asker", change_request, request=row, asked=here.asked(people=3), seen=back.version)
    again = here.submit(row)
    assert (again.state, again.people, again.number, again.rule) == ("协作区研判", 3, row.number, row.rule)


def test_a_refusal_is_explicit_and_can_be_taken_to_the_next_level(here: Asking) -> None:
    row = here.request()
    no = here.decide(row, refuse_approval, said="力量不足")
    assert (no.state, no.ended_on) == ("不予协作", TODAY)
    up = here.act(row, escalate, by="asker", said="区内无合适人员")
    assert (up.level, up.state) == ("一级协作区", "协作区研判")
    for who in ("station", "leader", "deputy"):
        assert here.asked_now(row) == [who]
        here.decide(row)
    assert now_of(row).state == "已批准"


def test_withdrawn_before_anybody_read_it_its_number_stays(here: Asking) -> None:
    row = here.request()
    gone = here.decide(row, withdraw, by="asker")
    assert (gone.state, gone.number) == ("撤回", 1)
    assert here.request().number == 2


def test_what_is_missing_is_told_all_at_once_each_at_its_field(here: Asking) -> None:
    row = here.draft(people=0, own=0, reason="", lead=None, starts=None, ends=None)
    assert refused(lambda: here.submit(row)) == ["reason", "lead", "people", "starts"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"method": "M4"}, "method"),
        ({"situation": "Q12", "method": "M5"}, "situation"),
        ({"own": 1}, "own"),
        ({"starts": TODAY - 9 * DAY, "ends": TODAY}, "ends"),
    ],
)
def test_what_the_rules_do_not_allow_is_refused_at_its_field(here: Asking, more: dict[str, object], code: str) -> None:  # fmt: skip
    row = here.draft(**more)
    assert code in refused(lambda: here.submit(row))


def test_a_unit_in_the_lead_that_is_no_office_gives_its_reason(here: Asking) -> None:
    row = here.draft(lead=here.units["next"].pk)
    assert refused(lambda: here.submit(row)) == ["lead_reason"]
    assert here.request(lead=here.units["next"].pk, lead_reason="就近").state == "协作区研判"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": "张三丰、李四光"}, "reason"),
        ({"reason": "联系13800000000"}, "reason"),
        ({"pointer": "被反映人涉嫌受贿"}, "pointer"),
        ({"site_words": "110101199003074514"}, "site_words"),
        ({"women": 3}, "women"),
        ({"measures": ("留置",)}, "measures"),
    ],
)
def test_contents_and_measures_that_must_not_be_held_are_not_even_taken_into_a_draft(here: Asking, more: dict[str, object], code: str) -> None:  # fmt: skip
    assert refused(lambda: here.draft(**more)) == [code]
    with acting_as(OPERATOR):
        assert Request.objects.count() == 0


def test_the_form_sent_twice_makes_one_draft_and_one_application(here: Asking) -> None:
    key, other = uuid4(), uuid4()
    row = here.draft(key=key)
    assert here.draft(key=key) == row
    first = here.submit(row, key=other)
    assert here.do("asker", _submit, request=row, seen=row.version, key=other) == first
    with acting_as(OPERATOR):
        assert RequestMove.objects.filter(request=row).count() == 1


def _submit(**given: object) -> Request:
    from xiezuo.collaboration.requests.operations import submit_request

    return submit_request(**given)  # type: ignore[arg-type]


def test_of_two_who_edit_one_request_the_second_is_told_and_nothing_is_lost(here: Asking) -> None:
    row = here.draft()
    here.do("asker", change_request, request=row, asked=here.asked(people=3), seen=row.version)
    late = lambda: here.do("asker", change_request, request=row, asked=here.asked(people=5), seen=row.version)  # noqa: E731
    assert refused(late) == ["changed-meanwhile"]
    assert now_of(row).people == 3


def test_a_draft_is_thrown_away_but_what_was_submitted_is_not(here: Asking) -> None:
    row = here.draft()
    here.do("asker", drop_request, request=row, seen=row.version)
    with acting_as(OPERATOR):
        assert not Request.objects.filter(pk=row.pk).exists()
    sent = here.request()
    assert refused(lambda: here.do("asker", drop_request, request=sent, seen=sent.version)) == ["wrong-state"]


def test_a_request_is_read_by_who_takes_part_and_not_by_rank(here: Asking) -> None:
    draft = here.draft()
    assert [name for name in here.office.accounts if seen_by(here, name, draft)] == ["asker"]
    row = here.submit(draft)
    readers = {name for name in here.office.accounts if seen_by(here, name, row)}
    assert readers == {"asker", "station", "head", "clerk", "checker"}
    here.decide(row)
    assert seen_by(here, "leader", row)
    assert not seen_by(here, "secretary", row)


def test_what_concerns_the_heads_of_a_unit_is_shut_to_the_unit(here: Asking) -> None:
    """R04: the unit neither acts nor reads."""
    here.add("aide", "town")
    row = here.request(by="aide", situation="Q04", method="M4")
    assert (row.blocked, here.asked_now(row)) == (True, ["station"])
    assert (seen_by(here, "aide", row), seen_by(here, "asker", row)) == (True, False)


def test_the_scope_changed_after_approval_is_approved_anew(here: Asking) -> None:
    """P4: no scope creep (监察法 45)."""
    row = here.approved()
    with pytest.raises(BadInput):
        here.act(row, rescope, by="asker", asked=here.asked())
    again = here.act(row, rescope, by="asker", asked=here.asked(people=4))
    assert (again.state, again.decided_at, again.number) == ("协作区研判", None, row.number)
    assert refused(lambda: here.act(row, start_work)) == ["wrong-state"]
    assert refused(lambda: here.act(row, rescope, by="head", asked=here.asked(people=5))) == [
        "wrong-state",
        "not-applicant",
    ]


def test_time_is_given_by_the_office_of_the_rule_only_once_and_the_first_day_due_stays(here: Asking) -> None:
    """P5: R03 lets the contact leader extend once, by no more than the limit of 20 working days."""
    row = at_work(here, here.approved())
    first = row.first_due_on
    assert refused(lambda: here.act(row, extend, by="head", units=5, said="取证困难")) == ["extended_by"]
    assert refused(lambda: here.act(row, extend, by="leader", units=21, said="取证困难")) == ["units"]
    more = here.act(row, extend, by="leader", units=5, said="取证困难")
    assert (more.first_due_on, more.next_due_on, more.extensions) == (first, more.due_on, [5])
    assert more.due_on is not None
    assert first is not None
    assert more.due_on > first
    assert "extensions" in refused(lambda: here.act(row, extend, by="leader", units=5, said="取证困难"))


def test_a_running_request_keeps_its_edition_and_a_new_one_goes_by_the_new_rule(here: Asking) -> None:
    row = here.request()
    with acting_as(OPERATOR):
        old = WorkRule.objects.on(TODAY).get(commission=here.office.county, code="R03")
        WorkRule.objects.filter(pk=old.pk).update(known_until=clock.now())
        values = {field.attname: getattr(old, field.attname) for field in WorkRule._meta.concrete_fields}
        new = values | {
            "id": None,
            "approvers": [Approver.AXIS, Approver.DEPUTY],
            "known_from": clock.now(),
            "known_until": None,
        }
        edition = WorkRule.objects.create(**new)
    here.decide(row)
    assert here.asked_now(row) == ["leader"]
    later = here.request(pointer="问〔2026〕13号")
    here.decide(later)
    assert (here.asked_now(later), later.rule, row.rule) == (["deputy"], edition.pk, old.pk)


def test_a_sudden_event_acts_first_and_is_written_within_a_day(here: Asking) -> None:
    given = {
        "commission": here.office.county,
        "unit": here.units["town"].pk,
        "key": uuid4(),
        "oral_at": clock.now() - timedelta(hours=1),
    }
    asked = here.asked(situation="Q16", method="M1")

    def wrong():
        return here.do("asker", act_first, asked=asked, oral_by=here.office.people["station"].pk, **given)

    assert refused(wrong) == ["oral_by"]
    late = given | {"oral_at": clock.now() - timedelta(hours=25)}
    assert refused(lambda: here.do("asker", act_first, asked=asked, oral_by=here.office.people["leader"].pk, **late)) == ["oral_at"]  # fmt: skip
    usual = here.asked()
    assert "situation" in refused(lambda: here.do("asker", act_first, asked=usual, oral_by=here.office.people["leader"].pk, **given))  # fmt: skip
    row = here.do("asker", act_first, asked=asked, oral_by=here.office.people["leader"].pk, **given)
    assert (row.state, row.urgent, row.written_due - row.oral_at) == ("组队", True, timedelta(hours=24))
    written = here.act(row, write_after, by="asker")
    assert (written.state, here.asked_now(row)) == ("组队", ["leader"])
    assert here.decide(row, refuse_approval, said="不属于突发").state == "终止"


def test_ended_before_its_time_it_says_why_and_nobody_acts_in_it_any_more(here: Asking) -> None:
    row = at_work(here, here.approved())
    assert refused(lambda: here.act(row, terminate, said=" ")) == ["said"]
    over = here.act(row, terminate, said="事项已移交")
    assert (over.state, over.ended_on, over.next_due_on) == ("终止", TODAY, None)
    assert refused(lambda: here.act(row, report_result, result="完成", problems=0)) == ["wrong-state"]


def test_handed_to_another_organ_by_the_number_of_a_paper(here: Asking) -> None:
    row = here.approved()
    gone = here.act(row, transfer, to="移〔2026〕3号", said="不属于本级管辖")
    assert (gone.state, gone.transferred_to) == ("移交", "移〔2026〕3号")


def test_reported_with_one_word_and_a_number_and_closed_by_who_sees_it_through(here: Asking) -> None:
    row = at_work(here, here.approved())
    with pytest.raises(BadInput):
        here.act(row, report_result, result="属实", problems=1)
    done = here.act(row, report_result, result="完成", problems=3)
    assert (done.state, done.problems) == ("报告", 3)
    assert done.next_due_on is not None
    assert refused(lambda: here.act(row, close_request, note="已办结"))[0] == "wrong-state"


def test_who_sees_nothing_of_it_is_told_that_it_is_not_there(here: Asking) -> None:
    row = here.request()
    with pytest.raises(NotThere):
        here.do("secretary", terminate, request=row, said="无关", seen=row.version, key=uuid4())


def test_every_move_is_chained_and_a_changed_row_breaks_the_chain(here: Asking) -> None:
    """P13."""
    row = here.approved()
    with acting_as(OPERATOR):
        moves = list(RequestMove.objects.filter(request=row).order_by("version"))
        assert [move.verb for move in moves] == ["submit", "follow", "follow"]
        assert verify_chain(moves, stood_of(now_of(row))) == []
        Request.objects.filter(pk=row.pk).update(people=9)
        assert [each.how for each in verify_chain(moves, stood_of(now_of(row)))] == [Broken.STANDS_OTHERWISE]


def test_every_state_is_reached_and_every_way_leads_to_an_end() -> None:
    ends = {RequestState.CLOSED, RequestState.WITHDRAWN, RequestState.TERMINATED, RequestState.TRANSFERRED}
    ahead: dict[RequestState | None, set[RequestState]] = {}
    for (_verb, before), afters in REQUEST_MOVES.items():
        ahead.setdefault(before, set()).update(afters)
    reached, layer = set[RequestState](), set(ahead[None])
    while layer:
        reached |= layer
        layer = {after for state in layer for after in ahead.get(state, set())} - reached
    assert reached == set(RequestState)
    assert {state for state in RequestState if not ahead.get(state)} == ends


def test_what_was_asked_comes_back_as_it_was(here: Asking) -> None:
    from xiezuo.collaboration.requests.asked import asked_of

    asked = here.asked(roles={"组长": 1}, skills=("财务",), site_words="镇政府")
    with acting_as(OPERATOR):
        row = Request.objects.get(pk=here.draft(roles={"组长": 1}, skills=("财务",), site_words="镇政府").pk)
    assert asked_of(row) == replace(asked, roles={"组长": 1})
