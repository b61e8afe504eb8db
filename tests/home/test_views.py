"""The screens that span apps: the county on a day, figures and standards, what changed, search, the choice of a county."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.reading import journal, questions_of, workbook_rows
from xiezuo.organisation.models import Commission, Unit

DAY, BEFORE = "2022-08-15", "2022-07-31"
HIRED = date(2022, 8, 1)
HEADS = "stationed.leaders.complete"

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client) -> Commission:
    return make.commission(code="AAA", name="虚构甲县纪委监委", region="虚构甲县")


@pytest.fixture
def group(county: Commission) -> Unit:
    return make.unit(county, "派驻纪检监察组", "驻虚构局纪检监察组")


@pytest.fixture
def head(county: Commission, group: Unit) -> None:
    make.assignment(make.person(county, "虚构组长"), group, "组长", starts=HIRED, moves=["配备"])


def page(reader: Client, route: str, *args: str, on: str = DAY, **more: str) -> str:
    response = reader.get(reverse(route, args=args), {"on": on, **more})
    assert response.status_code == 200
    return response.content.decode()


def words_of(html: str) -> str:
    """What a reader sees, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))


def sentence_of(html: str) -> str:
    found = re.search(r'<p class="xz-sentence">(.*?)</p>', html, re.DOTALL)
    assert found is not None
    return words_of(found[1])


# The overview


def test_the_sentence_says_what_the_ledger_says_on_the_day(reader: Client, head: None) -> None:
    assert "派驻工作人员1名" in sentence_of(page(reader, "home:overview"))
    before = sentence_of(page(reader, "home:overview", on=BEFORE))
    assert "设派驻纪检监察组1个" in before
    assert "工作人员" not in before


def test_the_sentence_is_written_in_the_language_of_the_reader(reader: Client, head: None) -> None:
    reader.cookies["django_language"] = "en"
    assert "has 1 staff in 1 stationed group" in sentence_of(page(reader, "home:overview"))


def test_each_number_of_the_sentence_opens_its_records_on_the_day(reader: Client, head: None) -> None:
    sentence = page(reader, "home:overview").partition('<p class="xz-sentence">')[2].partition("</p>")[0]
    address = f"{reverse('figures:records', args=['stationed.staff'])}?on={DAY}"
    assert f'href="{address}"' in sentence
    assert "虚构组长" in reader.get(address).content.decode()


def test_a_vacant_head_is_listed_until_somebody_is_in_post(reader: Client, head: None, group: Unit) -> None:
    make.standard(group.commission, "派驻纪检监察组", "组长", 1)
    before, after = (page(reader, "home:overview", on=on) for on in (BEFORE, DAY))
    assert "xz-short-list" in before
    assert "驻虚构局纪检监察组" in before.partition("xz-short-list")[2]
    assert "各项标准均已达到" in words_of(after)


def test_what_changed_lately_leads_to_the_thing_itself_on_that_day(reader: Client, head: None) -> None:
    lately = page(reader, "home:overview").partition("xz-changes-list")[2]
    assert re.search(rf'<a href="/people/\d+/\?on={DAY}"[^>]*>[^<]*虚构组长', lately)
    assert "xz-changes-list" not in page(reader, "home:overview", on=BEFORE)


def test_people_in_two_units_of_one_group_are_drawn_once(reader: Client, county: Commission) -> None:
    both = make.person(county)
    for kind in ("监督检查室", "审查调查室"):
        make.assignment(both, make.unit(county, kind), status="借调")
    table = page(reader, "home:overview").partition('id="staffing-table"')[2].partition("</table>")[0]
    last = re.findall(r"<tr.*?</tr>", table, re.DOTALL)[-1]
    assert [words_of(cell) for cell in re.findall(r"<td.*?</td>", last, re.DOTALL)] == [DAY, "1", "1"]


