"""The sheets of the ledger book 台账簿, declared once: reading, checking, comparing, exporting and the empty book
all follow these declarations. The order is the order in which they are written to the ledger.
"""

from functools import partial

from xiezuo.book import words
from xiezuo.book.cells import code, degrees, month, one_of, whole_number, yes_no
from xiezuo.book.cells import words as list_of
from xiezuo.book.columns import (
    Column,
    Sheet,
    basis_column,
    choice_column,
    day_column,
    ends_column,
    reference,
    references,
    starts_column,
)
from xiezuo.book.shapes import (
    STAGES,
    days_of_meeting,
    direct_target,
    fault_of_equipment,
    life_of_regulation,
    life_of_site,
)
from xiezuo.directives.states import MeetingKind
from xiezuo.organisation.states import CountyType, Engagement, Mode, MoveIn, MoveOut, Sex, Status, UnitKind
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.sites.states import Condition, SiteKind
from xiezuo.zones.states import Level, Role, ZoneKind

COMMISSION = "单位信息"
HISTORY = "沿革"
EXPLANATION = "说明"
FOUND = "问题清单"
UNREAD = frozenset({EXPLANATION, FOUND})
"""Sheets that our own books carry and that hold no facts."""

_order = Column("排序号", "order_no", partial(whole_number, least=0), blank=None)
_count = partial(whole_number, least=0)


INFORMATION = Sheet(
    name=COMMISSION,
    model="organisation.Commission",
    key=("code",),
    columns=(
        Column("单位编码", "code", code, required=True),
        Column("名称", "name", required=True),
        Column("行政区划名称", "region", required=True),
        choice_column(
            "县级类型", "county_type", one_of(*CountyType.values), CountyType.values, required=False
        ),
        day_column("截止日期", "kept_until"),
    ),
)

UNITS = Sheet(
    name="机构",
    model="organisation.UnitRecord",
    entity="unit",
    key=("code",),
    columns=(
        Column("机构编码", "code", code, required=True),
        Column("机构名称", "name", required=True),
        choice_column("机构类型", "kind", one_of(*UnitKind.values), UnitKind.values),
        Column("别名", "aliases", list_of, blank=()),
        _order,
        Column("所在地", "place"),
        Column("驻在单位", "host"),
        Column("监督单位", "supervised", list_of, blank=()),
        Column("经度", "longitude", partial(degrees, limit=180), blank=None),
        Column("纬度", "latitude", partial(degrees, limit=90), blank=None),
        Column("职责领域", "functions", list_of, blank=()),
        starts_column("设立日期"),
        ends_column("撤销日期"),
        basis_column(),
    ),
    described=(
        "name", "aliases", "order_no", "place", "host", "supervised", "longitude", "latitude", "functions", "basis",
    ),
)  # fmt: skip

PEOPLE = Sheet(
    name="人员",
    model="organisation.PersonRecord",
    entity="person",
    key=("code",),
    code_prefix="P",
    columns=(
        Column("人员编号", "code", code),
        Column("姓名", "name", required=True),
        choice_column("性别", "sex", one_of(*Sex.values), Sex.values),
        _order,
        Column("出生年月", "born", month, blank=None),
        Column("籍贯", "origin"),
        Column("专长", "skills", list_of, blank=()),
        Column("联系电话", "telephone"),
    ),
    described=("name", "order_no", "origin", "skills", "telephone"),
    added={"starts": ALWAYS, "ends": OPEN},
)

ZONES = Sheet(
    name="协作区",
    model="zones.ZoneRecord",
    entity="zone",
    key=("code",),
    columns=(
        Column("协作区编码", "code", code, required=True),
        Column("名称", "name", required=True),
        choice_column("级别", "level", one_of(*Level.values), Level.values),
        choice_column(
            "类别", "kind",
            one_of("乡镇", "县直", **dict.fromkeys(("市直", "区直", "直属"), ZoneKind.DIRECT.value)),
            ["乡镇", "县直"], required=False,
        ),
        reference("上级协作区编码", "parent", "协作区"),
        starts_column("设立日期"),
        ends_column("撤销日期"),
        basis_column(),
    ),
    described=("name", "parent", "basis"),
)  # fmt: skip

REGULATIONS = Sheet(
    name="制度",
    model="rules.RegulationRecord",
    entity="regulation",
    key=("code",),
    code_prefix="R",
    columns=(
        Column("制度编码", "code", code),
        Column("名称", "name", required=True),
        Column("版次", "edition"),
        Column("文号", "document_no"),
        day_column("起草日期", "drafted_on"),
        day_column("征求意见日期", "consulted_on"),
        day_column("送审日期", "review_on"),
        day_column("试行日期", "trial_on"),
        day_column("施行日期", "in_force_on"),
        day_column("修订日期", "revised_on"),
        ends_column("废止日期"),
    ),
    described=("name", "edition", "document_no"),
    lasting=STAGES,
    added={"starts": ALWAYS},
    shape=life_of_regulation,
)

