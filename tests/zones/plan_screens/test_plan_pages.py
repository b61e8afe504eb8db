"""The screens of the zone plans: what each reader is offered, told, and kept from."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.once import fresh, once
from tests.subjects import Visitor
from tests.zones.plans.planning import Planning, now_of, planning
from xiezuo.accounts.api import OPERATOR, Role, acting_as, set_actor
from xiezuo.zones.models import Plan, PlanOpinion
from xiezuo.zones.plans.consultation_operations import give_opinion
from xiezuo.zones.plans.operations import save_plan
from xiezuo.zones.queries.plans import scheme_of
from xiezuo.zones.scheme import difference

pytestmark = pytest.mark.usefixtures("actor")


built = once(planning)


@pytest.fixture
def here(built: Planning, actor: None, settings: Any) -> Planning:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    return fresh(built)


def reader(here: Planning, name: str, role: Role, unit: int | None = None) -> Visitor:
    set_actor(OPERATOR)
    return Visitor(f"{name}{here.office.county.pk}v").holds(role, here.office.county, unit)


@pytest.fixture
def deputy(here: Planning) -> Visitor:
    return reader(here, "deputy", Role.DEPUTY_SECRETARY)


@pytest.fixture
def clerk(here: Planning) -> Visitor:
    return reader(here, "clerk", Role.CASE_MANAGEMENT)


def words(response: Any) -> str:
    return str(response.content.decode())


def page(client: Visitor, name: str, *args: Any, **sent: Any) -> Any:
    return client.get(reverse(f"zones:{name}", args=args), sent)


def put(client: Visitor, plan: Plan, unit: int, zone: str, seen: int, **more: Any) -> Any:
    sent = {"verb": "put", "unit": unit, "zone": zone, "role": "成员", "seen": seen}
    return client.post(reverse("zones:plan-editor", args=[plan.pk]), sent, **more)


def test_a_plan_begins_with_todays_ledger(here: Planning, deputy: Visitor) -> None:
    asked = page(deputy, "begin-plan").context["form"]
    told = {
        "name": "虚构方案",
        "why": "虚构",
        "starts": here.ahead.isoformat(),
        "begin_from": asked["begin_from"].value(),
        "key": str(uuid4()),
    }
    answer = deputy.post(reverse("zones:begin-plan"), told)
    assert answer.status_code == 302
    with acting_as(OPERATOR):
        made = Plan.objects.get(name="虚构方案")
    assert scheme_of(made) == here.ledger()


def test_a_plan_begins_with_another(here: Planning, deputy: Visitor) -> None:
    plan = here.moved()
    told = {
        "name": "虚构另案",
        "starts": here.ahead.isoformat(),
        "begin_from": f"plan:{plan.pk}",
        "key": str(uuid4()),
    }
    deputy.post(reverse("zones:begin-plan"), told)
    with acting_as(OPERATOR):
        assert Plan.objects.get(name="虚构另案").content == plan.content


def test_a_move_is_saved_at_once_and_the_page_says_what_changed(here: Planning, deputy: Visitor) -> None:
    plan = here.begin(here.ledger())
    answer = put(deputy, plan, here.mover.pk, "E2", 1, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert f"{'虚构乙镇纪委'}" in words(answer)
    assert answer.context["told"].said in words(answer)
    assert answer.context["told"].focus == f"u{here.mover.pk}"
    place = scheme_of(now_of(plan)).place(here.mover.pk)
    assert place is not None
    assert place.zone == "E2"


def test_without_script_a_move_leads_back_to_the_board_at_its_unit(here: Planning, deputy: Visitor) -> None:
    plan = here.begin(here.ledger())
    answer = put(deputy, plan, here.mover.pk, "E2", 1)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#u{here.mover.pk}")


def test_of_two_who_edit_the_second_is_told_what_changed_and_does_it_again_with_one_button(
    here: Planning, deputy: Visitor
) -> None:
    plan = here.begin(here.ledger())
    here.do("clerk", save_plan, plan=plan, content=here.ledger().put(here.mover.pk, "E2"), seen=1)
    answer = put(deputy, plan, here.towns[1].pk, "E2", 1, headers={"hx-request": "true"})
    assert answer.status_code == 409
    again = answer.context["told"].again
    assert again.words in words(answer)
    [reason] = answer.context["told"].reasons
    assert here.office.accounts["clerk"].username in reason.text
    assert "E2" not in {each.zone for each in scheme_of(now_of(plan)).places(here.towns[1].pk)}
    sent = {**dict(again.fields), "seen": answer.context["plan"].version}
    assert deputy.post(reverse("zones:plan-editor", args=[plan.pk]), sent).status_code == 302
    both = difference(here.ledger(), scheme_of(now_of(plan))).changed_zone
    assert set(both) == {here.mover.pk, here.towns[1].pk}


def test_the_last_change_is_taken_back_by_who_made_it_and_by_nobody_else(
    here: Planning, deputy: Visitor, clerk: Visitor
) -> None:
    plan = here.begin(here.ledger())
    put(deputy, plan, here.mover.pk, "E2", 1)
    undo = {"verb": "undo", "seen": 2}
    address = reverse("zones:plan-editor", args=[plan.pk])
    assert clerk.post(address, undo).status_code == 409
    assert deputy.post(address, undo).status_code == 302
    assert scheme_of(now_of(plan)) == here.ledger()


NONSENSE = {
    "no verb": {}, "an unknown verb": {"verb": "sing"}, "no unit": {"verb": "put"}, "letters": {"verb": "put", "unit": "甲"},
    "a huge number": {"verb": "put", "unit": "9" * 40}, "no version": {"verb": "put", "seen": ""}, "a version in words": {"verb": "put", "seen": "x"},
    "a zone that is none": {"verb": "close-zone", "zone": "'; --"}, "nothing to be undone": {"verb": "undo", "seen": "7"},
}  # fmt: skip


def test_nonsense_is_answered_on_the_board_and_changes_nothing(here: Planning, deputy: Visitor) -> None:
    plan = here.begin(here.ledger())
    for name, sent in NONSENSE.items():
        answer = deputy.post(reverse("zones:plan-editor", args=[plan.pk]), {"seen": "1", **sent})
        assert answer.status_code in (409, 422), name
        assert answer.context["told"].reasons[0].text, name
    assert now_of(plan).version == 1


FORMS = {
    "begin-plan": {"name": "", "starts": "明天", "begin_from": "plan:x", "unit": "甲", "key": "x"},
    "merge-plan": {"step": "check", "zones": ["Z"], "into": "Z", "zone_name": "", "starts": "0", "key": "x"},
    "split-plan": {
        "step": "check",
        "zone": "Z",
        "units": ["甲"],
        "zone_name": "长" * 99,
        "starts": "2026-13-45",
        "key": "x",
    },
    "transfer-plan": {
        "step": "begin",
        "units": ["-1"],
        "zone": "Z",
        "role": "区长",
        "starts": "",
        "key": "x",
    },
    "file-plan": {"name": "", "starts": "not-a-day", "meeting": "", "key": "x"},
    "plan-about": {"name": "", "starts": "昨天", "seen": "x"},
    "plan-wishes": {"fixed": ["甲"], "together": "无此单位、也无此单位", "barred": "x", "seen": "x"},
    "consult-plan": {"units": ["x"], "last_day": "x"},
    "apply-plan": {"meeting": "", "key": "x"},
    "drop-plan": {"reason": " "},
}


def test_every_form_says_at_its_fields_what_is_wrong_and_changes_nothing(
    here: Planning, clerk: Visitor
) -> None:
    plan = here.moved()
    for name, sent in FORMS.items():
        of_plan = name not in ("begin-plan", "merge-plan", "split-plan", "transfer-plan", "file-plan")
        answer = clerk.post(reverse(f"zones:{name}", args=[plan.pk] if of_plan else []), sent)
        assert answer.status_code == 422, name
        assert "data-error-summary" in words(answer), name
    assert now_of(plan).version == 1
    with acting_as(OPERATOR):
        assert Plan.objects.count() == 1


def test_what_cannot_be_compared_is_told_in_words(here: Planning, deputy: Visitor) -> None:
    for token in ("plan:0", "plan:999999", "day:2026-02-30", "day:", "proposal:1-1", "x", "plan:１"):
        answer = page(deputy, "compare-plans", before=token)
        assert answer.status_code in (400, 404), token


def test_two_plans_stand_side_by_side_with_who_moves_and_each_term(here: Planning, deputy: Visitor) -> None:
    plan = here.moved()
    shown = page(deputy, "compare-plans", before=f"day:{here.today.isoformat()}", after=f"plan:{plan.pk}")
    assert "虚构乙镇纪委" in words(shown)
    assert [each.words for each in shown.context["difference"].changed] == ["虚构乙镇纪委"]
    assert shown.context["stats"][0].value == 1


def test_a_guided_merge_shows_what_would_follow_and_only_then_begins_its_plan(
    here: Planning, deputy: Visitor
) -> None:
    told = {
        "zones": ["E3", "E4"], "into": "E3", "zone_name": "虚构合并区", "name": "虚构合并方案", "starts": here.ahead.isoformat(),
        "key": str(uuid4()), "step": "check",
    }  # fmt: skip
    preview = deputy.post(reverse("zones:merge-plan"), told)
    assert preview.status_code == 200
    assert "虚构合并区" in words(preview)
    with acting_as(OPERATOR):
        assert Plan.objects.count() == 0
    kept = {
        name: [value for other, value in preview.context["kept"] if other == name]
        for name, _value in preview.context["kept"]
    }
    assert deputy.post(reverse("zones:merge-plan"), {**kept, "step": "begin"}).status_code == 302
    with acting_as(OPERATOR):
        made = Plan.objects.get()
    assert (made.kind, [each.name for each in scheme_of(made).under("Y2")]) == ("合并", ["虚构合并区"])


def test_a_guided_split_and_a_transfer_make_plans_of_their_kind(here: Planning, deputy: Visitor) -> None:
    common = {"starts": here.ahead.isoformat(), "step": "begin"}
    split = {
        "zone": "E1",
        "units": [here.mover.pk],
        "zone_name": "虚构新区",
        "name": "虚构拆分",
        "key": str(uuid4()),
        **common,
    }
    move = {
        "units": [here.mover.pk],
        "zone": "E2",
        "role": "成员",
        "name": "虚构划转",
        "key": str(uuid4()),
        **common,
    }
    assert deputy.post(reverse("zones:split-plan"), split).status_code == 302
    assert deputy.post(reverse("zones:transfer-plan"), move).status_code == 302
    with acting_as(OPERATOR):
        assert list(Plan.objects.order_by("number").values_list("kind", flat=True)) == ["拆分", "划转"]


def test_what_stands_against_applying_is_said_at_the_button(here: Planning, deputy: Visitor) -> None:
    plan = here.moved()
    [apply] = [step for step in page(deputy, "plan", plan.pk).context["steps"] if step.name == "apply"]
    assert apply.against
    asked = here.consulted(plan)
    [apply] = [step for step in page(deputy, "plan", asked.pk).context["steps"] if step.name == "apply"]
    assert apply.against == []


def test_a_unit_asked_reads_the_plan_and_its_own_opinion_alone(here: Planning, clerk: Visitor) -> None:
    plan, others = here.moved(), here.towns[3]
    here.ask(plan, [here.mover, others])
    for unit, said in ((here.mover, "甲方意见"), (others, "乙方意见")):
        here.do(here.head(unit), give_opinion, plan=plan, unit=unit.pk, zone="", text=said, key=uuid4())
    head = reader(here, "head", Role.UNIT_HEAD, here.mover.pk)
    shown = words(page(head, "plan-opinions", plan.pk))
    assert "甲方意见" in shown
    assert "乙方意见" not in shown
    assert page(head, "plan", plan.pk).context["steps"] == []
    assert "乙方意见" in words(page(clerk, "plan-opinions", plan.pk))


def test_a_unit_that_was_not_asked_finds_no_draft(here: Planning) -> None:
    plan = here.ask(here.moved())
    stranger = reader(here, "stranger", Role.UNIT_HEAD, here.towns[4].pk)
    assert page(stranger, "plan", plan.pk).status_code == 404
    assert plan.name not in words(page(stranger, "plans"))
    assert page(stranger, "compare-plans", before=f"plan:{plan.pk}").status_code == 404


def test_an_opinion_is_given_settled_and_counted_on_screen(
    here: Planning, clerk: Visitor, deputy: Visitor
) -> None:
    plan = here.ask(here.moved())
    head = reader(here, "head", Role.UNIT_HEAD, here.mover.pk)
    told = {"unit": here.mover.pk, "zone": "E2", "text": "虚构意见", "key": str(uuid4())}
    assert head.post(reverse("zones:plan-opinion", args=[plan.pk]), told).status_code == 302
    with acting_as(OPERATOR):
        opinion = PlanOpinion.objects.get()
    address = reverse("zones:settle-opinion", args=[opinion.pk])
    assert deputy.post(address, {"outcome": "未采纳", "reason": "", "seen": ""}).status_code == 422
    assert deputy.post(address, {"outcome": "未采纳", "reason": "虚构理由", "seen": ""}).status_code == 302
    assert page(clerk, "plan-opinions", plan.pk).context["count"].not_adopted == 1


def counted(client: Visitor, name: str, *args: Any, **sent: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert page(client, name, *args, **sent).status_code == 200
    return len(caught)


def test_the_list_of_plans_asks_as_much_for_three_as_for_one(here: Planning, deputy: Visitor) -> None:
    here.moved()
    one = counted(deputy, "plans")
    for _ in range(2):
        here.moved()
    assert counted(deputy, "plans") == one


def test_a_plan_its_editor_and_its_map_ask_as_much_for_three_units_that_move_as_for_one(
    here: Planning, deputy: Visitor
) -> None:
    plan = here.moved()
    pages = [("plan", plan.pk), ("plan-editor", plan.pk), ("plan-map", plan.pk)]
    one = [counted(deputy, *each) for each in pages]
    more = scheme_of(plan).put(here.towns[1].pk, "E2").put(here.groups[0].pk, "E4")
    here.do("clerk", save_plan, plan=plan, content=more, seen=1)
    assert [counted(deputy, *each) for each in pages] == one


def test_the_overview_of_opinions_asks_as_much_for_three_as_for_one(here: Planning, deputy: Visitor) -> None:
    plan = here.moved()
    here.ask(plan, here.towns[:4])
    say = {"plan": plan, "zone": "", "text": "虚构"}
    here.do(here.head(here.towns[1]), give_opinion, unit=here.towns[1].pk, key=uuid4(), **say)
    one = counted(deputy, "plan-opinions", plan.pk)
    for unit in here.towns[2:4]:
        here.do(here.head(unit), give_opinion, unit=unit.pk, key=uuid4(), **say)
    assert counted(deputy, "plan-opinions", plan.pk) == one


def test_the_map_of_a_plan_and_the_ledger_of_its_day_differ_as_it_says(
    here: Planning, deputy: Visitor
) -> None:
    plan = here.moved()
    shown = page(deputy, "plan-map", plan.pk)
    assert len(shown.context["changes"]) == 1
    assert "虚构乙镇纪委" in shown.context["changes"][0]


def test_a_decision_taken_before_is_entered_with_its_meeting(here: Planning, clerk: Visitor) -> None:
    told = {
        "name": "虚构既有决定",
        "starts": (here.today - timedelta(days=9)).isoformat(),
        "meeting": "虚构会议",
        "key": str(uuid4()),
    }
    answer = clerk.post(reverse("zones:file-plan"), told)
    assert answer.status_code == 302
    assert "虚构会议" in words(clerk.get(answer["Location"]))
    assert page(
        clerk, "plan-decision", int(answer["Location"].rstrip("/").split("/")[-1]), "docx"
    ).status_code in (200, 302)
