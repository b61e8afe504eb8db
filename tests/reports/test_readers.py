"""Who reads reports: issued ones with the totals, as paper alone; drafts, evidence and templates are for their writers."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Actor, Role, actor_of, set_actor
from xiezuo.organisation.models import Commission
from xiezuo.reports.api import issue_report, save_template, write_report
from xiezuo.reports.models import Run, RunFile
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused

DAY = date(2022, 8, 15)

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client) -> Commission:
    county = make.commission()
    make.assignment(make.person(county), make.unit(county, "乡镇纪委", "东镇纪委"))
    return county


@pytest.fixture
def draft(county: Commission) -> Run:
    text = '# 虚构汇报\n\n乡镇纪检干部{{ fig("township.staff") }}名。\n'
    edition = save_template(
        commission=county, name="短报", text=text, note="", layout={}, by=OPERATOR, now=clock.now()
    )
    return write_report(commission=county, on=DAY, by=OPERATOR, now=clock.now(), template=edition)


@pytest.fixture
def issued(draft: Run) -> Run:
    issue_report(run=draft, by=OPERATOR, now=clock.now(), reason="虚构")
    return draft


@pytest.fixture
def leader(county: Commission) -> Visitor:
    return Visitor("leader").holds(Role.READER, county)


@pytest.fixture
def writer(county: Commission) -> Visitor:
    return Visitor("writer").holds(Role.REPORT_WRITER, county)


def run_page(client: Client, run: Run) -> tuple[int, str]:
    response = client.get(reverse("reports:run", args=[run.pk]))
    return response.status_code, response.content.decode()


def test_a_draft_is_not_there_for_who_only_reads(leader: Visitor, draft: Run) -> None:
    assert run_page(leader, draft)[0] == 404
    assert "尚无已签发的报告" in leader.get(reverse("reports:list")).content.decode()


def test_an_issued_report_is_read_with_the_mark_of_its_reader_and_without_its_evidence(
    leader: Visitor, issued: Run
) -> None:
    status, shown = run_page(leader, issued)
    assert status == 200
    assert "report.docx" in shown
    assert "evidence.xlsx" not in shown
    assert shown.count("<span>leader 20") >= 20
    assert "why-not-issue" in shown
    assert leader.get(reverse("reports:file", args=[issued.pk, "report.pdf"])).status_code == 200


def test_the_evidence_is_behind_both_walls(leader: Visitor, writer: Visitor, issued: Run) -> None:
    address = reverse("reports:file", args=[issued.pk, "evidence.xlsx"])
    assert leader.get(address).status_code == 403
    assert writer.get(address).status_code == 200
    set_actor(actor_of(leader.user))
    assert set(RunFile.objects.values_list("name", flat=True)) == {"report.docx", "report.pdf"}


@pytest.mark.parametrize("route", ["write", "templates", "template"])
def test_making_reports_is_refused_to_their_readers(leader: Visitor, county: Commission, route: str) -> None:
    assert leader.get(reverse(f"reports:{route}")).status_code == 403
    shown = leader.get(reverse("reports:list")).content.decode()
    assert reverse("reports:write") not in shown
    assert reverse("reports:templates") not in shown


def test_the_operations_refuse_whoever_asks(county: Commission, draft: Run) -> None:
    nobody = Actor("nobody", 0)
    with pytest.raises(Refused):
        write_report(commission=county, on=DAY, by=nobody, now=clock.now())
    with pytest.raises(Refused):
        issue_report(run=draft, by=nobody, now=clock.now(), reason="虚构")
    with pytest.raises(Refused):
        save_template(
            commission=county, name="短报", text="# 一\n", note="", layout={}, by=nobody, now=clock.now()
        )
    assert Run.objects.get(pk=draft.pk).issued_at is None


def test_a_writer_of_another_commission_writes_nothing_here(draft: Run) -> None:
    stranger = Visitor("stranger").holds(Role.REPORT_WRITER, make.commission())
    assert run_page(stranger, draft)[0] == 404
