"""What a later edition does, and how the last load is taken back."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.book.sample import put, sample, written
from xiezuo.accounts.api import OPERATOR
from xiezuo.book.api import export_book, load_book, template_book, withdraw_last_load
from xiezuo.book.queries import known_rows
from xiezuo.book.sheets import LEDGER_SHEETS
from xiezuo.organisation.entry_operations import give_up_post
from xiezuo.organisation.models import Assignment, Commission, PersonRecord, UnitRecord
from xiezuo.shared.errors import BadInput, Refused
from xiezuo.shared.periods import OPEN
from xiezuo.sites.models import Equipment, SiteRecord

pytestmark = pytest.mark.usefixtures("actor")
NOW = datetime(2023, 1, 5, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=200)
CUTOFF = date(2023, 6, 30)


def load(sheets, now=NOW, **more):
    result = load_book(written(sheets) if isinstance(sheets, dict) else sheets, by=OPERATOR, now=now, **more)
    assert result.errors == []
    return result


def later():
    sheets = sample()
    put(sheets, "单位信息", 2, "截止日期", CUTOFF)
    return sheets


def ledger(code="AL"):
    commission = Commission.objects.get(code=code)
    return {sheet.name: [row.values for row in known_rows(sheet, commission)] for sheet in LEDGER_SHEETS}


def test_a_new_row_adds():
    load(sample())
    sheets = later()
    sheets["任职"].insert(
        2, ["P3", "JD1", "科员", "专职", "在编", date(2023, 2, 1), None, "调入", None, None]
    )
    result = load(sheets, LATER)
    assert (result.added, result.changed, result.corrected) == ({"任职": 1}, {}, {})
    posts = Assignment.objects.current().order_by("position").values_list("post", flat=True)
    assert list(posts) == ["主任", "科员", "书记", "书记", "委员"]


def test_an_end_newly_given_ends_the_fact():
    load(sample())
    sheets = later()
    put(sheets, "任职", 2, "免职日期", date(2023, 5, 1))
    result = load(sheets, LATER)
    assert result.ended == {"任职": 1}
    assert Assignment.objects.current().get(post="主任").ends == date(2023, 5, 1)
    assert Assignment.objects.known(NOW).get(post="主任").ends == OPEN


def test_a_changed_name_holds_from_the_edition_s_day_on():
    load(sample())
    sheets = later()
    put(sheets, "机构", 3, "机构名称", "河口街道纪委")
    assert load(sheets, LATER).changed == {"机构": 1}
    assert UnitRecord.objects.on(CUTOFF - timedelta(days=1)).get(unit__code="XZ1").name == "河口镇纪委"
    assert UnitRecord.objects.on(CUTOFF).get(unit__code="XZ1").name == "河口街道纪委"
    assert not load(sheets, LATER).changes_something


def test_a_changed_start_or_kind_is_a_correction():
    load(sample())
    sheets = later()
    put(sheets, "任职", 2, "任职日期", date(2020, 2, 1))
    put(sheets, "机构", 3, "机构类型", "街道纪工委")
    result = load(sheets, LATER)
    assert result.corrected == {"任职": 1, "机构": 1}
    assert result.added == {}
    assert Assignment.objects.current().get(post="主任").starts == date(2020, 2, 1)
    assert UnitRecord.objects.current().get(unit__code="XZ1").kind == "街道纪工委"


def test_a_changed_post_is_a_correction():
    load(sample())
    sheets = later()
    put(sheets, "任职", 2, "职务", "副主任")
    assert load(sheets, LATER).corrected == {"任职": 1}


def test_a_missing_row_is_kept_with_a_warning():
    load(sample())
    sheets = later()
    del sheets["任职"][1]
    result = load(sheets, LATER)
    assert result.missing == {"任职": 1}
    assert not result.changed
    assert any("任职" in words for words in result.warnings)
    assert Assignment.objects.current().filter(post="主任").exists()


def test_rows_that_the_book_leaves_out_still_count_in_the_checks():
    load(sample())
    sheets = later()
    sheets["任职"] = [sheets["任职"][0], ["P1", "JD1", "主任", "专职", "在编", date(2020, 5, 1), date(2021, 1, 1), "期初", None, None],
                    ["P1", "JD1", "主任", "专职", "在编", date(2021, 2, 1), date(2021, 3, 1), "期初", None, None]]  # fmt: skip
    result = load_book(written(sheets), by=OPERATOR, now=LATER)
    assert {problem.row for problem in result.errors} == {2, 3}


def test_a_room_s_attribute_and_a_fault_begin_on_the_edition_s_day():
    load(sample())
    sheets = later()
    put(sheets, "场所", 2, "等次", "高标准")
    put(sheets, "设备", 2, "状态", "故障")
    put(sheets, "设备", 3, "状态", "完好")
    load(sheets, LATER)
    grades = (
        SiteRecord.objects.current().filter(site__code="S1").order_by("starts").values_list("grade", "starts")
    )
    assert list(grades) == [("标准", date(2020, 9, 1)), ("高标准", CUTOFF)]
    recorder, safe = (
        Equipment.objects.current()
        .order_by("item")
        .values_list("faulty_from", "repaired_on")
        .reverse()[:2][::-1]
    )
    found = {e.item: (e.faulty_from, e.repaired_on) for e in Equipment.objects.current()}
    assert found == {"同步录音录像": (CUTOFF, None), "保密柜": (date(2020, 9, 5), CUTOFF)}
    assert {recorder, safe} == set(found.values())
    assert not load(sheets, LATER).changes_something


def test_a_stage_filled_in_later_holds_for_the_whole_life_of_a_regulation():
    load(sample())
    sheets = later()
    put(sheets, "制度", 2, "施行日期", date(2023, 1, 1))
    assert load(sheets, LATER).changed == {"制度": 1}


def test_the_last_load_is_withdrawn_as_one_act():
    load(sample())
    before = ledger()
    sheets = later()
    put(sheets, "任职", 2, "免职日期", date(2023, 5, 1))
    put(sheets, "人员", 2, "联系电话", "13900000000")
    load(sheets, LATER)
    commission = Commission.objects.get()
    with pytest.raises(BadInput):
        withdraw_last_load(commission=commission, by=OPERATOR, now=LATER, reason=" ")
    withdraw_last_load(commission=commission, by=OPERATOR, now=LATER + timedelta(days=1), reason="装错了版本")
    assert ledger() == before
    commission.refresh_from_db()
    assert commission.kept_until == date(2022, 12, 31)
    assert PersonRecord.objects.on(CUTOFF, known=LATER).get(person__code="P1").telephone == "13900000000"
    withdraw_last_load(commission=commission, by=OPERATOR, now=LATER + timedelta(days=2), reason="全部重来")
    assert not any(ledger().values())
    with pytest.raises(Refused):
        withdraw_last_load(commission=commission, by=OPERATOR, now=LATER + timedelta(days=3), reason="再来")


def test_a_load_on_which_later_entries_may_rest_is_not_withdrawn():
    load(sample())
    held = Assignment.objects.current().first()
    give_up_post(
        assignment=held, ends=date(2024, 1, 1), leaving="调出", to_outside="", basis="", by=OPERATOR,
        now=LATER + timedelta(days=1),
    )  # fmt: skip
    commission = Commission.objects.get()
    before = ledger()
    with pytest.raises(Refused, match=r"登记|entered"):
        withdraw_last_load(commission=commission, by=OPERATOR, now=LATER + timedelta(days=2), reason="装错了")
    assert ledger() == before


def exported(code="AL", as_code=None):
    content = export_book(commission=Commission.objects.get(code=code), by=OPERATOR, now=NOW)
    if as_code is None:
        return content
    workbook = load_workbook(io.BytesIO(content))
    workbook["单位信息"]["A2"] = as_code
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_an_export_loads_back_to_the_same_ledger_with_its_history():
    load(sample())
    sheets = later()
    put(sheets, "机构", 3, "机构名称", "河口街道纪委")
    put(sheets, "机构", 3, "别名", "河口、街道")
    put(sheets, "场所", 2, "软包", "否")
    put(sheets, "人员", 2, "联系电话", None)
    load(sheets, LATER)
    assert not load(exported(), LATER).changes_something
    load(exported(as_code="BL"), LATER)
    assert ledger("BL") == ledger("AL")


CHANGES = st.lists(
    st.sampled_from(
        [
            ("机构", 2, "机构名称", "监督一室"), ("机构", 3, "所在地", "河口"), ("机构", 2, "排序号", 9),
            ("机构", 3, "撤销日期", date(2024, 1, 1)), ("人员", 2, "姓名", "=安一平"), ("人员", 4, "专长", "审计、-法律"),
            ("任职", 2, "免职日期", date(2023, 1, 1)), ("任职", 4, "依据", "@纪〔2022〕1号"), ("任职", 2, "职务", "副主任"),
            ("协作区", 3, "名称", "+片区"), ("场所", 2, "等次", "高标准"), ("场所", 3, "立项日期", date(2021, 1, 1)),
            ("设备", 2, "状态", "故障"), ("设备", 3, "状态", "完好"), ("制度", 2, "施行日期", date(2022, 9, 1)),
            ("会议调研", 2, "结束日期", date(2022, 7, 15)), ("工作谋划", 2, "进展", "过半"), ("改造", 2, "实际完成日期", date(2022, 8, 1)),
        ]
    ),
    max_size=8,
)  # fmt: skip


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=15,
    deadline=None,
)
@given(st.lists(CHANGES, min_size=1, max_size=3))
def test_any_history_of_editions_survives_export_and_load(editions):
    from django.db import transaction

    with transaction.atomic():
        sheets = sample()
        for number, changes in enumerate(editions):
            for sheet, row, column, value in changes:
                put(sheets, sheet, row, column, value)
            put(sheets, "单位信息", 2, "截止日期", CUTOFF + timedelta(days=100 * number))
            result = load_book(written(sheets), by=OPERATOR, now=LATER + timedelta(days=100 * number))
            if result.errors:
                break
            assert not load(sheets, LATER + timedelta(days=100 * number)).changes_something
        if Commission.objects.filter(code="AL").exists():
            assert not load(exported(), LATER).changes_something
            load(exported(as_code="BL"), LATER)
            assert ledger("BL") == ledger("AL")
        transaction.set_rollback(True)


def test_text_leaves_as_text():
    sheets = sample()
    for row, name in enumerate(("=1+1", "+1", "-1"), start=2):
        put(sheets, "人员", row, "籍贯", name)
    workbook = load_workbook(io.BytesIO(written(sheets)))
    for row in (2, 3, 4):
        workbook["人员"].cell(row, len(sheets["人员"][0])).data_type = "s"
    out = io.BytesIO()
    workbook.save(out)
    load(out.getvalue())
    page = load_workbook(io.BytesIO(exported()))["人员"]
    assert [page.cell(row, 6).value for row in (2, 3, 4)] == ["=1+1", "+1", "-1"]
    assert {page.cell(row, 6).data_type for row in (2, 3, 4)} == {"s"}


def test_the_empty_book_has_every_sheet_and_drop_downs_and_loads_once_it_is_filled():
    workbook = load_workbook(io.BytesIO(template_book()))
    assert workbook.sheetnames == ["说明", *(name for name in workbook.sheetnames if name != "说明")]
    assert len(workbook.sheetnames) == 17
    assert workbook["任职"].data_validations.dataValidation
    workbook["单位信息"].append(["KC", "空城县纪委监委", "空城县", "县", None])
    out = io.BytesIO()
    workbook.save(out)
    assert load(out.getvalue()).commission == "KC"
