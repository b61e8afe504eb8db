"""The pages of requests: who sees which, what they cost, and what a form keeps."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.collaboration.asking import DAY, TODAY, Asking, asking, now_of
from tests.once import fresh, once
from xiezuo.accounts.api import OPERATOR, acting_as, as_the_product, set_actor
from xiezuo.accounts.models import User
from xiezuo.accounts.sessions import DOOR
from xiezuo.approvals.api import TO_APPLICANT, send_back
from xiezuo.collaboration.models import Recusal, Request
from xiezuo.rules.models import WorkRule
from xiezuo.rules.rule_operations import state_rule
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db
LIST = "/collaboration/requests/"


county = once(asking)


@pytest.fixture
def here(county: Asking, db: None) -> Asking:
    return fresh(county)


class Door(Client):
    """The browser of one of the county's accounts."""

    def __init__(self, here: Asking, name: str) -> None:
        super().__init__()
        set_actor(OPERATOR)
        # Rights were worked out since the county was built.
        self.force_login(User.objects.get(pk=here.office.accounts[name].pk))
        session = self.session
        session[DOOR] = {**session[DOOR], "fresh": clock.now().isoformat()}
        session.save()

    def request(self, **request: Any) -> Any:
        try:
            return super().request(**request)
        finally:
            set_actor(OPERATOR)


def page(row: Request) -> str:
    return reverse("collaboration:request", args=[row.pk])


def step(row: Request, name: str) -> str:
    return reverse("collaboration:fill-request", args=[row.pk, name])


def text(response: Any) -> str:
    return response.content.decode()


# Lists


@pytest.mark.parametrize("tab", ["waiting", "open", "mine"])
def test_a_list_costs_the_same_for_one_request_and_for_three(
    here: Asking, tab: str, django_assert_max_num_queries: Any
) -> None:
    here.draft()
    browser = Door(here, "asker")
    asked = {}
    for size in (1, 3):
        while Request.objects.count() < size:
            here.draft()
        with django_assert_max_num_queries(60) as queries:
            assert browser.get(LIST, {"tab": tab}).status_code == 200
        asked[size] = len(queries)
    assert asked[1] == asked[3]


def test_a_list_never_counts_rows_nor_skips_over_them(
    here: Asking, django_assert_max_num_queries: Any
) -> None:
    here.request()
    with django_assert_max_num_queries(60) as queries:
        Door(here, "clerk").get(LIST)
    asked = [each["sql"] for each in queries if "collaboration_request" in each["sql"]]
    assert asked
    assert [sql for sql in asked if "COUNT(" in sql or "OFFSET" in sql] == []


def test_what_is_due_first_stands_first_and_no_column_sorts(here: Asking) -> None:
    rows = [here.request() for _number in range(3)]
    with acting_as(OPERATOR):
        for row, days in zip(rows, (5, 1, 3), strict=True):
            Request.objects.filter(pk=row.pk).update(next_due_on=TODAY + days * DAY)
    shown = text(Door(here, "clerk").get(LIST))
    places = [shown.index(page(row)) for row in rows]
    assert sorted(places) == [places[1], places[2], places[0]]
    assert "sort=" not in shown


def test_each_list_holds_what_its_name_says(here: Asking) -> None:
    draft, asked = here.draft(), here.request()
    asker, station, clerk = (Door(here, name) for name in ("asker", "station", "clerk"))

    def of(browser: Client, tab: str) -> set[int]:
        shown = text(browser.get(LIST, {"tab": tab}))
        return {row.pk for row in (draft, asked) if page(row) in shown}

    assert (of(asker, "mine"), of(asker, "waiting")) == ({draft.pk, asked.pk}, {draft.pk})
    assert (of(station, "waiting"), of(station, "mine")) == ({asked.pk}, set())
    assert (of(clerk, "open"), of(clerk, "ended")) == ({asked.pk}, set())


def test_the_export_holds_what_is_on_the_screen(here: Asking) -> None:
    row, other = here.request(), here.request(pointer="另〔2026〕1号")
    answer = Door(here, "clerk").get(LIST, {"format": "xlsx", "q": "另"})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert f"协作〔{other.year}〕{other.number}号" in cells
    assert f"协作〔{row.year}〕{row.number}号" not in cells


