"""Counties that nobody planned: a ledger book drawn from a seed, true by construction and as untidy as real ones.

Used to compare the product with the oracle on books that neither was written for.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

FIRST, LAST = date(2019, 1, 1), date(2023, 12, 31)
Rows = list[dict[str, object]]

INTERNAL = ["监督检查室", "审查调查室", "综合科室", "巡察机构", "其他内设机构"]
STATIONED, TOWNSHIP, STATION = "派驻纪检监察组", "乡镇纪委", "驻乡镇纪检监察工作室"
POSTS = {
    STATIONED: ["组长", "副组长", "纪检监察员"],
    TOWNSHIP: ["书记", "副书记", "委员"],
    STATION: ["主任", "工作人员"],
}


class RandomCounty:
    """One county. `rows` holds every sheet as it would be typed; `write` makes the workbook."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.rows: dict[str, Rows] = {}
        self.units: dict[str, tuple[str, date, date | None]] = {}
        self._commission()
        self._units()
        self._people()
        self._assignments()
        self._zones()
        self._sites()
        self._papers()

    def write(self, path: Path) -> Path:
        """The book, with dates in the several forms that a book may use."""
        workbook = Workbook()
        workbook.remove(workbook.active)
        for name, rows in self.rows.items():
            sheet = workbook.create_sheet(name)
            headings = list(dict.fromkeys(heading for row in rows for heading in row))
            self.draw.shuffle(headings)
            sheet.append(headings)
            for row in rows:
                sheet.append([self._typed(row.get(heading)) for heading in headings])
        workbook.save(path)
        return path

    def _typed(self, value: object) -> object:
        if not isinstance(value, date):
            return value
        written = [value, value.isoformat(), f"{value.year}/{value.month}/{value.day}",
                   f"{value.year}.{value.month}.{value.day}", f"{value.year}年{value.month}月{value.day}日"]  # fmt: skip
        if value.day == 1:
            written.append(f"{value.year}年{value.month}月")
        return self.draw.choice(written)

    def _day(self, first: date = FIRST, last: date = LAST) -> date:
        return first + timedelta(days=self.draw.randrange((last - first).days + 1))

    def _maybe(self, chance: float) -> bool:
        return self.draw.random() < chance

    def _add(self, sheet: str, **cells: object) -> None:
        self.rows.setdefault(sheet, []).append(cells)

    def _commission(self) -> None:
        self._add(
            "单位信息",
            单位编码="RC",
            名称="随机县纪委监委（虚构）",
            行政区划名称="随机县",
            县级类型="县",
            截止日期=LAST,
        )

    def _units(self) -> None:
        for kind in [*INTERNAL, STATIONED, TOWNSHIP, STATION, "领导班子"]:
            for number in range(self.draw.randrange(0, 7)):
                code, since = f"{kind[:2]}{number:02}", self._day(FIRST, date(2021, 1, 1))
                until = self._day(date(2022, 1, 1), LAST) if self._maybe(0.1) else None
                self.units[code] = (kind, since, until)
                self._add("机构", 机构编码=code, 机构名称=f"{kind}第{number}号", 机构类型=kind, 设立日期=since, 撤销日期=until,
                          排序号=number if self._maybe(0.5) else None)  # fmt: skip

    def _people(self) -> None:
        self.people = [f"R{number:03}" for number in range(self.draw.randrange(1, 90))]
        for code in self.people:
            self._add("人员", 人员编号=code, 姓名=f"虚构{code}", 性别=self.draw.choice("男女"))

    def _assignments(self) -> None:
        for person in self.people:
            for code, first, end in self._stays(self.draw.randrange(0, 5)):
                self._assignment(person, code, first, end)

    def _stays(self, number: int) -> Iterator[tuple[str, date, date | None]]:
        """Stays of one person: any number at once, never twice at one unit at one time."""
        free: dict[str, date] = {}
        for _count in range(number if self.units else 0):
            code = self.draw.choice(list(self.units))
            _kind, since, until = self.units[code]
            first = max(free.get(code, since), self._day(since, until or LAST))
            limit = until or LAST + timedelta(days=300)
            if first >= limit:
                continue
            end = self._day(first + timedelta(days=1), limit) if until or self._maybe(0.4) else None
            free[code] = end or date(9000, 1, 1)
            if first < date(2024, 1, 1):
                yield code, first, end

    def _assignment(self, person: str, code: str, first: date, end: date | None) -> None:
        kind = self.units[code][0]
        moves = self.draw.sample(
            ["调入", "调整", "配备", "借调", "新任", "兼职转专职", "期初", "选举"], self.draw.randrange(1, 4)
        )
        self._add(
            "任职", 人员编号=person, 机构编码=code, 职务=self.draw.choice(POSTS.get(kind, ["主任", "副主任", "科员"])),
            专兼职=self.draw.choice(["专职", "兼职"]), 人员性质=self.draw.choice(["在编", "事业", "借调", "挂职"]),
            任职日期=first, 免职日期=end, 变动方式=self.draw.choice("、;；,，").join(moves),
            原机构编码=self._unit_before(code, first), 离任方式="调整" if end and self._maybe(0.3) else None,
        )  # fmt: skip

    def _unit_before(self, code: str, day: date) -> str | None:
        others = [
            other for other, (_kind, since, _until) in self.units.items() if other != code and since <= day
        ]
        return self.draw.choice(others) if others and self._maybe(0.6) else None

    def _zones(self) -> None:
        start = date(2021, 6, 1)
        firsts = [f"Y{number}" for number in range(self.draw.randrange(0, 4))]
        for code in firsts:
            self._add("协作区", 协作区编码=code, 名称=f"一级{code}", 级别="一级", 设立日期=start)
        seconds = {
            f"E{n}": self.draw.choice(["乡镇", "县直", "市直", "直属"])
            for n in range(self.draw.randrange(0, 8) if firsts else 0)
        }
        for code, kind in seconds.items():
            until = self._day(date(2023, 1, 1), LAST) if self._maybe(0.1) else None
            self._add("协作区", 协作区编码=code, 名称=f"二级{code}", 级别="二级", 类别=kind, 设立日期=start, 撤销日期=until,
                      上级协作区编码=self.draw.choice(firsts))  # fmt: skip
            self._leaders(code, start, until)
        for code in firsts:
            self._leaders(code, start, None)
        self._members(
            {
                row["协作区编码"]: row.get("撤销日期")
                for row in self.rows.get("协作区", [])
                if row["级别"] == "二级"
            },
            start,
        )

    def _leaders(self, zone: str, start: date, until: date | None) -> None:
        for person in self.draw.sample(self.people, min(len(self.people), self.draw.randrange(0, 3))):
            self._add("协作区领导", 协作区编码=zone, 人员编号=person, 起始日期=start, 终止日期=until)

    def _members(self, zones: dict[object, object], start: date) -> None:
        for code, (_kind, since, until) in self.units.items():
            if not zones or until is not None or self._maybe(0.2):
                continue
            first = max(since, start)
            zone, closed = self.draw.choice(list(zones.items()))
            self._add("协作区成员", 协作区编码=zone, 机构编码=code, 角色=self.draw.choice(["轴", "领办", "成员", "支援"]),
                      起始日期=first, 终止日期=closed)  # fmt: skip

    def _sites(self) -> None:
        kinds = ["谈话室", "谈话室", "办公室", "办公室", "集中办公区", "廉政文化走廊", "候谈室", "教育基地"]
        for number in range(self.draw.randrange(0, 40) if self.units else 0):
            unit = self.draw.choice(list(self.units))
            _kind, since, until = self.units[unit]
            planned = self._day(since, date(2022, 6, 1)) if self._maybe(0.6) else None
            opened = self._day(planned or since, date(2023, 1, 1)) if self._maybe(0.8) else None
            if until and (opened or planned or since) >= until:
                continue
            if opened is None and planned is None:
                planned = since
            code = f"C{number:02}"
            self._add("场所", 场所编码=code, 名称=f"场所{number}", 类型=self.draw.choice(kinds), 机构编码=unit, 立项日期=planned,
                      启用日期=opened, 停用日期=until, 软包=self.draw.choice(["是", "否", None]), 独立=self.draw.choice(["是", "否", None]),
                      使用人员编号="、".join(self.draw.sample(self.people, min(2, len(self.people)))))  # fmt: skip
            stands = min(day for day in (planned, opened) if day)
            self._contents(code, stands, until)

    def _contents(self, site: str, since: date, until: date | None) -> None:
        for item in self.draw.sample(
            ["同步录音录像", "保密柜", "急救药品", "安全笔"], self.draw.randrange(0, 5)
        ):
            placed = (
                self._day(since, min(until or LAST, LAST) - timedelta(days=2))
                if since < (until or LAST) - timedelta(days=5)
                else since
            )
            broke = self._day(placed, LAST) if self._maybe(0.3) else None
            self._add("设备", 场所编码=site, 设备=item, 配备日期=placed, 撤除日期=until, 状态="完好" if broke is None else "故障",
                      故障日期=broke, 修复日期=self._day(broke, LAST) if broke and self._maybe(0.5) else None,
                      有效期至=self._day(placed, date(2025, 1, 1)) if self._maybe(0.4) else None)  # fmt: skip
        if self._maybe(0.3) and until is None:
            begun = self._day(since, LAST)
            self._add("改造", 场所编码=site, 内容="扩大面积、室内卫生间", 开工日期=begun, 计划完成日期=begun + timedelta(days=60),
                      实际完成日期=self._day(begun, date(2024, 6, 1)) if self._maybe(0.5) else None)  # fmt: skip

    def _papers(self) -> None:
        for number in range(self.draw.randrange(0, 6)):
            days = sorted(self._day() for _count in range(5))
            stages = dict(
                zip(["起草日期", "征求意见日期", "试行日期", "施行日期", "废止日期"], days, strict=True)
            )
            kept = {stage: day for stage, day in stages.items() if self._maybe(0.6)}
            if kept and list(kept) != ["废止日期"]:
                self._add("制度", 名称=f"制度{number}", **kept)
        for number in range(self.draw.randrange(0, 8)):
            units = self.draw.sample(list(self.units), min(3, len(self.units)))
            self._add("会议调研", 类型=self.draw.choice(["检查调研", "专题推进会", "例会"]), 名称=f"会议{number}", 日期=self._day(),
                      涉及机构="、".join(units))  # fmt: skip
            self._add(
                "工作谋划",
                类别=self.draw.choice(["带动", "推进", "重点任务"]),
                名称=f"谋划{number}",
                起始日期=self._day(),
            )
