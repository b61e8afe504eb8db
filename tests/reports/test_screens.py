"""The screens of the reports: every number leads to its records, issuing tells what stands against it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import translation

from tests.reports.test_runs import break_an_identity
from tests.subjects import Browser
from xiezuo.accounts.api import OPERATOR
from xiezuo.accounts.models import User
from xiezuo.audit.api import Act, entries
from xiezuo.organisation.models import Commission
from xiezuo.reports.api import write_report
from xiezuo.reports.models import Run, TemplateEdition

NOW = datetime(2023, 2, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def clerk(county: Commission) -> Client:
    """A logged-in clerk of the county, reading English."""
    return Browser(User.objects.create_user("clerk"), headers={"accept-language": "en"})


@pytest.fixture
def run(county: Commission) -> Run:
    return write_report(commission=county, on=date(2022, 8, 15), by=OPERATOR, now=NOW)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:400]
    return response.content.decode()


def test_a_report_is_written_from_a_day_and_a_template(clerk: Client) -> None:
    assert "New report" in page(clerk, "/reports/")
    answer = clerk.post("/reports/new/", {"on": "2022-08-15", "template": "标准汇报"})
    run = Run.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/reports/{run.pk}/?on=2022-08-15")
    assert f"/reports/{run.pk}/?on=2022-08-15" in page(clerk, "/reports/")


def test_a_day_before_the_county_is_refused_in_words(clerk: Client) -> None:
    answer = clerk.post("/reports/new/", {"on": "1949-10-01", "template": "标准汇报"})
    assert answer.status_code == 422
    assert "did not exist on 1949-10-01" in answer.content.decode()


def test_every_number_leads_to_its_records_on_the_day(clerk: Client, run: Run) -> None:
    said = page(clerk, f"/reports/{run.pk}/?on=2022-08-15")
    links = re.findall(r'<a class="xz-figure" href="([^"]+)"', said)
    assert len(links) >= 60
    assert all(re.fullmatch(r"/figures/[\w.]+(@\d\d)?/\?on=2022-08-15", link) for link in links)
    assert "驻县委办纪检监察组" in page(clerk, "/figures/stationed.leaders/?on=2022-08-15")


def test_the_files_are_taken_away_as_they_were_kept(clerk: Client, run: Run) -> None:
    for kept in run.files.all():
        assert clerk.get(f"/reports/{run.pk}/files/{kept.name}").content == bytes(kept.content)
    assert clerk.get(f"/reports/{run.pk}/files/secret.txt").status_code == 404
    taken = [entry.details["file"] for entry in entries(actor="clerk", act=Act.REPORT_TAKEN)]
    assert sorted(taken) == sorted(kept.name for kept in run.files.all())


def test_another_countys_report_is_not_there(clerk: Client, run: Run) -> None:
    Commission.objects.create(code="BX", name="别县纪委监委", region="别县")
    session = clerk.session
    session["commission"] = "BX"
    session.save()
    assert clerk.get(f"/reports/{run.pk}/").status_code == 404


def test_issuing_asks_for_a_reason_while_an_identity_is_broken(clerk: Client, county: Commission) -> None:
    break_an_identity(county)
    run = write_report(commission=county, on=date(2022, 8, 15), by=OPERATOR, now=NOW)
    assert "Wrong numbers" in page(clerk, f"/reports/{run.pk}/")
    refused = clerk.post(f"/reports/{run.pk}/issue/", {"reason": ""})
    assert refused.status_code == 422
    assert "say why the report is issued all the same" in refused.content.decode()
    assert clerk.post(f"/reports/{run.pk}/issue/", {"reason": "已核对"}).status_code == 302
    assert "already" in page(clerk, f"/reports/{run.pk}/")


def test_what_has_changed_since_stands_beside_the_report(clerk: Client, county: Commission, run: Run) -> None:
    assert "The ledger gives the same numbers today." in page(clerk, f"/reports/{run.pk}/")
    break_an_identity(county)
    assert re.search(
        r"<td>8</td><td>.*/figures/zones.second_level/", page(clerk, f"/reports/{run.pk}/"), re.DOTALL
    )


def test_a_template_is_saved_as_a_new_edition_and_refused_with_its_line(
    clerk: Client, county: Commission
) -> None:
    assert "Insert a figure" in page(clerk, "/reports/templates/edit/")
    bad = clerk.post(
        "/reports/templates/edit/",
        {"name": "本县", "text": "一\n{{ ''.__class__ }}", "note": "", "layout": ""},
    )
    assert bad.status_code == 422
    assert "Line 2 of the template" in bad.content.decode()
    wrong = clerk.post(
        "/reports/templates/edit/", {"name": "本县", "text": "一", "note": "", "layout": '{"lines": 0}'}
    )
    assert wrong.status_code == 422
    good = clerk.post(
        "/reports/templates/edit/",
        {"name": "本县", "text": "# 甲\r\n\r\n文", "note": "试", "layout": '{"lines": 20}'},
    )
    assert good.status_code == 302
    edition = TemplateEdition.objects.get(commission=county)
    assert (edition.text, edition.number, edition.layout) == ("# 甲\n\n文", 1, {"lines": 20})
    assert f"/reports/templates/edit/?edition={edition.pk}" in page(
        clerk, f"/reports/templates/editions/{edition.pk}/"
    )
    assert "# 甲" in page(clerk, f"/reports/templates/edit/?edition={edition.pk}")
    assert "试" in page(clerk, "/reports/templates/history/?name=本县")
    assert "本县" in page(clerk, "/reports/templates/")


def test_the_preview_follows_the_text(clerk: Client, county: Commission) -> None:
    answer = clerk.post(
        "/reports/templates/preview/?on=2022-08-15", {"text": "共{{ fig('township.staff') }}名"}
    )
    assert 'href="/figures/township.staff/?on=2022-08-15"' in answer.content.decode()
    refused = clerk.post("/reports/templates/preview/", {"text": "\n{% for %}"})
    assert 'data-line="2"' in refused.content.decode()


def test_a_figure_is_found_by_its_name_in_either_language(clerk: Client) -> None:
    for words in ("talk_rooms.count", "谈话室", "talk room"):
        assert "talk_rooms.count" in page(clerk, f"/reports/templates/figures/?q={words}")
    assert "No figure matches." in page(clerk, "/reports/templates/figures/?q=绝无此事")


def test_the_report_is_chinese_whoever_writes_it(clerk: Client, county: Commission) -> None:
    with translation.override("en"):
        run = write_report(commission=county, on=date(2022, 3, 1), by=OPERATOR, now=NOW)
    titles = "".join(figure["title"] for figure in run.figures)
    assert titles
    assert not re.search("[a-z]{4}", titles)
