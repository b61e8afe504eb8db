"""A small ledger book of a fictional county, as rows that a test changes before it is written."""

import io
from copy import deepcopy
from datetime import date
from typing import Any

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]

_BOOK: Sheets = {
    "单位信息": [
        ["单位编码", "名称", "行政区划名称", "县级类型", "截止日期"],
        ["AL", "安澜县纪委监委", "安澜县", "县", date(2022, 12, 31)],
    ],
    "机构": [
        ["机构编码", "机构名称", "机构类型", "别名", "排序号", "经度", "设立日期", "撤销日期", "依据"],
        ["JD1", "第一监督检查室", "监督检查室", "一室", 1, 110.5, date(2018, 1, 1), None, "编〔2018〕1号"],
        ["XZ1", "河口镇纪委", "乡镇纪委", None, 2, None, date(2018, 1, 1), None, None],
        ["XZ2", "石板乡纪委", "乡镇纪委", None, 3, None, date(2018, 1, 1), date(2022, 7, 1), None],
    ],
    "人员": [
        ["人员编号", "姓名", "性别", "出生年月", "联系电话"],
        ["P1", "安一平", "男", "1980年5月", "13800000001"],
        ["P2", "安二平", "女", date(1985, 2, 1), 13800000002],
        ["P3", "安三平", "男", None, None],
    ],
    "任职": [
        [
            "人员编号",
            "机构编码",
            "职务",
            "专兼职",
            "人员性质",
            "任职日期",
            "免职日期",
            "变动方式",
            "原机构编码",
            "依据",
        ],
        ["P1", "JD1", "主任", "专职", "在编", date(2020, 1, 1), None, "期初", None, "任〔2020〕1号"],
        ["P2", "XZ1", "书记", "兼职", "在编", date(2020, 1, 1), date(2022, 3, 1), "期初", None, None],
        ["P2", "XZ1", "书记", "专职", "在编", date(2022, 3, 1), None, "兼职转专职、新任", None, None],
        ["P3", "XZ2", "委员", "专职", "借调", date(2021, 1, 1), date(2022, 7, 1), "借调", "JD1", None],
    ],
    "协作区": [
        ["协作区编码", "名称", "级别", "类别", "上级协作区编码", "设立日期", "撤销日期"],
        ["Y1", "第一协作区", "一级", None, None, date(2022, 1, 1), None],
        ["E1", "河口片区", "二级", "乡镇", "Y1", date(2022, 1, 1), None],
        ["E2", "县直片区", "二级", "直属", "Y1", date(2022, 1, 1), None],
    ],
    "协作区成员": [
        ["协作区编码", "机构编码", "角色", "起始日期", "终止日期"],
        ["E1", "XZ1", "轴", date(2022, 1, 1), None],
        ["E1", "JD1", "支援", date(2022, 1, 1), None],
        ["E2", "JD1", "领办", date(2022, 1, 1), None],
    ],
    "协作区领导": [["协作区编码", "人员编号", "起始日期"], ["Y1", "P1", date(2022, 1, 1)]],
    "领导分工": [
        ["人员编号", "对象", "方式", "起始日期", "终止日期"],
        ["P1", "XZ1", "联系", date(2022, 1, 1), None],
        ["P1", "政治监督", "分管", date(2022, 1, 1), None],
    ],
    "配备标准": [
        ["机构类型", "机构编码", "职务", "人数", "其中专职", "起始日期"],
        ["乡镇纪委", None, "书记", 1, 1, date(2018, 1, 1)],
    ],
    "制度": [
        ["制度编码", "名称", "起草日期", "试行日期"],
        [None, "协作规则", date(2022, 2, 1), date(2022, 4, 1)],
    ],
    "场所": [
        ["场所编码", "名称", "类型", "机构编码", "使用人员编号", "等次", "启用日期", "软包"],
        ["S1", "河口镇谈话室", "谈话室", "XZ1", None, "标准", date(2020, 9, 1), "是"],
        ["S2", "河口镇办公室", "办公室", "河口镇纪委", "P2、安三平", None, None, "否"],
    ],
    "设备": [
        ["场所编码", "设备", "配备日期", "状态", "故障日期", "修复日期", "有效期至"],
        ["S1", "同步录音录像", date(2020, 9, 5), "完好", None, None, None],
        ["S1", "保密柜", date(2020, 9, 5), "故障", None, None, None],
    ],
    "改造": [
        ["场所编码", "内容", "开工日期", "计划完成日期"],
        ["S1", "扩面、软包", date(2022, 6, 1), date(2022, 8, 1)],
    ],
    "上级部署": [
        ["来源", "名称", "文号", "日期"],
        ["省纪委监委", "规范化建设部署", "省〔2022〕1号", date(2022, 3, 1)],
    ],
    "会议调研": [
        ["类型", "名称", "日期", "结束日期", "带队人员编号", "参加范围", "涉及机构"],
        ["检查调研", "赴乡镇调研", date(2022, 7, 12), date(2022, 7, 13), "P1", "班子成员", "XZ1、石板乡纪委"],
    ],
    "工作谋划": [["类别", "名称", "起始日期", "责任机构编码"], ["带动", "能力提升", date(2022, 8, 1), "JD1"]],
}


def sample() -> Sheets:
    """The rows of the sample book, free to be changed."""
    return deepcopy(_BOOK)


def written(sheets: Sheets) -> bytes:
    """The sheets as a workbook."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        page = workbook.create_sheet(name)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def put(sheets: Sheets, sheet: str, row: int, column: str, value: Any) -> None:
    """Change one cell; `row` is the row as Excel counts it."""
    headings = sheets[sheet][0]
    if column not in headings:
        for line in sheets[sheet]:
            line.append(None)
        headings[-1] = column
    sheets[sheet][row - 1][headings.index(column)] = value
