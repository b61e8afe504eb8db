"""Screens of entry: a form, the ledger before and after, and only then the change; sent twice, entered once."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils.translation import override

from tests.organisation.entered_county import County, a_county, a_post
from tests.subjects import Browser
from xiezuo.accounts.models import User
from xiezuo.organisation.entry_operations import begin_share, give_up_post, take_up_post
from xiezuo.organisation.models import Assignment, Person, PersonRecord, Portfolio
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db
DAY = date(2022, 8, 15)


@pytest.fixture
def county(actor: None) -> County:
    return a_county()


@pytest.fixture
def clerk(county: County) -> Client:
    """Logged in, in English, so that the tests read."""
    return Browser(
        User.objects.create(username="clerk"), headers={"accept-language": "en", "accept": "text/html"}
    )


def a_move(county: County, **given: Any) -> dict[str, Any]:
    told = {
        "person": "人员0", "unit": str(county.units[0].pk), "post": "副主任", "engagement": "专职", "status": "在编",
        "moves": ["调入"], "day": "2022-08-15", "basis": "测纪干〔2022〕1号",
    }  # fmt: skip
    return {**told, **given}


def words_of(answer: Any) -> str:
    return answer.content.decode()


def check(clerk: Client, path: str, told: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The second step: its words, and what its confirmation sends."""
    answer = clerk.post(path, {**told, "step": "check"})
    words = words_of(answer)
    assert answer.status_code == 200
    form = re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)">', words)
    sent: dict[str, Any] = {"step": "confirm"}
    for name, value in form:
        sent[name] = [*sent.get(name, []), value]
    return words, sent


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_move_shows_the_ledger_before_and_after_and_changes_nothing_yet(
    clerk: Client, county: County
) -> None:
    words, sent = check(clerk, "/people/moves/enter/", a_move(county))
    assert "nothing has been changed yet" in words
    assert "人员0 · 第0监督检查室 副主任" in words
    assert re.search(
        r"People in post on 15 August 2022</small></td><td><del>0</del></td><td><ins>1</ins>", words
    )
    assert sent["moves"] == ["调入"]
    assert not Assignment.objects.exists()
    assert county.version() == 0


def test_a_confirmed_move_leads_back_to_the_unit_on_that_day(clerk: Client, county: County) -> None:
    path = f"/people/units/{county.units[0].pk}/enter-move/"
    _words, sent = check(clerk, path, a_move(county))
    answer = clerk.post(path, sent)
    assert answer["Location"] == f"/people/units/{county.units[0].pk}/?on=2022-08-15"
    held = Assignment.objects.on(DAY).get()
    assert (held.person, held.basis, held.ends.year) == (county.people[0], "测纪干〔2022〕1号", 9999)
    assert "Entered: 人员0" in said(answer)[0]


def test_a_form_sent_twice_is_entered_once(clerk: Client, county: County) -> None:
    path = f"/people/{county.people[0].pk}/enter-move/"
    _words, sent = check(clerk, path, a_move(county))
    first, second = clerk.post(path, sent), clerk.post(path, sent)
    assert second["Location"] == first["Location"]
    assert "already entered" in said(second)[-1]
    assert Assignment.objects.count() == 1


def test_an_end_sent_twice_is_entered_once(clerk: Client, county: County) -> None:
    held = take_up_post(**a_post(county))
    path = f"/people/posts/{held.pk}/end/"
    _words, sent = check(clerk, path, {"ends": "2022-09-01", "leaving": "调出"})
    first, second = clerk.post(path, sent), clerk.post(path, sent)
    assert second["Location"] == first["Location"] == f"/people/{held.person_id}/?on=2022-09-01"
    assert "already entered" in said(second)[-1]
    assert Assignment.objects.current().get().leaving == "调出"


def test_a_confirmation_without_its_key_is_refused_in_words(clerk: Client, county: County) -> None:
    answer = clerk.post("/people/moves/enter/", {**a_move(county), "step": "confirm"})
    assert answer.status_code == 400
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person": "无此人"}, "Nobody in this ledger is called “无此人”"),
        ({"day": "2022-13-01"}, "This is no day"),
        ({"day": "1899-01-01"}, "1900-01-01"),
        ({"day": "2019-12-31"}, "stands since 1 January 2020"),
        ({"engagement": ""}, "There is a problem"),
        ({"post": ""}, "There is a problem"),
        ({"unit": "999999999"}, "There is a problem"),
        ({"from_outside": "县委办", "from_unit": "here"}, "expected one of them"),
    ],
)
def test_a_conflict_is_told_on_the_form(
    wrong: dict[str, str], told: str, clerk: Client, county: County
) -> None:
    here = {name: str(county.units[1].pk) if value == "here" else value for name, value in wrong.items()}
    answer = clerk.post("/people/moves/enter/", {**a_move(county, **here), "step": "check"})
    assert told in words_of(answer)
    assert "There is a problem" in words_of(answer)
    assert not Assignment.objects.exists()


