"""The screens of the organisation: as of the day, masked, exported as seen, at a fixed number of questions."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.reading import journal, questions_of, workbook_rows
from xiezuo.organisation.models import Commission, Person, Unit

DAY, BEFORE = "2022-08-15", "2022-03-01"
HIRED = date(2022, 8, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client) -> Commission:
    return make.commission()


@pytest.fixture
def group(county: Commission) -> Unit:
    return make.unit(county, "派驻纪检监察组", "驻虚构局纪检监察组")


@pytest.fixture
def member(county: Commission, group: Unit) -> Person:
    who = make.person(county, "虚构甲", born=date(1980, 5, 1), origin="虚构省虚构市", telephone="13812345678")
    make.assignment(who, group, "组长", starts=HIRED, moves=["配备"], basis="虚纪〔2022〕1号")
    return who


def page(reader: Client, route: str, *args: int, on: str = DAY, **more: str) -> str:
    response = reader.get(reverse(route, args=args), {"on": on, **more})
    assert response.status_code == 200
    return response.content.decode()


ROUTES = ["tree", "units", "people", "moves", "standards"]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_list_answers_in_both_languages(
    reader: Client, member: Person, route: str, language: str
) -> None:
    reader.cookies["django_language"] = language
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in page(reader, f"organisation:{route}")


@pytest.mark.parametrize("route", ROUTES)
def test_a_county_without_anything_says_so_instead_of_failing(
    reader: Client, county: Commission, route: str
) -> None:
    assert "xz-empty" in page(reader, f"organisation:{route}") or "xz-columns" in page(
        reader, f"organisation:{route}"
    )


def test_the_list_of_people_follows_the_day(reader: Client, member: Person) -> None:
    assert "虚构甲" in page(reader, "organisation:people")
    assert "虚构甲" not in page(reader, "organisation:people", on=BEFORE)


def test_links_keep_the_day(reader: Client, member: Person, group: Unit) -> None:
    shown = page(reader, "organisation:people")
    assert f"{reverse('organisation:person', args=[member.pk])}?on={DAY}" in shown
    assert f"{reverse('organisation:unit', args=[group.pk])}?on={DAY}" in shown


def test_people_are_filtered_and_the_filter_stands_in_the_address(reader: Client, member: Person) -> None:
    other = make.unit(member.commission, "乡镇纪委", "东镇纪委")
    make.assignment(make.person(other.commission, "虚构乙"), other, engagement="兼职")
    shown = page(reader, "organisation:people", **{"f.engagement": "兼职"})
    assert "虚构乙" in shown
    assert "虚构甲" not in shown


def test_the_workbook_equals_the_screen_and_is_journalled(
    reader: Client, member: Person, group: Unit
) -> None:
    make.assignment(make.person(group.commission, "=虚构乙"), group, status="借调")
    with journal() as acts:
        response = reader.get(
            reverse("organisation:people"), {"on": DAY, "f.status": "借调", "format": "xlsx"}
        )
    head, *rows = workbook_rows(response)
    assert (len(rows), rows[0][0]) == (1, "=虚构乙")
    screen = page(reader, "organisation:people", **{"f.status": "借调"})
    assert all(str(title) in screen for title in head)
    assert len(acts.of("list.exported")) == 1


def test_looking_at_a_list_is_no_act(reader: Client, member: Person) -> None:
    with journal() as acts:
        page(reader, "organisation:people")
    assert acts == []


def test_a_person_is_masked_and_showing_is_journalled(reader: Client, member: Person) -> None:
    masked = page(reader, "organisation:person", member.pk)
    assert "138****" in masked
    for secret in ("13812345678", "1980-05", "虚构省"):
        assert secret not in masked
    with journal() as acts:
        shown = reader.post(f"{reverse('organisation:show-person', args=[member.pk])}?on={DAY}")
    for secret in ("13812345678", "1980-05", "虚构省"):
        assert secret in shown.content.decode()
    assert len(acts.of("organisation.personal_data_shown")) == 1
    assert "13812345678" not in acts[0]
    assert "no-store" in shown.headers["Cache-Control"]


def test_personal_data_cannot_be_shown_by_a_link(reader: Client, member: Person) -> None:
    assert reader.get(reverse("organisation:show-person", args=[member.pk])).status_code == 405


def test_no_list_carries_personal_data(reader: Client, member: Person) -> None:
    columns = [
        "person_name",
        "unit_id",
        "kind",
        "post",
        "engagement",
        "status",
        "starts",
        "other_posts",
        "moves",
        "basis",
    ]
    response = reader.get(reverse("organisation:people"), {"on": DAY, "cols": columns, "format": "xlsx"})
    cells = [str(cell) for row in workbook_rows(response) for cell in row]
    assert not any("1381234" in cell or "虚构省" in cell or "1980" in cell for cell in cells)


def test_a_unit_shows_roster_timeline_and_documents(reader: Client, member: Person, group: Unit) -> None:
    shown = page(reader, "organisation:unit", group.pk)
    for words in ("虚构甲", "组长", "虚纪〔2022〕1号", "<svg"):
        assert words in shown


def test_a_unit_that_does_not_stand_says_when_it_does(reader: Client, county: Commission) -> None:
    closed = make.unit(county, "乡镇纪委", "撤销镇纪委", ends=date(2022, 8, 1))
    shown = page(reader, "organisation:unit", closed.pk)
    assert "on=2022-07-31" in shown
    assert "2022年7月31日" in shown
    assert "撤销镇纪委" in page(reader, "organisation:unit", closed.pk, on="2022-07-31")


def test_panels_of_higher_apps_stand_on_the_page_of_a_unit(reader: Client, group: Unit) -> None:
    zone = make.zone(group.commission, "二级", "县直", name="虚构协作区")
    make.zone_member(zone, group, "成员")
    make.site(group, "办公室", name="虚构办公室")
    shown = page(reader, "organisation:unit", group.pk)
    assert "虚构协作区" in shown
    assert "虚构办公室" in shown


def test_the_drawer_gets_the_unit_without_shell_and_tree(reader: Client, member: Person, group: Unit) -> None:
    response = reader.get(
        reverse("organisation:unit", args=[group.pk]), {"on": DAY}, headers={"HX-Target": "drawer"}
    )
    shown = response.content.decode()
    assert "虚构甲" in shown
    assert ("<html" in shown, "xz-tree" in shown) == (False, False)


def test_a_shortfall_of_full_time_people_is_told_in_full_time_people(reader: Client, group: Unit) -> None:
    make.standard(group.commission, "派驻纪检监察组", "组长", 1, 1)
    make.assignment(make.person(group.commission), group, "组长", engagement="兼职")
    assert "<b>0</b> / 1" in page(reader, "organisation:tree")
    make.assignment(make.person(group.commission), group, "组长")
    assert "<b>0</b> / 1" not in page(reader, "organisation:tree")


def test_moves_are_those_between_the_two_days(reader: Client, member: Person) -> None:
    assert "虚构甲" in page(reader, "organisation:moves", since="2022-07-31")
    assert "虚构甲" not in page(reader, "organisation:moves", since="2022-08-01")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/people/4000000000/", 404),
        ("/people/units/4000000000/", 404),
        ("/people/units/99999999999999999999999/", 404),
        ("/people/in-post/?on=2022-13-01", 400),
        ("/people/in-post/?on=昨天", 400),
        ("/people/in-post/?f.nothing=1", 400),
        ("/people/in-post/?sort=telephone", 400),
        ("/people/moves/?since=2030-01-01&on=2022-08-15", 400),
        ("/people/moves/?since=x", 400),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(
    reader: Client, county: Commission, address: str, status: int
) -> None:
    response = reader.get(address)
    assert response.status_code == status
    assert "Traceback" not in response.content.decode()


def test_who_has_not_logged_in_sees_nothing(reader: Client, group: Unit) -> None:
    response = Client().get(reverse("organisation:unit", args=[group.pk]))
    assert response.status_code == 302
    assert reverse("accounts:log-in") in response.headers["Location"]


@pytest.mark.parametrize("route", ROUTES)
def test_lists_ask_the_same_number_of_questions_for_one_and_three(
    reader: Client, group: Unit, route: str
) -> None:
    address = f"{reverse(f'organisation:{route}')}?on={DAY}"
    _more(group, 1)
    one = questions_of(reader, address)
    _more(group, 2)
    assert questions_of(reader, address) == one


def test_pages_ask_the_same_number_of_questions_for_one_and_three(reader: Client, group: Unit) -> None:
    first = _more(group, 1)
    unit, person = (
        f"{reverse(f'organisation:{kind}', args=[key])}?on={DAY}"
        for kind, key in (("unit", group.pk), ("person", first.pk))
    )
    one = questions_of(reader, unit), questions_of(reader, person)
    _more(group, 2)
    make.assignment(first, make.unit(group.commission, "综合科室"), "科员")
    make.assignment(first, group, "副组长", starts=HIRED, moves=["配备"])
    assert (questions_of(reader, unit), questions_of(reader, person)) == one


def _more(group: Unit, number: int) -> Person:
    """People who came this year, each also in a new unit of a kind that has a standard not met."""
    make.standard(group.commission, "乡镇纪委", f"职务{number}", 2, 1)
    for _count in range(number):
        who = make.person(group.commission)
        make.assignment(who, group, starts=HIRED, moves=["调入"], from_unit=group)
        make.assignment(who, make.unit(group.commission, "乡镇纪委"), starts=HIRED, moves=["调入"])
    return who
