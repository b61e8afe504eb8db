"""A team is put together from the ledger, by people who may, of people who may: the rules that it keeps, one by one."""

from uuid import uuid4

import pytest
from django.utils import translation

from tests.collaboration.asking import DAY, TODAY, Asking, asking, now_of
from tests.collaboration.teaming_up import (
    bar,
    chosen,
    decided,
    declares,
    helpers,
    joined,
    member_of,
    pick,
    plain,
    raised,
    sent,
    stands,
    teaming,
    two_chosen,
)
from tests.once import fresh, once
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Access, Member, Request
from xiezuo.collaboration.queries.requests import request_shown
from xiezuo.collaboration.queries.teams import ground_of
from xiezuo.collaboration.requests.carrying_operations import start_work
from xiezuo.collaboration.teams.operations import choose, give_back, name_roles, release, send_team, swap
from xiezuo.collaboration.teams.picks import Pick
from xiezuo.shared.errors import NotThere, Refused

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@once
def county() -> Asking:
    built = asking()
    helpers(built)
    return built


@pytest.fixture
def here(county: Asking, db: None) -> Asking:
    return fresh(county)


def codes(refused: "pytest.ExceptionInfo[Refused]") -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_two_who_declared_that_there_is_nothing_join_and_are_sent(here: Asking) -> None:
    row = sent(here)
    assert (row.state, row.sent_on) == ("派出", TODAY)
    assert [member_of(here, row, name).state for name in ("chief", "first helper")] == ["在组", "在组"]


def test_a_member_reads_the_request_from_joining_on_until_the_membership_ends(here: Asking) -> None:
    row = teaming(here)
    two_chosen(here, row)

    def sees(name: str) -> bool:
        with acting_as(here.actor(name)):
            return Request.objects.filter(pk=row.pk).exists()

    assert not sees("chief")
    declares(here, row, "chief")
    assert sees("chief")
    with acting_as(OPERATOR):
        access = Access.objects.get(request=row, account=here.office.at("chief"))
    assert (access.because, access.starts, access.ends) == ("member", TODAY, row.ends)
    here.do("head", release, member=member_of(here, row, "chief"))
    assert not sees("chief")


def test_who_is_chosen_cannot_be_sent_before_they_declared(here: Asking) -> None:
    row = teaming(here)
    two_chosen(here, row)
    declares(here, row, "chief")
    with pytest.raises(Refused) as refused:
        here.act(row, send_team)
    assert codes(refused) == ["not-joined"]


def test_p2_who_is_lent_or_in_training_is_none_of_the_two_own_staff(here: Asking) -> None:
    row = teaming(here)
    chosen(here, row, pick(here, "chief", "组长", "安全员"), pick(here, "lent"))
    for name in ("chief", "lent"):
        declares(here, row, name)
    with pytest.raises(Refused) as refused:
        here.act(row, send_team)
    assert codes(refused) == ["own"]
    here.do("head", swap, member=member_of(here, row, "lent"), pick=pick(here, "trainee"))
    declares(here, row, "trainee")
    with pytest.raises(Refused) as refused:
        here.act(row, send_team)
    assert codes(refused) == ["own"]


def test_a_team_that_gathers_evidence_names_a_safety_officer_and_one_leader(here: Asking) -> None:
    row = teaming(here)
    chosen(here, row, pick(here, "chief"), pick(here, "first helper"))
    for name in ("chief", "first helper"):
        declares(here, row, name)
    with pytest.raises(Refused) as refused:
        here.act(row, send_team)
    assert codes(refused) == ["role", "role"]
    here.do("head", name_roles, member=member_of(here, row, "chief"), roles=["组长"])
    here.do("head", name_roles, member=member_of(here, row, "first helper"), roles=["安全员"])
    assert here.act(row, send_team).state == "派出"


def test_women_are_there_where_the_request_asks_for_them(here: Asking) -> None:
    row = teaming(here, women=1)
    chosen(here, row, pick(here, "chief", "组长"), pick(here, "second helper", "安全员"))
    for name in ("chief", "second helper"):
        declares(here, row, name)
    with pytest.raises(Refused) as refused:
        here.act(row, send_team)
    assert codes(refused) == ["women"]


def test_p4_more_people_than_were_approved_are_refused_with_the_way_out(here: Asking) -> None:
    row = teaming(here)
    two_chosen(here, row)
    with translation.override("en"), pytest.raises(Refused) as refused:
        chosen(here, row, pick(here, "second helper"))
    assert codes(refused) == ["people"]
    assert "approved anew" in str(refused.value)


def test_d10_whoever_asked_does_not_choose_who_comes(here: Asking) -> None:
    row = teaming(here)
    with pytest.raises(Refused) as refused:
        chosen(here, row, pick(here, "chief"), by="asker")
    assert codes(refused) == ["own-request"]


def test_the_ledger_keeps_out_who_has_a_tie_to_the_unit_concerned(here: Asking) -> None:
    town, before = here.units["town"], TODAY.replace(day=1)
    one, three = before.replace(year=TODAY.year - 1), before.replace(year=TODAY.year - 3)
    plain(here, "native", "far", origin="虚构县town镇")
    plain(here, "former", "far", post={"unit": town, "starts": one.replace(year=one.year - 1), "ends": one})
    plain(
        here,
        "moved long ago",
        "far",
        post={"unit": town, "starts": three.replace(year=three.year - 1), "ends": three},
    )
    plain(here, "lent from there", "far", status="借调", from_unit=town)
    row = teaming(here)
    with acting_as(OPERATOR):
        found = ground_of(now_of(row), TODAY).by_person
    names = ("first helper", "asker", "native", "former", "moved long ago", "lent from there")
    bars = {name: found[here.office.people[name].pk].bar for name in names}
    clauses = {name: bar.code if bar else "" for name, bar in bars.items()}
    assert clauses == {
        "first helper": "", "asker": "G7", "native": "G7", "former": "G7", "moved long ago": "", "lent from there": "G7",
    }  # fmt: skip


