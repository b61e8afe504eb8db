"""The security administrator proposes, reviews and asks who can see what; a second person decides."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.home.consoles.offices import Installation, Seat, proposed, words_of
from tests.reading import questions_of
from tests.subjects import give
from xiezuo.accounts.api import OPERATOR, Actor, Role, Scope, held_on, set_actor
from xiezuo.accounts.models import DoorPolicy, Grant, Recovery, Right, User
from xiezuo.audit.api import Act, entries, record
from xiezuo.home.consoles.views import grants as views
from xiezuo.organisation.states import UnitKind
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import ALWAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(here: Installation) -> Seat:
    return here.seat("anquan")


def proposal(here: Installation, **other: object) -> dict[str, object]:
    today = clock.today()
    return {
        "account": here.users["nobody"].pk, "role": "reader", "over": f"commission:{here.county.pk}:{here.county.pk}",
        "starts": today.isoformat(), "last": (today + timedelta(days=9)).isoformat(), "reason": "虚构的理由", **other,
    }  # fmt: skip


# Accounts and roles


def test_roles_are_those_of_the_day_of_the_page(here: Installation, seat: Seat) -> None:
    give(here.users["nobody"], Role.REPORT_WRITER, here.county.pk, Scope.COMMISSION, here.county.pk,
         starts=timezone.localdate() - timedelta(days=400), ends=timezone.localdate() - timedelta(days=300))  # fmt: skip
    words = str(Role.REPORT_WRITER.label)
    past = (timezone.localdate() - timedelta(days=350)).isoformat()
    assert words in seat.page("security", on=past)
    assert words not in seat.page("security")
    assert words in seat.page("holder", here.users["nobody"].pk), "all rights, past ones too"


# Grants


def test_a_grant_is_proposed_by_one_and_decided_by_another_as_an_application(
    here: Installation, seat: Seat
) -> None:
    assert seat.send("send-proposal", **proposal(here)).status_code == 302
    grant = proposed()
    assert (grant.proposed_by, grant.ends - grant.starts) == ("anquan", timedelta(days=10))
    assert seat.send("decide", grant.pk, decision="confirm").status_code == 409, "nobody is both persons"
    secretary = here.seat("shuji")
    assert "nobody" in secretary.page("grants")
    assert secretary.send("decide", grant.pk, decision="confirm").status_code == 409, "decided in steps"
    assert f"/inbox/{grant.approval}/" in secretary.get(f"/consoles/grants/{grant.pk}/").content.decode()
    assert secretary.rule(grant.approval, "approve").status_code == 302
    assert {held.role for held in held_on(here.users["nobody"], clock.today())} == {Role.READER}


def test_refusing_needs_a_reason_and_says_so_at_its_field(here: Installation, seat: Seat) -> None:
    seat.send("send-proposal", **proposal(here))
    grant = proposed()
    secretary = here.seat("shuji")
    assert secretary.rule(grant.approval, "refuse").status_code == 422
    secretary.rule(grant.approval, "refuse", "虚构的理由")
    assert proposed().outcome == "refused"


def test_refusing_an_office_needs_a_reason_and_says_so_at_its_field(here: Installation, seat: Seat) -> None:
    seat.send("send-proposal", **proposal(here, role="system", over="installation:0:0"))
    secretary, grant = here.seat("shuji"), proposed()
    answer = secretary.send("decide", grant.pk, decision="refuse")
    assert answer.status_code == 422
    assert "reason" in answer.context["decide_form"].errors
    secretary.send("decide", grant.pk, decision="refuse", reason="虚构的理由")
    assert proposed().outcome == "refused"


def test_one_form_sent_twice_leads_to_the_one_grant(here: Installation, seat: Seat) -> None:
    told = proposal(here, key=str(uuid4()))
    first, second = (seat.send("send-proposal", **told) for _each in range(2))
    assert first["Location"] == second["Location"] == f"/consoles/grants/{proposed().pk}/"


def test_a_grant_is_decided_by_whoever_has_just_proved_who_it_is(here: Installation, seat: Seat) -> None:
    seat.send("send-proposal", **proposal(here))
    secretary, grant = here.seat("shuji"), proposed()
    session = secretary.session
    del session["door"]["fresh"]
    session.save()
    assert secretary.rule(grant.approval, "approve", "虚构的同意").status_code == 403
    plain = reverse("inbox:decide", args=[grant.approval])
    answer = secretary.post(plain, {"verb": "approve", "seen": "1", "key": uuid4()})
    assert answer["Location"].startswith("/accounts/confirm/")
    assert proposed().outcome == ""


def test_what_waits_is_among_the_applications_of_who_decides(here: Installation, seat: Seat) -> None:
    seat.send("send-proposal", **proposal(here))
    number = proposed().approval
    work = here.seat("shuji").get(reverse("home:work")).content.decode()
    assert f"/inbox/{number}/" in work
    assert f"/consoles/grants/{proposed().pk}/" not in work


def test_a_role_over_the_wrong_kind_of_thing_is_told_at_the_field(here: Installation, seat: Seat) -> None:
    answer = seat.send("send-proposal", **proposal(here, role="contact_leader"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["over"])


def test_what_speaks_against_a_proposal_is_told_and_nothing_typed_is_lost(
    here: Installation, seat: Seat
) -> None:
    too_long = (clock.today() + timedelta(days=500)).isoformat()
    answer = seat.send("send-proposal", **proposal(here, last=too_long))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert too_long in answer.content.decode()
    assert not Grant.objects.exists()


def test_a_second_person_of_another_county_neither_sees_nor_decides(here: Installation, seat: Seat) -> None:
    seat.send("send-proposal", **proposal(here))
    elsewhere = make.commission(code="BBB")
    other = User.objects.create_user("bieren")
    give(other, Role.SECRETARY, elsewhere.pk, Scope.COMMISSION, elsewhere.pk)
    stranger, grant = Seat(other), proposed()
    assert "nobody" not in stranger.page("grants")
    assert stranger.get(f"/consoles/grants/{grant.pk}/").status_code == 404
    assert stranger.send("decide", grant.pk, decision="confirm").status_code == 404
    assert stranger.rule(grant.approval, "approve").status_code == 404


def test_the_code_hides_a_grant_of_another_county_even_where_the_database_would_show_it(
    here: Installation, seat: Seat
) -> None:
    seat.send("send-proposal", **proposal(here))
    elsewhere = make.commission(code="BBB")
    give(here.user("bieren"), Role.SECRETARY, elsewhere.pk, Scope.COMMISSION, elsewhere.pk)
    request = RequestFactory().get("/")
    # Past the middleware the database takes the request for the operator's, from whom it hides nothing.
    request.user = here.users["bieren"]
    with pytest.raises(NotThere):
        views.grant(request, proposed().pk)


def test_a_proposal_is_taken_back_by_whoever_made_it(here: Installation, seat: Seat) -> None:
    seat.send("send-proposal", **proposal(here))
    assert seat.send("withdraw", proposed().pk).status_code == 409
    assert seat.rule(proposed().approval, "withdraw").status_code == 302
    assert proposed().outcome == "withdrawn"


def test_a_grant_is_ended_early_with_a_reason(here: Installation, seat: Seat) -> None:
    seat.send("send-proposal", **proposal(here))
    here.seat("shuji").rule(proposed().approval, "approve")
    number, today = proposed().pk, clock.today().isoformat()
    assert seat.send("end", number, on=today).status_code == 422
    assert seat.send("end", number, on=today, reason="虚构的理由").status_code == 302
    assert held_on(here.users["nobody"], clock.today()) == ()


def test_a_proposal_asks_for_a_fresh_proof_and_keeps_what_was_typed(here: Installation) -> None:
    seat = here.seat("anquan")
    session = seat.session
    del session["door"]["fresh"]
    session.save()
    answer = seat.send("send-proposal", **proposal(here))
    assert answer.status_code == 403
    assert "虚构的理由" in answer.content.decode()
    assert not Grant.objects.exists()


# Persons


def waiting_person(here: Installation) -> User:
    person = make.person(here.county, "虚构甲", code="P77")
    unit = make.unit(here.county, UnitKind.TOWNSHIP_COMMISSION, "虚构镇纪委")
    make.assignment(person, unit, "书记")
    User.objects.filter(username="nobody").update(
        person=person.pk, commission=here.county.pk, person_named_by="xitong"
    )
    return User.objects.get(username="nobody")


def test_a_person_is_confirmed_as_the_second_person_and_its_posts_give_rights(
    here: Installation, seat: Seat
) -> None:
    user = waiting_person(here)
    assert "P77 · 虚构甲" in seat.page("persons")
    seat.send("confirm-person", user.pk)
    set_actor(OPERATOR)
    assert {held.role for held in held_on(user, clock.today())} == {Role.UNIT_HEAD}
    assert "P77" not in seat.page("persons")


def test_refusing_a_person_needs_a_reason(here: Installation, seat: Seat) -> None:
    user = waiting_person(here)
    assert seat.send("refuse-person", user.pk).status_code == 400
    assert seat.send("refuse-person", user.pk, reason="虚构的理由").status_code == 302
    assert User.objects.get(pk=user.pk).person is None


# Review


def found(seat: Seat) -> dict[str, list[str]]:
    parts = seat.get("/consoles/security/review/").context["parts"]
    return {part.name: [row["account"].plain for row in part.table.rows] for part in parts}


def test_a_review_finds_what_is_stale_wide_and_without_a_post(here: Installation, seat: Seat) -> None:
    assert not any(found(seat).values())
    long_ago = timezone.now() - timedelta(days=91)
    User.objects.filter(username="nobody").update(date_joined=long_ago)
    seat.send("send-proposal", **proposal(here))
    here.seat("shuji").rule(proposed().approval, "approve")
    here.user("shuangjiao", Role.SITE_KEEPER, last_name="虚构nobody")
    give(here.users["shuangjiao"], Role.REPORT_WRITER, here.county.pk, Scope.COMMISSION, here.county.pk)
    assert found(seat) == {
        "stale": ["nobody"], "no-post": ["nobody"], "wide": ["nobody"], "several": ["shuangjiao"], "ending": ["nobody"],
        "same-name": ["nobody", "shuangjiao"],
    }  # fmt: skip


def test_a_review_is_an_act_and_the_next_one_sees_it(here: Installation, seat: Seat) -> None:
    assert seat.send("reviewed").status_code == 422
    seat.send("reviewed", remark="均保留")
    assert "均保留" in seat.page("review")
    set_actor(OPERATOR)
    assert entries(act=Act.RIGHTS_REVIEWED).get().details["remark"] == "均保留"


# Who can see this


def who(seat: Seat, **asked: str) -> dict[str, str]:
    table = seat.get("/consoles/security/who-can-see/", asked).context["table"]
    return {row["account"].plain: row["why"] for row in table.rows}


def test_who_can_see_a_person_is_told_with_the_role_the_reason_and_the_days(
    here: Installation, seat: Seat
) -> None:
    user = waiting_person(here)
    seat.send("confirm-person", user.pk)
    commission = str(here.county.pk)
    shown = who(seat, what="p77", commission=commission, ability="see_people")
    assert set(shown) == {"shuji", "nobody"}
    assert "虚构镇纪委" in shown["nobody"]
    assert set(who(seat, what="P77", commission=commission, ability="see_people", on="2017-01-01")) == {
        "shuji"
    }


def test_the_address_of_a_page_is_as_good_as_a_code(here: Installation, seat: Seat) -> None:
    unit = make.unit(here.county, UnitKind.SUPPORT_OFFICE, "虚构室")
    clerk = User.objects.create_user("keyuan")
    give(clerk, Role.STAFF, here.county.pk, Scope.UNIT, unit.pk)
    asked = f"http://testserver/people/units/{unit.pk}/?on=2022-08-15"
    assert set(who(seat, what=asked, ability="see_people")) == {"shuji", "keyuan"}
    zone = make.zone(here.county, "一级", name="虚构协作区")
    deputy = User.objects.create_user("fushuji")
    give(deputy, Role.DEPUTY_SECRETARY, here.county.pk, Scope.ZONE, zone.pk)
    assert set(who(seat, what=f"/zones/{zone.pk}/", ability="see_people")) == {"shuji", "fushuji"}


def test_who_leads_is_known_to_everybody_who_works_in_the_commission(here: Installation, seat: Seat) -> None:
    leaders = make.unit(here.county, UnitKind.LEADERSHIP, "虚构领导班子")
    make.assignment(make.person(here.county, code="P1"), leaders, "书记")
    here.user("baoguan", Role.SITE_KEEPER)
    assert set(who(seat, what="P1", commission=str(here.county.pk), ability="see_people")) == {
        "shuji",
        "baoguan",
    }


@pytest.mark.parametrize("what", ["no-such-code", "/people/units/987654/", "/reports/", "http://["])
def test_what_is_no_person_unit_or_zone_is_told_at_the_field(
    what: str, here: Installation, seat: Seat
) -> None:
    asked = {"what": what, "commission": str(here.county.pk), "ability": "see_people"}
    answer = seat.get("/consoles/security/who-can-see/", asked)
    assert answer.status_code == 200
    assert "what" in answer.context["form"].errors


def test_asking_who_can_see_is_noted_in_the_journal(here: Installation, seat: Seat) -> None:
    unit = make.unit(here.county, UnitKind.SUPPORT_OFFICE)
    who(seat, what=f"/people/units/{unit.pk}/", ability="see_people")
    set_actor(OPERATOR)
    assert entries(act=Act.RIGHTS_ASKED).get().target == f"unit:{unit.pk}"


def test_what_names_people_carries_the_mark_of_who_looks(here: Installation, seat: Seat) -> None:
    user = waiting_person(here)
    unit = make.unit(here.county, UnitKind.SUPPORT_OFFICE)
    for page in (
        "/consoles/security/persons/",
        f"/consoles/security/who-can-see/?what=/people/units/{unit.pk}/",
    ):
        mark = seat.get(page).context["watermark"]
        assert mark.startswith("anquan "), user
        assert mark in seat.get(page).content.decode()


# Conduct


def test_refusals_are_counted_by_account_and_day_and_what_was_asked_for_is_not_shown(
    here: Installation, seat: Seat
) -> None:
    here.seat("nobody").get("/people/?secret-question=1")
    record(Act.LOG_IN_REFUSED, by=Actor("anonymous"), at=clock.now(), target="nobody", result="refused")
    record(Act.LOGGED_IN, by=Actor("nobody"), at=clock.now(), target="nobody")
    record(Act.BOOK_REFUSED, by=Actor("shuji"), at=clock.now(), target="secret.xlsx", result="refused")
    answer = seat.get("/consoles/security/behaviour/")
    assert [(row["actor"], row["number"], row["door"]) for row in answer.context["table"].rows] == [
        ("nobody", 2, 1)
    ]
    assert "secret" not in answer.content.decode()


# The door


def test_the_policy_of_the_door_is_set_and_a_value_out_of_bounds_is_told(seat: Seat) -> None:
    told = {
        "second_factor": "everyone",
        "idle_minutes": "20",
        "absolute_hours": "8",
        "sessions_at_once": "2",
        "password_length": "14",
    }
    assert seat.send("door", **told).status_code == 302
    assert DoorPolicy.objects.get().idle_minutes == 20
    answer = seat.send("door", **{**told, "idle_minutes": "240"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["idle_minutes"])
    assert DoorPolicy.objects.get().idle_minutes == 20


def test_no_installation_but_a_demonstration_lets_anybody_in_without_a_second_factor(seat: Seat) -> None:
    told = {
        "second_factor": "nobody",
        "idle_minutes": "20",
        "absolute_hours": "8",
        "sessions_at_once": "2",
        "password_length": "14",
    }
    answer = seat.send("door", **told)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_a_recovery_is_confirmed_by_another_and_its_code_is_shown_once(
    here: Installation, seat: Seat
) -> None:
    here.seat("xitong").send("open-recovery", here.users["nobody"].pk, reason="口令卡遗失")
    recovery = Recovery.objects.get()
    assert "口令卡遗失" in seat.page("recoveries")
    answer = seat.send("confirm-recovery", recovery.pk)
    code = answer.context["secret"]
    assert code in words_of(answer)
    assert code not in seat.page("recoveries")
    assert seat.send("confirm-recovery", recovery.pk).status_code == 404
    assert not any(code in str(entry.details) + entry.target for entry in entries())


def test_rights_are_shown_with_open_ends_left_open(here: Installation, seat: Seat) -> None:
    assert Right.objects.filter(starts=ALWAYS).exists()
    assert "0001" not in seat.page("holder", here.users["shuji"].pk)
    assert "9999" not in seat.page("holder", here.users["shuji"].pk)


@pytest.mark.parametrize("page", ["security", "grants", "review", "persons"])
def test_a_page_asks_as_many_questions_for_three_accounts_as_for_one(
    page: str, here: Installation, seat: Seat
) -> None:
    """Each of them has a grant, is stale, and waits for its person to be confirmed."""
    _everything(here, seat, "yi")
    address = reverse(f"consoles:{page}")
    few = questions_of(seat, address)
    for name in ("er", "san"):
        _everything(here, seat, name)
    assert questions_of(seat, address) == few


def _everything(here: Installation, seat: Seat, name: str) -> None:
    user = here.user(name, last_name="虚构同名", date_joined=timezone.now() - timedelta(days=99))
    person = make.person(here.county)
    User.objects.filter(pk=user.pk).update(
        person=person.pk, commission=here.county.pk, person_named_by="xitong"
    )
    seat.send("send-proposal", **proposal(here, account=user.pk))
    here.seat("shuji").rule(Grant.objects.get(user=user).approval, "approve")
