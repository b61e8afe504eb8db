"""The PDF: 22 lines of 28 characters, words taken literally, no silent blank, equal bytes for equal documents."""

import datetime as dt
import io
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.papers.document_pages import Line, page_lines
from tests.papers.document_samples import HAN, full_pages, report, staff_table, text
from xiezuo.papers import (
    BadProfile,
    Column,
    Document,
    Heading,
    Lead,
    List,
    MissingFonts,
    MissingGlyph,
    Paragraph,
    Profile,
    Table,
    Text,
    fonts,
    write_pdf,
)

POINTS_PER_MM = 72 / 25.4


def pages(document: Document) -> list[list[Line]]:
    return page_lines(write_pdf(document))


def words_of(document: Document) -> str:
    return "\n".join(line.text for page in pages(document) for line in page)


def test_a_full_page_has_22_lines_of_28_characters():
    *lines, number = pages(full_pages(2))[1]
    assert [len(line.text) for line in lines] == [28] * 22
    assert number.text == "— 2 —"


def test_a_local_variant_counts_its_own_lines_and_characters():
    variant = Profile.from_dict({"lines": 20, "characters": 25, "bottom": 30})
    document = Document("满页", (Paragraph(text(HAN * 80), indent=False),), profile=variant)
    *lines, _ = pages(document)[1]
    assert [len(line.text) for line in lines] == [25] * 20


def test_lines_stand_one_pitch_apart_whatever_fonts_meet_in_them():
    mixed = (Lead("（一）楷体句。"), Text("正文abc123", bold=True), Text("䶮" + HAN * 5))
    heights = [
        line.height
        for line in pages(report(blocks=(Paragraph(mixed), Heading(1, text("一、黑体")), Paragraph(mixed))))[
            0
        ][2:-1]
    ]
    assert {round(above - below) for above, below in pairwise(heights)} <= {
        28,
        29,
        57,
        58,
    }


def test_the_type_area_stands_where_the_standard_puts_it():
    lines = pages(full_pages(2))[1]
    page = PdfReader(io.BytesIO(write_pdf(full_pages(2)))).pages[1].mediabox
    assert [round(float(side)) for side in (page.width, page.height)] == [
        round(length * POINTS_PER_MM) for length in (210, 297)
    ]
    assert lines[0].left == pytest.approx(28 * POINTS_PER_MM, abs=0.1)
    # The last line of text stands on the foot of the type area, the page number's middle 7 mm under it.
    assert 35 <= lines[-2].height / POINTS_PER_MM <= 40
    assert lines[-1].height / POINTS_PER_MM == pytest.approx(35 - 7, abs=2.5)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages():
    numbers = [page[-1] for page in pages(full_pages(3))[:3]]
    assert [number.text for number in numbers] == ["— 1 —", "— 2 —", "— 3 —"]
    assert [number.left > 105 * POINTS_PER_MM for number in numbers] == [True, False, True]
    assert numbers[1].left == pytest.approx(28 * POINTS_PER_MM + 14, abs=0.1)


def test_the_first_page_holds_text_and_the_date_starts_two_characters_after_the_signer():
    places = {line.text: line for line in pages(report())[0]}
    assert "按照工作部署，现将情况汇报如下：" in places
    assert places["2022年8月5日"].left - places["中共安澜县纪律检查委员会"].left == pytest.approx(
        2 * 15.79, abs=0.1
    )


