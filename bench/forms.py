"""Writing one office form of ten fields and a chain of six steps: as docx against python-docx, as PDF against a page
with nothing on it but one word."""

import io

import docx
import typst

from bench.lines import Line, at_most, send, side_by_side
from xiezuo.papers import Column, Entry, Fields, Form, Grid, write_form_docx, write_form_pdf
from xiezuo.papers import Line as Row
from xiezuo.papers.code import as_png
from xiezuo.papers.fonts import require_fonts
from xiezuo.papers.typesetting import fonts

ROUNDS = 40
CODE = "http://10.20.30.40:8000/inbox/n/%E6%9B%B4%E6%AD%A3-2026-AL-17/"
STEPS = ("步骤", "审批人", "意见", "日期", "依据条款", "备注")
ENTRIES = tuple(Entry(f"栏目{n}", "按照年初工作要点逐项对账" * (n % 4), wide=n % 4 > 1) for n in range(10))
CHAIN = tuple(
    Row((f"第{n}级", "某人", "同意，请按规定办理。", "2026年\n3月2日", "N02", ""), by_hand=n > 3)
    for n in range(6)
)


def sample() -> Form:
    """The form."""
    chain = Grid(tuple(map(Column, STEPS)), CHAIN, "审批流程")
    return Form(
        "台账更正审批单", (Fields(ENTRIES), chain), CODE, number="更正-2026-AL-17", office="某县纪委监委"
    )


def by_python_docx() -> bytes:
    """The same words and the same code as python-docx writes them, without any layout."""
    word = docx.Document()
    word.add_paragraph("台账更正审批单")
    word.add_picture(io.BytesIO(as_png(CODE)))
    fields = word.add_table(rows=len(ENTRIES), cols=2)
    for row, entry in zip(fields.rows, ENTRIES, strict=True):
        row.cells[0].text, row.cells[1].text = entry.label, entry.value
    chain = word.add_table(rows=len(CHAIN), cols=len(STEPS))
    for row, line in zip(chain.rows, CHAIN, strict=True):
        for cell, text in zip(row.cells, line.cells, strict=True):
            cell.text = text
    saved = io.BytesIO()
    word.save(saved)
    return saved.getvalue()


def empty_page() -> object:
    """The least that typst takes for a page in one of the fonts."""
    source = '#set text(font: "Noto Serif SC")\n表'.encode()
    compiler = typst.Compiler(source, font_paths=fonts(require_fonts()), ignore_system_fonts=True)
    return compiler.compile(format="pdf", pdf_standards=["a-2b"])


def measure() -> list[Line]:
    """Both lines."""
    form = sample()
    rival, word, page, pdf = side_by_side(
        ROUNDS, by_python_docx, lambda: write_form_docx(form), empty_page, lambda: write_form_pdf(form)
    )
    return [
        at_most("form as docx", rival, word, limit=0.4, n=ROUNDS, words="python-docx"),
        at_most("form as PDF", page, pdf, limit=10, n=ROUNDS, words="a page of one word"),
    ]


if __name__ == "__main__":
    send(measure())