SITES = Sheet(
    name="场所",
    model="sites.SiteRecord",
    entity="site",
    key=("code",),
    code_prefix="S",
    columns=(
        Column("场所编码", "code", code),
        Column("名称", "name", required=True),
        choice_column("类型", "kind", one_of(*SiteKind.values), SiteKind.values),
        reference("机构编码", "unit", "机构", required=True),
        reference("上级场所编码", "parent", "场所"),
        reference("服务协作区编码", "zone", "协作区"),
        references("使用人员编号", "users", "人员"),
        choice_column("等次", "grade", one_of("标准", "高标准"), ["标准", "高标准"], required=False),
        day_column("立项日期", "planned_on"),
        day_column("启用日期", "opened_on"),
        ends_column("停用日期"),
        Column("软包", "padded", yes_no, blank=None, choices=("是", "否")),
        Column("独立", "separate", yes_no, blank=None, choices=("是", "否")),
    ),
    described=("name", "unit", "parent", "zone", "users", "grade", "padded", "separate"),
    lasting=("planned_on", "opened_on"),
    added={"starts": ALWAYS},
    shape=life_of_site,
)

PORTFOLIOS = Sheet(
    name="领导分工",
    model="organisation.Portfolio",
    key=("person", "unit", "line", "mode", "starts"),
    columns=(
        reference("人员编号", "person", "人员", required=True),
        Column("对象", "target", required=True),
        choice_column("方式", "mode", one_of(*Mode.values), Mode.values),
        starts_column(),
        ends_column(),
        basis_column(),
    ),
    described=("basis",),
    same=(("person", "unit", "line", "mode"), ("person", "unit", "line", "starts")),
    once=(("person", "unit", "line", "mode"),),
    stands=("unit",),
    added={"unit": None, "line": ""},
    also_refers={"unit": "机构"},
    left_out=("target",),
    shape=direct_target,
)

ESTABLISHMENT = Sheet(
    name="配备标准",
    model="organisation.Establishment",
    key=("kind", "unit", "post", "people", "full_time", "starts"),
    columns=(
        choice_column("机构类型", "kind", one_of(*UnitKind.values), UnitKind.values),
        reference("机构编码", "unit", "机构"),
        Column("职务", "post", words.post, required=True, mapped=True),
        Column("人数", "people", _count, required=True),
        Column("其中专职", "full_time", _count, blank=0),
        starts_column(),
        ends_column(),
        basis_column(),
    ),
    described=("basis",),
    same=(("kind", "unit", "post"),),
    once=(("kind", "unit", "post"),),
    stands=("unit",),
)

ASSIGNMENTS = Sheet(
    name="任职",
    model="organisation.Assignment",
    key=("person", "unit", "post", "starts"),
    columns=(
        reference("人员编号", "person", "人员", required=True),
        reference("机构编码", "unit", "机构", required=True),
        Column("职务", "post", words.post, required=True, mapped=True),
        choice_column("专兼职", "engagement", one_of(*Engagement.values), Engagement.values),
        Column("兼任其他职务", "other_posts"),
        Column("人员性质", "status", words.status, True, mapped=True, choices=tuple(Status.values)),
        starts_column("任职日期"),
        ends_column("免职日期"),
        Column("变动方式", "moves", words.moves, True, (), mapped=True, choices=tuple(MoveIn.values)),
        reference("原机构编码", "from_unit", "机构"),
        Column("原单位名称", "from_outside"),
        choice_column("离任方式", "leaving", one_of(*MoveOut.values), MoveOut.values, required=False),
        Column("去向单位名称", "to_outside"),
        basis_column(),
    ),
    described=("other_posts", "leaving", "to_outside", "basis"),
    same=(("person", "unit", "post"), ("person", "unit", "starts")),
    once=(("person", "unit", "post"),),
    stands=("unit",),
)

MEMBERS = Sheet(
    name="协作区成员",
    model="zones.ZoneMember",
    key=("zone", "unit", "role", "starts"),
    columns=(
        reference("协作区编码", "zone", "协作区", required=True),
        reference("机构编码", "unit", "机构", required=True),
        choice_column("角色", "role", one_of(*Role.values), Role.values),
        starts_column(),
        ends_column(),
        basis_column(),
    ),
    described=("basis",),
    same=(("zone", "unit", "role"), ("zone", "unit", "starts")),
    once=(("zone", "unit", "role"),),
    stands=("zone", "unit"),
)