def test_each_kind_of_text_has_a_font_of_its_own():
    reader = PdfReader(io.BytesIO(write_pdf(report())))
    used = {str(font["/BaseFont"]).split("+")[1] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert {name.split("-")[0] for name in used} == {"NotoSerifSC", "NotoSansSC", "LXGWWenKai"}


def test_a_red_head_numbers_and_names_the_approver():
    written = words_of(report(letterhead="中共安澜县纪律检查委员会文件", approver="周镕"))
    assert "中共安澜县纪律检查委员会文件" in written
    assert "签发人：周镕" in written
    assert not any(mark in written for mark in ("密级", "机密", "秘密", "绝密"))


def test_a_table_says_every_cell_and_repeats_its_head_on_each_page():
    table = pages(report(blocks=(staff_table(rows=80),)))
    written = Counter(line.text for page in table for line in page)
    assert all(written[f"青石镇{n} {n}"] == 1 for n in range(1, 81))
    pages_with_rows = [page for page in table if any(line.text.startswith("青石镇") for line in page)]
    assert len(pages_with_rows) > 2
    assert all(any(line.text == "单位 实有" for line in page) for page in pages_with_rows)


@pytest.mark.parametrize(
    "words",
    [
        "#set page(width: 1pt) #panic()",
        "$x^2$ *粗* _斜_ `代码` <标签> @引用 \\#",
        "= 不是标题",
        "- 不是列表",
        "// 不是注释 /* 也不是 */",
        '"引号" ~ -- --- ...',
        "{{ 7*7 }} </w:t>",
        '#read("/etc/passwd")',
        "https://example.org/a",
    ],
)
def test_words_are_taken_literally(words: str):
    document = report(
        title=words,
        number="",
        notices=(words,),
        signer="",
        blocks=(Paragraph(text(words)), Heading(1, text(words))),
    )
    assert Counter(words_of(document).split("\n"))[words] == 4


def test_a_missing_glyph_is_refused_by_name_and_not_drawn_blank():
    with pytest.raises(MissingGlyph) as refusal:
        write_pdf(report(blocks=(Paragraph(text("干部", "王𓀀𓀀，😀")),)))
    assert (refusal.value.characters, refusal.value.text) == ("𓀀😀", "王𓀀𓀀，😀")
    assert "U+13000" in str(refusal.value)


def test_rare_characters_of_names_are_drawn():
    assert "喆堃镕玥䶮頔㛃𬱖" in words_of(report(blocks=(Paragraph(text("喆堃镕玥䶮頔㛃𬱖")),)))


def test_the_fonts_draw_every_character_of_the_national_set():
    rows = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    characters = "".join(pair.decode("gb2312", errors="ignore") for pair in rows)
    assert len(characters) == 6763
    for path in fonts.font_paths(fonts.require_fonts()):
        assert not fonts.undrawable(characters, frozenset(fonts.font_characters(path))), path.name


def test_missing_fonts_are_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copy(fonts.fonts_folder() / "NotoSansSC-Regular.ttf", tmp_path)
    monkeypatch.setenv("XIEZUO_FONTS", str(tmp_path))
    with pytest.raises(MissingFonts, match="run `make`") as refusal:
        write_pdf(report())
    assert refusal.value.names == [
        "NotoSerifSC-Regular.ttf",
        "NotoSerifSC-Bold.ttf",
        "LXGWWenKai-Regular.ttf",
    ]


def test_empty_blocks_take_no_harm():
    empty = (
        Paragraph(()),
        Heading(1, ()),
        List(()),
        List(((),)),
        Paragraph(text("")),
        Table((Column(""),), (("",), ((),))),
    )
    assert words_of(report(blocks=empty)).startswith("安澜县监督执纪协作区建设情况汇报")


def test_invisible_characters_leave_no_trace():
    assert "甲乙" in words_of(report(blocks=(Paragraph(text("甲\x00\x0b\u200b\u202e乙")),)))


def test_equal_documents_give_equal_bytes():
    assert write_pdf(report()) == write_pdf(report())
    assert write_pdf(report(date=None)) == write_pdf(report(date=None))


def test_the_file_declares_pdf_a_2b_and_carries_title_and_day():
    reader = PdfReader(io.BytesIO(write_pdf(report())))
    assert reader.metadata.title == "安澜县监督执纪协作区建设情况汇报"
    assert reader.metadata.creation_date.date() == dt.date(2022, 8, 5)
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"margin": 3}, "margin"),
        ({"lines": "22"}, "lines"),
        ({"lines": 0}, "lines"),
        ({"top": -1}, "top"),
        ({"left": 120, "right": 120}, "margins"),
        ({"page_number": "left"}, "page_number"),
        ({"body": "仿宋"}, "body"),
        ({"body": {"size": 0}}, "body.size"),
        ({"body": {"colour": "red"}}, "body"),
        ({"body": {"word": 3}}, "body.word"),
        ({"title": {"families": ["宋体", None]}}, "title.families"),
    ],
)
def test_layout_data_that_cannot_be_used_is_refused_by_name(data: dict[str, object], field: str):
    with pytest.raises(BadProfile) as refusal:
        Profile.from_dict(data)
    assert refusal.value.field == field
