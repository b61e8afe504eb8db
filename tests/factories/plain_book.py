"""A ledger book straight into rows, without the loader: enough of it for books that have no mistakes.

So figures can be tested against a book before, and apart from, the loader.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests import factories as make
from tests.book.ledger_rows import Book, Row, code, day, items, text
from xiezuo.organisation.models import Commission, Person, Unit
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.sites.models import Site
from xiezuo.zones.models import Zone

YES = {"是": True, "否": False}
DIRECT = ("市直", "区直", "直属")


def rows_of_book(path: Path, named: str = "") -> Commission:
    """The commission of the book at `path` with all that figures count. `named` replaces its code."""
    return PlainBook(Book(path), named).commission


class PlainBook:
    """One book on its way into rows."""

    def __init__(self, book: Book, named: str) -> None:
        self.book = book
        self.commission = make.commission(named or text(book["单位信息"][0], "单位编码"))
        self.units: dict[str, Unit] = {code(row, "机构"): self._unit(row) for row in book["机构"]}
        self.people: dict[str, Person] = {code(row, "人员"): self._person(row) for row in book["人员"]}
        self.zones: dict[str, Zone] = {code(row, "协作区"): self._zone(row) for row in book["协作区"]}
        self.sites: dict[str, Site] = {code(row, "场所"): self._site(row) for row in book["场所"]}
        self._facts()
        self._papers()

    def _unit(self, row: Row) -> Unit:
        described = {"name": text(row, "机构名称"), "code": code(row, "机构")}
        return make.unit(
            self.commission, text(row, "机构类型"), **described, **_period(row, "设立日期", "撤销日期")
        )

    def _person(self, row: Row) -> Person:
        return make.person(self.commission, text(row, "姓名"), code=code(row, "人员"), sex=text(row, "性别"))

    def _zone(self, row: Row) -> Zone:
        kind = "县直" if text(row, "类别") in DIRECT else text(row, "类别")
        described = {
            "name": text(row, "名称"),
            "code": code(row, "协作区"),
            **_period(row, "设立日期", "撤销日期"),
        }
        return make.zone(self.commission, text(row, "级别"), kind, **described)

    def _site(self, row: Row) -> Site:
        planned, opened = day(row, "立项日期"), day(row, "启用日期")
        users = [self.people[self.book.named("人员", item)].pk for item in items(row, "使用人员编号")]
        return make.site(
            self._at_unit(row), text(row, "类型"), code=code(row, "场所"), name=text(row, "名称"), users=users,
            planned_on=planned, opened_on=opened, padded=YES.get(text(row, "软包")), separate=YES.get(text(row, "独立")),
            starts=min((when for when in (planned, opened) if when), default=ALWAYS), ends=day(row, "停用日期") or OPEN,
        )  # fmt: skip

    def _facts(self) -> None:
        for row in self.book["任职"]:
            self._assignment(row)
        for row in self.book["协作区成员"]:
            zone = self.zones[self.book.named("协作区", text(row, "协作区编码"))]
            make.zone_member(
                zone, self._at_unit(row), text(row, "角色"), **_period(row, "起始日期", "终止日期")
            )
        for row in self.book["协作区领导"]:
            zone = self.zones[self.book.named("协作区", text(row, "协作区编码"))]
            make.zone_leader(zone, self.people[self.book.person(row)], **_period(row, "起始日期", "终止日期"))
        for row in self.book["设备"]:
            self._equipment(row)
        for row in self.book["改造"]:
            make.works(self._at_site(row), **_period(row, "开工日期", "实际完成日期"))

    def _assignment(self, row: Row) -> None:
        former = self.units.get(self.book.unit(row, "原机构编码"))
        make.assignment(
            self.people[self.book.person(row)], self._at_unit(row), text(row, "职务"),
            engagement=text(row, "专兼职"), status=text(row, "人员性质"), moves=items(row, "变动方式"),
            from_unit=former, leaving=text(row, "离任方式"), **_period(row, "任职日期", "免职日期"),
        )  # fmt: skip

    def _equipment(self, row: Row) -> None:
        make.equipment(
            self._at_site(row), text(row, "设备"), condition=text(row, "状态"), faulty_from=day(row, "故障日期"),
            repaired_on=day(row, "修复日期"), valid_until=day(row, "有效期至"), **_period(row, "配备日期", "撤除日期"),
        )  # fmt: skip

    def _papers(self) -> None:
        for row in self.book["制度"]:
            stages = {
                "drafted_on": "起草日期",
                "consulted_on": "征求意见日期",
                "trial_on": "试行日期",
                "in_force_on": "施行日期",
            }
            days = {field: day(row, column) for field, column in stages.items()}
            make.regulation(self.commission, text(row, "名称"), **days, ends=day(row, "废止日期") or OPEN)
        for row in self.book["会议调研"]:
            self._meeting(row)
        for row in self.book["工作谋划"]:
            make.plan_item(
                self.commission,
                text(row, "类别"),
                name=text(row, "名称"),
                **_period(row, "起始日期", "实际完成日期"),
            )

    def _meeting(self, row: Row) -> None:
        began = _day(row, "日期")
        last = day(row, "结束日期") or began
        units = [self.units[self.book.named("机构", item)] for item in items(row, "涉及机构")]
        held = {"starts": began, "ends": last + timedelta(days=1)}
        make.meeting(self.commission, text(row, "类型"), units, name=text(row, "名称"), **held)

    def _at_unit(self, row: Row) -> Unit:
        return self.units[self.book.unit(row)]

    def _at_site(self, row: Row) -> Site:
        return self.sites[self.book.named("场所", text(row, "场所编码"))]


def _period(row: Row, starts: str, ends: str) -> dict[str, Any]:
    return {"starts": _day(row, starts), "ends": day(row, ends) or OPEN}


def _day(row: Row, column: str) -> date:
    found = day(row, column)
    if found is None:
        raise ValueError(f"{column} is empty in {row}")
    return found