LEADERS = Sheet(
    name="协作区领导",
    model="zones.ZoneLeader",
    key=("zone", "person", "starts"),
    columns=(
        reference("协作区编码", "zone", "协作区", required=True),
        reference("人员编号", "person", "人员", required=True),
        starts_column(),
        ends_column(),
        basis_column(),
    ),
    described=("basis",),
    same=(("zone", "person"),),
    once=(("zone", "person"),),
    stands=("zone",),
)

EQUIPMENT = Sheet(
    name="设备",
    model="sites.Equipment",
    key=("site", "item", "starts"),
    columns=(
        reference("场所编码", "site", "场所", required=True),
        Column("设备", "item", required=True),
        starts_column("配备日期"),
        ends_column("撤除日期"),
        choice_column("状态", "condition", one_of(*Condition.values), Condition.values, required=False),
        day_column("故障日期", "faulty_from"),
        day_column("修复日期", "repaired_on"),
        day_column("有效期至", "valid_until"),
    ),
    described=("condition", "faulty_from", "repaired_on", "valid_until"),
    same=(("site", "item"),),
    stands=("site",),
    shape=fault_of_equipment,
)

WORKS = Sheet(
    name="改造",
    model="sites.Works",
    key=("site", "starts"),
    columns=(
        reference("场所编码", "site", "场所", required=True),
        Column("内容", "contents", list_of, required=True, blank=()),
        starts_column("开工日期"),
        day_column("计划完成日期", "due_on", required=True),
        ends_column("实际完成日期"),
    ),
    described=("contents", "due_on"),
    same=(("site", "contents"),),
    stands=("site",),
    may_be_empty_period=True,
)

DIRECTIVES = Sheet(
    name="上级部署",
    model="directives.Directive",
    key=("source", "name", "starts"),
    columns=(
        Column("来源", "source", required=True),
        Column("名称", "name", required=True),
        Column("文号", "document_no"),
        starts_column("日期"),
        Column("要求要点", "points"),
    ),
    described=("document_no", "points"),
    same=(("source", "name"),),
    added={"ends": OPEN},
)

MEETINGS = Sheet(
    name="会议调研",
    model="directives.Meeting",
    key=("kind", "name", "starts"),
    columns=(
        choice_column("类型", "kind", one_of(*MeetingKind.values), MeetingKind.values),
        Column("名称", "name", required=True),
        starts_column("日期"),
        day_column("结束日期", "last_day"),
        reference("带队人员编号", "led_by", "人员"),
        Column("参加范围", "attended_by", list_of, blank=()),
        references("涉及机构", "units", "机构"),
        basis_column(),
    ),
    described=("led_by", "attended_by", "units", "basis"),
    same=(("kind", "name"), ("name", "starts")),
    added={"ends": OPEN},
    shape=days_of_meeting,
)

PLAN = Sheet(
    name="工作谋划",
    model="directives.PlanItem",
    key=("category", "name", "starts"),
    columns=(
        Column("类别", "category", required=True, choices=("带动", "推进")),
        Column("名称", "name", required=True),
        Column("目标", "aim"),
        starts_column(),
        day_column("计划完成日期", "due_on"),
        ends_column("实际完成日期"),
        Column("进展", "progress"),
        reference("责任机构编码", "unit", "机构"),
    ),
    described=("aim", "due_on", "progress", "unit"),
    same=(("category", "name"), ("name", "starts")),
    may_be_empty_period=True,
)

ENTITIES = (UNITS, PEOPLE, ZONES, REGULATIONS, SITES)
FACTS = (
    PORTFOLIOS,
    ESTABLISHMENT,
    ASSIGNMENTS,
    MEMBERS,
    LEADERS,
    EQUIPMENT,
    WORKS,
    DIRECTIVES,
    MEETINGS,
    PLAN,
)
LEDGER_SHEETS = (*ENTITIES, *FACTS)
BY_NAME = {sheet.name: sheet for sheet in (INFORMATION, *LEDGER_SHEETS)}

IN_THE_BOOK = (
    INFORMATION, UNITS, PORTFOLIOS, ESTABLISHMENT, PEOPLE, ASSIGNMENTS, ZONES, MEMBERS, LEADERS, REGULATIONS, SITES,
    EQUIPMENT, WORKS, DIRECTIVES, MEETINGS, PLAN,
)  # fmt: skip
"""The order of the sheets in a book that we write."""
