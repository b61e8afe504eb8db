"""The lists of the inbox: what is mine, in the order in which it falls due, at the same price however much there is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.approvals.office import KIND, Office, act, apply, form_of, now_of
from tests.home.inbox.desks import Desk, text_of
from tests.reading import questions_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.approvals.api import approve, kind_of, register, send_back, withdraw
from xiezuo.approvals.models import Approval, Delegation, StepRow
from xiezuo.approvals.states import ApprovalState
from xiezuo.shared import clock

INBOX = "inbox:list"


def listed(here: Office, name: str, **query: str) -> str:
    response = Desk(here, name).get(reverse(INBOX), query)
    assert response.status_code == 200
    return text_of(response.content.decode())


def rename(approval: Approval, title: str) -> Approval:
    with acting_as(OPERATOR):
        Approval.objects.filter(pk=approval.pk).update(title=title)
    return approval


def made_due(approval: Approval, days: int) -> Approval:
    """Let the open step fall due so many days from today, half of its time having gone today at the latest."""
    due = clock.today() + timedelta(days=days)
    with acting_as(OPERATOR):
        Approval.objects.filter(pk=approval.pk).update(due_on=due)
        StepRow.objects.filter(approval=approval.pk, position=0).update(due_on=due, amber_on=clock.today())
    return approval


def test_what_waits_for_me_stands_by_the_day_it_falls_due(here: Office) -> None:
    late, soon, later = (
        rename(apply(here), "甲事项"),
        rename(apply(here), "乙事项"),
        rename(apply(here), "丙事项"),
    )
    made_due(later, 20)
    made_due(late, -9)
    made_due(soon, 1)
    page = listed(here, "first")
    assert page.index("甲事项") < page.index("乙事项") < page.index("丙事项")
    assert "超期" in page


def test_the_light_is_a_word_and_can_be_asked_for(here: Office) -> None:
    made_due(rename(apply(here), "甲事项"), -9)
    made_due(rename(apply(here), "乙事项"), 20)
    assert "甲事项" in listed(here, "first", **{"f.light": "red"})
    assert "乙事项" not in listed(here, "first", **{"f.light": "red"})
    assert "乙事项" in listed(here, "first", **{"f.light": "amber"})


def test_each_tab_holds_what_its_name_says(here: Office) -> None:
    waiting, done = rename(apply(here), "待批事项"), rename(apply(here), "已办事项")
    act(here, approve, done, "first", said="同意甲")
    assert "待批事项" in listed(here, "first")
    assert "已办事项" not in listed(here, "first")
    assert "已办事项" in listed(here, "first", tab="done")
    assert "待批事项" not in listed(here, "first", tab="done")
    assert "待批事项" in listed(here, "applicant", tab="mine")
    assert "待批事项" in listed(here, "clerk", tab="all")
    assert waiting.pk


def test_what_a_contact_leader_coordinates_is_theirs_to_read_while_it_is_open(here: Office) -> None:
    here.lead("stranger", "联系")
    informed = [{"mode": "联系", "unit": here.unit.pk}]
    approval = rename(apply(here, informed=informed), "协调事项")
    assert "协调事项" in listed(here, "stranger", tab="told")
    assert "协调事项" not in listed(here, "stranger")
    act(here, withdraw, approval, "applicant")
    assert "协调事项" not in listed(here, "stranger", tab="told")


def test_nobody_meets_what_is_not_theirs_in_any_list(here: Office) -> None:
    rename(apply(here), "虚构机密标记")
    for tab in ("waiting", "mine", "told", "done"):
        assert "虚构机密标记" not in listed(here, "stranger", tab=tab)
    assert Desk(here, "stranger").get(reverse(INBOX), {"tab": "all"}).status_code == 400


def test_a_stand_in_finds_what_waits_for_who_is_absent(here: Office) -> None:
    rename(apply(here), "代办事项")
    today = clock.today()
    with acting_as(OPERATOR):
        Delegation.objects.create(
            commission=here.county, absent=here.at("first"), stand_in=here.at("stranger"), starts=today,
            ends=today + timedelta(days=2), reason="虚构", made_by="x", made_at=clock.now(),
        )  # fmt: skip
    assert "代办事项" in listed(here, "stranger")


@pytest.mark.parametrize(
    ("name", "tab"), [("first", "waiting"), ("applicant", "mine"), ("first", "done"), ("clerk", "all")]
)
def test_a_list_asks_as_much_for_three_as_for_one(here: Office, name: str, tab: str) -> None:
    act(here, approve, apply(here), "first")
    apply(here)
    desk, address = Desk(here, name), f"{reverse(INBOX)}?tab={tab}"
    questions_of(desk, address)
    one = questions_of(desk, address)
    for other in ("applicant", "applicant") if tab == "mine" else ("clerk", "checker"):
        act(here, approve, apply(here, by=other), "first")
        apply(here, by=other)
    assert questions_of(desk, address) == one


def test_the_page_of_an_application_asks_as_much_however_many_wait(here: Office) -> None:
    approval, desk = apply(here), Desk(here, "first")
    address = reverse("inbox:approval", args=[approval.pk])
    questions_of(desk, address)
    one = questions_of(desk, address)
    for _each in range(3):
        apply(here)
    assert questions_of(desk, address) == one


@pytest.fixture
def batched(here: Office) -> Iterator[None]:
    """The fictional kind as one of which a line says all there is to say."""
    usual = kind_of(KIND)
    register(replace(usual, batch=True))
    yield
    register(usual)


def rows(*approvals: Approval) -> list[str]:
    return [f"{each.pk}:{form_of(each).seen}" for each in approvals]


@pytest.mark.usefixtures("batched")
def test_what_is_ticked_is_agreed_to_and_what_fails_stays_with_its_reason(here: Office) -> None:
    good, moved = apply(here), apply(here)
    desk = Desk(here, "first")
    ticked = rows(good, moved)
    assert f'value="{ticked[0]}"' in desk.get(reverse(INBOX)).content.decode()
    act(here, send_back, moved, "second", to=-1, said="退回")
    answer = desk.post(reverse("inbox:batch"), {"key": str(form_of(good).key), "row": ticked}, follow=True)
    told = text_of(answer.content.decode())
    assert "已同意 1 件" in told
    assert "打开本页后该审批已有变化" in told
    assert now_of(good).current == 1
    assert now_of(moved).state == ApprovalState.RETURNED


@pytest.mark.usefixtures("batched")
def test_the_same_ticks_sent_twice_decide_once(here: Office) -> None:
    approval, desk = apply(here), Desk(here, "first")
    sent = {"key": str(form_of(approval).key), "row": rows(approval)}
    for _twice in range(2):
        assert "已同意 1 件" in desk.post(reverse("inbox:batch"), sent, follow=True).content.decode()
    assert now_of(approval).edition == 2


def test_what_needs_a_look_of_its_own_cannot_be_ticked_nor_sent(here: Office) -> None:
    approval, desk = apply(here), Desk(here, "first")
    assert 'name="row"' not in desk.get(reverse(INBOX)).content.decode()
    sent = {"key": str(form_of(approval).key), "row": rows(approval)}
    assert "须逐件打开审批" in desk.post(reverse("inbox:batch"), sent, follow=True).content.decode()
    assert now_of(approval).current == 0


def test_every_page_says_how_many_wait(here: Office) -> None:
    apply(here)
    desk = Desk(here, "first")
    assert 'data-count-of="inbox">1</b>' in desk.get(reverse("home:work")).content.decode()
    assert (
        'data-count-of="inbox" hidden>0</b>'
        in Desk(here, "stranger").get(reverse("home:work")).content.decode()
    )


def test_a_kept_page_says_it_too_though_the_ledger_has_not_changed(here: Office, settings) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "counts"}
    }
    desk = Desk(here, "first")
    kept = reverse("organisation:units")
    assert 'data-count-of="inbox" hidden>0</b>' in desk.get(kept).content.decode()
    apply(here)
    assert 'data-count-of="inbox">1</b>' in desk.get(kept).content.decode()


def test_the_page_of_my_work_shows_the_most_urgent_at_one_price(here: Office) -> None:
    rename(apply(here), "甲事项")
    desk, address = Desk(here, "first"), reverse("home:work")
    assert "甲事项" in desk.get(address).content.decode()
    one = questions_of(desk, address)
    apply(here)
    apply(here)
    assert questions_of(desk, address) == one


def test_the_search_box_finds_an_application_by_its_number_for_whoever_may_see_it(here: Office) -> None:
    approval = rename(apply(here), "按号可查")
    query = {"q": f"{KIND}-{approval.year}-{here.county.code.lower()}-{approval.number}"}
    found = Desk(here, "first").get(reverse("home:search"), query).content.decode()
    assert reverse("inbox:approval", args=[approval.pk]) in found
    assert "按号可查" not in Desk(here, "stranger").get(reverse("home:search"), query).content.decode()
