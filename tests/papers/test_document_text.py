"""Words as official documents write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.papers.document_samples import report
from xiezuo.papers import Column, Heading, Table, chinese_date, heading_label, plain_text
from xiezuo.papers.text import clean, sign_off


@pytest.mark.parametrize(
    ("level", "ordinal", "label"),
    [
        (1, 1, "一、"),
        (1, 10, "十、"),
        (1, 21, "二十一、"),
        (2, 12, "（十二）"),
        (2, 20, "（二十）"),
        (3, 3, "3."),
        (4, 11, "（11）"),
    ],
)
def test_headings_are_numbered_by_level(level: int, ordinal: int, label: str):
    assert heading_label(level, ordinal) == label


@pytest.mark.parametrize(("level", "ordinal"), [(0, 1), (5, 1), (1, 0), (1, 100)])
def test_a_heading_that_has_no_number_is_refused(level: int, ordinal: int):
    with pytest.raises(ValueError, match="expected 1 to"):
        heading_label(level, ordinal)


def test_a_day_is_not_padded_with_zeros():
    assert chinese_date(dt.date(2022, 1, 5)) == "2022年1月5日"


@given(signer=st.text("县纪委监", max_size=20), day=st.dates().map(chinese_date))
def test_signer_and_date_keep_two_characters_of_room_and_two_between_their_starts(signer: str, day: str):
    starts = sign_off(signer, day)
    digits = sum(character.isdigit() for character in day)
    assert starts.signer - starts.date == 2
    assert min(starts.signer - len(signer), starts.date - (len(day) - digits / 2)) == 2


@given(st.text(alphabet=st.characters()))
def test_cleaning_twice_changes_nothing_more(words: str):
    assert clean(clean(words)) == clean(words)


def test_plain_text_says_everything_in_order():
    assert plain_text(report(notices=("核对未平",))).splitlines() == [
        "核对未平",
        "安纪报〔2022〕3号",
        "安澜县监督执纪协作区建设情况汇报",
        "青河市纪委监委：",
        "按照工作部署，现将情况汇报如下：",
        "一、队伍建设",
        "（一）加强派驻力量。现有25人。",
        "1.三级标题",
        "（1）四级标题",
        "1.第一项",
        "2.第二项",
        "人员表",
        "单位\t实有",
        "青石镇1\t1",
        "青石镇2\t2",
        "青石镇3\t3",
        "中共安澜县纪律检查委员会",
        "2022年8月5日",
    ]


@pytest.mark.parametrize("row", [("甲",), ("甲", "乙", "丙"), ()])
def test_a_row_without_one_cell_for_each_column_is_refused(row: tuple[str, ...]):
    with pytest.raises(ValueError, match="row 2 has"):
        Table((Column("单位"), Column("实有")), (("甲", "乙"), row))


def test_a_table_without_columns_is_refused():
    with pytest.raises(ValueError, match="no columns"):
        Table((), ())


def test_a_column_without_width_is_refused():
    with pytest.raises(ValueError, match="no width"):
        Table((Column("单位", width=0),), ())


def test_a_fifth_level_of_headings_is_refused():
    with pytest.raises(ValueError, match="expected 1 to 4"):
        Heading(5, ())
