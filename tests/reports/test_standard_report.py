"""The standard report says only what is true, for any county on any day."""

import re
from dataclasses import replace
from datetime import date

from hypothesis import given

from tests.reports.counties import COUNTY, TEMPLATE, counties, given_county
from xiezuo.papers import plain_text
from xiezuo.reports.county import PlanItem, Site, State, Unit, Works
from xiezuo.reports.language.values import Traced
from xiezuo.reports.rendering import Given, render


def told(county: Given) -> str:
    """The words of the standard report."""
    return plain_text(render(TEMPLATE, county))


def corridors(county: Given) -> int:
    return sum(site.built for site in county.state.sites)


CLAIMS = {
    "走遍全部": lambda c: c.values["visits.townships_visited"] == c.values["township.commissions"],
    "组长全部配齐": lambda c: c.values["stationed.leaders"] == c.values["units.stationed_groups"]
    and all(group.headed for group in c.state.groups),
    "全部为专职": lambda c: c.values["township.full_time"] == c.values["township.staff"] > 0,
    "急救药品（\\d+间）均已配备到位": lambda c: c.values["talk_rooms.fully_equipped"] == c.values["talk_rooms.count"] > 0,
    "间均配有同步录音录像": lambda c: c.values["talk_rooms.with_recording"] == c.values["talk_rooms.count"],
    "间均配有保密柜": lambda c: c.values["talk_rooms.with_safe"] == c.values["talk_rooms.count"],
    "间均备有在有效期内的急救药品": lambda c: c.values["talk_rooms.with_first_aid"] == c.values["talk_rooms.count"],
    "名专职干部均已落实办公室": lambda c: c.values["offices.full_time_with_office"] == c.values["township.full_time"] > 0,
    "条，已全部建成": lambda c: corridors(c) == c.values["culture.corridors"] > 0,
    "上述单位已全部编入二级协作区": lambda c: all(unit.zoned for unit in c.state.units),
}  # fmt: skip


@given(counties())
def test_all_is_said_only_where_it_is_true(county: Given) -> None:
    text = told(county)
    for words, holds in CLAIMS.items():
        if re.search(words, text):
            assert holds(county), words
            text = re.sub(words, "", text)
    # Whoever adds a claim to the template must add what it rests on here.
    assert not re.search("均|全部|都已|全覆盖", text)


@given(counties())
def test_no_sentence_is_left_half_said(county: Given) -> None:
    text = told(county)
    assert not re.search(
        "，。|。。|；。|、。|，，|（）|：。|、、|^[，。；、]|各名|共名", text, re.MULTILINE
    ), text
    assert not re.search("[\U000f0000-\U000fffff]|None|Undefined|{{|{%", text)


def test_a_county_with_almost_nothing_gets_whole_sentences() -> None:
    assert told(
        given_county({"units.township_commissions": 1, "township.commissions": 1}, State(COUNTY))
    ).splitlines()[1:] == [
        "关于监督执纪协作区运行情况的报告",
        "川平县纪委监委统筹机关、派驻和乡镇三支力量，推进监督执纪协作区工作。现将截至2022年8月15日的情况报告如下。",
        "一、充实监督执纪力量",
        "（一）乡镇力量。全县1个乡镇纪委尚未配备纪检干部。",
        "二、健全分区协作机制",
        "（一）协作分区。截至目前，尚未划定协作区。",
        "川平县纪委监委",
        "2022年8月15日",
    ]


def township(name: str, staff: int, full_time: int = 0) -> Unit:
    return Unit(
        name, "乡镇纪委", Traced(staff, "township.staff"), full_time, staff - full_time, 0, False, True
    )


