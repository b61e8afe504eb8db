"""What regulations and wide tables need of a document: headings in the middle, a page across."""

import io

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from pypdf import PdfReader

from tests.papers.document_pages import page_lines
from tests.papers.document_samples import HAN, staff_table, text
from xiezuo.papers import ACROSS, Document, Heading, Paragraph, write_docx, write_pdf

CHAPTERS = Document(
    "办法",
    (Heading(1, text("第一章　总则"), centred=True), Heading(1, text("一、旁题")), Paragraph(text(HAN * 3))),
)


def test_a_chapter_stands_in_the_middle_of_the_page_and_another_heading_at_its_left():
    lines = {line.text: line.left for line in page_lines(write_pdf(CHAPTERS))[0]}
    middle = (28 + (210 - 28 - 26) / 2) * 72 / 25.4
    assert abs(lines["第一章　总则"] + 3 * 16 - middle) < 3
    assert lines["一、旁题"] < middle / 2


def test_a_chapter_of_the_word_file_is_centred_without_an_indent():
    paragraphs = docx.Document(io.BytesIO(write_docx(CHAPTERS))).paragraphs
    chapter = next(each for each in paragraphs if each.text.startswith("第一章"))
    assert chapter.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert chapter.paragraph_format.first_line_indent == 0


def test_a_sheet_across_is_as_wide_as_a4_is_high():
    sheet = Document("汇总表", (staff_table(rows=3),), profile=ACROSS)
    box = PdfReader(io.BytesIO(write_pdf(sheet))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    section = docx.Document(io.BytesIO(write_docx(sheet))).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
