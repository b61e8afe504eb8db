"""A book loads whole or not at all, and every wrong cell is named."""

import io
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from openpyxl import load_workbook

from tests.book.sample import put, sample, written
from xiezuo.accounts.api import OPERATOR
from xiezuo.book.api import load_book, map_word
from xiezuo.book.models import Load
from xiezuo.book.words import MappedColumn
from xiezuo.organisation.models import Assignment, Commission, PersonRecord, Portfolio, UnitRecord
from xiezuo.sites.models import Equipment, SiteRecord
from xiezuo.zones.models import ZoneRecord

pytestmark = pytest.mark.usefixtures("actor")
NOW = datetime(2023, 1, 5, 8, tzinfo=UTC)


def load(sheets, **more):
    return load_book(written(sheets), by=OPERATOR, now=NOW, file_name="台账.xlsx", **more)


def cells_of(result):
    return {(problem.sheet, problem.row, problem.column) for problem in result.errors}


def test_the_sample_loads_without_a_word():
    result = load(sample())
    assert (result.errors, result.warnings) == ([], [])
    assert result.added == {name: len(rows) - 1 for name, rows in sample().items() if name != "单位信息"}
    assert ZoneRecord.objects.get(name="县直片区").kind == "县直"
    assert PersonRecord.objects.get(name="安二平").telephone == "13800000002"
    assert Portfolio.objects.get(line="政治监督").unit is None
    assert len(SiteRecord.objects.get(name="河口镇办公室").users) == 2
    assert Equipment.objects.get(item="保密柜").faulty_from == date(2020, 9, 5)
    load_of = Load.objects.get()
    assert (load_of.by, load_of.file_name, load_of.commission.code) == ("operator", "台账.xlsx", "AL")


def test_a_dry_run_tells_all_and_leaves_nothing():
    result = load(sample(), dry_run=True)
    assert result.added["任职"] == 4
    assert not result.loaded
    assert not Commission.objects.exists()
    assert not Load.objects.exists()
    assert not UnitRecord.objects.exists()


def test_the_same_book_again_changes_nothing():
    load(sample())
    before = set(Assignment.objects.values_list("id", "known_until"))
    again = load(sample())
    assert not again.changes_something
    assert again.unchanged["任职"] == 4
    assert set(Assignment.objects.values_list("id", "known_until")) == before
    assert Load.objects.count() == 1