def test_a_day_may_be_typed_as_in_the_book(clerk: Client, county: County) -> None:
    for written in ("2022/8/15", "2022.8.15", "2022年8月15日"):
        words, _sent = check(clerk, "/people/moves/enter/", a_move(county, day=written))
        assert "nothing has been changed yet" in words


def test_people_of_the_same_name_are_not_guessed(clerk: Client, county: County) -> None:
    twin = Person.objects.create(commission=county.commission, code="T-P9")
    PersonRecord.objects.create(
        commission=county.commission,
        person=twin,
        name="人员0",
        sex="男",
        starts=date(1, 1, 1),
        known_from=clock.now(),
    )
    words, _sent = check(clerk, "/people/moves/enter/", a_move(county))
    assert "T-P0, T-P9" in words
    words, sent = check(clerk, "/people/moves/enter/", a_move(county, person="人员0（T-P9）"))
    clerk.post("/people/moves/enter/", sent)
    assert Assignment.objects.get().person == twin


def test_whoever_holds_a_post_is_asked_whether_it_ends(clerk: Client, county: County) -> None:
    held = take_up_post(**a_post(county, starts=date(2022, 1, 1)))
    told = a_move(county, unit=str(county.units[1].pk), moves=["调整"])
    words, _sent = check(clerk, "/people/moves/enter/", told)
    assert "say whether it ends on that day" in words
    words, sent = check(clerk, "/people/moves/enter/", {**told, "leaves": str(held.pk)})
    assert "moved within" in words
    clerk.post("/people/moves/enter/", sent)
    left, begun = Assignment.objects.current().order_by("starts")
    assert (left.ends, left.leaving, begun.from_unit) == (DAY, "调整", county.units[0])


def test_a_second_post_may_come_on_top_and_two_full_time_posts_are_pointed_out(
    clerk: Client, county: County
) -> None:
    take_up_post(**a_post(county, starts=date(2022, 1, 1)))
    words, sent = check(
        clerk, "/people/moves/enter/", a_move(county, unit=str(county.units[1].pk), leaves="keep")
    )
    assert "full-time in more than one unit" in words
    clerk.post("/people/moves/enter/", sent)
    assert Assignment.objects.on(DAY).count() == 2


def test_a_part_time_post_becomes_full_time_where_it_is(clerk: Client, county: County) -> None:
    held = take_up_post(**a_post(county, starts=date(2022, 1, 1), engagement="兼职"))
    path = f"/people/posts/{held.pk}/change/?on=2022-08-15"
    words = words_of(clerk.get(path))
    assert re.search(r'value="兼职转专职"[^>]*checked', words)
    told = a_move(county, leaves=str(held.pk), moves=["兼职转专职"])
    _words, sent = check(clerk, path, told)
    clerk.post(path, sent)
    assert [row.engagement for row in Assignment.objects.current().order_by("starts")] == ["兼职", "专职"]


def test_a_correction_shows_only_what_differs_and_is_never_entered_without_a_second_person(
    clerk: Client, county: County
) -> None:
    held = take_up_post(**a_post(county))
    path = f"/people/posts/{held.pk}/correct/"
    told = {**a_move(county, post="主任"), "starts": "2022-08-15", "reason": "任免文件核对"}
    words, sent = check(clerk, path, told)
    assert "<del>副主任</del>" in words
    assert words.count("<del>") == 1
    assert "No work rule N02 is in force" in words_of(clerk.post(path, sent))
    assert Assignment.objects.get().post == "副主任"


def test_a_post_is_never_struck_without_a_second_person(clerk: Client, county: County) -> None:
    held = take_up_post(**a_post(county))
    path = f"/people/posts/{held.pk}/strike/"
    words, sent = check(clerk, path, {"reason": "录错人"})
    assert "not there" in words
    assert "No work rule N02 is in force" in words_of(clerk.post(path, sent))
    assert Assignment.objects.current().exists()


def test_who_comes_from_an_old_tab_is_led_to_the_ledger_as_it_is(clerk: Client, county: County) -> None:
    held = take_up_post(**a_post(county))
    give_up_post(
        assignment=held, ends=date(2022, 9, 1), leaving="调出", by=a_post(county)["by"], now=clock.now()
    )
    for verb in ("end", "correct", "change", "strike"):
        answer = clerk.post(f"/people/posts/{held.pk}/{verb}/", {"step": "check"})
        assert answer["Location"] == f"/people/{held.person_id}/"
        assert "The ledger was changed meanwhile" in said(answer)[-1]


