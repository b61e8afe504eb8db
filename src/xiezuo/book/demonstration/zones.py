"""The collaboration zones of 20 June 2022, and how the leaders divide their work.

The zones follow the division of work: a first-level zone is what one deputy secretary is in charge of
(分管), a second-level zone what one member of the standing committee assists with (协管) or keeps contact
with (联系). On 15 March 2023 柏川乡 goes over to the 双槐 zone and 邵维岳 hands that zone to 欧阳堃.
On 1 September 2023 the two direct zones of the first first-level zone are merged into one, which 邵维岳 leads; the
division of work follows. In November 2023 石镕 leaves: his zone is without a leader for twelve days, then 罗静安 leads
three until 11 December.
"""

from xiezuo.book.demonstration.tables import expanded, table

MERGED_ON = "2023-09-01"
MERGER = "安纪发〔2023〕13号"

_LASTING_ZONES = table(
    """
协作区编码 | 名称               | 级别 | 类别 | 上级协作区编码
Y1         | 第一协作区         | 一级
Y2         | 第二协作区         | 一级
ET1        | 澜城片区协作区     | 二级 | 乡镇 | Y1
ET2        | 青石渡片区协作区   | 二级 | 乡镇 | Y2
ET3        | 双槐片区协作区     | 二级 | 乡镇 | Y1
ED2        | 县直政务财经协作区 | 二级 | 县直 | Y2
ED4        | 县直教育卫生协作区 | 二级 | 县直 | Y2
ED5        | 县直农业城建协作区 | 二级 | 县直 | Y2
""",
    设立日期="2022-06-20",
    依据="安纪发〔2022〕11号",
)

_MERGED_ZONES = table("""
协作区编码 | 名称               | 级别 | 类别 | 上级协作区编码 | 设立日期   | 撤销日期   | 依据
ED1        | 县直党群协作区     | 二级 | 县直 | Y1             | 2022-06-20 | 2023-09-01 | 安纪发〔2022〕11号
ED3        | 县直政法协作区     | 二级 | 县直 | Y1             | 2022-06-20 | 2023-09-01 | 安纪发〔2022〕11号
ED6        | 县直党群政法协作区 | 二级 | 县直 | Y1             | 2023-09-01 |            | 安纪发〔2023〕13号
""")

_IN_ORDER = ("Y1", "Y2", "ET1", "ET2", "ET3", "ED1", "ED2", "ED3", "ED4", "ED5", "ED6")
ZONES = sorted([*_LASTING_ZONES, *_MERGED_ZONES], key=lambda row: _IN_ORDER.index(row["协作区编码"]))

MEMBERS = expanded(
    table(
        """
协作区编码 | 角色 | 机构编码
ET1        | 轴   | GZ01
ET1        | 成员 | XZ01、XZ04
ET2        | 轴   | GZ02
ET2        | 成员 | XZ02、XZ05、XZ08
ET3        | 轴   | GZ03
ET3        | 成员 | XZ03、XZ07
ED2        | 领办 | JD02、JD06
ED2        | 成员 | PZ02、PZ09
ED4        | 领办 | JD04、SC03
ED4        | 成员 | PZ04、PZ06
ED5        | 领办 | JD05、JD07、SC04
ED5        | 成员 | PZ07、PZ08、PZ10
""",
        起始日期="2022-06-20",
        依据="安纪发〔2022〕11号",
    ),
    "机构编码",
)

MERGED_MEMBERS = [
    *expanded(
        table(
            """
协作区编码 | 角色 | 机构编码
ED1        | 领办 | JD01、SC01
ED1        | 成员 | PZ01、PZ05
ED3        | 领办 | JD03、SC02
ED3        | 成员 | PZ03
""",
            起始日期="2022-06-20",
            终止日期=MERGED_ON,
            依据="安纪发〔2022〕11号",
        ),
        "机构编码",
    ),
    *expanded(
        table(
            """
协作区编码 | 角色 | 机构编码
ED6        | 领办 | JD01、SC01、JD03、SC02
ED6        | 成员 | PZ01、PZ05、PZ03
""",
            起始日期=MERGED_ON,
            依据=MERGER,
        ),
        "机构编码",
    ),
]

LATER_MEMBERS = table("""
协作区编码 | 机构编码 | 角色 | 起始日期   | 终止日期   | 依据
ET1        | XZ06     | 成员 | 2022-06-20 | 2023-03-15 | 安纪发〔2022〕11号
ET3        | XZ06     | 成员 | 2023-03-15 |            | 安纪发〔2023〕4号
ED5        | KF01     | 成员 | 2023-06-12 |            | 安纪发〔2023〕9号
ET1        | ZH03     | 支援 | 2022-07-11 |            | 安纪办〔2022〕18号
ET2        | ZH03     | 支援 | 2022-07-11 |            | 安纪办〔2022〕18号
ED2        | ZH01     | 支援 | 2022-09-05 | 2022-12-05 | 安纪办〔2022〕23号
ET3        | XC01     | 支援 | 2023-04-03 | 2023-07-03 | 安纪办〔2023〕7号
""")

