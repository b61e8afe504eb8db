"""A fictional county's ledger book of 100,000 rows, in the format that the product loads.

`python -m bench.workbook FILE` writes it; equal editions of this file write equal rows.
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bench.people import SHAPE, name_of
from xiezuo.book.demonstration.sheets import COLUMNS

UNITS, PEOPLE, SECOND, FORMER = 900, 45_000, 6_000, 2_000
"""Units; people with one post each; of them those with a second; posts that were given up before."""
FIRST = date(2019, 1, 1)
SEED = 100_000
ROWS = 100_000
Row = dict[str, Any]


def write(path: Path) -> None:
    """Write the book. About 15 seconds."""
    book = Workbook(write_only=True)
    for name, rows in sheets().items():
        sheet = book.create_sheet(name)
        sheet.append(COLUMNS[name])
        for row in rows:
            sheet.append([row.get(column) for column in COLUMNS[name]])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def sheets() -> dict[str, list[Row]]:
    """The rows of each sheet; together there are 100,000."""
    kinds = [(kind, posts) for kind, standing, posts in SHAPE for _ in range(standing)]
    units = [(f"J{number:03}", *kinds[number % len(kinds)]) for number in range(1, UNITS + 1)]
    found = {
        "单位信息": [_commission()],
        "机构": [_unit(number, *unit) for number, unit in enumerate(units, 1)],
        "人员": [_person(number) for number in range(1, PEOPLE + 1)],
        "任职": list(_posts(random.Random(SEED), units)),
        "协作区": [_zone(number) for number in range(1, 41)],
        "协作区成员": [_member(code, place) for place, (code, *_rest) in enumerate(units)],
    }
    missing = ROWS - sum(map(len, found.values()))
    return found | {"上级部署": [_demand(number) for number in range(1, missing + 1)]}


def _commission() -> Row:
    return {
        "单位编码": "BENCH", "名称": "某大县（虚构）纪委监委", "行政区划名称": "某大县", "县级类型": "县",
        "截止日期": date(2022, 12, 31),
    }  # fmt: skip


def _unit(number: int, code: str, kind: str, _posts: tuple[str, ...]) -> Row:
    return {
        "机构编码": code,
        "机构名称": f"第{number}{kind}",
        "机构类型": str(kind),
        "排序号": number,
        "设立日期": FIRST,
    }


def _person(number: int) -> Row:
    return {
        "人员编号": f"P{number:05}", "姓名": name_of(number), "性别": "女" if number % 3 == 0 else "男", "排序号": number,
        "出生年月": date(1960 + number % 40, number % 12 + 1, 1), "籍贯": "某省某市", "专长": "审理、财务",
    }  # fmt: skip


def _posts(chance: random.Random, units: list[tuple[str, Any, tuple[str, ...]]]) -> Iterator[Row]:
    for number in range(1, PEOPLE + 1):
        place = number % UNITS
        starts = FIRST + timedelta(days=200 + chance.randrange(1000))
        yield _post(chance, number, units[place], starts, "专职")
        if number <= SECOND:
            yield _post(chance, number, units[(place + 1) % UNITS], starts, "兼职")
        if number > PEOPLE - FORMER:
            former = _post(chance, number, units[(place + 2) % UNITS], FIRST, "专职")
            yield former | {"免职日期": starts, "离任方式": "调整"}


def _post(
    chance: random.Random, number: int, unit: tuple[str, Any, tuple[str, ...]], starts: date, engagement: str
) -> Row:
    code, _kind, posts = unit
    return {
        "人员编号": f"P{number:05}", "机构编码": code, "职务": chance.choice(posts), "专兼职": engagement,
        "人员性质": chance.choice(("在编", "在编", "事业", "借调")), "任职日期": starts,
        "变动方式": chance.choice(("调入", "配备", "选举、新任", "轮岗")), "依据": f"某纪组〔{starts.year}〕{number % 97}号",
    }  # fmt: skip


def _zone(number: int) -> Row:
    level = {"级别": "二级", "类别": "乡镇", "上级协作区编码": "Z01"} if number > 1 else {"级别": "一级"}
    return {"协作区编码": f"Z{number:02}", "名称": f"第{number}协作区", "设立日期": FIRST, **level}


def _member(code: str, place: int) -> Row:
    return {"协作区编码": f"Z{place % 39 + 2:02}", "机构编码": code, "角色": "成员", "起始日期": FIRST}


def _demand(number: int) -> Row:
    day = FIRST + timedelta(days=number % 1400)
    return {"来源": "某省纪委", "名称": f"关于第{number}项工作的通知", "日期": day, "要求要点": "按要求办理"}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