@pytest.mark.parametrize(
    "words", ["{number}", "协作〔{year}〕{number}号", "{year}-{number}", "问〔2026〕", "问〔2026〕12号"]
)
def test_a_request_is_found_by_its_number_and_by_the_beginning_of_its_pointer(
    here: Asking, words: str
) -> None:
    row, other = here.request(), here.request(pointer="另〔2025〕1号")
    shown = text(Door(here, "clerk").get(LIST, {"q": words.format(number=row.number, year=row.year)}))
    assert page(row) in shown
    assert page(other) not in shown


def test_an_unknown_list_is_refused_in_words(here: Asking) -> None:
    assert Door(here, "clerk").get(LIST, {"tab": "nothing"}).status_code == 400


# Need to know


def test_whoever_stands_out_finds_nothing_anywhere(here: Asking) -> None:
    row = here.request(pointer="问〔2026〕77号")
    account = here.office.accounts["station"]
    assert Door(here, "station").get(page(row)).status_code == 200
    with as_the_product():
        Recusal.objects.create(
            request=row, person=here.office.people["station"], account=account.pk, source="本人申报", clause="监察法 67",
            raised_at=clock.now(), due_on=TODAY, key=uuid4(),
        )  # fmt: skip
    browser = Door(here, "station")
    assert browser.get(page(row)).status_code == 404
    for asked in ({}, {"tab": "waiting"}, {"q": "问〔2026〕77号"}, {"q": str(row.number)}):
        shown = text(browser.get(LIST, asked))
        assert page(row) not in shown
        assert "77号" not in shown.replace('value="问〔2026〕77号"', "").replace(
            "“问〔2026〕77号”", ""
        ).replace("77%E5%8F%B7", "")
    answer = browser.get(LIST, {"format": "xlsx"})
    cells = [
        cell.value
        for line in load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows()
        for cell in line
    ]
    assert f"协作〔{row.year}〕{row.number}号" not in cells


def test_rank_opens_no_request(here: Asking) -> None:
    row = here.request()
    assert Door(here, "secretary").get(page(row)).status_code == 404
    assert Door(here, "far head").get(page(row)).status_code == 404
    assert [
        Door(here, name).get(page(row)).status_code for name in ("asker", "station", "head", "clerk")
    ] == [200] * 4


# The page


def test_a_page_costs_the_same_with_one_move_and_with_three(
    here: Asking, django_assert_max_num_queries: Any
) -> None:
    row = here.request()
    asked = []
    for _round in range(2):
        with django_assert_max_num_queries(120) as queries:
            assert Door(here, "clerk").get(page(row)).status_code == 200
        asked.append(len(queries))
        if _round == 0:
            here.decide(row, send_back, to=TO_APPLICANT, said="补充")
            here.submit(now_of(row))
    assert asked[0] == asked[1]


def test_a_page_says_where_it_stands_and_by_which_edition_of_the_rule(here: Asking) -> None:
    row = here.request()
    shown = text(Door(here, "clerk").get(page(row)))
    assert 'aria-current="step"' in shown
    assert "R03" in shown
    assert "轴心单位负责人 → 联系常委" in shown
    assert "第1版" in shown
    assert "此后已修改" not in shown


def test_a_rule_that_changed_since_is_told_and_the_request_keeps_its_own(here: Asking) -> None:
    row = here.request()
    old = WorkRule.objects.get(pk=row.rule)
    told = {
        "commission": here.office.county,
        "kind": old.kind,
        "code": old.code,
        "starts": TODAY,
        "seen": old.pk,
    }
    here.do("clerk", state_rule, values={"decide_days": 9}, **told)
    shown = text(Door(here, "clerk").get(page(row)))
    assert "此后已修改" in shown
    assert "仍按第1版" in shown


def test_what_may_not_be_done_says_why(here: Asking) -> None:
    row = here.request()
    shown = text(Door(here, "clerk").get(page(row)))
    assert 'aria-disabled="true"' in shown
    assert reverse("collaboration:act-request", args=[row.pk, "close"]) not in shown


