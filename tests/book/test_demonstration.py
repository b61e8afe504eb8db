"""The demonstration county's book: what it must give, and that nothing in it would be refused."""

import io
import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from tests.book.ledger_rows import Book, Row, day, items, text
from tests.book.oracle import GROUP, TOWNSHIP, figures, figures_of
from tests.book.oracle_balances import balances, flow
from xiezuo.book.demonstration import book_bytes, write_book

SEED = Path(__file__).parents[1] / "data" / "seed"
REPORT_DAY = date(2022, 8, 15)
OPEN = date.max

SHEETS = [
    *("单位信息", "机构", "领导分工", "配备标准", "人员", "任职", "协作区", "协作区成员", "协作区领导"),
    *("制度", "场所", "设备", "改造", "上级部署", "会议调研", "工作谋划"),
]

# Sheet, column → the closed list of the ledger book.
WORDS = {
    (
        "机构",
        "机构类型",
    ): "监督检查室/审查调查室/派驻纪检监察组/驻乡镇纪检监察工作室/乡镇纪委/街道纪工委/开发区纪检监察工委/"
    "派出监察办公室/国有企业纪委/巡察机构/综合科室/领导班子/其他内设机构",
    ("领导分工", "方式"): "分管/协管/联系",
    ("人员", "性别"): "男/女",
    ("任职", "专兼职"): "专职/兼职",
    ("任职", "人员性质"): "在编/事业/聘用/借调/挂职/跟班",
    ("任职", "变动方式"): "期初/调入/调整/配备/选举/新任/轮岗/考录/借调/挂职/跟班/兼职转专职",
    ("任职", "离任方式"): "调整/调出/借调期满/退休/免职/辞职/转任/去世",
    ("协作区", "级别"): "一级/二级",
    ("协作区", "类别"): "乡镇/县直",
    ("协作区成员", "角色"): "轴/领办/成员/支援",
    ("场所", "类型"): "谈话室/候谈室/监控室/办公室/集中办公区/廉政文化走廊/廉政教育阵地/教育基地",
    ("场所", "等次"): "标准/高标准",
    ("场所", "软包"): "是/否",
    ("场所", "独立"): "是/否",
    ("设备", "状态"): "完好/故障",
    ("会议调研", "类型"): "检查调研/专题推进会/例会/其他",
}

REQUIRED = {
    "单位信息": "单位编码 名称 行政区划名称",
    "机构": "机构编码 机构名称 机构类型 设立日期",
    "领导分工": "人员编号 对象 方式 起始日期",
    "配备标准": "机构类型 职务 人数 起始日期",
    "人员": "人员编号 姓名 性别",
    "任职": "人员编号 机构编码 职务 专兼职 人员性质 任职日期 变动方式",
    "协作区": "协作区编码 名称 级别 设立日期",
    "协作区成员": "协作区编码 机构编码 角色 起始日期",
    "协作区领导": "协作区编码 人员编号 起始日期",
    "制度": "名称",
    "场所": "场所编码 名称 类型 机构编码",
    "设备": "场所编码 设备 配备日期",
    "改造": "场所编码 内容 开工日期 计划完成日期",
    "上级部署": "来源 名称 日期",
    "会议调研": "类型 名称 日期",
    "工作谋划": "类别 名称 起始日期",
}

# The columns that hold codes → the sheet where the code is given out.
REFERENCES = {
    "人员编号": "人员",
    "带队人员编号": "人员",
    "使用人员编号": "人员",
    "机构编码": "机构",
    "原机构编码": "机构",
    "责任机构编码": "机构",
    "涉及机构": "机构",
    "协作区编码": "协作区",
    "上级协作区编码": "协作区",
    "服务协作区编码": "协作区",
    "场所编码": "场所",
    "上级场所编码": "场所",
}
OWN_CODE = {
    "人员": "人员编号",
    "机构": "机构编码",
    "协作区": "协作区编码",
    "场所": "场所编码",
    "制度": "制度编码",
}

