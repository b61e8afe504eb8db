"""The pages of teams: the roster in words, proposals, an exchange; what each costs and what none of them says."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.collaboration.asking import DAY, TODAY, Asking, asking, now_of
from tests.collaboration.request_screens.test_request_pages import Door, text
from tests.collaboration.teaming_up import helpers, joined, member_of, plain, raised, teaming, two_chosen
from tests.once import fresh, once
from tests.reading import questions_of
from xiezuo.accounts.api import OPERATOR, acting_as, set_actor
from xiezuo.collaboration.models import Member, Request
from xiezuo.collaboration.queries.teams import ground_of
from xiezuo.collaboration.requests.wording import number_words
from xiezuo.collaboration.teams.candidates import people_of

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@once
def county() -> Asking:
    built = asking()
    helpers(built)
    return built


@pytest.fixture
def here(county: Asking, db: None) -> Asking:
    return fresh(county)


def team(row: Request) -> str:
    return reverse("collaboration:team", args=[row.pk])


def post(browser: Client, route: str, pk: int, **sent: Any) -> Any:
    return browser.post(reverse(f"collaboration:{route}", args=[pk]), sent, follow=True)


def name_of(here: Asking, who: str) -> str:
    with acting_as(OPERATOR):
        return str(here.office.people[who].records.get().name)


def test_the_roster_says_who_can_go_and_who_cannot_with_the_clause_alone(here: Asking) -> None:
    plain(here, "native", "far", origin="虚构县town镇")
    row = teaming(here)
    page = Door(here, "head").get(team(row))
    can, cannot = ({line.name: line.why for line in page.context[side]} for side in ("can", "cannot"))
    assert can[name_of(here, "chief")] == ""
    assert name_of(here, "native") not in can
    assert "G7" in cannot[name_of(here, "native")]
    assert "虚构县town镇" not in text(page)


def test_a_proposal_is_taken_with_its_roles_and_its_reasons_are_kept(here: Asking) -> None:
    row, browser = teaming(here), Door(here, "head")
    response = browser.get(team(row))
    columns = response.context["columns"]
    assert 1 <= len(columns) <= 3
    post(browser, "choose-members", row.pk, person=columns[0].picks, proposed="1")
    with acting_as(OPERATOR):
        members = list(Member.objects.filter(request=row).order_by("pk"))
    assert [str(each.person_id) for each in members] == list(columns[0].picks)
    assert sorted(role for each in members for role in each.roles) == ["安全员", "组长"]
    assert all(each.reasons for each in members)


def test_one_member_is_exchanged_by_a_form_that_says_what_would_then_be_lacking(here: Asking) -> None:
    row, browser = teaming(here, women=1), Door(here, "head")
    two_chosen(here, row)
    mine = member_of(here, row, "first helper")
    lines = browser.get(reverse("collaboration:team-member", args=[mine.pk])).context["lines"]
    after = {line.person: list(line.after) for line in lines}
    second = here.office.people["second helper"].pk
    assert [len(words) for person, words in after.items() if person == second] == [1]
    post(browser, "swap-member", mine.pk, person=second)
    assert member_of(here, row, "second helper").replaces_id == mine.pk


def test_what_would_have_to_give_is_said_where_nobody_fits(here: Asking) -> None:
    row = teaming(here, skills=("潜水",))
    page = Door(here, "head").get(team(row))
    assert page.context["nobody_fits"]
    assert [len(ways) for ways in page.context["gives"]] == [1]
    assert "潜水" in page.context["gives"][0][0]


def test_whoever_asked_and_whoever_is_not_in_the_matter_do_not_see_the_roster(here: Asking) -> None:
    row = teaming(here)
    assert Door(here, "asker").get(team(row)).status_code == 409
    # Who heads nothing is stopped at the gate; who heads another unit does not find it.
    assert Door(here, "chief").get(team(row)).status_code == 403
    assert Door(here, "far head").get(team(row)).status_code == 404


def test_the_page_costs_the_same_for_one_member_and_for_three(here: Asking) -> None:
    row, browser = teaming(here, people=4), Door(here, "head")
    two_chosen(here, row)
    before = questions_of(browser, team(row))
    post(browser, "choose-members", row.pk, person=[here.office.people["second helper"].pk])
    assert questions_of(browser, team(row)) == before


def test_several_requests_are_proposed_in_one_run_without_anybody_twice(here: Asking) -> None:
    rows = [
        teaming(here, people=1, own=1, measures=(), duty="监督检查", pointer=f"检〔2026〕{n}号")
        for n in (1, 2)
    ]
    planned = Door(here, "head").get(reverse("collaboration:plan-teams")).context["planned"]
    people = [person for *_rest, picks in planned for person in picks]
    assert {row.pk for row, *_rest in planned} == {row.pk for row in rows}
    assert len(people) == len(set(people)) == 2


def test_a_candidate_declares_and_the_office_shows_the_paper_by_their_pages(here: Asking) -> None:
    row = teaming(here)
    two_chosen(here, row)
    asked = _declaration(here, row)
    clerk, chief = Door(here, "clerk"), Door(here, "chief")
    page = reverse("collaboration:declaration", args=[asked])
    assert [reason.code for reason in chief.get(page).context["against"]] == ["not-shown"]
    set_actor(OPERATOR)
    post(
        clerk,
        "show-paper",
        asked,
        on=str(now_of(row).starts - now_of(row).starts.resolution),
        key=str(uuid4()),
    )
    assert chief.post(page, {"answer": "tie", "key": str(uuid4())}).status_code == 422
    post(chief, "declaration", asked, answer="none", key=str(uuid4()))
    assert member_of(here, row, "chief").state == "在组"


def _declaration(here: Asking, row: Request) -> int:
    from xiezuo.collaboration.models import Declaration

    with acting_as(OPERATOR):
        return int(Declaration.objects.get(request=row, person=here.office.people["chief"]).pk)


def test_p19_the_ground_stands_on_the_page_of_its_decider_and_on_no_other(here: Asking) -> None:
    row = joined(here)
    question = raised(here, row, "chief")
    page = reverse("collaboration:question", args=[question.pk])
    assert "来往密切" in text(Door(here, "far head").get(page))
    for name in ("head", "clerk", "asker", "first helper", "chief"):
        shown = text(Door(here, name).get(page))
        assert "来往密切" not in shown
        assert "有可能影响公正处理的其他情形" not in shown
        assert "监察法第六十七条" in shown
    request = text(Door(here, "head").get(reverse("collaboration:request", args=[row.pk])))
    assert ("来往密切" in request, "监察法第六十七条" in request) == (False, True)


def test_the_decider_decides_on_the_page_and_the_list_is_empty_afterwards(here: Asking) -> None:
    row = joined(here)
    question = raised(here, row, "chief")
    decider = Door(here, "far head")
    waiting = reverse("collaboration:questions")
    assert len(decider.get(waiting).context["groups"][0].rows) == 1
    post(decider, "question", question.pk, recused="yes", said="已核实", key=str(uuid4()))
    assert decider.get(waiting).context["groups"][0].rows == []
    assert member_of(here, row, "chief").why_left == "回避"


def test_p20_no_list_of_teams_or_recusal_is_ordered_by_how_many_matters_somebody_has(here: Asking) -> None:
    row = teaming(here)
    page = text(Door(here, "head").get(team(row)))
    assert "sort=" not in page
    assert "xz-sort" not in page


def test_leave_keeps_somebody_from_a_team_by_its_days_and_never_by_its_kind(here: Asking) -> None:
    row = teaming(here)
    with acting_as(OPERATOR):
        make.leave(here.office.people["chief"], TODAY + 5 * DAY, TODAY + 7 * DAY, "培训")
        make.leave(here.office.people["second helper"], TODAY - 9 * DAY, TODAY + DAY, "年休")
    page = Door(here, "head").get(team(row))
    can, cannot = ({line.name: line.why for line in page.context[side]} for side in ("can", "cannot"))
    assert "离岗" in cannot[name_of(here, "chief")]
    assert name_of(here, "second helper") in can
    assert ("培训" in cannot[name_of(here, "chief")], "年休" in text(page)) == (False, False)
    with acting_as(OPERATOR):
        people = people_of([ground_of(now_of(row), TODAY)])
    [busy] = [each.busy for each in people if each.id == str(here.office.people["chief"].pk)]
    assert busy == ((TODAY + 5 * DAY, TODAY + 7 * DAY),)


def test_a_leave_entered_while_in_a_team_is_warned_of_and_the_team_shows_it(here: Asking) -> None:
    """The head of the unit learns of the team and of no matter; whoever sends the team is told what it lacks."""
    row = joined(here)
    chief, head = here.office.people["chief"], Door(here, "far head")
    path = reverse("organisation:enter-leave", args=[chief.pk])
    told = {"kind": "年休", "starts": str(TODAY + 2 * DAY), "back": str(TODAY + 4 * DAY), "step": "check"}
    [note] = head.post(path, told).context["notes"]
    assert (number_words(row.year, row.number) in str(note), row.pointer in str(note)) == (False, False)
    assert len(head.post(path, {**told, "starts": str(TODAY + 40 * DAY), "back": str(TODAY + 41 * DAY)}).context["notes"]) == 0  # fmt: skip
    head.post(path, {**told, "step": "confirm", "key": str(uuid4())})
    page = Door(here, "head").get(team(row))
    assert [len(seat.away) for seat in page.context["seats"] if seat.name == name_of(here, "chief")] == [1]
    assert [reason.code for reason in page.context["lacks"]] == ["cannot-go"]
    assert "年休" not in text(page)


def test_a_post_that_ends_and_a_move_warn_of_open_work_with_the_way_to_hand_it_over(here: Asking) -> None:
    row = joined(here)
    clerk, until = Door(here, "clerk"), {"ends": str(TODAY + DAY), "leaving": "调出", "step": "check"}
    with acting_as(OPERATOR):
        posts = {who: here.office.people[who].assignments.get().pk for who in ("chief", "second helper")}
    notes = {
        who: clerk.post(reverse("organisation:end-post", args=[pk]), until).context["notes"]
        for who, pk in posts.items()
    }
    assert {who: len(found) for who, found in notes.items()} == {"chief": 1, "second helper": 0}
    account = here.office.accounts["chief"].pk
    assert f'href="{reverse("collaboration:open-work")}?account={account}"' in str(notes["chief"][0])
    assert row.pointer not in str(notes["chief"][0])
    with acting_as(OPERATOR):
        post = here.office.people["chief"].assignments.get()
        told = {
            "person": here.office.people["chief"].code, "leaves": post.pk, "unit": here.units["far"].pk, "post": "科员",
            "engagement": "专职", "status": "在编", "moves": ["调整"], "day": str(TODAY + DAY), "basis": "虚构", "step": "check",
        }  # fmt: skip
    moved = clerk.post(reverse("organisation:change-post", args=[post.pk]), told).context
    assert "account=" in str(moved["notes"][0])