def test_an_act_is_done_once_however_often_its_form_is_sent(here: Asking) -> None:
    row = here.approved()
    browser, where = Door(here, "head"), reverse("collaboration:act-request", args=[row.pk, "terminate"])
    form = {"seen": row.version, "key": str(uuid4()), "said": "情况变化"}
    assert [browser.post(where, form).status_code for _ in range(2)] == [302, 302]
    assert now_of(row).moves.filter(verb="terminate").count() == 1


def test_an_act_on_what_moved_on_keeps_the_words(here: Asking) -> None:
    row = here.approved()
    browser, where = Door(here, "head"), reverse("collaboration:act-request", args=[row.pk, "terminate"])
    answer = browser.post(where, {"seen": row.version - 1, "key": str(uuid4()), "said": "情况变化"})
    assert answer.status_code == 422
    assert "情况变化" in text(answer)
    assert f'name="seen" value="{row.version}"' in text(answer)


# The form


def why(row: Request | None = None, **more: Any) -> dict[str, Any]:
    given = {
        "situation": "Q03",
        "method": "M2",
        "reason": "本单位不便办理",
        "pointer": "问〔2026〕3号",
        "key": str(uuid4()),
        "go": "next",
    }
    return {**given, **({"seen": row.version, "unit": row.unit_id} if row else {}), **more}


def test_the_form_goes_through_four_steps_and_submits(here: Asking) -> None:
    browser, town, lead = Door(here, "asker"), here.units["town"].pk, here.units["lead"].pk
    answer = browser.post(reverse("collaboration:begin-request"), why(unit=town))
    row = Request.objects.get(applicant=here.office.accounts["asker"].pk)
    assert answer["Location"] == step(row, "need")
    need = {
        "duty": "核查",
        "measures": ["谈话"],
        "people": 2,
        "own": 2,
        "women": 1,
        "safety": 1,
        "skills": "财务、工程",
    }
    answer = browser.post(step(row, "need"), {**need, "seen": row.version, "key": str(uuid4()), "go": "next"})
    assert answer["Location"] == step(row, "when")
    when = {"about_units": [town], "about_places": "town镇", "starts": TODAY + DAY, "last": TODAY + 9 * DAY}
    row = now_of(row)
    answer = browser.post(step(row, "when"), {**when, "seen": row.version, "key": str(uuid4()), "go": "next"})
    row = now_of(row)
    shown = text(browser.get(step(row, "check")))
    assert "轴心单位负责人" in shown
    assert browser.get(step(row, "check")).context["missing"] == []
    answer = browser.post(
        step(row, "check"), {"lead": lead, "seen": row.version, "key": str(uuid4()), "go": "submit"}
    )
    assert answer["Location"] == page(row)
    row = now_of(row)
    asked = (
        row.people,
        row.own,
        row.women,
        row.roles,
        row.skills,
        row.about_units,
        row.about_places,
        row.starts,
        row.ends,
        row.lead_id,
    )
    assert asked == (
        2,
        2,
        1,
        {"安全员": 1},
        ["财务", "工程"],
        [town],
        ["town镇"],
        TODAY + DAY,
        TODAY + 10 * DAY,
        lead,
    )
    assert row.number is not None


def test_only_methods_that_the_rule_allows_are_offered_and_the_others_say_why(here: Asking) -> None:
    answer = Door(here, "asker").get(step(here.draft(), "why"))
    offered = [code for code, _words in answer.context["form"].fields["method"].choices]
    assert offered == ["M2"]
    assert "M1" in [each.code for each in answer.context["others"]]
    assert all(each.why_not for each in answer.context["others"])


def test_a_method_of_another_situation_is_not_taken(here: Asking) -> None:
    row = here.draft()
    Door(here, "asker").post(step(row, "why"), why(row, situation="Q01", method="M2"))
    assert (now_of(row).situation, now_of(row).method) == ("Q01", "")


@pytest.mark.parametrize("go", ["next", "back", "leave"])
def test_every_way_out_of_a_step_saves_it(here: Asking, go: str) -> None:
    row = here.draft()
    form = {"duty": "核查", "people": 7, "own": 2, "seen": row.version, "key": str(uuid4()), "go": go}
    assert Door(here, "asker").post(step(row, "need"), form).status_code == 302
    assert now_of(row).people == 7


