"""Offices with who uses them (of two names the second came after the first), and integrated areas.

Of the thirty separate rooms of summer 2022, twenty-five belong to the full-time staff of the townships,
three to the heads of the stations and two to a second person of a station.
"""

from xiezuo.book.demonstration.tables import table

TOWNSHIP_OFFICES = table("""
场所编码 | 名称                           | 机构编码 | 上级场所编码 | 使用人员编号 | 启用日期
BG01     | 澜城镇纪委书记办公室           | XZ01     | JZ01         | P201         | 2021-06-01
BG02     | 澜城镇纪委副书记办公室         | XZ01     | JZ01         | P202         | 2022-04-28
BG03     | 澜城镇纪委专职委员办公室       | XZ01     | JZ01         | P203         | 2022-04-28
BG04     | 澜城镇纪委专职委员办公室（二） | XZ01     | JZ01         | P204         | 2022-04-28
BG05     | 青石渡镇纪委书记办公室         | XZ02     | JZ02         | P206         | 2021-06-01
BG06     | 青石渡镇纪委副书记办公室       | XZ02     | JZ02         | P207、P209   | 2022-04-28
BG07     | 青石渡镇纪委专职委员办公室     | XZ02     | JZ02         | P241         | 2022-04-28
BG08     | 双槐镇纪委书记办公室           | XZ03     | JZ03         | P211         | 2021-06-01
BG09     | 双槐镇纪委副书记办公室         | XZ03     | JZ03         | P212         | 2022-04-28
BG10     | 双槐镇纪委专职委员办公室       | XZ03     | JZ03         | P213         | 2022-04-28
BG11     | 鹤鸣镇纪委书记办公室           | XZ04     | JZ04         | P216         | 2021-06-01
BG12     | 鹤鸣镇纪委副书记办公室         | XZ04     | JZ04         | P242         | 2022-05-23
BG13     | 鹤鸣镇纪委专职委员办公室       | XZ04     | JZ04         | P218         | 2022-05-23
BG14     | 望岭乡纪委书记办公室           | XZ05     |              | P221、P236   | 2021-06-01
BG15     | 望岭乡纪委副书记办公室         | XZ05     |              | P222         | 2022-05-23
BG16     | 望岭乡纪委专职委员办公室       | XZ05     |              | P223         | 2022-05-23
BG17     | 柏川乡纪委书记办公室           | XZ06     |              | P226、P243   | 2021-06-01
BG18     | 柏川乡纪委副书记办公室         | XZ06     |              | P227         | 2022-05-23
BG19     | 柏川乡纪委专职委员办公室       | XZ06     |              | P228         | 2022-05-23
BG20     | 云岫乡纪委书记办公室           | XZ07     |              | P231         | 2021-06-01
BG21     | 云岫乡纪委副书记办公室         | XZ07     |              | P244         | 2022-06-20
BG22     | 云岫乡纪委专职委员办公室       | XZ07     |              | P233         | 2022-06-20
BG23     | 芦溪乡纪委书记办公室           | XZ08     |              | P236、P221   | 2021-06-01
BG24     | 芦溪乡纪委副书记办公室         | XZ08     |              | P237         | 2022-06-20
BG25     | 芦溪乡纪委专职委员办公室       | XZ08     |              | P245         | 2022-06-20
""")

STATION_OFFICES = table("""
场所编码 | 名称                       | 机构编码 | 上级场所编码 | 使用人员编号 | 启用日期
BG26     | 驻澜城镇工作室主任办公室   | GZ01     | JZ01         | P301         | 2021-03-22
BG27     | 驻青石渡镇工作室主任办公室 | GZ02     | JZ02         | P303         | 2021-03-22
BG28     | 驻双槐镇工作室主任办公室   | GZ03     | JZ03         | P305         | 2021-03-22
BG29     | 驻青石渡镇工作室办公室     | GZ02     | JZ02         | P304         | 2022-05-30
BG30     | 驻双槐镇工作室办公室       | GZ03     | JZ03         | P306         | 2022-05-30
""")

# A fourth full-time member of 鹤鸣镇 gets a room in 2023; the one of 望岭乡 has none.
LATER_OFFICES = table("""
场所编码 | 名称                           | 机构编码 | 上级场所编码 | 使用人员编号 | 启用日期
BG31     | 鹤鸣镇纪委专职委员办公室（二） | XZ04     | JZ04         | P219         | 2023-05-15
""")

SHARED_OFFICES = table("""
场所编码 | 名称                     | 机构编码 | 使用人员编号           | 启用日期   | 停用日期
BG90     | 芦溪乡纪委合用办公室     | XZ08     | P237、P238、P239、P240 | 2019-03-04 | 2022-06-20
BG91     | 驻澜城镇工作室合用办公室 | GZ01     | P302                   | 2021-03-22
BG92     | 驻县委办组合用办公室     | PZ01     | P101、P023、P121       | 2019-04-08
""")

COUNTY_OFFICES = table("""
场所编码 | 名称                     | 机构编码 | 使用人员编号 | 启用日期
BG95     | 县纪委书记办公室         | LD       | P001         | 2018-02-05
BG96     | 第一监督检查室主任办公室 | JD01     | P021         | 2018-02-05
""")

INTEGRATED_AREAS = table(
    """
场所编码 | 名称                 | 机构编码 | 服务协作区编码 | 立项日期   | 启用日期
JZ01     | 澜城片区集中办公区   | GZ01     | ET1            | 2022-03-14 | 2022-05-30
JZ02     | 青石渡片区集中办公区 | GZ02     | ET2            | 2022-03-14 | 2022-05-30
JZ03     | 双槐片区集中办公区   | GZ03     | ET3            | 2022-03-21 | 2022-06-13
JZ04     | 鹤鸣镇集中办公区     | XZ04     | ET1            | 2023-05-22 | 2023-09-18
""",
    类型="集中办公区",
)

AREAS = INTEGRATED_AREAS
OFFICES = [
    *({**row, "类型": "办公室", "独立": "是"} for row in [*TOWNSHIP_OFFICES, *STATION_OFFICES]),
    *({**row, "类型": "办公室", "独立": "是"} for row in [*LATER_OFFICES, *COUNTY_OFFICES]),
    *({**row, "类型": "办公室", "独立": "否"} for row in SHARED_OFFICES),
]