def test_the_kept_overview_is_drawn_anew_when_the_ledger_changes(
    reader: Client, head: None, group: Unit, settings: Any
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert "派驻工作人员1名" in sentence_of(page(reader, "home:overview"))
    make.assignment(make.person(group.commission), group)
    assert "派驻工作人员1名" in sentence_of(page(reader, "home:overview"))
    Commission.objects.update(ledger_version=F("ledger_version") + 1)
    assert "派驻工作人员2名" in sentence_of(page(reader, "home:overview"))


def test_a_day_before_the_county_says_when_its_ledger_begins(reader: Client, group: Unit) -> None:
    early = page(reader, "home:overview", on="2017-01-01")
    assert "?on=2018-03-01" in early
    assert "xz-bands" not in early


def test_where_there_is_no_county_nobody_holds_a_role_and_is_told_who_gives_one(reader: Client) -> None:
    empty = page(reader, "home:overview")
    assert "您的账号尚无角色" in empty
    assert "xz-bands" not in empty
    # Roles are held over commissions, so nobody has figures where there is none.
    assert reader.get(reverse("figures:list")).status_code == 403


# Figures and standards


def test_the_catalogue_gives_each_figure_on_the_day(reader: Client, head: None) -> None:
    for on, number in ((BEFORE, "0"), (DAY, "1")):
        row = (
            page(reader, "figures:list", on=on)
            .partition("/figures/stationed.leaders/")[2]
            .partition("</tr>")[0]
        )
        assert words_of(row.partition(">")[2]).startswith(number)


def test_rules_are_read_in_words_and_never_as_keys(reader: Client, head: None) -> None:
    reader.cookies["django_language"] = "en"
    balances = page(reader, "figures:list").partition('id="figures-title"')[0]
    assert not re.search(r">[^<]*\b(stationed|zones|township|units)\.[a-z_]+[^<]*<", balances)


def test_records_are_those_of_the_day_with_their_history(reader: Client, head: None) -> None:
    assert "虚构组长" in page(reader, "figures:records", "stationed.staff")
    before = page(reader, "figures:records", "stationed.staff", on=BEFORE)
    assert "虚构组长" not in before
    assert 'id="history-table"' in before
    month = page(reader, "figures:records", "stationed.leaders_appointed@08")
    assert "虚构组长" in month
    assert 'id="history-table"' not in month


@pytest.mark.parametrize(("language", "full_time"), [("zh-hans", "专职"), ("en", "full-time")])
def test_the_workbook_equals_the_records_shown_and_is_journalled(
    reader: Client, head: None, language: str, full_time: str
) -> None:
    reader.cookies["django_language"] = language
    with journal() as acts:
        response = reader.get(
            reverse("figures:records", args=["stationed.staff"]), {"on": DAY, "format": "xlsx"}
        )
    title, *rows = workbook_rows(response)
    shown = page(reader, "figures:records", "stationed.staff").partition('id="records"')[2]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", shown.partition("</table>")[0], re.DOTALL)
    told = [[str(cell.date() if isinstance(cell, datetime) else cell or "") for cell in row] for row in rows]
    assert told == [[words_of(cell).strip() for cell in cells]]
    assert len(title) == len(cells)
    assert full_time in told[0]
    assert len(acts.of("list.exported")) == 1


def test_an_unknown_figure_is_refused_in_words(reader: Client, county: Commission) -> None:
    for route, key in (("figures:records", "no.such"), ("home:standard", "no.such")):
        address = reverse(route, args=[key])
        response = reader.post(address) if route == "home:standard" else reader.get(address)
        assert response.status_code == 404
        assert "no.such" in response.content.decode()


def test_a_standard_that_is_switched_off_is_no_shortfall_any_more(reader: Client, group: Unit) -> None:
    address = reverse("home:standard", args=[HEADS])
    assert "xz-short-list" in page(reader, "home:overview")
    with journal() as acts:
        off = reader.post(address, {"kept": "0", "next": f"/figures/?on={DAY}"}, follow=True)
    assert off.redirect_chain == [(f"/figures/?on={DAY}", 302)]
    assert "不再作为本单位标准" in words_of(
        off.content.decode().partition("xz-messages")[2].partition("</div>")[0]
    )
    assert "xz-short-list" not in page(reader, "home:overview")
    reader.post(address, {"kept": "1"})
    assert "xz-short-list" in page(reader, "home:overview")
    assert len(acts.of("organisation.standard_switched")) == 1


def test_an_identity_cannot_be_switched(reader: Client, county: Commission) -> None:
    identities = page(reader, "figures:list").partition('id="balances"')[2].partition("</table>")[0]
    rows = [row for row in re.findall(r"<tr.*?</tr>", identities, re.DOTALL) if "恒等" in row]
    assert rows
    assert not any("<form" in row for row in rows)
    assert reader.post(reverse("home:standard", args=["staffing.flow"]), {"kept": "0"}).status_code == 404


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_a_switch_never_leads_to_another_place(reader: Client, county: Commission, elsewhere: str) -> None:
    response = reader.post(reverse("home:standard", args=[HEADS]), {"kept": "1", "next": elsewhere})
    assert response["Location"] == reverse("figures:list")


# What changed


def test_changes_are_those_after_the_first_day_and_up_to_the_day(reader: Client, head: None) -> None:
    assert "虚构组长" in page(reader, "home:changes", since="2022-07-31")
    assert "虚构组长" not in page(reader, "home:changes", since="2022-08-01")
    assert "虚构组长" not in page(reader, "home:changes", since="2022-07-01", on=BEFORE)
    assert reader.get(reverse("home:changes"), {"since": "2022-02-30"}).status_code == 400


# Search


@pytest.mark.parametrize("text", ["虚构局", "G7", "g7", "老名字"])
def test_search_finds_by_name_code_and_alias(reader: Client, county: Commission, text: str) -> None:
    make.unit(county, "派驻纪检监察组", "驻虚构局纪检监察组", code="G7", aliases=["老名字组"])
    assert "驻虚构局纪检监察组" in page(reader, "home:search", q=text)


def test_search_speaks_of_the_day(reader: Client, county: Commission) -> None:
    make.unit(county, "乡镇纪委", "东镇纪委", starts=HIRED)
    assert "东镇纪委</a>" in page(reader, "home:search", q="东镇")
    assert "东镇纪委</a>" not in page(reader, "home:search", q="东镇", on=BEFORE)


def test_search_finds_every_kind_of_thing(reader: Client, group: Unit) -> None:
    county = group.commission
    make.person(county, "虚构局人")
    make.site(group, "谈话室", name="虚构局谈话室")
    make.regulation(county, "虚构局办法")
    make.zone(county, "二级", "县直", name="虚构局协作区")
    found = page(reader, "home:search", q="虚构局")
    for kind in ("/people/units/", "/people/", "/sites/", "/regulations/", "/zones/"):
        assert re.search(rf'href="{kind}\d+/\?on={DAY}"', found), kind


def test_search_for_a_sign_of_the_database_finds_only_that_sign(reader: Client, group: Unit) -> None:
    assert "xz-table" not in page(reader, "home:search", q="%")
    assert "xz-table" not in page(reader, "home:search", q="")


# Several commissions


def test_the_choice_of_a_county_is_offered_only_where_there_is_one(reader: Client, group: Unit) -> None:
    assert "xz-menu-choice" not in page(reader, "home:overview")
    other = make.commission(code="BBB", name="虚构乙县纪委监委", region="虚构乙县")
    make.unit(other, "乡镇纪委")
    assert "虚构甲县" in sentence_of(page(reader, "home:overview"))
    chosen = reader.post(f"{reverse('home:commission')}?on={DAY}", {"commission": "BBB"})
    assert chosen["Location"] == f"{reverse('home:overview')}?on={DAY}"
    assert "虚构乙县" in sentence_of(page(reader, "home:overview"))
    assert reader.post(reverse("home:commission"), {"commission": "CCC"}).status_code == 404


# Speed


def test_pages_ask_the_same_number_of_questions_for_one_and_three(
    reader: Client, head: None, group: Unit
) -> None:
    routes = [
        ("home:overview",),
        ("figures:list",),
        ("figures:records", "stationed.staff"),
        ("home:changes",),
    ]
    addresses = [f"{reverse(route, args=args)}?on={DAY}" for route, *args in routes]
    addresses.append(f"{reverse('home:search')}?on={DAY}&q=虚构")
    before = [questions_of(reader, address) for address in addresses]
    for number in range(2):
        another = make.unit(group.commission, "派驻纪检监察组", f"驻虚构{number}局纪检监察组")
        make.assignment(make.person(group.commission), another, "组长", starts=HIRED)
    Commission.objects.update(ledger_version=F("ledger_version") + 1)
    assert [questions_of(reader, address) for address in addresses] == before