def test_going_through_the_steps_loses_nothing_of_the_others(here: Asking) -> None:
    row = here.draft(skills=("财务",), letter_no="函〔2026〕1号", site_words="会议室")
    browser = Door(here, "asker")
    before = {name: getattr(now_of(row), name) for name in ("skills", "letter_no", "site_words", "people", "roles", "starts", "ends", "about_units", "lead_id", "method")}  # fmt: skip
    for name in ("why", "need", "when", "check"):
        form = browser.get(step(row, name)).context["form"]
        sent = {
            key: value
            for key in form.fields
            if (value := form.get_initial_for_field(form.fields[key], key)) not in (None, "")
        }
        assert browser.post(step(row, name), {**sent, "go": "next"}).status_code == 302
    after = now_of(row)
    assert {name: getattr(after, name) for name in before} == before


@pytest.mark.parametrize(
    ("words", "can_be_confirmed"),
    [("电话13812345678", False), ("110101199003078515", False), ("涉及受贿线索的举报", True)],
)
def test_what_looks_like_contents_or_people_is_warned_of(
    here: Asking, words: str, can_be_confirmed: bool
) -> None:
    row, browser = here.draft(), Door(here, "asker")
    answer = browser.post(step(row, "why"), why(row, reason=words))
    assert (answer.status_code, words in text(answer)) == (422, True)
    answer = browser.post(step(row, "why"), why(row, reason=words, sure="on"))
    assert (answer.status_code == 302) == can_be_confirmed


def test_of_two_who_edit_one_request_the_second_is_told_and_loses_nothing(here: Asking) -> None:
    row, browser = here.draft(), Door(here, "asker")
    opened = row.version
    browser.post(step(row, "why"), why(row, reason="先写的"))
    answer = browser.post(step(row, "why"), why(row, reason="后写的", seen=opened))
    assert answer.status_code == 422
    assert "先写的" in text(answer)
    assert "后写的" in text(answer)
    assert now_of(row).reason == "先写的"
    seen = answer.context["form"]["seen"].value()
    assert browser.post(step(row, "why"), why(row, reason="后写的", seen=seen)).status_code == 302
    assert now_of(row).reason == "后写的"


def test_a_submission_that_lacks_something_says_where_and_keeps_what_was_written(here: Asking) -> None:
    row = here.draft(people=0, own=0)
    browser, lead = Door(here, "asker"), here.units["lead"].pk
    form = {"lead": lead, "seen": row.version, "key": str(uuid4()), "go": "submit"}
    answer = browser.post(step(row, "check"), form)
    assert answer.status_code == 422
    assert step(row, "need") in [href for _words, href in answer.context["against"]]
    assert now_of(row).state == "草稿"


def test_nobody_fills_in_what_another_began(here: Asking) -> None:
    row = here.draft()
    assert Door(here, "head").get(step(row, "why")).status_code == 404
    asked = here.request()
    assert Door(here, "clerk").get(step(asked, "why")).status_code == 409


def test_a_sudden_event_is_begun_on_one_page(here: Asking) -> None:
    browser, where = Door(here, "asker"), reverse("collaboration:act-first")
    form = browser.get(where).context["form"]
    agreed = [value for value, _words in form.fields["oral_by"].choices if value]
    assert agreed
    given = {
        "unit": here.units["town"].pk, "oral_by": agreed[0], "oral_at": clock.now().strftime("%Y-%m-%dT%H:%M"), "reason": "突发情况",
        "lead": here.units["lead"].pk, "method": form.fields["method"].choices[0][0], "pointer": "值〔2026〕1号", "people": 2, "own": 2,
        "duty": "监督检查", "starts": TODAY, "last": TODAY, "key": str(uuid4()),
    }  # fmt: skip
    answer = browser.post(where, given)
    assert answer.status_code == 302, answer.context["form"].errors
    row = Request.objects.get(urgent=True)
    assert (row.state, row.written_at) == ("组队", None)
    assert (
        browser.post(
            reverse("collaboration:write-request", args=[row.pk]), {"seen": row.version, "key": str(uuid4())}
        ).status_code
        == 302
    )
    assert now_of(row).written_at is not None
