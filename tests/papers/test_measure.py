from hypothesis import given
from hypothesis import strategies as st

from xiezuo.papers.measure import broken_lines, shortened, width

TEXTS = st.text("协作区监督，。（）《》A1w. \n", max_size=200)
WIDTHS = st.floats(1, 40)


@given(TEXTS, WIDTHS)
def test_lines_hold_every_character_and_no_line_is_too_long(text: str, most: float):
    lines = broken_lines(text, most)
    assert "".join(lines) == text.replace("\n", "")
    assert all(width(line.rstrip()) <= most for line in lines)


@given(TEXTS, WIDTHS, st.integers(1, 5))
def test_a_shortened_text_fits_and_says_that_it_goes_on(text: str, most: float, lines: int):
    found = shortened(text, most, lines, "…")
    assert len(broken_lines(found, most)) <= lines
    if found != text:
        assert found.endswith("…")
        assert text.startswith(found[:-1])
        assert len(broken_lines(text, most)) > lines


def test_a_mark_that_finds_no_room_becomes_the_shortest():
    assert shortened("长" * 50, 3, 1, "……（全文见记录）") == "长长…"


def test_a_closing_mark_does_not_begin_a_line_nor_an_opening_one_end_it():
    assert broken_lines("协作协作，同意", 4) == ["协作协", "作，同意"]
    assert broken_lines("协作协（作）", 4) == ["协作协", "（作）"]


def test_a_word_stays_whole_unless_it_is_longer_than_a_line():
    assert broken_lines("编号 ab12 续", 4) == ["编号", " ab12", " 续"] or broken_lines("编号ab12续", 4) == [
        "编号",
        "ab12续",
    ]
    assert broken_lines("w" * 5, 2) == ["ww", "ww", "w"]