REFUSED = {
    "an unknown code": ("任职", 2, "人员编号", "P9"),
    "an unknown unit": ("协作区成员", 2, "机构编码", "XX9"),
    "a value outside its list": ("机构", 2, "机构类型", "办公室主任"),
    "a missing required cell": ("人员", 3, "姓名", None),
    "an impossible day": ("任职", 2, "任职日期", "2022-02-30"),
    "an end before its start": ("任职", 2, "免职日期", date(2019, 1, 1)),
    "the same post twice on a day": ("任职", 4, "任职日期", date(2022, 2, 1)),
    "a code claimed twice": ("机构", 3, "机构编码", "JD1"),
    "a fact of a unit after it ended": ("任职", 5, "免职日期", None),
    "a fact of a unit before it stood": ("任职", 3, "任职日期", date(2017, 1, 1)),
    "a fact of a zone before it stood": ("协作区领导", 2, "起始日期", date(2021, 1, 1)),
    "a fact of a site before it stood": ("设备", 2, "配备日期", date(2020, 1, 1)),
    "a parent that is no first-level zone": ("协作区", 3, "上级协作区编码", "E2"),
    "a first-level zone with a kind": ("协作区", 2, "类别", "乡镇"),
    "a number that is none": ("配备标准", 2, "人数", "一个"),
    "more full-time than people": ("配备标准", 2, "其中专职", 3),
    "a word of a post nobody mapped": ("任职", 2, "职务", "党委委员、纪委书记"),
    "a way of moving nobody mapped": ("任职", 2, "变动方式", "提拔"),
    "an object that looks like a code": ("领导分工", 2, "对象", "XZ99"),
    "a longitude off the earth": ("机构", 2, "经度", 500),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_true_is_refused_with_its_cell(case):
    sheets = sample()
    sheet, row, column, value = REFUSED[case]
    put(sheets, sheet, row, column, value)
    result = load(sheets)
    at = {problem for problem in cells_of(result) if problem[0] == sheet and problem[1] == row}
    if case != "the same post twice on a day":
        assert (sheet, row, column) in at
    assert at
    assert not Commission.objects.exists()


def test_a_unit_in_two_second_level_zones_on_a_day_is_refused_and_helping_is_not():
    sheets = sample()
    sheets["协作区成员"].append(["E2", "XZ1", "成员", date(2022, 5, 1), None])
    assert cells_of(load(sheets)) == {("协作区成员", 5, "起始日期")}
    sheets["协作区成员"][4][2] = "支援"
    assert load(sheets).errors == []


def test_the_lead_of_a_zone_may_also_be_listed_as_its_member():
    sheets = sample()
    sheets["协作区成员"].append(["E2", "JD1", "成员", date(2022, 5, 1), None])
    assert load(sheets).errors == []


def test_every_error_is_told_in_one_pass_and_marked_in_a_copy():
    sheets = sample()
    for sheet, row, column, value in list(REFUSED.values())[:5]:
        put(sheets, sheet, row, column, value)
    put(sheets, "任职", 3, "依据", "=1+1")
    result = load(sheets)
    assert {(s, r, c) for s, r, c, _value in list(REFUSED.values())[:5]} <= cells_of(result)
    marked = load_workbook(io.BytesIO(result.marked_copy))
    assert marked.sheetnames[0] == "问题清单"
    assert marked["问题清单"].max_row == len(result.errors) + 1
    cell = marked["任职"]["A2"]
    assert cell.comment is not None
    assert "P9" in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("FFC7CE")


def test_marked_copies_of_big_books_are_marked_too(monkeypatch):
    monkeypatch.setattr("xiezuo.book.marking.LARGE_BYTES", 10)
    sheets = sample()
    put(sheets, "任职", 2, "人员编号", "P9")
    marked = load_workbook(io.BytesIO(load(sheets).marked_copy))
    assert marked["任职"]["A2"].comment is not None
    assert marked["任职"]["C2"].value == "主任"


def test_errors_are_told_in_the_language_of_the_user():
    sheets = sample()
    put(sheets, "人员", 3, "姓名", None)
    with translation.override("en"):
        (english,) = [problem for problem in load(sheets).errors if problem.sheet == "人员"]
    with translation.override("zh-hans"):
        (chinese,) = [problem for problem in load(sheets).errors if problem.sheet == "人员"]
    assert english.expected != chinese.expected


def test_columns_and_sheets_that_nobody_knows_are_named_and_kept_out():
    sheets = sample()
    put(sheets, "人员", 2, "身份证号", "110101199001011234")
    sheets["草稿"] = [["随便"], [1]]
    result = load(sheets)
    assert result.errors == []
    assert any("身份证号" in words for words in result.warnings)
    assert any("草稿" in words for words in result.warnings)


def test_a_column_twice_is_refused():
    sheets = sample()
    for row in sheets["人员"]:
        row.append(row[1])
    assert ("人员", 1, "姓名") in cells_of(load(sheets))


def test_a_missing_required_column_is_refused():
    sheets = sample()
    sheets["人员"] = [row[:2] + row[3:] for row in sheets["人员"]]
    assert ("人员", 1, "性别") in cells_of(load(sheets))


def test_headings_may_carry_blanks_and_columns_may_change_places():
    sheets = sample()
    sheets["人员"] = [list(reversed(row)) for row in sheets["人员"]]
    sheets["人员"][0] = [" ".join(heading) for heading in sheets["人员"][0]]
    assert load(sheets).errors == []


def test_a_title_may_stand_above_the_headings_and_empty_rows_between():
    sheets = sample()
    sheets["人员"] = [
        ["安澜县人员台账"],
        [],
        sheets["人员"][0],
        *sheets["人员"][1:2],
        [None],
        [" "],
        *sheets["人员"][2:],
    ]
    assert load(sheets).added["人员"] == 3


def test_blank_codes_are_proposed_and_people_of_one_name_are_left_to_decide():
    sheets = sample()
    put(sheets, "人员", 4, "人员编号", None)
    put(sheets, "任职", 5, "人员编号", "安三平")
    load(sheets)
    assert PersonRecord.objects.get(name="安三平").person.code == "P0003"
    again = load(sheets)
    assert not again.changes_something
    sheets["人员"].append([None, "安三平", "女", None, None])
    result = load(sheets)
    assert {("人员", 4, "人员编号"), ("人员", 5, "人员编号")} <= cells_of(result)


def test_names_serve_where_codes_are_asked_for_if_only_one_has_them():
    sheets = sample()
    put(sheets, "任职", 2, "人员编号", "安一平")
    put(sheets, "任职", 2, "机构编码", "一室")
    put(sheets, "协作区成员", 2, "协作区编码", " 河口 片区 ")
    assert load(sheets).errors == []
    assert Assignment.objects.get(post="主任").person.code == "P1"


def test_a_county_s_word_is_mapped_once():
    sheets = sample()
    put(sheets, "任职", 3, "职务", "党委委员、纪委书记")
    put(sheets, "任职", 4, "职务", "党委委员、纪委书记")
    assert len(load(sheets).errors) == 2
    map_word(
        commission_code="AL",
        column=MappedColumn.POST,
        word="党委委员、纪委书记",
        meaning="书记",
        by=OPERATOR,
        now=NOW,
    )
    assert load(sheets).errors == []
    assert Assignment.objects.filter(post="书记").count() == 2


def test_full_time_that_follows_part_time_is_offered_as_such():
    sheets = sample()
    put(sheets, "任职", 4, "变动方式", "新任")
    result = load(sheets)
    assert result.errors == []
    assert any("兼职转专职" in words for words in result.warnings)


def test_a_book_without_its_commission_belongs_to_the_only_one():
    sheets = sample()
    information = sheets.pop("单位信息")
    assert load(sheets).errors
    load({"单位信息": information})
    result = load(sheets)
    assert result.errors == []
    assert result.commission == "AL"


def test_a_post_that_no_figure_counts_is_kept_as_it_stands_and_named():
    sheets = sample()
    put(sheets, "任职", 2, "职务", "党组成员")
    result = load(sheets)
    assert result.errors == []
    assert any("党组成员" in warning for warning in result.warnings)
    assert Assignment.objects.current().filter(post="党组成员").count() == 1