def test_a_barred_person_is_refused_with_the_clause_and_never_the_ground(here: Asking) -> None:
    plain(here, "native", "far", origin="虚构县town镇")
    row = teaming(here)
    with pytest.raises(Refused) as refused:
        chosen(here, row, pick(here, "native"))
    assert codes(refused) == ["recusal"]
    words = str(refused.value)
    assert "G7" in words
    assert "town" not in words


def test_p6_nobody_is_in_teams_of_two_duties_for_one_pointer(here: Asking) -> None:
    before = sent(here)
    row = teaming(here, duty="审理", measures=(), pointer=before.pointer)
    assert bar(here, row, "chief") == "P6"
    assert bar(here, row, "second helper") == ""


def test_who_handled_an_earlier_request_of_the_chain_or_the_pointer_stands_out(here: Asking) -> None:
    before = sent(here)
    assert bar(here, teaming(here, pointer="问〔2026〕99号", earlier=before.pk), "chief") == "G6"
    assert bar(here, teaming(here, pointer=before.pointer), "first helper") == "G6"


def test_r18_the_whole_zone_of_a_cadre_concerned_stands_out(here: Asking) -> None:
    row = here.draft(situation="Q18", method="M4", about_units=(here.units["next"].pk,))
    assert bar(here, row, "second helper") == "R18"
    assert bar(here, row, "first helper") == ""


def test_one_person_is_in_one_team_at_a_time(here: Asking) -> None:
    first, second = teaming(here), teaming(here, pointer="问〔2026〕98号")
    two_chosen(here, first)
    with pytest.raises(Refused) as refused:
        chosen(here, second, pick(here, "chief"))
    assert codes(refused) == ["busy"]
    later = teaming(here, pointer="问〔2026〕97号", starts=TODAY + 30 * DAY, ends=TODAY + 40 * DAY)
    assert len(chosen(here, later, pick(here, "chief"))) == 1


def test_a_post_that_ends_within_the_days_keeps_somebody_from_going(here: Asking) -> None:
    plain(here, "leaving", "far", ends=TODAY + 5 * DAY)
    row = teaming(here)
    with pytest.raises(Refused) as refused:
        chosen(here, row, pick(here, "leaving"))
    assert codes(refused) == ["busy"]


def test_days_in_teams_of_the_last_twelve_months_are_the_load(here: Asking) -> None:
    row = joined(here)
    with acting_as(OPERATOR):
        Member.objects.filter(request=row).update(starts=TODAY - 20 * DAY, ends=TODAY - 5 * DAY)
    other = teaming(here, pointer="问〔2026〕96号")
    assert stands(here, other, "chief").days_in_teams == 15
    assert stands(here, other, "second helper").days_in_teams == 0


def test_a_swap_takes_the_place_and_its_role_and_asks_the_new_one_to_declare(here: Asking) -> None:
    row = joined(here)
    old = member_of(here, row, "first helper")
    new = here.do("head", swap, member=old, pick=pick(here, "second helper"))
    assert (new.replaces_id, new.roles, new.state) == (old.pk, ["安全员"], "拟派")
    assert (member_of(here, row, "first helper").state, member_of(here, row, "first helper").why_left) == (
        "离组",
        "调换",
    )
    with pytest.raises(Refused) as refused:
        here.do("head", swap, member=old, pick=pick(here, "lent"))
    assert codes(refused) == ["left"]


def test_the_same_choice_sent_again_changes_nothing(here: Asking) -> None:
    row = teaming(here)
    assert [each.pk for each in two_chosen(here, row)] == [each.pk for each in two_chosen(here, row)]


def test_who_declared_for_this_request_already_joins_at_once_when_chosen_again(here: Asking) -> None:
    row = joined(here)
    here.do("head", release, member=member_of(here, row, "chief"))
    assert [each.state for each in chosen(here, row, pick(here, "chief", "组长"))] == ["在组"]


def test_a_member_given_back_has_done_the_work_and_reads_no_more(here: Asking) -> None:
    row = sent(here)
    here.do("head", give_back, member=member_of(here, row, "chief"))
    assert member_of(here, row, "chief").why_left == "任务完成"
    with acting_as(here.actor("chief")), pytest.raises(NotThere):
        request_shown(here.office.county, row.pk)


def test_a_team_is_sent_once_however_often_the_form_is(here: Asking) -> None:
    row, key = joined(here), uuid4()
    given = {"request": row, "seen": row.version, "key": key}
    assert here.do("head", send_team, **given).version == here.do("head", send_team, **given).version


def test_somebody_unknown_is_refused(here: Asking) -> None:
    row = teaming(here)
    with pytest.raises(Refused) as refused:
        here.do("head", choose, request=now_of(row), picks=[Pick(999_999)])
    assert codes(refused) == ["people"]


def test_p1_work_does_not_begin_with_a_question_open_or_somebody_missing(here: Asking) -> None:
    row = sent(here)
    question = raised(here, row, "first helper")
    with pytest.raises(Refused) as frozen:
        here.act(row, start_work)
    assert "cannot-go" in codes(frozen)
    decided(here, question, recused=True)
    with pytest.raises(Refused) as lacking:
        here.act(row, start_work)
    assert "size" in codes(lacking)


def test_work_begins_with_the_whole_team(here: Asking) -> None:
    assert here.act(sent(here), start_work).state == "执行"
