"""The screens of the regulations: what each reader is offered, told, and kept from."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.once import fresh, once
from tests.rules.drafting import TEXT, Drafting, drafting
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Role, acting_as, set_actor
from xiezuo.rules import regulation_operations as operations
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.consultation_operations import give_opinion
from xiezuo.rules.models import Edition, WorkRule
from xiezuo.rules.regulation_kind import matter_of
from xiezuo.shared import clock

pytestmark = pytest.mark.usefixtures("actor")
TODAY = clock.today()


built = once(drafting)


@pytest.fixture
def here(built: Drafting, actor: None, settings: Any) -> Drafting:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    return fresh(built)


def reader(here: Drafting, name: str, role: Role, unit: int | None = None) -> Visitor:
    set_actor(OPERATOR)
    return Visitor(f"{name}{here.office.county.pk}v").holds(role, here.office.county, unit)


@pytest.fixture
def clerk(here: Drafting) -> Visitor:
    return reader(here, "clerk", Role.CASE_MANAGEMENT)


def page(client: Visitor, name: str, *args: int, **sent: Any) -> Any:
    return client.get(reverse(f"rules:{name}", args=args), sent)


def words(response: Any) -> str:
    return str(response.content.decode())


def anchor(edition: Edition, label: str) -> int:
    with acting_as(OPERATOR):
        return next(each.anchor for each in queries.clauses_of(edition) if each.label == label)


def test_of_two_who_change_a_clause_the_second_sees_both_texts_and_may_save_again(
    here: Drafting, clerk: Visitor
) -> None:
    edition = here.draft()
    place = anchor(edition, "第二条")
    here.do(
        "drafter", operations.save_clause, edition=edition, anchor=place, text="第二条　先存的写法。", seen=1
    )
    address = reverse("rules:clause", args=[edition.pk, place])
    answer = clerk.post(address, {"text": "第二条　后存的写法。", "seen": "1"})
    assert answer.status_code == 422
    assert "后存的写法" in words(answer)
    assert "先存的写法" in words(answer)
    seen = answer.context["form"]["seen"].value()
    assert clerk.post(address, {"text": "第二条　后存的写法。", "seen": seen}).status_code == 302


def test_what_stands_against_the_review_is_said_beside_the_button(here: Drafting, clerk: Visitor) -> None:
    edition = here.ask(here.draft())
    here.do(
        "head0", give_opinion, edition=edition, unit=here.asked[0].pk, anchor=None, text="虚构", key=uuid4()
    )
    shown = words(page(clerk, "edition", edition.pk))
    assert "还有2个单位没有反馈" in shown
    assert "还有1条意见没有处理" in shown


def test_an_address_of_a_draft_is_not_there_for_who_has_no_part_in_it(here: Drafting) -> None:
    edition = here.draft()
    other = reader(here, "other", Role.UNIT_HEAD, here.asked[0].pk)
    assert page(other, "edition", edition.pk).status_code == 404
    assert "虚构县协作区工作规则" not in words(page(other, "compare", edition.regulation_id))
    here.ask(edition)
    assert page(other, "edition", edition.pk).status_code == 200


def test_a_reader_who_does_not_draft_is_offered_no_act(here: Drafting) -> None:
    edition = here.ask(here.draft())
    head = reader(here, "head", Role.UNIT_HEAD, here.asked[0].pk)
    assert page(head, "edition", edition.pk).context["steps"] == []
    assert page(head, "text", edition.pk).status_code in (403, 409)


def test_the_list_shows_the_end_of_a_trial_and_what_waits(here: Drafting, clerk: Visitor) -> None:
    edition = here.apply(here.consulted(here.draft()), until=TODAY + timedelta(days=20))
    assert "审核" in words(page(clerk, "list"))
    here.pass_review(edition)
    shown = words(page(clerk, "list"))
    assert (TODAY + timedelta(days=20)).isoformat() in shown
    assert "试行期还剩20天" in shown


def test_two_editions_are_compared_by_what_differs_alone(here: Drafting, clerk: Visitor) -> None:
    first = here.pass_review(here.apply(here.consulted(here.draft()), "施行"))
    second = here.do(
        "drafter",
        operations.begin_edition,
        regulation=first.regulation,
        unit=here.office.unit.pk,
        key=uuid4(),
    )
    text = TEXT.replace("两个工作日", "三个工作日")
    here.do("drafter", operations.save_text, edition=second, text=text, seen=second.version)
    shown = page(clerk, "compare", first.regulation_id)
    assert (shown.context["altered"], shown.context["new"], shown.context["gone"]) == (1, 0, 0)
    assert "<del>两</del>" in words(shown)
    assert "<ins>三</ins>" in words(shown)
    assert page(clerk, "compare", first.regulation_id, before="9").status_code == 400


def test_a_work_rule_warns_when_its_clause_is_gone(here: Drafting, clerk: Visitor) -> None:
    first = here.pass_review(here.apply(here.consulted(here.draft()), "施行"))
    rule = WorkRule.objects.current().get(commission=here.office.county, kind="程序", code="R01")
    link = {"anchor": anchor(first, "第三条"), "rule": "程序:R01"}
    assert clerk.post(reverse("rules:link", args=[first.regulation_id]), link).status_code == 302
    assert "已经失效" not in words(page(clerk, "work-rule", rule.pk))
    here.pass_review(here.apply(first, "废止"))
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert "已经失效" in words(page(clerk, "work-rule", rule.pk, on=tomorrow))
    assert "条款已失效" in words(page(clerk, "regulation", first.regulation_id, on=tomorrow))


def test_who_has_read_is_named_to_who_answers_for_the_unit(here: Drafting, clerk: Visitor) -> None:
    edition = here.pass_review(here.apply(here.consulted(here.draft())))
    here.do("head0", operations.mark_read, edition=edition)
    assert page(clerk, "readers", edition.pk).context["done"] == 1
    head = reader(here, "head", Role.UNIT_HEAD, here.asked[1].pk)
    shown = page(head, "readers", edition.pk)
    assert shown.context["done"] == 0
    assert here.office.accounts["head0"].username not in words(shown)


def test_a_page_asks_no_more_for_a_long_text_than_for_a_short_one(here: Drafting, clerk: Visitor) -> None:

    def asked(text: str) -> int:
        edition = here.draft(text)
        with CaptureQueriesContext(connection) as seen:
            assert page(clerk, "edition", edition.pk).status_code == 200
        return len(seen)

    long = "".join(f"第{number}条 虚构条文{number}。\n" for number in range(1, 200))
    page(clerk, "edition", here.draft().pk)
    assert asked(long) <= asked("第一条 虚构条文。\n")


def test_a_draft_names_what_would_lose_its_clause_to_who_drafts_and_to_who_signs(
    here: Drafting, clerk: Visitor
) -> None:
    first = here.pass_review(here.apply(here.consulted(here.draft()), "施行"))
    place = anchor(first, "第三条")
    here.do(
        "clerk",
        operations.link,
        regulation=first.regulation,
        anchor=place,
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
    assert page(clerk, "edition", second.pk).context["losing"] == []
    here.do("drafter", operations.save_clause, edition=second, anchor=place, seen=1, text="")
    assert "表单 F1 协作申请表" in words(page(clerk, "edition", second.pk))
    second = here.apply(here.consulted(second), "施行")
    matter = matter_of(here.approval(second))
    assert "表单 F1 协作申请表" in [value for _words, value in matter.facts]
    assert [(label, after) for label, _before, after in matter.changes] == [("第三条", "")]
