"""What a reader sees of people: the own units whole, of the others how they are built, and numbers only with the right."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.reading import workbook_rows
from tests.subjects import Visitor
from xiezuo.accounts.api import Role, actor_of, set_actor
from xiezuo.audit.api import seen
from xiezuo.organisation.models import Commission, Unit
from xiezuo.shared import clock

DAY = "2022-08-15"
LISTS = ("tree", "units", "people", "moves", "standards")

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client) -> Commission:
    return make.commission()


@pytest.fixture
def east(county: Commission) -> Unit:
    east = make.unit(county, "乡镇纪委", "东镇纪委")
    make.assignment(make.person(county, "东甲", telephone="13812345678"), east, "书记")
    return east


@pytest.fixture
def west(county: Commission) -> Unit:
    west = make.unit(county, "乡镇纪委", "西镇纪委")
    make.assignment(make.person(county, "西乙", telephone="13887654321"), west, "书记")
    return west


@pytest.fixture
def head(county: Commission, east: Unit) -> Visitor:
    return Visitor("head").holds(Role.UNIT_HEAD, county, east.pk)


@pytest.fixture
def leader(county: Commission) -> Visitor:
    return Visitor("leader").holds(Role.READER, county)


def page(client: Client, route: str, *args: int, **more: str) -> str:
    response = client.get(reverse(f"organisation:{route}", args=args), {"on": DAY, **more})
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def person_of(unit: Unit) -> int:
    return unit.assignments.get().person_id


def test_a_head_sees_the_people_of_the_unit_and_nobody_elses(head: Visitor, east: Unit, west: Unit) -> None:
    shown = page(head, "people")
    assert "东甲" in shown
    assert "西乙" not in shown
    assert head.get(reverse("organisation:person", args=[person_of(west)])).status_code == 404


def test_another_unit_shows_how_it_is_built_and_says_why_no_more(head: Visitor, west: Unit) -> None:
    shown = page(head, "unit", west.pk)
    assert "西镇纪委" in shown
    assert "本机构人员不在您的职责范围内" in shown
    assert "西乙" not in shown
    assert "xz-withheld" in shown


def test_the_leadership_is_known_by_name_to_everybody_but_not_its_data(
    head: Visitor, county: Commission
) -> None:
    leadership = make.unit(county, "领导班子", "县纪委监委领导班子")
    make.assignment(make.person(county, "众所周知", telephone="13900000000"), leadership, "书记")
    assert "众所周知" in page(head, "unit", leadership.pk)
    shown = page(head, "person", person_of(leadership))
    assert "众所周知" in shown
    assert "139****" not in shown


def add_people(west: Unit) -> None:
    for _number in range(3):
        make.assignment(make.person(west.commission, "西丙"), west, "委员", engagement="专职")


def add_a_move(west: Unit) -> None:
    make.assignment(
        make.person(west.commission, "西丁"), west, "委员", starts=date(2022, 8, 1), moves=["调入"]
    )


@pytest.mark.parametrize("route", LISTS)
@pytest.mark.parametrize("change", [add_people, add_a_move])
def test_what_happens_in_another_unit_changes_nothing_of_what_a_head_sees(
    head: Visitor, county: Commission, west: Unit, route: str, change: Callable[[Unit], None]
) -> None:
    make.standard(county, "乡镇纪委", "委员", 5)
    before = without_tokens(page(head, route))
    change(west)
    assert without_tokens(page(head, route)) == before


def without_tokens(shown: str) -> list[str]:
    return [line for line in shown.splitlines() if "csrf" not in line.lower()]


def test_a_leader_of_totals_sees_numbers_and_no_names(leader: Visitor, east: Unit, west: Unit) -> None:
    shown = page(leader, "units")
    assert "xz-withheld" not in shown
    assert "东甲" not in page(leader, "unit", east.pk)
    assert leader.get(reverse("organisation:people")).status_code == 403


def test_numbers_of_other_units_are_a_dash_on_screen_and_in_the_workbook(
    head: Visitor, east: Unit, west: Unit
) -> None:
    response = head.get(reverse("organisation:units"), {"on": DAY, "format": "xlsx"})
    rows = {row[0]: row for row in workbook_rows(response)}
    assert rows["东镇纪委"][2] == "1"
    assert rows["西镇纪委"][2] == "—"


def test_who_may_not_take_lists_out_reads_why_on_the_button_and_is_refused(
    county: Commission, east: Unit
) -> None:
    staff = Visitor("staff").holds(Role.STAFF, county, east.pk)
    shown = page(staff, "units")
    assert "list-no-export" in shown
    assert "format=xlsx" not in shown
    assert staff.get(reverse("organisation:units"), {"format": "xlsx"}).status_code == 403


def test_a_head_shows_the_data_of_the_own_people_only(head: Visitor, east: Unit, county: Commission) -> None:
    shown = head.post(reverse("organisation:show-person", args=[person_of(east)]))
    assert "13812345678" in shown.content.decode()
    staff = Visitor("staff").holds(Role.STAFF, county, east.pk)
    assert "why-masked" in page(staff, "person", person_of(east))
    refused = staff.post(reverse("organisation:show-person", args=[person_of(east)]))
    assert refused.status_code == 403
    assert "13812345678" not in refused.content.decode()


def test_who_left_is_no_longer_the_heads_to_uncover_even_on_a_page_of_then(
    head: Visitor, east: Unit, west: Unit
) -> None:
    gone = make.person(east.commission, "已离任", telephone="13511112222")
    make.assignment(gone, east, "委员", ends=clock.today() - timedelta(days=1))
    make.assignment(gone, west, "委员", starts=clock.today() - timedelta(days=1))
    refused = head.post(f"{reverse('organisation:show-person', args=[gone.pk])}?on={DAY}")
    assert refused.status_code == 403
    assert "13511112222" not in refused.content.decode()


def test_a_person_page_carries_who_looks_and_when(head: Visitor, east: Unit) -> None:
    shown = page(head, "person", person_of(east))
    assert shown.count("<span>head 20") >= 20
    assert 'class="xz-watermark" aria-hidden="true"' in shown


def test_who_has_seen_personal_data_is_told_to_the_office_and_the_head(
    county: Commission, head: Visitor, east: Unit
) -> None:
    office = Visitor("office").holds(Role.CASE_MANAGEMENT, county)
    office.post(reverse("organisation:show-person", args=[person_of(east)]))
    for entitled in (office, head):
        told = page(entitled, "person", person_of(east)).split('id="readers-title"')[1]
        assert "office" in told
    staff = Visitor("staff").holds(Role.STAFF, county, east.pk)
    assert "查阅记录" not in page(staff, "person", person_of(east))


def test_who_has_seen_the_people_of_another_unit_is_not_the_heads_to_know(
    county: Commission, head: Visitor, west: Unit
) -> None:
    office = Visitor("office").holds(Role.CASE_MANAGEMENT, county)
    office.post(reverse("organisation:show-person", args=[person_of(west)]))
    code = west.assignments.get().person.code
    assert seen(code, county.code).exists()
    set_actor(actor_of(head.user))
    assert not seen(code, county.code).exists()


def test_only_the_case_management_office_is_offered_to_enter(
    head: Visitor, county: Commission, east: Unit
) -> None:
    assert "may-not-enter" in page(head, "unit", east.pk)
    office = Visitor("office").holds(Role.CASE_MANAGEMENT, county)
    assert "may-not-enter" not in page(office, "unit", east.pk)


def test_a_right_that_ended_yesterday_opens_nothing_today(county: Commission, east: Unit) -> None:
    past = Visitor("past").holds(Role.UNIT_HEAD, county, east.pk, ends=clock.today())
    assert past.get(reverse("organisation:people")).status_code == 403
    assert past.get(reverse("organisation:person", args=[person_of(east)])).status_code in (403, 404)
