"""The Word file: the page of GB/T 9704-2012, words taken literally, equal bytes for equal documents."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from tests.papers.document_samples import report, staff_table, text
from xiezuo.papers import Document, Paragraph, Profile, Text, write_docx
from xiezuo.papers.text import clean


def opened(document: Document) -> WordDocument:
    return docx.Document(io.BytesIO(write_docx(document)))


def member(document: Document, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(write_docx(document))) as package:
        assert package.testzip() is None
        return package.read(name).decode()


def paragraph_of(word: WordDocument, words: str):
    return next(paragraph for paragraph in word.paragraphs if words in paragraph.text)


def font_of(style) -> tuple[str, str, float]:
    """East Asian font, Latin font and size in points, as the style or those it builds on give them."""
    while style.element.rPr is None or style.element.rPr.rFonts is None:
        style = style.base_style
    fonts = style.element.rPr.rFonts
    return fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii")), style.font.size.pt


def test_the_page_has_the_margins_and_the_grid_of_the_standard():
    section = opened(report()).sections[0]
    page = [length.twips for length in (section.page_width, section.page_height)]
    margins = [
        length.twips
        for length in (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    ]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert page == [11906, 16838]
    assert margins == [2098, 1587, 1474, 1984]
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_body_text_fits_28_characters_and_22_lines():
    normal = opened(report()).styles["Normal"]
    spacing = normal.element.pPr.find(qn("w:spacing"))
    assert normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert normal.element.pPr.ind.get(qn("w:firstLineChars")) == "200"


@pytest.mark.parametrize(
    ("words", "font", "size"),
    [
        ("安澜县监督执纪协作区", "方正小标宋简体", 22),
        ("一、队伍建设", "黑体", 16),
        ("现将情况汇报如下", "仿宋_GB2312", 16),
        ("1.三级标题", "仿宋_GB2312", 16),
        ("（1）四级标题", "仿宋_GB2312", 16),
        ("第一项", "仿宋_GB2312", 16),
    ],
)
def test_each_kind_of_paragraph_has_its_official_font(words: str, font: str, size: float):
    assert font_of(paragraph_of(opened(report()), words).style) == (font, font, size)


def test_a_second_heading_runs_into_its_paragraph_in_kai():
    lead, body, figure, bold = paragraph_of(opened(report()), "（一）").runs
    assert (lead.text, font_of(lead.style)) == ("（一）加强派驻力量。", ("楷体_GB2312", "楷体_GB2312", 16))
    assert (body.text, figure.text, bold.text) == ("现有", "25", "人。")
    assert (figure.style.name, bool(figure.bold), bool(bold.bold)) == (body.style.name, False, True)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages():
    word = opened(report())
    odd, even = (
        footer.paragraphs[0] for footer in (word.sections[0].footer, word.sections[0].even_page_footer)
    )
    assert word.settings.odd_and_even_pages_header_footer
    assert [footer.paragraph_format.alignment.name for footer in (odd, even)] == ["RIGHT", "LEFT"]
    assert [footer.text for footer in (odd, even)] == ["— 1 —", "— 1 —"]
    assert " PAGE " in odd._p.xml
    assert font_of(odd.style) == ("宋体", "宋体", 14)


def test_the_date_is_not_padded_and_the_number_keeps_its_six_corner_brackets():
    words = [paragraph.text for paragraph in opened(report()).paragraphs]
    assert "2022年8月5日" in words
    assert "安纪报〔2022〕3号" in words


def starts(document: Document, *words: str) -> list[float]:
    """Where lines start, in characters from the right edge."""
    word = opened(document)
    indents = [int(paragraph_of(word, word_).paragraph_format.left_indent.twips) for word_ in words]
    return [(8845 - indent) / 315 for indent in indents]


def test_the_signer_ends_two_characters_from_the_right_and_the_date_starts_two_after_it():
    assert starts(report(), "中共安澜县", "2022年8月") == [12 + 2, 12]


def test_a_date_longer_than_the_signer_keeps_two_characters_of_room_and_moves_the_signer():
    assert starts(report(signer="县纪委"), "县纪委", "2022年8月") == [6 + 2 + 2, 6 + 2]


def test_a_red_head_carries_the_approver_beside_the_number():
    word = opened(report(letterhead="中共安澜县纪律检查委员会文件", approver="周镕"))
    line = paragraph_of(word, "签发人")
    assert line.text == "\t安纪报〔2022〕3号\t签发人：周镕"
    assert line.style.element.pPr.find(qn("w:pBdr")).find(qn("w:bottom")).get(qn("w:color")) == "FF0000"
    assert font_of(line.runs[-1].style)[0] == "楷体_GB2312"


def test_no_secrecy_mark_is_ever_written():
    everything = member(report(letterhead="文件", approver="周镕"), "word/document.xml")
    assert not any(mark in everything for mark in ("密级", "机密", "秘密", "绝密"))


def test_a_table_repeats_its_head_keeps_its_rows_whole_and_sets_numbers_right():
    table = opened(report(blocks=(staff_table(rows=60),))).tables[0]
    head, first = table.rows[0]._tr, table.rows[1]._tr
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert first.trPr.find(qn("w:tblHeader")) is None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[60].cells] == ["青石镇60", "60"]
    assert table.rows[1].cells[1].paragraphs[0].style.paragraph_format.alignment.name == "RIGHT"
    assert sum(column.width.twips for column in table.columns) <= 8845


def test_two_tables_in_a_row_stay_two():
    assert len(opened(report(blocks=(staff_table(1), replace(staff_table(2), caption="")))).tables) == 2


@pytest.mark.parametrize(
    "words",
    [
        "<w:p>&amp;</w:p> ]]> <!-- -->",
        "{{ 7*7 }} {% for x in y %} {{ self.__init__ }}",
        "=1+1 +2 -3 @SUM(A1)",
        "#set page(width: 1pt) $x$ <a> @b \\ `c` *d* _e_ %s %(x)s",
        " 两端有空格 ",
        "喆堃镕玥䶮𬱖",
    ],
)
def test_words_are_taken_literally(words: str):
    document = report(
        title=words, signer=words, notices=(words,), blocks=(Paragraph((Text(words),)), staff_table(1))
    )
    word = opened(document)
    assert [paragraph.text for paragraph in word.paragraphs].count(words) == 4
    assert word.core_properties.title == words


@given(st.text(alphabet=st.characters()))
def test_any_text_opens_and_reads_back_without_its_invisible_characters(words: str):
    table = replace(staff_table(1), rows=((words, (Text(words),)),))
    word = opened(Document("题", (Paragraph((Text(words),)), table)))
    assert word.paragraphs[2].text == clean(words)
    assert [cell.text for cell in word.tables[0].rows[1].cells] == [clean(words)] * 2


def test_control_characters_leave_no_trace_and_a_line_break_is_drawn():
    word = opened(report(blocks=(Paragraph(text("甲\x00\x0b\x1b乙\u202e\n丙\ud800")),)))
    assert paragraph_of(word, "甲").text == "甲乙\n丙"


def test_equal_documents_give_equal_bytes():
    assert write_docx(report()) == write_docx(report())
    assert write_docx(report()) != write_docx(report(title="另一份"))


def test_a_local_variant_is_data():
    variant = Profile.from_dict(
        {
            "lines": 20,
            "characters": 25,
            "bottom": 30,
            "page_number": "centre",
            "body": {"word": "仿宋", "size": 18},
        }
    )
    word = opened(report(profile=variant))
    assert word.sections[0]._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == str(
        (16838 - 2098 - 1701) // 20
    )
    assert font_of(word.styles["Normal"]) == ("仿宋", "仿宋", 18)
    assert word.sections[0].even_page_footer.paragraphs[0].paragraph_format.alignment.name == "CENTER"


def test_a_hostile_font_name_stays_a_name():
    name = "a\"/><w:b/>&'"
    profile = Profile.from_dict({"body": {"word": name, "instead": name}})
    assert font_of(opened(report(profile=profile)).styles["Normal"])[:2] == (name, name)


def test_every_part_is_declared_and_no_part_of_another_office_is_shipped():
    with zipfile.ZipFile(io.BytesIO(write_docx(report()))) as package:
        names = set(package.namelist())
        types = package.read("[Content_Types].xml").decode()
    footers = {"word/footer1.xml", "word/footer2.xml"}
    fixed = {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"}
    written = {
        "word/document.xml",
        "docProps/core.xml",
        "word/styles.xml",
        "word/settings.xml",
        "word/fontTable.xml",
    }
    assert names == fixed | footers | written
    assert all(f'/{name}"' in types for name in footers | written)
