"""A run freezes what the ledger said; issuing waits for broken identities; the files carry the evidence."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.reports.conftest import SEED
from xiezuo.accounts.api import OPERATOR
from xiezuo.figures.api import Asking
from xiezuo.organisation.models import Commission, Unit, UnitRecord
from xiezuo.papers import plain_text
from xiezuo.reports.api import (
    TemplateRefused,
    documents_for,
    drift,
    issue_report,
    save_template,
    template_named,
    templates,
    write_files,
    write_report,
)
from xiezuo.reports.files import document_in
from xiezuo.reports.models import Run, TemplateEdition
from xiezuo.reports.operations import standard_template, standard_text
from xiezuo.shared.errors import BadInput, NotThere, Refused
from xiezuo.zones.models import Zone, ZoneRecord

DAY = date(2022, 8, 15)
NOW = datetime(2023, 2, 1, 9, 0, tzinfo=UTC)
ANSWERS = yaml.safe_load((SEED.parent / "figures.yaml").read_text(encoding="utf-8"))["figures"]


def written(county: Commission, on: date = DAY, **more: Any) -> Run:
    return write_report(commission=county, on=on, by=OPERATOR, now=NOW, **more)


def text_of(run: Run) -> str:
    return plain_text(document_in(run, issued=run.issued_at is not None))


def frozen(run: Run) -> dict[str, Mapping[str, Any]]:
    return {figure["key"]: figure for figure in run.figures}


def break_an_identity(county: Commission) -> None:
    """A second-level zone of no kind: the zones no longer add up."""
    zone = Zone.objects.create(commission=county, code="无类别")
    ZoneRecord.objects.create(
        commission=county,
        zone=zone,
        name="无类别协作区",
        level="二级",
        starts=date(2022, 1, 1),
        known_from=NOW,
    )


def test_every_figure_of_the_seed_report_is_told_as_the_seed_report_tells_it(county: Commission) -> None:
    run = written(county)
    figures = frozen(run)
    for answer in ANSWERS:
        key = (
            f"{answer['key']}@{str(answer['during'])[5:7]}"
            if len(str(answer.get("during", ""))) == 7
            else answer["key"]
        )
        assert figures[key]["value"] == answer["value"], key
    assert len(re.findall("'is': 'Figure'", str(run.document))) >= 60


def test_every_record_that_a_figure_counts_is_kept(county: Commission) -> None:
    derived = {"township.staff_each", "township.full_time_most", "township.full_time_others_each"}
    for key, figure in frozen(written(county)).items():
        if key not in derived:
            assert len(figure["records"]) == figure["value"], key
        assert len(figure["rows"]) == len(figure["records"])


def test_the_files_say_what_the_run_says(county: Commission, tmp_path: Path) -> None:
    run = written(county)
    said = write_files(run, tmp_path)
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8")) == said
    assert set(said) == {"commission", "on", "figures", "balances", "sha256"}
    assert (said["commission"], said["on"]) == ("CX", "2022-08-15")
    assert {frozenset(figure) for figure in said["figures"]} == {
        frozenset({"key", "value", "shown", "records"})
    }
    digests = {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in said["sha256"]}
    assert digests == said["sha256"]
    assert set(digests) == {"report.docx", "report.pdf", "evidence.xlsx"}


def test_the_same_ledger_and_day_give_the_same_bytes(county: Commission, tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_files(written(county), tmp_path / name)
    for file in (tmp_path / "first").iterdir():
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes(), file.name


def test_the_evidence_holds_a_sheet_for_each_figure_with_its_records(
    county: Commission, tmp_path: Path
) -> None:
    unit = UnitRecord.objects.filter(kind="派驻纪检监察组").first()
    UnitRecord.objects.filter(pk=unit.pk).update(known_until=NOW)
    UnitRecord.objects.create(
        commission=county, unit=unit.unit, name="=1+1", kind=unit.kind, starts=unit.starts, known_from=NOW
    )
    run = written(county)
    write_files(run, tmp_path)
    book = load_workbook(BytesIO((tmp_path / "evidence.xlsx").read_bytes()))
    assert len(book.sheetnames) == len(run.figures) + 2
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" for cell in cells)
    assert "f" not in {cell.data_type for cell in cells}
    sheet = next(sheet for sheet in book if sheet["B2"].value == "stationed.leaders")
    assert [row[0].value for row in sheet.iter_rows(min_row=10)] == frozen(run)["stationed.leaders"][
        "records"
    ]


def test_a_day_before_the_county_existed_is_refused_with_its_first_day(county: Commission) -> None:
    first = UnitRecord.objects.order_by("starts").first().starts
    with pytest.raises(NotThere, match=first.isoformat()):
        written(county, date(1949, 10, 1))
    assert not Run.objects.exists()


def test_a_broken_identity_stands_on_top_and_blocks_issuing_until_a_reason_is_given(
    county: Commission, tmp_path: Path
) -> None:
    break_an_identity(county)
    run = written(county)
    assert text_of(run).startswith("勾稽不符")
    for blank in ("", "  "):
        with pytest.raises(Refused) as refused:
            issue_report(run=run, by=OPERATOR, now=NOW, reason=blank)
        assert [reason.code for reason in refused.value.reasons] == ["broken_identities"]
    draft = write_files(run, tmp_path)["sha256"]
    issue_report(run=run, by=OPERATOR, now=NOW, reason="已逐区核对，类别待补")
    assert (run.issued_by, run.reason) == ("operator", "已逐区核对，类别待补")
    assert not text_of(run).startswith("勾稽不符")
    issued = write_files(run, tmp_path)["sha256"]
    assert all(issued[name] != draft[name] for name in draft)
    book = load_workbook(tmp_path / "evidence.xlsx")
    assert "已逐区核对，类别待补" in [cell.value for row in book["勾稽"].iter_rows() for cell in row]


def test_a_report_is_issued_once(county: Commission) -> None:
    run = written(county)
    issue_report(run=run, by=OPERATOR, now=NOW)
    with pytest.raises(Refused) as refused:
        issue_report(run=run, by=OPERATOR, now=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["already_issued"]


@pytest.mark.parametrize("change", [
    "UPDATE reports_run SET figures = '[]'", "UPDATE reports_run SET \"on\" = '2022-01-01'", "DELETE FROM reports_run",
    "UPDATE reports_runfile SET content = ''", "DELETE FROM reports_runfile", "UPDATE reports_templateedition SET text = ''",
])  # fmt: skip
def test_what_was_written_cannot_be_changed_even_by_the_application(county: Commission, change: str) -> None:
    written(county)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_an_unmet_standard_is_listed_as_a_shortfall_and_blocks_nothing(county: Commission) -> None:
    run = written(county, date(2022, 3, 1))
    assert "尚需补齐以下方面" in text_of(run)
    assert "驻公安局纪检监察组" in text_of(run)
    issue_report(run=run, by=OPERATOR, now=NOW)
    assert run.issued_at == NOW


def test_a_run_stays_as_it_was_and_the_drift_is_told_beside_it(county: Commission, tmp_path: Path) -> None:
    run = written(county)
    assert drift(run) == []
    before = write_files(run, tmp_path)
    break_an_identity(county)
    [changed] = drift(run)
    assert (changed.key, changed.frozen, changed.now) == ("zones.second_level", 8, 9)
    assert write_files(run, tmp_path) == before


def test_a_regulation_is_told_with_its_one_status(county: Commission) -> None:
    text = text_of(written(county))
    assert text.count("《县监督执纪协作区工作规则（试行）》") == 1
    assert "《县监督执纪协作区工作规则（试行）》正在起草" in text


def test_the_demonstration_county_gets_a_report_on_every_kind_of_day(demonstration: Commission) -> None:
    for day in (date(2022, 1, 10), DAY, date(2022, 12, 31), date(2023, 6, 30), date(2023, 12, 31)):
        text = text_of(written(demonstration, day))
        assert not re.search("，。|。。|；。|、。|，，|（）|None|：。", text)
        assert f"现将截至{day.year}年{day.month}月{day.day}日的情况报告如下。" in text


def test_a_county_with_one_unit_gets_a_report(actor: None) -> None:
    commission = Commission.objects.create(code="YX", name="云溪县纪委监委", region="云溪县")
    unit = Unit.objects.create(commission=commission, code="1")
    UnitRecord.objects.create(
        commission=commission,
        unit=unit,
        name="监督检查室",
        kind="监督检查室",
        starts=date(2020, 1, 1),
        known_from=NOW,
    )
    text = text_of(written(commission))
    assert "纳入协作范围的有监督检查室1个。" in text
    assert "尚未划定协作区" in text


def test_many_counties_are_asked_as_many_questions_as_one(county: Commission) -> None:
    others = [
        Commission.objects.create(code=f"X{n}", name=f"第{n}县纪委监委", region=f"第{n}县") for n in range(3)
    ]
    list(documents_for(Asking((county.pk,), DAY), standard_text(), {}))  # so that every question is compiled
    counts = []
    for asked in ((county.pk, others[0].pk), (county.pk, *(other.pk for other in others))):
        with CaptureQueriesContext(connection) as queries:
            assert len(list(documents_for(Asking(asked, DAY), standard_text(), {}))) == len(asked)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_saving_a_template_adds_an_edition_and_changes_none(county: Commission) -> None:
    standard = standard_template(now=NOW)
    for words in ("# 甲\n\n第一版", "# 甲\n\n第二版"):
        save_template(commission=county, name="本县", text=words, note="", layout={}, by=OPERATOR, now=NOW)
    assert [edition.number for edition in TemplateEdition.objects.filter(name="本县")] == [1, 2]
    assert template_named(county, "本县").text == "# 甲\n\n第二版"
    assert [edition.name for edition in templates(county)] == ["本县", standard.name]
    assert "第二版" in text_of(written(county, template="本县"))
    assert standard_template(now=NOW) == standard


def test_a_county_may_keep_a_standard_template_of_its_own(county: Commission) -> None:
    save_template(
        commission=county, name="标准汇报", text="# 甲\n\n本县写法", note="", layout={}, by=OPERATOR, now=NOW
    )
    assert "本县写法" in text_of(written(county))
    assert "本县写法" in text_of(written(county, template="标准汇报"))


def test_a_template_that_cannot_be_read_is_not_saved(county: Commission) -> None:
    with pytest.raises(TemplateRefused) as refused:
        save_template(
            commission=county,
            name="坏",
            text="一\n{{ fig('no.such') }}",
            note="",
            layout={},
            by=OPERATOR,
            now=NOW,
        )
    assert refused.value.line == 2
    assert not TemplateEdition.objects.filter(name="坏").exists()


def test_an_unknown_template_is_named_with_those_that_there_are(county: Commission) -> None:
    with pytest.raises(NotThere, match="标准汇报"):
        written(county, template="没有")


def test_a_unit_named_like_an_expression_is_printed_as_it_is(county: Commission) -> None:
    record = UnitRecord.objects.filter(kind="乡镇纪委").first()
    UnitRecord.objects.filter(pk=record.pk).update(known_until=NOW)
    UnitRecord.objects.create(
        commission=county,
        unit=record.unit,
        name="{{ 7*7 }}镇纪委",
        kind=record.kind,
        starts=record.starts,
        known_from=NOW,
    )
    assert "{{ 7*7 }}镇纪委" in text_of(written(county))


def test_a_character_that_no_font_draws_is_refused_in_words(county: Commission) -> None:
    save_template(commission=county, name="无字", text="\U0001f9ff", note="", layout={}, by=OPERATOR, now=NOW)
    with pytest.raises(BadInput, match="\U0001f9ff"):
        written(county, template="无字")