LEADERS = table("""
协作区编码 | 人员编号 | 起始日期   | 终止日期   | 依据
Y1         | P002     | 2022-06-20 |            | 安纪发〔2022〕11号
Y2         | P003     | 2022-06-20 |            | 安纪发〔2022〕11号
ET1        | P004     | 2022-06-20 |            | 安纪发〔2022〕11号
ED1        | P004     | 2022-06-20 | 2023-09-01 | 安纪发〔2022〕11号
ET2        | P005     | 2022-06-20 |            | 安纪发〔2022〕11号
ED2        | P005     | 2022-06-20 |            | 安纪发〔2022〕11号
ET3        | P006     | 2022-06-20 | 2023-03-15 | 安纪发〔2022〕11号
ED3        | P006     | 2022-06-20 | 2023-09-01 | 安纪发〔2022〕11号
ED4        | P007     | 2022-06-20 |            | 安纪发〔2022〕11号
ED5        | P008     | 2022-06-20 | 2023-11-01 | 安纪发〔2022〕11号
ET3        | P007     | 2023-03-15 |            | 安纪发〔2023〕4号
ED6        | P006     | 2023-09-01 |            | 安纪发〔2023〕13号
ED5        | P005     | 2023-11-13 | 2023-12-11 | 安纪发〔2023〕16号
ED5        | P011     | 2023-12-11 |            | 安纪发〔2023〕18号
""")

DIVISION_OF_2021 = expanded(
    table(
        """
人员编号 | 方式 | 对象
P002     | 分管 | JD01、JD02、JD03、JD04、JD05、JD06、JD07、ZH01、ZH02
P003     | 分管 | SC01、SC02、SC03、SC04、ZH03、ZH04
P004     | 协管 | SC01、SC02
P005     | 协管 | JD01、JD02、JD06
P006     | 协管 | SC03、SC04
P007     | 协管 | JD03、JD04
P008     | 协管 | JD05、JD07
""",
        起始日期="2021-09-01",
        终止日期="2022-06-18",
        依据="安纪发〔2021〕14号",
    ),
    "对象",
)

LASTING_DIVISION = expanded(
    table(
        """
人员编号 | 方式 | 对象
P001     | 分管 | GB01、BGS
P001     | 联系 | XC01
P009     | 协管 | ZH03、ZH04
P010     | 协管 | ZH01、ZH02
P010     | 分管 | XX01
""",
        起始日期="2021-09-01",
        依据="安纪发〔2021〕14号",
    ),
    "对象",
)

DIVISION_OF_2022 = expanded(
    table(
        """
人员编号 | 方式 | 对象
P002     | 分管 | 党群政法战线、JD01、SC01、JD03、SC02、GZ01、GZ03、ZH01、ZH04
P003     | 分管 | 政务经济社会战线、JD02、JD06、JD04、SC03、JD05、JD07、SC04、GZ02、ZH02、ZH03
P004     | 协管 | GZ01
P004     | 联系 | XZ01、XZ04
P005     | 协管 | JD02、JD06、GZ02
P005     | 联系 | PZ02、PZ09、XZ02、XZ05、XZ08
P006     | 协管 | JD03、SC02
P006     | 联系 | PZ03
P007     | 协管 | JD04、SC03
P007     | 联系 | PZ04、PZ06
""",
        起始日期="2022-06-18",
        依据="安纪发〔2022〕10号",
    ),
    "对象",
)

DIVISION_THAT_CHANGED = expanded(
    table("""
人员编号 | 方式 | 起始日期   | 终止日期   | 依据               | 对象
P004     | 协管 | 2022-06-18 | 2023-09-01 | 安纪发〔2022〕10号 | JD01、SC01
P004     | 联系 | 2022-06-18 | 2023-09-01 | 安纪发〔2022〕10号 | PZ01、PZ05
P006     | 协管 | 2023-09-01 |            | 安纪发〔2023〕13号 | JD01、SC01
P006     | 联系 | 2023-09-01 |            | 安纪发〔2023〕13号 | PZ01、PZ05
P004     | 联系 | 2022-06-18 | 2023-03-15 | 安纪发〔2022〕10号 | XZ06
P006     | 协管 | 2022-06-18 | 2023-03-15 | 安纪发〔2022〕10号 | GZ03
P006     | 联系 | 2022-06-18 | 2023-03-15 | 安纪发〔2022〕10号 | XZ03、XZ07
P007     | 协管 | 2023-03-15 |            | 安纪发〔2023〕4号  | GZ03
P007     | 联系 | 2023-03-15 |            | 安纪发〔2023〕4号  | XZ03、XZ06、XZ07
P008     | 协管 | 2022-06-18 | 2023-11-01 | 安纪发〔2022〕10号 | JD05、JD07、SC04
P008     | 联系 | 2022-06-18 | 2023-11-01 | 安纪发〔2022〕10号 | PZ07、PZ08、PZ10
P008     | 联系 | 2023-06-12 | 2023-11-01 | 安纪发〔2023〕9号  | KF01
P005     | 协管 | 2023-11-13 | 2023-12-11 | 安纪发〔2023〕16号 | JD05、JD07、SC04
P005     | 联系 | 2023-11-13 | 2023-12-11 | 安纪发〔2023〕16号 | PZ07、PZ08、PZ10、KF01
P011     | 协管 | 2023-12-11 |            | 安纪发〔2023〕18号 | JD05、JD07、SC04
P011     | 联系 | 2023-12-11 |            | 安纪发〔2023〕18号 | PZ07、PZ08、PZ10、KF01
"""),
    "对象",
)

ALL_MEMBERS = [*MEMBERS, *MERGED_MEMBERS, *LATER_MEMBERS]
DIVISION = [*DIVISION_OF_2021, *LASTING_DIVISION, *DIVISION_OF_2022, *DIVISION_THAT_CHANGED]