def test_each_is_said_only_where_it_is_the_same_everywhere() -> None:
    same = State(COUNTY, townships=[township("甲镇纪委", 5, 3), township("乙镇纪委", 5, 3)])
    values = {"township.commissions": 2, "township.staff": 10, "township.full_time": 6}
    assert "共有纪检干部10名（各5名），其中专职6名（各3名）。" in told(given_county(values, same))
    other = State(
        COUNTY,
        townships=[
            township("甲镇纪委", 5),
            township("乙镇纪委", 4),
            township("丙镇纪委", 4),
            township("丁镇纪委", 3),
        ],
    )
    values |= {"township.commissions": 4, "township.staff": 16, "township.full_time": 0}
    assert "共有纪检干部16名（甲镇纪委5名，乙镇纪委、丙镇纪委各4名，丁镇纪委3名），尚无专职干部。" in told(
        given_county(values, other)
    )


def test_one_that_stands_out_is_told_apart_from_the_others() -> None:
    state = State(
        COUNTY, townships=[township("甲镇纪委", 5, 3), township("乙镇纪委", 5, 4), township("丙镇纪委", 5, 3)]
    )
    values = {"township.commissions": 3, "township.staff": 15, "township.full_time": 10}
    assert "其中专职10名（乙镇纪委4名，其他各3名）" in told(given_county(values, state))


def group(name: str, headed: bool) -> Unit:
    return Unit(name, "派驻纪检监察组", 1, 1, 0, 0, headed, True)


def test_heads_are_complete_only_if_every_group_has_one() -> None:
    values = {"units.stationed_groups": 2, "stationed.leaders": 2, "stationed.staff": 2}
    full = State(COUNTY, groups=[group("甲组", True), group("乙组", True)])
    assert "2名组长全部配齐。" in told(given_county(values, full))
    # Two heads in one group leave the other without one.
    assert "已有组长2名，乙组组长空缺。" in told(
        given_county(values, State(COUNTY, groups=[group("甲组", True), group("乙组", False)]))
    )


def test_what_is_planned_is_told_as_planned_and_what_is_late_as_late() -> None:
    state = State(COUNTY, works=[
        Works("甲镇谈话室", "甲镇纪委", "谈话室", "隔音", None, "8月底", False),
        Works("乙镇谈话室", "乙镇纪委", "谈话室", "隔音", None, "7月底", True),
    ])  # fmt: skip
    text = told(given_county({"talk_rooms.being_upgraded": 2}, state))
    assert "甲镇谈话室预计8月底完工；乙镇谈话室原定7月底完工，目前尚未完工。" in text


def test_what_is_done_is_told_as_done() -> None:
    state = State(COUNTY, plan=[
        PlanItem("甲事", "推进", "", "", "", True, None, "6月20日", False),
        PlanItem("乙事", "推进", "办好乙事。", "", "办公室", False, date(2022, 12, 31), "12月底", False),
    ])  # fmt: skip
    text = told(given_county({"plan.pushes": 2}, state))
    assert "2022年谋划的工作中，甲事已于6月20日完成。" in text
    assert "1.乙事（推进）。办好乙事，责任单位：办公室，预计12月底完成。" in text


def test_corridors_are_built_or_coming_as_the_ledger_says() -> None:
    def corridor(name: str, built: bool) -> Site:
        return Site(name, "", "廉政文化走廊", built, None, "" if built else "11月底", False)

    both = State(COUNTY, sites=[corridor("甲廊", True), corridor("乙廊", False)])
    assert "立项廉政文化走廊2条，其中已建成1条，其余1条正在建设，预计11月底建成。" in told(
        given_county({"culture.corridors": 2}, both)
    )


def test_months_without_moves_are_left_out() -> None:
    values = {"units.stationed_groups": 1, "stationed.transferred_in": 3, "stationed.transferred_in@05": 3}
    assert "2022年以来，5月新调入3名。累计调入3名。" in told(given_county(values, State(COUNTY)))


def test_a_city_and_a_district_are_called_so() -> None:
    state = State(replace(COUNTY, type="市", direct="市直"))
    values = {
        "units.stationed_groups": 1,
        "zones.second_level": 1,
        "zones.direct_zones": 1,
        "zones.second_level_leaders": 1,
    }
    text = told(given_county(values, state))
    assert "全市设派驻纪检监察组1个" in text
    assert "（市直协作区1个）" in text
