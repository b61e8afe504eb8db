"""Each role meets its own chapters and its own first page; 工作台 shows what is one's own and nothing of others."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.reading import questions_of
from tests.subjects import Visitor, give
from xiezuo.accounts.api import Role, Scope
from xiezuo.accounts.models import Grant
from xiezuo.organisation.models import Commission, Unit
from xiezuo.reports.models import Run, TemplateEdition
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client) -> Commission:
    return make.commission()


@pytest.fixture
def east(county: Commission) -> Unit:
    east = make.unit(county, "乡镇纪委", "东镇纪委")
    make.standard(county, "乡镇纪委", "委员", 3)
    make.assignment(make.person(county, "东甲"), east, "委员")
    return east


@pytest.fixture
def head(county: Commission, east: Unit) -> Visitor:
    return Visitor("head").holds(Role.UNIT_HEAD, county, east.pk)


def work(client: Client) -> str:
    response = client.get(reverse("home:work"))
    assert response.status_code == 200
    return response.content.decode()


CHAPTERS = {
    Role.UNIT_HEAD: ["work", "inbox", "people", "sites", "collaboration", "zones", "regulations"],
    Role.STAFF: ["work", "inbox", "people", "sites", "collaboration", "zones", "regulations"],
    Role.SITE_KEEPER: ["work", "inbox", "sites", "zones", "regulations"],
    Role.READER: ["inbox", "", "sites", "zones", "regulations", "figures", "reports"],
    Role.REPORT_WRITER: ["work", "inbox", "", "people", "sites", "zones", "regulations", "directives", "figures", "reports"],
    Role.SECRETARY: ["work", "inbox", "", "people", "sites", "collaboration", "zones", "regulations", "directives", "figures", "reports", "consoles"],
    Role.CASE_MANAGEMENT: ["work", "inbox", "", "people", "sites", "collaboration", "zones", "regulations", "directives", "figures", "reports", "book"],
}  # fmt: skip


@pytest.mark.parametrize("role", CHAPTERS)
def test_a_role_meets_its_chapters_alone_and_each_of_them_opens(
    county: Commission, east: Unit, role: Role
) -> None:
    unit = east.pk if role in (Role.UNIT_HEAD, Role.STAFF) else None
    visitor = Visitor("visitor").holds(role, county, unit)
    shown = visitor.get(reverse("zones:list")).content.decode()
    navigation = shown.split('id="navigation"')[1].split("</nav>")[0].split("<ul>")[1]
    addresses = re.findall(r'href="([^"]+)"', navigation)
    assert [address.strip("/").partition("/")[0] for address in addresses] == CHAPTERS[role]
    assert {visitor.get(address).status_code for address in addresses} == {200}


@pytest.mark.parametrize(
    ("role", "route"),
    [
        (Role.SYSTEM, "consoles:system"),
        (Role.SECURITY, "consoles:security"),
        (Role.AUDITOR, "consoles:auditor"),
    ],
)
def test_an_administrator_begins_in_the_console_and_meets_nothing_else(
    county: Commission, role: Role, route: str
) -> None:
    administrator = Visitor("administrator")
    give(administrator.user, role, None, Scope.INSTALLATION, 0)
    assert administrator.get(reverse("home:overview")).headers["Location"] == reverse(route)


def test_who_knows_no_totals_begins_with_the_own_work(head: Visitor) -> None:
    assert head.get(reverse("home:overview")).headers["Location"] == reverse("home:work")


def test_who_knows_totals_begins_with_the_county(county: Commission, east: Unit) -> None:
    leader = Visitor("leader").holds(Role.READER, county)
    assert leader.get(reverse("home:overview")).status_code == 200


def test_an_account_without_a_role_is_told_so(county: Commission) -> None:
    assert "您的账号尚无角色" in Visitor("nobody").get(reverse("home:overview")).content.decode()


def test_my_unit_stands_with_its_people_and_what_it_lacks(head: Visitor, county: Commission) -> None:
    other = make.unit(county, "乡镇纪委", "西镇纪委")
    make.assignment(make.person(county, "西乙"), other)
    shown = work(head)
    assert "东镇纪委" in shown
    assert "在任 1 人" in shown
    assert "缺2" in shown
    assert "西镇纪委" not in shown


def test_my_zone_stands_with_its_leader_and_its_units(head: Visitor, county: Commission, east: Unit) -> None:
    mine, other = (
        make.zone(county, "二级", "乡镇", name="东片协作区"),
        make.zone(county, "二级", "乡镇", name="西片协作区"),
    )
    make.zone_member(mine, east, "成员")
    make.zone_leader(mine, make.person(county, "联系常委"))
    make.zone_member(other, make.unit(county, "乡镇纪委", "西镇纪委"), "成员")
    shown = work(head)
    assert "东片协作区" in shown
    assert "联系常委" in shown
    assert "西片协作区" not in shown


def test_what_ends_soon_is_told_before_it_ends(county: Commission, east: Unit) -> None:
    soon, later = clock.today() + timedelta(days=20), clock.today() + timedelta(days=60)
    visitor = Visitor("visitor").holds(Role.UNIT_HEAD, county, east.pk, ends=soon)
    lent = make.person(county, "借调人员")
    make.assignment(lent, east, "工作人员", status="借调", ends=soon)
    make.assignment(make.person(county, "久借人员"), east, "工作人员", status="借调", ends=later)
    shown = work(visitor)
    assert "借调人员" in shown
    assert "久借人员" not in shown
    assert shown.count(f"{soon.year}年{soon.month}月{soon.day}日到期") == 2


def a_run(county: Commission, by: str) -> Run:
    edition = TemplateEdition.objects.create(
        commission=county, name=f"模板{by}", number=1, text="", saved_at=clock.now(), saved_by=by
    )
    return Run.objects.create(
        commission=county, on=clock.today(), template=edition, written_at=clock.now(), written_by=by, document={},
        figures=[], balances=[],
    )  # fmt: skip


def test_reports_of_whoever_may_no_longer_write_them_are_to_be_taken_over(county: Commission) -> None:
    Visitor("gone").holds(Role.REPORT_WRITER, county, ends=clock.today())
    Visitor("here").holds(Role.REPORT_WRITER, county)
    a_run(county, "gone")
    a_run(county, "here")
    shown = work(Visitor("writer").holds(Role.REPORT_WRITER, county))
    assert "撰写人gone" in shown
    assert "撰写人here" not in shown


def test_a_role_that_waits_for_the_secretary_is_on_the_secretarys_page(county: Commission) -> None:
    secretary = Visitor("secretary").holds(Role.SECRETARY, county)
    asked = Visitor("asked").user
    Grant.objects.create(
        user=asked, role=Role.READER, commission=county.pk, scope_kind=Scope.COMMISSION, scope_id=county.pk,
        starts=clock.today(), ends=clock.today() + timedelta(days=9), reason="虚构", proposed_by="security",
        proposed_at=clock.now(),
    )  # fmt: skip
    assert "asked的授权待您审定" in work(secretary)


def test_my_work_costs_the_same_for_one_unit_and_for_three(county: Commission, east: Unit) -> None:
    visitor = Visitor("visitor").holds(Role.UNIT_HEAD, county, east.pk)
    work(visitor)
    one = questions_of(visitor, reverse("home:work"))
    for number in range(2):
        unit = make.unit(county, "乡镇纪委", f"镇{number}")
        make.assignment(make.person(county), unit)
        visitor.holds(Role.UNIT_HEAD, county, unit.pk)
    assert questions_of(visitor, reverse("home:work")) == one
