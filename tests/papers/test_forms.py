import io
import struct
import zipfile
import zlib

import docx
import pytest
import segno
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.papers.form_samples import CODE, chain, form
from xiezuo.papers import Column, Entry, Fields, Form, Grid, Line, write_form_docx, write_form_pdf
from xiezuo.papers.form_layout import FITS, HEIGHT, lay_out

WORDS = st.one_of(
    st.text("协作区监督执纪，。（）第条A1w@ \n", max_size=40),
    st.sampled_from((3, 30, 400, 4000)).map(lambda n: "职责关联，划分协作。" * n),
    st.sampled_from((2, 20, 2000)).map(lambda n: "WWWW" * n),
    st.sampled_from((2, 9, 400)).map(lambda n: "行\n" * n),
)
ENTRIES = st.lists(st.builds(Entry, WORDS, WORDS, st.booleans(), st.booleans()), max_size=30).map(tuple)
LINES = st.lists(st.builds(Line, st.tuples(WORDS, WORDS, WORDS), st.booleans()), max_size=80).map(tuple)
GRIDS = st.builds(
    lambda lines, title: Grid((Column("甲"), Column(title, 3), Column("乙", number=True)), lines),
    LINES,
    WORDS,
)
FORMS = st.builds(
    lambda entries, grid, title, number, foot: form(
        blocks=(Fields(entries), grid), title=title, number=number, mark=number, office=title, foot=tuple(foot)
    ),
    ENTRIES, GRIDS, WORDS, WORDS, st.lists(WORDS, max_size=4),
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    """What the page says, without its line breaks."""
    page = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    return "".join(page.split())


@given(FORMS)
def test_whatever_is_written_in_a_form_it_prints_on_one_page(said: Form):
    assert len(PdfReader(io.BytesIO(write_form_pdf(said))).pages) == 1


@given(FORMS)
def test_the_rows_of_the_word_file_are_fixed_and_end_before_the_page_does(said: Form):
    file = docx.Document(io.BytesIO(write_form_docx(said)))
    rows = [row for table in file.tables for row in table.rows]
    assert {row.height_rule for row in rows} == {docx.enum.table.WD_ROW_HEIGHT_RULE.EXACTLY}
    paragraphs = sum(paragraph.style.paragraph_format.line_spacing for paragraph in file.paragraphs)
    assert sum(row.height for row in rows) + paragraphs <= Pt(HEIGHT)


def test_a_form_says_all_that_it_was_given_on_page_and_in_the_word_file():
    said = form()
    texts = [
        said.title,
        said.number,
        said.office,
        said.mark,
        *said.foot,
        "青石镇纪委",
        "日期录入有误",
        "补录，待确认",
    ]
    file = docx.Document(io.BytesIO(write_form_docx(said)))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    words = "".join(cells + [paragraph.text for paragraph in file.paragraphs])
    for text in texts:
        assert "".join(text.split()) in text_of(write_form_pdf(said)), text
        assert text in words


def test_the_longest_values_lose_their_end_and_say_so():
    said = form(blocks=(Fields((Entry("事由", "长" * 9000, wide=True), Entry("结论", "短", wide=True))),))
    page = text_of(write_form_pdf(said))
    assert "……（全文见记录）" in page
    assert "结论短" in page


def test_rows_that_find_no_room_are_counted_and_the_last_ones_stay():
    lines = [Line((f"第{n}步", "甲", "同意", "", "", "")) for n in range(1, 101)]
    last = Line(("最后", "乙", "签字：", "", "", ""), by_hand=True)
    page = text_of(write_form_pdf(form(blocks=(chain(*lines, last),))))
    kept = sum(f"第{n}步甲" in page for n in range(1, 101))
    assert 20 < kept < 100
    assert f"（此处略去{100 - kept}行，见记录）" in page
    assert "最后乙签字：" in page


def test_letters_grow_smaller_before_a_word_is_lost():
    said = form(blocks=(Fields((Entry("事由", "协作区" * 500, wide=True),)),))
    sheet = lay_out(said)
    assert sheet.size < FITS[0][0]
    assert "".join(sheet.rows[0].boxes[1].lines) == "协作区" * 500


def test_a_row_for_the_hand_is_high_enough_to_sign_in_however_full_the_page_is():
    roomy = {row.by_hand: row.height for row in lay_out(form()).rows}
    assert roomy[True] > 1.5 * roomy[False]
    full = (Entry("事由", "长" * 9000, wide=True), Entry("签字", "", wide=True, by_hand=True))
    assert lay_out(form(blocks=(Fields(full),))).rows[1].height >= 28


def test_equal_forms_give_equal_files():
    assert write_form_pdf(form()) == write_form_pdf(form())
    assert write_form_docx(form()) == write_form_docx(form())


def test_a_sign_that_no_font_draws_is_printed_as_the_printers_substitute():
    said = form(blocks=(Fields((Entry("意见", "同意\U0001f44d", wide=True),)),))
    assert "同意〓" in text_of(write_form_pdf(said))
    cells = docx.Document(io.BytesIO(write_form_docx(said))).tables[1].rows[0].cells
    assert cells[-1].text == "同意\U0001f44d"


def test_the_picture_in_the_word_file_is_the_code_of_the_form():
    with zipfile.ZipFile(io.BytesIO(write_form_docx(form()))) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
        picture = package.read("word/media/image1.png")
        named = package.read("word/document.xml").decode().split('r:embed="')[1].split('"')[0]
    assert f'Id="{named}"' in relations
    assert modules_of(picture) == [list(row) for row in segno.make_qr(CODE, error="m").matrix]


def modules_of(png: bytes, scale: int = 8, border: int = 2) -> list[list[int]]:
    """The modules of a one-bit picture: the pixel in the middle of each, dark as 1."""
    side, depth = struct.unpack(">I", png[16:20])[0], png[24]
    data, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    assert depth == 1
    rows = unfiltered(zlib.decompress(data), (side + 7) // 8 + 1)
    middles = range(border * scale + scale // 2, side - border * scale, scale)
    return [[1 - (rows[y][x // 8] >> (7 - x % 8) & 1) for x in middles] for y in middles]


def unfiltered(data: bytes, stride: int) -> list[bytes]:
    """The rows of pixels, of which one may be written as the difference from the one above."""
    rows = [bytes(stride - 1)]
    for at in range(0, len(data), stride):
        kind, row = data[at], data[at + 1 : at + stride]
        assert kind in (0, 2)
        above = rows[-1] if kind == 2 else bytes(stride - 1)
        rows.append(bytes((a + b) % 256 for a, b in zip(row, above, strict=True)))
    return rows[1:]


@pytest.mark.parametrize("code", ["", "码" * 301])
def test_a_code_that_cannot_be_read_from_paper_is_refused(code: str):
    with pytest.raises(ValueError, match="expected 1 to 300"):
        form(code=code)


def test_a_line_with_too_few_cells_is_refused():
    with pytest.raises(ValueError, match="line 2 has 1 cells, expected 6"):
        chain(Line(("",) * 6), Line(("甲",)))
    with pytest.raises(ValueError, match="17 columns, expected 1 to 16"):
        Grid((Column("甲"),) * 17, ())