def test_a_person_is_added_and_people_of_the_same_name_are_pointed_out(clerk: Client, county: County) -> None:
    words = words_of(clerk.get("/people/add/"))
    assert 'value="P0001"' in words
    words, sent = check(clerk, "/people/add/", {"name": "人员0", "sex": "男", "code": "P0001"})
    assert "already someone called 人员0" in words
    assert not Person.objects.filter(code="P0001").exists()
    clerk.post("/people/add/", sent)
    assert Person.objects.filter(code="P0001").count() == 1


def test_a_share_in_the_division_of_work_begins_and_ends(clerk: Client, county: County) -> None:
    path = f"/people/{county.people[0].pk}/shares/begin/"
    words, sent = check(clerk, path, {"mode": "分管", "line": "乡镇战线", "starts": "2022-08-15"})
    assert "人员0 · in charge 乡镇战线" in words
    clerk.post(path, sent)
    share = Portfolio.objects.current().get()
    _words, sent = check(clerk, f"/people/shares/{share.pk}/end/", {"ends": "2022-09-01"})
    clerk.post(f"/people/shares/{share.pk}/end/", sent)
    assert Portfolio.objects.current().get().ends == date(2022, 9, 1)


def test_whoever_leaves_the_last_post_with_work_still_divided_is_pointed_out(
    clerk: Client, county: County
) -> None:
    told = a_post(county)
    held = take_up_post(**told)
    begin_share(person=held.person, line="乡镇战线", mode="分管", starts=DAY, by=told["by"], now=told["now"])
    words, _sent = check(clerk, f"/people/posts/{held.pk}/end/", {"ends": "2022-09-01", "leaving": "退休"})
    assert "would still have 1 share in the division of work" in words


def test_what_can_be_entered_is_offered_where_it_is_read(clerk: Client, county: County) -> None:
    held = take_up_post(**a_post(county))
    ended = give_up_post(
        assignment=take_up_post(**a_post(county, post="主任", starts=date(2022, 1, 1))), ends=DAY, leaving="调整",
        by=a_post(county)["by"], now=clock.now(),
    )  # fmt: skip
    person = words_of(clerk.get(f"/people/{held.person_id}/"))
    assert f"/people/{held.person_id}/enter-move/" in person
    assert f"/people/posts/{held.pk}/end/" in person
    assert f"/people/posts/{ended.pk}/end/" not in person
    assert f"/people/posts/{ended.pk}/correct/" in person
    assert f"/people/units/{county.units[0].pk}/enter-move/" in words_of(
        clerk.get(f"/people/units/{county.units[0].pk}/")
    )


def test_a_post_shows_the_documents_that_began_and_ended_it(clerk: Client, county: County) -> None:
    held = take_up_post(**a_post(county, basis="测任〔2022〕1号"))
    _words, sent = check(
        clerk,
        f"/people/posts/{held.pk}/end/",
        {"ends": "2022-09-01", "leaving": "退休", "basis": "测免〔2022〕2号"},
    )
    clerk.post(f"/people/posts/{held.pk}/end/", sent)
    person = words_of(clerk.get(f"/people/{held.person_id}/"))
    assert re.search(r"<td[^>]*>测任〔2022〕1号</td>", person)
    assert re.search(r"<td[^>]*>测免〔2022〕2号</td>", person)


def test_a_key_that_is_none_of_the_ledgers_is_not_there(clerk: Client, county: County) -> None:
    for key in ("999999", "9" * 30):
        for path in (f"/people/posts/{key}/end/", f"/people/{key}/enter-move/", f"/people/shares/{key}/end/"):
            assert clerk.get(path).status_code == 404


def test_another_commissions_posts_are_not_there(clerk: Client, county: County) -> None:
    other = a_county("Z")
    held = take_up_post(**a_post(other))
    for path in (
        f"/people/posts/{held.pk}/end/",
        f"/people/{held.person_id}/enter-move/",
        f"/people/units/{held.unit_id}/enter-move/",
    ):
        assert clerk.get(path).status_code == 404


def test_the_forms_speak_chinese(clerk: Client, county: County) -> None:
    clerk.defaults.update({"HTTP_ACCEPT_LANGUAGE": "zh-hans"})
    words = words_of(clerk.get("/people/moves/enter/"))
    assert all(text in words for text in ("登记变动", "人员性质", "变动方式", "查看台账变动前后"))
    with override("zh-hans"):
        words = words_of(clerk.post("/people/moves/enter/", {**a_move(county), "step": "check"}))
    assert "台账变动前后" in words
