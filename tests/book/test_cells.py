"""What one cell may hold."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.book import cells
from xiezuo.book.cells import Unreadable

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
FORMS = (
    "{0}-{1:02}-{2:02}",
    "{0}-{1}-{2}",
    "{0}/{1}/{2}",
    "{0}.{1}.{2}",
    "{0}年{1}月{2}日",
    "{0} 年 {1} 月 {2} 日",
)


@given(DAYS, st.sampled_from(FORMS))
def test_a_day_reads_the_same_in_every_form(day, form):
    assert cells.day(form.format(day.year, day.month, day.day)) == day


@given(DAYS)
def test_a_day_reads_from_full_width_signs_and_from_real_days(day):
    wide = day.isoformat().translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    assert (
        cells.day(wide)
        == cells.day(day)
        == cells.day(datetime(day.year, day.month, day.day, tzinfo=UTC))
        == day
    )


def test_a_month_means_its_first_day():
    assert cells.day("2022年4月") == cells.month("2022-04") == cells.month("2022.4") == date(2022, 4, 1)


@pytest.mark.parametrize(
    "found",
    [
        "2022-02-30",
        "2023年2月29日",
        "2022-13-01",
        "明天",
        "20220401",
        44652.0,
        "2022-4",
        "0022-01-01",
        True,
        "9999-12-31",
    ],
)
def test_what_is_no_day_is_refused_with_the_forms_that_are(found):
    with pytest.raises(Unreadable) as refused:
        cells.day(found)
    assert "2022年4月1日" in refused.value.expected


@given(st.text(max_size=30))
def test_text_keeps_its_signs_or_is_refused(found):
    try:
        read = cells.text(found)
    except Unreadable:
        return
    assert read == found.strip() or not found.isprintable()


@pytest.mark.parametrize("found", ["110101199001011234", "０１２３", "00123"])
def test_digits_typed_as_text_all_stay(found):
    assert cells.text(found) == found


def test_a_number_past_fifteen_digits_is_refused_because_excel_rounded_it():
    with pytest.raises(Unreadable):
        cells.text(110101199001011234.0)
    assert cells.text(13800000002.0) == "13800000002"


@pytest.mark.parametrize(
    ("found", "code"), [(" JD 01 ", "JD01"), ("ＪＤ０１", "JD01"), (12.0, "12"), ("监一", "监一")]
)
def test_codes_lose_blanks_and_width(found, code):
    assert cells.code(found) == code


@given(
    st.lists(st.text("甲乙丙丁ab", min_size=1, max_size=4), unique=True, max_size=6),
    st.sampled_from("、;；,，"),
)
def test_a_list_is_split_by_any_of_the_five_signs(parts, sign):
    assert cells.words(f" {sign} ".join(parts)) == tuple(parts)


@pytest.mark.parametrize(("found", "number"), [(5.0, 5), ("5", 5), ("５", 5), ("5.0", 5), (0, 0)])
def test_whole_numbers_are_read_from_numbers_and_text(found, number):
    assert cells.whole_number(found, least=0) == number


@pytest.mark.parametrize("found", [1.5, "一", -1, "1e3", float("nan"), float("inf"), 10**12])
def test_what_is_no_whole_number_is_refused(found):
    with pytest.raises(Unreadable):
        cells.whole_number(found, least=0)


def test_unseen_signs_are_refused_and_zero_width_blanks_dropped():
    assert cells.text("安\u200b平\ufeff") == "安平"
    with pytest.raises(Unreadable):
        cells.text("安\u202e平")


def test_rare_names_stay_as_they_are():
    for name in ("喆", "䶮", "𬱖", "阿依古丽·买买提"):
        assert cells.text(name) == name