# Sheet → first day and end of its facts.
PERIODS = {
    "机构": ("设立日期", "撤销日期"),
    "领导分工": ("起始日期", "终止日期"),
    "配备标准": ("起始日期", "终止日期"),
    "任职": ("任职日期", "免职日期"),
    "协作区": ("设立日期", "撤销日期"),
    "协作区成员": ("起始日期", "终止日期"),
    "协作区领导": ("起始日期", "终止日期"),
    "场所": ("启用日期", "停用日期"),
    "设备": ("配备日期", "撤除日期"),
    "改造": ("开工日期", "实际完成日期"),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("county") / "安澜县.xlsx"
    write_book(written)
    return written


@pytest.fixture(scope="module")
def book(path: Path) -> Book:
    return Book(path)


def seed_figures() -> list[tuple[str, int]]:
    """Key (with @MM where the seed speaks of one month) and value of the forty figures."""
    listed = yaml.safe_load((SEED / "figures.yaml").read_text(encoding="utf-8"))["figures"]
    return [(_key(figure["key"], str(figure.get("during", ""))), figure["value"]) for figure in listed]


def _key(key: str, during: str) -> str:
    return f"{key}@{during[5:]}" if re.fullmatch(r"\d{4}-\d{2}", during) else key


def period(row: Row, sheet: str) -> tuple[date, date]:
    starts, ends = PERIODS[sheet]
    return day(row, starts) or date.min, day(row, ends) or OPEN


def meet(first: tuple[date, date], second: tuple[date, date]) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def true_on(book: Book, sheet: str, on: date) -> list[Row]:
    return [row for row in book[sheet] if period(row, sheet)[0] <= on < period(row, sheet)[1]]


def life(row: Row, sheet: str) -> tuple[date, date]:
    """The days on which a unit, zone or site stands; a site from the earlier of 立项 and 启用."""
    starts, ends = period(row, sheet)
    planned = day(row, "立项日期") if sheet == "场所" else None
    return min(starts, planned or starts), ends


def pairs_that_meet(rows: list[Row], sheet: str, *columns: str) -> list[tuple[Row, Row]]:
    """Pairs of rows that agree in these columns and share a day."""
    return [
        (one, other)
        for one, other in combinations(rows, 2)
        if all(text(one, column) == text(other, column) for column in columns)
        and meet(period(one, sheet), period(other, sheet))
    ]


def references(book: Book) -> Iterator[tuple[str, str, str, str]]:
    """Sheet, column, sheet referred to, code: every code in a cell that is not the row's own."""
    for sheet in SHEETS:
        for row in book[sheet]:
            for column, target in REFERENCES.items():
                if OWN_CODE.get(sheet) != column:
                    yield from ((sheet, column, target, code) for code in items(row, column))


# The oracle itself


def test_the_oracle_gives_the_forty_figures_of_the_seed_book() -> None:
    answers = figures(SEED / "county.xlsx", REPORT_DAY)
    listed = seed_figures()
    assert len(listed) == 40
    assert {key: answers[key] for key, _ in listed} == dict(listed)


def test_the_oracle_finds_every_balance_of_the_seed_book() -> None:
    assert [
        balance.rule for balance in balances(Book(SEED / "county.xlsx"), REPORT_DAY) if not balance.holds
    ] == []


# What the county must give


def test_the_county_gives_the_forty_figures_on_the_day_of_the_report(path: Path) -> None:
    answers = figures(path, REPORT_DAY)
    assert {key: answers[key] for key, _ in seed_figures()} == dict(seed_figures())


def test_every_balance_holds_on_the_day_of_the_report(book: Book) -> None:
    assert [balance.rule for balance in balances(book, REPORT_DAY) if not balance.holds] == []


@pytest.mark.parametrize("month", range(1, 25))
def test_identities_hold_in_every_month(book: Book, month: int) -> None:
    on = date(2022 + (month - 1) // 12, (month - 1) % 12 + 1, 28)
    broken = [
        balance.rule for balance in balances(book, on) if balance.kind == "identity" and not balance.holds
    ]
    assert broken == []


@pytest.mark.parametrize("kind", [GROUP, TOWNSHIP, "驻乡镇纪检监察工作室", "监督检查室", "审查调查室"])
def test_opening_and_moves_give_the_closing(book: Book, kind: str) -> None:
    opening, began, ended, closing = flow(book, kind, date(2021, 12, 31), date(2023, 12, 31))
    assert opening + began - ended == closing


def test_headcount_changes_from_march_to_august(book: Book) -> None:
    march, august = figures_of(book, date(2022, 3, 31)), figures_of(book, date(2022, 8, 31))
    changing = ("stationed.staff", "stationed.leaders", "township.full_time", "offices.independent")
    assert [(march[key], august[key]) for key in changing] == [(11, 25), (9, 10), (8, 25), (11, 30)]


def test_headcount_goes_on_changing_in_the_second_year(book: Book) -> None:
    staff = [figures_of(book, date(2023, month, 28))["stationed.staff"] for month in range(1, 13)]
    assert staff == [19, 20, 20, 21, 20, 21, 23, 23, 23, 21, 20, 20]


def test_moves_of_2022_fall_in_the_months_of_the_report_and_in_no_other(book: Book) -> None:
    answers = figures_of(book, date(2022, 12, 31))
    monthly = {key: value for key, value in answers.items() if "@" in key and value}
    assert monthly == {
        "stationed.moved_from_organs@04": 2,
        "stationed.transferred_in@05": 3,
        "stationed.leaders_appointed@06": 2,
        "stationed.seconded_in@07": 8,
    }


def test_the_second_year_has_true_shortfalls(book: Book) -> None:
    open_places = {balance.rule for balance in balances(book, date(2023, 11, 20)) if balance.holds is False}
    assert open_places == {
        "stationed.leaders = units.stationed_groups",
        "zones.second_level = zones.second_level_leaders + zones.leaders_with_two",
    }


# That it is a sound book


def test_the_same_facts_give_the_same_bytes(path: Path) -> None:
    assert book_bytes() == book_bytes() == path.read_bytes()


def test_no_clock_gets_into_the_book(path: Path) -> None:
    properties = load_workbook(path).properties
    assert properties.created == properties.modified


def test_every_sheet_is_there_and_filled(book: Book, path: Path) -> None:
    assert load_workbook(path).sheetnames == SHEETS
    assert [sheet for sheet in SHEETS if not book[sheet]] == []


def test_headings_are_frozen_and_days_are_days() -> None:
    workbook = load_workbook(io.BytesIO(book_bytes()))
    assert {sheet.freeze_panes for sheet in workbook} == {"A2"}
    for sheet in workbook:
        dated = [column for column in sheet.iter_cols() if str(column[0].value).endswith("日期")]
        written = [cell for column in dated for cell in column[1:] if cell.value is not None]
        assert all(cell.is_date for cell in written)


def test_the_commission_is_another_than_the_seed_book(book: Book) -> None:
    [commission] = book["单位信息"]
    [seed] = Book(SEED / "county.xlsx")["单位信息"]
    assert text(commission, "单位编码") == "AL" != text(seed, "单位编码")
    assert "虚构" in text(commission, "名称")


@pytest.mark.parametrize("sheet", SHEETS)
def test_required_cells_are_filled(book: Book, sheet: str) -> None:
    assert [
        row for row in book[sheet] if not all(text(row, column) for column in REQUIRED[sheet].split())
    ] == []


@pytest.mark.parametrize(("sheet", "column"), WORDS)
def test_words_are_of_their_list(book: Book, sheet: str, column: str) -> None:
    used = {word for row in book[sheet] for word in items(row, column)}
    assert used
    assert used <= set(WORDS[sheet, column].split("/"))


@pytest.mark.parametrize(("sheet", "column"), OWN_CODE.items())
def test_no_two_rows_claim_one_code(book: Book, sheet: str, column: str) -> None:
    codes = [text(row, column) for row in book[sheet]]
    assert len(codes) == len(set(codes))
    assert all(codes)


def test_every_code_resolves(book: Book) -> None:
    known = {sheet: {text(row, column) for row in book[sheet]} for sheet, column in OWN_CODE.items()}
    assert [found for found in references(book) if found[3] not in known[found[2]]] == []


@pytest.mark.parametrize("sheet", PERIODS)
def test_no_fact_ends_before_it_starts(book: Book, sheet: str) -> None:
    assert [row for row in book[sheet] if not period(row, sheet)[0] < period(row, sheet)[1]] == []


@pytest.mark.parametrize(
    ("sheet", "columns"),
    [
        ("任职", ("人员编号", "机构编码", "职务")),
        ("领导分工", ("人员编号", "对象", "方式")),
        ("配备标准", ("机构类型", "机构编码", "职务")),
        ("协作区领导", ("协作区编码", "人员编号")),
        ("设备", ("场所编码", "设备")),
        ("改造", ("场所编码",)),
    ],
)
def test_no_fact_is_true_twice_on_one_day(book: Book, sheet: str, columns: tuple[str, ...]) -> None:
    assert pairs_that_meet(book[sheet], sheet, *columns) == []


def test_no_unit_is_in_two_second_level_zones(book: Book) -> None:
    members = [row for row in book["协作区成员"] if text(row, "角色") != "支援"]
    assert pairs_that_meet(members, "协作区成员", "机构编码") == []


@pytest.mark.parametrize(
    ("target", "column"), [("机构", "机构编码"), ("协作区", "协作区编码"), ("场所", "场所编码")]
)
def test_facts_lie_within_the_life_of_what_they_are_about(book: Book, target: str, column: str) -> None:
    lives = {text(row, column): life(row, target) for row in book[target]}
    for sheet in set(PERIODS) - {target}:
        for row in book[sheet]:
            whole = lives.get(text(row, column), (date.min, OPEN))
            starts, ends = life(row, sheet)
            assert whole[0] <= starts, (sheet, row)
            assert ends <= whole[1], (sheet, row)


def test_arrivals_from_within_leave_the_office_that_day(book: Book) -> None:
    """A person who moves out of an internal office for good has no post there afterwards."""
    moves = [row for row in book["任职"] if items(row, "变动方式") in (["调整"], ["配备"], ["轮岗"])]
    left = {(text(row, "人员编号"), text(row, "机构编码")): day(row, "免职日期") for row in book["任职"]}
    moved = [row for row in moves if text(row, "专兼职") == "专职"]
    assert moved
    for row in moved:
        assert left[text(row, "人员编号"), text(row, "原机构编码")] == day(row, "任职日期"), row


def test_those_who_became_full_time_give_up_their_part_time_place(book: Book) -> None:
    converted = [row for row in book["任职"] if "兼职转专职" in items(row, "变动方式")]
    freed = {(text(row, "机构编码"), text(row, "职务"), day(row, "免职日期")) for row in book["任职"]}
    assert [
        row
        for row in converted
        if (text(row, "机构编码"), text(row, "职务"), day(row, "任职日期")) not in freed
    ] == []


def test_departures_say_how_and_loans_where_from(book: Book) -> None:
    ended = [row for row in book["任职"] if day(row, "免职日期")]
    assert [row for row in ended if not text(row, "离任方式")] == []
    lent = [row for row in book["任职"] if text(row, "人员性质") in ("借调", "挂职")]
    assert [row for row in lent if not text(row, "原单位名称")] == []


def test_zone_leaders_are_in_post_while_they_lead(book: Book) -> None:
    leadership = {
        text(row, "人员编号"): period(row, "任职") for row in book["任职"] if text(row, "机构编码") == "LD"
    }
    for row in book["协作区领导"]:
        in_post, leading = leadership[text(row, "人员编号")], period(row, "协作区领导")
        assert in_post[0] <= leading[0]
        assert leading[1] <= in_post[1]


def test_second_level_leaders_share_in_the_work_of_their_zone(book: Book) -> None:
    """On the day on which they begin, they assist with or keep contact with each unit of the zone."""
    second = {text(row, "协作区编码") for row in book["协作区"] if text(row, "级别") == "二级"}
    leaders = [row for row in book["协作区领导"] if text(row, "协作区编码") in second]
    for leader in leaders:
        on, zone = period(leader, "协作区领导")[0], text(leader, "协作区编码")
        members = [row for row in true_on(book, "协作区成员", on) if text(row, "角色") != "支援"]
        led = {text(row, "机构编码") for row in members if text(row, "协作区编码") == zone}
        shares = [row for row in true_on(book, "领导分工", on) if text(row, "方式") in ("协管", "联系")]
        own = {text(row, "对象") for row in shares if text(row, "人员编号") == text(leader, "人员编号")}
        assert led, zone
        assert led <= own, (zone, led - own)


def test_names_stay_hard_to_handle(book: Book) -> None:
    """Rare characters, a middle dot and two people of one name keep the product honest."""
    names = [text(row, "姓名") for row in book["人员"]]
    assert all(any(character in name for name in names) for character in "喆堃镕玥·")
    assert names.count("李娜") == 2


def test_no_telephone_can_be_real(book: Book) -> None:
    assert {text(row, "联系电话")[:5] for row in book["人员"]} == {"000-1"}
