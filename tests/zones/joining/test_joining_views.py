"""Screens of 有合有分: lists on a day, one's page, the forms with what stands against them, banners, maps, questions."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests import factories as make
from tests.once import fresh, once
from tests.reading import questions_of, workbook_rows
from tests.subjects import Visitor
from tests.zones.joining.acting import DAY, TODAY, Acting, acting, now_of
from xiezuo.accounts.api import OPERATOR, Role, acting_as, set_actor
from xiezuo.zones.joining.holding import Holds
from xiezuo.zones.models import Authorisation, Joining

pytestmark = pytest.mark.usefixtures("actor")


built = once(acting)


@pytest.fixture
def here(built: Acting, actor: None, settings: Any) -> Acting:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    return fresh(built)


def reader(here: Acting, role: Role, unit: str = "") -> Visitor:
    set_actor(OPERATOR)
    visitor = Visitor(f"{role}{here.office.county.pk}{unit}v")
    return visitor.holds(role, here.office.county, here.units[unit].pk if unit else None)


@pytest.fixture
def clerk(here: Acting) -> Visitor:
    return reader(here, Role.CASE_MANAGEMENT)


def words(client: Visitor, route: str, *args: int, **query: Any) -> str:
    answer = client.get(reverse(f"zones:{route}", args=args), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def sent(here: Acting, **more: Any) -> dict[str, Any]:
    zones = here.zones
    return {
        "lead": zones["E1"].pk, "zones": [zones["E2"].pk], "coordinator": here.office.people["leader E1"].pk, "purpose": "事项",
        "title": "专项〔2023〕2号", "starts": (TODAY + DAY).isoformat(), "ends": (TODAY + 10 * DAY).isoformat(),
        "key": str(uuid4()), **more,
    }  # fmt: skip


def test_the_form_asks_for_zones_to_act_as_one_until_the_last_day_inclusive(
    here: Acting, clerk: Visitor
) -> None:
    answer = clerk.post(reverse("zones:ask-joining"), sent(here))
    assert answer.status_code == 302
    row = Joining.objects.get()
    assert (row.zones, row.ends) == ([here.zones["E1"].pk, here.zones["E2"].pk], TODAY + 11 * DAY)
    assert answer["Location"] == reverse("zones:joining", args=[row.pk])


def test_what_stands_against_it_is_said_at_its_field_and_nothing_is_lost(
    here: Acting, clerk: Visitor
) -> None:
    answer = clerk.post(
        reverse("zones:ask-joining"), sent(here, zones=[here.zones["Y2"].pk], title="请看专项")
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["zones"])
    assert "请看专项" in answer.content.decode()
    assert Joining.objects.count() == 0


def test_a_doubtful_pointer_is_asked_about_once_more(here: Acting, clerk: Visitor) -> None:
    first = clerk.post(reverse("zones:ask-joining"), sent(here, title="王庄、李庄、张店专项"))
    assert 'type="checkbox" name="sure"' in first.content.decode()
    assert (
        clerk.post(
            reverse("zones:ask-joining"), sent(here, title="王庄、李庄、张店专项", sure="on")
        ).status_code
        == 302
    )


def test_an_extension_begins_on_the_day_after_the_last_one(here: Acting, clerk: Visitor) -> None:
    row = here.together()
    form = clerk.get(reverse("zones:ask-joining"), {"extends": row.pk}).context["form"]
    assert (form["starts"].value(), form["ends"].value()) == (row.ends, row.ends + 9 * DAY)


def test_a_joining_is_ended_early_on_its_page(here: Acting, clerk: Visitor) -> None:
    row = here.together(starts=TODAY)
    assert reverse("zones:end-joining", args=[row.pk]) in words(clerk, "joining", row.pk)
    posted = {"last": (TODAY + DAY).isoformat(), "reason": "任务完成"}
    assert clerk.post(reverse("zones:end-joining", args=[row.pk]), posted).status_code == 302
    assert now_of(row).ended_on == TODAY + 2 * DAY
    again = clerk.post(reverse("zones:end-joining", args=[row.pk]), posted)
    assert again.status_code == 422


def test_list_and_export_follow_the_day(here: Acting, clerk: Visitor) -> None:
    row = here.together()
    states = {row.starts - DAY: Holds.AHEAD, row.starts: Holds.NOW, row.ends: Holds.OVER}
    for day, state in states.items():
        answer = clerk.get(reverse("zones:joinings"), {"on": day.isoformat(), "format": "xlsx"})
        assert str(workbook_rows(answer)[1][8]) == str(state.label)
    assert row.title not in words(clerk, "joinings", on=(TODAY - DAY).isoformat())


def test_the_list_is_narrowed_by_state(here: Acting, clerk: Visitor) -> None:
    here.together()
    here.ask("E1", "E3", title="专项〔2023〕3号")
    assert "专项〔2023〕2号" not in words(clerk, "joinings", **{"f.state": "待批"}).split("<table")[1]


@pytest.mark.parametrize("route", ["map", "matrix", "joinings"])
def test_pages_of_a_day_say_which_zones_act_as_one(here: Acting, clerk: Visitor, route: str) -> None:
    row = here.together()
    assert "xz-joined" not in words(clerk, route, on=(row.starts - DAY).isoformat())
    assert "xz-joined" in words(clerk, route, on=row.starts.isoformat())
    assert "xz-joined" not in words(clerk, route, on=row.ends.isoformat())


def test_the_page_of_a_zone_says_with_whom_it_acts_as_one_and_that_of_another_does_not(
    here: Acting, clerk: Visitor
) -> None:
    row = here.together("E1", "E3")
    told = {
        name: "xz-joined" in words(clerk, "zone", here.zones[name].pk, on=row.starts.isoformat())
        for name in here.zones
    }
    assert told == {"Y1": True, "Y2": True, "E1": True, "E2": False, "E3": True}


def place_units(here: Acting) -> None:
    """Coordinates for the units of the zones."""
    set_actor(OPERATOR)
    names = [name for name in here.units if name.startswith(("axis", "town"))]
    for place, name in enumerate(names):
        records = make.UnitRecord.objects.filter(unit=here.units[name])
        old = records.get()
        records.update(known_until=make.KNOWN + timedelta(days=1))
        make.UnitRecord.objects.create(
            unit=old.unit, commission=old.commission, name=old.name, kind=old.kind, starts=old.starts, ends=old.ends,
            known_from=make.KNOWN + timedelta(days=1), longitude=110 + place / 10, latitude=30 + (place % 3) / 10,
        )  # fmt: skip


def test_the_map_ties_the_hubs_of_zones_that_act_as_one(here: Acting, clerk: Visitor) -> None:
    place_units(here)
    row = here.together("E1", "E2", "E3")
    drawn = words(clerk, "map", on=row.starts.isoformat())
    assert drawn.count('stroke-width="9"') == 2
    assert 'stroke-width="9"' not in words(clerk, "map", on=row.ends.isoformat())


def test_first_level_zones_that_act_as_one_are_tied_through_the_zones_under_them(
    here: Acting, clerk: Visitor
) -> None:
    place_units(here)
    row = here.together("Y1", "Y2", coordinator="first")
    assert words(clerk, "map", on=row.starts.isoformat()).count('stroke-width="9"') == 2


def test_two_days_stand_beside_each_other_with_who_moved_between(here: Acting, clerk: Visitor) -> None:
    place_units(here)
    before, after = make.BEGINNING - DAY, TODAY
    drawn = words(clerk, "map", beside=before.isoformat(), on=after.isoformat())
    assert (
        drawn.count("E1镇纪委") == 4
    )  # on the later map as words, hint and name, and in the list of who moved
    assert drawn.index(f"{before:%Y}") < drawn.rindex(f"{after:%Y}")


def test_a_day_that_is_none_is_refused_with_what_was_found(here: Acting, clerk: Visitor) -> None:
    answer = clerk.get(reverse("zones:map"), {"beside": "gestern"})
    assert (answer.status_code, "gestern" in answer.content.decode()) == (400, True)


def test_helpers_are_listed_with_their_days(here: Acting, clerk: Visitor) -> None:
    set_actor(OPERATOR)
    make.zone_member(here.zones["E1"], here.units["loose"], "支援", starts=TODAY, ends=TODAY + 5 * DAY)
    listed = words(clerk, "joinings")
    assert (TODAY + 4 * DAY).isoformat() in listed
    later = words(clerk, "joinings", on=(TODAY + 9 * DAY).isoformat())
    assert (TODAY + 4 * DAY).isoformat() not in later


# Who sees what


def test_what_is_not_decided_is_seen_by_who_draws_and_who_takes_part_alone(
    here: Acting, clerk: Visitor
) -> None:
    row = here.ask()
    head = reader(here, Role.UNIT_HEAD, "town E2")
    assert (row.title in words(clerk, "joinings"), row.title in words(head, "joinings")) == (True, False)
    assert head.get(reverse("zones:joining", args=[row.pk])).status_code == 404
    here.pass_it(row)
    assert row.title in words(head, "joinings")


def test_who_runs_none_of_the_zones_is_offered_no_step(here: Acting) -> None:
    row = here.together()
    outsider = reader(here, Role.UNIT_HEAD, "town E3")
    assert reverse("zones:end-joining", args=[row.pk]) not in words(outsider, "joining", row.pk)
    assert outsider.get(reverse("zones:end-joining", args=[row.pk])).status_code == 403


def test_an_authorisation_is_seen_by_its_office_and_who_draws_and_nobody_else(
    here: Acting, clerk: Visitor
) -> None:
    row = here.pass_it(here.authorise())
    office, other = reader(here, Role.UNIT_HEAD, "office"), reader(here, Role.UNIT_HEAD, "town E1")
    seen = [row.matter in words(each, "authorisations") for each in (clerk, office, other)]
    assert seen == [True, True, False]
    assert other.get(reverse("zones:authorisation", args=[row.pk])).status_code == 404


def test_pages_of_office_person_and_zone_say_who_coordinates_by_authority(
    here: Acting, clerk: Visitor
) -> None:
    row = here.pass_it(here.authorise(starts=TODAY))
    pages = (
        reverse("organisation:unit", args=[row.unit_id]), reverse("organisation:person", args=[row.person_id]),
        reverse("zones:zone", args=[here.zones["Y1"].pk]),
    )  # fmt: skip
    for address in pages:
        assert row.matter in clerk.get(address).content.decode()
        assert row.matter not in clerk.get(address, {"on": row.ends.isoformat()}).content.decode()


def test_an_authorisation_is_asked_for_on_its_form(here: Acting, clerk: Visitor) -> None:
    told = {
        "person": here.office.people["first"].pk, "unit": here.units["office"].pk, "matter": "专项〔2023〕2号",
        "starts": TODAY.isoformat(), "ends": (TODAY + DAY).isoformat(), "key": str(uuid4()),
    }  # fmt: skip
    assert clerk.post(reverse("zones:ask-authorisation"), told).status_code == 302
    assert Authorisation.objects.get().ends == TODAY + 2 * DAY
    wrong = clerk.post(
        reverse("zones:ask-authorisation"), {**told, "unit": here.units["own office"].pk, "key": str(uuid4())}
    )
    assert list(wrong.context["form"].errors) == ["person"]


# Signers


def test_a_signer_sees_zones_pointer_days_and_units_and_what_else_these_zones_take_part_in(
    here: Acting,
) -> None:
    here.together("E2", "E3", title="专项〔2023〕9号", coordinator="leader E2")
    row = here.ask("E1", "E2")
    from xiezuo.approvals.api import kind_of

    approval = here.approval(row)
    with acting_as(OPERATOR):
        facts = [value for _words, value in kind_of("zone_joining").matter(approval).facts]
    assert "E1区、E2区" in facts
    assert row.title in facts
    assert any("专项〔2023〕9号" in value for value in facts)
    assert any("E1镇纪委" in value for value in facts)


# Questions


def test_lists_and_pages_ask_as_much_for_one_as_for_three(here: Acting, clerk: Visitor) -> None:
    addresses = [reverse(f"zones:{name}") for name in ("joinings", "map", "matrix")]
    addresses = [f"{each}?on={(TODAY + DAY).isoformat()}" for each in addresses] + [
        reverse("zones:authorisations")
    ]
    here.together()
    here.pass_it(here.authorise())
    one = [questions_of(clerk, each) for each in addresses]
    for number in (3, 4):
        here.together("E1", "E3", title=f"专项〔2023〕{number}号")
        here.pass_it(here.authorise(matter=f"专项〔2023〕{number}号"))
    assert [questions_of(clerk, each) for each in addresses] == one
