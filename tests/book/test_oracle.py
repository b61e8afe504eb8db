"""How the oracle reads the definitions where they leave room, on books of a few rows."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.book.ledger_rows import Book
from tests.book.oracle import figures_of

Table = list[dict[str, object]]
TWO_TOWNSHIPS: Table = [
    {"机构编码": "A", "机构名称": "甲乡纪委", "机构类型": "乡镇纪委", "设立日期": "2020-01-01"},
    {"机构编码": "B", "机构名称": "乙乡纪委", "机构类型": "乡镇纪委", "设立日期": "2020-01-01"},
]
ROOM: dict[str, object] = {
    "场所编码": "T",
    "名称": "谈话室",
    "类型": "谈话室",
    "机构编码": "A",
    "启用日期": "2021-01-01",
    "软包": "是",
}


def book_of(folder: Path, **sheets: Table) -> Book:
    workbook = Workbook()
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append([f" {column} " for column in columns])
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    workbook.save(folder / "book.xlsx")
    return Book(folder / "book.xlsx")


def post(person: str, unit: str, engagement: str, starts: object, ends: object = None) -> dict[str, object]:
    return {
        "人员编号": person,
        "机构编码": unit,
        "职务": "委员",
        "专兼职": engagement,
        "任职日期": starts,
        "免职日期": ends,
    }


@pytest.mark.parametrize(
    "written", [date(2022, 4, 1), "2022-04-01", "2022/4/1", "2022.4.1", "2022年4月1日", "2022年4月"]
)
def test_a_day_may_be_written_in_six_ways(tmp_path: Path, written: object) -> None:
    book = book_of(tmp_path, 机构=TWO_TOWNSHIPS, 任职=[post("P", "A", "专职", written)])
    days = (date(2022, 3, 31), date(2022, 4, 1))
    assert [figures_of(book, on)["township.staff"] for on in days] == [0, 1]


def test_a_person_of_two_posts_counts_once_and_is_full_time_by_either(tmp_path: Path) -> None:
    posts = [post("P", "A", "兼职", "2022-01-01"), post("P", "甲乡纪委", "专职", "2022-03-01", "2022-05-01")]
    book = book_of(tmp_path, 机构=TWO_TOWNSHIPS, 任职=posts)
    found = [figures_of(book, date(2022, month, 1)) for month in (2, 3, 5)]
    assert [answers["township.staff"] for answers in found] == [1, 1, 1]
    assert [answers["township.full_time"] for answers in found] == [0, 1, 0]


def test_each_has_no_answer_where_it_is_not_the_same(tmp_path: Path) -> None:
    book = book_of(tmp_path, 机构=TWO_TOWNSHIPS, 任职=[post("P", "A", "专职", "2022-01-01")])
    answers = figures_of(book, date(2022, 2, 1))
    keys = ("township.staff_each", "township.full_time_most", "township.full_time_others_each")
    assert [answers[key] for key in keys] == [None, 1, 0]


def test_an_empty_book_has_counts_of_nothing_and_no_each(tmp_path: Path) -> None:
    answers = figures_of(book_of(tmp_path), date(2022, 2, 1))
    unanswered = {key for key, value in answers.items() if value is None}
    assert unanswered == {
        "township.staff_each",
        "township.full_time_most",
        "township.full_time_others_each",
    }
    assert {value for value in answers.values() if value is not None} == {0}


@pytest.mark.parametrize(
    ("state", "on", "works"),
    [
        ({"状态": "故障"}, date(2022, 2, 1), False),
        ({"状态": "完好", "故障日期": "2022-02-01", "修复日期": "2022-03-01"}, date(2022, 1, 31), True),
        ({"状态": "完好", "故障日期": "2022-02-01", "修复日期": "2022-03-01"}, date(2022, 2, 1), False),
        ({"状态": "完好", "故障日期": "2022-02-01", "修复日期": "2022-03-01"}, date(2022, 3, 1), True),
        ({"状态": "故障", "故障日期": "2022-02-01"}, date(2022, 1, 31), True),
        ({"状态": "故障", "故障日期": "2022-02-01"}, date(2022, 9, 1), False),
    ],
)
def test_a_fault_lasts_from_its_day_to_the_day_of_repair(
    tmp_path: Path, state: dict[str, object], on: date, *, works: bool
) -> None:
    recorder = {"场所编码": "T", "设备": "同步录音录像", "配备日期": "2021-01-01", **state}
    book = book_of(tmp_path, 机构=TWO_TOWNSHIPS, 场所=[ROOM], 设备=[recorder])
    assert figures_of(book, on)["talk_rooms.with_recording"] == int(works)


def test_first_aid_is_good_through_its_last_day(tmp_path: Path) -> None:
    kit: dict[str, object] = {
        "场所编码": "T",
        "设备": "急救药品",
        "配备日期": "2021-01-01",
        "有效期至": "2022-06-30",
    }
    book = book_of(tmp_path, 机构=TWO_TOWNSHIPS, 场所=[ROOM], 设备=[kit])
    days = (date(2022, 6, 30), date(2022, 7, 1))
    assert [figures_of(book, on)["talk_rooms.with_first_aid"] for on in days] == [1, 0]


def test_moves_are_counted_by_month_and_not_after_the_day(tmp_path: Path) -> None:
    group: dict[str, object] = {
        "机构编码": "G",
        "机构名称": "驻某组",
        "机构类型": "派驻纪检监察组",
        "设立日期": "2020-01-01",
    }
    moves = [
        {**post(code, "G", "专职", day), "变动方式": "借调；调整"}
        for code, day in (("P", "2022-04-01"), ("Q", "2022-05-20"))
    ]
    answers = figures_of(book_of(tmp_path, 机构=[group], 任职=moves), date(2022, 5, 10))
    keys = ("stationed.seconded_in", "stationed.seconded_in@04", "stationed.seconded_in@05")
    assert [answers[key] for key in keys] == [1, 1, 0]
    assert "stationed.seconded_in@06" not in answers
